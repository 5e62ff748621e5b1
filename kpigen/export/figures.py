"""The figures of one agent-month as a table: each once, after those it was made from, referred to by its index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.export.plain_json import shown

if TYPE_CHECKING:
    from kpigen.figure import Figure

__all__ = ["FigureTable"]


class FigureTable:
    """Collects figures and gives each an index."""

    __slots__ = ("_index", "_keep", "rows")

    def __init__(self) -> None:
        """Begin empty."""
        self.rows: list[dict[str, object]] = []
        self._index: dict[int, int] = {}
        self._keep: list[Figure] = []

    def add(self, figure: Figure) -> int:
        """Add a figure and all that it was made from; return its index.

        Figures nest as deeply as a policy's rules refer to each other, a handful, so that recursion is safe.
        """
        key = id(figure)
        found = self._index.get(key)
        if found is not None:
            return found
        of = [self.add(part) for part in figure.inputs]
        operation = figure.operation
        row: dict[str, object] = {
            "name": figure.name,
            "value": shown(figure.value),
            "clause": figure.clause,
            "at": None if figure.place is None else str(figure.place),
            "op": None if operation is None else {"kind": operation.kind, **operation.spec()},
            "of": of,
        }
        index = self._index[key] = len(self.rows)
        self._keep.append(figure)  # an id is only unique while its object lives
        self.rows.append(row)
        return index
