"""What the examples show: the values of each, and how the parts of expressions come out by them."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from typing import TYPE_CHECKING, Any, Final

from kpigen.exact import Mode, arithmetic, round_to
from kpigen.examples import run_example
from kpigen.expression import Choice
from kpigen.expression.closures import COMPARISONS
from kpigen.expression.tokens import FUNCTIONS
from kpigen.expression.tree import (
    Call,
    Chain,
    Compare,
    Conditional,
    Junction,
    Literal,
    Negate,
    Not,
    Truth,
    Word,
    describe,
)
from kpigen.figure import number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kpigen.engine import Statement
    from kpigen.expression import Kind
    from kpigen.expression.tree import Node
    from kpigen.figure import Value
    from kpigen.policy import Policy
    from kpigen.reading.nodes import Document

__all__ = ["Shown", "run_examples", "value_in"]

_OPERATORS: Final[Mapping[str, Callable[[Decimal, Decimal], Decimal]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
_ROUNDINGS: Final = {"round": Mode.HALF_UP, "floor": Mode.FLOOR, "ceiling": Mode.CEILING}
_EXTREMES: Final[Mapping[str, Callable[[list[Decimal]], Decimal]]] = {"min": min, "max": max}


@dataclass(frozen=True, slots=True)
class Shown:
    """One example, computed: the clauses that it says it shows, and its statement."""

    clauses: tuple[str, ...]
    statement: Statement

    @property
    def values(self) -> Mapping[str, Value]:
        """The values that conditions could read, by name."""
        return self.statement.values


def run_examples(policy: Policy, document: Document) -> tuple[Shown, ...]:
    """Compute a policy's examples, each of which comes out as it says."""
    return tuple(
        Shown(example.clauses, run_example(policy, example, document.place(("examples", index, "given")))[0])
        for index, example in enumerate(policy.version.examples)
    )


def value_in(node: Node, values: Mapping[str, Value], kinds: Mapping[str, Kind]) -> Value:
    """Return how a part of an expression comes out by these values; None where it cannot be known.

    What it gives is only looked at, never paid: results are the engine's alone.
    """
    try:
        with arithmetic():
            found: Value = _value(node, values, kinds)
    except (KeyError, TypeError, ValueError, DecimalException):
        return None
    return found


def _value(node: Node, values: Mapping[str, Value], kinds: Mapping[str, Kind]) -> Any:  # noqa: ANN401 - any value
    match node:
        case Word(name=name):
            found: Any = values[name] if name in kinds else name
        case Call():
            found = _called(node, values, kinds)
        case Conditional(then=then, condition=condition, otherwise=otherwise):
            found = _value(then if _flag(condition, values, kinds) else otherwise, values, kinds)
        case Literal() | Negate() | Chain():
            found = _calculated(node, values, kinds)
        case _:
            found = _decided(node, values, kinds)
    return found


def _calculated(node: Literal | Negate | Chain, values: Mapping[str, Value], kinds: Mapping[str, Kind]) -> Decimal:
    if isinstance(node, Literal):
        return node.value.scaleb(-2) if node.percent else node.value
    if isinstance(node, Negate):
        return -number(_value(node.operand, values, kinds))
    total = number(_value(node.first, values, kinds))
    for sign, operand in node.rest:
        total = _OPERATORS[sign](total, number(_value(operand, values, kinds)))
    return total


def _decided(node: Truth | Not | Junction | Compare, values: Mapping[str, Value], kinds: Mapping[str, Kind]) -> bool:
    if isinstance(node, Truth):
        return node.value
    if isinstance(node, Not):
        return not _flag(node.operand, values, kinds)
    if isinstance(node, Compare):
        return _compared(node, values, kinds)
    decide = all if node.operator == "and" else any
    return decide(_flag(each, values, kinds) for each in node.operands)


def _flag(node: Node, values: Mapping[str, Value], kinds: Mapping[str, Kind]) -> bool:
    found = _value(node, values, kinds)
    if not isinstance(found, bool):
        raise TypeError(describe(node))
    return found


def _compared(node: Compare, values: Mapping[str, Value], kinds: Mapping[str, Kind]) -> bool:
    left, right = _value(node.left, values, kinds), _value(node.right, values, kinds)
    if isinstance(left, str) and isinstance(right, str):
        options = next(
            kind.options
            for side in (node.left, node.right)
            if isinstance(side, Word) and isinstance(kind := kinds.get(side.name), Choice)
        )
        left, right = options.index(left), options.index(right)
    if left is None or right is None:
        raise TypeError(describe(node))
    return COMPARISONS[node.operator](left, right)


def _called(node: Call, values: Mapping[str, Value], kinds: Mapping[str, Kind]) -> Value:
    """Return the value of a function; that of a reference stands among the values under its canonical text."""
    if node.function not in FUNCTIONS:
        return values[describe(node)]
    parts = [number(_value(each, values, kinds)) for each in node.arguments]
    if node.function in _ROUNDINGS:
        return round_to(parts[0], parts[1], _ROUNDINGS[node.function])
    if node.function in _EXTREMES:
        return _EXTREMES[node.function](parts)
    return abs(parts[0]) if node.function == "abs" else parts[0]
