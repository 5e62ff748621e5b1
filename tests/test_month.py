"""The month: reading, arithmetic, and its days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpigen.month import Month, Period

MONTHS = st.builds(Month, st.integers(1900, 2999), st.integers(1, 12))


@pytest.mark.parametrize(
    "text",
    [
        "2026-13",
        "2026-00",
        "2026-1",
        "26-01",
        "1899-12",
        "3000-01",
        "２０２６-01",
        "2026-01 ",
        "2026-01\n",
        "2026/01",
        "",
        "0000-01",
    ],
)
def test_what_is_no_month(text: str) -> None:
    assert Month.parse(text) is None


@pytest.mark.parametrize(
    ("month", "days"),
    [("2026-01", 31), ("2026-04", 30), ("2026-02", 28), ("2028-02", 29), ("1900-02", 28), ("2000-02", 29)],
)
def test_its_days(month: str, days: int) -> None:
    found = Month.parse(month)
    assert found
    assert (found.days, found.first.day, found.last.day) == (days, 1, days)
    assert found.holds(found.first)
    assert found.holds(found.last)
    assert not found.holds(date(found.year + 1, found.number, 1))


@pytest.mark.parametrize(
    ("months", "expected"),
    [(0, "2026-01"), (1, "2026-02"), (-1, "2025-12"), (11, "2026-12"), (12, "2027-01"), (-13, "2024-12")],
)
def test_plus(months: int, expected: str) -> None:
    assert str(Month(2026, 1).plus(months)) == expected


def test_quarters() -> None:
    assert [Month(2026, number).quarter for number in (1, 3, 4, 9, 10, 12)] == [
        (2026, 1),
        (2026, 1),
        (2026, 2),
        (2026, 3),
        (2026, 4),
        (2026, 4),
    ]


def test_the_last_month_there_is_has_a_next_one() -> None:
    assert str(Month(9999, 12).plus(1)) == "10000-01"


@given(MONTHS)
def test_what_is_written_reads_back(month: Month) -> None:
    assert Month.parse(str(month)) == month
    assert Month.of(month.first) == Month.of(month.last) == month


@given(MONTHS, st.integers(-500, 500), MONTHS)
def test_order_follows_addition(month: Month, months: int, other: Month) -> None:
    assert month.plus(months).plus(-months) == month
    assert (month.plus(months) > month) is (months > 0)
    assert (month < other) is (month.first < other.first)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-Q1", "2026-01", "2026-03"),
        ("2026-Q4", "2026-10", "2026-12"),
        ("2026-H1", "2026-01", "2026-06"),
        ("2026-H2", "2026-07", "2026-12"),
        ("2026", "2026-01", "2026-12"),
    ],
)
def test_longer_periods(text: str, first: str, last: str) -> None:
    period = Period.parse(text)
    assert period
    assert (str(period), str(period.months[0]), str(period.last)) == (text, first, last)
    assert period.months[-1] == period.last
    assert period.plus(1).first == period.last.plus(1)
    assert period.plus(-1).plus(1) == period


@pytest.mark.parametrize(
    "text", ["2026-Q0", "2026-Q5", "2026-H3", "2026-H0", "2026-q1", "1899", "1899-Q1", "2026-Q", "26", ""]
)
def test_what_is_no_longer_period(text: str) -> None:
    assert Period.parse(text) is None
