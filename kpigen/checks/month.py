"""All the checks of a month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpigen.checks.adjustments import check_adjustments
from kpigen.checks.appeals import check_appeals
from kpigen.checks.incidents import check_complaints, check_events
from kpigen.checks.sheets import check_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.checks.context import MonthContext
    from kpigen.finding import Finding

__all__ = ["MONTH_CHECKS", "check_month"]

MONTH_CHECKS: Final = (check_sheets, check_complaints, check_events, check_appeals, check_adjustments)


def check_month(context: MonthContext) -> Iterator[Finding]:
    """Yield what is wrong with a month's records."""
    for check in MONTH_CHECKS:
        yield from check(context)
