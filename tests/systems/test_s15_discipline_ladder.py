"""S15, six aspects, three rewards, and a ladder whose last two steps people decide."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.systems.sample import Agents, ids, kept, month, pay

SLUG = "discipline-ladder"


def of(name: str) -> Agents:
    return month(SLUG, name)


def points(agent: dict[str, Any]) -> dict[str, str | None]:
    """An agent's items with their points, without the zeros that only show how they were rounded."""
    return {item["id"]: item["points"] and f"{Decimal(item['points']).normalize():f}" for item in agent["items"]}


def test_s15_six_aspects_make_the_score() -> None:
    second = of("2025-01")["A002"]
    assert points(second) == {
        "quality": "20",  # 8 + 4 + 8
        "reply": "8",  # 45 seconds
        "settling": "8",  # 8 hours: 10 × 16 / 20
        "solving": "11.25",  # 80%: 15 × 30 / 40
        "teamwork": "7.6",  # 8 × 60% + 7 × 40%
        "appearance": "10",
        "contentment": "16",  # 4.2: 20 × 1.2 / 1.5
    }
    assert second["score"] == "80.9"  # 80.85, half up


def test_s15_without_colleagues_the_supervisor_stands_for_teamwork() -> None:
    third = of("2025-01")["A003"]
    assert points(third)["teamwork"] == "6"
    assert third["score"] == "41.8"  # 12 + 0 + 2 + 3.75 + 6 + 10 + 8 = 41.75


def test_s15_appearance_costs_points_and_no_warning() -> None:
    first = of("2025-05")["A001"]
    assert points(first)["appearance"] == "8"
    assert (first["score"], first["actions"]) == ("95.0", [])


def test_s15_an_excellent_month_earns_the_bonus() -> None:
    first = of("2025-01")["A001"]
    assert (first["score"], first["grade"]) == ("97.0", "excellent")  # 23 + 10 + 10 + 15 + 9 + 10 + 20
    assert pay(first) == {"bonus": "200.00"}
    assert pay(of("2025-01")["A002"]) == {}


def test_s15_the_greatest_rise_earns_the_gift() -> None:
    april = of("2025-04")
    assert april["A003"]["score"] == "84.3"  # 20 + 10 + 9 + 11.25 + 8 + 10 + 16 = 84.25, from 41.8
    assert {agent: ids(each["awards"]) for agent, each in april.items()} == {"A001": [], "A002": [], "A003": ["gift"]}
    assert ids(of("2025-06")["A001"]["awards"]) == ["gift", "certificate"]  # 95 to 97


def test_s15_nobody_rose_and_nobody_has_a_gift() -> None:
    assert not any(each["awards"] for each in of("2025-02").values())


@pytest.mark.parametrize("name", ["2025-03", "2025-06", "2025-09", "2025-12"])
def test_s15_three_excellent_months_earn_the_certificate(name: str) -> None:
    found = {agent for agent, each in of(name).items() if "certificate" in ids(each["awards"])}
    assert found == {"A001"}


@pytest.mark.parametrize(
    ("agent", "name", "step"),
    [
        ("A002", "2025-01", "spoken-warning"),  # 1
        ("A002", "2025-03", "written-warning"),  # 2
        ("A002", "2025-05", "demotion-review"),  # 3
        ("A003", "2025-08", "written-warning"),  # a serious breach counts 2
        ("A003", "2025-11", "dismissal-review"),  # 4
    ],
)
def test_s15_each_record_climbs_the_ladder(agent: str, name: str, step: str) -> None:
    assert ids(of(name)[agent]["actions"]) == [step]


@pytest.mark.parametrize("name", ["2025-02", "2025-04", "2025-06", "2025-07", "2025-12"])
def test_s15_without_a_new_record_nothing_follows(name: str) -> None:
    assert of(name)["A002"]["actions"] == []


def test_s15_a_record_lapses_after_twelve_months() -> None:
    # March, May and January count 3; January 2025 no longer does, or it would be 4 and a review of dismissal
    assert ids(of("2026-01")["A002"]["actions"]) == ["demotion-review"]


def test_s15_a_warning_says_when_it_lapses() -> None:
    (warning,) = of("2025-01")["A002"]["actions"]
    assert warning["lapses"] == "2025-12-31"  # its own month and the eleven after it


def test_s15_demotion_is_decided_by_people() -> None:
    (review,) = of("2025-05")["A002"]["open_actions"]
    assert review == {"id": "demotion-review", "month": "2025-05", "due": "2025-06-30", "overdue": False}
    june = of("2025-06")["A002"]  # 30 days after 31 May; decided, and recorded, on 18 June
    assert june["open_actions"] == []
    assert june["settled_actions"] == [{**review, "settled": "2025-06-18"}]


@pytest.mark.parametrize(("name", "overdue"), [("2025-11", False), ("2025-12", True), ("2026-01", True)])
def test_s15_a_dismissal_review_that_nobody_decided_is_overdue_and_dismisses_nobody(name: str, overdue: bool) -> None:  # noqa: FBT001 - a column
    third = of(name)["A003"]
    assert third["open_actions"] == [
        {"id": "dismissal-review", "month": "2025-11", "due": "2025-12-30", "overdue": overdue}
    ]
    assert third["assessed"] is True  # and goes on as before


@pytest.mark.parametrize(
    ("name", "actions"),
    [
        ("2025-01", ["coaching"]),
        ("2025-02", ["coaching"]),
        ("2025-03", ["coaching", "fitness-review"]),
        ("2025-04", []),
    ],
)
def test_s15_a_low_score_leads_to_training_and_not_up_the_ladder(name: str, actions: list[str]) -> None:
    assert ids(of(name)["A003"]["actions"]) == actions


def test_s15_a_month_on_leave_is_not_assessed() -> None:
    third = of("2025-07")["A003"]
    assert (third["assessed"], third["actions"], third["pay"]["lines"]) == (False, [], [])


def test_s15_the_sample_has_neither_errors_nor_warnings() -> None:
    ledger, _ = kept(SLUG)
    assert list(ledger.findings) == []
