"""The figures of one agent-month as a table: each once, after those it was made from, referred to by its index."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Raw, Struct

from kpigen.exact import plain
from kpigen.export.plain_json import encoded, shown

if TYPE_CHECKING:
    from kpigen.figure import Figure, Operation
    from kpigen.finding import Place

__all__ = ["FigureTable", "Operations", "Row"]


class Operations:
    """Operations and their places as the documents write them, each once: most are the policy's, in every table."""

    __slots__ = ("_known", "_places")

    def __init__(self) -> None:
        """Begin empty."""
        self._known: dict[int, tuple[Operation, Raw]] = {}
        self._places: dict[int, tuple[Place, str]] = {}

    def place(self, place: Place) -> str:
        """Return the place of a rule."""
        known = self._places.get(id(place))
        if known is None:
            known = self._places[id(place)] = (place, str(place))
        return known[1]

    def written(self, operation: Operation) -> Raw:
        """Return an operation's kind and settings as JSON."""
        known = self._known.get(id(operation))
        if known is None:
            written = encoded({"kind": operation.kind, **operation.spec()})
            known = self._known[id(operation)] = (operation, written)  # an id is only unique while its object lives
        return known[1]


class Row(Struct):
    """A figure as the documents write it; ``of`` are the indexes of those that it was made from."""

    name: str
    value: str | None
    clause: str | None
    at: str | None
    op: Raw | None
    of: list[int]


class FigureTable:
    """Collects the figures of a statement and gives each an index.

    A figure is known by its identity, which is its own as long as it lives: the statement must outlive the table.
    """

    __slots__ = ("_index", "_operations", "rows")

    def __init__(self, operations: Operations) -> None:
        """Begin empty; ``operations`` may be shared with other tables."""
        self.rows: list[Row] = []
        self._operations = operations
        self._index: dict[int, int] = {}

    def add(self, figure: Figure) -> int:
        """Add a figure and all that it was made from; return its index.

        Figures nest as deeply as a policy's rules refer to each other, a handful, so that recursion is safe.
        """
        index = self._index
        found = index.get(id(figure))
        if found is not None:
            return found
        of = []
        for part in figure.inputs:  # asked here already, as most are known: this is the hot path of exporting
            known = index.get(id(part))
            of.append(self.add(part) if known is None else known)
        place, operation, value = figure.place, figure.operation, figure.value
        at: str | None = None
        op: Raw | None = None
        if operation is not None:
            op = self._operations.written(operation)
            at = None if place is None else self._operations.place(place)
        elif place is not None:
            at = str(place)
        text = plain(value) if isinstance(value, Decimal) else shown(value)
        row = Row(figure.name, text, figure.clause, at, op, of)
        found = index[id(figure)] = len(self.rows)
        self.rows.append(row)
        return found
