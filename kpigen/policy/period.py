"""Periods: calendar quarters, half-years and years, and windows that roll; months are what they are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from kpigen.month import Month

__all__ = ["LENGTHS", "ROLLING", "WINDOWS", "Every", "ends", "first_month", "lapses", "last_month"]

Every = Literal["quarter", "half-year", "year"]
"""In the last month of which period a rule applies; every month, where it says nothing."""

LENGTHS: Final = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
"""How many months each calendar period has."""

ROLLING: Final = {"three-months": 3, "six-months": 6, "twelve-months": 12}
"""How many months each window that rolls has, with the month it is looked at from."""

WINDOWS: Final = ("quarter", "half-year", "year", *ROLLING)
"""The words for how far a condition looks back."""


def first_month(month: Month, window: str) -> Month:
    """Return the first month of the window that ``month`` is looked at in."""
    if window in ROLLING:
        return month.plus(1 - ROLLING[window])
    return month.plus(-((month.number - 1) % LENGTHS[window]))


def last_month(month: Month, period: str) -> Month:
    """Return the last month of the calendar period that holds ``month``."""
    return first_month(month, period).plus(LENGTHS[period] - 1)


def ends(month: Month, period: str | None) -> bool:
    """Tell whether a calendar period ends with ``month``; None: every month."""
    return period is None or month.number % LENGTHS[period] == 0


def lapses(month: Month, window: str) -> Month:
    """Return the last month that still sees ``month`` through the window."""
    return month.plus(ROLLING[window] - 1) if window in ROLLING else last_month(month, window)
