"""The guard on real git repositories: every way to change what is closed is caught, whatever the proposal says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kpigen
from kpigen.guarding import guard, protected
from kpigen.ledger import keep
from kpigen.policy.items.line import Line
from kpigen.revision import Revision, RevisionError, changed_paths, merge_bases
from kpigen.snapshot import FolderSnapshot
from kpigen.text import Lang
from tests.engine.mini import BASE, Files, changed, closed, complaint, rules_of
from tests.git import git

if TYPE_CHECKING:
    from collections.abc import Callable

SHEET = "records/shop/2025-01/scores/day.yaml"
CLOSE = "records/shop/2025-01/close.yaml"
POLICY = "policy/mini/2025-01.yaml"
DEPARTMENT = "records/shop/department.yaml"


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
    touched = {path for commit in merge_bases(root, base) for path in changed_paths(root, commit)}
    findings = guard(Revision.of(root, base), FolderSnapshot.of(root), touched)
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


def change_case(root: Path) -> None:
    (root / SHEET).rename(root / SHEET.replace("day", "Day"))


def turn_into_a_link(root: Path) -> None:
    folder = root / "records/shop/2025-01/scores"
    folder.rename(root / "elsewhere")
    folder.symlink_to("../../../elsewhere")


def stale(path: str) -> str:
    return f"error: {path} is as it was before the base closed 2025-02. [closed-month]"


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
        (
            change_case,
            [
                CLOSED.format(path="scores/Day.yaml", what="added"),
                CLOSED.format(path="scores/day.yaml", what="removed"),
            ],
        ),
        (
            lambda root: write(root, {'records/shop/2025-01/评分 "\n.yaml': "x\n"}),
            [CLOSED.format(path='评分 "\\u000a.yaml', what="added")],
        ),
    ],
    ids=["edit", "add", "delete", "rename", "re-type", "reopen", "case only", "odd name"],
)
def test_the_files_of_a_closed_month_stay_as_they_are(
    root: Path, attempt: Callable[[Path], object], said: list[str]
) -> None:
    attempt(root)
    commit(root, "quietly")
    assert found(root) == said


def test_another_repository_within_a_closed_month(root: Path) -> None:
    inner = root / "records/shop/2025-01/more"
    inner.mkdir()
    git(inner, "init", "-q")
    git(inner, "commit", "-q", "--allow-empty", "-m", "inner")
    write(root, {".gitmodules": '[submodule "more"]\n\tpath = records/shop/2025-01/more\n\tignore = all\n'})
    commit(root, "quietly")
    shutil.rmtree(inner / ".git")  # as a clone has it that does not fetch submodules: an empty folder
    assert CLOSED.format(path="more", what="added") in found(root)


def test_a_folder_that_becomes_a_link(root: Path) -> None:
    turn_into_a_link(root)
    commit(root, "quietly")
    assert [line for line in found(root) if "[closed-month]" in line] == [
        CLOSED.format(path="scores", what="added"),
        CLOSED.format(path="scores/day.yaml", what="removed"),
        CLOSED.format(path="scores/night.yaml", what="removed"),
    ]


def test_a_file_that_may_be_run_says_the_same(root: Path) -> None:
    (root / SHEET).chmod(0o755)
    commit(root, "executable")
    assert found(root) == []


def test_what_comes_before_a_closed_month_is_its_past(root: Path) -> None:
    path = "records/shop/2024-12/complaints/C-2024-12-001.yaml"
    write(root, {path: "complaint: C-2024-12-001\n"})
    assert found(root) == [
        f"error: {path} is added, and 2024-12 is closed. [closed-month]",
        "error: 2025-01 is closed, and 2024-12 is not. [close-order]",
    ]


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
    (said,) = found(root)
    assert said == (
        "error: 2025-01 of shop is closed under mini 2025-01; "
        "with this it would be governed by nothing. [closed-policy]"
    )


def with_february_closed(root: Path) -> None:
    """Close February on main, and begin a proposal from there."""
    git(root, "switch", "-q", "main")
    text = {path: (root / path).read_text(encoding="utf-8") for path in closed(BASE, "2025-01")}
    write(root, closed(text, "2025-02"))
    commit(root, "February is closed")
    git(root, "switch", "-qc", "later")


def test_no_version_is_inserted_that_takes_effect_in_a_closed_month(root: Path) -> None:
    with_february_closed(root)
    path = "policy/mini/2025-02.yaml"
    write(root, {path: BASE[POLICY].replace("version: 2025-01", "version: 2025-02")})
    commit(root, "a policy for February, in March")
    (said,) = found(root)
    assert said == (
        "error: 2025-02 of shop is closed under mini 2025-01; "
        "with this it would be governed by mini 2025-02. [closed-policy]"
    )
    git(root, "mv", path, "policy/mini/2025-03.yaml")
    assert found(root) == []


def test_months_are_closed_one_after_the_other(root: Path) -> None:
    git(root, "switch", "-qc", "two", "main")
    (root / CLOSE).unlink()
    write(root, {"records/shop/2025-02/close.yaml": closed(BASE, "2025-01")[CLOSE]})
    commit(root, "February first")
    assert found(root, base="proposal")[-1] == "error: 2025-02 is closed, and 2025-01 is not. [close-order]"
    assert (
        "close-chain" in {each.rule.id for each in keep(FolderSnapshot.of(root)).findings}
        or not keep(FolderSnapshot.of(root)).clean
    )


def test_two_proposals_that_are_green_alone(root: Path) -> None:
    sheet, february = "records/shop/2025-02/scores/day.yaml", "records/shop/2025-02/close.yaml"
    git(root, "switch", "-qc", "closing", "main")
    text = {path: (root / path).read_text(encoding="utf-8") for path in closed(BASE, "2025-01")}
    write(root, {february: closed(text, "2025-02")[february]})
    commit(root, "February is closed")
    assert found(root) == []
    git(root, "switch", "-q", "proposal")
    edit(root, sheet, "commission: ", "commission: 1")
    commit(root, "more commission in February")
    assert found(root) == []
    git(root, "switch", "-q", "main")
    git(root, "merge", "-q", "closing")
    caught = f"error: {sheet} is changed, and 2025-02 is closed. [closed-month]"
    git(root, "switch", "-q", "proposal")
    assert found(root) == [stale(february), caught]  # whoever must be up to date finds out here
    git(root, "switch", "-q", "main")
    git(root, "merge", "-q", "--no-edit", "proposal")
    assert found(root, "main^1") == [caught]  # whoever need not, after the merge
    assert {"close-changed", "close-result"} == {each.rule.id for each in keep(FolderSnapshot.of(root)).findings}


def test_a_branch_that_is_behind_is_told_so(root: Path) -> None:
    with_february_closed(root)
    git(root, "switch", "-q", "proposal")
    assert found(root) == [stale("records/shop/2025-02/close.yaml")]
    git(root, "merge", "-q", "main")
    assert found(root) == []


def test_a_main_that_is_set_back_is_red(root: Path) -> None:
    with_february_closed(root)
    before = git(root, "rev-parse", "main")
    git(root, "switch", "-q", "main")
    git(root, "reset", "-q", "--hard", "main~1")
    assert found(root, before) == [stale("records/shop/2025-02/close.yaml")]


def test_a_closed_month_that_one_of_two_common_ancestors_does_not_have(root: Path) -> None:
    """Each branch was merged into the other: git may take the older of two commits for where they parted."""
    git(root, "switch", "-qc", "old", "main")
    with_february_closed(root)
    git(root, "switch", "-q", "old")
    write(root, {"notes.md": "x\n"})
    commit(root, "a note")
    git(root, "switch", "-qc", "crossed", "old")
    git(root, "merge", "-q", "--no-edit", "main")
    git(root, "switch", "-q", "main")
    git(root, "merge", "-q", "--no-edit", "old")
    git(root, "switch", "-q", "crossed")
    (root / "records/shop/2025-02/close.yaml").unlink()
    commit(root, "February is open again")
    assert len(merge_bases(root, "main")) == 2
    assert found(root) == ["error: records/shop/2025-02/close.yaml is removed, and 2025-02 is closed. [closed-month]"]


PROTECTED = (
    ".github/workflows/check.yml",
    "docs/CODEOWNERS",
    ".gitattributes",
    ".gitlab-ci.yml",
    ".pre-commit-config.yaml",
    ".ci/check.sh",
    "Makefile",
    "click.py",
    "kpigen/guarding.py",
    "mkdocs.yml",
    "records/people.yaml",
    "requirements.lock",
    "site/pages/en/index.md",
)


@pytest.mark.parametrize("path", PROTECTED)
def test_what_checks_is_not_changed_together_with_records(root: Path, path: str) -> None:
    write(root, {path: "# another\n"})
    assert found(root) == [f"warning: {path} belongs to what checks and publishes. [protected-path]"]
    edit(root, "records/shop/2025-02/scores/day.yaml", "commission: ", "commission: 1")
    assert found(root) == [
        f"error: {path} belongs to what checks and publishes, and records are changed with it. [protected-path]"
    ]


def test_another_supervisor_and_the_owners_that_follow_from_it(root: Path) -> None:
    owners = ".github/CODEOWNERS"
    write(root, {owners: "# another\n"})
    edit(root, "records/shop/department.yaml", "name:", "people: [he.ping]\nname:")
    assert found(root) == [f"warning: {owners} belongs to what checks and publishes. [protected-path]"]


def test_what_is_not_protected() -> None:
    open_ = ("README.md", "CHANGELOG.md", "LICENSE", "docs/threat-model.md", "tests/test_guard.py", SHEET, POLICY)
    assert not any(map(protected, open_))
    assert protected("records/shop/.gitattributes")


def test_attributes_beside_records_are_records_as_well(root: Path) -> None:
    write(root, {"records/.gitattributes": "*.yaml working-tree-encoding=UTF-16\n"})
    assert [line.partition(":")[0] for line in found(root)] == ["error"]


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


def test_a_shallow_clone_that_has_both_ends_and_not_what_lies_between(root: Path, tmp_path: Path) -> None:
    for name in ("proposal", "main"):
        git(root, "switch", "-q", name)
        write(root, {"notes.md": f"{name}\n"})
        commit(root, name)
    clone = tmp_path / "clone"
    url = root.as_uri()
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", "--branch", "proposal", url, str(clone))
    with pytest.raises(RevisionError) as refused:
        found(clone, "origin/main")
    said = refused.value.text.said(Lang.EN)
    assert said == "this shallow clone does not reach back to origin/main; fetch the whole history (fetch-depth: 0)"


def test_a_base_in_which_nothing_is_yet(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "nothing")
    git(tmp_path, "switch", "-qc", "proposal")
    write(tmp_path, closed(BASE, "2025-01"))
    assert found(tmp_path) == []


def test_a_proposal_in_which_nothing_is_left(root: Path) -> None:
    for top in ("records", "policy"):
        shutil.rmtree(root / top)
    assert {line.rpartition(" ")[2] for line in found(root)} == {"[closed-month]", "[closed-policy]"}


def test_a_close_of_the_base_that_cannot_be_read(root: Path) -> None:
    git(root, "switch", "-q", "main")
    (root / CLOSE).write_text("month: [\n", encoding="utf-8")
    commit(root, "broken")
    git(root, "switch", "-qc", "other")
    said = "error: The base's close of 2025-01 cannot be read, so that nothing can be compared. [base-unreadable]"
    assert said in found(root)


def test_a_department_within_a_larger_repository(root: Path) -> None:
    (root / "inner").mkdir()
    for top in ("records", "policy", "mkdocs.yml"):
        (root / top).rename(root / "inner" / top)
    git(root, "switch", "-q", "main")
    commit(root, "moved")
    git(root, "switch", "-qc", "moved")
    inner = root / "inner"
    edit(inner, SHEET, "commission: ", "commission: 9")
    write(inner, {"mkdocs.yml": "site_name: y\n"})
    write(root, {".github/workflows/x.yml": "on: push\n"})
    commit(root, "quietly")
    assert {line.partition("error: ")[2].partition(" ")[0] for line in found(inner)} == {
        SHEET,
        "../.github/workflows/x.yml",
        "mkdocs.yml",
    }


@pytest.mark.parametrize("name", ["nowhere", "--upload-pack=touch", "main^{tree}", ""])
def test_a_base_that_is_no_commit(root: Path, name: str) -> None:
    with pytest.raises(RevisionError):
        found(root, name)


def test_an_engine_that_computes_otherwise_is_found_by_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    files = Files(closed(BASE, "2025-01"))
    assert keep(files).clean
    monkeypatch.setattr(Line, "apply", lambda _, *__: Decimal(0))
    messages = [each.message.said(Lang.EN) for each in keep(files).findings if each.rule.id == "close-result"]
    assert messages[0] == (  # 85 % of the calls answered were worth 18.75 points
        "A001 was approved with 87.8 · middle · middle · 1900.50 "
        "and is now computed as 69.0 · middle · middle · 1550.50."
    )
    assert [said.partition(" ")[0] for said in messages] == ["A001", "A002", "A003"]


def test_a_month_is_not_closed_over_an_open_appeal_or_complaint(root: Path) -> None:
    git(root, "switch", "-q", "main")
    filed = complaint("2025-02", status="open", decided="")
    text = {path: (root / path).read_text(encoding="utf-8") for path in closed(BASE, "2025-01")}
    write(root, filed)
    commit(root, "a complaint")
    assert keep(FolderSnapshot.of(root)).clean  # a draft may have one
    git(root, "switch", "-qc", "closing")
    forged = closed(text, "2025-02")["records/shop/2025-02/close.yaml"]
    write(root, {"records/shop/2025-02/close.yaml": forged})
    commit(root, "February is closed all the same")
    assert found(root) == []  # what the base has closed is not touched; that is the check's
    assert "open-complaint" in {
        each.rule.id for each in keep(FolderSnapshot.of(root)).findings if each.severity == "error"
    }


FORGED = {
    "pay": ("A001: {score: 87.8, tier: middle, next_tier: middle, pay: 1900.50}", "pay: 1900.50", "pay: 2900.50"),
    "total": ("totals: {gross: 5210.50, deductions: 0.00, total: 5210.50}", "total: 5210.50", "total: 6210.50"),
    "result": ("result: ", "result: ", "result: 0"),
    "policy": ("policy: {id: mini, version: 2025-01}", "version: 2025-01", "version: 2024-01"),
    "month": ("month: 2025-01", "2025-01", "2025-02"),
    "department": ("department: shop", "shop", "shed"),
}


@pytest.mark.parametrize("what", FORGED)
def test_a_close_that_states_what_is_not_so(what: str) -> None:
    line, old, new = FORGED[what]
    files = closed(BASE, "2025-01")
    assert line in files[CLOSE]
    files[CLOSE] = files[CLOSE].replace(line, line.replace(old, new))
    rule = "path-disagrees" if what in {"month", "department"} else "close-result"
    assert rule in rules_of(files)


def test_a_close_without_the_month_before() -> None:
    files = closed(closed(BASE, "2025-01"), "2025-02")
    assert rules_of(files) == []
    del files[CLOSE]
    assert rules_of(files) == ["close-chain"]
    path = "records/shop/2025-02/close.yaml"
    files[path] = "".join(line for line in files[path].splitlines(keepends=True) if not line.startswith("previous"))
    assert rules_of(files) == ["close-chain"]


def test_months_without_records_are_closed_as_well() -> None:
    """Where a policy assesses quarters, April and May may have nothing to record."""
    quarterly = {
        path: text.replace("2025-01", "2025-03").replace("2025-02-", "2025-04-")
        for path, text in BASE.items()
        if "/2025-01/scores/" in path
    }
    files = {path: text for path, text in BASE.items() if "/2025-0" not in path}
    files |= changed(
        (POLICY, "every: month", "every: quarter"), (POLICY, "given: {tier", "given: {month: 2025-03, tier"), base=BASE
    )
    files = {path: text for path, text in files.items() if "/scores/" not in path}
    for end, after in (("03", "04"), ("06", "07")):
        for path, text in quarterly.items():
            name = path.replace("2025-01", f"2025-{end}")
            files[name] = text.replace("2025-04-", f"2025-{after}-").replace("2025-03", f"2025-{end}")
    assert rules_of(files) == []
    for month in ("03", "04", "05", "06"):
        files = closed(files, f"2025-{month}")
    assert rules_of(files) == []
    assert [name for name in files if "/2025-04/" in name] == ["records/shop/2025-04/close.yaml"]
    del files["records/shop/2025-04/close.yaml"]
    assert rules_of(files) == ["close-chain"]


PACKAGE = Path(kpigen.__file__).parent


def run(code: Path, proposal: Path, elsewhere: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a verb of the package in ``code`` on a proposal, from another folder."""
    command = [sys.executable, "-P", "-m", "kpigen", *words, "--root", str(proposal), "--lang", "en"]
    settings = {**os.environ, "PYTHONPATH": str(code), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=elsewhere, env=settings, capture_output=True, text=True, check=False)  # noqa: S603


def test_the_guard_of_the_base_catches_a_proposal_that_disables_the_guard(root: Path, tmp_path: Path) -> None:
    git(root, "switch", "-q", "main")
    shutil.copytree(PACKAGE, root / "kpigen", ignore=shutil.ignore_patterns("__pycache__"))
    commit(root, "the program")
    git(root, "switch", "-qc", "sly")
    edit(root, "kpigen/guarding.py", "found = list(_guarded(base, proposal, changed))", "found = list[Finding]()")
    edit(root, SHEET, "commission: ", "commission: 9")
    commit(root, "a small change")
    base = tmp_path / "base"
    git(root, "worktree", "add", "-q", "--detach", str(base), "main")
    fooled = run(root, root, tmp_path, "guard", "--base", "main")
    assert (fooled.returncode, fooled.stdout) == (0, "Nothing that is closed is touched.\n")
    caught = run(base, root, tmp_path, "guard", "--base", "main")
    assert caught.returncode == 1
    assert CLOSED.format(path="scores/day.yaml", what="changed") in caught.stdout
    assert "kpigen/guarding.py belongs to what checks and publishes, and records are changed with it." in caught.stdout


def test_a_proposal_that_changes_the_engine_so_that_a_closed_pay_differs(root: Path, tmp_path: Path) -> None:
    git(root, "switch", "-q", "main")
    shutil.copytree(PACKAGE, root / "kpigen", ignore=shutil.ignore_patterns("__pycache__"))
    commit(root, "the program")
    git(root, "switch", "-qc", "thrifty")
    assert run(root, root, tmp_path, "check").returncode == 0
    edit(root, "kpigen/engine/paying.py", "for rule in policy.paid:", "for rule in policy.paid[1:]:")
    commit(root, "the first line of pay is left out")
    found = run(root, root, tmp_path, "check")
    assert found.returncode == 1
    assert f"{CLOSE}:" in found.stdout
    assert "A001 was approved with 87.8 · middle · middle · 1900.50 and is now computed as " in found.stdout
    assert "[close-result]" in found.stdout


def test_forged_lines_of_a_close_are_found_by_the_check() -> None:
    files = closed(BASE, "2025-01")
    line = next(line for line in files[CLOSE].splitlines() if "A001" in line)
    files[CLOSE] = files[CLOSE].replace(line, line.replace("pay: ", "pay: 1")).replace("result: ", "result: f")
    messages = [each.message.said(Lang.EN) for each in keep(Files(files)).findings]
    (said,) = messages
    assert said.startswith("A001 was approved with ")
