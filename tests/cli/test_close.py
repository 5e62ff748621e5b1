"""``kpigen close`` and ``guard``: a month is closed as it stands, or it is said what stands against it."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kpigen.intake import preflight
from kpigen.seal import blob, close_digest
from tests.git import git
from tests.oracle.small import line, write_department

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

SHEET = "records/small/2025-01/scores/day.yaml"
CLOSE = "records/small/2025-01/close.yaml"
AGENT: dict[str, Any] = {
    "agent": "A001",
    "name": "林晓",
    "joined": "2024-06-03",
    "history": [{"from": "2025-01", "team": "day", "tier": "ordinary"}],
}


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
    assert done.output.splitlines() == [
        "✓ Every agent has a line in the sheet of their team, and every line its inputs.",
        "✗ Every sheet was assessed within the window of the policy.",
        f"  wang.min: {SHEET}:4:11: 2025-03-06 is outside the assessment window. [assessment-window]",
        "    2025-01 is assessed from day 5 to day 10 of 2025-02.",
        "✓ No complaint is open.",
        "✓ Every event is reviewed.",
        "✓ No appeal is open.",
        "✓ Every appeal that was upheld has its adjustment.",
        "✓ Nobody approves their own work.",
        "✓ Everything else is in order.",
        "2025-01 cannot be closed yet.",
    ]
    written = run("close", "small", "2025-01", "--check", "--format", "markdown").output
    shown = (
        f"  - **wang.min** `{SHEET}:4:11` 2025-03-06 is outside the assessment window. "
        "2025-01 is assessed from day 5 to day 10 of 2025-02. `assessment-window`"
    )
    assert written.splitlines()[:6] == [
        "### small 2025-01",
        "",
        "- [x] Every agent has a line in the sheet of their team, and every line its inputs.",
        "- [ ] Every sheet was assessed within the window of the policy.",
        shown,
        "- [x] No complaint is open.",
    ]


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
    assert run("close", "small", "2030-01").output == (
        "kpigen: small has no records of 2030-01; they reach from 2025-01 to 2025-02\n"
    )


def test_a_closed_month_that_is_changed_is_found_by_the_check(run: Callable[..., Result], root: Path) -> None:
    run("close", "small", "2025-01", "--by", "zhao.lei")
    text = (root / SHEET).read_text("utf-8")
    (root / SHEET).write_text(text.replace("commission: 356.50", "commission: 456.50"), "utf-8")
    said = [line.partition("error: ")[2] for line in run("check").output.splitlines() if "error: " in line]
    result = (
        "A001 was approved with 91.5 · ordinary · one-star · 2056.50 and is now computed as "
        "91.5 · ordinary · one-star · 2156.50. [close-result]"
    )
    assert said == [f"{SHEET} was changed after this month was approved. [close-changed]", result]


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


def test_every_rule_of_the_list_is_one() -> None:
    gallery = {path.name for path in (Path(__file__).parents[1] / "gallery").iterdir()}
    assert {rule for _, rules in preflight._ITEMS for rule in rules} <= gallery  # noqa: SLF001 - the list itself


def test_nothing_stands_against_it(run: Callable[..., Result], root: Path) -> None:
    done = run("close", "small", "2025-01", "--check")
    assert done.exit_code == 0
    assert [line[0] for line in done.output.splitlines()[:-1]] == ["✓"] * 8
    assert done.output.splitlines()[-1] == "Nothing stands against closing 2025-01; to approve it: zhao.lei."
    assert not (root / CLOSE).exists()


def test_nobody_is_left_to_approve_it(run: Callable[..., Result], root: Path) -> None:
    text = (root / SHEET).read_text("utf-8")
    (root / SHEET).write_text(text.replace("assessor: wang.min", "assessor: zhao.lei"), "utf-8")
    done = run("close", "small", "2025-01")
    assert done.exit_code == 1
    assert "Every reviewer assessed sheets of 2025-01, so that nobody may approve it. [self-review]" in done.output
    assert not (root / CLOSE).exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("smal", "2025-01"), "there is no department smal; did you mean small?"),
        (
            ("small", "January"),
            "“January” is no month and no longer period; write it like 2026-09, 2026-Q3, 2026-H2 or 2026",
        ),
        (
            ("small", "2025-13"),
            "“2025-13” is no month and no longer period; write it like 2026-09, 2026-Q3, 2026-H2 or 2026",
        ),
        (("small", "2025-01", "--by", "zhao.lie"), "zhao.lie is no reviewer; did you mean zhao.lei?"),
        (("small", "2025-Q1"), "2025-01 is not closed; 2025-Q1 is closed when all its months are"),
        (("small", "2026"), "small has no records of 2026-01; they reach from 2025-01 to 2025-02"),
    ],
)
def test_wrong_usage(run: Callable[..., Result], arguments: tuple[str, ...], said: str) -> None:
    done = run("close", *arguments)
    assert (done.exit_code, done.output) == (2, f"kpigen: {said}\n")


def test_a_link_in_the_way_is_not_followed(run: Callable[..., Result], root: Path, tmp_path: Path) -> None:
    (root / CLOSE).symlink_to(tmp_path / "elsewhere.yaml")
    done = run("close", "small", "2025-01")
    assert done.exit_code != 0
    assert not (tmp_path / "elsewhere.yaml").exists()
    assert (root / CLOSE).is_symlink()


def a_quarter(root: Path, run: Callable[..., Result]) -> None:
    """Make three months, in the last of which A001 is joined by A002, and close them."""
    later: dict[str, Any] = {"agent": "A002", "name": "陈静", "joined": "2025-03-03"}
    later["history"] = [{"from": "2025-03", "team": "day", "tier": "probation"}]
    months: dict[str, dict[str, Any]] = {
        "2025-01": {"lines": {"day": {"A001": line("91.5", "356.50", "yes")}}},
        "2025-02": {"lines": {"day": {"A001": line("69", "20")}}},
        "2025-03": {"lines": {"day": {"A001": line("85", "100"), "A002": line("91.5", "50.50")}}},
    }
    shutil.rmtree(root / "records/small")
    write_department(root, [AGENT, later], months)
    for month in months:
        assert run("close", "small", month).exit_code == 0


def test_a_quarter_is_closed_from_its_months(run: Callable[..., Result], root: Path) -> None:
    a_quarter(root, run)
    said = run("close", "small", "2025-q1")
    path = "records/small/2025-Q1/close.yaml"
    pay = [_pay(root, f"2025-0{number}") for number in (1, 2, 3)]
    total = sum((each["A001"] for each in pay), Decimal(0)) + pay[2]["A002"]
    assert (said.exit_code, said.output.splitlines()[0]) == (0, f"{path}: agents 2, pay {total}")
    months = {
        month: close_digest((root / f"records/small/{month}/close.yaml").read_bytes())
        for month in ("2025-01", "2025-02", "2025-03")
    }
    lines = (root / path).read_text("utf-8").splitlines()
    assert lines[:7] == [
        "# yaml-language-server: $schema=../../../schema/period-close.json",
        "department: small",
        "period: 2025-Q1",
        "months:",
        *(f"  {month}: {digest}" for month, digest in months.items()),
    ]
    assert lines[7].endswith(f"total: {total}}}")
    assert lines[8:] == [
        "agents:",
        f"  A001: {{months: 3, tier: {_tier(root, 'A001')}, pay: {sum(each['A001'] for each in pay)}}}",
        f"  A002: {{months: 1, tier: {_tier(root, 'A002')}, pay: {pay[2]['A002']}}}",
    ]
    assert run("check").output == "clean: 3 months, 2 agents\n"
    assert run("close", "small", "2025-Q1").output == "kpigen: 2025-Q1 of small is closed already\n"
    assert run("close", "small", "2025").output == (
        "kpigen: 2025-04 is not closed; 2025 is closed when all its months are\n"
    )


def test_what_is_changed_in_the_close_of_a_quarter_is_found(run: Callable[..., Result], root: Path) -> None:
    a_quarter(root, run)
    run("close", "small", "2025-Q1")
    path = root / "records/small/2025-Q1/close.yaml"
    text = path.read_text("utf-8")
    committed(root)
    for old, new, rule in (
        ("months: 3", "months: 2", "close-result"),
        ("total: ", "total: 1", "close-result"),
        (f"2025-02: {close_digest(_close(root, '2025-02').read_bytes())}", f"2025-02: {'0' * 64}", "close-changed"),
        ("period: 2025-Q1", "period: 2025-Q2", "path-disagrees"),
        ("totals:", f"previous: {'0' * 64}\ntotals:", "close-chain"),
    ):
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), "utf-8")
        assert f"[{rule}]" in run("check").output, old
        said = run("guard", "--base", "main").output
        assert "records/small/2025-Q1/close.yaml is changed, and 2025-Q1 is closed." in said
    path.unlink()
    assert "2025-Q1 is closed. [closed-month]" in run("guard", "--base", "main").output


def test_a_quarter_is_not_closed_over_an_open_month(run: Callable[..., Result], root: Path) -> None:
    a_quarter(root, run)
    run("close", "small", "2025-Q1")
    committed(root)
    _close(root, "2025-03").unlink()
    assert "2025-Q1 is closed, and 2025-03 in it is not. [close-chain]" in run("check").output
    assert "2025-Q1 is closed, and 2025-03 is not. [close-order]" in run("guard", "--base", "main").output


def _close(root: Path, month: str) -> Path:
    return root / f"records/small/{month}/close.yaml"


def _pay(root: Path, month: str) -> dict[str, Decimal]:
    found = re.findall(r"  (A[0-9]+): .* pay: ([0-9.]+)", _close(root, month).read_text("utf-8"))
    return {agent: Decimal(amount) for agent, amount in found}


def _tier(root: Path, agent: str) -> str:
    found = re.search(rf"  {agent}: .*next_tier: ([a-z-]+)", _close(root, "2025-03").read_text("utf-8"))
    assert found
    return found[1]
