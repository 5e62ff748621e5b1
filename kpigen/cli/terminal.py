"""The terminal: colour and width where there is one, plain text where the output goes into a file or a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["paper", "width_of"]

#: Of a line quoted in a file or a pipe, which have no width.
PLAIN_WIDTH = 100


def paper(*, err: bool = False) -> Console:
    """Return a console that takes everything literally: text of the records is never markup."""
    from rich.console import Console  # noqa: PLC0415 - help and JSON do without

    return Console(stderr=err, markup=False, emoji=False, highlight=False, soft_wrap=True)


def width_of(console: Console) -> int:
    """Return how wide a quoted line may be."""
    return console.width if console.is_terminal else PLAIN_WIDTH
