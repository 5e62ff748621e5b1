"""A small repository in memory: the gallery's base, and ways to change it a little."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kpigen.ledger import keep
from kpigen.snapshot import Entry
from kpigen.text import Lang

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
        folders = {
            path.rsplit("/", depth)[0] for path in self.files for depth in range(1, path.count("/"))
        }
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
