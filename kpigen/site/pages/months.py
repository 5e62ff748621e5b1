"""The pages of months, one for each of a department."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kpigen.site import months
from kpigen.site.audit import month_commits, together
from kpigen.site.corrections import later
from kpigen.site.payroll import payroll
from kpigen.site.pending import pending
from kpigen.site.wording import month_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.site.documents import Department, MonthDocument
    from kpigen.site.edition import Edition, Page

__all__ = ["month_pages"]


def month_pages(site: Edition, department: Department) -> Iterator[Page]:
    """Yield the page of each month of a department."""
    name = department.name.said(site.lang)
    before = None
    for ref in department.months:
        document = site.published.months[department.department, ref.month]
        path = f"months/{department.department}_{ref.month}.html"
        yield site.page(
            path,
            f"{name} {month_name(ref.month, site.lang)}",
            template="month",
            late=partial(_view, site, department, document, before, path),
            department=department,
        )
        before = document


def _view(
    site: Edition, department: Department, document: MonthDocument, before: MonthDocument | None, path: str
) -> Mapping[str, object]:
    book, words = site.book(department), site.words(document.policy)
    appeals = book.filed(document.month)
    return {
        "overview": months.overview(site.published, department, document, before),
        "spread": months.spread(document.agents, words),
        "payroll": payroll(document, before, words),
        "sealed": site.sealer and site.sealer.payroll(document.month, path),
        "pending": pending(department, document, appeals),
        "book": book,
        "appeals": appeals,
        "corrections": book.within(document.month),
        "later": later(book.told, document.month),
        "teamed": [(team.team, team.name.said(site.lang)) for team in department.teams],
        "most": months.MOST_NAMED,
        "commits": month_commits(site.published.history.commits, department.department, document.month),
        "few_commits": months.MOST_COMMITS,
        "together": together,
    }
