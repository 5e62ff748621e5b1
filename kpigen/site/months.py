"""What the pages of months and teams show: who moved, who won, what is to be done, and averages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kpigen.exact import ZERO, arithmetic, round_to
from kpigen.month import Month

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kpigen.site.documents import Action, AgentMonth, Award, Department, MonthDocument, Published, Waiting
    from kpigen.site.rulebook import Policy
    from kpigen.site.wording import Words

__all__ = ["Overview", "TeamRow", "members", "overview", "overviews", "team_rows", "together"]

TENTH = Decimal("0.1")
DIGEST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Closing:
    """The close of a month, by the beginning of its digest; ``previous`` is empty where the chain begins."""

    digest: str
    before: str
    previous: str


@dataclass(frozen=True, slots=True)
class Overview:
    """A department's month: agents by rank, and what stands out.

    ``waiting`` are the actions of earlier months that are open, the overdue ones first.
    """

    department: Department
    month: MonthDocument
    policy: Policy
    agents: tuple[AgentMonth, ...]
    assessed: int
    average: Decimal | None
    up: tuple[AgentMonth, ...]
    down: tuple[AgentMonth, ...]
    awards: tuple[tuple[AgentMonth, Award], ...]
    actions: tuple[tuple[AgentMonth, Action], ...]
    waiting: tuple[tuple[AgentMonth, Waiting], ...]
    complaints: tuple[tuple[str, Counter[str]], ...]
    closing: Closing | None

    @property
    def every(self) -> str | None:
        """The period that goes on, or ``never``, where that alone is why nobody is assessed; otherwise None."""
        here = [agent for agent in self.month.agents if not agent.departed]
        reasons = {agent.not_assessed.every if agent.not_assessed else None for agent in here}
        return reasons.pop() if len(reasons) == 1 else None

    @property
    def paid(self) -> bool:
        """Whether the policy has to do with money."""
        prizes = any(award.amount != "0" for award in self.policy.awards)
        return bool(self.policy.pay or prizes or self.month.totals.gross.strip("0."))


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team's month in numbers."""

    document: MonthDocument
    agents: int
    assessed: int
    average: Decimal | None
    complaints: int
    awards: int


def overviews(published: Published, department: Department) -> Iterator[Overview]:
    """Yield a department's months, oldest first."""
    for ref in department.months:
        yield _overview(published, department, published.months[department.department, ref.month])


def overview(published: Published, department: Department) -> Overview:
    """Return a department's newest month."""
    return _overview(published, department, published.months[department.department, department.months[-1].month])


def _overview(published: Published, department: Department, month: MonthDocument) -> Overview:
    policy = published.policies[month.policy]
    order = {tier.id: level for level, tier in enumerate(policy.tiers)}
    gone = {person.agent for person in department.agents if person.gone(month.month)}
    moved = [agent for agent in month.agents if agent.next_tier != agent.tier and agent.agent not in gone]
    up = [agent for agent in moved if order.get(agent.next_tier or "", 0) > order.get(agent.tier or "", 0)]
    return Overview(
        department=department,
        month=month,
        policy=policy,
        agents=tuple(sorted(month.agents, key=lambda agent: (agent.rank is None, agent.rank or 0, agent.agent))),
        assessed=sum(agent.assessed for agent in month.agents),
        average=_average(month.agents),
        up=tuple(up),
        down=tuple(agent for agent in moved if agent not in up),
        awards=tuple((agent, award) for agent in month.agents for award in agent.awards),
        actions=tuple((agent, action) for agent in month.agents for action in agent.actions),
        waiting=_waiting(month),
        complaints=_complaints(month.agents),
        closing=_closing(department, month.month),
    )


def _waiting(month: MonthDocument) -> tuple[tuple[AgentMonth, Waiting], ...]:
    found = [
        (agent, waiting)
        for agent in month.agents
        for waiting in agent.open_actions
        if waiting.overdue or waiting.month != month.month
    ]
    return tuple(sorted(found, key=lambda each: (not each[1].overdue, each[1].due or "9", each[0].agent)))


def _closing(department: Department, month: str) -> Closing | None:
    """Return the close of a month with the one that it follows in the chain, that of the month before."""
    closes = {ref.month: ref.close for ref in department.months if ref.close}
    parsed, digest = Month.parse(month), closes.get(month)
    if parsed is None or digest is None:
        return None
    before = str(parsed.plus(-1))
    return Closing(digest[:DIGEST_SHOWN], before, closes.get(before, "")[:DIGEST_SHOWN])


def _average(agents: Iterable[AgentMonth]) -> Decimal | None:
    scores = [Decimal(agent.score) for agent in agents if agent.score]
    if not scores:
        return None
    with arithmetic():
        return round_to(sum(scores, ZERO) / len(scores), TENTH)


def _complaints(agents: Iterable[AgentMonth]) -> tuple[tuple[str, Counter[str]], ...]:
    """Return how many complaints of each category have which status."""
    counted: dict[str, Counter[str]] = {}
    for agent in agents:
        for complaint in agent.complaints:
            counted.setdefault(complaint.category, Counter())[complaint.status] += 1
    return tuple(sorted(counted.items()))


def team_rows(published: Published, department: Department, team: str) -> tuple[TeamRow, ...]:
    """Return a team's months, newest first.

    Those without members are left out, and those of a longer period in which nothing happened.
    """
    rows = (
        TeamRow(
            document=document,
            agents=len(agents),
            assessed=sum(agent.assessed for agent in agents),
            average=_average(agents),
            complaints=sum(complaint.status == "upheld" for agent in agents for complaint in agent.complaints),
            awards=sum(len(agent.awards) for agent in agents),
        )
        for ref in reversed(department.months)
        for document in (published.months[department.department, ref.month],)
        for agents in (_of_team(document, team),)
        if agents and not all(agent.waits and not agent.complaints and not agent.awards for agent in agents)
    )
    return tuple(rows)


def together(policy: Policy, members: Sequence[AgentMonth], words: Words) -> tuple[tuple[str, str, str | None], ...]:
    """Return what is stated once for a team: its name, its value and its clause."""
    stated = {each.id: each for one in members for each in one.inputs}
    return tuple(
        (words.name("item", rule.id), words.measured(stated[rule.id].value, rule.unit), rule.clause)
        for rule in policy.inputs
        if rule.stated == "team" and rule.id in stated
    )


def members(published: Published, department: Department, team: str) -> tuple[AgentMonth, ...]:
    """Return the newest month of a team's members, by id."""
    if not department.months:
        return ()
    return tuple(_of_team(published.months[department.department, department.months[-1].month], team))


def _of_team(document: MonthDocument, team: str) -> Sequence[AgentMonth]:
    return [agent for agent in document.agents if agent.team == team and not agent.departed]
