"""The month: the period that everything is dated by."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import cache

from msgspec import Struct

__all__ = ["Month"]

_FORM = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


class Month(Struct, frozen=True, order=True):
    """A calendar month, half-open: its days are ``first <= day < next month's first``.

    A msgspec struct, not a dataclass: months are compared some ten times for each agent of each month.
    """

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Month | None:
        """Read ``YYYY-MM`` exactly; anything else is None."""
        match = _FORM.fullmatch(text)
        return cls(int(match[1]), int(match[2])) if match and match[1] >= "1900" else None

    @classmethod
    def of(cls, day: date) -> Month:
        """Return the month that holds ``day``."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        """Write ``YYYY-MM``."""
        return _text(self.year, self.number)

    def plus(self, months: int) -> Month:
        """Return the month ``months`` later, or earlier when negative."""
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return date(self.year, self.number, self.days)

    @property
    def days(self) -> int:
        """How many calendar days it has."""
        return _days(self.year, self.number)

    @property
    def quarter(self) -> tuple[int, int]:
        """Its year and quarter, ``(2026, 3)`` for July to September 2026."""
        return self.year, (self.number - 1) // 3 + 1

    def holds(self, day: date) -> bool:
        """Tell whether ``day`` lies in the month."""
        return day.year == self.year and day.month == self.number


@cache
def _text(year: int, number: int) -> str:
    return f"{year:04}-{number:02}"


@cache
def _days(year: int, number: int) -> int:
    return calendar.monthrange(year, number)[1]
