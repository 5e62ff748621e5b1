"""Straight lines: points in between are interpolated, flat before the first and after the last."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from kpigen.exact import arithmetic, plain
from kpigen.policy.items.conversion import Conversion
from kpigen.policy.items.rows import needs_numbers, row_faults
from kpigen.reading.scalars import ExpressionText, Number
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.expression import Kind
    from kpigen.figure import Operation, Value
    from kpigen.policy.items.conversion import Fault, Location

__all__ = ["Line", "LineItem"]


class LineItem(Conversion):
    """``of: answer_rate, line: [[70, 0], [90, 30]]``: pairs of a measure and its points, measures ascending."""

    key: ClassVar[str] = "line"

    of: ExpressionText
    line: tuple[tuple[Number, Number], ...]

    def reads(self) -> tuple[tuple[Location, str], ...]:
        """Return the measure."""
        return ((("of",), self.of),)

    def conversion(self) -> Operation:
        """Return the line."""
        return Line(self.line)

    def faults(self, kinds: tuple[Kind, ...]) -> Iterator[Fault]:
        """Yield what is wrong with the points of the line."""
        yield from needs_numbers(kinds)
        if len(self.line) < 2:  # noqa: PLR2004 - a line has two ends
            yield ("line",), say("A line needs at least two points.")
        yield from row_faults("line", self.line, self.points)

    def settings(self) -> Mapping[str, object]:
        """Return the points of the line."""
        return {"of": self.of, "line": [[plain(x), plain(y)] for x, y in self.line]}


@dataclass(frozen=True, slots=True)
class Line:
    """Straight lines through the given points; flat before the first and after the last."""

    points: tuple[tuple[Decimal, Decimal], ...]

    kind: ClassVar[str] = "line"

    def apply(self, *values: Value) -> Value:
        """Return the height of the line at the one value; not applicable stays so."""
        (at,) = values
        if not isinstance(at, Decimal):
            return None
        if at <= self.points[0][0]:
            return self.points[0][1]
        with arithmetic():
            for (x0, y0), (x1, y1) in pairwise(self.points):
                if at <= x1:
                    return y0 + (at - x0) * (y1 - y0) / (x1 - x0)
        return self.points[-1][1]

    def spec(self) -> Mapping[str, object]:
        """Return the points of the line."""
        return {"points": [[plain(x), plain(y)] for x, y in self.points]}
