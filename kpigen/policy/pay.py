"""Pay: the lines of a statement, and how deductions are limited and carried over."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Literal

from kpigen.exact import CENT, ZERO, Mode, arithmetic, quantize, round_to
from kpigen.figure import number
from kpigen.policy.fields import ClauseNumber
from kpigen.policy.period import Every
from kpigen.reading.decode import Record
from kpigen.reading.scalars import ExpressionText, Flag, LabelField, Slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.figure import Operation, Value

__all__ = ["Deducted", "Owed", "PayLine", "Prorated", "Remainder", "Where"]


class PayLine(Record):
    """One line: an ``amount`` that is paid or ``deduct``-ed, where ``when`` holds.

    ``at_most`` limits a deduction (the lowest limit counts, rounded down, never below 0); ``excess`` says what
    becomes of the rest. ``prorate`` splits an amount by the calendar days employed, as
    ``prorate_clause`` says where it is not the line's own clause. ``unassessed`` lines are
    paid or deducted also in a month in which the agent was not assessed; ``every`` quarter, half-year or year: in
    the last month of each.
    """

    id: Slug
    name: LabelField
    clause: ClauseNumber
    when: ExpressionText | None = None
    amount: ExpressionText | None = None
    deduct: ExpressionText | None = None
    at_most: tuple[ExpressionText, ...] = ()
    excess: Literal["carry", "waive"] | None = None
    prorate: Literal["calendar-days"] | None = None
    prorate_clause: ClauseNumber | None = None
    unassessed: Flag = False
    every: Every | None = None


@dataclass(frozen=True, slots=True)
class Prorated:
    """An amount × days employed ÷ days of the month, to the cent, half up."""

    kind: ClassVar[str] = "prorated"

    def apply(self, *values: Value) -> Value:
        """Split the first value by the second over the third."""
        amount, days, of = map(number, values)
        with arithmetic():
            return quantize(amount * days / of)

    def spec(self) -> Mapping[str, object]:
        """Return nothing: the operation has no settings."""
        return {}


@dataclass(frozen=True, slots=True)
class Owed:
    """What earlier months left to be deducted."""

    amount: Decimal

    kind: ClassVar[str] = "owed"

    def apply(self, *_: Value) -> Value:
        """Return the amount."""
        return self.amount

    def spec(self) -> Mapping[str, object]:
        """Return the amount."""
        return {"amount": f"{self.amount:f}"}


@dataclass(frozen=True, slots=True)
class Deducted:
    """What is deducted of what is due: at most each limit, rounded down to the cent; negative."""

    kind: ClassVar[str] = "deducted"

    def apply(self, *values: Value) -> Value:
        """Return the deduction from what is due (first) and the limits."""
        due, *limits = (value for value in values if isinstance(value, Decimal))
        room = min((round_to(limit, CENT, Mode.FLOOR) for limit in limits), default=due)
        return -max(ZERO, min(due, room))

    def spec(self) -> Mapping[str, object]:
        """Return nothing: the operation has no settings."""
        return {}


@dataclass(frozen=True, slots=True)
class Remainder:
    """What is still owed after a (negative) deduction."""

    kind: ClassVar[str] = "remainder"

    def apply(self, *values: Value) -> Value:
        """Add what was due and the deduction."""
        due, deducted = map(number, values)
        return due + deducted

    def spec(self) -> Mapping[str, object]:
        """Return nothing: the operation has no settings."""
        return {}


@dataclass(frozen=True, slots=True)
class Where:
    """An operation that counts only where a condition (the first input) holds; 0 otherwise."""

    inner: Operation

    kind: ClassVar[str] = "where"

    def apply(self, *values: Value) -> Value:
        """Return the inner operation's value, or 0."""
        return self.inner.apply(*values[1:]) if values[0] is True else ZERO

    def spec(self) -> Mapping[str, object]:
        """Return the operation inside."""
        return {"inner": {"kind": self.inner.kind, **self.inner.spec()}}
