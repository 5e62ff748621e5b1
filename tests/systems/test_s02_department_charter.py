"""S02 `department-charter`: parcel service, January to July 2025, worked out by hand. Nobody is scored."""

from __future__ import annotations

from typing import Any

import pytest

from kpigen.finding import Severity
from kpigen.text import Lang
from tests.systems.sample import ids, kept, month, pay

SLUG = "department-charter"
MONTHS = tuple(f"2025-{number:02}" for number in range(1, 8))


def agent(name: str, number: str) -> dict[str, Any]:
    """An agent's month."""
    return month(SLUG, name)[number]


def actions(number: str) -> list[list[str]]:
    """An agent's actions, month by month."""
    return [ids(agent(name, number)["actions"]) for name in MONTHS]


def waiting(found: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    """What waits for an outcome: action, month, due date, overdue."""
    return [(each["id"], each["month"], each["due"], each["overdue"]) for each in found.get("open_actions", [])]


def policy() -> dict[str, Any]:
    """The published policy."""
    document: dict[str, Any] = kept(SLUG)[1][f"policy/{SLUG}/2025-01.json"]
    return document


def text(number: str) -> dict[str, str]:
    """What a clause says."""
    found: dict[str, str] = next(each["text"] for each in policy()["clauses"] if each["clause"] == number)
    return found


def findings(rule: str) -> list[tuple[str, str]]:
    """The findings of a rule: file and message."""
    found = (each for each in kept(SLUG)[0].findings if each.rule.id == rule)
    return [(each.place.path.rsplit("/", 1)[1], each.message.said(Lang.EN)) for each in found]


def test_s02_nobody_is_scored() -> None:
    found = [found for name in MONTHS for found in month(SLUG, name).values()]
    assert len(found) == 4 * len(MONTHS)
    assert {(each["assessed"], each["score"], each["grade"], each["tier"]) for each in found} == {
        (False, None, None, None)
    }


@pytest.mark.parametrize(
    ("duty", "every", "days", "clause"),
    [
        ("organisation", "year", "30", "2.1"),
        ("standard-answers", "half-year", "15", "3.1"),
        ("training", "quarter", "15", "4"),
        ("assessment-standard", "year", "30", "5"),
        ("rota", "month", "5", "6"),
        ("emergency-drill", "half-year", "30", "7"),
        ("rewards-scheme", "year", "30", "8.1"),
        ("report", "quarter", "10", "9"),
    ],
)
def test_s02_each_of_the_supervisors_duties_has_its_date(duty: str, every: str, days: str, clause: str) -> None:
    (found,) = (each for each in policy()["duties"] if each["id"] == duty)
    assert (found["every"], str(found["due_days"]), found["clause"], found["by"]) == (every, days, clause, "supervisor")


def test_s02_duties_not_done_become_overdue() -> None:
    # Records end in July 2025. Done: report and training of March, every rota but May's, standard answers of June.
    # Not due yet: the rota of July (5 August) and the yearly ones (30 January 2026).
    overdue = findings("duty-overdue")
    assert {path for path, _ in overdue} == {"department.yaml"}
    expected = {
        ("Report to the leadership", "2025-06", "2025-07-10"),
        ("Quarterly training", "2025-06", "2025-07-15"),
        ("Emergency drill", "2025-06", "2025-07-30"),
        ("Rota recorded", "2025-05", "2025-06-05"),
    }
    assert len(overdue) == len(expected)
    assert all(any(all(part in message for part in parts) for _, message in overdue) for parts in expected)


def test_s02_reports_regularly_to_the_leadership() -> None:
    # Of the two quarters' reports the first was handed in on 10 April, its last day; the second is overdue.
    (message,) = (message for _, message in findings("duty-overdue") if "Report" in message)
    assert "2025-06" in message
    assert "2025-07-10" in message


def test_s02_discipline_goes_up_to_a_dismissal_review() -> None:
    # A001, minor breaches in January, February, April and May: totals 1, 2, 3 and 4.
    assert actions("A001") == [
        ["spoken-warning"],
        ["written-warning"],
        [],
        ["post-review"],
        ["dismissal-review"],
        [],
        [],
    ]
    ladder = [(each["id"], each["ladder"], each["clause"]) for each in agent("2025-05", "A001")["actions"]]
    assert ladder == [("dismissal-review", "discipline", "10.3")]


def test_s02_a_grave_breach_calls_for_the_review_at_once() -> None:
    # A002, one grave breach in March: total 4.
    assert actions("A002") == [[], [], ["dismissal-review"], [], [], [], []]


def test_s02_dismissal_is_decided_by_people_and_watched_by_date() -> None:
    # A001: due 30 days after 31 May, 30 June; the decision not to end the contract is of 18 June.
    assert waiting(agent("2025-05", "A001")) == [("dismissal-review", "2025-05", "2025-06-30", False)]
    assert waiting(agent("2025-06", "A001")) == []
    # A002: due 30 days after 31 March, 30 April; nobody decides, so it is overdue from May on and nothing else happens.
    assert [waiting(agent(name, "A002")) for name in MONTHS[2:]] == [
        [("dismissal-review", "2025-03", "2025-04-30", late)] for late in (False, False, True, True, True)
    ]
    assert "A002" in month(SLUG, "2025-07")


def test_s02_warnings_stand_for_twelve_months() -> None:
    lapses = [agent(name, "A001")["actions"][0]["lapses"] for name in MONTHS[:2]]
    assert lapses == ["2026-01-31", "2026-02-28"]


def test_s02_a_wrong_answer_has_the_standard_answer_checked() -> None:
    # A003: upheld in February, due 15 days after its end, revised on 6 March. A004's complaint of May was dismissed.
    assert actions("A003")[1] == ["answer-check"]
    assert waiting(agent("2025-02", "A003")) == [("answer-check", "2025-02", "2025-03-15", False)]
    assert waiting(agent("2025-03", "A003")) == []
    assert actions("A004") == [[]] * len(MONTHS)


def test_s02_commendations_are_rewarded() -> None:
    # 100 each: A003 in March, A004 in July.
    paid = {(name, number): pay(found) for name in MONTHS for number, found in month(SLUG, name).items() if pay(found)}
    assert paid == {("2025-03", "A003"): {"commendation": "100.00"}, ("2025-07", "A004"): {"commendation": "100.00"}}
    assert ids(agent("2025-03", "A003")["awards"]) == ["commendation"]


def test_s02_nothing_is_ever_deducted() -> None:
    assert {found["pay"]["deductions"] for name in MONTHS for found in month(SLUG, name).values()} == {"0.00"}


def test_s02_late_complaints_and_late_reviews_are_found() -> None:
    # Received on 3 March: decided on the 11th (7 days: the 10th), told on the 14th (10 days: the 13th).
    # The commendation of 19 March was reviewed on the 27th (5 days: the 24th). The complaint of 10 February, decided on
    # the 17th and told on the 20th, was in time to the day.
    late = findings("late")
    assert [path for path, _ in late] == ["C-2025-03-001.yaml", "C-2025-03-001.yaml", "E-2025-03-002.yaml"]
    days = ("2025-03-10", "2025-03-13", "2025-03-24")
    assert all(day in message for day, (_, message) in zip(days, late, strict=True))


def test_s02_the_supervisor_proposes_and_a_reviewer_reviews() -> None:
    assert (policy()["procedure"]["propose"], policy()["procedure"]["review"]) == ("supervisor", "reviewer")
    assert not [found for found in kept(SLUG)[0].findings if found.severity is Severity.ERROR]


def test_s02_a_change_needs_the_leaderships_approval() -> None:
    assert "须经公司领导批准" in text("11")["zh"]
    assert "leadership's approval" in text("11")["en"]
    adopted = policy()["adopted"]
    assert adopted["by"] == "general-manager"
    assert adopted["consulted"] < adopted["on"] <= adopted["published"] < f"{policy()['version']}-01"


def test_s02_all_eleven_articles_stand_numbered_in_both_languages() -> None:
    assert all(text(str(number))["zh"] and text(str(number))["en"] for number in range(1, 12))
