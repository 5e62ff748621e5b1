"""A small repository with everything in it, and every document that is made of it, as they were last agreed on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kpigen.ledger import keep
from kpigen.snapshot import FolderSnapshot
from kpigen.text import Lang
from tests.engine.mini import Documents

HERE = Path(__file__).parent
FOLDERS = sorted(path.parent for path in HERE.glob("*/records"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_documents_are_those_agreed_on(folder: Path, bless: bool) -> None:  # noqa: FBT001 - a fixture
    sink = Documents()
    findings = keep(FolderSnapshot.of(folder), sink=sink).findings
    said = "".join(
        f"{each.place}: {each.severity}: {each.message.said(Lang.EN)} [{each.rule.id}]\n" for each in findings
    )
    made = {
        path: json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n" for path, text in sink.written.items()
    }
    made["findings.txt"] = said
    expected = folder / "_expected"
    if bless:
        for file in expected.rglob("*.*"):
            file.unlink()
        for path, text in made.items():
            (expected / path).parent.mkdir(parents=True, exist_ok=True)
            (expected / path).write_text(text, encoding="utf-8")
    agreed = {file.relative_to(expected).as_posix(): file.read_text("utf-8") for file in expected.rglob("*.*")}
    assert made.keys() == agreed.keys()
    for path, text in made.items():
        assert text == agreed[path], path


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_same_files_make_the_same_bytes(folder: Path) -> None:
    one, other = Documents(), Documents()
    keep(FolderSnapshot.of(folder), sink=one)
    keep(FolderSnapshot.of(folder), sink=other)
    assert one.written == other.written
    assert all(
        text == json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        for text in one.written.values()
    )
