"""Items: a measure turned into points, by straight lines or by bands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from kpigen.exact import arithmetic, plain
from kpigen.policy.fields import ClauseNumber, PositiveNumber
from kpigen.policy.rounding import Rounding
from kpigen.reading.decode import Record
from kpigen.reading.scalars import ExpressionText, LabelField, Number
from kpigen.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.figure import Value

__all__ = ["Band", "Bands", "Item", "Line", "conversion", "conversion_faults"]


class Band(Record):
    """``{from: 60, points: 14}``: what is at least 60, up to the next band's bound, is worth 14."""

    from_: Number = Field(alias="from")
    points: Number


class Item(Record):
    """A scored item that is computed: ``of`` is looked up on the ``line`` or in the ``bands``."""

    of: ExpressionText
    points: PositiveNumber
    line: tuple[tuple[Number, Number], ...] = ()
    bands: tuple[Band, ...] = ()
    round: Rounding | None = None
    name: LabelField
    clause: ClauseNumber


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


@dataclass(frozen=True, slots=True)
class Bands:
    """Half-open bands by their lower bounds, ascending; what lies below the first is worth nothing."""

    rows: tuple[tuple[Decimal, Decimal], ...]

    kind: ClassVar[str] = "bands"

    def apply(self, *values: Value) -> Value:
        """Return the points of the band that holds the one value; not applicable stays so."""
        (at,) = values
        if not isinstance(at, Decimal):
            return None
        return next((points for bound, points in reversed(self.rows) if at >= bound), Decimal(0))

    def spec(self) -> Mapping[str, object]:
        """Return the bounds and points."""
        return {"rows": [[plain(bound), plain(points)] for bound, points in self.rows]}


def conversion(item: Item) -> Line | Bands:
    """Return the operation that turns the item's measure into points."""
    return Line(item.line) if item.line else Bands(tuple((band.from_, band.points) for band in item.bands))


def conversion_faults(item: Item) -> tuple[tuple[tuple[str | int, ...], Text], ...]:
    """Return what is wrong with an item's line or bands, each with the place within the item."""
    if bool(item.line) == bool(item.bands):
        return (((), say("An item needs either a line or bands, and exactly one of them.")),)
    key = "line" if item.line else "bands"
    rows = item.line or tuple((band.from_, band.points) for band in item.bands)
    faults: list[tuple[tuple[str | int, ...], Text]] = []
    if item.line and len(rows) < 2:  # noqa: PLR2004 - a line has two ends
        faults.append(((key,), say("A line needs at least two points.")))
    for index, ((before, _), (bound, _)) in enumerate(pairwise(rows), start=1):
        if bound <= before:
            message = say("{bound} does not come after {before}; write them ascending.", bound=bound, before=before)
            faults.append(((key, index), message))
    for index, (_, points) in enumerate(rows):
        if not 0 <= points <= item.points:
            message = say("{points} points are not between 0 and the item's {most}.", points=points, most=item.points)
            faults.append(((key, index), message))
    if max(points for _, points in rows) < item.points:
        faults.append((("points",), say("No value of the measure reaches the item's {most} points.", most=item.points)))
    return tuple(faults)
