"""The pages of months, one for each of a department."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.site import months
from kpigen.site.corrections import later
from kpigen.site.wording import month_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.site.documents import Department
    from kpigen.site.edition import Edition, Page

__all__ = ["month_pages"]


def month_pages(site: Edition, department: Department) -> Iterator[Page]:
    """Yield the page of each month of a department."""
    name = department.name.said(site.lang)
    book = site.book(department)
    for overview in months.overviews(site.published, department):
        month = overview.month.month
        yield site.page(
            f"months/{department.department}_{month}.html",
            f"{name} {month_name(month, site.lang)}",
            template="month",
            department=department,
            overview=overview,
            book=book,
            appeals=book.filed(month),
            corrections=book.within(month),
            later=later(book.told, month),
        )
