"""Rows by ascending measures: what lines and bands have in common."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kpigen.expression import Number
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from kpigen.expression import Kind
    from kpigen.policy.items.conversion import Fault
    from kpigen.text import Text

__all__ = ["ascending", "needs_numbers", "out_of_range", "row_faults"]


def row_faults(key: str, rows: Sequence[tuple[Decimal, Decimal]], most: Decimal) -> Iterator[Fault]:
    """Yield what is wrong with rows of a measure and its points, of which ``most`` is the most."""
    yield from ascending(key, [bound for bound, _ in rows])
    for index, (_, points) in enumerate(rows):
        if not 0 <= points <= most:
            yield (key, index), out_of_range(points, most)
    if max((points for _, points in rows), default=most) < most:
        yield ("points",), say("No value of the measure reaches the item's {most} points.", most=most)


def ascending(key: str, bounds: Sequence[Decimal]) -> Iterator[Fault]:
    """Yield bounds that do not come after the one before them."""
    for index, (before, bound) in enumerate(pairwise(bounds), start=1):
        if bound <= before:
            message = say("{bound} does not come after {before}; write them ascending.", bound=bound, before=before)
            yield (key, index), message


def out_of_range(points: Decimal, most: Decimal) -> Text:
    """Say that points are none that the item can give."""
    return say("{points} points are not between 0 and the item's {most}.", points=points, most=most)


def needs_numbers(kinds: tuple[Kind, ...]) -> Iterator[Fault]:
    """Yield a fault when what is converted is no number."""
    if not all(isinstance(kind, Number) for kind in kinds):
        yield ("of",), say("Only a number can be converted like this.")
