"""The pages of teams, one each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.site import months

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.site.documents import Department
    from kpigen.site.edition import Edition, Page

__all__ = ["team_pages"]


def team_pages(site: Edition, department: Department) -> Iterator[Page]:
    """Yield the page of each team of a department."""
    last = department.months[-1].month if department.months else ""
    newest = site.published.months.get((department.department, last))
    policy = site.published.policies[newest.policy] if newest else None
    for team in department.teams:
        members = months.members(site.published, department, team.team)
        yield site.page(
            f"teams/{department.department}_{team.team}.html",
            f"{department.name.said(site.lang)} {team.name.said(site.lang)}",
            template="team",
            department=department,
            team=team,
            rows=months.team_rows(site.published, department, team.team),
            newest=newest,
            members=members,
            together=months.together(policy, members, site.words(policy.ref)) if policy else (),
        )
