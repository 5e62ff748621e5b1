"""Policies without score, tiers, inputs or pay; and a department that moves from one kind to another and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.engine.house import House, lines_of, person, policy, without_places
from tests.engine.mini import DEPARTMENT, agent, event

if TYPE_CHECKING:
    from collections.abc import Mapping

A001 = "records/shop/agents/A001.yaml"
TEXT_ONLY = policy(
    score=None,
    inputs=(),
    events=("slip: {~}", "idea: {~}"),
    pay=("id: base, ~, amount: 1000, prorate: calendar-days, unassessed: yes",),
    awards=("id: idea, ~, when: events(idea) > 0, amount: 50, unassessed: yes",),
    actions=("id: talk, ~, when: events(slip) > 0, unassessed: yes",),
)


# Without a score


def test_nobody_is_assessed_without_a_score_and_no_sheet_is_missed() -> None:
    house = House(TEXT_ONLY, people={"A001": person("A001")}, more=event("2025-01", kind="slip", amount=""))
    assert house.findings() == []
    row = house.month("2025-01")["A001"]
    assert {key: row[key] for key in ("assessed", "score", "grade", "rank", "tier", "next_tier", "not_assessed")} == {
        "assessed": False,
        "score": None,
        "grade": None,
        "rank": None,
        "tier": None,
        "next_tier": None,
        "not_assessed": {"every": "never", "at": None},
    }
    assert (lines_of(row), [due["id"] for due in row["actions"]]) == ({"base": "1000.00"}, ["talk"])


def test_an_award_of_an_event_without_a_score() -> None:
    house = House(TEXT_ONLY, people={"A001": person("A001")}, more=event("2025-01", kind="idea", amount=""))
    row = house.month("2025-01")["A001"]
    assert lines_of(row) == {"base": "1000.00", "idea": "50.00"}
    assert row["awards"] == [{"id": "idea", "clause": "1", "amount": "50.00", "rank": None}]


def test_a_sheet_of_a_policy_without_a_score_is_refused() -> None:
    house = House(TEXT_ONLY, {"2025-01": {"A001": "80"}})
    assert house.findings() == [
        "records/shop/2025-01/scores/day.yaml:1:8: error: Nobody is assessed in 2025-01. [not-due]"
    ]
    assert house.hints() == ["The policy has no score: remove the sheet."]


def test_months_between_records_need_no_folder_without_a_score() -> None:
    house = House(
        TEXT_ONLY,
        people={"A001": person("A001")},
        more={**event("2025-01", kind="slip", amount=""), **event("2025-04", kind="idea", amount="")},
    )
    assert house.findings() == []
    assert [lines_of(house.month(f"2025-0{number}")["A001"]) for number in range(1, 5)] == [
        {"base": "1000.00"},
        {"base": "1000.00"},
        {"base": "1000.00"},
        {"base": "1000.00", "idea": "50.00"},
    ]


def test_a_new_department_without_records_is_clean() -> None:
    for rules in (TEXT_ONLY, policy(every="quarter")):
        assert House(rules, people={"A001": person("A001")}).findings() == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"inputs": ("mark: {points: 100, ~}",)}, "There are items, and no score that adds them up. [score-missing]"),
        (
            {"items": ("i: {points: 9, less: [{per: events(slip), points: 1}], ~}",)},
            "There are items, and no score that adds them up. [score-missing]",
        ),
        ({"pay": ("id: p, ~, amount: number(score)",)}, "there is no score here [expression]"),
        ({"pay": ("id: p, ~, when: tier == one, amount: 5",)}, "there is no tier here [expression]"),
        ({"pay": ("id: p, ~, when: role == one, amount: 5",)}, "there is no role here [expression]"),
        ({"pay": ("id: p, ~, when: employment == one, amount: 5",)}, "there is no employment here [expression]"),
        ({"pay": ("id: p, ~, when: grade == one, amount: 5",)}, "there is no grade here [expression]"),
        ({"pay": ("id: p, ~, amount: 5 * events(other)",)}, "there is no function events here [expression]"),
    ],
)
def test_what_is_not_there_cannot_be_read(more: dict[str, Any], said: str) -> None:
    stated: dict[str, Any] = {"score": None, "inputs": ()} | more
    if "items" in more:
        stated["events"] = ("slip: {~}",)
    found = House(policy(**stated), people={"A001": person("A001")}).findings()
    assert said in [line.partition("error: ")[2] for line in found]


# Without tiers


def test_without_tiers_there_is_no_tier_and_no_move() -> None:
    row = House(policy(), {"2025-01": {"A001": "80"}}).month("2025-01")["A001"]
    assert {key: row[key] for key in ("tier", "next_tier", "transition", "blocked", "outlook", "score")} == {
        "tier": None,
        "next_tier": None,
        "transition": None,
        "blocked": None,
        "outlook": None,
        "score": "80.0",
    }


def test_a_tier_of_a_policy_without_tiers_is_refused() -> None:
    house = House(policy(), {"2025-01": {"A001": "80"}}, {"A001": person("A001", tier="junior")})
    assert house.findings() == [
        "records/shop/agents/A001.yaml:4:44: error: The policy has no tier junior. [entry-tier]"
    ]
    assert house.hints() == ["It has no tiers at all: leave `tier` out."]


def test_a_transition_between_tiers_that_are_not_there() -> None:
    house = House(
        policy(transitions=['id: up, clause: "1", from: one, when: score > 1, to: two']), {"2025-01": {"A001": "80"}}
    )
    assert without_places(house.findings()) == [
        "error: There is no tier one. [unknown-tier]",
        "error: There is no tier two. [unknown-tier]",
    ]


@pytest.mark.parametrize(("given", "rule"), [("tier: one, score: 80", "example-case"), ("score: 80", "")])
def test_an_example_of_a_policy_without_tiers(given: str, rule: str) -> None:
    example = f'- {{name: {{zh: 例, en: E}}, clauses: ["1"], given: {{{given}}}, expect: {{score: 80}}}}'
    found = House(policy(examples=[example]), {"2025-01": {"A001": "80"}}).findings()
    assert [line.rpartition("[")[2] for line in found] == ([f"{rule}]"] if rule else [])


# Transitions of whoever was not assessed


def moved(rules: str, lines: dict[str, str | None], records: Mapping[str, str]) -> list[tuple[str, str, str | None]]:
    months = {name: {"A001": line} for name, line in lines.items()}
    house = House(rules, months, {"A001": person("A001", tier="high")}, more=records)
    rows = [house.month(name)["A001"] for name in lines]
    return [(row["tier"], row["next_tier"], row["transition"] and row["transition"]["id"]) for row in rows]


TIERED: dict[str, Any] = {"tiers": ("low: {~}", "high: {~}"), "events": ("decided: {~}",)}
DECIDED = 'id: decided, clause: "1", from: high, when: events(decided) > 0, to: low, unassessed: yes'
FELL = 'id: fell, clause: "1", from: high, when: score < 60, to: low'


def test_a_decision_moves_also_whoever_was_not_assessed() -> None:
    rules = policy(**TIERED, transitions=(FELL, DECIDED))
    got = moved(
        rules,
        {"2025-01": None, "2025-02": None, "2025-03": "90"},
        event("2025-02", kind="decided", amount=""),
    )
    assert got == [("high", "high", None), ("high", "low", "decided"), ("low", "low", None)]


def test_a_decision_moves_the_assessed_too() -> None:
    rules = policy(**TIERED, transitions=(FELL, DECIDED))
    got = moved(
        rules,
        {"2025-01": "90"},
        event("2025-01", kind="decided", amount=""),
    )
    assert got == [("high", "low", "decided")]


def test_a_decision_bars_a_promotion_as_a_demotion_does() -> None:
    rules = policy(
        **TIERED,
        transitions=(DECIDED, 'id: rose, clause: "1", from: low, when: score >= 90, to: high'),
        moves='{no_promotion_after_demotion: quarter, clause: "1"}',
    )
    got = moved(
        rules,
        {"2025-03": None, "2025-04": "95", "2025-05": "95", "2025-06": "95"},
        event("2025-03", kind="decided", amount=""),
    )
    # low from April on; no promotion takes effect in April to June, June's score promotes from July
    assert got == [("high", "low", "decided"), ("low", "low", None), ("low", "low", None), ("low", "high", "rose")]


def test_a_transition_for_the_unassessed_reads_what_is_known_of_them() -> None:
    house = House(
        policy(**TIERED, transitions=(f"{FELL}, unassessed: yes",)),
        {"2025-01": {"A001": "80"}},
        {"A001": person("A001", tier="high")},
    )
    assert without_places(house.findings()) == [
        "error: This transition is for those not assessed too, of whom score cannot be known. [transition]"
    ]
    assert house.hints() == ["Leave out `unassessed`."]


def test_tiers_without_a_score_move_by_decisions() -> None:
    rules = policy(**TIERED, score=None, inputs=(), transitions=(DECIDED,))
    house = House(rules, people={"A001": person("A001", tier="high")}, more=event("2025-01", kind="decided", amount=""))
    row = house.month("2025-01")["A001"]
    assert (row["tier"], row["next_tier"]) == ("high", "low")


# From one kind of policy to another and back


def house_of_three(history: str, joined: str = "2024-06-03") -> House:
    """Tiers until February, none in March and April, tiers again from May on."""
    tiers = ("low: {~}", "high: {~}")
    rose = 'id: rose, clause: "1", from: low, when: score >= 90, to: high'
    fell = 'id: fell, clause: "1", from: high, when: score < 60, to: low'
    tiered = {"tiers": tiers, "transitions": (rose, fell), "moves": '{no_promotion_after_demotion: year, clause: "1"}'}
    first = policy(**tiered)
    second = policy(name="plain", version="2025-03")
    scores = {"2025-01": "50", "2025-02": "95", "2025-03": "95", "2025-04": "50", "2025-05": "95", "2025-06": "80"}
    lines = {name: {"A001": score} for name, score in scores.items() if name >= joined[:7]}
    house = House(first, lines, {"A001": agent("A001", "", joined=joined, history=history)})
    house.department = house.department.replace(
        "use: mini}", "use: mini}\n  - {from: 2025-03, use: plain}\n  - {from: 2025-05, use: mini}"
    )
    house.more = {"policy/plain/2025-03.yaml": second}
    return house


ENTERED = "{from: 2024-06, team: day, tier: high}"


def test_from_tiers_to_none_and_back() -> None:
    house = house_of_three(f"[{ENTERED}, {{from: 2025-05, team: day, tier: low}}]")
    assert house.findings() == []
    rows = [house.month(name)["A001"] for name in house.lines]
    assert [(row["tier"], row["next_tier"]) for row in rows] == [
        ("high", "low"),  # 50
        ("low", "low"),  # 95, and barred: the demotion was this year
        (None, None),
        (None, None),
        ("low", "high"),  # 95: the demotion under the old policy no longer bars
        ("high", "high"),
    ]
    held = [figure["op"] for figure in rows[4]["figures"] if figure["op"] and figure["op"]["kind"] == "held"]
    assert held[0] == {"kind": "held", "since": "2025-05", "by": None, "tier": "low"}


def test_when_tiers_begin_again_they_are_stated() -> None:
    house = house_of_three(f"[{ENTERED}]")
    assert house.findings() == [
        f"{A001}:4:1: error: From 2025-05 on there are tiers, and the agent's is not stated. [entry-tier]"
    ]
    assert house.hints() == ["Add a line from 2025-05 with one of the tiers low, high."]


def test_whoever_joins_between_states_a_tier_when_tiers_begin() -> None:
    joined = "2025-03-03"
    assert without_places(house_of_three("[{from: 2025-03, team: day}]", joined).findings()) == [
        "error: From 2025-05 on there are tiers, and the agent's is not stated. [entry-tier]"
    ]
    stated = house_of_three("[{from: 2025-03, team: day}, {from: 2025-05, team: day, tier: high}]", joined)
    assert stated.findings() == []
    assert [stated.month(name)["A001"]["tier"] for name in ("2025-03", "2025-05")] == [None, "high"]


def test_whoever_joins_between_with_a_tier_is_told_that_there_is_none() -> None:
    house = house_of_three(
        "[{from: 2025-03, team: day, tier: low}, {from: 2025-05, team: day, tier: low}]", "2025-03-03"
    )
    assert without_places(house.findings()) == ["error: The policy has no tier low. [entry-tier]"]


def test_whoever_joins_with_the_tiers_states_one() -> None:
    assert without_places(house_of_three("[{from: 2025-05, team: day}]", "2025-05-02").findings()) == [
        "error: The entry tier is missing. [entry-tier]"
    ]
    assert house_of_three("[{from: 2025-05, team: day, tier: low}]", "2025-05-02").findings() == []


def test_a_version_of_the_same_policy_may_bring_tiers() -> None:
    first, second = policy(), policy(version="2025-02", tiers=("low: {~}", "high: {~}"))
    house = House(first, {"2025-01": {"A001": "80"}, "2025-02": {"A001": "80"}})
    house.more = {"policy/mini/2025-02.yaml": second}
    assert without_places(house.findings()) == [
        "error: From 2025-02 on there are tiers, and the agent's is not stated. [entry-tier]"
    ]
    history = "[{from: 2024-06, team: day}, {from: 2025-02, team: day, tier: low}]"
    house.people = {"A001": agent("A001", "", history=history)}
    assert house.findings() == []
    assert [house.month(name)["A001"]["tier"] for name in house.lines] == [None, "low"]


def test_what_is_owed_stays_owed_from_tiers_to_none() -> None:
    pay = (
        "id: base, ~, amount: 100, unassessed: yes",
        "id: loss, ~, deduct: amount(loss), at_most: [gross * 20%], excess: carry, unassessed: yes",
    )
    losses = ("loss: {amount: CNY, ~}",)
    first = policy(tiers=("low: {~}",), events=losses, pay=pay)
    second = policy(name="plain", version="2025-02", events=losses, pay=pay)
    house = House(first, {"2025-01": {"A001": "80"}, "2025-02": {"A001": "80"}}, {"A001": person("A001", tier="low")})
    house.department = house.department.replace("use: mini}", "use: mini}\n  - {from: 2025-02, use: plain}")
    house.more = {"policy/plain/2025-02.yaml": second, **event("2025-01", amount="50")}
    assert [house.month(name)["A001"]["carried"] for name in house.lines] == [{"loss": "30.00"}, {"loss": "10.00"}]
    assert DEPARTMENT in house.files
