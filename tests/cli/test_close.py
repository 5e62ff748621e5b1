"""``kpigen close``, ``diff`` and ``guard``: a month is closed as it stands, or it is said what stands against it."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

from kpigen.seal import blob, close_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from click.testing import Result

SHEET = "records/small/2025-01/scores/day.yaml"
CLOSE = "records/small/2025-01/close.yaml"


def git(root: Path, *arguments: str) -> str:
    command = [shutil.which("git") or "git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments]
    done = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)  # noqa: S603 - a test's own
    return done.stdout.strip()


def committed(root: Path) -> None:
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "as it is")


def test_a_month_is_closed_as_it_stands(run: Callable[..., Result], root: Path) -> None:
    done = run("close", "small", "2025-01", "--by", "zhao.lei")
    assert (done.exit_code, done.output.splitlines()) == (
        0,
        [f"{CLOSE}: agents 1, pay 2056.50", "Propose it; merging it is the approval."],
    )
    policy = "policy/star-tier/2025-01.yaml"
    result = (root / CLOSE).read_text("utf-8").splitlines()
    assert result[:6] == [
        "# yaml-language-server: $schema=../../../schema/close.json",
        "department: small",
        "month: 2025-01",
        "policy: {id: star-tier, version: 2025-01}",
        "inputs:",
        f"  {policy}: {blob((root / policy).read_bytes())}",
    ]
    assert result[7].startswith("result: ")
    assert result[8:] == [
        "totals: {gross: 2056.50, deductions: 0.00, total: 2056.50}",
        "agents:",
        "  A001: {score: 91.5, tier: ordinary, next_tier: one-star, pay: 2056.50}",
    ]
    assert run("check").output == "clean: 2 months, 1 agent\n"


def test_the_blob_ids_are_gits_own(run: Callable[..., Result], root: Path) -> None:
    run("close", "small", "2025-01", "--by", "zhao.lei")
    committed(root)
    stated = dict(line.strip().split(": ") for line in (root / CLOSE).read_text("utf-8").splitlines()[5:7])
    assert stated == {path: git(root, "rev-parse", f"HEAD:{path}") for path in stated}


def test_closes_are_a_chain(run: Callable[..., Result], root: Path) -> None:
    assert run("close", "small", "2025-02", "--by", "zhao.lei").output == (
        "kpigen: 2025-01 is not closed; months are closed one after the other\n"
    )
    run("close", "small", "2025-01", "--by", "zhao.lei")
    run("close", "small", "2025-02", "--by", "zhao.lei")
    digest = close_digest((root / CLOSE).read_bytes())
    second = root / CLOSE.replace("2025-01", "2025-02")
    assert f"previous: {digest}" in second.read_text("utf-8").splitlines()
    second.write_text(second.read_text("utf-8").replace(digest, "0" * 64), "utf-8")
    assert "The chain of closes is broken" in run("check").output


def test_what_stands_against_it_is_said_and_nothing_is_written(run: Callable[..., Result], root: Path) -> None:
    text = (root / SHEET).read_text("utf-8")
    (root / SHEET).write_text(text.replace("attitude: ", "attitud: "), "utf-8")
    done = run("close", "small", "2025-01", "--by", "zhao.lei")
    assert done.exit_code == 1
    assert "2025-01 cannot be closed yet." in done.output
    assert not (root / CLOSE).exists()


def test_a_draft_may_lack_what_a_close_may_not(run: Callable[..., Result], root: Path) -> None:
    text = (root / SHEET).read_text("utf-8")
    (root / SHEET).write_text(text.replace("2025-02-0", "2025-03-0"), "utf-8")
    assert run("check").exit_code == 0
    done = run("close", "small", "2025-01", "--by", "zhao.lei", "--check")
    assert done.exit_code == 1
    assert "error: 2025-03-06 is outside the assessment window. [assessment-window]" in done.output


def test_who_may_close(run: Callable[..., Result], root: Path) -> None:
    assert run("close", "small", "2025-01", "--by", "wang.min").output == (
        "kpigen: wang.min is no reviewer; there are: zhao.lei\n"
    )
    text = (root / SHEET).read_text("utf-8")
    (root / SHEET).write_text(text.replace("assessor: wang.min", "assessor: zhao.lei"), "utf-8")
    assert run("close", "small", "2025-01", "--by", "zhao.lei").output == (
        "kpigen: zhao.lei assessed day and cannot close the month\n"
    )


def test_a_month_is_closed_once(run: Callable[..., Result]) -> None:
    run("close", "small", "2025-01", "--by", "zhao.lei")
    done = run("close", "small", "2025-01", "--by", "zhao.lei")
    assert (done.exit_code, done.output) == (2, "kpigen: 2025-01 of small is closed already\n")
    assert run("close", "small", "2030-01", "--by", "zhao.lei").output == "kpigen: small has no records of 2030-01\n"


def test_a_closed_month_that_is_changed_is_found_by_the_check(run: Callable[..., Result], root: Path) -> None:
    run("close", "small", "2025-01", "--by", "zhao.lei")
    text = (root / SHEET).read_text("utf-8")
    (root / SHEET).write_text(text.replace("commission: 356.50", "commission: 456.50"), "utf-8")
    said = [line.partition("error: ")[2] for line in run("check").output.splitlines() if "error: " in line]
    assert said == [
        f"{SHEET} was changed after this month was approved. [close-changed]",
        "A001 was approved with 91.5 · ordinary · one-star · 2056.50 and is now computed as "
        "91.5 · ordinary · one-star · 2156.50. [close-result]",
    ]


def test_the_effect_of_a_change(run: Callable[..., Result], root: Path) -> None:
    committed(root)
    assert run("diff", "HEAD").output == "Nothing is computed differently.\n"
    text = (root / SHEET).read_text("utf-8")
    (root / SHEET).write_text(text.replace("commission: 356.50", "commission: 456.50"), "utf-8")
    assert run("diff", "HEAD").output.splitlines() == [
        "Computed differently: agents 1, months 1, pay +100.00 in all",
        "small 2025-01: 2,056.50 → 2,156.50 (+100.00)",
        "  林晓 A001: +100.00",
        "    Commission 356.50 → 456.50",
        "    pay 2,056.50 → 2,156.50",
        f"    ← Commission 356.50 → 456.50 {next(_where(root, 'commission'))}",
    ]
    found = json.loads(run("diff", "HEAD", "--format", "json").output)
    assert [(each["agent"], each["pay"]) for each in found["changes"]] == [("A001", ["2056.50", "2156.50"])]
    assert run("diff", "nowhere").output == "kpigen: git knows no commit nowhere here\n"


def _where(root: Path, key: str) -> Iterator[str]:
    for number, line in enumerate((root / SHEET).read_text("utf-8").splitlines(), start=1):
        if f"{key}: " in line:
            yield f"{SHEET}:{number}:{line.index(f'{key}: ') + len(key) + 3}"


def test_names_are_inert_in_a_comment(run: Callable[..., Result], root: Path) -> None:
    committed(root)
    agent = root / "records/small/agents/A001.yaml"
    agent.write_text(agent.read_text("utf-8").replace("林晓", '"@team <b>x</b> [a](b) | #1"'), "utf-8")
    text = (root / SHEET).read_text("utf-8")
    (root / SHEET).write_text(text.replace("commission: 356.50", "commission: 456.50"), "utf-8")
    output = run("diff", "HEAD", "--format", "markdown").output
    assert "&#64;team &#60;b&#62;x&#60;/b&#62;" in output
    assert not any(sign in output.replace("&#", "") for sign in ("@", "<b>", "[a]", "#1"))


def test_the_guard_on_the_command_line(run: Callable[..., Result], root: Path) -> None:
    run("close", "small", "2025-01", "--by", "zhao.lei")
    committed(root)
    assert run("guard", "--base", "main").output == "Nothing that is closed is touched.\n"
    (root / SHEET).unlink()
    done = run("guard", "--base", "main", "--format", "github")
    assert done.exit_code == 1
    assert done.output.startswith(f"::error file={SHEET}")
    done = run("guard", "--base", "nowhere")
    assert (done.exit_code, done.output) == (2, "kpigen: git knows no commit nowhere here\n")
