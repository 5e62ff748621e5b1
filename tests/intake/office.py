"""A small repository that tests of intake enter things into: two teams, a policy with every kind of input."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.intake.desk import open_desk, open_task
from kpigen.intake.entry import Brought, Entry, enter_sheet
from kpigen.month import Month
from kpigen.snapshot import FolderSnapshot
from kpigen.text import Lang

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kpigen.finding import Finding
    from kpigen.intake.desk import Desk, Task

MONTH = Month(2026, 9)

POLICY = """\
policy: tiers
version: 2026-01
title: {zh: 分级制度, en: Tiers}
adopted: {on: 2025-12-01, by: manager}
currency: CNY
assess: {every: month, opens: 5, closes: 10}
clauses:
  "1": {zh: 得分, en: The score.}
inputs:
  calls: {count: calls, name: {zh: 来电数, en: Calls}, clause: "1"}
  rate: {measure: "%", max: 100, name: {zh: 接通率, en: Answer rate}, clause: "1"}
  quality: {points: 100, name: {zh: 质量, en: Quality}, clause: "1"}
  bonus: {amount: CNY, name: {zh: 提成, en: Commission}, clause: "1"}
  present: {flag: yes, name: {zh: 全勤, en: Full attendance}, clause: "1"}
events:
  loss: {amount: CNY, name: {zh: 损失, en: Loss}, clause: "1"}
  praise: {name: {zh: 表扬, en: Praise}, clause: "1"}
complaints: {categories: {attitude: {zh: 态度, en: Attitude}}, severities: {minor: {zh: 轻微, en: Minor}}, clause: "1"}
score: {sum: points, of: 100, round: {to: 0.1}, clause: "1"}
tiers:
  junior: {name: {zh: 初级, en: Junior}, clause: "1"}
  senior: {name: {zh: 高级, en: Senior}, clause: "1"}
pay:
  - {id: base, name: {zh: 底薪, en: Base}, clause: "1", amount: 1000}
"""

DEPARTMENT = """\
department: phones
name: {zh: 电话部, en: Phones}
policy:
  - {from: 2026-01, use: tiers}
teams:
  day: {name: {zh: 白班, en: Day}, supervisor: wang.min}
  night: {name: {zh: 夜班, en: Night}, supervisor: chen.jun}
reviewers: [zhao.lei]
"""

SHEET = """\
# yaml-language-server: $schema=../../../../schema/scores.json
# 九月抽检二十通。
month: 2026-09
team: day
assessor: wang.min
assessed: 2026-10-07
agents:
  A002: {calls: 200,  rate: 90.50, quality: 88,   bonus: 120.00, present: yes}  # 王强
  # 九月起调岗
  A001: {calls: 216,  rate: 81.94, quality: n/a,  bonus: 356.50, present: no}
"""

AGENTS = {
    "A001": ("林晓", "day", ""),
    "A002": ("{zh: 王强, en: Wang Qiang}", "day", ""),
    "A003": ("李娜", "day", ""),
    "A004": ("李娜", "night", ""),
    "A005": ("赵丽", "night", "left: 2026-06-30\n"),
}


def make(root: Path) -> Path:
    """Write the repository, with September's sheet of the day team."""
    put(root, "policy/tiers/2026-01.yaml", POLICY)
    put(root, "records/phones/department.yaml", DEPARTMENT)
    for agent, (name, team, left) in AGENTS.items():
        stay = f"history:\n  - {{from: 2026-01, team: {team}, tier: junior}}\n"
        put(
            root,
            f"records/phones/agents/{agent}.yaml",
            f"agent: {agent}\nname: {name}\njoined: 2026-01-05\n{left}{stay}",
        )
    put(root, "records/phones/2026-09/scores/day.yaml", SHEET)
    return root


def put(root: Path, path: str, text: str) -> Path:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8", newline="")
    return place


def desk(root: Path) -> Desk:
    opened, findings = open_desk(FolderSnapshot.of(root), "phones")
    assert opened is not None, said(findings)
    return opened


def task(root: Path, team: str | None = None) -> Task:
    return open_task(desk(root), MONTH, team=team)


def enter(
    root: Path, data: bytes | str, *, name: str = "s.csv", mapping: str | None = None, team: str | None = None
) -> Entry:
    """Bring a sheet, and a mapping file if there is one."""
    content = data if isinstance(data, bytes) else data.encode()
    brought = Brought("m.yaml", mapping.encode()) if mapping is not None else None
    return enter_sheet(FolderSnapshot.of(root), task(root, team), Brought(name, content), brought)


def said(findings: Iterable[Finding], lang: Lang = Lang.EN) -> str:
    """Write findings down word for word."""
    lines = []
    for finding in findings:
        lines.append(f"{finding.place}: {finding.severity}: {finding.message.said(lang)} [{finding.rule.id}]")
        if finding.hint:
            lines.append(f"    {finding.hint.said(lang)}")
    return "\n".join(lines)
