"""``streak(condition)``: for how many assessed months running, up to and with this one, a condition has held."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from kpigen.expression import Number, Signature
from kpigen.figure import Figure
from kpigen.policy.references.kind import formula_of
from kpigen.policy.references.past import now, then, value_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpigen.expression import Reference
    from kpigen.figure import Value
    from kpigen.month import Month
    from kpigen.policy.references.kind import View
    from kpigen.policy.references.past import Past

__all__ = ["Run", "Streak"]


class Streak:
    """A month not assessed neither breaks nor extends a run."""

    name: ClassVar[str] = "streak"
    signature: ClassVar[Signature] = Signature(("condition",), Number())

    def depth(self, reference: Reference, month: Month, history: Sequence[Past]) -> int:  # noqa: ARG002 - the protocol's
        """Return how far back the run reaches, with the assessed month in which the condition did not hold."""
        condition, deepest = formula_of(reference), 0
        for months, past in enumerate(history, start=1):
            if past.assessed:
                deepest = months
                if value_of(condition, past.values) is not True:
                    break
        return deepest

    def figure(self, reference: Reference, view: View) -> Figure:
        """Return the length of the run."""
        condition = formula_of(reference)
        held = [now(condition, view.month, view.figures)]
        if held[0].value is True:
            for past in view.history:
                if past.assessed:
                    held.append(then(condition, past))
                    if held[-1].value is not True:
                        break
        run = Run()
        return Figure(reference.key, run.apply(*[figure.value for figure in held]), run, tuple(held))


@dataclass(frozen=True, slots=True)
class Run:
    """How many of its inputs, periods with the newest first, are yes before the first that is not."""

    kind: ClassVar[str] = "streak"

    def apply(self, *values: Value) -> Value:
        """Count the leading yes."""
        run = 0
        for value in values:
            if value is not True:
                break
            run += 1
        return Decimal(run)

    def spec(self) -> Mapping[str, object]:
        """Return nothing: the operation has no settings."""
        return {}
