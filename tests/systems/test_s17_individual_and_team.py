"""S17, individual and team: a month is the individual's, a quarter the team's, and the year is both."""

from __future__ import annotations

from typing import Any

import pytest

from kpigen.ledger import keep
from tests.engine.mini import Files
from tests.systems.sample import files, ids, month, pay

SLUG = "individual-and-team"
MONTHS = tuple(f"2025-{number:02}" for number in range(1, 13))
QUARTERS = ("2025-03", "2025-06", "2025-09", "2025-12")

Row = dict[str, Any]


def result(agent: Row, name: str) -> str | None:
    found: dict[str, str | None] = {each["id"]: each["value"] for each in agent["results"]}
    return found[name]


def grade(agent: Row, name: str) -> str | None:
    found: dict[str, str | None] = {each["id"]: each["grade"] for each in agent["results"]}
    return found[name]


def scores(agent: str) -> list[str | None]:
    return [month(SLUG, name).get(agent, {}).get("score") for name in MONTHS]


def test_s17_individuals_are_assessed_every_month() -> None:
    # 100 / 10 + 9 + 9 = 28; 8 + 5 + 6 = 19; 8 + 7 + 9 = 24; (96 - 60) / 4 = 9; 40 s: 10; 4
    assert scores("A001") == ["94.0"] * 12
    # 9 + 8 + 9 = 26; 17; 22; 9; 10; 4, and from October 8 + 8 + 8 = 24; 16; 20; 8; 70 s: 7; 5
    assert scores("A002") == ["88.0"] * 9 + ["80.0"] * 3
    assert scores("A003") == ["80.0"] * 9 + [None] * 3
    # 8 + 7 + 7 = 22; 15; 19; 8; 90 s: 7; 4, and in February 7 + 6 + 6 = 19; 13; 16; 6; 100 s: 7; 4
    assert scores("A004") == ["75.0", "65.0", *["75.0"] * 10]
    assert scores("A005") == [None] * 4 + ["80.0"] * 8


def test_s17_satisfaction_teamwork_problem_solving_and_efficiency_are_the_items() -> None:
    agent = month(SLUG, "2025-01")["A002"]
    assert {item["id"]: item["points"] for item in agent["items"]} == {
        "tools": "4",
        "satisfaction": "26.00",
        "teamwork": "17.00",
        "solving": "22.00",
        "punctuality": "9.00",
        "speed": "10",
    }


@pytest.mark.parametrize(
    ("name", "repair", "orders"),
    [
        # (94 + 88 + 80) / 3 = 87.333… * 60% = 52.4, + 90 * 40%;
        # (75 + 65 + 75) / 3 = 71.7 * 60% = 43.02, + 66 * 40% = 26.4
        ("2025-03", ("88.4", "strong"), ("69.4", "to-be-strengthened")),
        # 52.4 + 80 * 40% = 84.4; A004 75, A005 (May and June) 80: 77.5 * 60% = 46.5, + 75 * 40%
        ("2025-06", ("84.4", "sound"), ("76.5", "sound")),
        # 52.4 + 85 * 40%; 46.5 + 80 * 40%
        ("2025-09", ("86.4", "strong"), ("78.5", "sound")),
        # A003 is on leave: (94 + 80) / 2 = 87 * 60% = 52.2, + 82 * 40% = 32.8; 46.5 + 85 * 40%
        ("2025-12", ("85.0", "strong"), ("80.5", "sound")),
    ],
)
def test_s17_teams_are_assessed_every_quarter(name: str, repair: tuple[str, str], orders: tuple[str, str]) -> None:
    agents = month(SLUG, name)
    assert (result(agents["A001"], "team_score"), grade(agents["A001"], "team_score")) == repair
    assert (result(agents["A004"], "team_score"), grade(agents["A004"], "team_score")) == orders
    # the same for every assessed member
    for agent in agents.values():
        if agent["assessed"]:
            same = repair if agent["team"] == "repair" else orders
            assert result(agent, "team_score") == same[0]


def test_s17_there_is_no_team_score_within_a_quarter() -> None:
    assert {result(agent, "team_score") for agent in month(SLUG, "2025-02").values()} == {None}


def test_s17_the_year_combines_individual_and_team_60_to_40() -> None:
    agents = month(SLUG, "2025-12")
    # repair: (88.4 + 84.4 + 86.4 + 85.0) / 4 = 86.05 = 86.1; 94 * 60% + 86.1 * 40% = 56.4 + 34.44 = 90.84
    first = agents["A001"]
    assert [result(first, name) for name in ("year_own", "year_team", "year_score")] == ["94.0", "86.1", "90.8"]
    # (9 * 88 + 3 * 80) / 12 = 86; 51.6 + 34.44 = 86.04
    assert (result(agents["A002"], "year_own"), result(agents["A002"], "year_score")) == ("86.0", "86.0")
    # (11 * 75 + 65) / 12 = 74.166…; orders: (69.4 + 76.5 + 78.5 + 80.5) / 4 = 76.225; 44.52 + 30.48 = 75.0
    fourth = agents["A004"]
    assert [result(fourth, name) for name in ("year_own", "year_team", "year_score")] == ["74.2", "76.2", "75.0"]
    assert [grade(agents[agent], "year_score") for agent in ("A001", "A002", "A004")] == ["excellent", "good", "pass"]


def test_s17_the_years_result_is_provisional_until_december() -> None:
    (november,) = (each for each in month(SLUG, "2025-11")["A001"]["results"] if each["id"] == "year_score")
    (december,) = (each for each in month(SLUG, "2025-12")["A001"]["results"] if each["id"] == "year_score")
    assert (november["final"], december["final"]) == (False, True)
    assert pay(month(SLUG, "2025-11")["A001"]) == {}


def test_s17_bonuses_follow_the_year_and_the_team() -> None:
    agents = month(SLUG, "2025-12")
    assert {agent: pay(row) for agent, row in agents.items()} == {
        "A001": {"team-bonus": "300.00", "year-bonus": "3000.00"},
        "A002": {"team-bonus": "300.00", "year-bonus": "1500.00"},
        "A003": {"year-bonus": "1500.00"},  # on leave; the team bonus is settled by people (clause 8.2)
        "A004": {"year-bonus": "500.00"},
        "A005": {},  # 8 months, settled individually (clause 4.3.1)
    }
    assert [pay(month(SLUG, name)["A003"]) for name in QUARTERS] == [
        {"team-bonus": "300.00"},
        {},
        {"team-bonus": "300.00"},
        {"year-bonus": "1500.00"},
    ]


def test_s17_raise_promotion_and_training_are_only_put_forward() -> None:
    agents = month(SLUG, "2025-12")
    assert {agent: ids(row["actions"]) for agent, row in agents.items()} == {
        "A001": ["raise-proposal", "promotion-proposal", "study-offer"],
        "A002": ["raise-proposal", "study-offer"],
        "A003": ["raise-proposal", "study-offer"],
        "A004": [],
        "A005": [],
    }


def test_s17_leave_in_december_costs_nothing_of_the_year() -> None:
    # A003: 80 in nine months; repair's three quarters (88.4 + 84.4 + 86.4) / 3 = 86.4; 48 + 34.56 = 82.56
    december = month(SLUG, "2025-12")["A003"]
    assert (december["assessed"], december["not_assessed"]["reason"]) == (False, "产假")
    assert [result(december, name) for name in ("year_own", "year_team", "year_score")] == ["80.0", "86.4", "82.6"]
    assert grade(december, "year_score") == "good"
    assert pay(december) == {"year-bonus": "1500.00"}


def test_s17_cooperation_is_stated_in_the_last_month_of_a_quarter_alone() -> None:
    stated = {
        name: "cooperation" in {each["id"] for each in month(SLUG, name)["A001"]["inputs"] if each["value"] != "n/a"}
        for name in MONTHS
    }
    assert tuple(name for name, found in stated.items() if found) == QUARTERS


@pytest.mark.parametrize(
    ("name", "before", "after", "rule"),
    [
        ("2025-03", "together: {cooperation: 90}\n", "", "missing-input"),
        ("2025-02", "agents:\n", "together: {cooperation: 90}\nagents:\n", "unknown-key"),
    ],
)
def test_s17_cooperation_forgotten_or_out_of_season_is_found(name: str, before: str, after: str, rule: str) -> None:
    sheet = f"records/appliance/{name}/scores/repair.yaml"
    texts = files(SLUG)
    assert before in texts[sheet]
    ledger = keep(Files(texts | {sheet: texts[sheet].replace(before, after)}))
    assert (rule, sheet) in {(each.rule.id, each.place.path) for each in ledger.findings}


def test_s17_public_praise_of_the_month_of_the_team_and_a_certificate() -> None:
    assert {agent: ids(row["awards"]) for agent, row in month(SLUG, "2025-02").items()} == {
        "A001": ["month-praise"],
        "A002": [],
        "A003": [],
        "A004": [],
    }
    march = month(SLUG, "2025-03")
    assert [agent for agent, row in march.items() if "quarter-praise" in ids(row["awards"])] == ["A001", "A002", "A003"]
    december = month(SLUG, "2025-12")
    assert [agent for agent, row in december.items() if "certificate" in ids(row["awards"])] == ["A001"]
    # an honour, not money
    assert march["A001"]["pay"]["total"] == "300.00"


def test_s17_results_serve_development_of_people_and_teams() -> None:
    talks = {
        name: [agent for agent, row in month(SLUG, name).items() if "development-talk" in ids(row["actions"])]
        for name in MONTHS
    }
    assert {name: agents for name, agents in talks.items() if agents} == {"2025-02": ["A004"]}
    assert ids(month(SLUG, "2025-03")["A004"]["actions"]) == ["team-review"]
