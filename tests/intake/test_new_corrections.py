"""``kpigen new appeal`` and ``new adjustment``: what is written, where, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from kpigen.cli import main
from tests.intake.office import make, put

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small repository; September is closed, as far as its desk can tell."""
    make(tmp_path)
    put(tmp_path, "records/phones/2026-09/close.yaml", "department: phones\n")
    return tmp_path


def run(root: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["--lang", "en", "new", *words, "--root", str(root)], catch_exceptions=False)
    return result.exit_code, result.output


P = "records/phones/2026-10/appeals/P-2026-10-001.yaml"
APPEAL = ("appeal", "A001", "quality", "--month", "2026-09", "--filed", "2026-10-12", "--grounds", "1")
ADJUSTMENT = ("adjustment", "A001", "2026-09", "quality=91.50", "--month", "2026-10", "--reason", "录错了。")


def test_an_appeal_about_an_input(root: Path) -> None:
    assert run(root, *APPEAL) == (
        0,
        f"{P}\nnext: a reviewer decides: status: upheld or rejected, decided: {{on: …, by: …}} and outcome:\n",
    )
    assert (root / P).read_text("utf-8") == (
        "# yaml-language-server: $schema=../../../../schema/appeal.json\n"
        "appeal: P-2026-10-001\n"
        "agent: A001\n"
        "about: {month: 2026-09, input: quality}\n"
        "filed: 2026-10-12\n"
        'grounds: "1"\n'
        "status: open\n"
    )


def test_an_appeal_about_a_complaint_needs_no_month(root: Path) -> None:
    put(root, "records/phones/2026-09/complaints/C-2026-09-001.yaml", "complaint: C-2026-09-001\n")
    code, _ = run(root, "appeal", "A001", "C-2026-09-001", "--filed", "2026-10-12", "--grounds", "没有这回事。")
    assert code == 0
    written = (root / P).read_text("utf-8")
    assert "about: {complaint: C-2026-09-001}\n" in written


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((*APPEAL[:2], "quality", *APPEAL[5:]), "quality of which month? add --month, such as 2026-09"),
        ((*APPEAL[:2], "qality", *APPEAL[3:]), "the policy has no qality; did you mean quality?"),
        ((*APPEAL[:2], "weather", *APPEAL[3:]),
         "the policy has no weather; there are: calls, rate, quality, bonus, present"),
        ((*APPEAL[:6], "2026-09-30", *APPEAL[7:]),
         "2026-09 of phones is closed; it is corrected by an adjustment in a later month"),
        ((*ADJUSTMENT[:3], "quality", *ADJUSTMENT[4:]), "“quality” says no input; write it like attitude=15"),
        ((*ADJUSTMENT[:5], "2026-09", *ADJUSTMENT[6:]),
         "2026-09 of phones is closed; it is corrected by an adjustment in a later month"),
    ],
)  # fmt: skip
def test_misused(root: Path, words: tuple[str, ...], message: str) -> None:
    assert run(root, *words) == (2, f"kpigen: {message}\n")
    assert not (root / "records/phones/2026-10").exists()


def test_a_complaint_that_is_not_there(root: Path) -> None:
    code, said = run(root, "appeal", "A001", "C-2026-09-009", "--filed", "2026-10-12", "--grounds", "没有这回事。")
    assert code == 1
    assert "error: There is no C-2026-09-009. [nothing-there]" in said
    assert said.endswith("Nothing was written.\n")


def test_an_adjustment(root: Path) -> None:
    assert run(root, *ADJUSTMENT) == (
        0,
        "records/phones/2026-10/adjustments/J-2026-10-001.yaml\nnext: kpigen diff shows what is paid; submit it\n",
    )
    assert (root / "records/phones/2026-10/adjustments/J-2026-10-001.yaml").read_text("utf-8") == (
        "# yaml-language-server: $schema=../../../../schema/adjustment.json\n"
        "adjustment: J-2026-10-001\n"
        "corrects: 2026-09\n"
        "agent: A001\n"
        "inputs: {quality: 91.50}\n"
        "reason: 录错了。\n"
    )


def test_an_adjustment_that_does_not_fit_is_not_written(root: Path) -> None:
    code, said = run(root, *ADJUSTMENT[:3], "quality=101", "prasent=yes", *ADJUSTMENT[4:])
    assert code == 1
    assert "error: 101 is not between 0 and 100. [cell]" in said
    assert "error: The policy has no input prasent. [unknown-key]" in said
    assert not (root / "records/phones/2026-10").exists()


def test_an_adjustment_that_another_one_makes_already_is_not_written(root: Path) -> None:
    assert run(root, *ADJUSTMENT)[0] == 0
    code, said = run(root, *ADJUSTMENT)
    assert code == 1
    assert "[restated-twice]" in said
    assert said.endswith("Nothing was written.\n")
    assert not (root / "records/phones/2026-10/adjustments/J-2026-10-002.yaml").exists()
