"""Parts: an item of several sub-items, added up; what is not applicable is left out visibly."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kpigen.policy.fields import PositiveNumber
from kpigen.policy.items.conversion import Conversion
from kpigen.policy.items.rows import needs_numbers
from kpigen.policy.score import ScoreOf
from kpigen.reading.decode import Record
from kpigen.reading.scalars import ExpressionText
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.expression import Kind
    from kpigen.figure import Operation
    from kpigen.policy.items.conversion import Fault, Location

__all__ = ["PartsItem"]


class Part(Record):
    """A sub-item: what it reads, and its most points."""

    of: ExpressionText
    points: PositiveNumber


class PartsItem(Conversion):
    """``parts: [{of: product_knowledge, points: 10}, …]``: the sub-items' points; those that apply stand for all."""

    key: ClassVar[str] = "parts"

    parts: tuple[Part, ...]

    def reads(self) -> tuple[tuple[Location, str], ...]:
        """Return the sub-items."""
        return tuple((("parts", index, "of"), each.of) for index, each in enumerate(self.parts))

    def conversion(self) -> Operation:
        """Return the sum, scaled to the item's points where a part is not applicable."""
        return ScoreOf(tuple(each.points for each in self.parts), self.points)

    def faults(self, kinds: tuple[Kind, ...]) -> Iterator[Fault]:
        """Yield parts whose points do not add up."""
        yield from needs_numbers(kinds)
        total = sum(each.points for each in self.parts)
        if total != self.points:
            yield (
                ("parts",),
                say("The parts add up to {total} points, the item has {most}.", total=total, most=self.points),
            )

    def settings(self) -> Mapping[str, object]:
        """Return the parts."""
        return {"parts": [[each.of, f"{each.points:f}"] for each in self.parts]}
