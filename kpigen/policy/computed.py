"""A compiled expression as a rule holds it: named, rounded as the rule says, with its clause and place."""

from __future__ import annotations

import decimal
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from kpigen.exact import LARGEST
from kpigen.expression import Undefined
from kpigen.figure import Figure
from kpigen.policy.rounding import Rounded
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.expression import Formula
    from kpigen.figure import Operation, Value
    from kpigen.finding import Place

__all__ = ["Computed"]


_TOO_LARGE = say("the number grows too large to be computed")


@dataclass(frozen=True, kw_only=True)
class Computed:
    """A named result of a formula: ``operation`` is the formula itself or the formula rounded."""

    id: str
    formula: Formula
    operation: Operation
    clause: str | None
    place: Place

    @cached_property
    def constant(self) -> Figure | None:
        """The figure of a formula that reads nothing, the same for everybody; None for one that reads something."""
        if self.formula.names:
            return None
        return Figure(self.id, self.value({}), self.operation, (), self.clause, self.place)

    def value(self, values: Mapping[str, Value]) -> Value:
        """Compute what ``operation`` gives for the values of these names, among which are those that it reads.

        Raises:
            Undefined: when the formula has no value; a number too large to be rounded to the cent is none either.
        """
        try:
            value = self.formula.evaluate(values)
            if isinstance(self.operation, Rounded):
                value = self.operation.rounded(value)
        except (decimal.InvalidOperation, decimal.Overflow) as error:
            raise Undefined(0, _TOO_LARGE) from error
        if isinstance(value, Decimal) and abs(value) >= LARGEST:
            raise Undefined(0, _TOO_LARGE)
        return value
