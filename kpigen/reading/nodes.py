"""Located nodes: what a YAML file says, every scalar as exact text with its line and column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from kpigen.finding import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Document", "Node", "Scalar", "Series", "Table"]


class Scalar(str):
    """A scalar's exact text. It compares, hashes and prints as that text; line and column count from 1.

    ``quoted`` tells whether the file wrote it in quotes or as a block, so that nothing written plainly
    (``key:``) and an empty text (``key: ""``) can be told apart.
    """

    __slots__ = ("column", "line", "quoted")

    line: int
    column: int
    quoted: bool

    @classmethod
    def at(cls, text: str, line: int, column: int, *, quoted: bool = False) -> Scalar:
        """Make a scalar that stands at ``line`` and ``column``."""
        scalar = cls(text)
        scalar.line, scalar.column, scalar.quoted = line, column, quoted
        return scalar


class Table(dict["Scalar", "Node"]):
    """A mapping in the order of the file; its keys are :class:`Scalar`, so a plain string finds them."""

    __slots__ = ("column", "line")

    line: int
    column: int


class Series(list["Node"]):
    """A sequence."""

    __slots__ = ("column", "line")

    line: int
    column: int


Node = Scalar | Table | Series


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read: its path and its topmost table."""

    path: str
    root: Table

    def place(self, location: Iterable[str | int] = (), *, key: bool = False) -> Place:
        """Return where the node at ``location`` (keys and indexes from the root) stands.

        Follows ``location`` as far as it exists; with ``key``, the place of the last key, not of its value.
        """
        here: Node = self.root
        at: Node = here
        for step in location:
            if isinstance(here, Table) and isinstance(step, str) and step in here:
                found = here[cast("Scalar", step)]
                at = next(k for k in here if k == step) if key else found
                here = found
            elif isinstance(here, Series) and isinstance(step, int) and 0 <= step < len(here):
                here = at = here[step]
            else:
                break
        return Place(self.path, at.line, at.column)
