"""S06, conduct on duty: three musts, three nevers, four sames, typing, handover, workplace discipline."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.systems.sample import Agents, ids, kept, month

SLUG = "duty-discipline"


def of(name: str) -> Agents:
    return month(SLUG, name)


def points(agent: dict[str, Any]) -> dict[str, str | None]:
    """An agent's items with their points, without the zeros that only show how they were rounded."""
    return {item["id"]: item["points"] and f"{Decimal(item['points']).normalize():f}" for item in agent["items"]}


def test_s06_everything_kept_is_full_marks_but_for_the_test() -> None:
    first = of("2025-01")["A001"]
    assert points(first)["knowledge"] == "9.2"  # 92 × 10%
    assert first["score"] == "99.2"
    assert ids(first["awards"]) == ["commendation"]
    assert first["actions"] == []


def test_s06_three_musts_cost_a_point_for_each_one_left_out() -> None:
    second = of("2025-01")["A002"]
    assert points(second)["musts"] == "9"  # 15 - 3 - 1 - 2, in 20 conversations


def test_s06_three_musts_are_reckoned_on_twenty_conversations() -> None:
    third = of("2025-01")["A003"]
    assert points(third)["musts"] == "12.33"  # 3 / 30 × 20 = 2, 1 / 30 × 20 = 0.67
    fourth = of("2025-03")["A004"]
    assert points(fourth)["musts"] == "13"  # 1 / 10 × 20 = 2


def test_s06_three_musts_keep_three_points() -> None:
    assert points(of("2025-02")["A003"])["musts"] == "3"  # 13 left out of 20


@pytest.mark.parametrize(("name", "nevers"), [("2025-01", "10"), ("2025-02", "5"), ("2025-03", "15")])
def test_s06_three_nevers_cost_five_each(name: str, nevers: str) -> None:
    assert points(of(name)["A003"])["nevers"] == nevers  # one case, then two, then none


def test_s06_four_sames_are_kept_partly_kept_or_not() -> None:
    found = points(of("2025-02")["A003"])
    sames = {name: each for name, each in found.items() if name.startswith("sames_")}
    assert sames == {"sames_people": "4", "sames_checks": "0", "sames_load": "2", "sames_mood": "4"}


def test_s06_a_same_without_anything_to_compare_is_not_zero() -> None:
    third = of("2025-01")["A003"]
    assert points(third)["sames_load"] is None
    # 10 + 8 + 12.33 + 10 + 12 + 8 + 8 + 6 = 74.33 of 100 - 10 (no test) - 4 = 86 points; 86.43
    assert third["score"] == "86.4"


@pytest.mark.parametrize(
    ("name", "agent", "earned", "practice"),
    [
        ("2025-01", "A001", "10", False),  # 96 characters: no more than 10
        ("2025-02", "A002", "10", False),  # exactly 80
        ("2025-02", "A003", "9.88", True),  # 79 / 80 × 10 = 9.875
        ("2025-01", "A002", "9", True),  # 72 / 80 × 10
        ("2025-03", "A004", "7.5", True),  # 60 / 80 × 10
        ("2025-02", "A001", None, False),  # not tested in that month
    ],
)
def test_s06_typing_eighty_characters_a_minute(name: str, agent: str, earned: str | None, practice: bool) -> None:  # noqa: FBT001 - a column
    found = of(name)[agent]
    assert points(found)["pace"] == earned
    assert ("typing-practice" in ids(found["actions"])) is practice


def test_s06_the_handover_log_costs_three_points_a_gap() -> None:
    assert points(of("2025-01")["A002"])["handover"] == "5"  # one gap
    assert points(of("2025-02")["A003"])["handover"] == "0"  # 8 - 2 - 2 - 6 is below the floor


def test_s06_nobody_leaves_before_the_relief_is_there() -> None:
    second = of("2025-03")["A002"]
    assert points(second)["handover"] == "0"  # whatever else the month was
    assert second["score"] == "90.2"  # 9 + 10 + 10 + 14.2 + 15 + 16 + 8 + 0 + 8
    assert "hearing" in ids(second["actions"])


def test_s06_leaving_the_post_is_no_points_for_duty() -> None:
    second = of("2025-01")["A002"]
    assert points(second)["duty"] == "0"
    assert second["score"] == "76.0"  # 8 + 9 + 8 + 9 + 15 + 14 + 0 + 5 + 8
    assert ids(second["actions"]) == ["coaching", "typing-practice", "hearing"]


def test_s06_an_automatic_zero_names_the_clause_of_its_breach() -> None:
    second = of("2025-01")["A002"]  # left the post, and has a gap in the log
    zeros = {each["name"]: (each["value"], each["clause"]) for each in second["figures"] if ":zero" in each["name"]}
    assert zeros == {"duty:zero": ("yes", "2.5"), "handover:zero": ("no", "3.2")}


def test_s06_on_duty_each_breach_costs_its_points() -> None:
    assert points(of("2025-02")["A003"])["duty"] == "6"  # inattentive once
    assert points(of("2025-03")["A003"])["duty"] == "4"  # dispatch refused once


@pytest.mark.parametrize(("name", "left"), [("2025-01", "6"), ("2025-02", "4"), ("2025-03", "8")])
def test_s06_workplace_discipline_costs_two_points_a_breach(name: str, left: str) -> None:
    assert points(of(name)["A003"])["workplace"] == left  # noise; wandering and private business; nothing


def test_s06_a_second_departure_within_six_months_is_put_before_people() -> None:
    assert ids(of("2025-02")["A002"]["actions"]) == []  # nothing new
    assert ids(of("2025-03")["A002"]["actions"]) == ["hearing", "post-review"]


def test_s06_a_low_month_leads_to_coaching_and_never_to_a_deduction() -> None:
    third = of("2025-02")["A003"]
    assert third["score"] == "49.9"  # 7 + 9.88 + 5 + 3 + 5 + 10 + 6 + 0 + 4 = 49.88
    assert ids(third["actions"]) == ["coaching", "typing-practice"]
    assert third["pay"]["lines"] == []


def test_s06_an_upheld_complaint_costs_the_commendation_only() -> None:
    first = of("2025-02")["A001"]
    assert first["score"] == "100.0"  # 90 of 90
    assert first["awards"] == []


def test_s06_leave_is_not_assessed_and_costs_nothing() -> None:
    for name in ("2025-01", "2025-02"):
        fourth = of(name)["A004"]
        assert (fourth["assessed"], fourth["score"], fourth["actions"]) == (False, None, [])
    assert of("2025-03")["A004"]["score"] == "92.5"  # 9 + 7.5 + 8 + 13 + 15 + 16 + 8 + 8 + 8


def test_s06_the_sample_has_neither_errors_nor_warnings() -> None:
    ledger, _ = kept(SLUG)
    assert list(ledger.findings) == []
