"""A small repository on disk, and the command line to run on it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from kpigen.cli import main
from tests.oracle.small import line, write_department

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
POLICY = "policy/star-tier/2025-01.yaml"
AGENT = {
    "agent": "A001",
    "name": "林晓",
    "joined": "2024-06-03",
    "history": [{"from": "2025-01", "team": "day", "tier": "ordinary"}],
}
EXPECTED = Path(__file__).parent / "expected"


def expect(name: str, output: str, *, bless: bool) -> None:
    """Compare with a golden file."""
    if bless:
        EXPECTED.mkdir(exist_ok=True)
        EXPECTED.joinpath(name).write_text(output, "utf-8")
    assert output == EXPECTED.joinpath(name).read_text("utf-8")


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever the machine's language and terminal: English, no colour, a cache of one's own."""
    for name in ("LC_MESSAGES", "LANG", "LANGUAGE", "FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("KPIGEN_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A department with one agent and two months, without a finding."""
    root = tmp_path / "repository"
    root.joinpath(POLICY).parent.mkdir(parents=True)
    shutil.copy(ROOT / POLICY, root / POLICY)
    months: dict[str, dict[str, Any]] = {
        "2025-01": {"lines": {"day": {"A001": line("91.5", "356.50", "yes")}}},
        "2025-02": {"lines": {"day": {"A001": line("69", "20")}}, "events": [("A001", "loss", "86.00")]},
    }
    write_department(root, [AGENT], months)
    return root


@pytest.fixture
def run(root: Path) -> Callable[..., Result]:
    """Run a verb on the repository."""

    def invoke(*arguments: str) -> Result:
        result = CliRunner().invoke(main, [*arguments, "--root", str(root)])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke
