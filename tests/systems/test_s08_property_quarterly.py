"""S08 property-quarterly: weights 40, 30, 20 and 10, quarters, rewards by score; every result worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

from tests.systems.sample import ids, kept, pay
from tests.systems.sample import month as of_month

month = partial(of_month, "property-quarterly")
FIRST, SECOND, THIRD = "2025-03", "2025-06", "2025-09"


def points(agent: dict[str, Any]) -> dict[str, str | None]:
    """An agent's points of the four indicators."""
    return {item["id"]: item["points"] for item in agent["items"]}


def test_s08_the_four_weights_make_the_score() -> None:
    """A003: 87.3 × 40 % + 87.4 × 30 % + 92.5 × 20 % + 17 of 20 × 10 % = 34.92 + 26.22 + 18.5 + 8.5 = 88.14."""
    agent = month(FIRST)["A003"]
    assert points(agent) == {"satisfaction": "87.30", "efficiency": "87.40", "resolution": "92.50", "teamwork": "17.00"}
    assert agent["score"] == "88.1"


def test_s08_satisfaction_has_telephone_complaints_and_survey() -> None:
    """A004: telephone 0 + 3 + 5 + 5, complaints 10 + 0 + 4, survey 40 × 35 % = 14; together 41."""
    assert points(month(FIRST)["A004"])["satisfaction"] == "41.00"


def test_s08_telephone_and_complaint_times_fall_in_bands() -> None:
    """A001: 10 seconds and 2 days cost 2 points each (96), 3 orders a shift 5 and 8 hours 4 (91): 38.4 + 27.3 + 30."""
    agent = month(FIRST)["A001"]
    assert (points(agent)["satisfaction"], points(agent)["efficiency"]) == ("96.00", "91.00")
    assert agent["score"] == "95.7"


def test_s08_upheld_complaints_of_the_whole_quarter_cost_points() -> None:
    """A002: one upheld in January, one in February, one dismissed in March: 2 of 10 points, so 92; 36.8 + 60."""
    agent = month(FIRST)["A002"]
    assert points(agent)["satisfaction"] == "92.00"
    assert agent["score"] == "96.8"


def test_s08_a_dismissed_complaint_costs_nothing() -> None:
    """A002 in the third quarter: one complaint, dismissed."""
    assert month(THIRD)["A002"]["score"] == "100.0"


def test_s08_efficiency_has_work_orders_and_replies() -> None:
    """A004: 59 orders in 60 shifts 0, 48 hours 0, quality 10, 30 of 50 replies 24; together 34."""
    assert points(month(FIRST)["A004"])["efficiency"] == "34.00"


def test_s08_resolution_has_complaints_and_repairs() -> None:
    """A004: 5 of 10 complaints 25, 24 of 40 repairs 30; together 55."""
    assert points(month(FIRST)["A004"])["resolution"] == "55.00"


def test_s08_teamwork_has_cooperation_and_team_spirit() -> None:
    """A004: 5 + 5 of 20; the score is 16.4 + 10.2 + 11 + 5 = 42.6."""
    agent = month(FIRST)["A004"]
    assert points(agent)["teamwork"] == "10.00"
    assert agent["score"] == "42.6"


def test_s08_without_a_survey_the_other_parts_stand_for_it() -> None:
    """A003: 55.8 of 65 is 85.85; 34.34 + 26.22 + 18.5 + 8.5 = 87.56."""
    agent = month(SECOND)["A003"]
    assert points(agent)["satisfaction"] == "85.85"
    assert agent["score"] == "87.6"


def test_s08_without_complaints_handled_both_indicators_are_scaled() -> None:
    """A005: 71.3 of 80 is 89.125, so 89.13; repairs alone 95; 35.652 + 26.22 + 19 + 8.5 = 89.372."""
    agent = month(SECOND)["A005"]
    assert (points(agent)["satisfaction"], points(agent)["resolution"]) == ("89.13", "95.00")
    assert agent["score"] == "89.4"


def test_s08_nobody_is_assessed_within_the_quarter() -> None:
    """January, February and April have complaints and events, but no scores, pay or findings."""
    for name in ("2025-01", "2025-02", "2025-04", "2025-05", "2025-07", "2025-08"):
        for agent in month(name).values():
            assert (agent["assessed"], agent["score"], agent["pay"]["total"]) == (False, None, "0.00")


def test_s08_rewards_follow_the_score() -> None:
    """900 from 95 points, 300 from 80, nothing below; no score lies from 90 to 94.9 here."""
    assert {name: agent["pay"]["gross"] for name, agent in month(THIRD).items()} == {
        "A001": "300.00",  # 89.9
        "A002": "1100.00",  # 100.0 and model of service
        "A003": "300.00",  # 88.1
        "A004": "300.00",  # 86.0
    }
    assert pay(month(FIRST)["A001"])["quarter-bonus"] == "900.00"  # 95.7
    assert "quarter-bonus" not in pay(month(FIRST)["A004"])  # 42.6


def test_s08_rounding_decides_between_grades() -> None:
    """A001 in the third quarter: 74.87 × 40 % + 60 = 89.948, published as 89.9 and good."""
    agent = month(THIRD)["A001"]
    assert (agent["score"], agent["grade"], ids(agent["actions"])) == ("89.9", "good", [])


def test_s08_excellent_is_commended_and_two_running_nominate() -> None:
    """A001: 95.7 and 100.0."""
    assert ids(month(FIRST)["A001"]["actions"]) == ["commendation"]
    assert ids(month(SECOND)["A001"]["actions"]) == ["commendation", "promotion-review"]


def test_s08_maternity_leave_does_not_break_the_run() -> None:
    """A002: 96.8, on leave, 100.0 with 20 shifts."""
    assert month(SECOND)["A002"]["not_assessed"]["reason"] == "产假"
    assert ids(month(THIRD)["A002"]["actions"]) == ["commendation", "promotion-review"]


def test_s08_weak_work_is_helped_first_and_a_person_decides_later() -> None:
    """A004: 42.6 twice, then 86.0."""
    assert ids(month(FIRST)["A004"]["actions"]) == ["improvement-plan"]
    assert ids(month(SECOND)["A004"]["actions"]) == ["improvement-plan", "post-review"]
    assert ids(month(THIRD)["A004"]["actions"]) == []


def test_s08_the_plan_is_due_in_thirty_days_and_settled_by_its_result() -> None:
    """The first plan is due on 30 April; an event of 25 April settles it, so that it is not open in May."""
    (plan,) = month(FIRST)["A004"]["actions"]
    assert plan["due"] == "2025-04-30"
    assert ids(month(FIRST)["A004"]["open_actions"]) == ["improvement-plan"]
    (done,) = month("2025-04")["A004"]["settled_actions"]
    assert (done["id"], done["month"], done["settled"]) == ("improvement-plan", "2025-03", "2025-04-25")
    assert ids(month("2025-05")["A004"].get("open_actions", [])) == []


def test_s08_too_few_shifts_are_the_rule_shown_as_reason() -> None:
    """A005 joined on 10 March and worked 15 shifts; 20 are needed. A002 with exactly 20 is assessed."""
    agent = month(FIRST)["A005"]
    assert (agent["assessed"], agent["not_assessed"]["rule"], agent["not_assessed"]["clause"]) == (
        False,
        "enough-shifts",
        "8.1",
    )
    assert month(THIRD)["A002"]["assessed"]


def test_s08_honours_of_the_quarter() -> None:
    """Q1: A002 (96.8) had complaints, so A001 (95.7) is the model; north's mean is 96.25; A003 was praised in February.

    Q2: A001 (100.0) had a nonconformance in May, so A005 (89.4) is the model; nobody was praised.
    Q3: A002 (100.0) is the model; north's mean is (89.9 + 100 + 88.1) / 3, south's 86.
    """
    assert {name: ids(agent["awards"]) for name, agent in month(FIRST).items()} == {
        "A001": ["service-model", "banner"],
        "A002": ["banner"],
        "A003": ["owners-favourite"],
        "A004": [],
        "A005": [],
    }
    assert {name: ids(agent["awards"]) for name, agent in month(SECOND).items()} == {
        "A001": ["banner"],
        "A002": [],
        "A003": [],
        "A004": [],
        "A005": ["service-model"],
    }
    assert {name: ids(agent["awards"]) for name, agent in month(THIRD).items()} == {
        "A001": ["banner"],
        "A002": ["service-model", "banner"],
        "A003": ["banner"],
        "A004": [],
    }


def test_s08_totals_of_the_first_quarter() -> None:
    """900 + 200, 900, 300 and nothing twice."""
    _, documents = kept("property-quarterly")
    assert Decimal(documents["residence/2025-03.json"]["totals"]["total"]) == Decimal(2300)
