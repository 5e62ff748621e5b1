"""Service: whole months and years at a month's end, and the anniversary, at every edge of the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from kpigen.engine.facts import service_months
from kpigen.month import Month
from tests.engine.house import House, lines_of, person, policy


@pytest.mark.parametrize(
    ("joined", "month", "months"),
    [
        # On the 1st: a month is complete with its last day.
        ("2024-03-01", "2024-03", 1),
        ("2024-03-01", "2024-04", 2),
        ("2024-03-01", "2025-02", 12),
        ("2024-03-01", "2025-03", 13),
        # On the 2nd or in the middle: with the day of the same number in the next month.
        ("2024-03-02", "2024-03", 0),
        ("2024-03-02", "2024-04", 1),
        ("2024-03-15", "2025-02", 11),
        ("2024-03-15", "2025-03", 12),
        # On the 31st: a month without one is complete with its last day.
        ("2024-01-31", "2024-01", 0),
        ("2024-01-31", "2024-02", 1),
        ("2024-01-31", "2024-04", 3),
        ("2024-12-31", "2025-12", 12),
        # On a leap day: the year is complete with 28 February, four years later on the 29th.
        ("2024-02-29", "2024-02", 0),
        ("2024-02-29", "2025-01", 11),
        ("2024-02-29", "2025-02", 12),
        ("2024-02-29", "2028-02", 48),
        # Long ago, and on New Year's Eve.
        ("2000-01-01", "2024-12", 300),
        ("1999-12-31", "2024-12", 300),
    ],
)
def test_whole_months_at_the_months_end(joined: str, month: str, months: int) -> None:
    found = Month.parse(month)
    assert found
    assert service_months(date.fromisoformat(joined), found) == months


def test_months_never_fall_and_never_skip() -> None:
    for day in (1, 2, 15, 28, 29, 30, 31):
        joined = date(2024, 1, day)
        counts = [service_months(joined, Month(2024, 1).plus(step)) for step in range(40)]
        assert counts == list(range(counts[0], counts[0] + 40))
        assert counts[0] == (1 if day == 1 else 0)


RULES = policy(
    measures=(
        "months: {is: service_months, ~}",
        "years: {is: service_years, ~}",
    ),
    pay=(
        "id: months, ~, amount: months, unassessed: yes",
        "id: years, ~, amount: years, unassessed: yes",
        "id: jubilee, ~, when: anniversary, amount: 1000, unassessed: yes",
    ),
)


def of_month(joined: str, month: str, left: str = "") -> dict[str, str]:
    house = House(RULES, {month: {"A001": None}}, {"A001": person("A001", joined=joined, left=left)})
    return lines_of(house.month(month)["A001"])


@pytest.mark.parametrize(
    ("joined", "month", "months", "years", "anniversary"),
    [
        ("2025-01-01", "2025-01", "1.00", None, False),
        ("2025-01-31", "2025-01", None, None, False),
        ("2024-02-01", "2025-01", "12.00", "1.00", True),
        ("2024-01-31", "2025-01", "12.00", "1.00", True),
        ("2024-01-02", "2025-01", "12.00", "1.00", True),
        ("2024-01-01", "2025-01", "13.00", "1.00", False),
        ("2023-01-15", "2025-01", "24.00", "2.00", True),
        ("2024-02-02", "2025-01", "11.00", None, False),
        ("2024-02-29", "2025-02", "12.00", "1.00", True),
        ("2024-02-29", "2025-03", "13.00", "1.00", False),
        ("2020-02-29", "2025-02", "60.00", "5.00", True),
    ],
)
def test_months_years_and_the_anniversary(
    joined: str,
    month: str,
    months: str | None,
    years: str | None,
    anniversary: bool,  # noqa: FBT001 - a column
) -> None:
    got = of_month(joined, month)
    assert (got.get("months"), got.get("years"), "jubilee" in got) == (months, years, anniversary)


def test_an_anniversary_is_once_a_year() -> None:
    months = [f"{year}-{number:02}" for year in (2025, 2026) for number in range(1, 13)]
    house = House(RULES, {name: {"A001": None} for name in months}, {"A001": person("A001", joined="2023-05-20")})
    assert [name for name in months if "jubilee" in lines_of(house.month(name)["A001"])] == ["2025-05", "2026-05"]


@pytest.mark.parametrize(
    ("joined", "left", "months", "anniversary"),
    [
        ("2024-01-15", "2025-01-10", "11.00", False),  # the year would have been complete on the 15th
        ("2024-01-15", "2025-01-14", "12.00", True),  # its last day
        ("2024-01-15", "2025-01-15", "12.00", True),
        ("2024-01-31", "2025-01-30", "12.00", True),
        ("2024-02-01", "2025-01-30", "11.00", False),
        ("2024-02-01", "2025-01-31", "12.00", True),
    ],
)
def test_whoever_left_before_did_not_complete_the_year(
    joined: str,
    left: str,
    months: str,
    anniversary: bool,  # noqa: FBT001 - a column
) -> None:
    got = of_month(joined, "2025-01", left)
    assert (got["months"], "jubilee" in got) == (months, anniversary)


def test_an_example_says_when_the_agent_joined() -> None:
    name = 'name: {zh: 例, en: E}, clauses: ["1"]'
    rules = f"""{RULES}examples:
  - {{{name}, given: {{score: 80, joined: 2024-02-01}}, expect: {{pay: {{months: 12, years: 1, jubilee: 1000}}}}}}
  - {{{name}, given: {{score: 80, joined: 2024-02-02}}, expect: {{pay: {{months: 11}}}}}}
  - {{{name}, given: {{score: 80}}, expect: {{pay: {{months: 31, years: 2}}}}}}
"""
    # two years and a half where it does not say: from the first of the month thirty months before
    assert House(rules, {"2025-01": {"A001": "80"}}).findings() == []
