"""``kpigen owners`` and ``kpigen approval`` on a real repository, with the files that a host hands over."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.git import git

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

SHEET = "records/small/2025-02/scores/day.yaml"


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


PEOPLE = "administrators: [gu.an]\naccounts: {gu.an: gu-an, wang.min: wang-min, zhao.lei: zhaolei}\n"


@pytest.fixture
def office(root: Path) -> Path:
    """The small repository, in git, with people, and a branch that changes a sheet."""
    write(root, "records/people.yaml", PEOPLE)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "as it is")
    git(root, "switch", "-qc", "proposal")
    text = (root / SHEET).read_text("utf-8")
    write(root, SHEET, text.replace("commission: 20", "commission: 30"))
    git(root, "commit", "-qam", "more commission")
    return root


@pytest.fixture
def host(office: Path, tmp_path: Path) -> Callable[..., tuple[str, ...]]:
    """Hand over an event and reviews, as options."""

    def hand(author: str, *reviews: str) -> tuple[str, ...]:
        head = git(office, "rev-parse", "proposal")
        pull = {"number": 7, "user": {"login": author}, "head": {"sha": head}}
        listed = [{"user": {"login": each}, "state": "APPROVED", "commit_id": head} for each in reviews]
        (tmp_path / "event.json").write_text(json.dumps({"action": "opened", "pull_request": pull}), "utf-8")
        (tmp_path / "reviews.json").write_text(json.dumps(listed), "utf-8")
        return ("--event", str(tmp_path / "event.json"), "--reviews", str(tmp_path / "reviews.json"), "--base", "main")

    return hand


def test_owners_are_written_and_compared(run: Callable[..., Result], root: Path) -> None:
    done = run("owners")
    assert (done.exit_code, done.output) == (
        2,
        "kpigen: records/people.yaml is not there; it says which account each person has\n",
    )
    write(root, "records/people.yaml", PEOPLE)
    assert run("owners", "--check").output == ".github/CODEOWNERS: out of date; run kpigen owners\n"
    assert not (root / ".github").exists()
    assert run("owners").output == ".github/CODEOWNERS: written\n"
    assert run("owners").output == ".github/CODEOWNERS is up to date\n"
    assert run("owners", "--check").exit_code == 0
    write(root, "records/people.yaml", PEOPLE.replace("zhao.lei: zhaolei", "zhao.lei: zhao-lei"))
    assert run("owners", "--check").exit_code == 1
    write(root, "records/people.yaml", PEOPLE.replace("zhao.lei: zhaolei", "zhao.lei: wang-min"))
    done = run("owners")
    assert done.exit_code == 1
    assert "zhao.lei and wang.min have one account. [account-twice]" in done.output
    assert run("check").exit_code == 1


def test_line_ends_of_another_system_make_no_difference(run: Callable[..., Result], root: Path) -> None:
    write(root, "records/people.yaml", PEOPLE)
    run("owners")
    path = root / ".github/CODEOWNERS"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert run("owners", "--check").exit_code == 0


def test_what_is_missing_and_what_is_given(run: Callable[..., Result], host: Callable[..., tuple[str, ...]]) -> None:
    done = run("approval", *host("wang-min"))
    assert (done.exit_code, done.output) == (
        1,
        (
            f"{SHEET}: error: An approval is missing: the sheet of day, 2025-02. [approval-missing]\n"
            "  hint: Ask for a review by one of: gu.an (gu-an), zhao.lei (zhaolei).\n\napprovals: 0 of 1\n"
        ),
    )
    done = run("approval", *host("wang-min", "zhaolei"))
    assert (done.exit_code, done.output) == (
        0,
        "approved by zhao.lei: the sheet of day, 2025-02\napprovals: 1 of 1\n",
    )


def test_for_the_host(run: Callable[..., Result], host: Callable[..., tuple[str, ...]], tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    done = run("approval", *host("wang-min"), "--format", "github", "--summary", str(summary))
    assert done.output.splitlines()[0] == (
        f"::error file={SHEET},title=approval-missing::An approval is missing: the sheet of day, 2025-02."
        "%0Ahint: Ask for a review by one of: gu.an (gu-an), zhao.lei (zhaolei)."
    )
    assert summary.read_text("utf-8").startswith("<!-- kpigen approval -->\n\n**approvals: 0 of 1**\n")
    assert run("approval", *host("wang-min"), "--format", "markdown").output == summary.read_text("utf-8")
    assert json.loads(run("approval", *host("wang-min"), "--format", "json").output)["needed"] == 1


def test_the_head_is_the_events_own_and_the_base_may_have_gone_on(
    run: Callable[..., Result], office: Path, host: Callable[..., tuple[str, ...]]
) -> None:
    options = host("wang-min", "zhaolei")
    git(office, "switch", "-q", "main")
    write(office, "policy/notes.md", "x")
    write(office, "records/people.yaml", PEOPLE.replace("zhao.lei: zhaolei", "zhao.lei: zhao-lei"))
    git(office, "add", "-A")
    git(office, "commit", "-qm", "main goes on: zhaolei is nobody's account now")
    done = run("approval", *options)
    assert done.exit_code == 1
    assert "does not count: zhaolei: no account of records/people.yaml in the base\napprovals: 0 of 1\n" in done.output


def test_renaming_takes_both_owners(
    run: Callable[..., Result], office: Path, host: Callable[..., tuple[str, ...]]
) -> None:
    git(office, "mv", "policy/star-tier/2025-01.yaml", "notes.yaml")
    git(office, "commit", "-qm", "renamed")
    made = json.loads(run("approval", *host("wang-min"), "--format", "json").output)
    assert [each["paths"] for each in made["approvals"]] == [["notes.yaml"], ["policy/star-tier/2025-01.yaml"], [SHEET]]


def test_signatures_count_where_the_base_lists_keys(
    run: Callable[..., Result], office: Path, host: Callable[..., tuple[str, ...]]
) -> None:
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not installed")
    git(office, "switch", "-q", "main")
    write(office, ".github/allowed_signers", "nobody ssh-ed25519 AAAA\n")
    git(office, "add", "-A")
    git(office, "commit", "-qm", "keys")
    git(office, "switch", "-q", "proposal")
    git(office, "rebase", "-q", "main")
    done = run("approval", *host("wang-min", "zhaolei"))
    assert done.exit_code == 1
    commit = git(office, "rev-parse", "proposal")[:10]
    assert f".github/allowed_signers: error: The commit {commit} is not signed. [signature]" in done.output


def test_a_repository_without_people_warns(
    run: Callable[..., Result], office: Path, host: Callable[..., tuple[str, ...]]
) -> None:
    git(office, "switch", "-q", "main")
    git(office, "rm", "-q", "records/people.yaml")
    git(office, "commit", "-qm", "no people")
    done = run("approval", *host("wang-min"))
    assert done.exit_code == 0
    assert "approvals are not checked" in done.output


@pytest.mark.parametrize(
    "case",
    [
        ("event", "{}", "event.json is not what the host sends: $.pull_request is missing or of another form"),
        ("event", "\x00", "event.json is no JSON"),
        ("reviews", "{}", "reviews.json is no list of reviews"),
    ],
)
def test_files_of_another_form_are_refused(
    run: Callable[..., Result], host: Callable[..., tuple[str, ...]], tmp_path: Path, case: tuple[str, str, str]
) -> None:
    name, text, said = case
    options = host("wang-min")
    (tmp_path / f"{name}.json").write_text(text, "utf-8")
    done = run("approval", *options)
    assert (done.exit_code, done.output) == (2, f"kpigen: {tmp_path}/{said}\n")


def test_a_commit_that_is_not_here_is_refused(
    run: Callable[..., Result], host: Callable[..., tuple[str, ...]], tmp_path: Path
) -> None:
    options = host("wang-min")
    event = tmp_path / "event.json"
    pull = json.loads(event.read_text("utf-8"))
    pull["pull_request"]["head"]["sha"] = "f" * 40
    event.write_text(json.dumps(pull), "utf-8")
    done = run("approval", *options)
    assert (done.exit_code, done.output) == (2, f"kpigen: git knows no commit {'f' * 40} here\n")
    assert run("approval", *options[:4], "--base", "--upload-pack=x").exit_code == 2
    assert run("approval", *options[:4], "--base", "nowhere").output == "kpigen: git knows no commit nowhere here\n"
