"""Bands: half-open, by their lower bounds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from kpigen.exact import plain
from kpigen.policy.items.conversion import Conversion
from kpigen.policy.items.rows import needs_numbers, row_faults
from kpigen.reading.decode import Record
from kpigen.reading.scalars import ExpressionText, Number
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.expression import Kind
    from kpigen.figure import Operation, Value
    from kpigen.policy.items.conversion import Fault, Location

__all__ = ["Band", "Bands", "BandsItem"]


class Band(Record):
    """``{from: 60, points: 14}``: what is at least 60, up to the next band's bound, is worth 14."""

    from_: Number = Field(alias="from")
    points: Number


class BandsItem(Conversion):
    """``of: speed, bands: [{from: 0, points: 20}, {from: 60, points: 14}]``; below the first bound: nothing."""

    key: ClassVar[str] = "bands"

    of: ExpressionText
    bands: tuple[Band, ...]

    def reads(self) -> tuple[tuple[Location, str], ...]:
        """Return the measure."""
        return ((("of",), self.of),)

    def _rows(self) -> tuple[tuple[Decimal, Decimal], ...]:
        return tuple((band.from_, band.points) for band in self.bands)

    def conversion(self) -> Operation:
        """Return the bands."""
        return Bands(self._rows())

    def faults(self, kinds: tuple[Kind, ...]) -> Iterator[Fault]:
        """Yield what is wrong with the bounds and points."""
        yield from needs_numbers(kinds)
        if not self.bands:
            yield ("bands",), say("There are no bands.")
        yield from row_faults("bands", self._rows(), self.points)

    def settings(self) -> Mapping[str, object]:
        """Return the bounds and points."""
        return {"of": self.of, "bands": [[plain(bound), plain(points)] for bound, points in self._rows()]}


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
