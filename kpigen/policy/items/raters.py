"""Raters: the points that several people gave, with weights; a rater who is missing is handled as declared."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Literal

from kpigen.exact import ZERO, arithmetic, plain
from kpigen.policy.fields import PositiveNumber
from kpigen.policy.items.conversion import Conversion
from kpigen.policy.items.rows import needs_numbers
from kpigen.reading.decode import Record
from kpigen.reading.scalars import ExpressionText
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.expression import Kind
    from kpigen.figure import Operation, Value
    from kpigen.policy.items.conversion import Fault, Location

__all__ = ["Raters", "RatersItem"]


class Rater(Record):
    """``{of: attitude_peer, weight: 30}``: what one rater gave, and what it weighs."""

    of: ExpressionText
    weight: PositiveNumber


class RatersItem(Conversion):
    """``raters: [{of: …, weight: 20}, …], missing: reweigh``: weights add up to 100.

    ``missing`` says what becomes of a rating that was not given: ``reweigh`` lets the others stand for it,
    ``drop`` makes the whole item not applicable. It is never taken for 0.
    """

    key: ClassVar[str] = "raters"

    raters: tuple[Rater, ...]
    missing: Literal["reweigh", "drop"]

    def reads(self) -> tuple[tuple[Location, str], ...]:
        """Return what the raters gave."""
        return tuple((("raters", index, "of"), each.of) for index, each in enumerate(self.raters))

    def conversion(self) -> Operation:
        """Return the weighted mean."""
        return Raters(tuple(each.weight for each in self.raters), self.missing == "reweigh")

    def faults(self, kinds: tuple[Kind, ...]) -> Iterator[Fault]:
        """Yield weights that do not add up."""
        yield from needs_numbers(kinds)
        total = sum(each.weight for each in self.raters)
        if total != _WHOLE:
            yield ("raters",), say("The raters' weights add up to {total}, not to 100.", total=total)

    def settings(self) -> Mapping[str, object]:
        """Return the raters and what becomes of a missing one."""
        return {"raters": [[each.of, plain(each.weight)] for each in self.raters], "missing": self.missing}


_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Raters:
    """The mean of what was given, by weight."""

    weights: tuple[Decimal, ...]
    reweigh: bool

    kind: ClassVar[str] = "raters"

    def apply(self, *values: Value) -> Value:
        """Return the mean of what was given; None when there is nothing, or when nothing may be missing."""
        given = [
            (value, weight) for value, weight in zip(values, self.weights, strict=True) if isinstance(value, Decimal)
        ]
        if not given or (len(given) < len(values) and not self.reweigh):
            return None
        with arithmetic():
            return sum((value * weight for value, weight in given), ZERO) / sum(weight for _, weight in given)

    def spec(self) -> Mapping[str, object]:
        """Return the weights, and whether those given stand for one that is missing."""
        return {"weights": [plain(weight) for weight in self.weights], "reweigh": self.reweigh}
