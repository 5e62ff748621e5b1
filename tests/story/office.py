"""An office for the story: a bare repository as its host, a clone for each person, and the checks before a merge."""

from __future__ import annotations

import json
import os
import shlex
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from click.testing import CliRunner

from kpigen.cli import main
from tests.git import git

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def within(folder: Path) -> Iterator[None]:
    """Work in a folder."""
    before = os.getcwd()  # noqa: PTH109 - the process's own
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@dataclass(frozen=True)
class Said:
    """What a command printed, and how it ended."""

    code: int
    output: str


@dataclass
class Office:
    """The host and its people; every command is kept with what it printed."""

    folder: Path
    transcript: list[tuple[str, str]] = field(default_factory=list)

    @property
    def host(self) -> Path:
        """The bare repository."""
        return self.folder / "host.git"

    def open(self, files: dict[str, str]) -> None:
        """Found the repository with its first files on ``main``."""
        git(self.folder, "init", "-q", "--bare", "-b", "main", str(self.host))
        with self.desk("chen.yu", "main") as desk:
            write(desk, files)
            self.push(desk, "main", "chen.yu", "A department and its policy")

    @contextmanager
    def desk(self, person: str, branch: str) -> Iterator[Path]:
        """Give somebody a fresh clone of ``main``, on a branch of their own, to work in."""
        desk = self.folder / f"{person}-{branch.replace('/', '-')}"
        shutil.rmtree(desk, ignore_errors=True)
        git(self.folder, "clone", "-q", str(self.host), str(desk))
        if branch != "main":
            git(desk, "switch", "-qc", branch)
        with within(desk):
            yield desk

    def push(self, desk: Path, branch: str, person: str, message: str) -> None:
        """Propose what is on the desk: one commit, pushed to the host."""
        git(desk, "add", "-A")
        git(desk, "commit", "-qm", message, who=person)
        git(desk, "push", "-qf", "origin", f"HEAD:{branch}")

    def say(self, command: str, code: int = 0) -> str:
        """Run a command of kpigen in the present folder, and keep what it prints."""
        done = CliRunner().invoke(main, shlex.split(command), env={"LC_ALL": "C.UTF-8"})
        assert done.exit_code == code, done.output
        self.transcript.append((command, done.output.rstrip("\n")))
        return done.output

    def checked(self, branch: str, person: str, approvals: tuple[str, ...] = ()) -> list[Said]:
        """Run what the host runs on a proposal, in a fresh clone: check, guard, diff, and who approved.

        Args:
            branch: the proposal.
            person: the account that proposed it.
            approvals: the accounts that approved its head.
        """
        with self.desk("checks", branch) as desk:
            head = git(desk, "rev-parse", f"origin/{branch}")
            git(desk, "merge", "-q", "--no-edit", f"origin/{branch}")
            event, reviews = self.folder / "event.json", self.folder / "reviews.json"
            event.write_text(json.dumps(_event(branch, person, head)), "utf-8")
            reviews.write_text(json.dumps([_review(each, head) for each in approvals]), "utf-8")
            commands = (
                ["check"],
                ["guard", "--base", "origin/main"],
                ["diff", "origin/main"],
                ["approval", "--event", str(event), "--reviews", str(reviews), "--base", "origin/main"],
            )
            done = [CliRunner().invoke(main, command, env={"LC_ALL": "C.UTF-8"}) for command in commands]
        return [Said(each.exit_code, each.output) for each in done]

    def merge(self, branch: str, person: str, *approvals: str) -> list[Said]:
        """Merge a proposal all of whose checks pass."""
        said = self.checked(branch, person, approvals)
        assert [each.code for each in said] == [0] * 4, [each.output for each in said if each.code]
        with self.desk("merge", "main") as desk:
            git(desk, "merge", "-q", "--no-ff", "-m", f"Merge {branch}", f"origin/{branch}")
            git(desk, "push", "-q", "origin", "main")
            git(desk, "push", "-q", "origin", "--delete", branch)
        return said


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="\n")


def _event(branch: str, person: str, head: str) -> object:
    return {
        "action": "synchronize",
        "number": 1,
        "pull_request": {
            "number": 1,
            "user": {"login": person, "type": "User"},
            "head": {"sha": head, "ref": branch},
            "base": {"ref": "main"},
        },
    }


def _review(person: str, head: str) -> object:
    return {
        "user": {"login": person, "type": "User"},
        "state": "APPROVED",
        "commit_id": head,
        "submitted_at": "2026-08-11T09:00:00Z",
    }
