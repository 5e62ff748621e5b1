"""Trees: walking through the parts of an expression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.expression.tree import Call, Chain, Compare, Conditional, Junction, Negate, Not

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.expression.tree import Node

__all__ = ["below", "parts_of"]


def parts_of(node: Node) -> tuple[Node, ...]:
    """Return the parts that a node is directly made of."""
    parts: tuple[Node, ...] = ()
    match node:
        case Call(arguments=parts) | Junction(operands=parts):
            pass
        case Negate(operand=operand) | Not(operand=operand):
            parts = (operand,)
        case Chain(first=first, rest=rest):
            parts = (first, *(operand for _, operand in rest))
        case Compare(left=left, right=right):
            parts = (left, right)
        case Conditional(then=then, condition=condition, otherwise=otherwise):
            parts = (then, condition, otherwise)
        case _:
            pass  # a number, a name, a yes or no
    return parts


def below(node: Node) -> Iterator[Node]:
    """Yield a node and every part within it, the arguments of references too."""
    yield node
    for part in parts_of(node):
        yield from below(part)
