"""Fresh nodes: what stands in no file yet, for :func:`kpigen.layout.arrange` to write down."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpigen.reading.nodes import Scalar, Series, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kpigen.reading.nodes import Node

__all__ = ["fresh", "prose", "series", "table"]

# What YAML readers other than ours take for a number, a date, a truth value or nothing.
_TYPED = re.compile(r"[-+]?[.0-9][0-9_.:eExXoO+-]*|true|false|yes|no|on|off|y|n|null|~|[-+]?\.inf|\.nan", re.IGNORECASE)


def fresh(text: str) -> Scalar:
    """Make a scalar: a number, a date, an id or a word."""
    return Scalar.at(text, 0, 0)


def prose(text: str) -> Scalar:
    """Make a scalar that is text for people whatever it looks like."""
    return Scalar.at(text, 0, 0, quoted=_TYPED.fullmatch(text) is not None)


def table(pairs: Mapping[str, Node | str]) -> Table:
    """Make a table; plain strings in it become scalars."""
    made = Table((fresh(key), _node(node)) for key, node in pairs.items())
    made.line = made.column = 0
    return made


def series(nodes: Iterable[Node | str]) -> Series:
    """Make a list; plain strings in it become scalars."""
    made = Series(map(_node, nodes))
    made.line = made.column = 0
    return made


def _node(node: Node | str) -> Node:
    return node if isinstance(node, Scalar | Table | Series) else fresh(node)
