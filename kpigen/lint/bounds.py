"""Bounds: where a number must lie for a comparison to hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpigen.exact import Mode, arithmetic, round_to

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from kpigen.lint.span import Span

__all__ = ["Bounds", "bounded"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where a number must lie; an end that is ``open`` is not included, None is without limit."""

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False
    step: Decimal | None = None

    @property
    def empty(self) -> bool:
        """Whether no number lies there."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def met(self, other: Bounds) -> Bounds:
        """Return what lies in both."""
        low, low_open = self.low, self.low_open
        if other.low is not None and (low is None or (other.low, other.low_open) > (low, low_open)):
            low, low_open = other.low, other.low_open
        high, high_open = self.high, self.high_open
        if other.high is not None and (high is None or (other.high, not other.high_open) < (high, not high_open)):
            high, high_open = other.high, other.high_open
        return Bounds(low, high, low_open, high_open, self.step or other.step).stepped()

    def stepped(self) -> Bounds:
        """Return the same with its ends moved to the multiples of the step within."""
        step, low, high = self.step, self.low, self.high
        if step is None:
            return self
        with arithmetic():
            if low is not None:
                at = round_to(low, step, Mode.CEILING)
                low = at + step if self.low_open and at == low else at
            if high is not None:
                at = round_to(high, step, Mode.FLOOR)
                high = at - step if self.high_open and at == high else at
        return Bounds(low, high, step=step)


def bounded(span: Span, sign: str, limit: Decimal) -> Iterator[Bounds]:
    """Yield where a number of a span stands so to a limit: two parts for one that differs, none where it cannot."""
    if sign == "!=":
        yield from bounded(span, "<", limit)
        yield from bounded(span, ">", limit)
        return
    low = limit if sign in {">", ">=", "=="} else None
    high = limit if sign in {"<", "<=", "=="} else None
    stated = Bounds(low, high, low_open=sign == ">", high_open=sign == "<")
    found = Bounds(span.low, span.high, step=span.step).met(stated)
    if not found.empty:
        yield found
