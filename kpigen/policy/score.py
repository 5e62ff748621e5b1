"""The score: items added up, what is not applicable left out visibly, and the grade it falls into."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from kpigen.exact import ZERO, arithmetic, plain
from kpigen.policy.fields import ClauseNumber, PositiveNumber
from kpigen.policy.rounding import Rounding
from kpigen.reading.decode import Record
from kpigen.reading.scalars import LabelField, Number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.figure import Value

__all__ = ["Grade", "GradeOf", "Score", "ScoreOf", "WeightedScore", "ZeroItems"]


class Score(Record):
    """``{sum: points, of: 100, round: …}``: the items' points as a share of those applicable, times ``of``.

    The items add up to ``points``, which is ``of`` unless stated: ``{points: 110, of: 100}`` scales openly.
    ``sum: weights`` adds up each item's share of its own points by its weight; weights add up to 1.
    """

    sum: Literal["points", "weights"]
    of: PositiveNumber
    points: PositiveNumber | None = None
    round: Rounding
    clause: ClauseNumber


class Grade(Record):
    """A band of scores: from this bound up to the next grade's."""

    from_: Number = Field(alias="from")
    name: LabelField
    clause: ClauseNumber


@dataclass(frozen=True, slots=True)
class ScoreOf:
    """Points ÷ the most points possible of the items that apply × the scale."""

    most: tuple[Decimal, ...]
    scale: Decimal

    kind: ClassVar[str] = "score"

    def apply(self, *values: Value) -> Value:
        """Compute the score of the items' points, in order; None where an item, or every item, is not applicable."""
        points = possible = ZERO
        with arithmetic():
            for value, most in zip(values, self.most, strict=True):
                if isinstance(value, Decimal):
                    points += value
                    possible += most
            return points * self.scale / possible if possible else None

    def spec(self) -> Mapping[str, object]:
        """Return the items' most points and the scale."""
        return {"most": [plain(most) for most in self.most], "of": plain(self.scale)}


@dataclass(frozen=True, slots=True)
class WeightedScore:
    """Each item's points ÷ its most points × its weight, over the weights of the items that apply, × the scale."""

    most: tuple[Decimal, ...]
    weights: tuple[Fraction, ...]
    scale: Decimal

    kind: ClassVar[str] = "weighted-score"

    def apply(self, *values: Value) -> Value:
        """Compute the score of the items' points, in order; None where every item is not applicable."""
        points = possible = Fraction(0)
        for value, most, weight in zip(values, self.most, self.weights, strict=True):
            if isinstance(value, Decimal):
                points += Fraction(value) / Fraction(most) * weight
                possible += weight
        if not possible:
            return None
        share = points * Fraction(self.scale) / possible
        with arithmetic():
            return Decimal(share.numerator) / Decimal(share.denominator)

    def spec(self) -> Mapping[str, object]:
        """Return the items' most points, their weights and the scale."""
        return {
            "most": [plain(most) for most in self.most],
            "weights": [str(weight) for weight in self.weights],
            "of": plain(self.scale),
        }


@dataclass(frozen=True, slots=True)
class ZeroItems:
    """How many items are applicable and 0."""

    kind: ClassVar[str] = "zero-items"

    def apply(self, *values: Value) -> Value:
        """Count the zeros; what is not applicable is not a zero."""
        return Decimal(sum(1 for value in values if value is not None and value == 0))

    def spec(self) -> Mapping[str, object]:
        """Return nothing: the operation has no settings."""
        return {}


@dataclass(frozen=True, slots=True)
class GradeOf:
    """The grade whose band holds the score."""

    bounds: tuple[tuple[Decimal, str], ...]

    kind: ClassVar[str] = "grade"

    def apply(self, *values: Value) -> Value:
        """Return the highest grade whose bound the one score reaches."""
        (score,) = values
        if not isinstance(score, Decimal):
            return None
        return next((grade for bound, grade in reversed(self.bounds) if score >= bound), None)

    def spec(self) -> Mapping[str, object]:
        """Return the bounds."""
        return {"bounds": [[plain(bound), grade] for bound, grade in self.bounds]}
