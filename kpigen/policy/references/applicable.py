"""``applicable(expression)``: whether it has a value at all, so that a condition can ask before it uses it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from kpigen.expression import FLAG, Signature
from kpigen.figure import Figure
from kpigen.policy.references.kind import formula_of
from kpigen.policy.references.past import now

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpigen.expression import Reference
    from kpigen.figure import Value
    from kpigen.month import Month
    from kpigen.policy.references.kind import View
    from kpigen.policy.references.past import Past

__all__ = ["Applicable", "Present"]


class Applicable:
    """``applicable(previous(score)) and score > previous(score)``."""

    name: ClassVar[str] = "applicable"
    signature: ClassVar[Signature] = Signature(("any",), FLAG)

    def depth(self, reference: Reference, month: Month, history: Sequence[Past]) -> int:  # noqa: ARG002 - the protocol's
        """Return 0: it looks at the month alone."""
        return 0

    def figure(self, reference: Reference, view: View) -> Figure:
        """Return whether there is a value."""
        asked, present = now(formula_of(reference), view.month, view.figures), Present()
        return Figure(reference.key, present.apply(asked.value), present, (asked,))


@dataclass(frozen=True, slots=True)
class Present:
    """Whether its one input is applicable."""

    kind: ClassVar[str] = "applicable"

    def apply(self, *values: Value) -> Value:
        """Return yes for a value."""
        return values[0] is not None

    def spec(self) -> Mapping[str, object]:
        """Return nothing: the operation has no settings."""
        return {}
