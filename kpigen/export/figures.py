"""The figures of one agent-month as a table: each once, after those it was made from, referred to by its index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Raw, Struct

from kpigen.export.plain_json import encoded, shown

if TYPE_CHECKING:
    from kpigen.figure import Figure, Operation

__all__ = ["FigureTable", "Operations", "Row"]


class Operations:
    """Operations as the documents write them, each encoded once: most are the policy's and in every agent's table."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        """Begin empty."""
        self._known: dict[int, tuple[Operation, Raw]] = {}

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
    """Collects figures and gives each an index."""

    __slots__ = ("_index", "_keep", "_operations", "rows")

    def __init__(self, operations: Operations) -> None:
        """Begin empty; ``operations`` may be shared with other tables."""
        self.rows: list[Row] = []
        self._operations = operations
        self._index: dict[int, int] = {}
        self._keep: list[Figure] = []

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
            at = index.get(id(part))
            of.append(self.add(part) if at is None else at)
        place, operation = figure.place, figure.operation
        row = Row(
            figure.name,
            shown(figure.value),
            figure.clause,
            None if place is None else str(place),
            None if operation is None else self._operations.written(operation),
            of,
        )
        found = index[id(figure)] = len(self.rows)
        self._keep.append(figure)  # an id is only unique while its object lives
        self.rows.append(row)
        return found
