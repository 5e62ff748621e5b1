"""The pages made of data: the published documents through the templates of ``site/templates``.

Each kind of page is a module here, which yields a department's pages of that kind; it is listed in ``OF_DEPARTMENT``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpigen.site.edition import Edition, Page
from kpigen.site.months import overview
from kpigen.site.pages.agents import agent_pages
from kpigen.site.pages.corrections import correction_pages
from kpigen.site.pages.months import month_pages
from kpigen.site.pages.policies import policy_pages
from kpigen.site.pages.teams import team_pages
from kpigen.site.search import entry
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kpigen.site.documents import Department, Published
    from kpigen.text import Lang

__all__ = ["OF_DEPARTMENT", "Page", "data_pages", "policy_pages", "search_entries"]

#: The kinds of pages that a department has.
OF_DEPARTMENT: Final[tuple[Callable[[Edition, Department], Iterator[Page]], ...]] = (
    correction_pages,
    agent_pages,
    month_pages,
    team_pages,
)


def data_pages(templates: Path, published: Published, lang: Lang) -> Iterator[Page]:
    """Yield every page made of data.

    Args:
        templates: the folder of the templates.
        published: what to show.
        lang: in which language.
    """
    site = Edition(templates, published, lang)
    departments = published.departments
    newest = [overview(site.published, department) for department in departments if department.months]
    yield site.page("index.html", say("Service assessment"), template="home", newest=newest)
    yield site.page("agents/index.html", say("Agents"), template="agents", departments=departments)
    yield site.page("months/index.html", say("Months"), template="months", departments=departments)
    yield site.page("teams/index.html", say("Teams"), template="teams", departments=departments)
    yield site.page("data/index.html", say("Data"), template="data", published=published)
    books = [site.book(department) for department in departments]
    yield site.page("corrections/index.html", say("Corrections and appeals"), template="corrections", books=books)
    for department in departments:
        for pages in OF_DEPARTMENT:
            yield from pages(site, department)


def search_entries(published: Published, lang: Lang) -> Iterator[dict[str, str | int]]:
    """Yield what the search index holds of each agent."""
    for department in published.departments:
        teams = {team.team: team.name.said(lang) for team in department.teams}
        for person in department.agents:
            yield entry(
                f"agents/{person.agent}.html",
                person.agent,
                person.name.said(lang),
                teams.get(person.team, person.team),
            )
