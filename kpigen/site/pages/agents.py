"""The pages of agents, one each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kpigen.site import agents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.site.agents import Past
    from kpigen.site.corrections import Book
    from kpigen.site.documents import Department, Person
    from kpigen.site.edition import Edition, Page

__all__ = ["agent_pages"]


def agent_pages(site: Edition, department: Department) -> Iterator[Page]:
    """Yield the page of each agent of a department.

    A page is made of the person, the person's own months, and what :meth:`Edition.page` adds; it may show nothing else.
    """
    book = site.book(department)
    for person in department.agents:
        history = site.histories.get(person.agent, ())
        yield site.page(
            f"agents/{person.agent}.html",
            f"{person.name.said(site.lang)} {person.agent}",
            template="agent",
            made_of=(
                person,
                [(past.document.month, past.document.status, past.document.policy, past.agent) for past in history],
                site.source.named_in([past.agent for past in history]),
            ),
            late=partial(_view, site, person, history, book),
            department=department,
            person=person,
            book=book,
        )


def _view(site: Edition, person: Person, history: tuple[Past, ...], book: Book) -> dict[str, object]:
    return {"view": agents.view(site.published, person, history, site.words, book) if history else None}
