"""The pages that walk through a statement, one a department that pays by its policy."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kpigen.site import agents, walk
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.site.documents import Department
    from kpigen.site.edition import Edition, Page

__all__ = ["paying", "walk_pages"]


def paying(site: Edition, department: Department) -> bool:
    """Tell whether the department's newest policy has lines of pay, so that there is something to walk through."""
    newest = department.months[-1].policy if department.months else None
    return newest is not None and bool(site.words(newest).policy.pay)


def walk_pages(site: Edition, department: Department) -> Iterator[Page]:
    """Yield the page that walks through a statement of the department's newest month, or through a worked example."""
    if paying(site, department):
        yield site.page(
            f"departments/{department.department}_pay.html",
            say("{department}: how pay is made", department=department.name),
            template="walk",
            late=partial(_view, site, department),
            department=department,
        )


def _view(site: Edition, department: Department) -> dict[str, object]:
    document = site.published.months[department.department, department.months[-1].month]
    words, chosen = site.words(document.policy), walk.most_telling(document)
    shown: dict[str, object] = {"document": document, "of": words, "added": walk.added, "view": None, "example": None}
    if chosen is None:
        return {**shown, "example": walk.example_of(words.policy, words)}
    person = next(each for each in department.agents if each.agent == chosen.agent)
    history, book = site.histories[chosen.agent], site.book(department)
    return {**shown, "person": person, "view": agents.view(person, history, site.words, book)}
