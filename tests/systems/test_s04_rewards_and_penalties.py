"""S04, rewards and penalties: results worked out by hand for the department below ``rewards-and-penalties/records``."""

from __future__ import annotations

from typing import Any

from tests.systems.sample import ids, kept, month, pay

SLUG = "rewards-and-penalties"


def _awarded(name: str) -> dict[str, list[str]]:
    return {agent: ids(each["awards"]) for agent, each in month(SLUG, name).items()}


def _due(name: str) -> dict[str, list[str]]:
    return {agent: ids(each["actions"]) for agent, each in month(SLUG, name).items()}


def _document(name: str) -> dict[str, Any]:
    document: dict[str, Any] = next(each for path, each in kept(SLUG)[1].items() if path.endswith(name))
    return document


# The four measures


def test_s04_satisfaction_time_target_and_teamwork_make_the_score() -> None:
    # A001: 32/35*100 = 91.43 * 40% + 20 + 20 + 90 * 20% = 94.572
    # A002: 100 * 40% + 50 * 20% + 20 + 16 = 86; A003: 80, 75, 80, (70+90)/2 = 80: 32 + 15 + 16 + 16 = 79
    # A005: 40 * 40% + 0 + 20 + 60 * 20% = 48
    scores = {agent: each["score"] for agent, each in month(SLUG, "2025-01").items()}
    assert scores == {"A001": "94.6", "A002": "86.0", "A003": "79.0", "A004": "93.6", "A005": "48.0"}


def test_s04_handling_time_is_measured_against_the_standard() -> None:
    # 9 minutes of 8 are 112.5%: (150 - 112.5) / 50 * 100 = 75
    items = {item["id"]: item["points"] for item in month(SLUG, "2025-01")["A003"]["items"]}
    assert items["efficiency"] == "75.00"


def test_s04_satisfaction_without_replies_is_left_out_visibly() -> None:
    # (20*50 + 20*80 + 20*80) / 60 = 70
    agent = month(SLUG, "2025-02")["A003"]
    assert agent["score"] == "70.0"
    assert next(item["points"] for item in agent["items"] if item["id"] == "satisfied") is None


def test_s04_a_missing_peer_rating_is_stood_for_by_the_superiors() -> None:
    # 91.43 * 40% + 20 + 20 + 85 * 20% = 93.572
    agent = month(SLUG, "2025-01")["A004"]
    assert next(item["points"] for item in agent["items"] if item["id"] == "teamwork") == "85.00"


def test_s04_results_prompt_a_proposal_and_nothing_more() -> None:
    due = _due("2025-01")
    assert due == {
        "A001": ["reward-reminder"],
        "A002": [],
        "A003": [],
        "A004": ["reward-reminder"],
        "A005": ["help-reminder"],
    }


# Rewards


def test_s04_service_award_goes_to_the_highest_satisfaction_and_ties_all_win() -> None:
    # 92% on 24 and on 12 replies; A002 has 95% on 9 replies only
    won = _awarded("2025-01")
    assert [agent for agent, awards in won.items() if "service" in awards] == ["A001", "A004"]
    assert pay(month(SLUG, "2025-01")["A001"])["service"] == "200.00"


def test_s04_service_award_needs_a_month_without_a_valid_complaint() -> None:
    # A001 has 96% and a complaint that was upheld; A002 has 91%, exactly 10 replies, and one that was dismissed
    won = _awarded("2025-02")
    assert [agent for agent, awards in won.items() if "service" in awards] == ["A002"]


def test_s04_results_award_is_a_share_of_the_amount_above_target() -> None:
    # January: 5% * 3000; A002 is exactly on target. February: A004 5% * 6000
    january, february = month(SLUG, "2025-01"), month(SLUG, "2025-02")
    assert pay(january["A001"])["results"] == "150.00"
    assert "results" not in pay(january["A002"])
    assert pay(february["A004"])["results"] == "300.00"


def test_s04_team_results_award_is_shared_to_the_cent() -> None:
    # 2% * 5000 = 100 by 18 : 15 : 12 of 45: 40.00, 33.33, 26.66 and a cent over for the largest remainder
    january, february = month(SLUG, "2025-01"), month(SLUG, "2025-02")
    assert [pay(january[agent])["team-results"] for agent in ("A001", "A002", "A003")] == ["40.00", "33.33", "26.67"]
    assert "team-results" not in pay(january["A004"])
    # 2% * 6000 = 120 by 16 : 10 of 26: 73.846…, 46.153…
    assert [pay(february[agent])["team-results"] for agent in ("A004", "A005")] == ["73.85", "46.15"]


def test_s04_suggestion_adopted_is_paid_once() -> None:
    assert pay(month(SLUG, "2025-01")["A003"])["suggestion"] == "300.00"
    assert all("suggestion" not in pay(month(SLUG, later)["A003"]) for later in ("2025-02", "2025-03", "2025-04"))


def test_s04_suggestion_adopted_is_paid_on_leave_too() -> None:
    # base 3000 + 300, less the 0.77 carried over from February
    agent = month(SLUG, "2025-03")["A005"]
    assert not agent["assessed"]
    assert pay(agent) == {"base": "3000.00", "suggestion": "300.00", "loss": "-0.77"}
    assert agent["pay"]["total"] == "3299.23"


def test_s04_teamwork_rewards_a_team_and_commends_a_person() -> None:
    february, march = month(SLUG, "2025-02"), month(SLUG, "2025-03")
    assert {agent for agent, each in february.items() if "teamwork-team" in pay(each)} == {"A004", "A005"}
    assert pay(february["A005"])["teamwork-team"] == "100.00"
    assert ids(march["A004"]["awards"]) == ["commendation"]
    assert "commendation" not in pay(march["A004"])


# Penalties


def test_s04_attitude_that_caused_a_complaint_is_dealt_with_by_severity() -> None:
    # serious: half the conduct bonus; grave: none of it
    serious, grave = month(SLUG, "2025-02")["A001"], month(SLUG, "2025-03")["A003"]
    assert "attitude-warning" in ids(serious["actions"])
    assert pay(serious) == {"base": "3000.00", "conduct-bonus": "150.00"}
    assert "attitude-warning" in ids(grave["actions"])
    assert pay(grave) == {"base": "3000.00"}
    assert pay(month(SLUG, "2025-03")["A001"])["conduct-bonus"] == "300.00"  # the month after is as before


def test_s04_attitude_without_a_valid_complaint_has_no_consequence() -> None:
    agent = month(SLUG, "2025-03")["A002"]
    assert "attitude-warning" not in ids(agent["actions"])
    assert pay(agent)["conduct-bonus"] == "300.00"


def test_s04_own_error_loss_is_charged_by_its_size() -> None:
    # 1500: 900 * 20% + 500 * 30% = 330; gross 3000 + 300 + 200
    agent = month(SLUG, "2025-02")["A002"]
    assert pay(agent) == {"base": "3000.00", "conduct-bonus": "300.00", "service": "200.00", "loss": "-330.00"}
    assert agent["pay"]["total"] == "3170.00"


def test_s04_loss_is_capped_and_the_rest_carried_over() -> None:
    # 2700: 180 + 510 = 690; gross 3000 + 300 + 46.15 + 100 = 3446.15, 20% of it 689.23; 0.77 in March
    february, march = month(SLUG, "2025-02")["A005"], month(SLUG, "2025-03")["A005"]
    assert (february["pay"]["gross"], february["pay"]["deductions"]) == ("3446.15", "689.23")
    assert february["carried"] == {"loss": "0.77"}
    assert pay(march)["loss"] == "-0.77"
    assert march["carried"] == {}
    assert pay(month(SLUG, "2025-04")["A005"]) == {"base": "3000.00"}


def test_s04_breach_brings_a_warning_and_must_be_put_right() -> None:
    february, march = month(SLUG, "2025-02")["A003"], month(SLUG, "2025-03")["A003"]
    assert ids(february["actions"]) == ["breach-warning", "rectification"]
    assert [(each["id"], each["due"]) for each in february["open_actions"]] == [("rectification", "2025-03-05")]
    assert [(each["id"], each["settled"]) for each in march["settled_actions"]] == [("rectification", "2025-03-03")]
    assert march["open_actions"] == []
    april = month(SLUG, "2025-04")["A003"]
    assert [(each["id"], each["due"]) for each in april["open_actions"]] == [("rectification", "2025-05-05")]


def test_s04_a_breach_put_right_in_its_own_month_is_settled_in_it() -> None:
    # A001 in March: breach on the 11th, put right on the 14th; 85.71 * 40% + 20 + 20 + 16 = 90.284 as well
    march = month(SLUG, "2025-03")["A001"]
    assert march["score"] == "90.3"
    assert ids(march["actions"]) == ["breach-warning", "rectification", "reward-reminder"]
    assert march["open_actions"] == []
    assert march["settled_actions"] == [
        {"id": "rectification", "month": "2025-03", "due": "2025-04-05", "overdue": False, "settled": "2025-03-14"}
    ]


def test_s04_leak_goes_from_a_warning_to_reviews_that_people_decide() -> None:
    slight, serious = month(SLUG, "2025-03")["A004"], month(SLUG, "2025-04")["A002"]
    assert ids(slight["actions"]) == ["leak-warning"]
    assert pay(slight) == {"base": "3000.00"}
    assert ids(serious["actions"]) == ["dismissal-review"]
    assert pay(serious) == {"base": "3000.00"}


def test_s04_nothing_but_a_loss_is_ever_deducted() -> None:
    for name in ("2025-01", "2025-02", "2025-03", "2025-04"):
        for agent in month(SLUG, name).values():
            assert {line for line, amount in pay(agent).items() if amount.startswith("-")} <= {"loss"}


# Procedure


def test_s04_supervisor_proposes_and_human_resources_review_in_time() -> None:
    # every event was proposed by its team's supervisor and reviewed within 7 days: nothing to find
    ledger, _ = kept(SLUG)
    assert ledger.clean
    assert [found for found in ledger.findings if found.place.path.startswith("records/")] == []


def test_s04_policy_states_procedure_appeal_and_publication() -> None:
    policy = _document(f"{SLUG}/2025-01.json")
    assert policy["appeals"]["within_days"] in {7, "7"}
    clauses = {clause["clause"] for clause in policy["clauses"]}
    assert {"4.1", "4.2", "4.3", "5.1", "5.2"} <= clauses


def test_s04_scheme_is_evaluated_every_quarter() -> None:
    policy = _document(f"{SLUG}/2025-01.json")
    (duty,) = policy["duties"]
    assert (duty["id"], duty["every"]) == ("evaluation", "quarter")


def test_s04_totals_of_every_agent() -> None:
    totals = {
        name: [each["pay"]["total"] for each in month(SLUG, name).values()]
        for name in ("2025-01", "2025-02", "2025-03", "2025-04")
    }
    assert totals == {
        # 3000 + 300 + 150 + 40 + 200; 3333.33; 3000 + 300 + 26.67 + 300; 3000 + 300 + 200; 3300
        "2025-01": ["3690.00", "3333.33", "3626.67", "3500.00", "3300.00"],
        # 3000 + 150; 3500 - 330; 3300; 3000 + 300 + 300 + 73.85 + 100; 3446.15 - 689.23
        "2025-02": ["3150.00", "3170.00", "3300.00", "3773.85", "2756.92"],
        # 90% on 10 replies wins; 3300; no bonus; no bonus; on leave
        "2025-03": ["3500.00", "3300.00", "3000.00", "3000.00", "3299.23"],
        # 3300; no bonus; 3300; 95% wins; on leave
        "2025-04": ["3300.00", "3000.00", "3300.00", "3500.00", "3000.00"],
    }
