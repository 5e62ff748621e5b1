"""Small departments for tests, written as the YAML that people would write."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.oracle.star_tier import POINTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DEPARTMENT = """\
department: small
name: {zh: 小部门, en: Small}
policy:
  - {from: 2025-01, use: star-tier}
teams:
  day: {name: {zh: 白班组, en: Day shift}, supervisor: wang.min}
  night: {name: {zh: 晚班组, en: Night shift}, supervisor: chen.jun}
reviewers: [zhao.lei]
"""
SUPERVISORS = {"day": "wang.min", "night": "chen.jun"}


def yaml_of(value: Any) -> str:  # noqa: ANN401  # mappings, sequences and text, nested
    """Flow style, with every scalar exactly as it is given."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {yaml_of(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(yaml_of, value)) + "]"
    return str(value)


def write(path: Path, record: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{key}: {yaml_of(value)}\n" for key, value in record.items()), "utf-8")


def items(score: str) -> dict[str, str]:
    """Points that add up to ``score`` (at least 7), every item above zero."""
    lost = 100 - Decimal(score)
    points = {}
    for item, most in POINTS.items():
        taken = min(lost, most - Decimal(1))
        lost -= taken
        points[item] = str(most - taken)
    return points


def line(score: str, commission: str = "0", full_attendance: str = "no", **stated: str) -> dict[str, str]:
    """One agent's line of a sheet, worth ``score`` unless items are stated."""
    return items(score) | stated | {"commission": commission, "full_attendance": full_attendance}


def write_department(
    root: Path,
    agents: list[dict[str, Any]],
    months: Mapping[str, Mapping[str, Any]],
) -> None:
    """Write the records of department ``small``.

    A month has ``lines`` (team, agent: line) and may have ``complaints`` (agent, status) and ``events``
    (agent or team, kind, amount), all of them on its ``day``.
    """
    folder = root / "records" / "small"
    folder.mkdir(parents=True)
    folder.joinpath("department.yaml").write_text(DEPARTMENT, "utf-8")
    for agent in agents:
        write(folder / "agents" / f"{agent['agent']}.yaml", agent)
    for month, facts in months.items():
        for team, lines in facts["lines"].items():
            year, number = map(int, month.split("-"))
            sheet = {
                "month": month,
                "team": team,
                "assessor": SUPERVISORS[team],
                "assessed": f"{year + number // 12}-{number % 12 + 1:02}-06",
                "agents": lines,
            }
            write(folder / month / "scores" / f"{team}.yaml", sheet)
        for number, (agent, status) in enumerate(facts.get("complaints", []), 1):
            complaint = {
                "complaint": f"C-{month}-{number:03}",
                "agent": agent,
                "received": f"{month}-{facts.get('day', 14)}",
                "channel": "chat",
                "category": "attitude",
                "summary": "回复生硬",
                "status": status,
                "decided": {"on": f"{month}-28", "by": "wang.min"},
            }
            write(folder / month / "complaints" / f"C-{month}-{number:03}.yaml", complaint)
        for number, (who, kind, amount) in enumerate(facts.get("events", []), 1):
            event = {
                "event": f"E-{month}-{number:03}",
                "team" if who in SUPERVISORS else "agent": who,
                "kind": kind,
                "on": f"{month}-{facts.get('day', 14)}",
                **({"amount": amount} if amount else {}),
                "note": "质检登记",
                "proposed": "wang.min",
                "reviewed": "zhao.lei",
            }
            write(folder / month / "events" / f"E-{month}-{number:03}.yaml", event)
