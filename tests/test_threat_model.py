"""The threat model names only what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs/threat-model.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`((?:tests|kpigen)/[^`…]+)`", TEXT)))


@pytest.mark.parametrize("name", NAMED)
def test_what_it_names_is_there(name: str) -> None:
    path, *steps = name.split("::")
    place = ROOT / path.rstrip("/")
    assert place.exists()
    for step in steps:
        assert re.search(rf"^ *(?:def|class) {re.escape(step)}\b", place.read_text("utf-8"), flags=re.MULTILINE)


def test_every_measure_names_what_carries_it() -> None:
    stopped = TEXT.partition("## What does not stop them")[0]
    rows = re.findall(r"^\| (?!attempt|who|---|any|agent|sup|rev|adm|robot).*", stopped, flags=re.MULTILINE)
    assert len(rows) > 30
    assert [row for row in rows if "`tests/" not in row] == []
