"""The pages of agents, one each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kpigen.site import agents, audit
from kpigen.site.agents import Around
from kpigen.site.medians import of_teams
from kpigen.site.pages.walk import paying

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kpigen.site.agents import Past
    from kpigen.site.corrections import Book
    from kpigen.site.documents import Department, Person
    from kpigen.site.edition import Edition, Page
    from kpigen.site.medians import Median

__all__ = ["agent_pages", "statement_alone"]


def agent_pages(site: Edition, department: Department) -> Iterator[Page]:
    """Yield the page of each agent of a department.

    A page is made of the person, the person's own months, the medians of the team, who closed the newest month, and
    what :meth:`Edition.page` adds; it may show nothing else.
    """
    book = site.book(department)
    closes = {each.when: each for each in audit.chain(site.published, department, site.source).months}
    walk = paying(site, department)
    medians: dict[str, dict[str, tuple[Median, ...]]] = {}
    for person in department.agents:
        history = site.histories.get(person.agent, ())
        middle: tuple[Median, ...] = ()
        close = None
        if history:
            newest = history[-1]
            month = newest.document.month
            if month not in medians:
                medians[month] = of_teams(newest.document.agents)
            middle, close = medians[month][newest.agent.team], closes.get(month)
        name, path = person.name.said(site.lang), f"agents/{person.agent}.html"
        yield site.page(
            path,
            name if name == person.agent else f"{name} {person.agent}",
            template="agent",
            made_of=(
                person,
                [(past.document.month, past.document.status, past.document.policy, past.agent) for past in history],
                site.source.named_in([past.agent for past in history]),
                middle,
                close and (close.held and (close.held.commit, close.held.on), close.author),
                site.sealer and site.sealer.made_of(person.agent),
            ),
            late=partial(_view, site, book, person, Around(middle, close), path),
            department=department,
            person=person,
            book=book,
            walk=walk,
        )


def statement_alone(site: Edition, department: Department, person: Person, history: Sequence[Past]) -> str:
    """Return the part of an agent's page that shows money, by itself.

    Args:
        site: everything, with pay.
        department: whose agent it is.
        person: the agent.
        history: the agent's months, oldest first, at least one.
    """
    book = site.book(department)
    shown = agents.view(person, history, site.words, book)
    template = site.html.get_template("statement.html")
    return template.render(view=shown, site=site, words=site.words, up="../", book=book, alone=True)


def _view(site: Edition, book: Book, person: Person, around: Around, path: str) -> dict[str, object]:
    history = site.histories.get(person.agent, ())
    return {
        "view": agents.view(person, history, site.words, book, around) if history else None,
        "sealed": site.sealer and site.sealer.statement(person.agent, path),
    }
