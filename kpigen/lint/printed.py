"""Printed bands: conditions like 80–89 and 90–100, which lose 89.5, or 80–90 and 90–100, which count 90 twice."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

from kpigen.exact import ZERO, plain
from kpigen.expression import FLAG
from kpigen.expression.tree import Conditional
from kpigen.finding import Rule
from kpigen.lint.bounds import Bounds
from kpigen.lint.branches import context_of
from kpigen.lint.conditions import ALWAYS, both, holds_with
from kpigen.lint.trees import below
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from kpigen.expression.tree import Node
    from kpigen.lint.conditions import Cases
    from kpigen.lint.subject import Expression, Subject
    from kpigen.remark import Remark

__all__ = ["check_printed"]

RANGE_GAP = Rule("range-gap")
RANGE_OVERLAP = Rule("range-overlap")

_WIDEST: Final = 1
"""A gap between printed whole numbers is one wide; what is wider is meant."""


@dataclass(frozen=True, slots=True)
class _Band:
    """A condition that holds a figure within bounds; ``whole`` is all that the condition asks for."""

    expression: Expression
    node: Node
    whole: Cases
    bounds: Bounds


def check_printed(subject: Subject) -> Iterator[Remark]:
    """Yield gaps and overlaps between conditions of one section that hold the same figure within bounds."""
    groups: dict[tuple[str, str], list[_Band]] = {}
    for expression in subject.expressions:
        for node, whole in _conditions(subject, expression):
            for key, bounds in _bounds(whole):
                groups.setdefault((expression.section, key), []).append(_Band(expression, node, whole, bounds))
    for (_, key), bands in groups.items():
        if any(_closed(subject, key, band.bounds) for band in bands):
            yield from _gaps(subject, key, bands)
            yield from _overlaps(subject, key, bands)


def _conditions(subject: Subject, expression: Expression) -> Iterator[tuple[Node, Cases]]:
    if expression.formula.result == FLAG:
        yield expression.tree, both(context_of(subject, expression), _cases(subject, expression, expression.tree))
    for node in below(expression.tree):
        if isinstance(node, Conditional):
            yield node.condition, _cases(subject, expression, node.condition)


def _cases(subject: Subject, expression: Expression, node: Node) -> Cases:
    return subject.conditions.cases(node, expression.kinds)


def _bounds(cases: Cases) -> Iterator[tuple[str, Bounds]]:
    """Yield what one case says of each number; alternatives are no bands."""
    if len(cases) == 1 and cases != ALWAYS:
        for key, allowed in cases[0].items():
            if isinstance(allowed, Bounds):
                yield key, allowed


def _closed(subject: Subject, key: str, bounds: Bounds) -> bool:
    """Tell whether bounds end above with a number that is itself included, short of all that there can be."""
    known = subject.ranges.names.get(key)
    most = getattr(known, "high", None)
    return bounds.high is not None and not bounds.high_open and bounds.high != most and bounds.low is not None


def _gaps(subject: Subject, key: str, bands: list[_Band]) -> Iterator[Remark]:
    for band in bands:
        high = band.bounds.high
        if high is None or not _closed(subject, key, band.bounds):
            continue
        above = [other for other in bands if other.bounds.low is not None and other.bounds.low > high]
        follows = min(above, key=lambda other: other.bounds.low or ZERO, default=None)
        if follows is None or follows.bounds.low is None:
            continue
        step = band.bounds.step or ZERO
        narrow = step < follows.bounds.low - high <= _WIDEST
        if narrow and not any(_covers(other.bounds, high, follows.bounds.low) for other in bands):
            yield subject.remark(
                RANGE_GAP,
                band.expression.at(band.node),
                say(
                    "Nothing holds between {high} and {low}: {figure} can lie in between.",
                    high=_shown(high),
                    low=_shown(follows.bounds.low),
                    figure=key,
                ),
                say(
                    "State lower bounds only: write < {low} in place of <= {high}.",
                    low=_shown(follows.bounds.low),
                    high=_shown(high),
                ),
                about=(band.expression.clause, band.expression.id),
            ).relating(follows.expression.at(follows.node))


def _shown(value: Decimal) -> str:
    return plain(value.normalize())


def _covers(bounds: Bounds, low: Decimal, high: Decimal) -> bool:
    return (bounds.low is None or bounds.low <= low) and (bounds.high is None or bounds.high >= high)


def _overlaps(subject: Subject, key: str, bands: list[_Band]) -> Iterator[Remark]:
    for one, other in combinations(bands, 2):
        if one.expression is other.expression:
            continue  # the first branch that holds is taken
        first, second = sorted((one, other), key=lambda band: (band.bounds.low is not None, band.bounds.low or ZERO))
        low, high = second.bounds.low, first.bounds.high
        ends = second.bounds.high is None or (high is not None and second.bounds.high > high)
        begins = first.bounds.low is None or (low is not None and first.bounds.low < low)
        meet = low is not None and high is not None and low <= high and not first.bounds.high_open
        if meet and ends and begins and _closed(subject, key, first.bounds) and holds_with(one.whole, other.whole):
            yield subject.remark(
                RANGE_OVERLAP,
                second.expression.at(second.node),
                say(
                    "{first} and {second} both hold where {figure} is {low}.",
                    first=first.expression.id,
                    second=second.expression.id,
                    figure=key,
                    low=_shown(low or ZERO),
                ),
                say("State lower bounds only: write < {low} for the lower one.", low=_shown(low or ZERO)),
                about=(second.expression.clause, second.expression.id),
            ).relating(first.expression.at(first.node))
