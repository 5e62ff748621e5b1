"""What the tooling promises: one exact lock, one test command, no rule ignored without a reason."""

from __future__ import annotations

import importlib.metadata
import itertools
import os
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
TEST_COMMAND = "make test"
VERBS = [
    "bench",
    "check",
    "clean",
    "fmt",
    "help",
    "lint",
    "lock",
    "messages",
    "nightly",
    "schema",
    "serve",
    "setup",
    "site",
    "test",
]


def pyproject() -> dict[str, Any]:
    return tomllib.loads(ROOT.joinpath("pyproject.toml").read_text("utf-8"))


def lock_blocks() -> list[str]:
    """Each requirement of the lock with the lines that continue it, comments left out."""
    text = ROOT.joinpath("requirements.lock").read_text("utf-8")
    joined = re.sub(r" *\\\n *", " ", re.sub(r"(?m)^\s*#.*\n", "", text))
    return joined.splitlines()


def locked() -> dict[str, list[Requirement]]:
    found: dict[str, list[Requirement]] = {}
    for block in lock_blocks():
        requirement = Requirement(block.split(" --hash=")[0])
        found.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return found


def makefile_recipe(target: str) -> list[str]:
    match = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", ROOT.joinpath("Makefile").read_text("utf-8"), re.MULTILINE)
    assert match, f"the Makefile has no recipe for {target}"
    return [line.strip().replace("$(BIN)", ".venv/bin") for line in match[1].splitlines()]


def make(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    executable = shutil.which("make")
    assert executable
    environment = {
        name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}
    }
    return subprocess.run(  # noqa: S603  # the arguments are those written in this file
        [executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=60,
    )


class TestLock:
    def test_names_no_place_to_fetch_from(self) -> None:
        text = ROOT.joinpath("requirements.lock").read_text("utf-8")
        assert "://" not in text
        assert [line for line in text.splitlines() if line.startswith("-")] == []

    def test_pins_every_requirement_exactly_and_by_hash(self) -> None:
        pattern = r"[\w.-]+==[\w.+]+( ; [^#]+?)?( --hash=sha256:[0-9a-f]{64})+"
        assert [block for block in lock_blocks() if not re.fullmatch(pattern, block)] == []

    def test_holds_every_dependency_in_an_accepted_version(self) -> None:
        project = pyproject()
        wanted = [
            *project["project"]["dependencies"],
            *project["dependency-groups"]["dev"],
            *project["build-system"]["requires"],
        ]
        pins = locked()
        for requirement in map(Requirement, wanted):
            found = pins.get(canonicalize_name(requirement.name), [])
            versions = [next(iter(pin.specifier)).version for pin in found]
            assert versions, f"{requirement} is not in the lock: run `make lock`"
            assert all(map(requirement.specifier.contains, versions)), f"{requirement}: {versions} locked"

    def test_is_what_is_installed(self) -> None:
        for name, pins in locked().items():
            for pin in pins:
                if pin.marker is None or pin.marker.evaluate():
                    assert pin.specifier.contains(importlib.metadata.version(name)), name


class TestMakefile:
    def test_help_is_the_default_and_tells_every_verb(self) -> None:
        result = make(folder=ROOT)
        assert result.returncode == 0, result.stderr
        assert sorted(re.findall(r"(?m)^  make (\w+)\t+\S", result.stdout)) == VERBS

    @pytest.mark.parametrize("version", ["Python 2.7.18", "Python 3.10.13"])
    def test_an_old_python_is_refused_in_one_clear_line(self, tmp_path: Path, version: str) -> None:
        for name in ("Makefile", "pyproject.toml", "requirements.lock"):
            shutil.copy(ROOT / name, tmp_path)
        old = tmp_path / "old-python"
        old.write_text(f'#!/bin/sh\ntest "$1" = --version && echo {version} >&2 || exit 1\n', "utf-8")
        old.chmod(0o755)
        result = make("--silent", "setup", "PYTHON=./old-python", folder=tmp_path)
        told, *rest = result.stderr.splitlines()
        assert result.returncode != 0
        assert "needs Python 3.11 or newer" in told
        assert version in told
        assert all("***" in line for line in rest), rest  # make's own closing line
        assert not (tmp_path / ".venv").exists()


class TestOneCheckEverywhere:
    def test_ci_calls_the_test_command_of_the_readme(self) -> None:
        commands = ROOT.joinpath(".ci/run").read_text("utf-8").splitlines()
        assert commands[-1] == TEST_COMMAND
        readme = ROOT / "README.md"
        if not readme.exists():
            pytest.skip("there is no README.md yet")
        fenced = re.findall(r"(?ms)^ *```\w*\n(.*?)^ *```", readme.read_text("utf-8"))
        assert TEST_COMMAND in {line.split("#")[0].strip() for block in fenced for line in block.splitlines()}

    def test_pre_commit_does_what_lint_and_check_do(self) -> None:
        config = yaml.safe_load(ROOT.joinpath(".pre-commit-config.yaml").read_text("utf-8"))
        assert [repo["repo"] for repo in config["repos"]] == ["local"]
        hooks = [shlex.split(hook["entry"]) for hook in config["repos"][0]["hooks"]]
        assert {hook["language"] for hook in config["repos"][0]["hooks"]} == {"system"}
        recipes = [shlex.split(line) for line in [*makefile_recipe("lint"), *makefile_recipe("check")]]
        # pre-commit names the files itself
        plain = [
            [word for word in words if word not in {".", "--force-exclude"} and not word.startswith(".git")]
            for words in [*hooks, *recipes]
        ]
        assert plain[: len(hooks)] == plain[len(hooks) :]

    def test_every_ignored_rule_has_its_reason(self) -> None:
        lines = ROOT.joinpath("pyproject.toml").read_text("utf-8").splitlines()
        lint = pyproject()["tool"]["ruff"]["lint"]
        for rule in itertools.chain(lint["ignore"], *lint["per-file-ignores"].values()):
            named = [line for line in lines if line.strip().startswith(f'"{rule}",')]
            assert named, f"{rule} does not stand on a line of its own"
            assert all(re.search(r"  # \w.{10,}", line) for line in named), f"{rule} is ignored for no reason"
