"""``kpigen due``: which close each department owes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result


def test_the_earliest_month_that_is_not_closed(run: Callable[..., Result]) -> None:
    assert run("due", "--before", "2025-03").output == "small 2025-01\n"
    assert (
        run("due", "--before", "2025-03", "--format", "json").output
        == '[{"department": "small", "month": "2025-01"}]\n'
    )


def test_a_month_that_is_not_over_is_not_due(run: Callable[..., Result]) -> None:
    assert (run("due", "--before", "2025-01").output, run("due", "--before", "2025-01").exit_code) == ("", 0)
    assert run("due", "--before", "2025-01", "--format", "json").output == "[]\n"


def test_after_a_close_the_next_month_is(run: Callable[..., Result], root: Path) -> None:
    root.joinpath("records/small/2025-01/close.yaml").touch()
    assert run("due", "--before", "2025-03").output == "small 2025-02\n"
    root.joinpath("records/small/2025-02/close.yaml").touch()
    assert run("due", "--before", "2025-03").output == ""


def test_a_month_without_records_between_two_is_closed_too(run: Callable[..., Result], root: Path) -> None:
    for month in ("2025-01", "2025-02", "2025-04"):
        folder = root / f"records/small/{month}"
        folder.mkdir(exist_ok=True)
        (folder / "close.yaml").touch()
    assert run("due", "--before", "2025-06").output == "small 2025-03\n"


def test_what_is_no_month_is_refused(run: Callable[..., Result]) -> None:
    done = run("due", "--before", "2025-13")
    assert done.exit_code == 2
    assert done.output.startswith("kpigen: ")
