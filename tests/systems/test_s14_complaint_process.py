"""S14, complaint process: the shipped policy on a manager, a supervisor and four specialists, January to April 2025.

The results were worked out by hand from the sheets; the comments show the arithmetic.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.systems.sample import ids, kept, month, pay

SLUG = "complaint-process"
MONTHS = ("2025-01", "2025-02", "2025-03", "2025-04")


def _points(agent: dict[str, Any], item: str) -> Decimal | None:
    points = next(each["points"] for each in agent["items"] if each["id"] == item)
    return None if points is None else Decimal(points)


def _found(rule: str) -> list[str]:
    ledger, _ = kept(SLUG)
    return [each.place.path.rsplit("/", 1)[1] for each in ledger.findings if each.rule.id == rule]


def _scores(agent: str) -> list[str | None]:
    return [month(SLUG, name)[agent]["score"] for name in MONTHS]


def test_s14_specialists_and_supervisor_have_scorecards_of_their_own_and_the_manager_has_none() -> None:
    january = month(SLUG, "2025-01")
    specialist = ["recording", "solving", "telling", "reporting", "satisfaction", "standards", "attendance"]
    assert ids(january["A003"]["items"]) == specialist
    assert ids(january["A002"]["items"]) == ["timeliness", "training", "corrections", "files", "attendance"]
    assert january["A001"]["role"] == "manager"
    assert not january["A001"]["assessed"]
    assert january["A001"]["score"] is None
    assert january["A001"]["not_assessed"]["rule"] == "has-scorecard"


def test_s14_scores_of_every_month() -> None:
    # 269 / 300 = 89.67 %: 9.67 / 18 * 30 = 16.12; + 20 + 18 + 10 = 64.12 of 80; 25.55 + 10 + 20 + 16 + 10;
    # 27.58 + 20 + 19 + 9 = 75.58 of 80; 28.22 + 20 + 0 + 18 + 10
    assert _scores("A002") == ["80.2", "81.6", "94.5", "76.2"]
    # 20 + 20 + 15 + 10 + 9.5 + 15 + 10; 17.64 + 20 + 15 + 10 + 9 + 15 + 10; sick; 20 + 20 + 15 + 8 + 9 + 15 + 10
    assert _scores("A003") == ["99.5", "96.6", None, "97.0"]
    # 12 + 8 + 9 + 4 + 7 + 5 + 8; 14.28 + 16 + 11.78 + 8 + 7.5 + 10 + 6;
    # 20 + 20 + 12.98 + 8 + 8 + 10 + 9; 20 + 20 + 15 + 8 + 8 + 10 + 9
    assert _scores("A004") == ["53.0", "73.6", "88.0", "90.0"]
    # 20 + 16 + 15 + 8 + 8 + 15 + 10; standards 0: 20 + 20 + 15 + 8 + 15 + 10;
    # attendance 0: 20 + 20 + 15 + 10 + 8 + 10; 20 + 20 + 15 + 8 + 8.5 + 15 + 10
    assert _scores("A005") == ["92.0", "88.0", "83.0", "96.5"]
    # no ratings: (17.34 + 18.66 + 12 + 8 + 8.5 + 10) / 85 = 74.5 / 85; 20 + 20 + 11.92 + 10 + 8 + 15 + 9;
    # 17.5 + 20 + 15 + 8 + 9 + 15 + 10; 20 + 20 + 15 + 8 + 9 + 15 + 10
    assert _scores("A006") == ["87.6", "93.9", "94.5", "97.0"]


def test_s14_results_are_tied_to_the_bonus_by_role() -> None:
    january, march, april = (month(SLUG, name) for name in ("2025-01", "2025-03", "2025-04"))
    assert pay(january["A002"]) == {"bonus": "675.00"}  # good: 450 * 1.5
    assert pay(april["A002"]) == {"bonus": "450.00"}  # a pass: 300 * 1.5
    assert pay(january["A006"]) == {"bonus": "450.00"}
    assert january["A004"]["pay"]["total"] == "0.00"  # to improve
    assert march["A003"]["pay"]["total"] == "0.00"  # not assessed


def test_s14_reward_needs_an_excellent_month_satisfied_customers_and_no_complaint() -> None:
    january, march, april = (month(SLUG, name) for name in ("2025-01", "2025-03", "2025-04"))
    assert pay(january["A003"])["reward"] == "200.00"
    assert ids(january["A005"]["awards"]) == []  # excellent, 91 %, and one upheld complaint
    assert ids(april["A004"]["awards"]) == []  # excellent, and 86 %
    assert pay(march["A002"]) == {"bonus": "900.00", "reward": "200.00"}  # the supervisor's team: 91 %


def test_s14_attendance_costs_points_and_repeated_lateness_a_talk_then_a_review() -> None:
    assert [_points(month(SLUG, name)["A004"], "attendance") for name in MONTHS] == [8, 6, 9, 9]  # 2; 1 + 3; 1; 1
    # Within three months: 2; 2 + 1 + 2 = 5; 2 + 3 + 1 = 6; 3 + 1 + 1 = 5
    due = [ids(month(SLUG, name)["A004"]["actions"]) for name in MONTHS]
    steps = [[each for each in found if each.startswith("attendance")] for found in due]
    assert steps == [[], ["attendance-talk"], ["attendance-review"], ["attendance-talk"]]
    assert _points(month(SLUG, "2025-02")["A006"], "attendance") == 9  # missed a training session
    assert _points(month(SLUG, "2025-03")["A002"], "attendance") == 9  # the supervisor was late


def test_s14_attendance_is_recorded_truly() -> None:
    a005 = month(SLUG, "2025-03")["A005"]
    assert _points(a005, "attendance") == 0
    assert "record-review" in ids(a005["actions"])
    assert a005["pay"]["deductions"] == "0.00"


def test_s14_confidentiality() -> None:
    a005 = month(SLUG, "2025-02")["A005"]
    assert _points(a005, "standards") == 0
    assert "leak-review" in ids(a005["actions"])  # people decide; the bonus follows the score of 88
    assert pay(a005) == {"bonus": "450.00"}


def test_s14_complaints_are_recorded_solved_and_told_within_their_days() -> None:
    # Received on 21 January: decided after 10 days (7), told after 14 (10). An event was reviewed after 9 (5).
    assert _found("late") == ["C-2025-01-002.yaml", "C-2025-01-002.yaml", "E-2025-03-001.yaml"]
    february = month(SLUG, "2025-02")
    assert "complaint-talk" in ids(february["A005"]["actions"])  # two upheld
    assert february["A006"]["actions"] == []  # dismissed
    assert "complaint-talk" not in ids(month(SLUG, "2025-01")["A004"]["actions"])  # one
    told = [each["status"] for each in february["A005"]["complaints"]]
    assert told == ["upheld", "upheld"]


def test_s14_problems_are_summed_up_in_a_report() -> None:
    assert _points(month(SLUG, "2025-01")["A003"], "reporting") == 10  # thorough
    assert _points(month(SLUG, "2025-01")["A004"], "reporting") == 4  # thin
    assert _points(month(SLUG, "2025-04")["A004"], "reporting") == 8  # sound


def test_s14_the_manager_reviews_the_reports_as_a_dated_duty() -> None:
    ledger, _ = kept(SLUG)
    overdue = [dict(each.message.values)["period"] for each in ledger.findings if each.rule.id == "duty-overdue"]
    assert overdue == ["2025-03"]  # due on 15 April; January's and February's are done, April's is due in May
    assert _found("duty-late") == ["department.yaml"]  # February's was due on 15 March and done on the 20th


def test_s14_corrections_ordered_by_the_manager_have_a_date_and_stay_open_until_done() -> None:
    january, february = (month(SLUG, name)["A004"] for name in ("2025-01", "2025-02"))
    ordered = next(each for each in january["actions"] if each["id"] == "correction-duty")
    assert ordered["due"] == "2025-03-02"  # 30 days after 31 January
    assert {each["id"] for each in february["settled_actions"]} == {"correction-duty", "improvement-plan"}
    waiting = month(SLUG, "2025-04")["A005"]["open_actions"]
    assert [(each["id"], each["month"], each["due"], each["overdue"]) for each in waiting] == [
        ("correction-duty", "2025-03", "2025-04-30", False)
    ]


def test_s14_whoever_is_to_improve_agrees_on_a_plan() -> None:
    assert "improvement-plan" in ids(month(SLUG, "2025-01")["A004"]["actions"])
    assert "improvement-plan" not in ids(month(SLUG, "2025-02")["A004"]["actions"])
