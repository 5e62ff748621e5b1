"""The month, by which everything is dated, and the longer periods that are made of months."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import cache
from typing import Final

from msgspec import Struct

__all__ = ["Month", "Period"]

_FORM = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


class Month(Struct, frozen=True, order=True):
    """A calendar month, half-open: its days are ``first <= day < next month's first``.

    A msgspec struct, not a dataclass: months are compared some ten times for each agent of each month.
    """

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Month | None:
        """Read ``YYYY-MM`` exactly, of the years 1900 to 2999; anything else is None."""
        match = _FORM.fullmatch(text)
        return cls(int(match[1]), int(match[2])) if match and "1900" <= match[1] < "3000" else None

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


_PERIOD = re.compile(r"([0-9]{4})(?:-([QH])([1-4]))?")
_LENGTHS: Final = {"Q": 3, "H": 6, "": 12}


class Period(Struct, frozen=True, order=True):
    """A calendar quarter, half-year or year: ``2026-Q3``, ``2026-H2``, ``2026``; ``length`` is its months."""

    first: Month
    length: int

    @classmethod
    def parse(cls, text: str) -> Period | None:
        """Read ``YYYY-Q1`` to ``YYYY-Q4``, ``YYYY-H1``, ``YYYY-H2`` or ``YYYY`` exactly; anything else is None."""
        match = _PERIOD.fullmatch(text)
        length = _LENGTHS[match[2] or ""] if match else 0
        number = int(match[3] or 1) if match else 0
        if match is None or not "1900" <= match[1] < "3000" or number * length > 12:  # noqa: PLR2004 - the months of a year
            return None
        return cls(Month(int(match[1]), (number - 1) * length + 1), length)

    def __str__(self) -> str:
        """Write it as it is read."""
        kind = next(kind for kind, length in _LENGTHS.items() if length == self.length)
        number = (self.first.number - 1) // self.length + 1
        return f"{self.first.year:04}-{kind}{number}" if kind else f"{self.first.year:04}"

    @property
    def months(self) -> tuple[Month, ...]:
        """Its months, in order."""
        return tuple(self.first.plus(number) for number in range(self.length))

    @property
    def last(self) -> Month:
        """Its last month."""
        return self.first.plus(self.length - 1)

    def plus(self, periods: int) -> Period:
        """Return the period of the same length that many later, or earlier when negative."""
        return Period(self.first.plus(periods * self.length), self.length)


@cache
def _text(year: int, number: int) -> str:
    return f"{year:04}-{number:02}"


@cache
def _days(year: int, number: int) -> int:
    return calendar.monthrange(year, number)[1]
