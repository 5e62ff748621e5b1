"""S12, several raters: a quarter is rated by the agent, the manager and colleagues, and has consequences with dates."""

from __future__ import annotations

from typing import Any

import pytest

from tests.systems.sample import ids, kept, month, pay

SLUG = "multi-rater"
QUARTERS = ("2025-03", "2025-06", "2025-09", "2025-12")

Row = dict[str, Any]


def items(agent: Row) -> dict[str, str | None]:
    return {item["id"]: item["points"] for item in agent["items"]}


def due(agent: Row) -> dict[str, str | None]:
    """The agent's actions with the day by which they are due."""
    return {action["id"]: action.get("due") for action in agent["actions"]}


def waiting(agent: Row) -> dict[tuple[str, str], bool]:
    """What is still open after the month, with whether it is overdue."""
    return {(each["id"], each["month"]): each["overdue"] for each in agent.get("open_actions", ())}


def settled(agent: Row) -> list[tuple[str, str]]:
    return [(each["id"], each["month"]) for each in agent.get("settled_actions", ())]


def test_s12_is_assessed_in_the_last_month_of_a_quarter_only() -> None:
    _, documents = kept(SLUG)
    assessed = {
        name: any(agent["assessed"] for agent in month(SLUG, name).values())
        for path in documents
        if path.startswith("booking/")
        for name in [path.removeprefix("booking/").removesuffix(".json")]
    }
    assert [name for name, found in assessed.items() if found] == list(QUARTERS)
    assert {"2025-04", "2025-07", "2025-08"} <= {name for name, found in assessed.items() if not found}


def test_s12_self_manager_and_peers_are_weighed_20_50_30() -> None:
    # 20 * 20% + 22 * 50% + 21 * 30% = 21.3; 16, 17, 18: 3.2 + 8.5 + 5.4 = 17.1; 12, 13, 12: 2.4 + 6.5 + 3.6 = 12.5;
    # 8, 8, 7: 1.6 + 4 + 2.1 = 7.7; 9 + 12 + 4 from projects, survey and the extra indicator
    agent = month(SLUG, "2025-03")["A001"]
    assert items(agent) == {
        "extra": "4",
        "quality": "21.30",
        "projects": "9.00",
        "service": "17.10",
        "survey": "12.00",
        "teamwork": "12.50",
        "growth": "7.70",
    }
    assert agent["score"] == "83.6"


def test_s12_a_missing_rater_is_stood_for_by_the_others_and_never_zero() -> None:
    # A004 did not rate itself: (20 * 50 + 18 * 30) / 80 = 19.25; 12.5 / 0.8 = 15.63 (15.625);
    # 9.9 / 0.8 = 12.38 (12.375); 5.9 / 0.8 = 7.38 (7.375); + 10 + 3 = 67.64 of 90: 75.155...
    agent = month(SLUG, "2025-03")["A004"]
    assert (items(agent)["quality"], items(agent)["growth"], agent["score"]) == ("19.25", "7.38", "75.2")
    # Nobody but the manager rated A005: 20 + 16 + 12 + 8 = 56 of 70
    assert month(SLUG, "2025-09")["A005"]["score"] == "80.0"
    # A003 has no rating by colleagues in June: 16 + 13 + 10 + 6 + 8 + 7.5 = 60.5 of 95: 63.684...
    assert month(SLUG, "2025-06")["A003"]["score"] == "63.7"


def test_s12_projects_and_the_survey_count_and_are_left_out_where_there_are_none() -> None:
    # 50% of the goals: 5 of 10; 70% satisfied: 10 * 15 / 30 = 5. 39 + 5 + 5 = 49 of 95: 51.578...
    low = month(SLUG, "2025-03")["A003"]
    assert (items(low)["projects"], items(low)["survey"], items(low)["extra"], low["score"]) == (
        "5.00",
        "5.00",
        None,
        "51.6",
    )
    # no project, no extra indicator, 66% satisfied: 36 + 3 = 39 of 85: 45.882...
    assert month(SLUG, "2025-06")["A004"]["score"] == "45.9"


def test_s12_the_four_ratings() -> None:
    graded = {
        name: {agent: row["grade"] for agent, row in month(SLUG, name).items() if row["assessed"]} for name in QUARTERS
    }
    assert graded == {
        "2025-03": {"A001": "good", "A002": "excellent", "A003": "unsatisfactory", "A004": "good"},
        # 89.95 is published as 90.0
        "2025-06": {"A001": "excellent", "A002": "excellent", "A003": "fair", "A004": "unsatisfactory"},
        "2025-09": {"A002": "good", "A003": "good", "A004": "fair", "A005": "good"},
        "2025-12": {"A001": "excellent", "A002": "excellent", "A003": "good", "A004": "fair", "A005": "good"},
    }


def test_s12_everybody_assessed_is_interviewed_within_30_days() -> None:
    agents = month(SLUG, "2025-03")
    assert {due(agent)["interview"] for agent in agents.values()} == {"2025-04-30"}
    april = month(SLUG, "2025-04")
    assert [("interview", "2025-03") in settled(april[agent]) for agent in ("A001", "A002", "A003", "A004")] == [
        True,
        True,
        True,
        False,
    ]
    # nobody recorded an interview with A004, which is overdue by the end of June
    assert waiting(april["A004"]) == {("interview", "2025-03"): False}
    assert waiting(month(SLUG, "2025-06")["A004"])["interview", "2025-03"] is True


def test_s12_an_interview_held_settles_one_quarter_the_oldest_first() -> None:
    # A004, July: the one of 8 July makes up for March (due 30 April), that of 17 July is June's (due 30 July)
    july = month(SLUG, "2025-07")["A004"]
    interviews = [each for each in july["settled_actions"] if each["id"] == "interview"]
    assert [(each["month"], each["settled"], each["overdue"]) for each in interviews] == [
        ("2025-03", "2025-07-08", True),
        ("2025-06", "2025-07-17", False),
    ]
    assert waiting(july) == {("improvement-plan", "2025-06"): False}


def test_s12_views_that_differ_by_14_points_are_put_side_by_side() -> None:
    # totals 18 + 15 + 10 + 6 = 49 and 12 + 10 + 8 + 5 = 35
    assert "views-compared" in ids(month(SLUG, "2025-03")["A003"]["actions"])
    # 56 and 60; and no comparison where the agent gave no rating
    assert [
        "views-compared" in ids(month(SLUG, "2025-03")[agent]["actions"]) for agent in ("A001", "A002", "A004")
    ] == [False] * 3


def test_s12_the_lowest_gets_an_improvement_plan_with_a_due_date_and_guidance() -> None:
    agent = month(SLUG, "2025-03")["A003"]
    # 90 days after 31 March, 30 days after it
    assert (due(agent)["improvement-plan"], due(agent)["training"]) == ("2025-06-29", "2025-04-30")
    april = month(SLUG, "2025-04")["A003"]
    assert ("training", "2025-03") in settled(april)
    assert waiting(april) == {("improvement-plan", "2025-03"): False}


def test_s12_an_achieved_plan_is_settled_without_a_review() -> None:
    agent = month(SLUG, "2025-06")["A003"]
    assert settled(agent) == [("improvement-plan", "2025-03")]
    assert ids(agent["actions"]) == ["interview"]


def test_s12_a_missed_plan_calls_for_a_review_of_the_post_between_quarters() -> None:
    agent = month(SLUG, "2025-08")["A004"]
    assert not agent["assessed"]
    assert ids(agent["actions"]) == ["post-review"]
    assert settled(agent) == [("improvement-plan", "2025-06")]


def test_s12_excellence_is_rewarded_and_put_forward() -> None:
    # A002: 94.7, 95.0, 85.0, 94.0; A001: 83.6, 90.0, maternity leave, 92.0
    assert [pay(month(SLUG, name)["A002"]) for name in QUARTERS] == [
        {"bonus": "800.00"},
        {"bonus": "800.00"},
        {},
        {"bonus": "800.00"},
    ]
    assert ids(month(SLUG, "2025-06")["A002"]["actions"]) == ["interview", "pay-review"]
    assert ids(month(SLUG, "2025-06")["A001"]["actions"]) == ["interview"]
    assert ids(month(SLUG, "2025-12")["A002"]["actions"]) == ["interview", "nomination"]
    # leave in between does not break the run
    assert ids(month(SLUG, "2025-12")["A001"]["actions"]) == ["interview", "pay-review"]


@pytest.mark.parametrize("name", QUARTERS)
def test_s12_nothing_is_deducted(name: str) -> None:
    assert {agent["pay"]["deductions"] for agent in month(SLUG, name).values()} == {"0.00"}


def test_s12_whoever_joined_less_than_a_month_before_is_not_assessed() -> None:
    agent = month(SLUG, "2025-06")["A005"]  # joined on 10 June
    assert not agent["assessed"]
    assert (agent["not_assessed"]["rule"], agent["not_assessed"]["clause"]) == ("one-month", "8")
    assert month(SLUG, "2025-09")["A005"]["assessed"]


def test_s12_the_scheme_itself_is_evaluated_every_half_year() -> None:
    ledger, documents = kept(SLUG)
    (duty,) = documents["policy/multi-rater/2025-01.json"]["duties"]
    assert (duty["id"], duty["clause"], duty["every"], duty["by"], duty["due_days"]) == (
        "evaluation",
        "5",
        "half-year",
        "reviewer",
        30,
    )
    # done for the first half of the year, in department.yaml: nothing to say about it
    assert not ledger.findings
