"""Conditions: when they can hold, alone and together.

A condition is brought into cases, of which one must hold; a case says of each thing that is read where it must lie.
What is not understood limits nothing, and a condition of too many cases is given up on: so that whatever is found
impossible is impossible.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kpigen.expression import Choice
from kpigen.expression.closures import COMPARISONS
from kpigen.expression.tree import Call, Chain, Compare, Conditional, Junction, Not, Truth, Word, describe
from kpigen.lint.bounds import Bounds, bounded
from kpigen.lint.span import ANY, Span

if TYPE_CHECKING:
    from kpigen.expression import Kind
    from kpigen.expression.tree import Node
    from kpigen.lint.ranges import Ranges

__all__ = ["ALWAYS", "MIRRORED", "OPPOSITE", "Case", "Cases", "Conditions", "both", "holds_with"]

_MOST_CASES: Final = 200

Allowed = Bounds | frozenset[str] | frozenset[bool]
Case = Mapping[str, Allowed]
Cases = tuple[Case, ...]

ALWAYS: Final[Cases] = ({},)
"""The cases of what always holds."""

MIRRORED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
"""The sign of a comparison whose sides are exchanged."""

OPPOSITE: Final = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
"""The sign of the comparison that holds where this one does not."""


def both(one: Cases, other: Cases) -> Cases:
    """Return the cases in which both hold."""
    if ALWAYS in (one, other):
        return other if one == ALWAYS else one
    if len(one) * len(other) > _MOST_CASES:
        return min(one, other, key=len)  # a part of what is known, which excludes nothing that is possible
    return tuple(merged for a in one for b in other if (merged := _merged(a, b)) is not None)


def holds_with(one: Cases, other: Cases) -> bool:
    """Tell whether both can hold at once."""
    return bool(both(one, other))


class Conditions:
    """Brings conditions of a policy into cases."""

    def __init__(self, ranges: Ranges, grades: Mapping[str, Decimal]) -> None:
        """Take the ranges of all that is read, and the grades' lower bounds."""
        self.ranges = ranges
        self.grades = tuple(grades.items())

    def cases(self, node: Node, kinds: Mapping[str, Kind], *, holds: bool = True) -> Cases:
        """Return the cases in which a condition holds, or does not."""
        found = ALWAYS
        match node:
            case Truth(value=value):
                found = ALWAYS if value is holds else ()
            case Word() | Call():
                found = ({describe(node): frozenset({holds})},)
            case Not(operand=operand):
                found = self.cases(operand, kinds, holds=not holds)
            case Junction(operator=operator, operands=operands):
                parts = [self.cases(operand, kinds, holds=holds) for operand in operands]
                found = _all(parts) if (operator == "and") is holds else _any(parts)
            case Conditional(then=then, condition=condition, otherwise=otherwise):
                yes = both(self.cases(condition, kinds), self.cases(then, kinds, holds=holds))
                no = both(self.cases(condition, kinds, holds=False), self.cases(otherwise, kinds, holds=holds))
                found = _any([yes, no])
            case Compare(operator=operator, left=left, right=right):
                found = self._compare(operator if holds else OPPOSITE[operator], left, right, kinds)
            case _:
                pass  # a number is no condition
        return found

    def _compare(self, sign: str, left: Node, right: Node, kinds: Mapping[str, Kind]) -> Cases:
        for one, other, turned in ((left, right, sign), (right, left, MIRRORED[sign])):
            if isinstance(one, Word) and isinstance(other, Word):
                kind = kinds.get(one.name)
                if isinstance(kind, Choice) and other.name in kind.options:
                    return self._chosen(one.name, kind.options, turned, other.name)
        first, second = self.ranges.of(left, kinds), self.ranges.of(right, kinds)
        if not isinstance(first, Span) or not isinstance(second, Span):
            return _unknown(sign, left, right)
        if second.point is not None:
            return self._limited(left, first, sign, second.point, kinds)
        if first.point is not None:
            return self._limited(right, second, MIRRORED[sign], first.point, kinds)
        difference = Chain((0, 0), left, (("-", right),))
        span = self.ranges.of(difference, kinds)
        return _bounded(describe(difference), span if isinstance(span, Span) else ANY, sign, Decimal(0))

    def _limited(self, node: Node, span: Span, sign: str, limit: Decimal, kinds: Mapping[str, Kind]) -> Cases:
        """Return the cases in which a number stands so to a limit, with what that says of the month itself."""
        cases = _bounded(describe(node), span, sign, limit)
        if isinstance(node, Call) and node.function == "streak":
            return tuple(found for case in cases for found in both((case,), self._running(case, node, kinds)))
        return cases

    def _running(self, case: Case, node: Call, kinds: Mapping[str, Kind]) -> Cases:
        """Return what the length of a run says of this month: of one of 1 and more the condition holds now."""
        length = case[describe(node)]
        if isinstance(length, Bounds) and length.low is not None and length.low >= 1:
            return self.cases(node.arguments[0], kinds)
        if isinstance(length, Bounds) and length.high is not None and length.high < 1:
            return self.cases(node.arguments[0], kinds, holds=False)
        return ALWAYS

    def _chosen(self, name: str, options: tuple[str, ...], sign: str, word: str) -> Cases:
        """Return the cases in which a choice stands so to a word; a grade stands for its scores."""
        holds, at = COMPARISONS[sign], options.index(word)
        allowed = frozenset(option for place, option in enumerate(options) if holds(place, at))
        if not allowed:
            return ()
        if name == "grade" and dict(self.grades).keys() == set(options):
            return self._scored(allowed)
        return ({name: allowed},)

    def _scored(self, allowed: frozenset[str]) -> Cases:
        step = self.ranges.span_of("score").step
        uppers = [*(bound for _, bound in self.grades[1:]), None]
        return tuple(
            {
                "grade": frozenset({grade}),
                "score": Bounds(bound, upper, high_open=True, step=step).stepped(),
            }
            for (grade, bound), upper in zip(self.grades, uppers, strict=True)
            if grade in allowed
        )


def _unknown(sign: str, left: Node, right: Node) -> Cases:
    """Return the case of a comparison that is not understood, so that it and its opposite exclude each other."""
    plain = sign if sign in {"==", "<", "<="} else OPPOSITE[sign]
    return ({f"{describe(left)} {plain} {describe(right)}": frozenset({plain == sign})},)


def _bounded(key: str, span: Span, sign: str, limit: Decimal) -> Cases:
    return tuple({key: found} for found in bounded(span, sign, limit))


def _all(parts: list[Cases]) -> Cases:
    found = ALWAYS
    for part in parts:
        found = both(found, part)
    return found


def _any(parts: list[Cases]) -> Cases:
    found = tuple(case for part in parts for case in part)
    return ALWAYS if len(found) > _MOST_CASES else found


def _merged(one: Case, other: Case) -> Case | None:
    """Return the case that is both; None where they exclude each other."""
    merged = dict(one)
    for key, allowed in other.items():
        met = _met(merged.get(key), allowed)
        if met is None:
            return None
        merged[key] = met
    return merged


def _met(one: Allowed | None, other: Allowed) -> Allowed | None:
    if one is None:
        return other
    if isinstance(one, Bounds):
        met = one.met(other) if isinstance(other, Bounds) else one
        return None if met.empty else met
    if isinstance(other, Bounds):
        return one
    # Both are words, or both are flags: what is read under one name is of one kind.
    return frozenset(each for each in one if each in other) or None  # type: ignore[return-value]
