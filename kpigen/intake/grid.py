"""The grid: the cells of a spreadsheet as exact text, whatever file they came in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kpigen.finding import Finding, Place, Rule
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kpigen.text import Text

__all__ = ["MAX_COLUMNS", "MAX_FILE", "MAX_ROWS", "SHEET_FILE", "Grid", "refused", "sized"]

SHEET_FILE: Final = Rule("sheet-file")

MAX_FILE: Final = 4 * 1024 * 1024
MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A sheet: rows of texts without the blanks around them.

    Attributes:
        path: the file as it was named.
        rows: the rows as the spreadsheet shows them, the first being row 1.
        unknown: row and column, from 1, of formulas whose result the file does not have.
        notes: what should be known about the file.
    """

    path: str
    rows: tuple[tuple[str, ...], ...]
    unknown: frozenset[tuple[int, int]] = frozenset()
    notes: tuple[Finding, ...] = ()

    def place(self, row: int, column: int) -> Place:
        """Return the place of a cell, both counted from 1."""
        return Place(self.path, row, column)

    def filled(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the rows that hold something, each with its number."""
        unknown = {row for row, _ in self.unknown}
        for number, row in enumerate(self.rows, 1):
            if any(row) or number in unknown:
                yield number, row


def refused(path: str, message: Text, hint: Text) -> tuple[None, tuple[Finding, ...]]:
    """Return no grid, and why."""
    return None, (Finding.of(SHEET_FILE, Place(path), message, hint),)


def sized(path: str, rows: Iterable[tuple[str, ...]]) -> tuple[Grid | None, tuple[Finding, ...]]:
    """Make a grid, unless it is empty or larger than any month of a department."""
    kept = []
    for number, row in enumerate(rows, 1):
        if number > MAX_ROWS:
            hint = say("Keep the rows of one month only.")
            return refused(path, say("The sheet has more than {limit} rows.", limit=MAX_ROWS), hint)
        if len(row) > MAX_COLUMNS and any(row[MAX_COLUMNS:]):
            hint = say("Keep the columns that are to be imported.")
            return refused(path, say("The sheet has more than {limit} columns.", limit=MAX_COLUMNS), hint)
        kept.append(row[:MAX_COLUMNS])
    if not any(map(any, kept)):
        hint = say("It needs a row of headers, and below it one row for each agent.")
        return refused(path, say("The sheet is empty."), hint)
    return Grid(path=path, rows=tuple(kept)), ()
