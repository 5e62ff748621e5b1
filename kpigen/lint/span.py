"""Spans: numbers between two bounds, and what comes of calculating with them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kpigen.exact import ZERO

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["ANY", "COMBINED", "Span", "compared", "extreme", "negated", "times"]

_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Span:
    """Numbers from ``low`` to ``high``, both included; None is without limit. ``step``: multiples of it only."""

    low: Decimal | None = None
    high: Decimal | None = None
    step: Decimal | None = None

    @property
    def point(self) -> Decimal | None:
        """The one number that it holds, or None when it holds several."""
        return self.low if self.low is not None and self.low == self.high else None

    def joined(self, other: Span) -> Span:
        """Return the least span that holds both."""
        low = None if self.low is None or other.low is None else min(self.low, other.low)
        high = None if self.high is None or other.high is None else max(self.high, other.high)
        return Span(low, high, self.step if self.step == other.step else None)


ANY: Final = Span()
"""Any number."""


def compared(sign: str, left: Span, right: Span) -> frozenset[bool]:
    """Return what a comparison of two spans can give."""
    if sign in {">", ">="}:
        return compared({">": "<", ">=": "<="}[sign], right, left)
    if sign == "!=":
        return frozenset(not each for each in compared("==", left, right))
    if sign == "==":
        if left.point is not None and left.point == right.point:
            return frozenset({True})
        apart = _under(left, right, strictly=True) or _under(right, left, strictly=True)
        return frozenset({False}) if apart else frozenset({True, False})
    strictly = sign == "<"
    if _under(left, right, strictly=strictly):
        return frozenset({True})
    return frozenset({False}) if _under(right, left, strictly=not strictly) else frozenset({True, False})


def _under(left: Span, right: Span, *, strictly: bool) -> bool:
    """Tell whether every number of a span is below every one of another, or equal unless ``strictly``."""
    if left.high is None or right.low is None:
        return False
    return left.high < right.low if strictly else left.high <= right.low


def negated(span: Span) -> Span:
    """Return the numbers of a span with the other sign."""
    return Span(None if span.high is None else -span.high, None if span.low is None else -span.low, span.step)


def times(span: Span, most: int | None) -> Span:
    """Return where a sum of none to ``most`` numbers of a span can lie; None: of any number of them."""
    low: Decimal | None = ZERO if span.low is not None and span.low >= 0 else None
    high: Decimal | None = ZERO if span.high is not None and span.high <= 0 else None
    if most is not None:
        low = low if span.low is None or low is not None else span.low * most
        high = high if span.high is None or high is not None else span.high * most
    return Span(low, high, span.step)


def extreme(function: str, spans: list[Span]) -> Span:
    """Return where the least (``min``) or the greatest (``max``) of some numbers can lie."""
    lows = [span.low for span in spans if span.low is not None]
    highs = [span.high for span in spans if span.high is not None]
    if function == "min":
        return Span(min(lows) if len(lows) == len(spans) else None, min(highs, default=None))
    return Span(max(lows, default=None), max(highs) if len(highs) == len(spans) else None)


def _sum(left: Span, right: Span) -> Span:
    low = None if left.low is None or right.low is None else left.low + right.low
    high = None if left.high is None or right.high is None else left.high + right.high
    return Span(low, high, left.step if left.step == right.step else None)


def _difference(left: Span, right: Span) -> Span:
    return _sum(left, negated(right))


def _product(left: Span, right: Span) -> Span:
    for one in (left, right):
        if one.point is not None and one.point == ZERO:
            return one
    if left.low is None or right.low is None:
        return ANY
    if left.low >= 0 and right.low >= 0:
        return Span(left.low * right.low, None if left.high is None or right.high is None else left.high * right.high)
    if left.high is None or right.high is None:
        return ANY
    corners = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
    return Span(min(corners), max(corners))


def _quotient(left: Span, right: Span) -> Span:
    if right.low is None or right.low < 0:
        return ANY
    if right.low == 0:
        return Span(ZERO) if left.low is not None and left.low >= 0 else ANY
    return _product(left, Span(ZERO if right.high is None else _ONE / right.high, _ONE / right.low))


COMBINED: Final[Mapping[str, Callable[[Span, Span], Span]]] = {
    "+": _sum,
    "-": _difference,
    "*": _product,
    "/": _quotient,
}
"""What the four signs make of two spans."""
