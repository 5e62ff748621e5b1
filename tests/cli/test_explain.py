"""``kpigen explain``: every number with its clause, its file and line, and a way on from a wrong name."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from kpigen.cli import main
from tests.cli.conftest import ROOT, expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_tree_word_for_word(run: Callable[..., Result], lang: str, bless: bool) -> None:  # noqa: FBT001 - a fixture
    done = run("explain", "A001", "2025-02", "--lang", lang)
    assert done.exit_code == 0
    assert all(line == line.rstrip() for line in done.output.splitlines())
    expect(f"explain.{lang}.txt", done.output, bless=bless)


def test_a_month_without_an_assessment(run: Callable[..., Result], root: Path) -> None:
    sheet = root / "records/small/2025-01/scores/day.yaml"
    head, _, _ = sheet.read_text("utf-8").partition("agents:")
    sheet.write_text(f"{head}agents: {{A001: {{not_assessed: 病假}}}}\n", "utf-8")
    shown = run("explain", "A001", "2025-01").output.splitlines()
    assert shown[1] == "├── not assessed 病假 records/small/2025-01/scores/day.yaml:5:31"
    assert "├── tier from next month Ordinary (unchanged, for want of an assessment)" in shown
    assert not any(line.startswith("├── score") for line in shown)


def test_every_line_of_the_real_records_can_be_explained() -> None:
    for agent, month in (("A003", "2025-10"), ("A005", "2026-01"), ("B001", "2021-03"), ("A018", "2026-02")):
        done = CliRunner().invoke(main, ["explain", agent, month, "--root", str(ROOT), "--lang", "zh"])
        assert done.exit_code == 0, done.output
        assert not re.search(r"[a-z]_[a-z]", re.sub(r"(records|policy)/\S+", "", done.output)), done.output


def test_the_tree_does_not_depend_on_what_is_remembered(run: Callable[..., Result], root: Path) -> None:
    first = run("explain", "A001", "2025-02").output
    assert run("explain", "A001", "2025-02").output == first
    run("compute")
    assert run("explain", "A001", "2025-02").output == first
    assert not list(root.glob("build/site"))


def test_json_is_the_agents_part_of_the_document(run: Callable[..., Result], root: Path) -> None:
    run("compute")
    month = json.loads(root.joinpath("build/data/v1/small/2025-02.json").read_bytes())
    assert json.loads(run("explain", "A001", "2025-02", "--format", "json").output) == month["agents"][0]


@pytest.mark.parametrize(
    ("agent", "month", "lang", "said"),
    [
        ("A002", "2025-01", "en", "kpigen: there is no agent A002; the nearest are A001\n"),
        ("a001", "2025-01", "zh", "kpigen: 没有客服 a001；相近的有 A001\n"),
        ("A001", "2025-04", "en", "kpigen: A001 has no month 2025-04; the nearest are 2025-01, 2025-02\n"),
        ("A001", "2025-13", "en", "kpigen: “2025-13” is no month; write it like 2026-09\n"),
        ("A001", "\x1b[31m", "en", "kpigen: “\\u001b[31m” is no month; write it like 2026-09\n"),
    ],
)
def test_unknown_names(run: Callable[..., Result], agent: str, month: str, lang: str, said: str) -> None:
    done = run("explain", agent, month, "--lang", lang)
    assert (done.exit_code, done.output) == (2, said)


def test_a_month_with_an_error_is_not_explained_but_those_before_it_are(run: Callable[..., Result], root: Path) -> None:
    event = root / "records/small/2025-02/events/E-2025-02-001.yaml"
    event.write_text(event.read_text("utf-8").replace("86.00", "much"), "utf-8")
    assert run("explain", "A001", "2025-01").exit_code == 0
    done = run("explain", "A001", "2025-02")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.endswith("1 error, 0 warnings in 1 file\n")
