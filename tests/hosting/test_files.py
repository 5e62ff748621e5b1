"""The host's files: what every workflow keeps to, and that this repository's own are those that are made."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from kpigen.hosting import Install, files
from kpigen.hosting.rendering import MANIFEST
from kpigen.seal import blob
from kpigen.text import Lang
from tests.hosting.stage import ITSELF, PINNED, workflow, write

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
INSTALLS = {"itself": ITSELF, "pinned": PINNED}
NAMES = ["approval", "check", "close", "comment", "form", "nightly", "publish"]
WRITES = {
    ("close", "propose"): {"contents": "write", "pull-requests": "write"},
    ("comment", "write"): {"actions": "read", "pull-requests": "write"},
    ("form", "record"): {"contents": "write", "issues": "write", "pull-requests": "write"},
    ("nightly", "report"): {"issues": "write"},
    ("publish", "deploy"): {"pages": "write", "id-token": "write"},
}


def jobs(install: Install) -> Iterator[tuple[str, str, Any]]:
    for name in NAMES:
        for job, stated in workflow(name, install)["jobs"].items():
            yield name, job, stated


def test_this_repository_has_what_is_made_for_it() -> None:
    made = files(ITSELF, Lang.EN)
    differing = [path for path, text in made.items() if ROOT.joinpath(path).read_text("utf-8") != text]
    assert differing == [], "run `kpigen upgrade --write`"
    assert {path.stem for path in ROOT.glob(".github/workflows/*")} == set(NAMES)


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("install", INSTALLS.values(), ids=INSTALLS)
class TestEveryRendering:
    def test_no_sign_of_a_template_is_left(self, install: Install, lang: Lang) -> None:
        assert [path for path, text in files(install, lang).items() if re.search("[«»]", text)] == []

    def test_each_file_ends_with_one_line_end(self, install: Install, lang: Lang) -> None:
        assert [path for path, text in files(install, lang).items() if not re.search(r"[^\n]\n\Z", text)] == []

    def test_no_place_to_fetch_from_is_named(self, install: Install, lang: Lang) -> None:
        assert [path for path, text in files(install, lang).items() if "://" in text] == []

    def test_linters_find_nothing(self, install: Install, lang: Lang, tmp_path: Path) -> None:
        """The very commands of `make lint`."""
        write(tmp_path, files(install, lang))
        recipe = re.search(r"(?m)^lint:.*\n((?:\t.*\n)+)", ROOT.joinpath("Makefile").read_text("utf-8"))
        assert recipe
        commands = re.findall(r"(?m)^\t\$\(BIN\)/((?:zizmor|check-jsonschema) .*)$", recipe[1])
        assert len(commands) == 6
        for command in commands:
            script = f"{Path(sys.executable).parent}/{command}"
            done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)  # noqa: S603, S607
            assert done.returncode == 0, done.stdout + done.stderr


def test_only_what_differs_by_language_differs() -> None:
    zh, en = files(ITSELF, Lang.ZH), files(ITSELF, Lang.EN)
    assert list(zh) == list(en)
    same = {path for path in zh if zh[path] == en[path]}
    assert same == {path for path in zh if "ISSUE_TEMPLATE" in path}
    assert ".venv/bin/kpigen --lang zh check" in zh[".github/workflows/check.yml"]


def test_a_template_for_each_kind_of_proposal_in_both_languages() -> None:
    for lang, word in ((Lang.EN, "Title: "), (Lang.ZH, "标题写：")):
        found = {path: text for path, text in files(PINNED, lang).items() if "PULL_REQUEST_TEMPLATE" in path}
        assert [Path(path).stem for path in found] == ["case", "close", "correction", "policy", "scores", "settings"]
        assert [path for path, text in found.items() if word not in text or "- [ ] " not in text] == []


def test_what_was_written_is_remembered() -> None:
    made = files(PINNED, Lang.ZH)
    stated = yaml.safe_load(made[MANIFEST])
    assert (stated["install"], stated["lang"]) == ("pinned", "zh")
    assert stated["files"] == {path: blob(text.encode()) for path, text in made.items() if path != MANIFEST}
    assert "requirements.txt" in stated["files"]


@pytest.mark.parametrize("install", INSTALLS.values(), ids=INSTALLS)
class TestSafety:
    def test_nothing_is_granted_but_to_jobs_and_writing_only_where_something_is_written(self, install: Install) -> None:
        writing = {}
        for name, job, stated in jobs(install):
            assert workflow(name, install)["permissions"] == {}
            if "write" in stated["permissions"].values():
                writing[name, job] = stated["permissions"]
            else:
                assert set(stated["permissions"].values()) == {"read"}
        assert writing == WRITES

    def test_every_grant_has_its_reason(self, install: Install) -> None:
        for name in NAMES:
            text = files(install, Lang.EN)[f".github/workflows/{name}.yml"]
            granted = re.findall(r"(?m)^ {6}[a-z-]+: (?:read|write)\b(.*)$", text)
            assert granted
            assert [rest for rest in granted if not re.match(r" # \w.+", rest)] == []

    def test_every_job_ends_in_time(self, install: Install) -> None:
        assert [job for _, job, stated in jobs(install) if not 0 < int(stated["timeout-minutes"]) <= 120] == []

    def test_every_workflow_says_what_runs_beside_what(self, install: Install) -> None:
        assert [name for name in NAMES if "group" not in workflow(name, install)["concurrency"]] == []

    def test_every_action_is_pinned_to_a_commit_and_says_which_version_it_is(self, install: Install) -> None:
        for name in NAMES:
            uses = re.findall(r"uses: (.*)", files(install, Lang.EN)[f".github/workflows/{name}.yml"])
            assert [each for each in uses if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v[0-9.]+", each)] == []

    def test_no_checkout_leaves_its_token_behind(self, install: Install) -> None:
        for _, _, stated in jobs(install):
            for step in stated["steps"]:
                if step.get("uses", "").startswith("actions/checkout@"):
                    assert step["with"]["persist-credentials"] == "false"

    def test_no_value_of_the_host_stands_in_a_script(self, install: Install) -> None:
        for _, job, stated in jobs(install):
            for step in stated["steps"]:
                assert "${{" not in step.get("run", ""), (job, step)

    def test_only_a_step_that_asks_the_host_has_the_token(self, install: Install) -> None:
        for _, _, stated in jobs(install):
            assert "GH_TOKEN" not in stated.get("env", {})
            for step in stated["steps"]:
                if "GH_TOKEN" in step.get("env", {}):
                    assert re.search(r"\bgh (api|run|issue) ", step["run"])

    def test_what_writes_a_comment_checks_nothing_out(self, install: Install) -> None:
        steps = workflow("comment", install)["jobs"]["write"]["steps"]
        assert [step for step in steps if "uses" in step] == []
        (fetched,) = [step for step in workflow("comment", install)["jobs"]["decide"]["steps"] if "uses" in step][:1]
        assert fetched["with"]["ref"] == "main"


def test_what_a_pinned_repository_installs() -> None:
    made = files(PINNED, Lang.EN)
    assert made["requirements.txt"] == "kpigen==0.1.0\n"
    steps = workflow("check", PINNED)["jobs"]["guard"]["steps"]
    (setup,) = [step["run"] for step in steps if step.get("name") == "Set up what is approved"]
    assert "(cd ../base && python3 -m venv .venv && .venv/bin/python -m pip " in setup
    assert setup.endswith(" --requirement requirements.txt)\n")
    assert "program" not in workflow("check", PINNED)["jobs"]
    assert "make" not in "".join(text for path, text in made.items() if path.startswith(".github/workflows"))


def test_administrators_read_of_every_file_and_of_the_checks_to_require() -> None:
    text = ROOT.joinpath("docs/hosting.md").read_text("utf-8")
    assert [name for name in NAMES if f"| `{name}.yml` |" not in text] == []
    (required,) = re.findall(r"Require status checks: (.*?) \|", text)
    named = {job["name"] for name in ("check", "approval") for job in workflow(name, PINNED)["jobs"].values()}
    assert set(re.findall("`(.*?)`", required)) == named


def test_the_required_checks_report_in_a_merge_queue_too() -> None:
    for name in ("check", "approval"):
        assert "merge_group" in workflow(name)["on"]
