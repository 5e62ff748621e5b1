"""S05 `department-organisation`: water supply service, January to June 2025 and January 2026, worked out by hand.

Nobody is scored. Lateness and private business count 1, leaving the post and refusing an instruction 2, a leak 4, over
the calendar year; the ladder's steps begin at 2, 4, 6 and 8.
"""

from __future__ import annotations

from typing import Any

from kpigen.finding import Severity
from kpigen.text import Lang
from tests.systems.sample import ids, kept, month

SLUG = "department-organisation"
MONTHS = tuple(f"2025-{number:02}" for number in range(1, 7))


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


def test_s05_has_a_head_a_deputy_and_agents() -> None:
    roles = {number: found["role"] for number, found in month(SLUG, "2025-01").items()}
    assert roles == {"A001": "head", "A002": "deputy", "A003": "agent", "A004": "agent", "A005": "agent"}


def test_s05_nobody_is_scored_and_nothing_is_paid() -> None:
    found = [found for name in (*MONTHS, "2026-01") for found in month(SLUG, name).values()]
    assert {(each["assessed"], each["score"], each["tier"], each["pay"]["total"]) for each in found} == {
        (False, None, None, "0.00")
    }


def test_s05_a_breach_by_the_deputy_goes_to_the_leadership() -> None:
    # A002 was late in February, 1 point: below the first step, but due 30 days after 28 February; decided on 5 March.
    assert actions("A002") == [[], ["leadership-case"], [], [], [], []]
    assert waiting(agent("2025-02", "A002")) == [("leadership-case", "2025-02", "2025-03-30", False)]
    assert waiting(agent("2025-03", "A002")) == []


def test_s05_discipline_goes_up_to_a_dismissal_review() -> None:
    # A003: lateness 1; private business 2; left the post 4; refusal 6; left the post 8.
    assert actions("A003") == [
        [],
        ["spoken-warning"],
        ["written-warning"],
        ["post-review"],
        ["dismissal-review"],
        ["correction"],  # of a problem found with the team: no sanction
    ]
    assert {each["ladder"] for each in agent("2025-05", "A003")["actions"]} == {"discipline"}


def test_s05_reviews_are_decided_by_people_and_watched_by_date() -> None:
    assert waiting(agent("2025-04", "A003")) == [("post-review", "2025-04", "2025-05-30", False)]
    # Decided on 19 May; the next review is due 30 days after 31 May, and ends on 16 June without a dismissal.
    # What waits after June is the correction of the team's problem.
    assert waiting(agent("2025-05", "A003")) == [("dismissal-review", "2025-05", "2025-06-30", False)]
    assert waiting(agent("2025-06", "A003")) == [("correction", "2025-06", "2025-07-30", False)]


def test_s05_a_new_year_starts_from_nothing() -> None:
    # A003 is late in January 2026: 1 point, although 2025 ended with 8.
    assert ids(agent("2026-01", "A003")["actions"]) == []


def test_s05_warnings_lapse_after_six_months() -> None:
    assert [agent(name, "A003")["actions"][0]["lapses"] for name in MONTHS[1:3]] == ["2025-08-31", "2025-09-30"]


def test_s05_a_leak_is_warned_about_and_its_facts_are_established() -> None:
    # A004 in April: 4 points, and a complaint upheld. The facts were established on 6 May, before 30 May.
    assert actions("A004")[3] == ["case-talk", "written-warning", "leak-review"]
    assert waiting(agent("2025-04", "A004")) == [
        ("case-talk", "2025-04", "2025-05-15", False),
        ("leak-review", "2025-04", "2025-05-30", False),
    ]
    assert waiting(agent("2025-05", "A004")) == [("case-talk", "2025-04", "2025-05-15", True)]


def test_s05_regular_evaluation_finds_problems_and_has_them_corrected() -> None:
    # A005: found on 24 March, due 30 days after 31 March, corrected on 22 April.
    assert actions("A005")[2] == ["correction"]
    assert waiting(agent("2025-03", "A005")) == [("correction", "2025-03", "2025-04-30", False)]
    assert waiting(agent("2025-04", "A005")) == []


def test_s05_a_problem_of_a_team_is_its_members_to_correct_and_becomes_overdue() -> None:
    # Found on 20 June with the hotline team, A003 to A005; due 30 days after 30 June; never corrected.
    assert {number: ids(found["actions"]) for number, found in month(SLUG, "2025-06").items()} == {
        "A001": [],
        "A002": [],
        "A003": ["correction"],
        "A004": ["correction"],
        "A005": ["correction"],
    }
    assert ("correction", "2025-06", "2025-07-30", False) in waiting(agent("2025-06", "A003"))
    assert ("correction", "2025-06", "2025-07-30", True) in waiting(agent("2026-01", "A003"))


def test_s05_an_upheld_complaint_is_gone_through_with_the_agent() -> None:
    # A005: upheld in February, gone through on 10 March; the complaint of June was dismissed.
    assert actions("A005") == [[], ["case-talk"], ["correction"], [], [], ["correction"]]
    assert waiting(agent("2025-02", "A005")) == [("case-talk", "2025-02", "2025-03-15", False)]


def test_s05_complaints_concern_calls_complaints_and_questions() -> None:
    categories = [each["id"] for each in policy()["complaints"]["categories"]]
    assert categories == ["calls", "complaint-handling", "questions", "other"]


def test_s05_late_complaints_and_late_reviews_are_found() -> None:
    # Received on 20 February, told on 4 March (10 days: 2 March). The team's problem of 20 June was reviewed on 27 June
    # (5 days: the 25th). Decided on 8 April after 1 April is in time to the day.
    late = findings("late")
    assert [path for path, _ in late] == ["C-2025-02-001.yaml", "E-2025-06-002.yaml"]
    assert ["2025-03-02" in late[0][1], "2025-06-25" in late[1][1]] == [True, True]


def test_s05_training_evaluation_report_and_workplace_have_dates() -> None:
    duties = {
        duty["id"]: (duty["every"], str(duty["due_days"]), duty["by"], duty["clause"]) for duty in policy()["duties"]
    }
    assert duties == {
        "training": ("quarter", "15", "supervisor", "9.1"),
        "evaluation": ("quarter", "20", "reviewer", "10.1"),
        "report": ("quarter", "10", "supervisor", "12"),
        "workplace": ("half-year", "15", "supervisor", "14"),
    }


def test_s05_duties_not_done_become_overdue() -> None:
    # Records end in January 2026. Done: everything of March, workplace and report of June.
    overdue = [message for _, message in findings("duty-overdue")]
    expected = {
        ("Quarterly training", "2025-06", "2025-07-15"),
        ("Quarterly training", "2025-09", "2025-10-15"),
        ("Quarterly training", "2025-12", "2026-01-15"),
        ("Quarterly evaluation", "2025-06", "2025-07-20"),
        ("Quarterly evaluation", "2025-09", "2025-10-20"),
        ("Quarterly evaluation", "2025-12", "2026-01-20"),
        ("Report to the leadership", "2025-09", "2025-10-10"),
        ("Report to the leadership", "2025-12", "2026-01-10"),
        ("Workplace inspection", "2025-12", "2026-01-15"),
    }
    assert len(overdue) == len(expected)
    assert all(any(all(part in message for part in parts) for message in overdue) for parts in expected)


def test_s05_a_duty_done_late_is_found() -> None:
    # The report of March was due 10 days after 31 March and handed in on 15 April; all others of March were in time.
    late = [message for _, message in findings("duty-late")]
    assert len(late) == 1
    assert all(part in late[0] for part in ("Report to the leadership", "2025-04-10", "2025-04-15"))


def test_s05_the_supervisor_proposes_and_a_reviewer_reviews() -> None:
    assert (policy()["procedure"]["propose"], policy()["procedure"]["review"]) == ("supervisor", "reviewer")
    assert not [found for found in kept(SLUG)[0].findings if found.severity is Severity.ERROR]


def test_s05_a_change_needs_the_leaderships_approval() -> None:
    assert "须经公司领导批准" in text("16")["zh"]
    assert "leadership's approval" in text("16")["en"]


def test_s05_all_sixteen_articles_stand_numbered_in_both_languages() -> None:
    assert all(text(str(number))["zh"] and text(str(number))["en"] for number in range(1, 17))
