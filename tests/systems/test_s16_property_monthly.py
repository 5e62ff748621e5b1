"""S16, property service: the shipped policy on four agents in 2025.

Each part of an agent's month has the same share of its points: a score of 92.0 is 92 % of everything.
The results were worked out by hand.
"""

from __future__ import annotations

from typing import Any

from tests.systems.sample import ids, month, pay

SLUG = "property-monthly"
MONTHS = tuple(f"2025-{number:02}" for number in range(1, 13))


def _year(agent: dict[str, Any]) -> tuple[str | None, str | None, bool]:
    found = next(each for each in agent["results"] if each["id"] == "year_score")
    return found["value"], found["grade"], found["final"]


def _due(agent: str, action: str) -> list[str]:
    return [name for name in MONTHS if action in ids(month(SLUG, name)[agent]["actions"])]


def test_s16_four_items_weighed_30_30_20_20() -> None:
    a001 = month(SLUG, "2025-01")["A001"]
    points = {each["id"]: (each["points"], each["of"]) for each in a001["items"]}
    # 92 * 30 %; (92 * 60 % + 92 * 40 %) * 30 %; 9.2 + 9.2; 7.36 + 7.36 + 3.68
    assert points == {
        "knowledge": ("27.60", "30"),
        "attitude": ("27.60", "30"),
        "teamwork": ("18.40", "20"),
        "professionalism": ("18.40", "20"),
    }
    assert a001["score"] == "92.0"


def test_s16_grades_without_gaps_and_the_reward_for_excellence() -> None:
    december = month(SLUG, "2025-12")
    assert (december["A004"]["score"], december["A004"]["grade"]) == ("89.4", "good")  # in the gap of the regulation
    assert pay(december["A004"]) == {}
    assert pay(month(SLUG, "2025-11")["A004"]) == {"reward": "300.00"}  # 90.0
    assert month(SLUG, "2025-02")["A002"]["grade"] == "fail"


def test_s16_failing_leads_to_an_interview_then_training_then_a_review_by_people() -> None:
    assert _due("A002", "interview") == ["2025-02", "2025-03", "2025-04"]
    assert _due("A002", "training") == ["2025-03", "2025-04"]
    assert _due("A002", "post-review") == ["2025-04"]


def test_s16_yearly_result_with_grades() -> None:
    december = month(SLUG, "2025-12")
    assert _year(december["A001"]) == ("92.0", "excellent", True)
    assert _year(december["A002"]) == ("76.3", "pass", True)  # (9 * 80 + 3 * 65) / 12 = 76.25
    assert _year(december["A004"]) == ("90.0", "excellent", True)  # (11 * 90 + 89.4) / 12 = 89.95
    assert _year(month(SLUG, "2025-04")["A002"]) == ("68.8", "fail", False)  # provisional: (80 + 3 * 65) / 4 = 68.75


def test_s16_the_year_decides_on_nomination_and_pay_review_once_at_its_end() -> None:
    assert _due("A001", "nomination") == ["2025-12"]
    assert _due("A001", "pay-review") == ["2025-12"]
    assert _due("A004", "nomination") == ["2025-12"]
    assert _due("A002", "nomination") == []
    assert _due("A002", "pay-review") == []  # the year is a pass


def test_s16_maternity_leave_in_december_costs_nobody_the_year() -> None:
    a003 = month(SLUG, "2025-12")["A003"]  # nine months at 85, then maternity leave
    assert _year(a003) == ("85.0", "good", True)
    assert _due("A003", "pay-review") == ["2025-12"]
    assert _due("A003", "nomination") == []
