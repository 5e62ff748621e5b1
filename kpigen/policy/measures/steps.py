"""Steps: a value from one bound up to the next, such as a seniority wage or a reward by score."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kpigen.policy.items.bands import Bands
from kpigen.policy.items.rows import ascending, needs_numbers
from kpigen.policy.measures.kind import Measure, Row, resolved, rows_named, written
from kpigen.reading.scalars import ExpressionText
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.expression import Kind
    from kpigen.figure import Operation
    from kpigen.policy.measures.kind import Fault, Location, Parameters

__all__ = ["StepsMeasure"]


class StepsMeasure(Measure):
    """``of: service_years, steps: [[0, 0], [1, 50], [3, 150]], unit: CNY``; below the first bound: 0."""

    key: ClassVar[str] = "steps"

    of: ExpressionText
    steps: tuple[Row, ...]

    def reads(self) -> tuple[tuple[Location, str], ...]:
        """Return what the steps go by."""
        return ((("of",), self.of),)

    def operation(self, parameters: Parameters) -> Operation:
        """Return the steps, which are bands."""
        return Bands(tuple((resolved(bound, parameters), resolved(value, parameters)) for bound, value in self.steps))

    def named(self) -> tuple[tuple[Location, str], ...]:
        """Return the parameters in the steps."""
        return rows_named("steps", self.steps)

    def faults(self, kinds: tuple[Kind, ...], parameters: Parameters) -> Iterator[Fault]:
        """Yield bounds that do not ascend."""
        yield from needs_numbers(kinds)
        if not self.steps:
            yield ("steps",), say("There are no steps.")
        yield from ascending("steps", [resolved(bound, parameters) for bound, _ in self.steps])

    def settings(self) -> Mapping[str, object]:
        """Return the bounds and values."""
        return {"of": self.of, "steps": [[written(bound), written(value)] for bound, value in self.steps]}
