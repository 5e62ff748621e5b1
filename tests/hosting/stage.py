"""A stage for workflows: their steps run as the host runs them, in a clone, with a `gh` that answers from files."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

from kpigen.hosting import Install, files
from kpigen.text import Lang
from tests.git import git

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ITSELF = Install.itself()
PINNED = Install.pinned("kpigen==0.1.0")
BOT = "41898282+github-actions[bot]@users.noreply.github.com"
TOKEN = "not-a-real-token"  # noqa: S105 - as it says

#: Notes what it is asked, with the files that it is to send; answers with the first answer that fits; needs no network.
GH = """#!{python}
import json, os, re, sys
here = os.environ["STAGE"]
told = {{"args": sys.argv[1:], "token": os.environ.get("GH_TOKEN")}}
for before, word in zip(sys.argv[1:], sys.argv[2:]):
    if before == "--input":
        told["body"] = json.load(open(word, encoding="utf-8"))["body"]
    elif before in ("-F", "--body-file") and word.startswith("body=@"):
        told["body"] = open(word.removeprefix("body=@"), encoding="utf-8").read()
with open(f"{{here}}/gh.log", "a", encoding="utf-8") as log:
    log.write(json.dumps(told) + "\\n")
for pattern, answer in json.load(open(f"{{here}}/answers.json", encoding="utf-8")):
    if re.search(pattern, " ".join(sys.argv[1:])):
        if isinstance(answer, dict):
            into = sys.argv[sys.argv.index("--dir") + 1]
            for name, text in answer.items():
                os.makedirs(os.path.dirname(f"{{into}}/{{name}}"), exist_ok=True)
                open(f"{{into}}/{{name}}", "w", encoding="utf-8").write(text)
        elif answer is None:
            sys.exit(1)
        else:
            sys.stdout.write(answer)
        break
"""

#: Does of `make setup` what counts here: there is a kpigen afterwards, and it says from where it was run.
MAKE = """#!/bin/sh
folder=.
if [ "$1" = -C ]; then folder=$2; shift 2; fi
[ "$1" = setup ] || exit 3
mkdir -p "$folder/.venv/bin"
cp "$STAGE/kpigen" "$folder/.venv/bin/kpigen"
echo "in $(cd "$folder" && pwd)" >> "$STAGE/setup.log"
"""

#: Does of `python3 -m venv` and of the pip in it what counts here.
PYTHON = """#!/bin/sh
[ "$1 $2" = "-m venv" ] || exit 3
mkdir -p "$3/bin"
cp "$STAGE/pip" "$3/bin/python"
echo "in $(pwd)" >> "$STAGE/setup.log"
"""
PIP = """#!/bin/sh
for last; do :; done
cp "$STAGE/kpigen" "$(dirname "$0")/kpigen"
echo "in $(pwd)" >> "$STAGE/setup.log"
echo "set up $(cat "$last")" >> "$STAGE/setup.log"
"""

KPIGEN = """#!/bin/sh
printf '%s' "$0" >> "$STAGE/kpigen.log"
printf ' %s' "$@" >> "$STAGE/kpigen.log"
echo >> "$STAGE/kpigen.log"
exec {python} -P -m kpigen "$@"
"""


@cache
def workflow(name: str, install: Install = ITSELF, lang: Lang = Lang.EN) -> Any:  # noqa: ANN401 - as YAML is
    """A workflow as it is written, read; `on` is a plain word here."""
    return yaml.load(files(install, lang)[f".github/workflows/{name}.yml"], Loader=yaml.BaseLoader)  # noqa: S506 - strings


def write(folder: Path, texts: Mapping[str, str]) -> None:
    """Write files below a folder."""
    for path, text in texts.items():
        folder.joinpath(path).parent.mkdir(parents=True, exist_ok=True)
        folder.joinpath(path).write_text(text, "utf-8")


@dataclass
class Stage:
    """A bare repository, a clone in which somebody works, and the host's own fresh clone.

    Attributes:
        folder: where all of it lies.
        install: how kpigen comes in.
        answers: what `gh` answers by the first pattern that fits its words: a mapping is downloaded, None is a failure.
    """

    folder: Path
    install: Install = ITSELF
    answers: list[tuple[str, str | dict[str, str] | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name, text in {
            "bin/gh": GH.format(python=sys.executable),
            "bin/make": MAKE,
            "bin/python3": PYTHON,
            "pip": PIP,
            "kpigen": KPIGEN.format(python=sys.executable),
        }.items():
            write(self.folder, {name: text})
            self.folder.joinpath(name).chmod(0o755)
        git(self.folder, "init", "-q", "--bare", "-b", "main", "origin.git")
        git(self.folder, "clone", "-q", "origin.git", "work")

    @property
    def work(self) -> Path:
        return self.folder / "work"

    @property
    def clone(self) -> Path:
        return self.folder / "runner" / "repository"

    def commit(self, texts: Mapping[str, str], branch: str = "main") -> str:
        """Add files to a branch, made of main where it is new, and push it."""
        if branch != "main":
            git(self.work, "checkout", "-q", "-B", branch)
        write(self.work, texts)
        git(self.work, "add", "-A")
        git(self.work, "commit", "-q", "--allow-empty", "-m", "as it says")
        git(self.work, "push", "-q", "origin", f"HEAD:refs/heads/{branch}")
        head = git(self.work, "rev-parse", "HEAD")
        git(self.work, "checkout", "-q", "main")
        return head

    def check_out(self, branch: str = "main") -> str:
        """Make the host's fresh clone: of a proposal, the merge with main as the host makes it. Return its commit."""
        shutil.rmtree(self.clone.parent, ignore_errors=True)
        self.clone.parent.mkdir()
        git(self.clone.parent, "clone", "-q", str(self.folder / "origin.git"), "repository")
        git(self.clone, "checkout", "-q", "--detach", "origin/main")
        if branch != "main":
            git(self.clone, "merge", "-q", "--no-ff", "-m", "merge", f"origin/{branch}")
        return git(self.clone, "rev-parse", "HEAD")

    def run(
        self, name: str, job: str, step: str, context: Mapping[str, str] | None = None, **environ: str
    ) -> subprocess.CompletedProcess[str]:
        """Run one step of a workflow.

        Args:
            name: the workflow.
            job: the job.
            step: the step's name.
            context: what the expressions in `env:` stand for.
            environ: what the host puts into the environment.
        """
        found = workflow(name, self.install)
        stated = found["jobs"][job]
        (told,) = [each for each in stated["steps"] if each.get("name") == step]
        env = {**found.get("env", {}), **stated.get("env", {}), **told.get("env", {})}
        given = {"github.token": TOKEN, **(context or {})}
        filled = {key: re.sub(r"\$\{\{ (.*?) \}\}", lambda found: given[found[1]], value) for key, value in env.items()}
        assert "${{" not in told["run"]
        return self.shell(told["run"], {**filled, **environ})

    def shell(self, script: str, environ: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        """Run a script in the host's clone."""
        self.folder.joinpath("answers.json").write_text(json.dumps(self.answers), "utf-8")
        for name in ("output", "summary", "event.json"):
            self.folder.joinpath(name).touch()
        surroundings = {
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.folder),
            "LC_ALL": "C.UTF-8",
            "KPIGEN_CACHE": str(self.folder / "cache"),
            "STAGE": str(self.folder),
            "GITHUB_REPOSITORY": "office/kpi",
            "GITHUB_REPOSITORY_OWNER": "office",
            "GITHUB_SERVER_URL": "https://git.example.org",
            "GITHUB_RUN_ID": "4711",
            "GITHUB_EVENT_PATH": str(self.folder / "event.json"),
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
        }
        shell = shutil.which("bash") or "bash"
        return subprocess.run(  # noqa: S603 - a test's own
            [shell, "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.clone,
            env=surroundings | dict(environ),
            capture_output=True,
            text=True,
            check=False,
        )

    def read(self, name: str) -> str:
        """What a file of the stage says; nothing where it is not there."""
        path = self.folder / name
        return path.read_text("utf-8") if path.exists() else ""

    @property
    def asked(self) -> list[dict[str, Any]]:
        """What `gh` was asked."""
        return [json.loads(line) for line in self.read("gh.log").splitlines()]

    @property
    def outputs(self) -> dict[str, str]:
        """What the steps put out."""
        return dict(line.split("=", 1) for line in self.read("output").splitlines())

    def forget(self) -> None:
        """Begin a new run."""
        for name in ("gh.log", "output", "summary", "kpigen.log", "setup.log"):
            self.folder.joinpath(name).unlink(missing_ok=True)

    def tell(self, event: object) -> None:
        """Put the event where the host puts it."""
        self.folder.joinpath("event.json").write_text(json.dumps(event), "utf-8")
