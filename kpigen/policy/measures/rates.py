"""Rates: a share of an amount that grows with it, by one rate for the whole (a cliff) or each part by its own."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Literal

from kpigen.exact import ZERO, arithmetic, plain
from kpigen.policy.items.rows import ascending, needs_numbers
from kpigen.policy.measures.kind import Measure, Row, resolved, rows_named, written
from kpigen.reading.scalars import ExpressionText
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.expression import Kind
    from kpigen.figure import Operation, Value
    from kpigen.policy.measures.kind import Fault, Location, Parameters

__all__ = ["Rates", "RatesMeasure"]


class RatesMeasure(Measure):
    """``of: sales, rates: [[0, 1%], [10000, 2%]], kind: marginal``; what lies below the first bound earns nothing.

    ``cliff``: the whole amount at the rate of the bound that it reaches; ``marginal``: each part at its own rate.
    """

    key: ClassVar[str] = "rates"

    of: ExpressionText
    rates: tuple[Row, ...]
    kind: Literal["cliff", "marginal"]

    def reads(self) -> tuple[tuple[Location, str], ...]:
        """Return the amount."""
        return ((("of",), self.of),)

    def operation(self, parameters: Parameters) -> Operation:
        """Return the rates."""
        rows = tuple((resolved(bound, parameters), resolved(rate, parameters)) for bound, rate in self.rates)
        return Rates(rows, self.kind == "marginal")

    def named(self) -> tuple[tuple[Location, str], ...]:
        """Return the parameters in the rates."""
        return rows_named("rates", self.rates)

    def faults(self, kinds: tuple[Kind, ...], parameters: Parameters) -> Iterator[Fault]:
        """Yield bounds that do not ascend."""
        yield from needs_numbers(kinds)
        if not self.rates:
            yield ("rates",), say("There are no rates.")
        yield from ascending("rates", [resolved(bound, parameters) for bound, _ in self.rates])

    def settings(self) -> Mapping[str, object]:
        """Return the bounds, the rates and how they are meant."""
        rates = [[written(bound), written(rate)] for bound, rate in self.rates]
        return {"of": self.of, "rates": rates, "kind": self.kind}


@dataclass(frozen=True, slots=True)
class Rates:
    """An amount times the rate of its band, or its parts times theirs."""

    rows: tuple[tuple[Decimal, Decimal], ...]
    marginal: bool

    kind: ClassVar[str] = "rates"

    def apply(self, *values: Value) -> Value:
        """Return the sum for the one amount; not applicable stays so."""
        (amount,) = values
        if not isinstance(amount, Decimal):
            return None
        with arithmetic():
            if not self.marginal:
                return next((amount * rate for bound, rate in reversed(self.rows) if amount >= bound), ZERO)
            uppers = (*(bound for bound, _ in self.rows[1:]), max(amount, self.rows[-1][0]))
            parts = (
                (max(ZERO, min(amount, upper) - bound), rate)
                for (bound, rate), upper in zip(self.rows, uppers, strict=True)
            )
            return sum((part * rate for part, rate in parts), ZERO)

    def spec(self) -> Mapping[str, object]:
        """Return the bounds, the rates, and whether each part has its own."""
        return {"rows": [[plain(bound), plain(rate)] for bound, rate in self.rows], "marginal": self.marginal}
