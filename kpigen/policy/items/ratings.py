"""Ratings: words of a rating to points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from kpigen.exact import plain
from kpigen.expression import Choice
from kpigen.policy.items.conversion import Conversion
from kpigen.reading.scalars import ExpressionText, Number, Slug
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from kpigen.expression import Kind
    from kpigen.figure import Operation, Value
    from kpigen.policy.items.conversion import Fault, Location

__all__ = ["Ratings", "RatingsItem"]


class RatingsItem(Conversion):
    """``of: manner, ratings: {excellent: 20, good: 16, fair: 10, poor: 0}``: every word of the rating, once."""

    key: ClassVar[str] = "ratings"

    of: ExpressionText
    ratings: Mapping[Slug, Number]

    def reads(self) -> tuple[tuple[Location, str], ...]:
        """Return the rating."""
        return ((("of",), self.of),)

    def conversion(self) -> Operation:
        """Return the points of the words."""
        return Ratings(tuple(self.ratings.items()))

    def faults(self, kinds: tuple[Kind, ...]) -> Iterator[Fault]:
        """Yield words that are missing or unknown, and points out of range or out of order."""
        (kind,) = kinds
        if not isinstance(kind, Choice):
            yield ("of",), say("Only an input that is a rating has words to be converted.")
            return
        missing = [word for word in kind.options if word not in self.ratings]
        if missing:
            yield ("ratings",), say("The points of {words} are missing.", words=", ".join(missing))
        for word, points in self.ratings.items():
            if word not in kind.options:
                yield ("ratings", word), say("{word} is no word of this rating.", word=word)
            elif not 0 <= points <= self.points:
                message = say(
                    "{points} points are not between 0 and the item's {most}.", points=points, most=self.points
                )
                yield ("ratings", word), message
        ascending = [self.ratings[word] for word in kind.options if word in self.ratings]
        if ascending != sorted(ascending):
            yield ("ratings",), say("A better rating has fewer points than a worse one.")
        if ascending and ascending[-1] < self.points:
            yield ("points",), say("No value of the measure reaches the item's {most} points.", most=self.points)

    def settings(self) -> Mapping[str, object]:
        """Return the points of the words."""
        return {"of": self.of, "ratings": [[word, plain(points)] for word, points in self.ratings.items()]}


@dataclass(frozen=True, slots=True)
class Ratings:
    """The points of each word of a rating."""

    points: tuple[tuple[str, Decimal], ...]

    kind: ClassVar[str] = "ratings"

    def apply(self, *values: Value) -> Value:
        """Return the points of the one word; not applicable stays so."""
        (word,) = values
        return next((points for each, points in self.points if each == word), None)

    def spec(self) -> Mapping[str, object]:
        """Return the words and their points."""
        return {"points": [[word, plain(points)] for word, points in self.points]}
