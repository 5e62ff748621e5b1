"""The terminal: colour and width where there is one, plain text where the output goes into a file or a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console
    from rich.tree import Tree

__all__ = ["paper", "print_table", "print_tree", "width_of"]

#: Of a line quoted in a file or a pipe, which have no width.
PLAIN_WIDTH = 100
#: Of a tree in a file or a pipe: none of its lines is broken.
UNBROKEN = 100_000


def paper(*, err: bool = False) -> Console:
    """Return a console that takes everything literally: text of the records is never markup."""
    from rich.console import Console  # noqa: PLC0415 - help and JSON do without

    return Console(stderr=err, markup=False, emoji=False, highlight=False, soft_wrap=True)


def width_of(console: Console) -> int:
    """Return how wide a quoted line may be."""
    return console.width if console.is_terminal else PLAIN_WIDTH


def print_tree(tree: Tree) -> None:
    """Print a tree; on a terminal long lines are broken, and go on below where they began."""
    console = paper()
    if not console.is_terminal:
        console.width = UNBROKEN
    console.print(tree, soft_wrap=False)


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table whose first column names what the others say."""
    from rich.table import Table  # noqa: PLC0415 - help and JSON do without
    from rich.text import Text  # noqa: PLC0415

    console = paper()
    if not console.is_terminal:
        console.width = UNBROKEN
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, name in enumerate(head):
        table.add_column(name, justify="right" if number else "left")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table, soft_wrap=False)
