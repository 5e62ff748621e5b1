"""The guard on real git repositories: every way to change what is closed is caught, whatever the proposal says."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from kpigen.guarding import guard
from kpigen.ledger import keep
from kpigen.revision import Revision, RevisionError, changed_paths, merge_base
from kpigen.snapshot import FolderSnapshot
from kpigen.text import Lang
from tests.engine.mini import BASE, Files, closed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHEET = "records/shop/2025-01/scores/day.yaml"
CLOSE = "records/shop/2025-01/close.yaml"
POLICY = "policy/mini/2025-01.yaml"
DEPARTMENT = "records/shop/department.yaml"


def git(root: Path, *arguments: str) -> str:
    command = [shutil.which("git") or "git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments]
    done = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)  # noqa: S603 - a test's own
    return done.stdout.strip()


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="")


def commit(root: Path, message: str) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-qm", message)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository whose first month is closed on main, on a branch of a proposal."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    write(folder, closed(BASE, "2025-01") | {".gitattributes": "* text=auto eol=lf\n", "mkdocs.yml": "site_name: x\n"})
    commit(folder, "January is closed")
    git(folder, "switch", "-qc", "proposal")
    return folder


def found(root: Path, base: str = "main") -> list[str]:
    """What the guard says of the working tree, in English."""
    findings = guard(Revision.of(root, base), FolderSnapshot.of(root), changed_paths(root, merge_base(root, base)))
    return [f"{each.severity}: {each.message.said(Lang.EN)} [{each.rule.id}]" for each in findings]


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_proposal_about_the_open_month_passes(root: Path) -> None:
    edit(root, "records/shop/2025-02/scores/day.yaml", "commission: ", "commission: 1")
    commit(root, "more commission in February")
    assert found(root) == []


CLOSED = "error: records/shop/2025-01/{path} is {what}, and 2025-01 is closed. [closed-month]"


def rename(root: Path) -> None:
    (root / SHEET).rename(root / "records/shop/2025-01/scores/noon.yaml")


def retype(root: Path) -> None:
    (root / SHEET).unlink()
    (root / SHEET).symlink_to("night.yaml")


@pytest.mark.parametrize(
    ("attempt", "said"),
    [
        (
            lambda root: edit(root, SHEET, "commission: ", "commission: 9"),
            [CLOSED.format(path="scores/day.yaml", what="changed")],
        ),
        (
            lambda root: write(root, {"records/shop/2025-01/events/E-2025-01-009.yaml": "event: E-2025-01-009\n"}),
            [CLOSED.format(path="events/E-2025-01-009.yaml", what="added")],
        ),
        (lambda root: (root / SHEET).unlink(), [CLOSED.format(path="scores/day.yaml", what="removed")]),
        (
            rename,
            [
                CLOSED.format(path="scores/day.yaml", what="removed"),
                CLOSED.format(path="scores/noon.yaml", what="added"),
            ],
        ),
        (retype, [CLOSED.format(path="scores/day.yaml", what="changed")]),
        (lambda root: (root / CLOSE).unlink(), [CLOSED.format(path="close.yaml", what="removed")]),
    ],
    ids=["edit", "add", "delete", "rename", "re-type", "reopen"],
)
def test_the_files_of_a_closed_month_stay_as_they_are(
    root: Path, attempt: Callable[[Path], object], said: list[str]
) -> None:
    attempt(root)
    commit(root, "quietly")
    assert found(root) == said


def test_edited_and_closed_anew_in_the_same_proposal(root: Path) -> None:
    edit(root, SHEET, "commission: ", "commission: 9")
    (root / CLOSE).unlink()
    text = {path: (root / path).read_text(encoding="utf-8") for path in BASE}
    write(root, {CLOSE: closed(text, "2025-01")[CLOSE]})
    assert keep(FolderSnapshot.of(root)).clean  # the proposal agrees with itself
    commit(root, "a new January")
    assert found(root) == [
        CLOSED.format(path="close.yaml", what="changed"),
        CLOSED.format(path="scores/day.yaml", what="changed"),
    ]


def test_month_and_close_deleted_together(root: Path) -> None:
    shutil.rmtree(root / "records/shop/2025-01")
    commit(root, "there was no January")
    assert [line.partition(" is ")[0] for line in found(root)] == [
        f"error: {path}" for path in sorted(path for path in closed(BASE, "2025-01") if "/2025-01/" in path)
    ]


def test_the_policy_that_governed_it_stays_as_it_is(root: Path) -> None:
    edit(root, POLICY, "currency: CNY", "currency: EUR")
    commit(root, "another policy")
    assert found(root) == [
        "error: policy/mini/2025-01.yaml is changed or removed, and it governed months that are closed. [closed-policy]"
    ]


def test_no_version_comes_to_govern_it(root: Path) -> None:
    path = "policy/mini/2024-12.yaml"
    write(root, {path: BASE[POLICY].replace("version: 2025-01", "version: 2024-12")})
    assert found(root) == []  # earlier than the one in force: it governs nothing that is closed
    (root / path).unlink()
    edit(root, DEPARTMENT, "{from: 2025-01, use: mini}", "{from: 2025-01, use: other}")
    assert found(root) == [
        "error: 2025-01 of shop is closed under mini 2025-01; "
        "with this it would be governed by nothing. [closed-policy]"
    ]


def test_months_are_closed_one_after_the_other(root: Path) -> None:
    git(root, "switch", "-qc", "two", "main")
    (root / CLOSE).unlink()
    write(root, {"records/shop/2025-02/close.yaml": closed(BASE, "2025-01")[CLOSE]})
    commit(root, "February first")
    assert found(root, base="proposal")[-1] == "error: 2025-02 is closed, and 2025-01 before it is not. [close-order]"


def test_two_proposals_that_are_green_alone(root: Path) -> None:
    february = "records/shop/2025-02/close.yaml"
    git(root, "switch", "-qc", "closing", "main")
    text = {path: (root / path).read_text(encoding="utf-8") for path in closed(BASE, "2025-01")}
    write(root, {february: closed(text, "2025-02")[february]})
    commit(root, "February is closed")
    assert found(root) == []
    git(root, "switch", "-q", "proposal")
    edit(root, "records/shop/2025-02/scores/day.yaml", "commission: ", "commission: 1")
    commit(root, "more commission in February")
    assert found(root) == []
    git(root, "switch", "-q", "main")
    git(root, "merge", "-q", "closing")
    git(root, "switch", "-q", "proposal")
    assert [line for line in found(root) if "day.yaml" in line] == [
        "error: records/shop/2025-02/scores/day.yaml is changed, and 2025-02 is closed. [closed-month]"
    ]
    git(root, "merge", "-q", "main")
    assert "close-result" in {each.rule.id for each in keep(FolderSnapshot.of(root)).findings}


@pytest.mark.parametrize("path", [".github/workflows/check.yml", ".gitattributes", "mkdocs.yml", "kpigen/guarding.py"])
def test_what_checks_is_not_changed_together_with_records(root: Path, path: str) -> None:
    write(root, {path: "# another\n"})
    assert found(root) == [f"warning: {path} belongs to what checks and publishes. [protected-path]"]
    edit(root, "records/shop/2025-02/scores/day.yaml", "commission: ", "commission: 1")
    assert found(root) == [
        f"error: {path} belongs to what checks and publishes, and records are changed with it. [protected-path]"
    ]


def test_line_endings_do_no_harm(root: Path) -> None:
    for path in (SHEET, POLICY, CLOSE):
        (root / path).write_bytes((root / path).read_bytes().replace(b"\n", b"\r\n"))
    assert found(root) == []
    assert keep(FolderSnapshot.of(root)).clean


def test_a_shallow_clone_cannot_tell(root: Path, tmp_path: Path) -> None:
    edit(root, "records/shop/2025-02/scores/day.yaml", "commission: ", "commission: 1")
    commit(root, "more commission in February")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", "--branch", "proposal", root.as_uri(), str(clone))
    with pytest.raises(RevisionError) as refused:
        found(clone, "main")
    said = refused.value.text.said(Lang.EN)
    assert said == "main is not in this shallow clone; fetch the whole history (fetch-depth: 0)"


@pytest.mark.parametrize("name", ["nowhere", "--upload-pack=touch", "main^{tree}", ""])
def test_a_base_that_is_no_commit(root: Path, name: str) -> None:
    with pytest.raises(RevisionError):
        found(root, name)


def test_an_engine_that_pays_otherwise_is_found_by_the_check() -> None:
    files = closed(BASE, "2025-01")
    line = next(line for line in files[CLOSE].splitlines() if "A001" in line)
    files[CLOSE] = files[CLOSE].replace(line, line.replace("pay: ", "pay: 1")).replace("result: ", "result: f")
    messages = [each.message.said(Lang.EN) for each in keep(Files(files)).findings]
    (said,) = messages
    assert said.startswith("A001 was approved with ")
