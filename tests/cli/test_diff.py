"""``kpigen diff`` and ``kpigen impact`` on real git repositories."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import POLICY
from tests.git import git

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

SHEET = "records/small/2025-01/scores/day.yaml"


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), "utf-8", newline="")


@pytest.fixture
def kept(root: Path) -> Path:
    """The small repository, committed."""
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "as it is")
    return root


def bytes_of(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_effect_of_a_change(run: Callable[..., Result], kept: Path) -> None:
    assert run("diff", "HEAD").output == "Nothing is computed differently.\n"
    edit(kept, SHEET, "commission: 356.50", "commission: 456.50")
    before = bytes_of(kept)
    done = run("diff", "HEAD")
    column = (kept / SHEET).read_text("utf-8").splitlines()[4].index("456.50") + 1
    assert (done.exit_code, done.output.splitlines()) == (
        0,
        [
            "1 agent in 1 month: pay +100.00.",
            "",
            "Small · January 2025 · pay 2,056.50 → 2,156.50 (+100.00)",
            "  A001 林晓 · pay 2,056.50 → 2,156.50 (+100.00)",
            f"    because    Commission 356.50 → 456.50  {SHEET}:5:{column}",
            "    Commission  356.50 → 456.50  +100.00  clause 3.2 commission",
        ],
    )
    assert bytes_of(kept) == before, "nothing is written"


def test_the_second_time_with_a_cache_it_says_the_same(run: Callable[..., Result], kept: Path) -> None:
    edit(kept, SHEET, "commission: 356.50", "commission: 456.50")
    for form in ("text", "markdown", "json"):
        first = run("diff", "HEAD", "--format", form).output
        assert run("check").exit_code == 0
        assert run("diff", "HEAD", "--format", form).output == first
        assert run("diff", "HEAD", "--format", form).output == first


def test_as_json(run: Callable[..., Result], kept: Path) -> None:
    edit(kept, SHEET, "commission: 356.50", "commission: 456.50")
    found = json.loads(run("diff", "HEAD", "--format", "json").output)
    (month,) = found["months"]
    assert [(each["agent"], each["pay"], each["difference"]) for each in month["changes"]] == [
        ("A001", ["2056.50", "2156.50"], "100.00")
    ]


def test_a_branch_a_tag_and_a_commit_are_bases(run: Callable[..., Result], kept: Path) -> None:
    git(kept, "tag", "approved")
    edit(kept, SHEET, "commission: 356.50", "commission: 456.50")
    git(kept, "commit", "-qam", "more")
    said = {run("diff", base).output for base in ("approved", "HEAD~1", git(kept, "rev-parse", "HEAD~1"))}
    assert len(said) == 1
    assert run("diff", "main").output == "Nothing is computed differently.\n"


def test_an_error_of_the_working_tree_comes_first_and_is_the_exit_code(run: Callable[..., Result], kept: Path) -> None:
    edit(kept, SHEET, "commission: 356.50", "commission: a lot")
    done = run("diff", "HEAD")
    assert done.exit_code == 1
    said = done.output.splitlines()
    assert said[0] == "Errors that this brings (1):"
    # February's result hangs on January's, and cannot be computed either
    assert "small, January 2025 – February 2025: not compared, for errors keep it from being computed." in said
    git(kept, "commit", "-qam", "wrong")
    edit(kept, SHEET, "commission: a lot", "commission: 356.50")
    back = run("diff", "HEAD")
    assert back.exit_code == 0
    assert "Findings that this solves (1):" in back.output


def test_a_checkout_with_other_line_endings_changes_nothing(run: Callable[..., Result], kept: Path) -> None:
    for path in kept.rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert run("diff", "HEAD").output == "Nothing is computed differently.\n"


@pytest.mark.parametrize("base", ["nowhere", "--help-me", "HEAD:records", "0" * 40])
def test_a_revision_that_is_not_there(run: Callable[..., Result], kept: Path, base: str) -> None:
    assert kept.is_dir()
    done = run("diff", "--", base) if base.startswith("-") else run("diff", base)
    assert done.exit_code == 2
    if not base.startswith("-"):
        assert done.output == f"kpigen: git knows no commit {base} here\n"


def test_a_folder_without_git(run: Callable[..., Result], root: Path) -> None:
    assert root.is_dir()
    assert run("diff", "HEAD").exit_code == 2
    assert run("impact", "--base", "HEAD").exit_code == 2


def test_in_a_shallow_clone_it_is_said_what_to_fetch(run: Callable[..., Result], kept: Path) -> None:
    first = git(kept, "rev-parse", "HEAD")
    edit(kept, SHEET, "commission: 356.50", "commission: 456.50")
    git(kept, "commit", "-qam", "more")
    origin = kept.rename(kept.parent / "origin")
    git(kept.parent, "clone", "-q", "--depth", "1", f"file://{origin}", kept.name)
    done = run("diff", first)
    assert (done.exit_code, done.output) == (
        2,
        f"kpigen: {first} is not in this shallow clone; fetch the whole history (fetch-depth: 0)\n",
    )


BONUS = ("300 if tier == two-star and score >= 95 else 200", "300 if tier == two-star and score >= 95 else 250")


def test_a_draft_outside_of_the_repository(run: Callable[..., Result], root: Path, tmp_path: Path) -> None:
    rules = (root / POLICY).read_text("utf-8")
    rules = rules[: rules.index("\nexamples:")].replace("amount: 400}", "amount: 500}", 1)
    assert "amount: 500}" in rules
    draft = tmp_path / "draft.yaml"
    draft.write_text(rules, "utf-8")
    before = bytes_of(root)
    done = run("impact", str(draft))
    # 91.5 points in January bring the assessment pay, 69 in February do not: 2,056.50 + 1,134.00, and 100 more
    assert done.exit_code == 0
    assert "paid 3,290.50 instead of 3,190.50 (+100.00): 1 gain, 0 lose" in done.output
    assert bytes_of(root) == before
    assert json.loads(run("impact", str(draft), "--months", "1", "--format", "json").output)["drafts"][0]["gains"] == []


def test_a_proposal_that_touches_a_policy_gets_its_impact_by_itself(run: Callable[..., Result], kept: Path) -> None:
    for form in ("text", "markdown", "json"):
        done = run("impact", "--base", "HEAD", "--format", form)
        assert (done.exit_code, done.output) == (0, "")
    rules = (kept / POLICY).read_text("utf-8")
    new = rules[: rules.index("\nexamples:")].replace("amount: 400}", "amount: 500}", 1)
    later = kept / "policy/star-tier/2025-06.yaml"
    later.write_text(new.replace("version: 2025-01", "version: 2025-06"), "utf-8")
    done = run("impact", "--base", "HEAD", "--format", "markdown")
    assert done.exit_code == 0
    assert done.output.startswith("#### Draft of star-tier: policy/star-tier/2025-06.yaml\n")
    assert "(+100.00)" in run("impact", str(later)).output
    # of a version that is in force already, what it was is compared with what it is to be
    later.unlink()
    (kept / POLICY).write_text(new, "utf-8")
    for arguments in (("--base", "HEAD"), (str(kept / POLICY),)):
        assert "(+100.00)" in run("impact", *arguments).output


def test_a_policy_that_nobody_is_under_has_no_impact(run: Callable[..., Result], kept: Path) -> None:
    other = (kept / POLICY).read_text("utf-8").replace("policy: star-tier", "policy: other", 1)
    (kept / "policy/other").mkdir()
    (kept / "policy/other/2025-01.yaml").write_text(other, "utf-8")
    assert run("impact", "--base", "HEAD").output == ""
    done = run("impact", str(kept / "policy/other/2025-01.yaml"))
    assert done.exit_code == 1
    assert "No department has months under other." in done.output


def test_what_cannot_be_asked(run: Callable[..., Result], kept: Path, tmp_path: Path) -> None:
    for arguments in ((), (str(kept / POLICY), "--base", "HEAD")):
        done = run("impact", *arguments)
        assert (done.exit_code, done.output) == (2, "kpigen: name either a policy file or --base, and not both\n")
    assert run("impact", str(tmp_path / "nothing.yaml")).exit_code == 2
    assert run("impact", str(tmp_path)).exit_code == 2
    done = run("impact", str(kept / SHEET))
    assert done.exit_code == 1
    assert "This is no policy version: it does not state `policy`." in done.output
    empty = tmp_path / "empty.yaml"
    empty.write_bytes(b"")
    assert run("impact", str(empty)).exit_code == 1
    empty.write_bytes(b"\xff\xfe\x00")
    assert run("impact", str(empty)).exit_code == 1
