"""Deductions: full points, less so many for every occurrence, not below a floor."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from kpigen.exact import ZERO, arithmetic, plain
from kpigen.policy.fields import PositiveNumber
from kpigen.policy.items.conversion import Conversion
from kpigen.policy.items.rows import needs_numbers, out_of_range
from kpigen.reading.decode import Record
from kpigen.reading.scalars import ExpressionText, Number
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.expression import Kind
    from kpigen.figure import Operation, Value
    from kpigen.policy.items.conversion import Fault, Location

__all__ = ["Less", "LessItem"]


class Occurrence(Record):
    """``{per: events(late), points: 2}``: so many points for every one."""

    per: ExpressionText
    points: PositiveNumber


class LessItem(Conversion):
    """``less: [{per: events(late), points: 2}], floor: 0``: the item's points, less those of the occurrences."""

    key: ClassVar[str] = "less"

    less: tuple[Occurrence, ...]
    floor: Number = ZERO

    def reads(self) -> tuple[tuple[Location, str], ...]:
        """Return the numbers of occurrences."""
        return tuple((("less", index, "per"), each.per) for index, each in enumerate(self.less))

    def conversion(self) -> Operation:
        """Return the deduction."""
        return Less(self.points, tuple(each.points for each in self.less), self.floor)

    def faults(self, kinds: tuple[Kind, ...]) -> Iterator[Fault]:
        """Yield a list without a deduction, and a floor out of range."""
        yield from needs_numbers(kinds)
        if not self.less:
            yield ("less",), say("There is nothing to deduct.")
        if not 0 <= self.floor < self.points:
            yield (
                ("floor",),
                out_of_range(self.floor, self.points),
            )

    def settings(self) -> Mapping[str, object]:
        """Return what is deducted for what, and the floor."""
        return {"less": [[each.per, plain(each.points)] for each in self.less], "floor": plain(self.floor)}


@dataclass(frozen=True, slots=True)
class Less:
    """The full points less, for each number of occurrences, so many points each; at least the floor."""

    full: Decimal
    each: tuple[Decimal, ...]
    floor: Decimal

    kind: ClassVar[str] = "less"

    def apply(self, *values: Value) -> Value:
        """Return what is left; an occurrence that is not applicable takes nothing."""
        with arithmetic():
            taken = sum(
                (count * points for count, points in zip(values, self.each, strict=True) if isinstance(count, Decimal)),
                ZERO,
            )
            return max(self.floor, self.full - taken)

    def spec(self) -> Mapping[str, object]:
        """Return the full points, what each takes, and the floor."""
        return {"full": plain(self.full), "each": [plain(each) for each in self.each], "floor": plain(self.floor)}
