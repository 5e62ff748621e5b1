"""The pages of awards, one a department."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.site.winners import prizes
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.site.documents import Department
    from kpigen.site.edition import Edition, Page

__all__ = ["award_pages"]


def award_pages(site: Edition, department: Department) -> Iterator[Page]:
    """Yield the page of a department's awards: of those who won, and of nobody else."""
    documents = [site.published.months[department.department, ref.month] for ref in department.months]
    yield site.page(
        f"awards/{department.department}.html",
        say("{department}: awards", department=department.name),
        template="awards",
        late=lambda: {"prizes": prizes(documents, site.words)},
        department=department,
    )
