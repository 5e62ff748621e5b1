"""Changes to a made-up department, one sheet each, taken back afterwards."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from bench.department import FIRST, sheet_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

__all__ = ["CHANGES"]

_AMOUNT = re.compile(r"(?<=commission: )[0-9.]+")


@contextmanager
def _changed(root: Path, month: int, change: Callable[[str], str]) -> Iterator[None]:
    """Change the first agent's line that has marks, in the first team's sheet of a month."""
    path = sheet_path(root, FIRST.plus(month), 0)
    before = path.read_text(encoding="utf-8")
    lines = before.splitlines(keepends=True)
    place = next(number for number, line in enumerate(lines) if "response:" in line)
    lines[place] = change(lines[place])
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    try:
        yield
    finally:
        path.write_text(before, encoding="utf-8", newline="\n")


def _an_amount(root: Path, month: int) -> AbstractContextManager[None]:
    return _changed(root, month, lambda line: _AMOUNT.sub("1.11", line))


def _a_demotion(root: Path, month: int) -> AbstractContextManager[None]:
    return _changed(root, month, _failing)


def _failing(line: str) -> str:
    """Give the agent one point for each item, so that the tier moves."""
    scored, commission, rest = line.partition("commission: ")
    return re.sub(r"(?<=: )[0-9./na]+(?=,)", "1", scored) + commission + rest


CHANGES: Final[Mapping[str, Callable[[Path, int], AbstractContextManager[None]]]] = {
    "an amount": _an_amount,
    "a demotion": _a_demotion,
}
"""What is changed, by its name: an amount touches its month alone, a demotion the months until the tier is the same."""
