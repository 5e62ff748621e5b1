"""Ranks and prizes: a place among those admitted, and what it is worth."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from kpigen.exact import CENT, ZERO, Mode, arithmetic, round_to
from kpigen.figure import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.figure import Operation, Value

__all__ = ["Prize", "Rank", "SharedPrize"]


@dataclass(frozen=True, slots=True)
class Rank:
    """A competition rank: one more than the number of those ahead."""

    kind: ClassVar[str] = "rank"

    def apply(self, *values: Value) -> Value:
        """Return the rank for the number of those with a higher value (the last input)."""
        return number(values[-1]) + 1

    def spec(self) -> Mapping[str, object]:
        """Return nothing: the operation has no settings."""
        return {}


@dataclass(frozen=True, slots=True)
class Prize:
    """An amount for whoever is admitted (first input) and holds a place (second input) from ``first`` to ``last``."""

    first: int
    last: int
    inner: Operation

    kind: ClassVar[str] = "prize"

    def apply(self, *values: Value) -> Value:
        """Return the amount, or 0."""
        admitted, rank, *rest = values
        won = admitted is True and self.first <= number(rank) <= self.last
        return self.inner.apply(*rest) if won else ZERO

    def spec(self) -> Mapping[str, object]:
        """Return the places and the amount's operation."""
        inner = {"kind": self.inner.kind, **self.inner.spec()}
        if self.first == self.last:
            return {"place": self.first, "inner": inner}
        return {"first": self.first, "last": self.last, "inner": inner}


@dataclass(frozen=True, slots=True)
class SharedPrize:
    """The prizes of the places that equal ranks take up together, in equal parts, rounded down to the cent."""

    prize: Prize
    tied: int

    kind: ClassVar[str] = "shared-prize"

    def apply(self, *values: Value) -> Value:
        """Return the part, or 0."""
        amount, rank = number(self.prize.apply(*values)), number(values[1])
        prizes = min(Decimal(self.prize.last), rank + self.tied - 1) - rank + 1
        with arithmetic():
            return round_to(amount * prizes / self.tied, CENT, Mode.FLOOR) if amount else amount

    def spec(self) -> Mapping[str, object]:
        """Return the places, how many share them, and the amount's operation."""
        return {**self.prize.spec(), "tied": self.tied}
