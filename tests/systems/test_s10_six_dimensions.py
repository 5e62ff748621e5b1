"""S10, six dimensions: the shipped policy on six agents in 2025.

Each part of a month has the same share of its points: 90 % of every part make 99 of 110 points, a score of 90.0.
The results were worked out by hand.
"""

from __future__ import annotations

from typing import Any

from tests.systems.sample import ids, kept, month

SLUG = "six-dimensions"
MONTHS = tuple(f"2025-{number:02}" for number in range(1, 13))


def _result(agent: dict[str, Any], name: str) -> tuple[str | None, bool]:
    found = next(each for each in agent["results"] if each["id"] == name)
    return found["value"], found["final"]


def _due(agent: str, action: str) -> list[str]:
    months = {name: month(SLUG, name).get(agent) for name in MONTHS}
    return [name for name, found in months.items() if found and action in ids(found["actions"])]


def test_s10_a_hundred_and_ten_points_are_scaled_openly() -> None:
    _, documents = kept(SLUG)
    score = documents[f"policy/{SLUG}/2025-01.json"]["score"]
    assert (score["of"], score["points"]) == ("100", "110")
    a001 = month(SLUG, "2025-01")["A001"]
    # 27 + 18 + 13.5 + 13.5 + 18 + 9 = 99 of 110
    assert [each["points"] for each in a001["items"]] == ["27.00", "18.00", "13.50", "13.50", "18.00", "9.00"]
    assert a001["score"] == "90.0"


def test_s10_only_regular_full_time_staff_are_assessed() -> None:
    january, march = month(SLUG, "2025-01"), month(SLUG, "2025-03")
    for agent in ("A003", "A004"):  # on trial until February; part-time
        assert january[agent]["score"] is None
        assert january[agent]["not_assessed"]["rule"] == "regular-staff"
        assert january[agent]["actions"] == []
    assert march["A003"]["score"] == "88.0"  # confirmed in March
    assert march["A004"]["score"] is None


def test_s10_monthly_result_below_70_leads_to_training() -> None:
    assert _due("A002", "training-plan") == ["2025-01", "2025-02", "2025-03"]  # 60, 59, 60; 70 in June is enough
    assert _due("A001", "training-plan") == []


def test_s10_quarterly_result_and_interview() -> None:
    # A002: (60 + 59 + 60) / 3 = 59.67; (75 + 70) / 2, May not assessed; 241 / 3 = 80.33
    assert _result(month(SLUG, "2025-03")["A002"], "quarter_score") == ("59.7", True)
    assert _result(month(SLUG, "2025-02")["A002"], "quarter_score") == ("59.5", False)  # provisional
    assert _result(month(SLUG, "2025-06")["A002"], "quarter_score") == ("72.5", True)
    assert _result(month(SLUG, "2025-09")["A002"], "quarter_score") == ("80.3", True)
    assert _due("A002", "quarter-talk") == ["2025-03"]


def test_s10_three_months_of_a_quarter_at_90_lead_to_a_promotion_proposal() -> None:
    assert _due("A001", "promotion-proposal") == ["2025-03"]  # 90, 95, 90; not June: 90, 85, 95
    assert _result(month(SLUG, "2025-06")["A001"], "quarter_score") == ("90.0", True)
    # A006 joined in May, so that the second quarter has two months.
    assert _due("A006", "promotion-proposal") == ["2025-09", "2025-12"]


def test_s10_annual_result_and_pay_review() -> None:
    december = month(SLUG, "2025-12")
    assert _result(december["A001"], "year_score") == ("85.4", True)  # (275 + 270 + 240 + 240) / 12 = 85.416...
    assert _result(december["A003"], "year_score") == ("85.3", True)  # (88 + 9 * 85) / 10
    assert _result(month(SLUG, "2025-11")["A002"], "year_score") == ("72.9", False)  # 729 / 10
    assert _due("A001", "pay-review") == ["2025-12"]
    assert _due("A003", "pay-review") == ["2025-12"]
    assert _due("A002", "pay-review") == []  # 72.9
    assert _due("A006", "pay-review") == []  # eight months: settled individually


def test_s10_maternity_leave_in_december_costs_nobody_the_pay_review() -> None:
    a005 = month(SLUG, "2025-12")["A005"]  # nine months at 82, then maternity leave
    assert _result(a005, "year_score") == ("82.0", True)
    assert _due("A005", "pay-review") == ["2025-12"]
