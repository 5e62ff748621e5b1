"""Conditions taken apart: what each part of one compares with which bound."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kpigen.exact import arithmetic
from kpigen.expression import tree_of
from kpigen.expression.tree import Call, Chain, Compare, Conditional, Junction, Literal, Negate, Not, Word, describe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from kpigen.expression.tree import Node

__all__ = ["Condition", "alternatives", "parts"]

#: More conditions than a repository's policies have; forgetting one only means reading it again.
_KEPT: Final = 4096
_MIRRORED: Final[Mapping[str, str]] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition or a part of one.

    Attributes:
        text: the expression.
        about: what is compared, as figures are named; empty where this is no comparison with a bound.
        sign: how it is compared, from its own side: ``>=``, ``>``, ``<=`` or ``<``.
        bound: the number that it is compared with, or the name of what is.
        reads: all names and references in it, as figures are named.
    """

    text: str
    reads: frozenset[str] = frozenset()
    about: str = ""
    sign: str = ""
    bound: Decimal | str = ""

    @property
    def below(self) -> bool:
        """Whether it holds below the bound rather than above it."""
        return self.sign.startswith("<")

    def holds(self, value: Decimal, bound: Decimal) -> bool:
        """Tell whether the comparison holds for a value."""
        if value == bound:
            return "=" in self.sign
        return (value < bound) is self.below


@lru_cache(_KEPT)
def parts(text: str) -> tuple[Condition, ...]:
    """Return the parts that must hold together; the condition itself where it is not made so."""
    node = tree_of(text)
    if node is None:
        return (Condition(text),)
    if isinstance(node, Junction) and node.operator == "and":
        return tuple(map(_condition, node.operands))
    return (replace(_condition(node), text=text),)


@lru_cache(_KEPT)
def alternatives(text: str) -> tuple[Condition, ...]:
    """Return every comparison with a bound, whether they are joined by “and” or by “or”."""
    node = tree_of(text)
    return () if node is None else tuple(found for found in map(_condition, _joined(node)) if found.about)


def _joined(node: Node) -> Iterator[Node]:
    if isinstance(node, Junction):
        for operand in node.operands:
            yield from _joined(operand)
    else:
        yield node


def _condition(node: Node) -> Condition:
    text, reads = describe(node), frozenset(_reads(node))
    if not isinstance(node, Compare) or node.operator not in _MIRRORED:
        return Condition(text, reads)
    if (bound := _number(node.left)) is not None:
        return Condition(text, reads, describe(node.right), _MIRRORED[node.operator], bound)
    right = node.right.name if isinstance(node.right, Word) else _number(node.right)
    return (
        Condition(text, reads) if right is None else Condition(text, reads, describe(node.left), node.operator, right)
    )


def _reads(node: Node) -> Iterator[str]:
    inner: tuple[Node, ...] = ()
    match node:
        case Word():
            yield describe(node)
        case Call(arguments=inner):
            yield describe(node)
        case Negate(operand=operand) | Not(operand=operand):
            inner = (operand,)
        case Chain(first=first, rest=rest):
            inner = (first, *(operand for _, operand in rest))
        case Compare(left=left, right=right):
            inner = (left, right)
        case Junction(operands=inner):
            pass
        case Conditional(then=then, condition=condition, otherwise=otherwise):
            inner = (then, condition, otherwise)
        case _:
            pass
    for one in inner:
        yield from _reads(one)


def _number(node: Node) -> Decimal | None:
    match node:
        case Literal(value=value, percent=percent):
            with arithmetic():
                return value / 100 if percent else value
        case Negate(operand=Literal(value=value, percent=False)):
            return -value
        case _:
            return None
