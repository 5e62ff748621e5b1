"""The README of a new repository: every command in it works, and says what it quotes."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from kpigen.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

#: What a test has done already: the environment, and the language of the machine.
DONE = ("python3 -m venv", ".venv/bin/python -m pip", ". .venv/bin/activate")
LOCALE = {"zh": "zh_CN.UTF-8", "en": "C.UTF-8"}


def commands(readme: str) -> Iterator[tuple[str, str | None]]:
    """Yield each command, in order, with what it is said to print; None where nothing is quoted."""
    for kind, block in re.findall(r"```(sh|console)\n(.*?)^ *```", readme, flags=re.DOTALL | re.MULTILINE):
        if kind == "sh":
            yield from ((line.strip(), None) for line in block.splitlines())
        else:
            for part in f"\n{block}".rstrip().split("\n$ ")[1:]:
                command, _, printed = part.partition("\n")
                yield command, f"{printed}\n"


def follow(root: Path, lang: str, *, build: bool = True) -> list[str]:
    """Run every command, and return the first words of those that were run."""
    followed = []
    os.chdir(root)
    for command, quoted in commands((root / "README.md").read_text("utf-8")):
        if command.startswith(DONE) or (command == "kpigen build" and not build):
            continue
        status, printed = _kpigen(command, lang) if command.startswith("kpigen ") else _shell(command)
        assert (command, status) == (command, 0), printed
        if quoted is not None:
            assert (command, printed) == (command, quoted)
        followed.append(" ".join(command.split()[:2]))
    return followed


def _kpigen(command: str, lang: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, shlex.split(command)[1:], env={"LC_ALL": LOCALE[lang]})
    return done.exit_code, done.stdout


def _shell(command: str) -> tuple[int, str]:
    settings = {"user.name": "x", "user.email": "x@example.org"}
    git = {"GIT_CONFIG_COUNT": str(len(settings))}
    for number, (key, value) in enumerate(settings.items()):
        git |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    shell = [shutil.which("sh") or "sh", "-ec", command]
    done = subprocess.run(shell, env=os.environ | git, capture_output=True, check=False, encoding="utf-8")  # noqa: S603 - our README
    return done.returncode, done.stdout


@pytest.mark.parametrize(("policy", "lang"), [("star-tier", "zh"), ("twelve-kpis", "en")])
def test_every_command_works(found: Callable[..., Path], policy: str, lang: str) -> None:
    root = found(policy, "--lang", lang)
    told = ["kpigen new"] if policy == "star-tier" else []
    assert follow(root, lang) == [
        "git init", "git add", "git commit", "kpigen check", "kpigen build", "kpigen close", "kpigen guard",
        "kpigen new", *told, "kpigen explain",
        "rm -r", "kpigen new", "kpigen new", "kpigen check", "kpigen owners",
    ]  # fmt: skip
    for page in ("index.html", "en/index.html"):
        footer = (root / "build/site" / page).read_text("utf-8")
        assert "虚构" not in footer
        assert "are invented" not in footer


def test_one_without_a_score(found: Callable[..., Path]) -> None:
    root = found("department-organisation", "--lang", "en")
    assert "kpigen import" not in (root / "README.md").read_text("utf-8")
    assert follow(root, "en", build=False)[-4:] == ["rm -r", "kpigen new", "kpigen check", "kpigen owners"]


@pytest.mark.parametrize(
    "policy", ["property-semiannual", "graded-commission", "weighted-indicators", "basic-regulation"]
)
def test_other_periods_roles_and_tiers(found: Callable[..., Path], policy: str) -> None:
    assert follow(found(policy, "--lang", "zh"), "zh", build=False)[-1] == "kpigen owners"


def test_nothing_is_left_to_fill_in(found: Callable[..., Path]) -> None:
    for number, lang in enumerate(("zh", "en")):
        text = (found("star-tier", "--lang", lang) / "README.md").read_text("utf-8")
        assert not re.search(r"\{\{|\{%|None|\n\n\n", text), number
        shutil.rmtree("new")
