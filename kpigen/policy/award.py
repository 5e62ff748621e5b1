"""Awards: a place among those admitted, won with a fixed rule for ties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from kpigen.exact import ZERO
from kpigen.figure import number
from kpigen.policy.fields import ClauseNumber, PositiveWhole
from kpigen.reading.decode import Record
from kpigen.reading.scalars import ExpressionText, LabelField, Slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.figure import Operation, Value

__all__ = ["Award", "Prize", "Rank"]


class Award(Record):
    """``rank: 1, by: score``: the first among those for whom ``among`` holds; ``ties: all`` win the full amount.

    Whoever is not admitted is left out before ranking; competition ranking, 1, 1, 3.
    """

    id: Slug
    name: LabelField
    clause: ClauseNumber
    rank: PositiveWhole
    by: ExpressionText
    among: ExpressionText | None = None
    amount: ExpressionText
    ties: Literal["all"]


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
    """An amount for whoever is admitted (first input) and holds the place (second input)."""

    place: int
    inner: Operation

    kind: ClassVar[str] = "prize"

    def apply(self, *values: Value) -> Value:
        """Return the amount, or 0."""
        admitted, rank, *rest = values
        return self.inner.apply(*rest) if admitted is True and rank == self.place else ZERO

    def spec(self) -> Mapping[str, object]:
        """Return the place and the amount's operation."""
        return {"place": self.place, "inner": {"kind": self.inner.kind, **self.inner.spec()}}
