"""S01 `basic-regulation`: room reservations, January to May 2025, worked out by hand.

A score is satisfaction (share of satisfied ratings - 60), complaint handling (30, less 3 for a late one, 5 for a minor
and 10 for a serious one about the agent) and efficiency (requests / hours, rounded to 0.01, / 6 * 30) added up.
"""

from __future__ import annotations

from typing import Any

import pytest

from kpigen.lint.reading import read_policies
from kpigen.text import Lang
from tests.engine.mini import Files
from tests.systems.sample import files, ids, kept, month, pay

SLUG = "basic-regulation"
MONTHS = ("2025-01", "2025-02", "2025-03", "2025-04", "2025-05")


def agent(name: str, number: str) -> dict[str, Any]:
    """An agent's month."""
    return month(SLUG, name)[number]


def points(found: dict[str, Any]) -> dict[str, str | None]:
    """The points of an agent's items."""
    return {item["id"]: item["points"] for item in found["items"]}


def waiting(found: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    """What waits for an outcome: action, month, due date, overdue."""
    return [(each["id"], each["month"], each["due"], each["overdue"]) for each in found.get("open_actions", [])]


def settled(found: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    """What came to an outcome: action, month, the day of the outcome, too late."""
    return [(each["id"], each["month"], each["settled"], each["overdue"]) for each in found.get("settled_actions", [])]


def policy() -> dict[str, Any]:
    """The published policy."""
    document: dict[str, Any] = kept(SLUG)[1][f"policy/{SLUG}/2025-01.json"]
    return document


def clause(number: str) -> dict[str, Any]:
    """A published clause."""
    found: dict[str, Any] = next(each for each in policy()["clauses"] if each["clause"] == number)
    return found


def test_s01_covers_all_staff_full_time_and_temporary() -> None:
    # Nobody is left out by a rule: only A005's leave and A002's course keep anybody from being assessed.
    assessed = {(name, number) for name in MONTHS for number, found in month(SLUG, name).items() if found["assessed"]}
    assert {(name, number) for name in MONTHS for number in month(SLUG, name)} - assessed == {
        ("2025-03", "A005"),
        ("2025-05", "A002"),
    }
    assert {number: found["employment"] for number, found in month(SLUG, "2025-01").items()} == {
        "A001": "full-time",
        "A002": "temporary",
        "A003": "full-time",
        "A004": "full-time",
        "A005": "temporary",
    }


def test_s01_temporary_staff_are_measured_by_the_hour() -> None:
    # A002, 80 hours: 432 / 80 = 5.4, / 6 * 30 = 27; A001, 160 hours: 864 / 160 = 5.4 makes the same 27.
    assert points(agent("2025-01", "A002"))["efficiency"] == points(agent("2025-01", "A001"))["efficiency"] == "27.00"


@pytest.mark.parametrize(
    ("name", "number", "items", "score", "grade"),
    [
        # 95 - 60 = 35; no deduction, 30; 864 / 160 = 5.4, 27; sum 92
        ("2025-01", "A001", ("35.00", "30.00", "27.00"), "92.0", "excellent"),
        # 75 - 60 = 15; 30 - 2 * 3 = 24; 640 / 160 = 4, 20; sum 59
        ("2025-01", "A003", ("15.00", "24.00", "20.00"), "59.0", "low"),
        # 96 - 60 = 36; 30; 900 / 160 = 5.625, rounded 5.63, 28.15; sum 94.15, rounded 94.2
        ("2025-02", "A001", ("36.00", "30.00", "28.15"), "94.2", "excellent"),
        # no ratings; 30; 400 / 80 = 5, 25; 55 / 60 * 100 = 91.666..., rounded 91.7
        ("2025-02", "A002", (None, "30.00", "25.00"), "91.7", "excellent"),
        # 80 - 60 = 20; 30; 600 / 160 = 3.75, 18.75; sum 68.75, rounded 68.8
        ("2025-02", "A003", ("20.00", "30.00", "18.75"), "68.8", "low"),
        # 70 - 60 = 10; 30 - 3 * 3 = 21; 300 / 80 = 3.75, 18.75; sum 49.75, rounded 49.8
        ("2025-02", "A005", ("10.00", "21.00", "18.75"), "49.8", "low"),
        # one upheld serious complaint, the dismissed one costs nothing: 30 + (30 - 10) + 25
        ("2025-03", "A004", ("30.00", "20.00", "25.00"), "75.0", "standard"),
        # one upheld minor complaint: 30 + (30 - 5) + 25
        ("2025-04", "A004", ("30.00", "25.00", "25.00"), "80.0", "standard"),
    ],
)
def test_s01_satisfaction_complaint_handling_and_efficiency(
    name: str, number: str, items: tuple[str | None, ...], score: str, grade: str
) -> None:
    found = agent(name, number)
    assert tuple(points(found)[item] for item in ("satisfaction", "complaint_handling", "efficiency")) == items
    assert (found["score"], found["grade"]) == (score, grade)


def test_s01_excellent_is_paid_a_bonus_full_time_or_temporary() -> None:
    # Excellent: A001 and A002 (temporary) in January, February and March, nobody else.
    paid = {(name, number) for name in MONTHS for number, found in month(SLUG, name).items() if pay(found)}
    assert paid == {(name, number) for name in MONTHS[:3] for number in ("A001", "A002")}
    assert pay(agent("2025-03", "A001")) == pay(agent("2025-03", "A002")) == {"bonus": "200.00"}


def test_s01_nothing_is_ever_deducted() -> None:
    assert {found["pay"]["deductions"] for name in MONTHS for found in month(SLUG, name).values()} == {"0.00"}


def test_s01_promotion_is_reviewed_at_the_end_of_the_quarter_and_decided_by_people() -> None:
    # A001: 92.0, 94.2, 90.0. Due 30 days after 31 March: 30 April. Granted by an event of 9 April: senior from May.
    assert [ids(agent(name, "A001")["actions"]) for name in MONTHS] == [[], [], ["promotion-review"], [], []]
    assert waiting(agent("2025-03", "A001")) == [("promotion-review", "2025-03", "2025-04-30", False)]
    assert [agent(name, "A001")["tier"] for name in MONTHS] == ["regular", "regular", "regular", "regular", "senior"]
    assert agent("2025-04", "A001")["transition"] == {"id": "promotion", "clause": "13.4"}
    assert waiting(agent("2025-04", "A001")) == []


def test_s01_temporary_and_excellent_is_also_considered_for_a_full_time_post() -> None:
    # A002: 94.0, 91.7, 92.0. The post is offered on 10 April; the promotion is decided after 30 April, on 14 May only.
    assert ids(agent("2025-03", "A002")["actions"]) == ["promotion-review", "post-review"]
    assert waiting(agent("2025-04", "A002")) == [("promotion-review", "2025-03", "2025-04-30", False)]
    assert settled(agent("2025-04", "A002")) == [("post-review", "2025-03", "2025-04-10", False)]
    assert settled(agent("2025-05", "A002")) == [("promotion-review", "2025-03", "2025-05-14", True)]


def test_s01_a_decision_holds_in_a_month_without_assessment() -> None:
    # A002 is on a course all of May and promoted on the 14th.
    may = agent("2025-05", "A002")
    assert (may["assessed"], may["not_assessed"]["reason"]) == (False, "training course")
    assert (may["tier"], may["next_tier"]) == ("regular", "senior")
    assert may["transition"] == {"id": "promotion", "clause": "13.4"}
    assert may["pay"]["total"] == "0.00"


def test_s01_criticism_then_warning_then_demotion_review() -> None:
    # A003, senior: 59.0, 68.8, 68.0 are low, 80.0 is not.
    assert [ids(agent(name, "A003")["actions"]) for name in MONTHS] == [
        ["criticism", "coaching"],
        ["criticism", "warning", "coaching"],
        ["criticism", "warning", "demotion-review", "coaching"],
        [],
        [],
    ]


def test_s01_criticism_lapses_after_six_months_and_a_warning_after_twelve() -> None:
    lapses = {each["id"]: each.get("lapses") for each in agent("2025-02", "A003")["actions"]}
    assert lapses == {"criticism": "2025-08-31", "warning": "2026-02-28", "coaching": None}


def test_s01_demotion_is_decided_by_people() -> None:
    # Put forward in March: still senior in April. Decided by an event of 14 April: regular from May.
    assert [agent(name, "A003")["tier"] for name in MONTHS] == ["senior", "senior", "senior", "senior", "regular"]
    assert agent("2025-03", "A003")["transition"] is None
    assert agent("2025-04", "A003")["transition"] == {"id": "demotion", "clause": "13.4"}


def test_s01_a_month_of_leave_neither_breaks_nor_extends_the_run() -> None:
    # A005: 75.0, 49.8 low, marriage leave, 63.8 low (15 + 30 + 18.75 = 63.75), 75.0.
    assert [ids(agent(name, "A005")["actions"]) for name in MONTHS] == [
        [],
        ["criticism", "coaching"],
        [],
        ["criticism", "warning", "coaching"],
        [],
    ]
    assert agent("2025-03", "A005")["not_assessed"]["reason"] == "marriage leave"


def test_s01_breaches_lead_to_criticism_and_to_a_review() -> None:
    # A004: uncivil in January, total 1; leak in February, 1 + 2 = 3; nothing later. The review ends without a demotion.
    assert [ids(agent(name, "A004")["actions"]) for name in MONTHS] == [
        ["conduct-criticism"],
        ["conduct-demotion-review"],
        [],
        [],
        [],
    ]
    assert waiting(agent("2025-02", "A004")) == [("conduct-demotion-review", "2025-02", "2025-03-30", False)]
    assert waiting(agent("2025-03", "A004")) == []
    assert {agent(name, "A004")["tier"] for name in MONTHS} == {"regular"}


def test_s01_training_follows_a_low_month_and_becomes_overdue() -> None:
    # A003: January's training took place on 20 February; February's was due on 30 March.
    assert waiting(agent("2025-01", "A003")) == [("coaching", "2025-01", "2025-03-02", False)]
    assert waiting(agent("2025-02", "A003")) == [("coaching", "2025-02", "2025-03-30", False)]
    assert ("coaching", "2025-02", "2025-03-30", True) in waiting(agent("2025-03", "A003"))


def test_s01_complaints_have_deadlines_and_so_have_reviews_of_events() -> None:
    # Received on 2 April: decided on the 11th (7 days: the 9th), customer told on the 15th (10 days: the 12th).
    # A005's training of 24 April was checked on 6 May (5 days: 29 April). Nothing else is late, and no duty is overdue.
    found = [
        (each.rule.id, each.place.path.rsplit("/", 1)[1], each.message.said(Lang.EN)) for each in kept(SLUG)[0].findings
    ]
    assert [(rule, path) for rule, path, _ in found] == [
        ("late", "C-2025-04-001.yaml"),
        ("late", "C-2025-04-001.yaml"),
        ("late", "E-2025-04-004.yaml"),
    ]
    assert ["2025-04-09" in found[0][2], "2025-04-12" in found[1][2], "2025-04-29" in found[2][2]] == [True] * 3


def test_s01_training_and_internal_check_have_dates() -> None:
    duties = {duty["id"]: (duty["every"], str(duty["due_days"]), duty["clause"]) for duty in policy()["duties"]}
    assert duties == {"training": ("quarter", "15", "14.1"), "internal-check": ("half-year", "30", "15")}


def test_s01_in_force_only_after_publication_and_consultation() -> None:
    adopted = policy()["adopted"]
    assert adopted["consulted"] < adopted["on"] <= adopted["published"] < f"{policy()['version']}-01"


def test_s01_the_right_to_interpret_is_settled_openly() -> None:
    # The employer does not interpret alone: joint answers, the reading that favours employees, an appeal.
    assert "员工代表" in clause("20")["text"]["zh"]
    assert "employees' representatives" in clause("20")["text"]["en"]
    assert "一方" in clause("20")["interpretation"]["zh"]
    assert "alone" in clause("20")["interpretation"]["en"]


def test_s01_interpretation_by_the_employer_alone_would_be_found() -> None:
    # As in the regulation, interpretation is given to the company: the law pack objects to that, and not to ours.
    path = f"policy/{SLUG}/2025-01.yaml"
    (ours,) = read_policies(Files({path: files(SLUG)[path]}))
    assert not ours.findings
    text = clause("20")["text"]["zh"]
    alone = files(SLUG)[path].replace(text, "本制度的解释权归公司。")
    (theirs,) = read_policies(Files({path: alone}))
    line = next(number for number, text in enumerate(alone.splitlines(), start=1) if "解释权归公司。" in text)
    assert [(found.rule.id, found.place.line) for found in theirs.findings] == [("law-unilateral", line)]


def test_s01_a_revision_never_reaches_back() -> None:
    assert "以后的月份" in clause("19")["text"]["zh"]
    assert "later months only" in clause("19")["text"]["en"]


def test_s01_all_twenty_articles_stand_numbered_in_both_languages() -> None:
    texts = {each["clause"]: each["text"] for each in policy()["clauses"]}
    assert all(texts[str(number)]["zh"] and texts[str(number)]["en"] for number in range(1, 21))
