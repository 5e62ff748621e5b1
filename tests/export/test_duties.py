"""The index tells of each duty of a department whether it is done, open or overdue."""

from __future__ import annotations

from typing import Any

from tests.engine.house import House, policy
from tests.engine.mini import documents


def duties(last: str, done: str = "", **rule: object) -> list[dict[str, Any]]:
    """The duties of a department whose records reach from January to a month."""
    stated = {"every": "quarter", "due_days": 30, **rule}
    rules = ", ".join(f"{key}: {value}" for key, value in stated.items())
    months = {f"2025-{number:02}": {"A001": "80"} for number in range(1, int(last[5:]) + 1)}
    house = House(policy(duties=[f"id: evaluation, ~, by: reviewer, {rules}"]), months)
    if done:
        house.department += f"duties:\n  - {{{done}}}\n"
    (department,) = documents(house.files)["v1/index.json"]["departments"]
    found: list[dict[str, Any]] = department["duties"]
    return found


def test_open_while_no_month_has_ended_after_its_day() -> None:
    assert duties("2025-04") == [
        {
            "duty": "evaluation",
            "name": {"zh": "名", "en": "Name"},
            "clause": "1",
            "period": "2025-03",
            "due": "2025-04-30",
            "done": None,
            "overdue": False,
        }
    ]


def test_overdue_afterwards() -> None:
    assert [(one["period"], one["overdue"]) for one in duties("2025-06")] == [("2025-03", True), ("2025-06", False)]


def test_done_is_not_overdue_however_late() -> None:
    (duty,) = duties("2025-05", "duty: evaluation, period: 2025-03, on: 2025-05-02, by: zhao.lei, note: 两条建议")
    assert duty["done"] == {"on": "2025-05-02", "by": "zhao.lei", "note": "两条建议"}
    assert not duty["overdue"]


def test_done_without_a_note() -> None:
    (duty,) = duties("2025-03", "duty: evaluation, period: 2025-03, on: 2025-04-02, by: zhao.lei")
    assert duty["done"] == {"on": "2025-04-02", "by": "zhao.lei", "note": None}


def test_every_month() -> None:
    assert [one["due"] for one in duties("2025-02", every="month", due_days=0)] == ["2025-01-31", "2025-02-28"]


def test_a_policy_without_duties() -> None:
    (department,) = documents(House(policy(), {"2025-01": {"A001": "80"}}).files)["v1/index.json"]["departments"]
    assert department["duties"] == []
