"""Inputs beyond a cell of every month: stated once for a team, at the end of a period, or left out by a rater."""

from __future__ import annotations

import pytest

from tests.engine.house import House, lines_of, person, policy, results_of, without_places
from tests.engine.mini import close

DAY = "records/shop/2025-01/scores/day.yaml"
POOLED = policy(
    inputs=("mark: {points: 100, ~}", "pool: {amount: CNY, stated: team, ~}"),
    pay=("id: part, ~, amount: pool / 10",),
)


# Stated once for a team


def test_what_is_stated_for_a_team_is_the_same_for_all_its_members() -> None:
    house = House(
        POOLED,
        {"2025-01": {"A001": "80", "A002": "90", "A003": "70"}},
        {"A003": person("A003", team="night")},
        together={"2025-01": {"day": "{pool: 1200.50}", "night": "{pool: 300}"}},
    )
    assert house.findings() == []
    rows = house.month("2025-01")
    assert {name: lines_of(row) for name, row in rows.items()} == {
        "A001": {"part": "120.05"},
        "A002": {"part": "120.05"},
        "A003": {"part": "30.00"},
    }
    pools = [row["figures"][row["inputs"][0]["figure"]] for row in rows.values()]
    assert [pool["at"] for pool in pools] == [
        f"{DAY}:5:18",
        f"{DAY}:5:18",
        "records/shop/2025-01/scores/night.yaml:5:18",
    ]


def test_a_team_that_lacks_it_is_said_once_and_nobody_of_it_is_assessed() -> None:
    house = House(POOLED, {"2025-01": {"A001": "80", "A002": "90"}})
    assert house.findings() == [f"{DAY}:2:1: warning: The team's sheet lacks pool. [missing-input]"]
    assert house.hints() == ["Add it under `together:`."]
    assert [row["not_assessed"]["missing"] for row in house.month("2025-01").values()] == [["pool"], ["pool"]]
    house.more = close("2025-01")
    assert without_places(house.findings()) == ["error: The team's sheet lacks pool. [missing-input]"]


def test_what_is_stated_for_the_team_does_not_stand_in_a_line() -> None:
    house = House(POOLED, {"2025-01": {"A001": "{mark: 80, pool: 5}"}}, together={"2025-01": {"day": "{pool: 5}"}})
    assert house.findings() == [f"{DAY}:7:20: error: pool is stated once for the whole team. [unknown-key]"]
    assert house.hints() == ["Write it under `together:`."]


@pytest.mark.parametrize(
    ("together", "said"),
    [
        (
            "{pool: 5, mark: 80}",
            "mark is stated for each agent. [unknown-key]",
        ),
        ("{pool: 5, pol: 80}", "The policy has no input pol. [unknown-key]"),
        ("{pool: five}", "“five” is no number. [number-form]"),
        ("{pool: 5.005}", "5.005 has fractions of a cent. [cell]"),
        ("{pool: n/a}", "“n/a” is only for what is scored. [cell]"),
        ("{pool: -1}", "-1 is below 0, the least that the policy allows. [cell]"),
    ],
)
def test_what_may_not_stand_under_together(together: str, said: str) -> None:
    house = House(POOLED, {"2025-01": {"A001": "80"}}, together={"2025-01": {"day": together}})
    assert without_places(house.findings()) == [f"error: {said}"]


def test_a_team_may_leave_out_what_is_allowed_to_be_missing() -> None:
    rules = policy(
        inputs=("mark: {points: 60, ~}", "survey: {points: 40, stated: team, missing: allowed, ~}"),
    )
    house = House(rules, {"2025-01": {"A001": "48"}})
    assert house.findings() == []
    row = house.month("2025-01")["A001"]
    assert (row["score"], [(item["id"], item["points"]) for item in row["items"]]) == (
        "80.0",  # 48 of 60
        [("mark", "48"), ("survey", None)],
    )


def test_a_teams_result_is_an_item_of_everybody() -> None:
    rules = policy(inputs=("mark: {points: 60, ~}", "survey: {points: 40, stated: team, ~}"))
    house = House(rules, {"2025-01": {"A001": "48", "A002": "60"}}, together={"2025-01": {"day": "{survey: 35.5}"}})
    assert [row["score"] for row in house.month("2025-01").values()] == ["83.5", "95.5"]


# Stated at the end of a period


def test_an_input_of_the_quarter_is_stated_in_its_last_month_alone() -> None:
    rules = policy(
        inputs=("mark: {points: 60, ~}", "exam: {points: 40, every: quarter, ~}"),
        results=("tested: {is: exam if applicable(exam) else -1, ~}",),
    )
    lines = {"2025-01": {"A001": "48"}, "2025-02": {"A001": "54"}, "2025-03": {"A001": "{mark: 48, exam: 20}"}}
    house = House(rules, lines)
    assert house.findings() == []
    rows = [house.month(name)["A001"] for name in lines]
    # 48 ÷ 60; 54 ÷ 60; 48 + 20
    assert [(row["score"], results_of(row)["tested"]) for row in rows] == [
        ("80.0", "-1"),
        ("90.0", "-1"),
        ("68.0", "20"),
    ]


def test_an_input_of_the_quarter_is_missed_in_its_last_month_and_refused_before() -> None:
    rules = policy(inputs=("mark: {points: 60, ~}", "exam: {points: 40, every: quarter, ~}"))
    house = House(rules, {"2025-02": {"A001": "{mark: 48, exam: 20}"}, "2025-03": {"A001": "48"}})
    assert without_places(house.findings()) == [
        "error: exam does not belong to this line: it is stated at another time, or for another role. [unknown-key]",
        "warning: A001 lacks exam. [missing-input]",
    ]


def test_an_input_of_the_team_and_the_half_year() -> None:
    rules = policy(
        inputs=("mark: {points: 100, ~}", "pool: {amount: CNY, stated: team, every: half-year, ~}"),
        pay=("id: part, ~, amount: pool, every: half-year",),
    )
    house = House(
        rules,
        {"2025-05": {"A001": "80"}, "2025-06": {"A001": "80"}},
        together={"2025-06": {"day": "{pool: 7}"}},
    )
    assert house.findings() == []
    assert [lines_of(house.month(name)["A001"]) for name in house.lines] == [{}, {"part": "7.00"}]


def test_an_input_of_the_year_in_a_quarterly_policy() -> None:
    rules = policy(every="quarter", inputs=("mark: {points: 100, ~}", "prize: {amount: CNY, every: year, ~}"))
    house = House(rules, {"2025-09": {"A001": "80"}, "2025-12": {"A001": "{mark: 80, prize: 7}"}})
    assert house.findings() == []
    assert [house.month(name)["A001"]["assessed"] for name in house.lines] == [True, True]


# Left out, or always there


def test_what_may_be_missing_is_not_applicable_and_never_0() -> None:
    rules = policy(
        inputs=("mark: {points: 60, ~}", "peer: {points: 40, missing: allowed, ~}"),
        results=("there: {is: 1 if applicable(peer) else 0, ~}",),
    )
    lines = {"2025-01": {"A001": "48", "A002": "{mark: 48, peer: 0}", "A003": "{mark: 48, peer: n/a}"}}
    rows = House(rules, lines).month("2025-01")
    assert [(row["score"], results_of(row)["there"]) for row in rows.values()] == [
        ("80.0", "0"),
        ("48.0", "1"),
        ("80.0", "0"),
    ]


def test_what_is_always_applicable_may_not_be_n_a() -> None:
    rules = policy(inputs=("mark: {points: 100, applicable: always, ~}",))
    house = House(rules, {"2025-01": {"A001": "n/a"}})
    assert without_places(house.findings()) == ["error: The policy does not let this be “n/a”. [cell]"]
    assert house.hints() == ["Write the value, or not_assessed: with the reason for the whole line."]


SHARED = policy(
    employment=("full: {~}", "part: {~}"),
    eligible=("id: regular, ~, when: employment == full",),
    inputs=("mark: {points: 100, ~}", "pool: {amount: CNY, stated: team, ~}"),
    pay=("id: part, ~, amount: pool / 10, unassessed: yes",),
)


def test_what_is_stated_for_a_team_is_known_of_members_who_are_not_assessed() -> None:
    house = House(
        SHARED,
        {"2025-01": {"A001": "80", "A002": None}},
        {"A003": person("A003", employment="part")},
        together={"2025-01": {"day": "{pool: 100}"}},
    )
    assert house.findings() == []
    assert [lines_of(row) for row in house.month("2025-01").values()] == [{"part": "10.00"}] * 3
