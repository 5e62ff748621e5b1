"""Rounding: named in the policy, applied once to the result of another operation."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from kpigen.exact import CENT, Mode, plain, round_to
from kpigen.policy.fields import PositiveNumber
from kpigen.reading.decode import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.figure import Operation, Value

__all__ = ["CENTS", "Rounded", "Rounding"]


class Rounding(Record):
    """``{to: 0.1, mode: half-up}``: the step that a result is rounded to, and how."""

    to: PositiveNumber
    mode: Mode = Mode.HALF_UP


CENTS = Rounding(to=CENT)


@dataclass(frozen=True, slots=True)
class Rounded:
    """Another operation, its number rounded; what is not a number (not applicable) stays as it is."""

    inner: Operation
    rounding: Rounding

    kind: ClassVar[str] = "rounded"

    def apply(self, *values: Value) -> Value:
        """Compute and round."""
        return self.rounded(self.inner.apply(*values))

    def rounded(self, value: Value) -> Value:
        """Round what the inner operation gave."""
        return round_to(value, self.rounding.to, self.rounding.mode) if isinstance(value, Decimal) else value

    def spec(self) -> Mapping[str, object]:
        """Return the step, the mode and the operation inside."""
        inner = {"kind": self.inner.kind, **self.inner.spec()}
        return {"to": plain(self.rounding.to), "mode": self.rounding.mode.value, "inner": inner}
