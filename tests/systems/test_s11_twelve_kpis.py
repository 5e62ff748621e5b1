"""S11, twelve indicators: each of them measured, and what follows for whoever falls short."""

from __future__ import annotations

from typing import Any

from tests.systems.sample import Agents, ids, kept, month

SLUG = "twelve-kpis"
TWELVE = [
    "response",
    "resolution",
    "satisfaction",
    "quality",
    "settling",
    "retention",
    "escalation",
    "follow_up",
    "knowledge",
    "efficiency",
    "teamwork",
    "audit",
]

Row = dict[str, Any]


def of(agent: str, name: str = "2025-01") -> Row:
    """One agent's month."""
    return month(SLUG, name)[agent]


def points(item: str, *agents: str, name: str = "2025-01") -> list[str | None]:
    """The points of an item, of each agent."""
    found = month(SLUG, name)
    return [each["points"] for agent in agents for each in found[agent]["items"] if each["id"] == item]


def value(figure: str, agent: str, name: str = "2025-01") -> str | None:
    """A figure of an agent's month by the name that it is published under."""
    (found,) = {each["value"] for each in of(agent, name)["figures"] if each["name"] == figure}
    return str(found)


def scores(agents: Agents) -> dict[str, str | None]:
    return {agent: row["score"] for agent, row in agents.items()}


def policy() -> Row:
    """The policy's document."""
    found: Row = kept(SLUG)[1][f"policy/{SLUG}/2025-01.json"]
    return found


def test_s11_all_twelve_indicators_carry_points_and_make_100() -> None:
    assert [item["id"] for item in policy()["items"]] == TWELVE
    assert [item["clause"] for item in policy()["items"]] == [str(number) for number in range(1, 13)]
    assert sum(int(item["points"]) for item in policy()["items"]) == 100
    assert [item["id"] for item in of("A001")["items"]] == TWELVE


def test_s11_response_time_on_the_telephone_in_chat_and_by_mail() -> None:
    assert points("response", "A001") == ["10.00"]  # 15 s, 20 s, 3 h: 4 + 3 + 3
    assert points("response", "A002") == ["7.00"]  # 25 s, 45 s, 5 h: 3 + 2 + 2
    # without a telephone: 70 s and 10 h earn 1 + 1 of 6, 25 s and 2 h all of it
    assert points("response", "A003", "A004") == ["3.33", "10.00"]


def test_s11_resolution_rate() -> None:
    # 570 of 600 = 95%; 425 of 500 = 85%; 300 of 400 = 75%: 5 * 8 / 15; 360 of 400 = 90%: 8 + 5 * 4 / 10
    assert points("resolution", "A001", "A002", "A003", "A004") == ["12.00", "8.00", "2.67", "10.00"]
    assert value("resolution_rate", "A003") == "75.00"


def test_s11_satisfaction_by_survey_and_reviews() -> None:
    # 4.5 and 100%: 8 + 4; 4.2 and 90%: 6 + 3.6; 3.5 and 60%: 3 + 2.4
    assert points("satisfaction", "A001", "A002", "A003") == ["12.00", "9.60", "5.40"]
    assert points("satisfaction", "A004") == ["11.40"]  # no survey: 3.8 of 4 stand for it


def test_s11_service_quality_competence_courtesy_language_and_attitude() -> None:
    # 3 + 2 + 2 + 3; 2.5 + 1.5 + 1.5 + 2.5; 1.5 + 1 + 1 + 1.5; 3 + 2 + 1.5 + 2.5
    assert points("quality", "A001", "A002", "A003", "A004") == ["10.00", "8.00", "5.00", "9.00"]


def test_s11_resolution_time() -> None:
    # 4 h; 14 h: 8 - 10 * 3 / 20; 48 h: 5 - 24 * 5 / 48
    assert points("settling", "A001", "A002", "A003") == ["8.00", "6.50", "2.50"]


def test_s11_customer_retention_is_the_teams() -> None:
    # 100 of 5000 lost: 98%; 200 of 4000: 95%, 5 * 8 / 8
    assert points("retention", "A001", "A002") == ["8.00", "8.00"]
    assert points("retention", "A003", "A004") == ["5.00", "5.00"]
    # 150 of 5000: 97%; 300 of 4000: 92.5%
    assert points("retention", "A001", "A003", name="2025-02") == ["7.00", "2.50"]
    assert value("retention_rate", "A003", "2025-02") == "92.50"


def test_s11_escalations_handled_by_policy() -> None:
    events = [(event["kind"], event["on"]) for event in of("A003")["events"]]
    assert events == [("escalation-missed", "2025-01-14"), ("escalation-late", "2025-01-22")]
    assert points("escalation", "A003", "A004") == ["1", "6"]  # 6 - 3 - 2
    assert points("escalation", "A003", name="2025-02") == ["6"]  # each month begins anew


def test_s11_follow_up_calls_made() -> None:
    # 40 of 40; 36 of 40; 10 of 40; none due
    assert points("follow_up", "A001", "A002", "A003", "A004") == ["8.00", "7.20", "2.00", None]


def test_s11_knowledge_by_test() -> None:
    # 90, 80, 55, no test
    assert points("knowledge", "A001", "A002", "A003", "A004") == ["8", "6", "0", None]


def test_s11_efficiency_customers_requests_and_speed() -> None:
    # customers and requests an hour, minutes each: 4, 6, 5; 3, 5, 8; 2.5, 4, 10; 4, 4, 6
    assert points("efficiency", "A001", "A002", "A003", "A004") == ["8.00", "5.00", "2.00", "5.00"]
    assert [value(name, "A003") for name in ("customers_points", "requests_points", "speed_points")] == ["0", "1", "1"]


def test_s11_teamwork_by_supervisor_and_colleagues() -> None:
    assert points("teamwork", "A002") == ["3.80"]  # 4 * 60% + 3.5 * 40%
    assert points("teamwork", "A003") == ["3.00"]  # nobody but the supervisor


def test_s11_internal_quality_audits() -> None:
    assert points("audit", "A002", "A003", "A004") == ["4.50", "3.00", "5.00"]  # 9 of 10, 6 of 10, 8 of 8
    assert points("audit", "A004", name="2025-02") == ["0"]  # 8 of 8, but a serious fault
    assert points("audit", "A004", name="2025-03") == [None]  # nothing sampled


def test_s11_the_score_adds_the_twelve_and_scales_what_applies() -> None:
    assert scores(month(SLUG, "2025-01")) == {
        "A001": "100.0",
        "A002": "79.6",  # 7 + 8 + 9.6 + 8 + 6.5 + 8 + 6 + 7.2 + 6 + 5 + 3.8 + 4.5
        "A003": "34.9",  # 3.33 + 2.67 + 5.4 + 5 + 2.5 + 5 + 1 + 2 + 0 + 2 + 3 + 3
        "A004": "88.0",  # 10 + 10 + 11.4 + 9 + 8 + 5 + 6 + 5 + 4.5 + 5 = 73.9 of 84: 87.976...
    }
    assert scores(month(SLUG, "2025-03")) == {
        "A001": "96.0",  # 94% stayed: 4 of 8
        "A002": "75.6",
        "A003": "79.3",  # 6.67 + 8 + 9.6 + 8 + 6.5 + 8 + 6 + 7.2 + 6 + 5 + 3.8 + 4.5 = 79.27
        "A004": "92.9",  # 88.3 of 95: 92.947...
        "A005": "79.5",  # 4 for teamwork instead of 3.8
    }


def test_s11_grades() -> None:
    assert {agent: row["grade"] for agent, row in month(SLUG, "2025-01").items()} == {
        "A001": "excellent",
        "A002": "good",
        "A003": "to-be-improved",
        "A004": "good",
    }
    assert of("A003", "2025-02")["grade"] == "pass"  # 73.77


def test_s11_whoever_is_to_be_improved_is_coached_and_a_failed_test_leads_to_a_course() -> None:
    january = of("A003")
    assert [(action["id"], action.get("due")) for action in january["actions"]] == [
        ("course", "2025-03-02"),  # 30 days after 31 January
        ("coaching", "2025-03-02"),
        ("indicator-talk", None),  # knowledge is at zero
    ]
    assert ids(january["open_actions"]) == ["course", "coaching"]
    february = of("A003", "2025-02")
    assert (february["open_actions"], sorted(ids(february["settled_actions"]))) == ([], ["coaching", "course"])


def test_s11_an_indicator_at_zero_is_talked_about_in_spite_of_a_good_score() -> None:
    found = of("A004", "2025-02")
    # 10 + 10 + 11.8 + 9 + 8 + 2.5 + 6 + 8 + 8 + 5 + 4.5 + 0
    assert (found["score"], found["grade"], ids(found["actions"])) == ("82.8", "good", ["indicator-talk"])


def test_s11_nothing_is_paid_or_deducted() -> None:
    assert policy()["pay"] == []
    assert {
        row["pay"]["total"] for name in ("2025-01", "2025-02", "2025-03") for row in month(SLUG, name).values()
    } == {"0.00"}


def test_s11_newcomers_and_the_sick_are_not_assessed() -> None:
    newcomer, ill = of("A005", "2025-02"), of("A002", "2025-02")
    assert (newcomer["assessed"], newcomer["not_assessed"]["rule"]) == (False, "one-month")  # joined on 24 February
    assert (ill["assessed"], ill["not_assessed"]["reason"], ill["actions"]) == (False, "病假", [])


def test_s11_surveys_audits_and_the_analysis_of_lost_customers_are_regular_duties() -> None:
    assert [(duty["id"], duty["clause"], duty["every"], duty["due_days"]) for duty in policy()["duties"]] == [
        ("survey-round", "3.3", "quarter", 15),
        ("churn-analysis", "6.1", "quarter", 30),
        ("audit-round", "12.2", "quarter", 15),
    ]
    assert not kept(SLUG)[0].findings  # all three are done for the first quarter, and in time


def test_s11_the_policy_says_how_it_stands_to_the_call_centres() -> None:
    (clause,) = (each for each in policy()["clauses"] if each["clause"] == "13")
    for text in clause["interpretation"].values():
        assert "call-centre" in text
