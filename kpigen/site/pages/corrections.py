"""The pages of corrections and appeals, one a department."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.site.documents import Department
    from kpigen.site.edition import Edition, Page

__all__ = ["correction_pages"]


def correction_pages(site: Edition, department: Department) -> Iterator[Page]:
    """Yield the page of a department's corrections and appeals."""
    yield site.page(
        f"corrections/{department.department}.html",
        say("{department}: corrections and appeals", department=department.name),
        template="book",
        book=site.book(department),
    )
