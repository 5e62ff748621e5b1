"""What expressions can ask of a team, of complaints of a kind, and of the months that a rolling window sees."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.engine.house import CATEGORIES, House, found, lines_of, person, policy, results_of, without_places
from tests.engine.mini import complaint, event

if TYPE_CHECKING:
    from collections.abc import Sequence


# Teams


def team(expression: str, lines: dict[str, str | None], people: dict[str, str]) -> dict[str, str | None]:
    rules = policy(results=(f"asked: {{is: {expression}, ~}}",))
    rows = House(rules, {"2025-01": lines}, people).month("2025-01")
    return {name: results_of(row).get("asked") for name, row in rows.items()}


NIGHT = {name: person(name, team="night") for name in ("A004", "A005")}


def test_the_mean_and_the_total_of_a_teams_assessed_agents() -> None:
    lines: dict[str, str | None] = {"A001": "80", "A002": "90.5", "A003": None, "A004": "60", "A005": "70"}
    # (80 + 90.5) ÷ 2; 60 and 70
    assert team("team_mean(score)", lines, NIGHT) == {
        "A001": "85.25",
        "A002": "85.25",
        "A003": "85.25",  # not assessed, and yet of the team
        "A004": "65.0",
        "A005": "65.0",
    }
    assert team("team_total(score) - score", lines, NIGHT) == {
        "A001": "90.5",
        "A002": "80.0",
        "A003": None,
        "A004": "70.0",
        "A005": "60.0",
    }


def test_a_team_of_one() -> None:
    assert team("team_mean(score) - score", {"A001": "80"}, {}) == {"A001": "0.0"}


def test_what_is_not_applicable_is_left_out_of_the_teams_mean() -> None:
    rules = policy(
        inputs=("mark: {points: 100, ~}", "speed: {measure: s, ~}"),
        results=(
            "pace: {is: team_mean(speed) if applicable(team_mean(speed)) else -1, ~}",
            "all: {is: team_total(speed), ~}",
        ),
    )
    lines = {
        "A001": "{mark: 80, speed: 10}",
        "A002": "{mark: 80, speed: n/a}",
        "A003": "{mark: 80, speed: 15}",
        "A004": "{mark: 80, speed: n/a}",
    }
    rows = House(rules, {"2025-01": lines}, {"A004": NIGHT["A004"]}).month("2025-01")
    asked = found(rows["A001"], "team_mean(speed)")
    assert [rows["A001"]["figures"][each]["name"] for each in asked["of"]] == ["A001", "A003"]
    assert [results_of(row) for row in rows.values()] == [{"pace": "12.5", "all": "25"}] * 3 + [
        {"pace": "-1", "all": "0"}
    ]


def test_a_teams_mean_names_the_members() -> None:
    rules = policy(results=("asked: {is: team_mean(score), ~}",))
    row = House(rules, {"2025-01": {"A001": "80", "A002": "90"}}).month("2025-01")["A002"]
    mean = found(row, "team_mean(score)")
    assert [(row["figures"][each]["name"], row["figures"][each]["value"]) for each in mean["of"]] == [
        ("A001", "80.0"),
        ("A002", "90.0"),
    ]


def test_a_teams_mean_of_a_teams_result_and_of_an_expression() -> None:
    rules = policy(
        results=(
            "doubled: {is: score * 2, unit: points, ~}",
            "of_result: {is: team_mean(doubled), ~}",
            "of_both: {is: team_total(doubled + score), ~}",
        )
    )
    row = House(rules, {"2025-01": {"A001": "80", "A002": "90"}}).month("2025-01")["A001"]
    assert results_of(row) == {"doubled": "160.0", "of_result": "170.0", "of_both": "510.0"}


def test_a_teams_mean_in_pay_awards_actions_and_transitions() -> None:
    rules = policy(
        tiers=("one: {~}", "two: {~}"),
        transitions=['id: up, clause: "1", from: one, when: score > team_mean(score), to: two'],
        pay=("id: plus, ~, when: team_mean(score) >= 85, amount: 10",),
        awards=("id: above, ~, when: score > team_mean(score), amount: 5",),
        actions=("id: talk, ~, when: score < team_mean(score)",),
    )
    people = {name: person(name, tier="one") for name in ("A001", "A002")}
    rows = House(rules, {"2025-01": {"A001": "80", "A002": "90"}}, people).month("2025-01")
    assert [(lines_of(row), [due["id"] for due in row["actions"]], row["next_tier"]) for row in rows.values()] == [
        ({"plus": "10.00"}, ["talk"], "one"),
        ({"plus": "10.00", "above": "5.00"}, [], "two"),
    ]


@pytest.mark.parametrize("section", ["measures", "items", "eligible"])
def test_a_team_is_not_known_before_the_score(section: str) -> None:
    rule = {
        "measures": "asked: {is: team_mean(mark), ~}",
        "items": "asked: {points: 10, of: team_mean(mark), share_of: 10, ~}",
        "eligible": "id: asked, ~, when: team_mean(mark) > 0",
    }[section]
    house = House(policy(**{section: [rule]}), {"2025-01": {"A001": "80"}})
    assert "there is no function team_mean here [expression]" in without_places(house.findings())[0]


EXAMPLE = '- {name: {zh: 例, en: E}, clauses: ["1"]'


def test_an_example_without_colleagues_asks_about_its_team() -> None:
    rules = policy(
        awards=(
            "id: top, ~, rank: 1, by: team_mean(score), amount: 10, ties: all",
            "id: good, ~, when: team_mean(score) >= 80, amount: 5",
        ),
        examples=(
            f"{EXAMPLE}, given: {{score: 80}}, expect: {{awards: [good]}}}}",
            f"{EXAMPLE}, given: {{score: 80, others: [{{score: 78}}]}}, expect: {{awards: [top]}}}}",
            f"{EXAMPLE}, given: {{score: 80, others: [{{score: 90, team: b}}]}}, expect: {{awards: [good]}}}}",
        ),
    )
    assert House(rules, {"2025-01": {"A001": "80"}}).findings() == []


# Complaints


def test_upheld_complaints_of_a_category_or_a_severity() -> None:
    kinds = ("attitude", "delay", "minor", "major")
    rules = policy(complaints=CATEGORIES, results=[f"n_{kind}: {{is: complaints({kind}), ~}}" for kind in kinds])
    records = {
        **complaint("2025-01", 1, category="attitude", severity="minor"),
        **complaint("2025-01", 2, category="attitude", severity="major"),
        **complaint("2025-01", 3, category="delay", severity=""),
        **complaint("2025-01", 4, category="delay", severity="major", status="dismissed"),
        **complaint("2025-01", 5, category="delay", severity="major", status="open", decided=""),
    }
    house = House(rules, {"2025-01": {"A001": "80", "A002": "80"}}, more=records)
    assert {name: [*results_of(row).values()] for name, row in house.month("2025-01").items()} == {
        "A001": ["2", "1", "1", "1"],
        "A002": ["0", "0", "0", "0"],
    }


def test_a_complaint_is_asked_by_a_word_of_the_policy() -> None:
    house = House(
        policy(complaints=CATEGORIES, results=("asked: {is: complaints(rude), ~}",)), {"2025-01": {"A001": "80"}}
    )
    assert without_places(house.findings()) == ["error: rude is not a word that complaints takes [expression]"]
    house.rules = policy(results=("asked: {is: complaints(delay), ~}",))
    assert without_places(house.findings()) == ["error: there is no function complaints here [expression]"]


def test_complaints_take_points_off_an_item() -> None:
    rules = policy(
        complaints=CATEGORIES,
        inputs=("mark: {points: 90, ~}",),
        items=(
            "manner: {points: 10, less: [{per: complaints(minor), points: 2}, {per: complaints(major), points: 5}], ~}",
        ),
    )
    records = {
        **complaint("2025-01", 1, severity="minor"),
        **complaint("2025-01", 2, severity="major"),
    }
    row = House(rules, {"2025-01": {"A001": "80"}}, more=records).month("2025-01")["A001"]
    assert row["score"] == "83.0"


# Windows


def seen(expression: str, months: Sequence[str | None], events: Sequence[str] = (), first: int = 1) -> list[str | None]:
    """What an expression gives month by month in 2025 and 2026, for marks and the months of one slip each."""
    rules = policy(events=("slip: {~}",), results=(f'asked: {{is: "{expression}", ~}}',))
    names = [f"{2025 + (first + n - 1) // 12}-{(first + n - 1) % 12 + 1:02}" for n in range(len(months))]
    records: dict[str, str] = {}
    for name in events:
        records |= event(name, kind="slip", amount="")
    house = House(rules, {name: {"A001": mark} for name, mark in zip(names, months, strict=True)}, more=records)
    values = (results_of(house.month(name)["A001"]).get("asked") for name in names)
    return [None if value is None else str(Decimal(value).normalize()) for value in values]


def test_three_months_roll() -> None:
    marks = ("10", "20", "30", "40", "50")
    assert seen("total(score, three-months)", marks) == ["1E+1", "3E+1", "6E+1", "9E+1", "1.2E+2"]
    assert seen("mean(score, three-months)", marks) == ["1E+1", "15", "2E+1", "3E+1", "4E+1"]
    assert seen("count(score >= 30, three-months)", marks) == ["0", "0", "1", "2", "3"]


def test_a_rolling_window_is_of_months_and_not_of_assessments() -> None:
    # February was not assessed: in April the window is February to April, without January
    marks = ("10", None, "30", "50")
    assert seen("mean(score, three-months)", marks) == ["1E+1", "1E+1", "2E+1", "4E+1"]


def test_six_and_twelve_months_roll_over_the_new_year() -> None:
    marks = ["1"] * 14
    assert seen("total(score, six-months)", marks, first=9)[4:8] == ["5", "6", "6", "6"]
    assert seen("total(score, twelve-months)", marks)[10:] == ["11", "12", "12", "12"]
    assert seen("total(score, year)", marks)[10:] == ["11", "12", "1", "2"]


@pytest.mark.parametrize(
    ("window", "still"),
    [("quarter", 3), ("three-months", 4), ("half-year", 6), ("six-months", 7), ("year", 12), ("twelve-months", 13)],
)
def test_an_event_of_february_is_seen_until_its_window_ends(window: str, still: int) -> None:
    got = seen(f"total(events(slip), {window})", ["80"] * 14, ["2025-02"])
    assert got == ["0", *["1"] * (still - 1), *["0"] * (14 - still)]


def test_a_total_of_events_counts_months_without_assessment_and_a_count_does_not() -> None:
    marks: tuple[str | None, ...] = ("80", None, "80")
    assert seen("total(events(slip), quarter)", marks, ["2025-02"]) == ["0", "1", "1"]
    assert seen("count(events(slip) > 0, quarter)", marks, ["2025-02"])[2] == "0"
    assert seen("mean(events(slip), quarter)", marks, ["2025-02"])[2] == "0"
    assert seen("count(assessed, quarter)", marks) == ["1", "1", "2"]


def test_a_number_that_is_not_known_in_a_month_is_left_out_of_the_total() -> None:
    assert seen("total(score, quarter)", ("80", None, "70")) == ["8E+1", "8E+1", "1.5E+2"]


def test_a_window_within_a_window() -> None:
    # the months in which the last three had two slips or more
    got = seen(
        "count(total(events(slip), three-months) >= 2, year)",
        ["80"] * 6,
        ["2025-01", "2025-02", "2025-03"],
    )
    # totals 1, 2, 3, 2, 1, 0
    assert got == ["0", "1", "2", "3", "3", "3"]


def test_windows_in_measures_items_and_eligibility() -> None:
    rules = policy(
        events=("slip: {~}",),
        inputs=("mark: {points: 90, ~}", "calls: {count: calls, ~}"),
        measures=('calls_so_far: {is: "total(calls, quarter)", ~}',),
        items=('clean: {points: 10, less: [{per: "total(events(slip), quarter)", points: 4}], ~}',),
        results=("asked: {is: calls_so_far, ~}",),
    )
    calls = (7, 5, 3, 2)
    lines = {f"2025-0{n}": {"A001": f"{{mark: 80, calls: {each}}}"} for n, each in enumerate(calls, start=1)}
    house = House(rules, lines, more=event("2025-02", kind="slip", amount=""))
    rows = [house.month(name)["A001"] for name in lines]
    # 10, 10 - 4, 10 - 4, and a new quarter
    assert [(row["score"], results_of(row)["asked"]) for row in rows] == [
        ("90.0", "7"),
        ("86.0", "12"),
        ("86.0", "15"),
        ("90.0", "2"),
    ]


def test_windows_begin_with_the_first_month_of_an_agent() -> None:
    rules = policy(results=('asked: {is: "mean(score, year)", ~}',))
    house = House(
        rules,
        {"2025-01": {"A001": "60"}, "2025-02": {"A001": "80", "A002": "90"}},
        {"A002": person("A002", joined="2025-02-10")},
    )
    assert {name: results_of(row)["asked"] for name, row in house.month("2025-02").items()} == {
        "A001": "70.0",
        "A002": "90.0",
    }


def test_words_with_a_dash_are_windows_and_not_differences() -> None:
    house = House(policy(results=('asked: {is: "total(score, four-months)", ~}',)), {"2025-01": {"A001": "80"}})
    assert without_places(house.findings()) == ["error: four-months is not a word that total takes [expression]"]
