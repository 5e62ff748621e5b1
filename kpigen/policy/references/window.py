"""Windows: what happened in the calendar quarter, half-year or year, or in the last months, up to and with this one.

``count(condition, quarter)`` and ``mean(number, half-year)`` over assessed months; ``total(number, twelve-months)``
over every month in which the number is known, so that what happened in a month without assessment is not forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from kpigen.exact import ZERO, arithmetic
from kpigen.expression import Number, Signature, Words
from kpigen.figure import Figure
from kpigen.policy.period import WINDOWS, first_month
from kpigen.policy.references.kind import formula_of, window_of
from kpigen.policy.references.past import now, then
from kpigen.policy.tally import Sum

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpigen.expression import Reference
    from kpigen.figure import Operation, Value
    from kpigen.month import Month
    from kpigen.policy.references.kind import View
    from kpigen.policy.references.past import Past

__all__ = ["Averaged", "Count", "Mean", "Times", "Total"]


class _Windowed:
    """What the three have in common: which months they see."""

    operation: ClassVar[Operation]
    always: ClassVar[bool] = False

    def depth(self, reference: Reference, month: Month, history: Sequence[Past]) -> int:
        """Return how many earlier months lie in the window."""
        first = first_month(month, window_of(reference))
        return sum(1 for past in history if past.month >= first)

    def figure(self, reference: Reference, view: View) -> Figure:
        """Return the value over the window."""
        formula = formula_of(reference)
        seen = view.history[: self.depth(reference, view.month, view.history)]
        before = (then(formula, past) for past in seen if past.assessed or self.always)
        counts = self.always or view.figures["assessed"].value is True
        present = (now(formula, view.month, view.figures),) if counts else ()
        inputs = (*present, *(figure for figure in before if figure.value is not None))
        value = self.operation.apply(*[figure.value for figure in inputs])
        return Figure(reference.key, value, self.operation, inputs)


@dataclass(frozen=True, slots=True)
class Times:
    """How many of its inputs are yes."""

    kind: ClassVar[str] = "times"

    def apply(self, *values: Value) -> Value:
        """Count them."""
        return Decimal(sum(1 for value in values if value is True))

    def spec(self) -> Mapping[str, object]:
        """Return nothing: the operation has no settings."""
        return {}


@dataclass(frozen=True, slots=True)
class Averaged:
    """The mean of its inputs; what is not applicable is left out, and none at all is not applicable."""

    kind: ClassVar[str] = "mean"

    def apply(self, *values: Value) -> Value:
        """Divide the sum by the number of those that are there."""
        numbers = [value for value in values if isinstance(value, Decimal)]
        with arithmetic():
            return sum(numbers, ZERO) / len(numbers) if numbers else None

    def spec(self) -> Mapping[str, object]:
        """Return nothing: the operation has no settings."""
        return {}


class Count(_Windowed):
    """In how many assessed months of the window a condition has held."""

    name: ClassVar[str] = "count"
    signature: ClassVar[Signature] = Signature(("condition", Words(WINDOWS)), Number())
    operation: ClassVar[Operation] = Times()


class Total(_Windowed):
    """A number added up over the window."""

    name: ClassVar[str] = "total"
    signature: ClassVar[Signature] = Signature(("number", Words(WINDOWS)), None)
    operation: ClassVar[Operation] = Sum()
    always: ClassVar[bool] = True


class Mean(_Windowed):
    """The mean of a number over the window."""

    name: ClassVar[str] = "mean"
    signature: ClassVar[Signature] = Signature(("number", Words(WINDOWS)), None)
    operation: ClassVar[Operation] = Averaged()
