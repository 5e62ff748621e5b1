"""Pots: an amount shared out among agents in proportion to a figure, to the cent, adding up exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from kpigen.exact import CENT, CONTEXT, ZERO, Mode, arithmetic, quantize, round_to
from kpigen.figure import number
from kpigen.policy.items.rows import needs_numbers
from kpigen.policy.measures.kind import Measure
from kpigen.reading.scalars import ExpressionText
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from kpigen.expression import Kind
    from kpigen.figure import Operation, Value
    from kpigen.policy.measures.kind import Fault, Location, Parameters

__all__ = ["PotMeasure", "PotShare", "places"]


class PotMeasure(Measure):
    """``pot: public_commission, by: score, among: grade >= pass, within: team``.

    Everybody assessed for whom ``among`` holds gets a part in proportion to ``by``. Parts are rounded down to the
    cent; the cents that are left go one each to the largest remainders, among equal ones by agent id.
    """

    key: ClassVar[str] = "pot"

    pot: ExpressionText
    by: ExpressionText
    among: ExpressionText | None = None
    within: Literal["team", "department"]

    def reads(self) -> tuple[tuple[Location, str], ...]:
        """Return the amount and what it is shared by; ``among`` is a condition of its own."""
        return ((("pot",), self.pot), (("by",), self.by))

    def operation(self, parameters: Parameters) -> Operation:  # noqa: ARG002 - the base's
        """Return one agent's part."""
        return PotShare()

    def faults(self, kinds: tuple[Kind, ...], parameters: Parameters) -> Iterator[Fault]:  # noqa: ARG002 - the base's
        """Yield what is no number, and a rounding: parts are to the cent, so that they add up."""
        yield from needs_numbers(kinds)
        if self.round is not None:
            yield ("round",), say("The parts of a pot are to the cent, so that they add up; leave `round` out.")

    def settings(self) -> Mapping[str, object]:
        """Return the amount, what it is shared by, among whom and where."""
        return {"pot": self.pot, "by": self.by, "among": self.among, "within": self.within}


@dataclass(frozen=True, slots=True)
class PotShare:
    """One part of a pot, from the pot, one's own figure, the sum of all, the cents left and one's place for them."""

    kind: ClassVar[str] = "pot-share"

    def apply(self, *values: Value) -> Value:
        """Return the part, to the cent."""
        pot, mine, everybody, cents, place = map(number, values)
        part = _part(quantize(pot), mine, everybody)
        return part + CENT if place <= cents else part

    def spec(self) -> Mapping[str, object]:
        """Return nothing: the operation has no settings."""
        return {}


def _part(pot: Decimal, mine: Decimal, everybody: Decimal) -> Decimal:
    with arithmetic():
        return round_to(pot * mine / everybody, CENT, Mode.FLOOR) if everybody else ZERO


def places(pot: Decimal, by: Sequence[Decimal]) -> tuple[int, tuple[int, ...]]:
    """Return how many cents are left after rounding down, and each one's place (from 1) for getting one of them.

    Args:
        pot: the amount, in whole cents.
        by: what it is shared by, in the order of agent ids.
    """
    everybody = sum(by, ZERO)
    if not everybody:
        return 0, tuple(range(1, len(by) + 1))
    with arithmetic():
        parts = [_part(pot, mine, everybody) for mine in by]
        # Remainders compared without dividing: pot × mine − part × everybody.
        remainders = [pot * mine - part * everybody for mine, part in zip(by, parts, strict=True)]
        cents = int(CONTEXT.divide(pot - sum(parts, ZERO), CENT))
    order = sorted(range(len(by)), key=lambda index: (-remainders[index], index))
    rank = {index: place for place, index in enumerate(order, start=1)}
    return cents, tuple(rank[index] for index in range(len(by)))
