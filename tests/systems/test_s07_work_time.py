"""S07, working time: rota and overtime, a week of training first, three aspects, bonus and certificate."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.systems.sample import Agents, ids, kept, month, pay

SLUG = "work-time"


def of(name: str) -> Agents:
    return month(SLUG, name)


def points(agent: dict[str, Any]) -> dict[str, str | None]:
    """An agent's items with their points, without the zeros that only show how they were rounded."""
    return {item["id"]: item["points"] and f"{Decimal(item['points']).normalize():f}" for item in agent["items"]}


def test_s07_attitude_problem_solving_and_efficiency_make_the_score() -> None:
    first = of("2025-02")["A001"]
    assert points(first) == {
        "attitude": "38",  # 14 + 10 + 14
        "resolution": "18.67",  # 792 / 900 = 88%; 20 × 28 / 30
        "correctness": "9.5",  # 95%
        "throughput": "15",  # 900 / 150 = 6 an hour
        "promptness": "12",  # 30 seconds
    }
    assert first["score"] == "93.2"  # 93.17


def test_s07_a_reply_time_that_does_not_apply_is_left_out() -> None:
    third = of("2025-01")["A003"]
    assert points(third)["promptness"] is None
    assert third["score"] == "93.9"  # 40 + 20 + 9.8 + 10 = 79.8 of 85


def test_s07_approved_overtime_is_paid_by_the_kind_of_day() -> None:
    lines = pay(of("2025-01")["A001"])
    assert lines["overtime-workday"] == "75.00"  # 2.5 h × 20 × 150%
    assert lines["overtime-holiday"] == "360.00"  # 6 h × 20 × 300%
    march = pay(of("2025-03")["A002"])
    assert march["overtime-rest"] == "960.00"  # 24 h × 20 × 200%
    assert march["overtime-workday"] == "450.00"  # 15 h × 20 × 150%


def test_s07_overtime_is_recorded_in_hours() -> None:
    hours = {each["name"]: each["value"] for each in of("2025-03")["A002"]["figures"] if "overtime" in each["name"]}
    assert (hours["amount(overtime-rest)"], hours["amount(overtime-workday)"]) == ("24", "15")
    assert hours["overtime_hours"] == "39"  # more than 36


def test_s07_overtime_needs_approval_beforehand() -> None:
    first = of("2025-02")["A001"]
    assert "overtime-workday" not in pay(first)  # recorded, not paid by itself
    assert ids(first["actions"]) == ["overtime-review"]
    assert pay(first)["monthly-bonus"] == "300.00"  # and it costs nobody a bonus


def test_s07_overtime_found_to_be_arranged_is_paid_later() -> None:
    (review,) = of("2025-02")["A001"]["open_actions"]
    assert review["due"] == "2025-03-10"  # 10 days after 28 February
    march = of("2025-03")["A001"]  # decided on 6 March
    assert [(each["id"], each["settled"]) for each in march["settled_actions"]] == [("overtime-review", "2025-03-06")]
    assert march["open_actions"] == []
    assert pay(of("2025-03")["A001"])["overtime-workday"] == "60.00"  # 2 h × 20 × 150%


def test_s07_more_than_36_hours_change_the_roster() -> None:
    assert "roster-change" in ids(of("2025-03")["A002"]["actions"])  # 39 hours
    assert "roster-change" not in ids(of("2025-01")["A001"]["actions"])  # 8.5 hours


def test_s07_one_week_of_training_comes_before_any_assessment() -> None:
    fourth = of("2025-02")["A004"]  # 3 days of training, 19 days employed; the figures entered are not used
    assert (fourth["assessed"], fourth["score"]) == (False, None)
    assert fourth["not_assessed"]["rule"] == "trained"
    march = of("2025-03")["A004"]  # 2 more days: 5
    assert march["score"] == "84.2"  # 34 + 16.67 + 9 + 12.5 + 12
    assert pay(march) == {"monthly-bonus": "300.00"}


def test_s07_a_few_days_are_no_month() -> None:
    fifth = of("2025-02")["A005"]  # 5 days of training, but 9 days employed
    assert fifth["not_assessed"]["rule"] == "enough-days"
    assert of("2025-03")["A005"]["score"] == "72.8"  # 29 + 13.33 + 8.5 + 10 + 12


def test_s07_a_missed_rota_shift_halves_the_bonus() -> None:
    assert pay(of("2025-01")["A003"]) == {"monthly-bonus": "150.00"}  # 93.9 points, but no excellence either


def test_s07_careless_work_halves_the_bonus() -> None:
    assert pay(of("2025-03")["A005"]) == {"monthly-bonus": "150.00"}


def test_s07_good_work_earns_both_bonuses() -> None:
    first = of("2025-01")["A001"]
    assert first["score"] == "96.6"  # 37 + 20 + 9.6 + 15 + 15
    assert (pay(first)["monthly-bonus"], pay(first)["excellence-bonus"]) == ("300.00", "200.00")


@pytest.mark.parametrize(
    ("name", "score", "actions"),
    [
        ("2025-01", "66.2", []),  # 31 + 6.67 + 8 + 12.5 + 8
        ("2025-02", "68.4", ["retraining"]),  # 33 + 6.67 + 8.2 + 12.5 + 8
        ("2025-03", "69.2", ["roster-change", "retraining", "post-review"]),  # 33 + 6.67 + 8.4 + 13.13 + 8
    ],
)
def test_s07_below_the_standard_there_is_training_and_then_a_review_of_the_post(
    name: str, score: str, actions: list[str]
) -> None:
    second = of(name)["A002"]
    assert (second["score"], ids(second["actions"])) == (score, actions)
    assert "monthly-bonus" not in pay(second)


def test_s07_customers_data_kept_privately_are_put_before_people() -> None:
    third = of("2025-03")["A003"]
    assert third["score"] == "91.6"  # 77.9 of 85
    assert third["pay"]["lines"] == []
    assert ids(third["actions"]) == ["data-review"]


def test_s07_the_certificate_goes_to_the_best_of_the_quarter() -> None:
    march = of("2025-03")
    # mean of 96.6, 93.2 and 97.7; A003 has a breach in the quarter, the others are below 90
    assert {agent: ids(each["awards"]) for agent, each in march.items() if each["awards"]} == {"A001": ["certificate"]}
    assert not any(each["awards"] for each in of("2025-02").values())


def test_s07_complaints_are_decided_and_answered_in_time() -> None:
    ledger, _ = kept(SLUG)
    (late,) = ledger.findings  # one was decided on day 9 instead of 7, and told on day 10, which is in time
    assert (late.rule.id, late.place.path) == ("late", "records/service-desk/2025-02/complaints/C-2025-02-001.yaml")
