"""S13, e-commerce service: the shipped policy on a department of five agents in two teams, January to April 2025.

The results were worked out by hand from the sheets; the comments show the arithmetic.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.systems.sample import ids, kept, month, pay

SLUG = "ecommerce-service"


def _points(agent: dict[str, Any], item: str) -> Decimal | None:
    points = next(each["points"] for each in agent["items"] if each["id"] == item)
    return None if points is None else Decimal(points)


def _found(rule: str) -> list[str]:
    ledger, _ = kept(SLUG)
    return [each.place.path.rsplit("/", 1)[1] for each in ledger.findings if each.rule.id == rule]


def test_s13_scores_and_bonus_of_every_month() -> None:
    totals = {
        name: {agent: (each["score"], each["pay"]["total"]) for agent, each in month(SLUG, name).items()}
        for name in ("2025-01", "2025-02", "2025-03", "2025-04")
    }
    assert totals["2025-01"] == {
        # 20 + 15 + 15 + 9.2 + 10 + 10 + 10 + 5 + 5; 500 + 120 + 60 + 80 + 60 + 50 + 50 + 80
        "A001": ("99.2", "1000.00"),
        # 14 + 4 + 12 + 5.8 + 8 + 8 + 10 + 2.25 + 3 = 67.05; the team reward alone
        "A002": ("67.1", "50.00"),
        # (19 + 10 + 10 + 7.5 + 8 + 10 + 10) / 90 = 74.5 / 90: no sales, no customers to keep
        "A003": ("82.8", "350.00"),
        # (20 + 8 + 11 + 6.6 + 5 + 5 + 10 + 3) / 95 = 68.6 / 95; 200 + 60
        "A004": ("72.2", "260.00"),
        # (19.5 + 13 + 14 + 8.8 + 8 + 10 + 10 + 5) / 95 = 88.3 / 95; 500 + 60 + 40
        "A005": ("92.9", "600.00"),
    }
    assert totals["2025-02"] == {
        "A001": ("98.5", "1260.00"),  # 500 + 460 + 60 + 80 + 60 + 50 + 50
        "A002": ("70.0", "150.00"),  # 18.5 + 4.5 + 13 + 0 + 8 + 10 + 10 + 3 + 3; half of 200, and 50
        "A003": ("82.0", "410.00"),  # 73.8 / 90
        "A004": ("71.6", "200.00"),  # 68 / 95
        "A005": ("99.1", "830.00"),  # 94.1 / 95; 500 + 60 + 80 + 60 + 50 + 80
    }
    assert totals["2025-04"]["A001"] == ("88.0", "490.00")  # 350 + 80 + 60
    assert totals["2025-04"]["A002"] == ("74.0", "200.00")  # 73.95


def test_s13_overruns_of_five_minutes_cost_a_warning_or_points_by_degree() -> None:
    january, april = month(SLUG, "2025-01"), month(SLUG, "2025-04")
    # A002: 6 slight (a warning), 8 marked and 1 severe: 20 - 8 * 0.5 - 2
    assert _points(january["A002"], "response") == 14
    assert "response-warning" in ids(january["A002"]["actions"])
    # A002 in April: 5 slight overruns, no points
    assert _points(april["A002"], "response") == 20
    assert ids(april["A002"]["actions"]) == ["response-warning"]
    assert _points(january["A003"], "response") == 19  # 2 marked; 2 slight are no warning
    assert ids(january["A003"]["actions"]) == ["spoken-warning"]


def test_s13_sustained_fast_response_wins_the_month_and_the_quarter() -> None:
    march = month(SLUG, "2025-03")
    # A001: 100 %, 99.47 %, 99.05 % within five minutes in the three months
    assert pay(march["A001"])["fast-month"] == "60.00"
    assert pay(march["A001"])["fast-quarter"] == "200.00"
    # A004 in January, not February (145 / 150 = 96.67 %), again in March (152 / 155 = 98.06 %)
    assert "fast-month" in ids(march["A004"]["awards"])
    assert "fast-quarter" not in ids(march["A004"]["awards"])
    assert "fast-quarter" not in ids(march["A003"]["awards"])


def test_s13_high_satisfaction_is_rewarded() -> None:
    february = month(SLUG, "2025-02")
    assert pay(february["A001"])["satisfied-customers"] == "80.00"  # exactly 95 %
    assert "satisfied-customers" not in ids(month(SLUG, "2025-03")["A001"]["awards"])  # 94 %


def test_s13_low_satisfaction_leads_to_training_and_twice_running_halves_the_bonus() -> None:
    january, february, march = (month(SLUG, name)["A002"] for name in ("2025-01", "2025-02", "2025-03"))
    training = next(each for each in january["actions"] if each["id"] == "service-training")
    assert training["due"] == "2025-03-02"  # 30 days after January
    assert pay(february)["halved-bonus"] == "100.00"  # 84 % and 84.5 %: half of the 200 for a pass
    assert pay(march)["bonus"] == "350.00"  # 86 %
    # The two trainings of February settle what January left open; February's own stay open.
    assert {each["id"] for each in february["settled_actions"]} == {"service-training", "knowledge-training"}


def test_s13_first_contact_resolution_is_rewarded_and_repeat_contacts_cost_points() -> None:
    january, february = month(SLUG, "2025-01"), month(SLUG, "2025-02")
    assert pay(february["A001"])["first-contact"] == "60.00"  # 171 / 190 = exactly 90 %
    assert "first-contact" not in ids(january["A005"]["awards"])  # 105 / 120 = 87.5 %
    assert _points(january["A003"], "resolution") == 10  # 15 - 10 * 0.5


def test_s13_knowledge_test_excellent_is_rewarded_poor_leads_to_training_and_failing_the_next_costs_the_item() -> None:
    january, february = month(SLUG, "2025-01"), month(SLUG, "2025-02")
    assert pay(february["A001"])["test-passed-well"] == "50.00"  # exactly 90
    assert _points(january["A002"], "knowledge") == Decimal("5.8")  # 58, the first time
    assert "knowledge-training" in ids(january["A002"]["actions"])
    assert _points(february["A002"], "knowledge") == 0  # 59 in the next test as well
    assert "knowledge-training" in ids(february["A002"]["actions"])
    assert "knowledge-training" not in ids(month(SLUG, "2025-03")["A002"]["actions"])  # 60


def test_s13_teamwork_team_reward_talk_and_the_second_case() -> None:
    january, february, march, april = (month(SLUG, name) for name in ("2025-01", "2025-02", "2025-03", "2025-04"))
    # Means: January 9 and 7, February 9 and 6, March 8 and 9 (A005 on leave), April 6.5 and 6.5.
    winners = [
        sorted(agent for agent, each in found.items() if "team-reward" in ids(each["awards"]))
        for found in (january, february, march, april)
    ]
    assert winners == [["A001", "A002"], ["A001", "A002"], ["A003", "A004"], []]
    assert ids(january["A004"]["actions"]) == ["teamwork-talk"]
    assert _points(january["A004"], "teamwork") == 5
    assert _points(february["A004"], "teamwork") == 0  # the second case within six months
    assert ids(february["A004"]["actions"]) == ["teamwork-talk"]


def test_s13_complaint_handled_well_is_rewarded_and_escalation_costs_by_severity() -> None:
    january, february, march = (month(SLUG, name) for name in ("2025-01", "2025-02", "2025-03"))
    assert pay(january["A005"])["complaint-handled-well"] == "40.00"
    assert _points(january["A002"], "complaint_handling") == 8  # up to the supervisor
    assert _points(january["A004"], "complaint_handling") == 5  # the platform stepped in
    assert _points(february["A003"], "complaint_handling") == 10  # contained
    assert _points(february["A001"], "complaint_handling") == 10  # dismissed
    assert _points(march["A004"], "complaint_handling") == 0  # real harm
    assert ids(march["A004"]["actions"]) == ["complaint-review"]
    # Received on 20 January, decided after 8 days and told after 9: both late.
    assert _found("late") == ["C-2025-01-002.yaml", "C-2025-01-002.yaml", "E-2025-01-001.yaml"]


def test_s13_discipline_leads_to_warnings_or_points_and_a_clean_quarter_is_rewarded() -> None:
    steps = [ids(month(SLUG, name)["A003"]["actions"]) for name in ("2025-01", "2025-02", "2025-03", "2025-04")]
    # a minor breach (1), a serious one (1 + 2 = 3), none, a serious one (3 + 2 = 5)
    assert steps == [["spoken-warning"], ["written-warning"], [], ["discipline-review"]]
    warning = month(SLUG, "2025-01")["A003"]["actions"][0]
    assert warning["lapses"] == "2025-07-31"
    assert _points(month(SLUG, "2025-01")["A003"], "discipline") == 10
    assert _points(month(SLUG, "2025-02")["A003"], "discipline") == 5
    march = month(SLUG, "2025-03")
    rewarded = sorted(agent for agent, each in march.items() if "discipline-kept" in ids(each["awards"]))
    assert rewarded == ["A001", "A002", "A004", "A005"]


def test_s13_leave_costs_nobody_the_quarter() -> None:
    a005 = month(SLUG, "2025-03")["A005"]
    assert a005["not_assessed"]["reason"] == "maternity leave"
    # Fast in January (119 / 120) and February (125 / 125), no breach: both rewards of the quarter are paid.
    assert pay(a005) == {"fast-quarter": "200.00", "discipline-kept": "100.00"}


def test_s13_suggestion_adopted_is_paid_once_and_on_leave_too() -> None:
    paid = {
        (name, agent): pay(each)["suggestion-adopted"]
        for name in ("2025-01", "2025-02", "2025-03", "2025-04")
        for agent, each in month(SLUG, name).items()
        if "suggestion-adopted" in pay(each)
    }
    assert paid == {("2025-03", "A003"): "150.00", ("2025-04", "A005"): "150.00"}


def test_s13_suggestion_refused_without_reason_counts_for_who_is_responsible() -> None:
    a001 = month(SLUG, "2025-04")["A001"]
    assert ids(a001["actions"]) == ["refusal-talk"]
    assert _points(a001, "discipline") == 7


def test_s13_sales_and_customers_kept() -> None:
    january, february = month(SLUG, "2025-01"), month(SLUG, "2025-02")
    assert pay(january["A001"])["sales-bonus"] == "120.00"  # 2 % of 6000
    assert pay(february["A001"])["sales-bonus"] == "460.00"  # 2 % of 20000 and 3 % of 2000
    assert _points(january["A002"], "selling") == Decimal("2.25")  # 9000 of 20000
    assert "sales-coaching" in ids(january["A002"]["actions"])  # 45 %
    assert _points(january["A003"], "selling") is None  # no sales to make
    assert pay(february["A005"])["customers-kept"] == "80.00"  # exactly 90 %
    assert [_points(january[agent], "retention") for agent in ("A001", "A002", "A004")] == [5, 3, 3]
    assert _points(month(SLUG, "2025-04")["A002"], "retention") == 1  # 69 %


def test_s13_nothing_is_deducted_from_anybody() -> None:
    for name in ("2025-01", "2025-02", "2025-03", "2025-04"):
        assert all(each["pay"]["deductions"] == "0.00" for each in month(SLUG, name).values())
