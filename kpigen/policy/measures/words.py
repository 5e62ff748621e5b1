"""Words: a value for every word of a grade, a tier, a role or a rating, such as a bonus by grade."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from kpigen.expression import Choice
from kpigen.policy.fields import Stated
from kpigen.policy.items.ratings import Ratings
from kpigen.policy.measures.kind import Measure, resolved, written
from kpigen.reading.scalars import ExpressionText, Slug
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.expression import Kind
    from kpigen.figure import Operation
    from kpigen.policy.measures.kind import Fault, Location, Parameters

__all__ = ["WordsMeasure"]


class WordsMeasure(Measure):
    """``of: grade, words: {excellent: 800, good: 400, pass: 0, fail: 0}, unit: CNY``: every word, once."""

    key: ClassVar[str] = "words"

    of: ExpressionText
    words: Mapping[Slug, Stated]

    def reads(self) -> tuple[tuple[Location, str], ...]:
        """Return the word that is looked up."""
        return ((("of",), self.of),)

    def operation(self, parameters: Parameters) -> Operation:
        """Return the values of the words."""
        return Ratings(tuple((word, resolved(value, parameters)) for word, value in self.words.items()))

    def named(self) -> tuple[tuple[Location, str], ...]:
        """Return the parameters that are values."""
        return tuple((("words", word), value) for word, value in self.words.items() if isinstance(value, str))

    def faults(self, kinds: tuple[Kind, ...], parameters: Parameters) -> Iterator[Fault]:  # noqa: ARG002 - the base's
        """Yield words that are missing or unknown."""
        (kind,) = kinds
        if not isinstance(kind, Choice):
            yield ("of",), say("Only a grade, a tier, a role or a rating has words to be looked up.")
            return
        missing = [word for word in kind.options if word not in self.words]
        if missing:
            yield ("words",), say("The values of {words} are missing.", words=", ".join(missing))
        for word in self.words:
            if word not in kind.options:
                yield ("words", word), say("{word} is no option of {choice}.", word=word, choice=kind.name)

    def settings(self) -> Mapping[str, object]:
        """Return the words and their values."""
        return {"of": self.of, "values": [[word, written(value)] for word, value in self.words.items()]}
