"""A small repository in memory: the gallery's base, and ways to change it a little."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpigen.cache import digest
from kpigen.intake.closing import close_text
from kpigen.intake.desk import open_desk
from kpigen.ledger import keep
from kpigen.month import Month
from kpigen.repository import close_path
from kpigen.snapshot import Entry
from kpigen.text import Lang

if TYPE_CHECKING:
    from collections.abc import Mapping

BASE_FOLDER = Path(__file__).parents[1] / "gallery_base"
POLICY = "policy/mini/2025-01.yaml"
DEPARTMENT = "records/shop/department.yaml"


def files_of(folder: Path) -> dict[str, str]:
    """Every file below a folder, by its path from there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


BASE = files_of(BASE_FOLDER)


@dataclass
class Files:
    """A snapshot of files in memory, with the folders that hold them."""

    files: dict[str, str]
    entries: tuple[Entry, ...] = ()

    def __post_init__(self) -> None:
        folders = {path.rsplit("/", depth)[0] for path in self.files for depth in range(1, path.count("/"))}
        self.entries = tuple(
            sorted([*(Entry(path, "file") for path in self.files), *(Entry(folder, "folder") for folder in folders)])
        )

    def read(self, path: str) -> bytes:
        return self.files[path].encode()


@dataclass
class Documents:
    """A sink that takes every document."""

    written: dict[str, bytes] = field(default_factory=dict)

    def holds(self, path: str, content: str) -> bool:  # noqa: ARG002 - the protocol's
        return False

    def put(self, path: str, document: bytes) -> None:
        self.written[path] = document


class Published(Documents):
    """A sink that knows what it holds, as a folder of published documents does."""

    def holds(self, path: str, content: str) -> bool:
        return path in self.written and digest(self.written[path]) == content


def changed(*edits: tuple[str, str, str], base: dict[str, str] = BASE, **more: str) -> dict[str, str]:
    """The base with ``(path, old, new)`` edits: ``old`` stands exactly once."""
    files = dict(base)
    for path, old, new in edits:
        assert files[path].count(old) == 1, (path, old, files[path].count(old))
        files[path] = files[path].replace(old, new)
    return files | more


def findings_of(files: dict[str, str]) -> list[str]:
    """The findings as lines, English."""
    return [
        f"{found.place}: {found.severity}: {found.message.said(Lang.EN)} [{found.rule.id}]"
        for found in keep(Files(files)).findings
    ]


def rules_of(files: dict[str, str]) -> list[str]:
    """The rules of the findings, sorted."""
    return sorted(found.rule.id for found in keep(Files(files)).findings)


def documents(files: dict[str, str]) -> dict[str, Any]:
    """Every document, read."""
    sink = Documents()
    keep(Files(files), sink=sink)
    return {path: json.loads(document) for path, document in sink.written.items()}


def month(files: dict[str, str], name: str = "2025-01", department: str = "shop") -> dict[str, Any]:
    """The agents of a month's document, by id; the repository has no findings of severity error."""
    sink = Documents()
    ledger = keep(Files(files), sink=sink)
    assert ledger.clean, [found.message.said(Lang.EN) for found in ledger.findings]
    return {agent["agent"]: agent for agent in json.loads(sink.written[f"v1/{department}/{name}.json"])["agents"]}


def scored(score: str, commission: str = "0", full_attendance: str = "no") -> str:
    """A line of a sheet that is worth ``score``."""
    high = Decimal(score) >= 40
    care = Decimal(score) - (40 if high else 0)
    rest = "calls: 100, answered: 90, wait: 0" if high else "calls: 100, answered: 70, wait: 60"
    return f"{{care: {care}, {rest}, commission: {commission}, full_attendance: {full_attendance}}}"


ABSENT = "{not_assessed: long sick leave}"


def agent(number: str, tier: str, **stated: str) -> str:
    """An agent's file."""
    record = {"agent": number, "name": f"Agent {number}", "joined": "2024-06-03"} | stated
    history = record.pop("history", f"[{{from: 2024-06, team: day, tier: {tier}}}]")
    return "".join(f"{key}: {value}\n" for key, value in record.items()) + f"history: {history}\n"


def sheet(month: str, lines: Mapping[str, str], team: str = "day") -> str:
    """A team's sheet, assessed in time."""
    found = Month.parse(month)
    assert found
    assessor = {"day": "wang.min", "night": "chen.jun"}[team]
    head = f"month: {month}\nteam: {team}\nassessor: {assessor}\nassessed: {found.plus(1)}-06\nagents:\n"
    return head + "".join(f"  {agent}: {line}\n" for agent, line in lines.items())


def shop(
    tiers: Mapping[str, str], months: Mapping[str, Mapping[str, str]], more: Mapping[str, str] | None = None
) -> dict[str, str]:
    """A department with one team: agents with the tier of their entry, and their lines month by month."""
    files = {POLICY: BASE[POLICY], DEPARTMENT: BASE[DEPARTMENT]}
    files |= {f"records/shop/agents/{number}.yaml": agent(number, tier) for number, tier in tiers.items()}
    files |= {f"records/shop/{month}/scores/day.yaml": sheet(month, lines) for month, lines in months.items()}
    return files | dict(more or {})


def complaint(month: str, number: int = 1, **stated: str) -> dict[str, str]:
    """An upheld complaint about A001, by its path."""
    name = f"C-{month}-{number:03}"
    record = {
        "complaint": name,
        "agent": "A001",
        "received": f"{month}-14",
        "channel": "phone",
        "category": "attitude",
        "summary": "等待时间过长",
        "status": "upheld",
        "decided": f"{{on: {month}-18, by: wang.min}}",
    } | stated
    text = "".join(f"{key}: {value}\n" for key, value in record.items() if value)
    return {f"records/shop/{month}/complaints/{name}.yaml": text}


def event(month: str, number: int = 1, **stated: str) -> dict[str, str]:
    """A loss of 86.00 by A001, by its path."""
    name = f"E-{month}-{number:03}"
    record = {
        "event": name,
        "agent": "A001",
        "kind": "loss",
        "on": f"{month}-12",
        "amount": "86.00",
        "proposed": "wang.min",
        "reviewed": "zhao.lei",
    } | stated
    text = "".join(f"{key}: {value}\n" for key, value in record.items() if value)
    return {f"records/shop/{month}/events/{name}.yaml": text}


def close(month: str) -> dict[str, str]:
    """The mark of a closed month, by its path; nothing here compares what it states."""
    text = f"""\
department: shop
month: {month}
policy: {{id: mini, version: 2025-01}}
inputs: {{}}
result: "0"
totals: {{gross: 0, deductions: 0, total: 0}}
agents: {{}}
"""
    return {f"records/shop/{month}/close.yaml": text}


def closed(files: dict[str, str], month: str, department: str = "shop") -> dict[str, str]:
    """The files with a month that is closed as `kpigen close` closes it."""
    when = Month.parse(month)
    assert when
    snapshot = Files(files)
    desk, _ = open_desk(snapshot, department)
    ledger = keep(snapshot, closing=(department, when))
    assert ledger.clean, [found.message.said(Lang.EN) for found in ledger.findings]
    assert desk
    assert ledger.sealed
    return files | {close_path(desk.folder, when): close_text(snapshot, desk, when, ledger.sealed)}
