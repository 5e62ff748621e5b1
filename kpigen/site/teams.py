"""Who belongs to which team in each month, sorted out once for a department, and what the pages of teams show of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpigen.site.months import present

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpigen.site.documents import AgentMonth, Department, MonthDocument, Published
    from kpigen.site.rulebook import Policy
    from kpigen.site.wording import Words

    Months = tuple[tuple[MonthDocument, Sequence[AgentMonth]], ...]

__all__ = ["MOST_FIRST", "by_team", "everybody", "together"]

MOST_FIRST: Final = 100
"""Up to so many members a team's page begins with them; more of them stand last, where they are in nobody's way."""


def everybody(published: Published, department: Department) -> Months:
    """Return each month of a department, oldest first, with those who had not left before."""
    documents = (published.months[department.department, ref.month] for ref in department.months)
    return tuple((document, present(document.agents)) for document in documents)


def by_team(department: Department, months: Months) -> Mapping[str, Months]:
    """Return the months of each team with its members, as :func:`everybody` gives them for the department."""
    found: dict[str, list[tuple[MonthDocument, list[AgentMonth]]]] = {
        team.team: [(document, []) for document, _ in months] for team in department.teams
    }
    for place, (_, agents) in enumerate(months):
        for agent in agents:
            if agent.team in found:
                found[agent.team][place][1].append(agent)
    return {team: tuple(each) for team, each in found.items()}


def together(policy: Policy, members: Sequence[AgentMonth], words: Words) -> tuple[tuple[str, str, str | None], ...]:
    """Return what is stated once for a team: its name, its value and its clause."""
    stated = {each.id: each for one in members for each in one.inputs}
    return tuple(
        (words.name("item", rule.id), words.measured(stated[rule.id].value, rule.unit), rule.clause)
        for rule in policy.inputs
        if rule.stated == "team" and rule.id in stated
    )
