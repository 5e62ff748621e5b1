"""Periods: quarters, half-years and years that are assessed as a whole, and rules that apply at their ends alone."""

from __future__ import annotations

import pytest

from kpigen.month import Month
from kpigen.policy.period import WINDOWS, ends, first_month, lapses, last_month
from tests.engine.house import CATEGORIES, House, lines_of, person, policy, results_of, without_places
from tests.engine.mini import close, complaint, event

PAY = ("id: base, ~, amount: 1000, unassessed: yes", "id: bonus, ~, amount: number(score)")


def quarterly(**more: object) -> House:
    """Two quarters of A001, 80 and 90, and nothing in between."""
    rules = policy(every="quarter", pay=PAY, **more)
    return House(rules, {"2025-03": {"A001": "80"}, "2025-06": {"A001": "90"}})


# The period that is assessed


def test_a_quarter_is_assessed_in_its_last_month_alone() -> None:
    house = quarterly()
    assert house.findings() == []
    rows = {name: house.month(name)["A001"] for name in ("2025-03", "2025-04", "2025-05", "2025-06")}
    assert {name: (row["score"], row["assessed"], lines_of(row)) for name, row in rows.items()} == {
        "2025-03": ("80.0", True, {"base": "1000.00", "bonus": "80.00"}),
        "2025-04": (None, False, {"base": "1000.00"}),
        "2025-05": (None, False, {"base": "1000.00"}),
        "2025-06": ("90.0", True, {"base": "1000.00", "bonus": "90.00"}),
    }


def test_why_there_is_no_score_within_a_period() -> None:
    row = quarterly().month("2025-04")["A001"]
    assert row["not_assessed"] == {"every": "quarter", "at": None}
    assert (row["rank"], row["grade"], row["items"]) == (None, None, [])


@pytest.mark.parametrize(
    ("every", "assessed"),
    [
        ("month", range(1, 13)),
        ("quarter", (3, 6, 9, 12)),
        ("half-year", (6, 12)),
        ("year", (12,)),
    ],
)
def test_the_months_in_which_periods_end(every: str, assessed: tuple[int, ...]) -> None:
    months = [Month(2025, number) for number in range(1, 13)]
    assert [month.number for month in months if ends(month, every)] == list(assessed)
    assert all(ends(month, None) for month in months)


@pytest.mark.parametrize(
    ("month", "period", "first", "last"),
    [
        ("2025-01", "quarter", "2025-01", "2025-03"),
        ("2025-03", "quarter", "2025-01", "2025-03"),
        ("2025-11", "quarter", "2025-10", "2025-12"),
        ("2025-06", "half-year", "2025-01", "2025-06"),
        ("2025-07", "half-year", "2025-07", "2025-12"),
        ("2025-12", "year", "2025-01", "2025-12"),
        ("2025-05", "month", "2025-05", "2025-05"),
    ],
)
def test_first_and_last_month_of_a_period(month: str, period: str, first: str, last: str) -> None:
    found = Month.parse(month)
    assert found
    assert (str(first_month(found, period)), str(last_month(found, period))) == (first, last)


@pytest.mark.parametrize(
    ("window", "first", "last"),
    [
        # seen from 2025-02: how far back it looks, and the last month that still sees it
        ("quarter", "2025-01", "2025-03"),
        ("half-year", "2025-01", "2025-06"),
        ("year", "2025-01", "2025-12"),
        ("three-months", "2024-12", "2025-04"),
        ("six-months", "2024-09", "2025-07"),
        ("twelve-months", "2024-03", "2026-01"),
    ],
)
def test_windows(window: str, first: str, last: str) -> None:
    month = Month(2025, 2)
    assert (str(first_month(month, window)), str(lapses(month, window))) == (first, last)
    assert window in WINDOWS


def test_a_window_sees_a_month_exactly_until_it_lapses() -> None:
    for window in WINDOWS:
        for start in (Month(2024, number) for number in range(1, 13)):
            seen = [start.plus(step) for step in range(14) if first_month(start.plus(step), window) <= start]
            assert seen[-1] == lapses(start, window)


# Months between


def test_months_between_without_a_folder_are_computed_and_no_gap() -> None:
    house = quarterly()
    assert "records/shop/2025-04/scores/day.yaml" not in house.files
    assert [house.month(name)["A001"]["pay"]["total"] for name in ("2025-04", "2025-05")] == ["1000.00"] * 2


def test_months_between_of_a_monthly_policy_are_a_gap() -> None:
    house = House(policy(), {"2025-03": {"A001": "80"}, "2025-06": {"A001": "90"}})
    assert without_places(house.findings()) == [
        "error: There are records for 2025-03 and 2025-06, none between. [month-gap]"
    ]


def test_a_record_between_counts_in_its_month_and_in_the_period() -> None:
    house = quarterly(
        events=["slip: {~}"],
        measures=['slips: {is: "total(events(slip), quarter)", ~}', "own: {is: events(slip), ~}"],
        results=["kept: {is: slips, ~}", "now: {is: own, ~}"],
    )
    house.more = {
        **event("2025-05", kind="slip", amount=""),
        **event("2025-06", kind="slip", amount=""),
        **event("2025-03", kind="slip", amount=""),
    }
    # June's quarter has May's and June's; March's slip is of the quarter before
    assert [results_of(house.month(name)["A001"]) for name in ("2025-03", "2025-06")] == [
        {"kept": "1", "now": "1"},
        {"kept": "2", "now": "1"},
    ]


def test_lines_and_actions_for_the_unassessed_happen_in_between() -> None:
    house = quarterly(
        events=["leak: {~}", "loss: {amount: CNY, ~}"],
        actions=["id: talk, ~, when: events(leak) > 0, unassessed: yes", "id: praise, ~, when: score >= 80"],
    )
    house.rules = house.rules.replace(
        "pay:\n", "pay:\n  - {id: fee, deduct: amount(loss), unassessed: yes, ~}\n"
    ).replace("~", 'name: {zh: 名, en: Name}, clause: "1"')
    house.more = {**event("2025-04", kind="leak", amount=""), **event("2025-04", 2, amount="30")}
    rows = {name: house.month(name)["A001"] for name in ("2025-03", "2025-04", "2025-05")}
    assert {name: ([due["id"] for due in row["actions"]], lines_of(row)) for name, row in rows.items()} == {
        "2025-03": (["praise"], {"base": "1000.00", "bonus": "80.00"}),
        "2025-04": (["talk"], {"base": "1000.00", "fee": "-30.00"}),
        "2025-05": ([], {"base": "1000.00"}),
    }


def test_a_streak_runs_over_quarters() -> None:
    house = House(
        policy(every="quarter", actions=["id: talk, ~, when: streak(score < 60) >= 2"]),
        {"2025-03": {"A001": "50"}, "2025-06": {"A001": "55"}, "2025-09": {"A001": "60"}},
    )
    assert [bool(house.month(name)["A001"]["actions"]) for name in ("2025-03", "2025-06", "2025-09")] == [
        False,
        True,
        False,
    ]


def test_the_quarter_before_is_the_previous_one() -> None:
    house = House(
        policy(
            every="quarter",
            results=["gain: {is: score - previous(score) if applicable(previous(score)) else 0, unit: points, ~}"],
        ),
        {"2025-03": {"A001": "50"}, "2025-06": {"A001": "55.5"}},
    )
    assert [results_of(house.month(name)["A001"]) for name in ("2025-03", "2025-06")] == [
        {"gain": "0"},
        {"gain": "5.5"},
    ]


@pytest.mark.parametrize(
    ("every", "month", "last"),
    [("quarter", "2025-02", "2025-03"), ("half-year", "2025-03", "2025-06"), ("year", "2025-06", "2025-12")],
)
def test_a_sheet_in_a_month_that_is_not_assessed(every: str, month: str, last: str) -> None:
    house = House(policy(every=every), {month: {"A001": "80"}})
    assert house.findings() == [
        f"records/shop/{month}/scores/day.yaml:1:8: error: Nobody is assessed in {month}. [not-due]"
    ]
    assert house.hints() == [f"The period ends with {last}: write its one sheet there."]


def test_no_line_is_missed_in_between() -> None:
    house = quarterly(events=["slip: {~}"])
    house.more = event("2025-05", kind="slip", amount="")
    assert house.findings() == []


def test_a_missing_sheet_is_missed_at_the_end() -> None:
    house = House(
        policy(every="quarter", events=["slip: {~}"]),
        {"2025-03": {"A001": "80"}},
        more=event("2025-06", kind="slip", amount=""),
    )
    assert without_places(house.findings()) == [
        "warning: The sheet of team day is missing; it has A001. [missing-sheet]"
    ]


def test_the_window_is_that_of_the_month_after_the_period() -> None:
    house = House(policy(every="quarter"), {"2025-03": {"A001": "80"}})
    path = "records/shop/2025-03/scores/day.yaml"
    house.more = {path: house.files[path].replace("2025-04-06", "2025-04-11")}
    assert without_places(house.findings()) == [
        "warning: 2025-04-11 is outside the assessment window. [assessment-window]"
    ]


# Rules that apply at the end of a period


EVERY = {
    "quarter": [3, 6, 9, 12],
    "half-year": [6, 12],
    "year": [12],
}


@pytest.mark.parametrize("every", EVERY)
def test_rules_of_every_kind_apply_at_the_end_of_their_period_alone(every: str) -> None:
    rules = policy(
        tiers=["one: {~}", "two: {~}"],
        transitions=[f'id: up, clause: "1", from: one, when: score >= 80, to: two, every: {every}'],
        pay=[f"id: extra, ~, amount: 10, every: {every}", f"id: fee, ~, deduct: 4, every: {every}"],
        awards=[
            f"id: first, ~, rank: 1, by: score, amount: 5, ties: all, every: {every}",
            f"id: good, ~, when: score >= 80, amount: 3, every: {every}",
        ],
        actions=[f"id: talk, ~, when: score >= 80, every: {every}"],
        results=[f'so_far: {{is: "mean(score, year)", unit: points, every: {every}, ~}}'],
    )
    months = {f"2025-{number:02}": {"A001": "80"} for number in range(1, 13)}
    house = House(rules, months, {"A001": person("A001", tier="one")})
    for name in months:
        row, at_end = house.month(name)["A001"], int(name[5:]) in EVERY[every]
        assert (lines_of(row) == {"extra": "10.00", "first": "5.00", "good": "3.00", "fee": "-4.00"}) == at_end
        assert bool(row["pay"]["lines"]) == at_end
        assert [each["id"] for each in row["awards"]] == (["first", "good"] if at_end else [])
        assert [each["id"] for each in row["actions"]] == (["talk"] if at_end else [])
        assert (row["results"][0]["final"], row["results"][0]["every"]) == (at_end, every)
    tiers = [house.month(name)["A001"]["tier"] for name in months]
    first = EVERY[every][0]
    assert tiers == ["one"] * first + ["two"] * (12 - first)


def test_a_result_is_provisional_until_its_period_ends() -> None:
    house = House(
        policy(results=['year_score: {is: "mean(score, half-year)", unit: points, every: half-year, ~}']),
        {f"2025-0{number}": {"A001": str(score)} for number, score in enumerate((60, 70, 80, 90, 100, 50), start=1)},
    )
    rows = [house.month(f"2025-0{number}")["A001"]["results"][0] for number in range(1, 7)]
    # 60; (60 + 70) ÷ 2; 210 ÷ 3; 300 ÷ 4; 400 ÷ 5; 450 ÷ 6
    assert [row["value"] for row in rows] == ["60.0", "65.0", "70.0", "75.0", "80.0", "75.0"]
    assert [row["final"] for row in rows] == [False] * 5 + [True]


def test_what_is_owed_waits_for_the_line_that_is_deducted_quarterly() -> None:
    rules = policy(
        events=["loss: {amount: CNY, ~}"],
        pay=[
            "id: base, ~, amount: 100, unassessed: yes",
            "id: loss, ~, deduct: amount(loss), at_most: [gross * 20%], excess: carry, every: quarter, unassessed: yes",
        ],
    )
    house = House(
        rules,
        {f"2025-0{number}": {"A001": "80"} for number in range(3, 7)},
        more=event("2025-03", amount="45"),
    )
    # March: 45 is due, at most 20 % of 100; 25 stay owed over April and May; June: 25 is due, at most 20 again
    rows = [house.month(f"2025-0{number}")["A001"] for number in range(3, 7)]
    assert [lines_of(row).get("loss") for row in rows] == ["-20.00", None, None, "-20.00"]
    assert [row["carried"] for row in rows] == [{"loss": "25.00"}] * 3 + [{"loss": "5.00"}]


def test_a_yearly_rule_of_a_quarterly_policy() -> None:
    house = House(
        policy(every="quarter", pay=['id: year-end, ~, amount: "number(mean(score, year))", every: year']),
        {"2025-03": {"A001": "60"}, "2025-06": {"A001": "70"}, "2025-09": {"A001": None}, "2025-12": {"A001": "86"}},
    )
    # (60 + 70 + 86) ÷ 3 = 72; September was not assessed
    assert {name: lines_of(house.month(name)["A001"]) for name in ("2025-03", "2025-06", "2025-09", "2025-12")} == {
        "2025-03": {},
        "2025-06": {},
        "2025-09": {},
        "2025-12": {"year-end": "72.00"},
    }


def test_a_closed_quarter_lets_nothing_be_missing() -> None:
    house = House(policy(every="quarter"), {"2025-03": {"A001": "{}"}})
    assert without_places(house.findings()) == ["warning: A001 lacks mark. [missing-input]"]
    house.more = close("2025-03")
    assert without_places(house.findings()) == ["error: A001 lacks mark. [missing-input]"]


def test_complaints_are_those_of_the_last_month_unless_a_window_is_named() -> None:
    house = quarterly(
        complaints=CATEGORIES,
        results=["of_month: {is: upheld_complaints, ~}", 'of_quarter: {is: "total(upheld_complaints, quarter)", ~}'],
    )
    house.more = {**complaint("2025-05"), **complaint("2025-06")}
    assert results_of(house.month("2025-06")["A001"]) == {"of_month": "1", "of_quarter": "2"}
