"""S18, weighted indicators: exact weights that the company may change from one version to the next."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.systems.sample import ids, kept, month, pay

SLUG = "weighted-indicators"
QUARTERS = ("2025-09", "2025-12", "2026-03", "2026-06")

Row = dict[str, Any]


def items(agent: Row) -> dict[str, str | None]:
    return {item["id"]: item["points"] for item in agent["items"]}


def share(text: str) -> Fraction:
    """A weight, whether written as a fraction or in per cent."""
    return Fraction(text.removesuffix("%")) / (100 if text.endswith("%") else 1)


def half_year(agent: Row) -> str | None:
    found: dict[str, str | None] = {each["id"]: each["value"] for each in agent["results"]}
    return found["half_year_score"]


def scores(name: str) -> dict[str, str | None]:
    return {agent: row["score"] for agent, row in month(SLUG, name).items()}


def test_s18_is_assessed_quarterly() -> None:
    _, documents = kept(SLUG)
    assessed = [
        path.removeprefix("gas/").removesuffix(".json")
        for path, document in documents.items()
        if path.startswith("gas/") and any(agent["assessed"] for agent in document["agents"])
    ]
    assert assessed == list(QUARTERS)


def test_s18_five_indicators_each_out_of_100() -> None:
    # 90 * 60% + 95 * 20% + 16 = 89; 20 min: 100 - 10 * 2; 171 of 200 = 85.5% of 90%: 95; good 80; 60 + 30 = 90
    assert items(month(SLUG, "2025-09")["A001"]) == {
        "satisfaction": "89.00",
        "response": "80.00",
        "resolution": "95.00",
        "teamwork": "80",
        "training": "90.00",
    }
    # 30 + 12 + 8 = 50; 45 min: 60 - 15 * 2 = 30; 50% of 90%: 55.56; fair 60; 30 + 15 = 45
    assert items(month(SLUG, "2025-09")["A003"]) == {
        "satisfaction": "50.00",
        "response": "30.00",
        "resolution": "55.56",
        "teamwork": "60",
        "training": "45.00",
    }


def test_s18_weights_of_2025_are_exact_fractions() -> None:
    # 1/3, 1/6, 1/4, 1/8, 1/8
    assert scores("2025-09") == {
        "A001": "88.0",  # 29.666… + 13.333… + 23.75 + 10 + 11.25
        "A002": "100.0",
        "A003": "48.7",  # 16.666… + 5 + 13.89 + 7.5 + 5.625 = 48.681…
        "A004": "86.0",  # satisfaction 83: 27.666… instead of 29.666…
    }
    assert scores("2025-12") == {
        "A001": "88.0",
        "A002": "90.5",  # teamwork 12.5 instead of 10
        "A003": "85.5",  # teamwork 7.5 instead of 10
        "A004": "86.0",
    }


def test_s18_the_same_figures_weigh_otherwise_from_2026() -> None:
    # 30%, 20%, 25%, 15%, 10%; A001 has the same figures in December and March
    before, after = month(SLUG, "2025-12")["A001"], month(SLUG, "2026-03")["A001"]
    assert items(before) == items(after)
    assert (before["score"], after["score"]) == ("88.0", "87.5")  # 26.7 + 16 + 23.75 + 12 + 9 = 87.45
    assert scores("2026-03") == {
        "A001": "87.5",
        "A002": "87.0",  # no survey: 35 of 40, 87.5 * 30% = 26.25 instead of 26.7
        "A003": "48.4",  # 15 + 6 + 13.89 + 9 + 4.5 = 48.39
        "A004": "85.7",  # 83 * 30% = 24.9: 85.65
    }
    assert scores("2026-06") == {
        "A001": "84.5",  # fair 60: 9 instead of 12, 84.45
        "A002": None,
        "A003": "90.5",  # excellent 100: 15 instead of 12, 90.45
        "A004": "87.5",
    }


def test_s18_two_versions_are_published_for_comparison() -> None:
    _, documents = kept(SLUG)
    weights = {
        path.removeprefix("policy/"): [share(item["weight"]) for item in document["items"]]
        for path, document in documents.items()
        if path.startswith("policy/")
    }
    assert weights == {
        "weighted-indicators/2025-01.json": [Fraction(1, each) for each in (3, 6, 4, 8, 8)],
        "weighted-indicators/2026-01.json": [Fraction(each, 100) for each in (30, 20, 25, 15, 10)],
    }
    assert {sum(each) for each in weights.values()} == {1}


def test_s18_quantitative_and_qualitative_stand_together() -> None:
    inputs = {each["id"]: each["value"] for each in month(SLUG, "2025-09")["A002"]["inputs"]}
    assert (inputs["solved"], inputs["taken_up"], inputs["cooperation"]) == ("190", "200", "excellent")


def test_s18_an_indicator_without_a_survey_is_stood_for_by_its_other_parts() -> None:
    assert items(month(SLUG, "2026-03")["A002"])["satisfaction"] == "87.50"


def test_s18_the_bonus_follows_the_grade_and_the_best_team_wins() -> None:
    # counter (88 + 100) / 2 = 94, hotline (48.7 + 86) / 2
    assert {agent: pay(row) for agent, row in month(SLUG, "2025-09").items()} == {
        "A001": {"bonus": "500.00", "best-team": "200.00"},
        "A002": {"bonus": "1000.00", "best-team": "200.00"},
        "A003": {},
        "A004": {"bonus": "500.00"},
    }
    # counter 84.5 alone, A002 being on leave; hotline (90.5 + 87.5) / 2 = 89
    assert {agent: pay(row) for agent, row in month(SLUG, "2026-06").items()} == {
        "A001": {"bonus": "500.00"},
        "A002": {},
        "A003": {"bonus": "1000.00", "best-team": "200.00"},
        "A004": {"bonus": "500.00", "best-team": "200.00"},
    }


def test_s18_the_half_year_brings_nominations_and_benefits() -> None:
    december = month(SLUG, "2025-12")
    # 88; (100 + 90.5) / 2 = 95.25; (48.7 + 85.5) / 2 = 67.1; 86
    assert {agent: half_year(row) for agent, row in december.items()} == {
        "A001": "88.0",
        "A002": "95.3",
        "A003": "67.1",
        "A004": "86.0",
    }
    assert {agent: ids(row["actions"]) for agent, row in december.items()} == {
        "A001": ["benefit"],
        "A002": ["nomination", "benefit"],
        "A003": [],
        "A004": ["benefit"],
    }
    # 86.0; on leave; (48.4 + 90.5) / 2 = 69.45 = 69.5; 86.6
    assert {agent: ids(row["actions"]) for agent, row in month(SLUG, "2026-06").items()} == {
        "A001": ["benefit"],
        "A002": [],
        "A003": [],
        "A004": ["benefit"],
    }
    assert half_year(month(SLUG, "2026-06")["A003"]) == "69.5"


def test_s18_whoever_is_to_be_improved_is_coached_by_a_date() -> None:
    (plan,) = month(SLUG, "2025-09")["A003"]["actions"]
    assert (plan["id"], plan["due"]) == ("coaching-plan", "2025-11-29")  # 60 days after 30 September
    november = month(SLUG, "2025-11")["A003"]
    (done,) = november["settled_actions"]
    assert (done["id"], done["settled"], done["overdue"]) == ("coaching-plan", "2025-11-20", False)
    (open_plan,) = month(SLUG, "2026-06")["A003"]["open_actions"]
    assert (open_plan["id"], open_plan["due"], open_plan["overdue"]) == ("coaching-plan", "2026-05-30", True)


def test_s18_the_weights_are_evaluated_every_year() -> None:
    ledger, documents = kept(SLUG)
    for version in ("2025-01", "2026-01"):
        (duty,) = documents[f"policy/{SLUG}/{version}.json"]["duties"]
        assert (duty["id"], duty["clause"], duty["every"], duty["due_days"]) == ("weight-review", "2.1.1", "year", 30)
    # done for 2025, in department.yaml: nothing to say about it
    assert not ledger.findings
