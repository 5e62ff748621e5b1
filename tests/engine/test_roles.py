"""Roles and forms of employment, a scorecard for each role, exact weights, and who is assessed at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.engine.house import House, found, lines_of, person, policy, results_of, without_places
from tests.engine.mini import agent, event

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = "records/shop/2025-01/scores/day.yaml"
ROLES = ("staff: {~}", "lead: {~}")
WEIGHTS = '{sum: weights, of: 100, round: {to: 0.1}, clause: "1"}'


# Roles and forms of employment


def two_cards(**more: object) -> str:
    """Staff: mark of 100. Leads: half of mark's points and half of plan's."""
    stated = {
        "roles": ROLES,
        "inputs": (
            "mark: {points: 100, roles: staff, ~}",
            "care: {points: 60, roles: [lead], ~}",
            "plan: {points: 40, roles: lead, ~}",
        ),
    }
    return policy(**(stated | more))


def test_each_role_has_its_own_scorecard() -> None:
    house = House(
        two_cards(),
        {"2025-01": {"A001": "85", "A002": "{care: 54, plan: 30}"}},
        {"A002": person("A002", role="lead")},
    )
    assert house.findings() == []
    rows = house.month("2025-01")
    assert {name: (row["role"], row["score"], [item["id"] for item in row["items"]]) for name, row in rows.items()} == {
        "A001": ("staff", "85.0", ["mark"]),
        "A002": ("lead", "84.0", ["care", "plan"]),
    }
    # One department: both are ranked together.
    assert [row["rank"] for row in rows.values()] == [1, 2]


def test_a_cell_of_another_role_is_refused() -> None:
    house = House(two_cards(), {"2025-01": {"A001": "{mark: 85, plan: 30}"}})
    said = "plan does not belong to this line: it is stated at another time, or for another role. [unknown-key]"
    assert house.findings() == [f"{DAY}:6:20: error: {said}"]
    assert house.hints() == ["Remove it, or correct the agent's role in their history."]


def test_a_line_lacks_the_inputs_of_its_own_role() -> None:
    house = House(two_cards(), {"2025-01": {"A001": "{care: 54}"}}, {"A001": person("A001", role="lead")})
    assert without_places(house.findings()) == ["warning: A001 lacks plan. [missing-input]"]
    assert house.month("2025-01")["A001"]["not_assessed"]["missing"] == ["plan"]


def test_a_role_holds_until_another_one_is_stated() -> None:
    history = "[{from: 2024-06, team: day}, {from: 2025-02, team: day, role: lead}, {from: 2025-03, team: day}]"
    house = House(
        two_cards(),
        {
            "2025-01": {"A001": "85"},
            "2025-02": {"A001": "{care: 50, plan: 40}"},
            "2025-03": {"A001": "{care: 60, plan: 40}"},
        },
        {"A001": agent("A001", "", history=history)},
    )
    rows = [house.month(name)["A001"] for name in house.lines]
    assert [(row["role"], row["score"]) for row in rows] == [("staff", "85.0"), ("lead", "90.0"), ("lead", "100.0")]


def test_back_to_the_first_role() -> None:
    history = "[{from: 2024-06, team: day, role: lead}, {from: 2025-02, team: day, role: staff}]"
    house = House(
        two_cards(),
        {"2025-01": {"A001": "{care: 60, plan: 0}"}, "2025-02": {"A001": "85"}},
        {"A001": agent("A001", "", history=history)},
    )
    assert [house.month(name)["A001"]["score"] for name in house.lines] == ["60.0", "85.0"]


@pytest.mark.parametrize(("key", "words"), [("role", "roles"), ("employment", "employment")])
def test_a_word_that_the_policy_does_not_know(key: str, words: str) -> None:
    people = {"A001": person("A001", **{key: "leed"})}
    house = House(policy(**{words: ("first: {~}", "lead: {~}")}), {"2025-01": {"A001": "80"}}, people)
    assert house.findings() == [
        f"records/shop/agents/A001.yaml:4:{40 + len(key)}: error: leed is no {key} that is known here. [unknown-word]"
    ]
    assert house.hints() == ["Did you mean lead?"]
    house.rules = policy()
    assert house.hints() == [f"The policy in force then distinguishes none: leave `{key}` out."]


def test_the_first_form_of_employment_unless_stated() -> None:
    house = House(
        policy(
            employment=("full-time: {~}", "temporary: {~}"),
            pay=("id: base, ~, amount: 100 if employment == full-time else 60",),
        ),
        {"2025-01": {"A001": "80", "A002": "80"}},
        {"A002": person("A002", employment="temporary")},
    )
    rows = house.month("2025-01")
    assert {name: (row["employment"], lines_of(row)["base"]) for name, row in rows.items()} == {
        "A001": ("full-time", "100.00"),
        "A002": ("temporary", "60.00"),
    }


def test_a_policy_without_roles_tells_none() -> None:
    row = House(policy(), {"2025-01": {"A001": "80"}}).month("2025-01")["A001"]
    assert "role" not in row
    assert "employment" not in row


def test_a_role_without_a_scorecard_is_never_assessed() -> None:
    rules = policy(
        roles=ROLES,
        inputs=("mark: {points: 100, roles: staff, ~}",),
        pay=("id: base, ~, amount: 100, unassessed: yes",),
    )
    house = House(rules, {"2025-01": {"A001": "80"}}, {"A001": person("A001"), "A002": person("A002", role="lead")})
    assert house.findings() == [], "a line of A002 is not missed"
    row = house.month("2025-01")["A002"]
    assert (row["assessed"], row["not_assessed"], lines_of(row)) == (
        False,
        {"every": "never", "at": None},
        {"base": "100.00"},
    )


def test_an_item_that_is_worked_out_is_on_the_card_of_its_role_alone() -> None:
    rules = policy(
        roles=ROLES,
        inputs=("mark: {points: 60, ~}", "done: {count: tasks, roles: lead, ~}", "more: {points: 40, roles: staff, ~}"),
        items=("rest: {points: 40, of: done, share_of: 10, roles: lead, ~}",),
    )
    house = House(
        rules,
        {"2025-01": {"A001": "{mark: 50, more: 30}", "A002": "{mark: 50, done: 5}"}},
        {"A002": person("A002", role="lead")},
    )
    rows = house.month("2025-01")
    # 50 + 30; 50 + 40 × 5 ÷ 10
    assert [row["score"] for row in rows.values()] == ["80.0", "70.0"]
    assert [[item["id"] for item in row["items"]] for row in rows.values()] == [["mark", "more"], ["mark", "rest"]]


def test_what_is_of_another_role_is_not_applicable_in_conditions() -> None:
    rules = two_cards(results=("planned: {is: plan * 2 if applicable(plan) else -1, ~}",))
    house = House(
        rules,
        {"2025-01": {"A001": "85", "A002": "{care: 54, plan: 30}"}},
        {"A002": person("A002", role="lead")},
    )
    assert {name: results_of(row) for name, row in house.month("2025-01").items()} == {
        "A001": {"planned": "-1"},
        "A002": {"planned": "60"},
    }


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        (
            ("mark: {points: 100, roles: staff, ~}", "plan: {points: 90, roles: lead, ~}"),
            "For the role lead: The items' points add up to 90, the score is out of 100. [points-total]",
        ),
        (
            ("mark: {points: 100, ~}", "plan: {points: 100, roles: lead, ~}"),
            "For the role lead: The items' points add up to 200, the score is out of 100. [points-total]",
        ),
        (("mark: {points: 100, roles: [staff, leader], ~}",), "There is no role leader. [unknown-role]"),
    ],
)
def test_points_add_up_for_every_role(inputs: tuple[str, ...], said: str) -> None:
    house = House(policy(roles=ROLES, inputs=inputs), {"2025-01": {"A001": "80"}})
    assert without_places(house.findings()) == [f"error: {said}"]


# Weights


def weighted(*weights: str, of: str = "100", most: str = "100", step: str = "0.1") -> str:
    return policy(
        score=WEIGHTS.replace("of: 100", f"of: {of}").replace("0.1", step),
        inputs=[f"in{number}: {{points: {most}, weight: {weight}, ~}}" for number, weight in enumerate(weights, 1)],
    )


def score(rules: str, *cells: str) -> str | None:
    line = ", ".join(f"in{number}: {cell}" for number, cell in enumerate(cells, start=1))
    return House(rules, {"2025-01": {"A001": f"{{{line}}}"}}).month("2025-01")["A001"]["score"]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("weights", "cells", "expected"),
    [
        (("40%", "60%"), ("80", "90"), "86.0"),  # 32 + 54
        (("1/3", "2/3"), ("80", "95"), "90.0"),  # 26.666… + 63.333…
        (("1/3", "1/3", "1/3"), ("100", "100", "100"), "100.0"),
        (("1/3", "1/3", "1/3"), ("80", "80", "80.3"), "80.1"),
        (("1/7", "2/7", "4/7"), ("70", "77", "84"), "80.0"),  # (70 + 154 + 336) ÷ 7
        (("12.5%", "87.5%"), ("80", "80.8"), "80.7"),  # 10 + 70.7
        (("0.25", "75%"), ("10", "20"), "17.5"),
        # not applicable: the others' weights are made whole
        (("40%", "60%"), ("n/a", "90"), "90.0"),
        (("1/3", "1/3", "1/3"), ("60", "n/a", "90"), "75.0"),
        (("50%", "30%", "20%"), ("n/a", "60", "90"), "72.0"),  # (18 + 18) ÷ 0.5
    ],
)
def test_a_weighted_score(weights: tuple[str, ...], cells: tuple[str, ...], expected: str) -> None:
    assert score(weighted(*weights), *cells) == expected


def test_a_third_is_exact_where_it_is_rounded() -> None:
    # (80 + 80 + 80.15) ÷ 3 = 80.05 exactly: half up gives 80.1; three times 33.33 % would be below
    assert score(weighted("1/3", "1/3", "1/3"), "80", "80", "80.15") == "80.1"
    assert score(weighted("1/3", "1/3", "1/3"), "80", "80", "80.14") == "80.0"


def test_points_are_each_items_own_scale() -> None:
    # 8 of 10 and 90 of 120: 0.8 × 40 + 0.75 × 60 = 77
    rules = policy(score=WEIGHTS, inputs=("in1: {points: 10, weight: 40%, ~}", "in2: {points: 120, weight: 60%, ~}"))
    assert score(rules, "8", "90") == "77.0"


def test_a_weighted_score_of_other_than_100() -> None:
    assert score(weighted("1/4", "3/4", of="5", step="0.01"), "80", "90") == "4.38"  # 4.375


def test_the_weights_stand_in_the_figure() -> None:
    house = House(weighted("1/3", "2/3"), {"2025-01": {"A001": "{in1: 80, in2: 95}"}})
    row = house.month("2025-01")["A001"]
    assert found(row, "score")["op"] == {
        "kind": "rounded",
        "to": "0.1",
        "mode": "half-up",
        "inner": {"kind": "weighted-score", "most": ["100", "100"], "weights": ["1/3", "2/3"], "of": "100"},
    }


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        (("40%", "50%"), "The items' weights add up to 9/10, not to 1 (100%). [points-total]"),
        (("1/3", "66.67%"), "The items' weights add up to 30001/30000, not to 1 (100%). [points-total]"),
        (("40%", "-60%"), "“-60%” is not a weight. [weight-form]"),
        (("0%", "100%"), "“0%” is not a weight. [weight-form]"),
        (("1/0", "1"), "“1/0” is not a weight. [weight-form]"),
        (("a third", "2/3"), "“a third” is not a weight. [weight-form]"),
        (("1/3/1", "2/3"), "“1/3/1” is not a weight. [weight-form]"),
    ],
)
def test_weights_that_are_no_whole(weights: tuple[str, ...], said: str) -> None:
    house = House(weighted(*weights), {"2025-01": {"A001": "{in1: 80, in2: 95}"}})
    assert without_places(house.findings()) == [f"error: {said}"]


def test_an_item_without_a_weight_is_said() -> None:
    rules = policy(score=WEIGHTS, inputs=("in1: {points: 100, weight: 100%, ~}", "in2: {points: 100, ~}"))
    house = House(rules, {"2025-01": {"A001": "{in1: 80, in2: 95}"}})
    assert without_places(house.findings()) == [
        "error: in2 has no weight, and the score adds up weights. [points-total]"
    ]


def test_weights_add_up_for_every_role() -> None:
    rules = policy(
        score=WEIGHTS,
        roles=ROLES,
        inputs=(
            "mark: {points: 100, weight: 40%, ~}",
            "care: {points: 100, weight: 60%, roles: staff, ~}",
            "plan: {points: 100, weight: 50%, roles: lead, ~}",
        ),
    )
    assert without_places(House(rules, {"2025-01": {"A001": "{mark: 80, care: 90}"}}).findings()) == [
        "error: For the role lead: The items' weights add up to 9/10, not to 1 (100%). [points-total]"
    ]


# Who is assessed


def barred(
    rule: str, more: Mapping[str, object] | None = None, people: Mapping[str, str] | None = None, line: str = "80"
) -> dict[str, object]:
    """Why A001 is not assessed, with the figure in its place; empty when it is."""
    house = House(
        policy(eligible=[f"id: allowed, ~, when: {rule}"], **(more or {})), {"2025-01": {"A001": line}}, people or {}
    )
    assert house.findings() == []
    row = house.month("2025-01")["A001"]
    absent = row["not_assessed"] or {}
    if "figure" in absent:
        assert row["figures"][absent["figure"]]["name"] == absent["rule"]
    return dict(absent)


def test_only_some_forms_of_employment_are_assessed() -> None:
    kinds = {"employment": ("full-time: {~}", "temporary: {~}")}
    assert barred("employment == full-time", kinds) == {}
    absent = barred("employment == full-time", kinds, {"A001": person("A001", employment="temporary")})
    assert (absent["rule"], absent["clause"], absent["at"]) == (
        "allowed",
        "1",
        "records/shop/2025-01/scores/day.yaml:6:9",
    )


def test_only_some_roles_are_assessed() -> None:
    kinds = {"roles": ROLES}
    assert barred("role != lead", kinds) == {}
    assert barred("role != lead", kinds, {"A001": person("A001", role="lead")})["rule"] == "allowed"


@pytest.mark.parametrize(
    ("joined", "assessed"),
    [("2024-10-31", True), ("2024-11-01", True), ("2024-11-02", False), ("2024-12-01", False)],
)
def test_only_after_some_months_of_service(joined: str, assessed: bool) -> None:  # noqa: FBT001 - a column
    # Three months are complete on 31 January for whoever joined by 1 November (or on 31 October).
    absent = barred("service_months >= 3", people={"A001": person("A001", joined=joined)})
    assert (absent == {}) == assessed


@pytest.mark.parametrize(("days", "assessed"), [("60", True), ("61", False)])
def test_only_who_was_not_too_long_absent(days: str, assessed: bool) -> None:  # noqa: FBT001 - a column
    inputs = ("mark: {points: 100, ~}", "absent_days: {count: days, ~}")
    absent = barred("absent_days <= 60", {"inputs": inputs}, line=f"{{mark: 80, absent_days: {days}}}")
    assert (absent == {}) == assessed


def test_absence_is_added_up_over_a_window() -> None:
    rules = policy(
        inputs=("mark: {points: 100, ~}", "absent_days: {count: days, ~}"),
        eligible=['id: presence, ~, when: "total(absent_days, quarter) <= 20"'],
    )
    days = (10, 10, 1, 20, 0)
    lines = {f"2025-{number:02}": {"A001": f"{{mark: 80, absent_days: {each}}}"} for number, each in enumerate(days, 1)}
    house = House(rules, lines)
    # 10, 20, 21; a new quarter: 20, 20
    assert [house.month(name)["A001"]["assessed"] for name in lines] == [True, True, False, True, True]


def test_events_may_bar() -> None:
    house = House(
        policy(events=["leak: {~}"], eligible=['id: clean, ~, when: "total(events(leak), three-months) == 0"']),
        {f"2025-0{number}": {"A001": "80"} for number in range(1, 6)},
        more=event("2025-02", kind="leak", amount=""),
    )
    assert [house.month(name)["A001"]["assessed"] for name in house.lines] == [True, False, False, False, True]


def test_the_first_rule_that_fails_is_the_reason() -> None:
    rules = policy(
        employment=("full-time: {~}", "temporary: {~}"),
        eligible=[
            'id: regular, name: {zh: 名, en: N}, clause: "2", when: employment == full-time',
            "id: long, ~, when: service_months >= 600",
        ],
    )
    house = House(
        rules,
        {"2025-01": {"A001": "80", "A002": "80"}},
        {"A002": person("A002", employment="temporary")},
    )
    rows = house.month("2025-01")
    assert [(row["not_assessed"]["rule"], row["not_assessed"]["clause"]) for row in rows.values()] == [
        ("long", "1"),
        ("regular", "2"),
    ]


def test_what_a_sheet_says_comes_before_the_rules() -> None:
    house = House(policy(eligible=["id: long, ~, when: service_months >= 600"]), {"2025-01": {"A001": None}})
    absent = house.month("2025-01")["A001"]["not_assessed"]
    assert absent == {"reason": "long sick leave", "at": "records/shop/2025-01/scores/day.yaml:6:24"}


def test_the_period_comes_before_the_rules() -> None:
    rules = policy(every="quarter", eligible=["id: long, ~, when: service_months >= 600"])
    house = House(rules, {"2025-03": {"A001": "80"}, "2025-06": {"A001": "80"}})
    assert house.month("2025-03")["A001"]["not_assessed"]["rule"] == "long"
    assert house.month("2025-04")["A001"]["not_assessed"] == {"every": "quarter", "at": None}


def test_whoever_is_not_eligible_needs_no_line_and_no_cells() -> None:
    rules = policy(
        employment=("full-time: {~}", "temporary: {~}"), eligible=["id: r, ~, when: employment == full-time"]
    )
    people = {number: person(number, employment="temporary") for number in ("A002", "A003")}
    house = House(rules, {"2025-01": {"A001": "80", "A003": "{}"}}, people)
    assert house.findings() == []
    rows = house.month("2025-01")
    assert [row["not_assessed"] and row["not_assessed"].get("rule") for row in rows.values()] == [None, "r", "r"]


def test_whoever_is_eligible_but_for_the_records_is_missed() -> None:
    rules = policy(
        inputs=("mark: {points: 100, ~}", "absent_days: {count: days, ~}"),
        eligible=["id: presence, ~, when: absent_days <= 10"],
    )
    house = House(rules, {"2025-01": {"A001": "{mark: 80, absent_days: 5}"}}, {"A002": person("A002")})
    assert without_places(house.findings()) == ["warning: A002 is employed in team day and has no line. [missing-line]"]
    assert house.month("2025-01")["A002"]["not_assessed"]["missing"] == ["mark", "absent_days"]


def test_whoever_is_not_eligible_is_not_ranked_wins_nothing_and_does_not_move() -> None:
    rules = policy(
        tiers=("one: {~}", "two: {~}"),
        eligible=["id: old, ~, when: service_months >= 6"],
        transitions=['id: up, clause: "1", from: one, when: score >= 80, to: two'],
        awards=("id: first, ~, rank: 1, by: score, amount: 50, ties: all", "id: good, ~, when: score >= 80, amount: 5"),
        actions=("id: talk, ~, when: score >= 80",),
        pay=("id: base, ~, amount: 100, unassessed: yes", "id: bonus, ~, amount: number(score)"),
        results=("team: {is: team_mean(score), unit: points, ~}",),
    )
    house = House(
        rules,
        {"2025-01": {"A001": "95", "A002": "82"}},
        {"A001": person("A001", joined="2024-12-02", tier="one"), "A002": person("A002", tier="one")},
    )
    rows = house.month("2025-01")
    new, old = rows["A001"], rows["A002"]
    assert (new["rank"], new["awards"], new["actions"], new["next_tier"], lines_of(new)) == (
        None,
        [],
        [],
        "one",
        {"base": "100.00"},
    )
    assert (old["rank"], [each["id"] for each in old["awards"]], old["next_tier"]) == (1, ["first", "good"], "two")
    assert results_of(old) == {"team": "82.0"}, "the mean is over those assessed"


def test_a_month_in_which_somebody_was_not_eligible_is_no_assessed_month() -> None:
    rules = policy(
        inputs=("mark: {points: 100, ~}", "absent_days: {count: days, ~}"),
        eligible=["id: presence, ~, when: absent_days <= 10"],
        actions=("id: talk, ~, when: streak(score < 60) >= 2",),
        results=('mean: {is: "mean(score, quarter)", ~}', 'days: {is: "total(absent_days, quarter)", ~}'),
    )
    cells = ((50, 0), (10, 20), (58, 5))
    lines = {
        f"2025-0{n}": {"A001": f"{{mark: {mark}, absent_days: {days}}}"} for n, (mark, days) in enumerate(cells, 1)
    }
    house = House(rules, lines)
    row = house.month("2025-03")["A001"]
    # February neither breaks the streak nor has a score; its days are known and count
    assert [each["id"] for each in row["actions"]] == ["talk"]
    assert results_of(row) == {"mean": "54.0", "days": "25"}


def test_assessed_is_no_for_whoever_is_not_eligible() -> None:
    rules = policy(
        eligible=["id: old, ~, when: service_months >= 6"],
        pay=("id: base, ~, amount: 100 if assessed else 50, unassessed: yes",),
    )
    house = House(rules, {"2025-01": {"A001": "80", "A002": "80"}}, {"A002": person("A002", joined="2025-01-01")})
    assert {name: lines_of(row) for name, row in house.month("2025-01").items()} == {
        "A001": {"base": "100.00"},
        "A002": {"base": "50.00"},
    }


def test_assessed_is_no_in_a_measure_of_whoever_is_not_eligible() -> None:
    rules = policy(
        eligible=["id: old, ~, when: service_months >= 6"],
        measures=("basis: {is: 100 if assessed else 50, unit: CNY, ~}",),
        pay=("id: base, ~, amount: basis, unassessed: yes",),
    )
    house = House(rules, {"2025-01": {"A001": "80", "A002": "80"}}, {"A002": person("A002", joined="2025-01-01")})
    assert {name: lines_of(row) for name, row in house.month("2025-01").items()} == {
        "A001": {"base": "100.00"},
        "A002": {"base": "50.00"},
    }


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("score >= 60", "there is no score here"),
        ("service_months", "expected a yes or no, but this is a number"),
        ("team_mean(mark) > 3", "there is no function team_mean here"),
    ],
)
def test_a_rule_of_eligibility_reads_what_is_known_before_the_score(rule: str, said: str) -> None:
    house = House(policy(eligible=[f"id: r, ~, when: {rule}"]), {"2025-01": {"A001": "80"}})
    assert without_places(house.findings()) == [f"error: {said} [expression]"]


def test_whoever_is_missing_lacks_the_inputs_of_their_own_role() -> None:
    house = House(
        two_cards(),
        {"2025-01": {"A001": "80"}},
        {"A002": person("A002", team="night", role="lead")},
    )
    assert house.month("2025-01")["A002"]["not_assessed"]["missing"] == ["care", "plan"]
