"""The pages of agents, one each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.site import agents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.site.documents import Department
    from kpigen.site.edition import Edition, Page

__all__ = ["agent_pages"]


def agent_pages(site: Edition, department: Department) -> Iterator[Page]:
    """Yield the page of each agent of a department."""
    book = site.book(department)
    for person in department.agents:
        history = site.histories.get(person.agent, ())
        view = agents.view(site.published, person, history, site.words, book) if history else None
        yield site.page(
            f"agents/{person.agent}.html",
            f"{person.name.said(site.lang)} {person.agent}",
            template="agent",
            department=department,
            person=person,
            view=view,
            book=book,
        )
