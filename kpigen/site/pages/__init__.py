"""The pages made of data: the published documents through the templates of ``site/templates``.

Each kind of page is a module here, which yields a department's pages of that kind; it is listed in ``OF_DEPARTMENT``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpigen.site.edition import Edition, Page
from kpigen.site.months import MOST_LISTED, overview
from kpigen.site.pages.agents import agent_pages
from kpigen.site.pages.audit import audit_page
from kpigen.site.pages.awards import award_pages
from kpigen.site.pages.corrections import correction_pages
from kpigen.site.pages.months import month_pages
from kpigen.site.pages.policies import policy_pages
from kpigen.site.pages.teams import team_pages
from kpigen.site.pages.walk import walk_pages
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from kpigen.site.corrections import Filings
    from kpigen.site.documents import Department, Published
    from kpigen.text import Lang

__all__ = ["OF_DEPARTMENT", "Page", "common_pages", "data_pages", "department_pages", "policy_pages"]

#: The kinds of pages that a department has.
OF_DEPARTMENT: Final[tuple[Callable[[Edition, Department], Iterator[Page]], ...]] = (
    correction_pages,
    agent_pages,
    month_pages,
    team_pages,
    award_pages,
    walk_pages,
)


def data_pages(templates: Path, published: Published, lang: Lang) -> Iterator[Page]:
    """Yield every page made of data.

    Args:
        templates: the folder of the templates.
        published: what to show.
        lang: in which language.
    """
    site = Edition(templates, published, lang)
    filings = [site.book(department).filings for department in published.departments]
    yield from common_pages(site, filings)
    for department in published.departments:
        yield from department_pages(site, department)


def common_pages(site: Edition, filings: Sequence[Filings]) -> Iterator[Page]:
    """Yield the pages of all departments together.

    Args:
        site: what to show, of which each department's newest month is enough.
        filings: the appeals and corrections of each department, counted.
    """
    departments = site.published.departments
    newest = [
        overview(site.published, department, site.published.months[department.department, department.months[-1].month])
        for department in departments
        if department.months
    ]
    yield site.page("index.html", say("Service assessment"), template="home", newest=newest)
    yield site.page("agents/index.html", say("Agents"), template="agents", departments=departments, most=MOST_LISTED)
    yield site.page("months/index.html", say("Months"), template="months", departments=departments)
    yield site.page("teams/index.html", say("Teams"), template="teams", departments=departments)
    yield site.page("departments/index.html", say("Departments"), template="departments", departments=departments)
    yield site.page("awards/index.html", say("Awards"), template="awarding", departments=departments)
    yield site.page("data/index.html", say("Data"), template="data", published=site.published)
    yield audit_page(site)
    yield site.page("corrections/index.html", say("Corrections and appeals"), template="corrections", filings=filings)


def department_pages(site: Edition, department: Department) -> Iterator[Page]:
    """Yield the pages of one department, whose months alone are looked at."""
    for pages in OF_DEPARTMENT:
        yield from pages(site, department)
