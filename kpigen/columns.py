"""Columns: lines of text set one below the other, as wide as a terminal shows them. Pure."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

__all__ = ["aligned", "bar"]


def aligned(lines: Iterable[Sequence[str]], right: Sequence[int] = ()) -> Iterator[str]:
    """Yield lines whose cells stand below each other, two spaces apart; ``right`` are the columns set to the right."""
    listed = tuple(lines)
    widths = [max(map(cell_len, column)) for column in zip_longest(*listed, fillvalue="")]
    for line in listed:
        cells = []
        for number, cell in enumerate(line):
            space = " " * (widths[number] - cell_len(cell))
            cells.append(space + cell if number in right else cell + space)
        yield "  ".join(cells).rstrip()


def bar(share: Decimal, width: int) -> str:
    """Return a bar of ``share`` (0 to 1) of ``width`` cells; one for whatever is more than nothing."""
    return "█" * max(round(share * width), 1 if share else 0)
