"""``kpigen lint``: what is wrong in the policies themselves, and what is proved of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.lint.mini import CLEAN, PATH, edited

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

FINED = edited(("第一名奖200元。", "第一名奖200元。迟到的罚款。"))
RESIGNED = edited(("连续两个月不到60分的面谈。", "连续两个月不到60分的视为自动请辞。"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository of one policy."""
    root = tmp_path / "repository"
    root.joinpath(PATH).parent.mkdir(parents=True)
    root.joinpath(PATH).write_text(CLEAN, encoding="utf-8")
    return root


def test_a_clean_policy(run: Callable[..., Result]) -> None:
    result = run("lint")
    assert result.output == "clean: 1 versions, 0 warnings acknowledged\n"
    assert result.exit_code == 0


def test_a_warning_does_not_block(run: Callable[..., Result], root: Path) -> None:
    root.joinpath(PATH).write_text(FINED, encoding="utf-8")
    result = run("lint", "demo")
    assert result.exit_code == 0
    assert "[law-fine]" in result.output
    assert result.output.endswith("0 errors, 1 warning in 1 file\n")


def test_an_error_blocks(run: Callable[..., Result], root: Path) -> None:
    root.joinpath(PATH).write_text(RESIGNED, encoding="utf-8")
    result = run("lint", "--format", "github")
    assert result.exit_code == 1
    assert result.output.startswith(f"::error file={PATH},line=18,col=13,title=law-dismissal::")


def test_what_cannot_be_read_is_found_too(run: Callable[..., Result], root: Path) -> None:
    root.joinpath(PATH).write_text(CLEAN.replace("when: present", "when: presnet"), encoding="utf-8")
    result = run("lint")
    assert result.exit_code == 1
    assert "[expression]" in result.output


def test_an_example_that_is_wrong_is_found_too(run: Callable[..., Result], root: Path) -> None:
    root.joinpath(PATH).write_text(edited(("actions: [talk]", "actions: []")), encoding="utf-8")
    result = run("lint")
    assert result.exit_code == 1
    assert "[example]" in result.output


def test_what_is_proved(run: Callable[..., Result]) -> None:
    lines = run("lint", "--prove").output.split("\n")
    assert lines[:2] == ["demo 2025-01", "  proved: The items' points add up to 100; the score is out of 100."]
    assert lines[-2:] == ["clean: 1 versions, 0 warnings acknowledged", ""]


def test_what_is_not_so(run: Callable[..., Result], root: Path) -> None:
    falling = edited(("when: grade == good, amount: 300", "when: grade == low, amount: 300"))
    root.joinpath(PATH).write_text(falling, encoding="utf-8")
    assert "  not so: Pay falls although the score rises: junior: 2020.00 with 80.0" in run("lint", "--prove").output


@pytest.mark.parametrize(
    ("name", "said"),
    [("deno", "there is no policy deno; did you mean demo?"), ("x", "there is no policy x")],
)
def test_a_policy_that_is_not_there(run: Callable[..., Result], name: str, said: str) -> None:
    result = run("lint", name)
    assert result.exit_code == 2
    assert result.output == f"kpigen: {said}\n"


def test_a_version_in_a_closed_month(run: Callable[..., Result], root: Path) -> None:
    later = root / "policy/demo/2025-02.yaml"
    later.write_text(CLEAN.replace("version: 2025-01", "version: 2025-02"), encoding="utf-8")
    close = root / "records/shop/2025-03/close.yaml"
    close.parent.mkdir(parents=True)
    close.write_text(
        'department: shop\nmonth: 2025-03\npolicy: {id: demo, version: 2025-01}\ninputs: {}\nresult: "0"\n'
        "totals: {gross: 0, deductions: 0, total: 0}\nagents: {}\n",
        encoding="utf-8",
    )
    result = run("lint", "--format", "github")
    assert result.exit_code == 1
    assert "title=version-in-closed-month" in result.output
