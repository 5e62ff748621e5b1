"""The code of a formula: small closures, made once, that compute a part from the values it reads."""

from __future__ import annotations

import decimal
import operator
from typing import TYPE_CHECKING, Any

from kpigen.exact import Mode, round_to
from kpigen.expression.formula import Undefined
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from decimal import Decimal

    from kpigen.expression.formula import Code
    from kpigen.figure import Value

__all__ = [
    "COMPARISONS",
    "absolute",
    "chain",
    "compare",
    "compare_name",
    "compare_option",
    "conditional",
    "constant",
    "extreme",
    "junction",
    "negate",
    "opposite",
    "ranked",
    "reading",
    "rounded",
]

COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_SUMS: Mapping[str, Callable[[Any, Any], Any]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def constant(value: Value) -> Code:
    """Give ``value`` whatever is read."""
    return lambda _: value


def reading(name: str, offset: int) -> Code:
    """Read ``name``; not applicable is undefined."""

    def read(values: Mapping[str, Value]) -> Value:
        value = values[name]
        if value is None:
            raise _not_applicable(name, offset)
        return value

    return read


def negate(operand: Code) -> Code:
    """Give ``-operand``."""
    return lambda values: -operand(values)


def opposite(operand: Code) -> Code:
    """Give ``not operand``."""
    return lambda values: not operand(values)


def absolute(operand: Code) -> Code:
    """Give ``operand`` without its sign."""
    return lambda values: abs(operand(values))


def extreme(choose: Callable[[list[Decimal]], Decimal], operands: tuple[Code, ...]) -> Code:
    """Give the least or the greatest of the operands."""
    return lambda values: choose([operand(values) for operand in operands])


def rounded(mode: Mode, operand: Code, step: Decimal, offset: int) -> Code:
    """Round ``operand`` to multiples of ``step``."""

    def round_off(values: Mapping[str, Value]) -> Decimal:
        try:
            return round_to(operand(values), step, mode)
        except decimal.InvalidOperation as error:
            raise Undefined(offset, say("the number is too large to round to {step}", step=step)) from error

    return round_off


def compare(sign: str, left: Code, right: Code) -> Code:
    """Compare two numbers, or two flags or options for being the same."""
    holds = COMPARISONS[sign]
    return lambda values: holds(left(values), right(values))


def compare_name(sign: str, name: str, offset: int, limit: Value) -> Code:
    """Compare ``name`` with a constant: what most conditions are made of, in one call instead of three."""
    holds = COMPARISONS[sign]

    def compare_read(values: Mapping[str, Value]) -> bool:
        value = values[name]
        if value is None:
            raise _not_applicable(name, offset)
        return holds(value, limit)

    return compare_read


def compare_option(name: str, offset: int, outcomes: Mapping[str, bool]) -> Code:
    """Compare the option ``name`` with a constant one: ``outcomes`` says for every option if it holds."""

    def compare_read(values: Mapping[str, Value]) -> bool:
        option = values[name]
        outcome = outcomes.get(option)  # type: ignore[arg-type]
        if outcome is None:
            raise (_not_applicable(name, offset) if option is None else _not_an_option(name, offset, option, outcomes))
        return outcome

    return compare_read


def ranked(operand: Code, options: tuple[str, ...], source: str, offset: int) -> Code:
    """Give the place of an option among ``options``, lowest first, so that two can be compared."""
    places = {option: place for place, option in enumerate(options)}

    def rank(values: Mapping[str, Value]) -> int:
        option = operand(values)
        place = places.get(option)
        if place is None:
            raise _not_an_option(source, offset, option, options)
        return place

    return rank


def junction(sign: str, operands: tuple[Code, ...]) -> Code:
    """Join flags by ``and`` or ``or``; what the first ones decide leaves the rest unread."""
    decisive = sign == "or"
    if len(operands) == 2:  # noqa: PLR2004 - a pair, the common case, without a loop
        left, right = operands
        if decisive:
            return lambda values: left(values) or right(values)
        return lambda values: left(values) and right(values)

    decide = any if decisive else all
    return lambda values: decide(operand(values) for operand in operands)


def conditional(then: Code, condition: Code, otherwise: Code) -> Code:
    """Give ``then`` or ``otherwise``; the other one is left unread."""
    return lambda values: then(values) if condition(values) else otherwise(values)


def chain(first: Code, rest: tuple[tuple[str, Code, str, int], ...]) -> Code:
    """Add and subtract, or multiply and divide, from left to right.

    ``rest`` holds for each operand its operator, its code, and its text and offset for a division by zero.
    """
    steps = [(_SUMS.get(sign) or _division(source, offset), operand) for sign, operand, source, offset in rest]
    if len(steps) == 1:
        ((combine, operand),) = steps
        return lambda values: combine(first(values), operand(values))

    def fold(values: Mapping[str, Value]) -> Decimal:
        total = first(values)
        for combine, operand in steps:
            total = combine(total, operand(values))
        return total  # type: ignore[no-any-return]

    return fold


def _division(source: str, offset: int) -> Callable[[Decimal, Decimal], Decimal]:
    def divide(dividend: Decimal, divisor: Decimal) -> Decimal:
        if not divisor:
            raise Undefined(offset, say("{source} is 0 here, and nothing can be divided by it", source=source))
        return dividend / divisor

    return divide


def _not_applicable(name: str, offset: int) -> Undefined:
    return Undefined(offset, say("{name} is not applicable here", name=name))


def _not_an_option(source: str, offset: int, option: Value, options: Iterable[str]) -> Undefined:
    listed = ", ".join(options)
    return Undefined(
        offset,
        say("{source} is {option}, not one of: {options}", source=source, option=str(option), options=listed),
    )
