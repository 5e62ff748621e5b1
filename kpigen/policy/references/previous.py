"""``previous(number)``: a number in the last assessed month before this one; not applicable when there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from kpigen.expression import Signature
from kpigen.figure import Figure
from kpigen.policy.references.kind import formula_of
from kpigen.policy.references.past import then

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpigen.expression import Reference
    from kpigen.figure import Value
    from kpigen.month import Month
    from kpigen.policy.references.kind import View
    from kpigen.policy.references.past import Past

__all__ = ["Latest", "Previous"]


class Previous:
    """The value before: ``score - previous(score)`` is the improvement."""

    name: ClassVar[str] = "previous"
    signature: ClassVar[Signature] = Signature(("number",), None)

    def depth(self, reference: Reference, month: Month, history: Sequence[Past]) -> int:  # noqa: ARG002 - the protocol's
        """Return how far back the last assessed month lies."""
        return next((months for months, past in enumerate(history, start=1) if past.assessed), 0)

    def figure(self, reference: Reference, view: View) -> Figure:
        """Return the value then."""
        seen = view.history[: self.depth(reference, view.month, view.history)]
        inputs = tuple(then(formula_of(reference), past) for past in seen[-1:])
        latest = Latest()
        return Figure(reference.key, latest.apply(*[figure.value for figure in inputs]), latest, inputs)


@dataclass(frozen=True, slots=True)
class Latest:
    """Its one input as it is; not applicable without one."""

    kind: ClassVar[str] = "latest"

    def apply(self, *values: Value) -> Value:
        """Return the value."""
        return values[0] if values else None

    def spec(self) -> Mapping[str, object]:
        """Return nothing: the operation has no settings."""
        return {}
