"""The pages of teams, one each, and of the department that they make up."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kpigen.site import months, teams
from kpigen.site.flow import flow
from kpigen.site.heat import heat
from kpigen.site.pages.walk import paying
from kpigen.site.trend import lines, monthly

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.site.documents import Department
    from kpigen.site.edition import Edition, Page
    from kpigen.site.teams import Months

__all__ = ["team_pages"]


def team_pages(site: Edition, department: Department) -> Iterator[Page]:
    """Yield the page of a department, then that of each of its teams."""
    everybody = teams.everybody(site.published, department)
    members = teams.by_team(department, everybody)
    yield site.page(
        f"departments/{department.department}.html",
        department.name.said(site.lang),
        template="department",
        late=partial(_view, site, everybody),
        department=department,
        walk=paying(site, department),
        newest_of={team: each[-1][1] for team, each in members.items() if each},
    )
    for team in department.teams:
        yield site.page(
            f"teams/{department.department}_{team.team}.html",
            f"{department.name.said(site.lang)} {team.name.said(site.lang)}",
            template="team",
            made_of=(team, [agents for _, agents in members[team.team]]),
            late=partial(_view, site, members[team.team]),
            department=department,
            team=team,
        )


def _view(site: Edition, within: Months) -> Mapping[str, object]:
    """Return what the pages of a department and of a team have in common."""
    rows = monthly(within)
    found: dict[str, object] = {
        "rows": rows[::-1],
        "lines": lines(rows),
        "heat": heat(within, site.words),
        "most": teams.MOST_FIRST,
    }
    if not within:
        return {**found, "newest": None, "members": (), "together": (), "spread": None, "flow": None}
    newest, members = within[-1]
    words = site.words(newest.policy)
    return {
        **found,
        "newest": newest,
        "members": members,
        "together": teams.together(words.policy, members, words),
        "spread": months.spread(members, words) if members else None,
        "flow": flow(within, words),
    }
