"""The parts of a parsed expression, and their one canonical printing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpigen.exact import plain

if TYPE_CHECKING:
    from decimal import Decimal

__all__ = [
    "LEVELS",
    "Call",
    "Chain",
    "Compare",
    "Conditional",
    "Junction",
    "Literal",
    "Negate",
    "Node",
    "Not",
    "Part",
    "Span",
    "Truth",
    "Word",
    "describe",
]

Span = tuple[int, int]
"""Where a part stands in the text: offset and length."""

# How tightly each operator binds, loosest first; the parser and the printing read the same table.
LEVELS = {
    "if": 1,
    "or": 2,
    "and": 3,
    "not": 4,
    **dict.fromkeys(("<", "<=", ">", ">=", "==", "!="), 5),
    **dict.fromkeys(("+", "-"), 6),
    **dict.fromkeys(("*", "/"), 7),
}
_NEGATE = 8
_ATOM = 9


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an expression. Two parts that say the same are equal, wherever they stand."""

    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Literal(Part):
    """A number as written: ``value`` is before the percent sign is applied."""

    value: Decimal
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Truth(Part):
    """``yes`` or ``no``."""

    value: bool


@dataclass(frozen=True, slots=True)
class Word(Part):
    """A name, or an option of a choice: only the kinds can tell."""

    name: str


@dataclass(frozen=True, slots=True)
class Call(Part):
    """A function or a reference with its arguments."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Negate(Part):
    """``-x``."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Not(Part):
    """``not x``."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Chain(Part):
    """Operands of one level, ``a + b - c`` or ``a * b / c``, from left to right.

    A flat row and not a ladder of pairs, so that no sum, however long, makes a deep tree.
    """

    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Compare(Part):
    """``a >= b`` and the like; never chained."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Junction(Part):
    """``a and b and …`` or ``a or b or …``."""

    operator: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Conditional(Part):
    """``a if condition else b``."""

    then: Node
    condition: Node
    otherwise: Node


Node = Literal | Truth | Word | Call | Negate | Not | Chain | Compare | Junction | Conditional


def describe(node: Node) -> str:
    """Print ``node`` with single spaces and no needless brackets; reading it again gives an equal tree."""
    match node:
        case Literal(value=value, percent=percent):
            text = plain(value.normalize()) + "%" * percent
        case Truth(value=value):
            text = "yes" if value else "no"
        case Word(name=name):
            text = name
        case Call(function=function, arguments=arguments):
            text = f"{function}({', '.join(map(describe, arguments))})"
        case Negate(operand=operand):
            text = f"-{_within(operand, _NEGATE)}"
        case Not(operand=operand):
            text = f"not {_within(operand, LEVELS['not'])}"
        case _:
            text = _joined(node)
    return text


def _joined(node: Chain | Compare | Junction | Conditional) -> str:
    level = _level(node)
    match node:
        case Chain(first=first, rest=rest):
            tail = (f" {operator} {_within(operand, level + 1)}" for operator, operand in rest)
            return _within(first, level + 1) + "".join(tail)
        case Compare(operator=operator, left=left, right=right):
            return f"{_within(left, level + 1)} {operator} {_within(right, level + 1)}"
        case Junction(operator=operator, operands=operands):
            return f" {operator} ".join(_within(operand, level + 1) for operand in operands)
        case _:
            head = f"{_within(node.then, level + 1)} if {_within(node.condition, level + 1)}"
            return f"{head} else {_within(node.otherwise, level)}"


def _within(node: Node, level: int) -> str:
    return describe(node) if _level(node) >= level else f"({describe(node)})"


def _level(node: Node) -> int:
    match node:
        case Conditional():
            return LEVELS["if"]
        case Junction(operator=operator) | Compare(operator=operator):
            return LEVELS[operator]
        case Not():
            return LEVELS["not"]
        case Chain(rest=rest):
            return LEVELS[rest[0][0]]
        case Negate():
            return _NEGATE
        case _:
            return _ATOM
