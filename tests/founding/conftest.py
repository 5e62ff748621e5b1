"""A place for new repositories, and the command line to make and use them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from kpigen.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
POLICIES = sorted(folder.name for folder in (ROOT / "policy").iterdir())


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever the machine's language: English, and a cache of one's own; the paths of what is said are short."""
    for name in ("LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("KPIGEN_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def kpigen() -> Callable[..., Result]:
    """Run a verb."""

    def run(*arguments: str) -> Result:
        result = CliRunner().invoke(main, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run


@pytest.fixture
def found(kpigen: Callable[..., Result], tmp_path: Path) -> Callable[..., Path]:
    """Make a repository."""

    def make(policy: str, *more: str) -> Path:
        done = kpigen("init", "new", "--policy", policy, "--department", "shop", *more)
        assert done.exit_code == 0, done.output
        return tmp_path / "new"

    return make
