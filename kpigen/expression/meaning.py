"""What a part of an expression turned out to mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpigen.expression import closures

if TYPE_CHECKING:
    from kpigen.expression.formula import Code
    from kpigen.expression.kinds import Kind
    from kpigen.expression.tree import Node

__all__ = ["Meaning"]

_NOTHING = closures.constant(None)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a part of an expression is, and its code.

    ``kind`` is None after a mistake, so that one mistake makes no others around it. ``name`` is set where
    the part does nothing but read, and ``constant`` where it reads nothing.
    """

    node: Node
    kind: Kind | None
    code: Code = _NOTHING
    name: str | None = None
    constant: bool = False
