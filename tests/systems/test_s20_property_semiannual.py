"""S20 property-semiannual: half-years, a year from its two halves, interviews, rewards; worked out by hand."""

from __future__ import annotations

from functools import partial
from typing import Any

from tests.systems.sample import ids, pay
from tests.systems.sample import month as of_month

month = partial(of_month, "property-semiannual")
FIRST, SECOND = "2025-06", "2025-12"


def points(agent: dict[str, Any]) -> dict[str, str | None]:
    """An agent's points of each item."""
    return {item["id"]: item["points"] for item in agent["items"]}


def result(agent: dict[str, Any], name: str) -> dict[str, Any]:
    """One of an agent's results."""
    found: dict[str, Any] = {each["id"]: each for each in agent["results"]}[name]
    return found


def test_s20_telephone_has_answer_rate_accuracy_expression_and_manner() -> None:
    """A001: 93 % answered is 13 / 15 × 10 = 8.67; 95 % correct is 35 / 40 × 8 = 7; good 5; excellent 6."""
    found = points(month(FIRST)["A001"])
    assert [found[name] for name in ("answering", "accuracy", "expression", "phone_manner")] == [
        "8.67",
        "7.00",
        "5",
        "6",
    ]


def test_s20_problem_solving_has_ability_speed_and_result() -> None:
    """A005: fair 4; 45 minutes 3; 40 of 50 solved is 10 / 25 × 10 = 4."""
    found = points(month(FIRST)["A005"])
    assert [found[name] for name in ("ability", "speed", "outcome")] == ["4", "3", "4.00"]


def test_s20_lapses_of_the_half_year_cost_points() -> None:
    """A002: wording in February 1, tone in May 2, so 7 of 10; none of them counts in the second half."""
    assert points(month(FIRST)["A002"])["courtesy"] == "7"
    assert points(month(SECOND)["A002"])["courtesy"] == "10"


def test_s20_attitude_teamwork_and_technology() -> None:
    """A002: 4 + 4.5; 4 + 4 + 5; 90 / 20 + 96 / 20; the score is 25.33 + 19 + 15.5 + 13 + 9.3 = 82.13."""
    agent = month(FIRST)["A002"]
    assert [points(agent)[name] for name in ("readiness", "teamwork", "technology")] == ["8.50", "13.00", "9.30"]
    assert agent["score"] == "82.1"


def test_s20_a_post_without_calls_is_scaled_from_seventy_points() -> None:
    """A003: 19 + 18.5 + 13 + 9.3 = 59.8 of 70, 85.428…"""
    assert month(FIRST)["A003"]["score"] == "85.4"


def test_s20_half_years_are_assessed_and_nothing_between() -> None:
    """February, May, July and September have events only."""
    for name in ("2025-02", "2025-05", "2025-07", "2025-09"):
        assert not any(agent["assessed"] for agent in month(name).values())
    assert [agent["score"] for agent in month(FIRST).values()] == ["93.3", "82.1", "85.4", None, "52.0"]
    assert [agent["score"] for agent in month(SECOND).values()] == ["85.9", "85.1", "95.0", "95.0", None]


def test_s20_the_year_is_made_of_its_two_halves() -> None:
    """A001 (93.3 + 85.9) / 2 = 89.6; A002 (82.1 + 85.1) / 2 = 83.6; A003 (85.4 + 95.0) / 2 = 90.2; A004 one half."""
    agents = month(SECOND)
    found = {name: result(agents[name], "year_score") for name in ("A001", "A002", "A003", "A004")}
    assert {name: (each["value"], each["grade"]) for name, each in found.items()} == {
        "A001": ("89.6", "good"),
        "A002": ("83.6", "good"),
        "A003": ("90.2", "excellent"),
        "A004": ("95.0", "excellent"),
    }


def test_s20_the_year_is_provisional_after_the_first_half() -> None:
    """In June the year's result is shown, but not final."""
    assert not result(month(FIRST)["A001"], "year_score")["final"]
    assert result(month(SECOND)["A001"], "year_score")["final"]


def test_s20_raise_and_promotion_are_put_forward_at_the_year_s_end_only() -> None:
    """From 85 a rise, from 90 a promotion; A004 with one assessment is left to a person."""
    forward = {"raise-review", "promotion-review"}
    assert not any(forward & {*ids(agent["actions"])} for agent in month(FIRST).values())
    assert {name: sorted(forward & {*ids(agent["actions"])}) for name, agent in month(SECOND).items()} == {
        "A001": ["raise-review"],
        "A002": [],
        "A003": ["promotion-review", "raise-review"],
        "A004": [],
        "A005": [],
    }


def test_s20_everybody_assessed_is_interviewed_within_thirty_days() -> None:
    """Due on 30 July; A001 was interviewed on 10 July, A005 not yet."""
    for name in ("A001", "A002", "A003", "A005"):
        (interview,) = (each for each in month(FIRST)[name]["actions"] if each["id"] == "interview")
        assert interview["due"] == "2025-07-30"
    assert "interview" not in ids(month(FIRST)["A004"]["actions"])
    (done,) = month("2025-07")["A001"]["settled_actions"]
    assert (done["id"], done["settled"], done["overdue"]) == ("interview", "2025-07-10", False)
    assert ids(month("2025-07")["A001"].get("open_actions", [])) == []
    assert ids(month("2025-07")["A005"]["open_actions"]) == ["interview"]


def test_s20_rewards_follow_the_score() -> None:
    """Shares of 500: two from 90 points, one from 80, none below."""
    assert pay(month(FIRST)["A001"]) == {"half-year-reward": "1000.00"}
    assert pay(month(FIRST)["A002"]) == {"half-year-reward": "500.00"}
    assert pay(month(FIRST)["A005"]) == {}


def test_s20_training_is_offered_to_the_best_and_arranged_where_an_aspect_is_weak() -> None:
    """A001 chooses first. A005: telephone 10 of 30, solving 11 of 25; attitude 14 of 20, teamwork 9.5 of 15 suffice."""
    assert ids(month(FIRST)["A001"]["actions"]) == ["interview", "training-choice"]
    assert ids(month(FIRST)["A005"]["actions"]) == ["interview", "training-phone", "training-solving"]
    assert result(month(FIRST)["A005"], "phone_share")["value"] == "33.33"


def test_s20_whoever_joined_too_recently_is_not_assessed() -> None:
    """A004 joined on 21 April: two whole months by the end of June."""
    agent = month(FIRST)["A004"]
    assert (agent["assessed"], agent["not_assessed"]["rule"]) == (False, "three-months")
    assert month(SECOND)["A004"]["assessed"]


def test_s20_maternity_leave_is_no_poor_result() -> None:
    """A005 in the second half: no score, no training, nothing put forward."""
    agent = month(SECOND)["A005"]
    assert (agent["assessed"], agent["grade"], ids(agent["actions"])) == (False, None, [])
