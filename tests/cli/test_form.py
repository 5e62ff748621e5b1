"""``kpigen form``: an event of the host becomes a record and a branch's name, and a second edit the same record."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from kpigen.cli import main
from tests.git import git
from tests.intake.test_form import COMPLAINT, body

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REFUSED = "<!-- kpigen form -->\n\nThis could not become a record yet. Edit the issue's text; it is read again at once."
FIELDS = {**COMPLAINT, "Received on": "2025-02-14", "Severity": "_No response_"}


def event(tmp_path: Path, text: str, **more: Any) -> str:  # noqa: ANN401 - JSON
    issue = {"number": 7, "created_at": "2025-02-20T08:00:00Z", "state": "open", "body": text} | more
    path = tmp_path / "event.json"
    path.write_text(json.dumps({"action": "opened", "issue": issue, "sender": {"login": "x"}}), "utf-8")
    return str(path)


def test_a_form_becomes_a_record(run: Callable[..., Result], root: Path, tmp_path: Path) -> None:
    out = tmp_path / "output"
    done = run("form", event(tmp_path, body(FIELDS)), "--output", str(out))
    path = "records/small/2025-02/complaints/C-2025-02-001.yaml"
    assert done.exit_code == 0
    assert done.output.startswith(f"<!-- kpigen form -->\n\nThis became a record: `{path}`\n")
    assert done.output.endswith("\nCloses #7\n")
    assert out.read_text("utf-8") == f"branch=form/7\npath={path}\ntitle=Complaint C-2025-02-001 about A001\n"
    assert (root / path).is_file()
    assert run("check").exit_code == 0


def test_wrong_fields_are_said_and_nothing_is_written(run: Callable[..., Result], root: Path, tmp_path: Path) -> None:
    out = tmp_path / "output"
    wrong = {**FIELDS, "Agent's number": "A777", "Channel": "`<b>@all`"}
    done = run("form", event(tmp_path, body(wrong)), "--output", str(out))
    assert (done.exit_code, done.output) == (
        1,
        f"{REFUSED}\n\n- **Channel**: Choose one of: Phone, Chat, Email, WeChat, App, Counter, Visit, Other.\n",
    )
    done = run("form", event(tmp_path, body({**wrong, "Channel": "Chat"})))
    assert done.output.endswith("\n\n- **Agent's number**: There is no agent A777.\n")
    assert not out.exists()
    assert not (root / "records/small/2025-02/complaints").exists()


def test_the_language_is_the_forms_own(run: Callable[..., Result], tmp_path: Path) -> None:
    done = run("form", event(tmp_path, body({**FIELDS, "Agent's number": "A777"})), "--lang", "zh")
    assert "There is no agent A777." in done.output


def test_any_other_issue_is_passed_over(run: Callable[..., Result], tmp_path: Path) -> None:
    for text in ("Hello", None):
        done = run("form", event(tmp_path, text))  # type: ignore[arg-type]
        assert (done.exit_code, done.output) == (0, "")
    pull = run("form", event(tmp_path, body(FIELDS), pull_request={"url": "x"}))
    assert (pull.exit_code, pull.output) == (0, "")


def test_a_second_edit_updates_the_same_branch(root: Path, tmp_path: Path) -> None:
    """A clone runs the verb as the workflow does: always on main, with the branch of the first edit at hand."""
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "as it is")
    clone = tmp_path / "clone"

    def propose(text: str, **more: str) -> str:
        shutil.rmtree(clone, ignore_errors=True)
        git(tmp_path, "clone", "-q", str(root), str(clone))
        arguments = ["form", event(tmp_path, text, **more), "--root", str(clone)]
        done = CliRunner().invoke(main, arguments)
        if done.exit_code:
            return done.output
        git(clone, "switch", "-qC", "form/7")
        git(clone, "add", "-A")
        git(clone, "commit", "-qm", "form")
        git(clone, "push", "-qf", "origin", "form/7")
        return git(clone, "diff", "--name-only", "origin/main")

    first = propose(body(FIELDS))
    assert first == "records/small/2025-02/complaints/C-2025-02-001.yaml"
    git(root, "commit", "-q", "--allow-empty", "-m", "main goes on")
    assert propose(body({**FIELDS, "What happened": "Something else"})) == first
    assert git(root, "show", f"form/7:{first}").splitlines()[6] == "summary: Something else"
    assert git(root, "rev-list", "--count", "main..form/7") == "1"
    # Somebody else's record takes the id on main: the next edit takes another.
    other = root / first
    other.parent.mkdir(parents=True)
    other.write_text(git(root, "show", f"form/7:{first}").replace("Something else", "Another's") + "\n", "utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "another's complaint")
    second = propose(body(FIELDS))
    assert second == "records/small/2025-02/complaints/C-2025-02-002.yaml"
    # It is decided on its branch: the text no longer reaches it.
    git(root, "switch", "-q", "form/7")
    decided = root / second
    text = decided.read_text("utf-8").replace(
        "status: open", "status: dismissed\ndecided: {on: 2025-02-21, by: wang.min}"
    )
    decided.write_text(text, "utf-8")
    git(root, "commit", "-qam", "decided")
    git(root, "switch", "-q", "main")
    assert "The record is decided already" in propose(body(FIELDS))
    # It is merged: likewise; and the issue that merging closed is not read again.
    git(root, "merge", "-q", "--no-ff", "-m", "merge", "form/7")
    assert "The record is approved already" in propose(body(FIELDS))
    assert "This issue is closed." in propose(body(FIELDS), state="closed")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is no JSON"),
        ("[" * 100_000, "is not what the host sends: $ is missing or of another form"),
        ('{"x": ' + "[" * 100_000, "is no JSON"),
        ("{}", "is not what the host sends: $.issue is missing or of another form"),
        ('{"issue": {"number": "7"}}', "is not what the host sends: $.issue.number is missing or of another form"),
        ('{"issue": {"number": 7, "created_at": "yesterday"}}', "$.issue.created_at is missing or of another form"),
        ('{"issue": {"number": -7}}', "$.issue.number is missing or of another form"),
        ('{"issue": []}', "$.issue is missing or of another form"),
        ('"\\ud800"', "is no JSON"),
    ],
)
def test_an_event_file_of_another_form_is_refused(
    run: Callable[..., Result], tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "event.json"
    path.write_text(text, "utf-8")
    done = run("form", str(path))
    assert done.exit_code == 2
    assert done.output.startswith(f"kpigen: {path} ")
    assert done.output.endswith(f"{said}\n")
    assert len(done.output.splitlines()) == 1


def test_no_event_file(run: Callable[..., Result], tmp_path: Path) -> None:
    done = run("form", str(tmp_path / "none.json"))
    assert (done.exit_code, done.output) == (2, f"kpigen: {tmp_path}/none.json cannot be used: it is not there\n")
