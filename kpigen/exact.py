"""Exact decimal arithmetic: one context, named rounding, plain printing. No float comes near it."""

from __future__ import annotations

import decimal
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

__all__ = ["CENT", "CONTEXT", "LARGEST", "ZERO", "Mode", "arithmetic", "plain", "quantize", "round_to"]

ZERO = Decimal(0)
CENT = Decimal("0.01")

# Records hold at most 12 digits and an expression at most a few hundred operations: 50 digits keep every
# sum and product of a policy exact, and a quotient far beyond any step it can be rounded to.
CONTEXT = Context(
    prec=50,
    rounding=ROUND_HALF_EVEN,
    traps=[decimal.DivisionByZero, decimal.InvalidOperation, decimal.Overflow, decimal.FloatOperation],
)
_GUARD_DIGITS = 24
_ONE = Decimal(1)
_GUARD = _ONE.scaleb(-_GUARD_DIGITS)

LARGEST = Decimal(10) ** _GUARD_DIGITS
"""No result of a rule may reach this: what is smaller can be rounded and multiplied without losing a digit."""


class Mode(StrEnum):
    """How a policy may round: half up is 四舍五入; down is towards zero."""

    HALF_UP = "half-up"
    HALF_EVEN = "half-even"
    DOWN = "down"
    FLOOR = "floor"
    CEILING = "ceiling"


_ROUNDING = {
    Mode.HALF_UP: ROUND_HALF_UP,
    Mode.HALF_EVEN: ROUND_HALF_EVEN,
    Mode.DOWN: ROUND_DOWN,
    Mode.FLOOR: ROUND_FLOOR,
    Mode.CEILING: ROUND_CEILING,
}


def arithmetic() -> decimal._ContextManager:
    """Return a context manager under which all sums are done in :data:`CONTEXT`."""
    return decimal.localcontext(CONTEXT)


def round_to(value: Decimal, step: Decimal, mode: Mode = Mode.HALF_UP) -> Decimal:
    """Round ``value`` to a multiple of ``step`` (``0.1``, ``0.01``, ``5`` …), written with the step's digits.

    A quotient such as 2/3 is kept to 50 digits; digits past the 24th are dropped half-even first, so that
    ``2/3*3`` is 2 again before it is rounded down.
    """
    # Several times in every agent-month: the context is named instead of entered, which takes longer than the sums.
    # Short and without an exponent, as nearly all values are, is seen at once.
    short = len(text := str(value)) <= _GUARD_DIGITS and "E" not in text
    exact = value if short or _decimals(value) <= _GUARD_DIGITS else CONTEXT.quantize(value, _GUARD)
    steps = CONTEXT.divide(exact, step).quantize(_ONE, _ROUNDING[mode], CONTEXT)
    return CONTEXT.multiply(steps, step).quantize(step, None, CONTEXT)


def _decimals(value: Decimal) -> int:
    return -int(value.as_tuple().exponent)


def quantize(value: Decimal) -> Decimal:
    """Round money to the cent, half up."""
    return round_to(value, CENT)


def plain(value: Decimal) -> str:
    """Write ``value`` without an exponent and without a negative zero."""
    text = str(value)
    if value and len(text) <= _GUARD_DIGITS and "E" not in text:
        return text  # nearly always, and in a third of the time
    return f"{value + 0:f}" if value else f"{abs(value):f}"
