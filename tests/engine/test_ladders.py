"""Sanctions: actions with a day by which they are due, those that wait for an outcome, and ladders of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.house import CATEGORIES, House, found, person, policy, without_places
from tests.engine.mini import complaint, event

EVENTS = ("minor: {~}", "serious: {~}", "passed: {~}", "failed: {~}")
STEPS = (
    "steps: [{from: 1, action: spoken}, {from: 2, action: written},"
    " {from: 3, action: demotion-review}, {from: 5, action: dismissal-review}]"
)
ACTIONS = ("spoken", "written", "demotion-review", "dismissal-review")
COUNTS = "counts: events(minor) + 3 * events(serious)"


def ladder(within: str = "twelve-months", counts: str = COUNTS, actions: tuple[str, ...] = (), **more: object) -> str:
    plain = tuple(f"id: {action}, ~" for action in ACTIONS)
    stated: dict[str, Any] = {
        "score": None,
        "inputs": (),
        "events": EVENTS,
        "ladders": (f"id: discipline, ~, {counts}, within: {within}, {STEPS}",),
        "actions": actions or plain,
    }
    return policy(**(stated | more))


def happened(**months: str) -> dict[str, str]:
    """Events of A001: ``m2025_01="minor serious"``."""
    found_: dict[str, str] = {}
    for name, kinds in months.items():
        month = name.removeprefix("m").replace("_", "-")
        for number, kind in enumerate(kinds.split(), start=1):
            found_ |= event(month, number, kind=kind, amount="", on=f"{month}-{number + 9}")
    return found_


def climbed(rules: str, first: str, last: str, **months: str) -> list[tuple[str, ...]]:
    """The actions of A001, month by month, while nobody is ever assessed."""
    house = House(rules, people={"A001": person("A001", joined="2024-06-03")}, more=happened(**months))
    assert house.findings() == []
    names = [f"{year}-{number:02}" for year in (2025, 2026) for number in range(1, 13)]
    return [
        tuple(due["id"] for due in house.month(name)["A001"]["actions"])
        for name in names[names.index(first) : names.index(last) + 1]
    ]


# Ladders


def test_a_ladder_leads_to_the_highest_step_that_the_window_has_reached() -> None:
    # 1; nothing; 2; 3 + 3 = 5
    assert climbed(ladder(), "2025-01", "2025-04", m2025_01="minor", m2025_03="minor", m2025_04="serious") == [
        ("spoken",),
        (),
        ("written",),
        ("dismissal-review",),
    ]


def test_a_serious_breach_alone_leads_further_up() -> None:
    assert climbed(ladder(), "2025-01", "2025-02", m2025_01="serious", m2025_02="minor") == [
        ("demotion-review",),
        ("demotion-review",),  # 4: five are needed for the next
    ]


def test_several_in_one_month_lead_to_one_step() -> None:
    assert climbed(ladder(), "2025-01", "2025-01", m2025_01="minor minor minor") == [("demotion-review",)]


def test_before_the_first_step_nothing_follows() -> None:
    rules = (
        ladder().replace("{from: 1, action: spoken}, ", "").replace("  - {id: spoken, ", "  - {id: never, when: no, ")
    )
    assert climbed(rules, "2025-01", "2025-02", m2025_01="minor", m2025_02="minor") == [(), ("written",)]


def test_a_ladder_works_for_the_assessed_and_for_those_who_are_not() -> None:
    rules = ladder(score='{sum: points, of: 100, round: {to: 0.1}, clause: "1"}', inputs=("mark: {points: 100, ~}",))
    lines = {"2025-01": {"A001": "80"}, "2025-02": {"A001": None}}
    house = House(rules, lines, more=happened(m2025_01="minor", m2025_02="minor"))
    assert [[due["id"] for due in house.month(name)["A001"]["actions"]] for name in lines] == [["spoken"], ["written"]]


@pytest.mark.parametrize(
    ("within", "months", "steps"),
    [
        # rolling: January's breach is seen until December, a year later no more
        ("twelve-months", ("2025-01", "2025-12"), ("spoken", "written")),
        ("twelve-months", ("2025-01", "2026-01"), ("spoken", "spoken")),
        ("six-months", ("2025-01", "2025-06"), ("spoken", "written")),
        ("six-months", ("2025-01", "2025-07"), ("spoken", "spoken")),
        ("three-months", ("2025-11", "2026-01"), ("spoken", "written")),
        ("three-months", ("2025-11", "2026-02"), ("spoken", "spoken")),
        # calendar: forgotten with the quarter, the half-year, the year
        ("quarter", ("2025-01", "2025-03"), ("spoken", "written")),
        ("quarter", ("2025-03", "2025-04"), ("spoken", "spoken")),
        ("half-year", ("2025-01", "2025-06"), ("spoken", "written")),
        ("half-year", ("2025-06", "2025-07"), ("spoken", "spoken")),
        ("year", ("2025-01", "2025-12"), ("spoken", "written")),
        ("year", ("2025-12", "2026-01"), ("spoken", "spoken")),
    ],
)
def test_a_breach_lapses_with_its_window(within: str, months: tuple[str, str], steps: tuple[str, str]) -> None:
    house = House(
        ladder(within),
        people={"A001": person("A001")},
        more=happened(**{f"m{name.replace('-', '_')}": "minor" for name in months}),
    )
    assert tuple(house.month(name)["A001"]["actions"][0]["id"] for name in months) == steps


@pytest.mark.parametrize(
    ("within", "lapses"),
    [
        ("twelve-months", "2026-01-31"),
        ("six-months", "2025-07-31"),
        ("three-months", "2025-04-30"),
        ("quarter", "2025-03-31"),
        ("half-year", "2025-06-30"),
        ("year", "2025-12-31"),
    ],
)
def test_a_step_counts_as_long_as_the_window_sees_it(within: str, lapses: str) -> None:
    house = House(ladder(within), people={"A001": person("A001")}, more=happened(m2025_02="minor"))
    (due,) = house.month("2025-02")["A001"]["actions"]
    assert (due["ladder"], due["lapses"], due.get("due")) == ("discipline", lapses, None)


def test_a_lapse_of_its_own_comes_before_the_window() -> None:
    actions = ("id: spoken, ~, lapses_months: 6", *(f"id: {action}, ~" for action in ACTIONS[1:]))
    house = House(ladder(actions=actions), people={"A001": person("A001")}, more=happened(m2025_02="minor"))
    assert house.month("2025-02")["A001"]["actions"][0]["lapses"] == "2025-08-31"


def test_a_step_says_what_it_counted() -> None:
    house = House(ladder(), people={"A001": person("A001")}, more=happened(m2025_01="minor", m2025_02="minor"))
    row = house.month("2025-02")["A001"]
    step = row["figures"][row["actions"][0]["figure"]]
    assert step["op"] == {"kind": "rung", "least": "2", "below": "3"}
    assert [(row["figures"][each]["name"], row["figures"][each]["value"]) for each in step["of"]] == [
        ("discipline:now", "1"),
        ("discipline:total", "2"),
    ]
    assert found(row, "discipline:total")["value"] == "2"


def test_complaints_climb_too() -> None:
    house = House(
        ladder(counts="counts: upheld_complaints + complaints(major)", complaints=CATEGORIES),
        people={"A001": person("A001")},
        more={**complaint("2025-01", severity="major"), **complaint("2025-02", severity="minor")},
    )
    assert [house.month(name)["A001"]["actions"][0]["id"] for name in ("2025-01", "2025-02")] == [
        "written",
        "demotion-review",
    ]


def test_an_event_of_the_team_counts_for_each_member() -> None:
    house = House(
        ladder(),
        people={"A001": person("A001"), "A002": person("A002"), "A003": person("A003", team="night")},
        more=event("2025-01", kind="minor", amount="", agent="", team="day"),
    )
    assert {name: [due["id"] for due in row["actions"]] for name, row in house.month("2025-01").items()} == {
        "A001": ["spoken"],
        "A002": ["spoken"],
        "A003": [],
    }


def test_two_ladders_climb_by_themselves() -> None:
    rules = ladder(
        ladders=(
            f"id: one, ~, counts: events(minor), within: year, {STEPS}",
            "id: two, ~, counts: events(serious), within: year, steps: [{from: 1, action: demotion-review}]",
        ),
    )
    house = House(rules, people={"A001": person("A001")}, more=happened(m2025_01="minor serious"))
    assert [(due["id"], due["ladder"]) for due in house.month("2025-01")["A001"]["actions"]] == [
        ("spoken", "one"),
        ("demotion-review", "two"),
    ]


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ("counts: events(minor), within: year, steps: []", "The ladder has no steps. [ladder]"),
        (
            "counts: events(minor), within: year, steps: [{from: 2, action: spoken}, {from: 2, action: written}]",
            "2 does not come after 2; write them ascending. [ladder]",
        ),
        (
            "counts: events(minor), within: year, steps: [{from: 1, action: spoken}, {from: 2, action: writen}]",
            "There is no action writen. [ladder]",
        ),
        (
            "counts: number(score), within: year, steps: [{from: 1, action: spoken}]",
            "A ladder counts what is known of everybody; score cannot be known of whoever was not assessed. [ladder]",
        ),
        (
            "counts: events(minor) > 3, within: year, steps: [{from: 1, action: spoken}]",
            "expected a number, but this is a yes or no [expression]",
        ),
        (
            "counts: events(none), within: year, steps: [{from: 1, action: spoken}]",
            "none is not a word that events takes [expression]",
        ),
    ],
)
def test_ladders_that_cannot_be(rules: str, said: str) -> None:
    text = policy(
        events=EVENTS,
        ladders=[f"id: discipline, ~, {rules}"],
        actions=("id: spoken, ~, when: score < 10", "id: written, ~, when: score < 5"),
    )
    house = House(text, {"2025-01": {"A001": "80"}})
    assert without_places(house.findings()) == [f"error: {said}"]


# Actions


def test_an_action_without_a_condition_is_a_ladders() -> None:
    house = House(policy(actions=["id: talk, ~"]), {"2025-01": {"A001": "80"}})
    assert without_places(house.findings()) == [
        "error: Nothing leads to talk: it has no condition, and no ladder names it. [action]"
    ]
    assert house.hints() == ["Add `when:`, or a step of a ladder."]


def test_an_action_for_the_unassessed_reads_what_is_known_of_them() -> None:
    house = House(policy(actions=["id: talk, ~, when: score < 60, unassessed: yes"]), {"2025-01": {"A001": "80"}})
    assert without_places(house.findings()) == [
        "error: This action is due also in a month without assessment, where score cannot be known. [action]"
    ]


def test_an_action_is_settled_by_events_that_there_are() -> None:
    house = House(
        policy(events=EVENTS, actions=["id: plan, ~, when: score < 60, settled_by: [passed, fialed]"]),
        {"2025-01": {"A001": "80"}},
    )
    assert without_places(house.findings()) == ["error: There is no event fialed. [action]"]
    assert house.hints() == ["The events are: minor, serious, passed, failed."]


@pytest.mark.parametrize(
    ("month", "days", "due"),
    [("2025-01", 30, "2025-03-02"), ("2025-02", 1, "2025-03-01"), ("2025-12", 31, "2026-01-31")],
)
def test_an_action_is_due_so_many_days_after_the_months_end(month: str, days: int, due: str) -> None:
    rules = policy(actions=[f"id: talk, ~, when: score < 60, due_days: {days}"])
    (action,) = House(rules, {month: {"A001": "50"}}).month(month)["A001"]["actions"]
    assert {key: action.get(key) for key in ("id", "due", "lapses", "ladder")} == {
        "id": "talk",
        "due": due,
        "lapses": None,
        "ladder": None,
    }


@pytest.mark.parametrize(("months", "lapses"), [(1, "2025-02-28"), (6, "2025-07-31"), (12, "2026-01-31")])
def test_an_action_lapses_at_the_end_of_a_month(months: int, lapses: str) -> None:
    rules = policy(actions=[f"id: talk, ~, when: score < 60, lapses_months: {months}"])
    (action,) = House(rules, {"2025-01": {"A001": "50"}}).month("2025-01")["A001"]["actions"]
    assert action["lapses"] == lapses


PLAN = "id: plan, ~, when: score < 60, due_days: 30, settled_by: [passed, failed]"


def followed(scores: tuple[str, ...], action: str = PLAN, **months: str) -> list[dict[str, Any]]:
    """Month by month from January on: the plans that are open (with the month of each) and those settled."""
    rules = policy(events=EVENTS, actions=[action])
    lines = {f"2025-{number:02}": {"A001": score} for number, score in enumerate(scores, start=1)}
    house = House(rules, lines, more=happened(**months))
    assert house.findings() == []
    return [house.month(name)["A001"] for name in lines]


def opened(row: dict[str, Any]) -> list[tuple[str, bool]]:
    return [(each["month"], each["overdue"]) for each in row.get("open_actions", ())]


def settled(row: dict[str, Any]) -> list[tuple[str, str, bool]]:
    return [(each["month"], each["settled"], each["overdue"]) for each in row.get("settled_actions", ())]


def test_an_action_stays_open_until_it_is_settled() -> None:
    rows = followed(("50", "80", "80", "80", "80"), m2025_04="passed")
    # due on 2 March: not overdue at the end of February, overdue at the end of March
    assert [opened(row) for row in rows] == [
        [("2025-01", False)],
        [("2025-01", False)],
        [("2025-01", True)],
        [],
        [],
    ]
    assert [settled(row) for row in rows] == [[], [], [], [("2025-01", "2025-04-10", True)], []]
    assert rows[0]["open_actions"] == [{"id": "plan", "month": "2025-01", "due": "2025-03-02", "overdue": False}]
    assert [bool(row["actions"]) for row in rows] == [True, False, False, False, False]


def test_an_action_settled_in_time_is_not_overdue() -> None:
    rows = followed(("50", "80", "80"), m2025_02="failed")
    assert settled(rows[1]) == [("2025-01", "2025-02-10", False)]
    assert opened(rows[2]) == []


@pytest.mark.parametrize(("day", "overdue"), [("02", False), ("03", True)])
def test_the_last_day_is_in_time(day: str, overdue: bool) -> None:  # noqa: FBT001 - a column
    rules = policy(events=EVENTS, actions=[PLAN])
    lines = {"2025-01": {"A001": "50"}, "2025-02": {"A001": "80"}, "2025-03": {"A001": "80"}}
    house = House(rules, lines, more=event("2025-03", kind="passed", amount="", on=f"2025-03-{day}"))
    assert settled(house.month("2025-03")["A001"]) == [("2025-01", f"2025-03-{day}", overdue)]


def test_one_event_settles_one_action_the_oldest_first() -> None:
    rows = followed(("50", "55", "80", "80"), m2025_03="passed", m2025_04="failed")
    assert [[month for month, _ in opened(row)] for row in rows] == [
        ["2025-01"],
        ["2025-01", "2025-02"],
        ["2025-02"],
        [],
    ]
    assert [[month for month, _, _ in settled(row)] for row in rows] == [[], [], ["2025-01"], ["2025-02"]]


def test_two_events_of_a_month_settle_two_by_their_days() -> None:
    rows = followed(("50", "55", "80"), m2025_03="passed failed")
    assert settled(rows[2]) == [("2025-01", "2025-03-10", True), ("2025-02", "2025-03-11", False)]


def test_an_event_of_the_same_month_settles_what_is_due_in_it_last() -> None:
    rows = followed(("50", "55"), m2025_02="passed")
    assert (settled(rows[1]), opened(rows[1])) == ([("2025-01", "2025-02-10", False)], [("2025-02", False)])
    rows = followed(("50",), m2025_01="passed")
    assert (settled(rows[0]), opened(rows[0])) == ([("2025-01", "2025-01-10", False)], [])


def test_events_of_other_kinds_settle_nothing() -> None:
    rows = followed(("50", "80"), m2025_02="minor serious")
    assert (opened(rows[1]), settled(rows[1])) == ([("2025-01", False)], [])


def test_without_a_day_an_action_waits_and_is_never_overdue() -> None:
    rows = followed(("50", "80", "80", "80"), "id: plan, ~, when: score < 60, settled_by: passed")
    assert [opened(row) for row in rows] == [[("2025-01", False)]] * 4
    assert rows[3]["open_actions"][0]["due"] is None


def test_an_action_that_nothing_settles_does_not_wait() -> None:
    rows = followed(("50", "80"), "id: plan, ~, when: score < 60, due_days: 30")
    assert all("open_actions" not in row for row in rows)


def test_an_action_waits_through_months_without_assessment() -> None:
    rules = policy(events=EVENTS, actions=[PLAN])
    lines: dict[str, dict[str, str | None]] = {"2025-01": {"A001": "50"}, "2025-02": {"A001": None}}
    house = House(rules, lines, more=happened(m2025_02="passed"))
    assert settled(house.month("2025-02")["A001"]) == [("2025-01", "2025-02-10", False)]


def test_a_ladders_step_waits_for_its_outcome() -> None:
    actions = (
        "id: spoken, ~",
        "id: written, ~, due_days: 10, settled_by: passed",
        "id: demotion-review, ~",
        "id: dismissal-review, ~",
    )
    house = House(
        ladder(actions=actions),
        people={"A001": person("A001")},
        more=happened(m2025_01="minor minor", m2025_02="passed"),
    )
    assert "lapses" not in house.month("2025-01")["A001"]["actions"][0], "it counts until it is settled"
    assert opened(house.month("2025-01")["A001"]) == [("2025-01", False)]
    assert settled(house.month("2025-02")["A001"]) == [("2025-01", "2025-02-10", False)]


def test_what_waits_goes_along_into_another_policy() -> None:
    first = policy(events=EVENTS, actions=[PLAN])
    other = policy(name="other", version="2025-02", events=EVENTS)
    house = House(
        first, {name: {"A001": score} for name, score in (("2025-01", "50"), ("2025-02", "80"), ("2025-03", "80"))}
    )
    house.department = house.department.replace("use: mini}", "use: mini}\n  - {from: 2025-02, use: other}")
    house.more = {"policy/other/2025-02.yaml": other, **happened(m2025_03="passed")}
    assert [opened(house.month(name)["A001"]) for name in house.lines] == [
        [("2025-01", False)],
        [("2025-01", False)],
        [],
    ]
