"""Ranges: between which bounds a name of a policy, or a part of an expression, can lie.

What is not known is taken for unlimited, so that whatever is said of a range is true of every value.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kpigen.exact import ZERO, Mode, arithmetic, round_to
from kpigen.expression import Choice, Flag
from kpigen.expression.tree import Call, Chain, Compare, Conditional, Junction, Literal, Negate, Not, Truth, Word
from kpigen.lint.span import ANY, COMBINED, Span, compared, extreme, negated, times
from kpigen.policy.inputs import Count, FlagInput, Points, Rating
from kpigen.policy.period import LENGTHS, ROLLING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.expression import Kind
    from kpigen.expression.tree import Node
    from kpigen.lint.subject import Expression, Subject
    from kpigen.policy.inputs import InputSpec

__all__ = ["BOTH", "NO", "YES", "Range", "Ranges", "window_periods"]

Range = Span | frozenset[str] | frozenset[bool]

YES: Final = frozenset({True})
NO: Final = frozenset({False})
BOTH: Final = frozenset({True, False})

_ONE = Decimal(1)
_COUNTED = Span(ZERO, None, _ONE)
_FACTS: Final[Mapping[str, Range]] = {
    "upheld_complaints": _COUNTED,
    "days_employed": Span(_ONE, Decimal(31), _ONE),
    "days_in_month": Span(Decimal(28), Decimal(31), _ONE),
    "items_at_zero": _COUNTED,
    "service_months": _COUNTED,
    "service_years": _COUNTED,
    "rank": Span(_ONE, None, _ONE),
    "gross": Span(ZERO),
}
_REFERENCES: Final[Mapping[str, Range]] = {
    "applicable": BOTH,
    "events": _COUNTED,
    "complaints": _COUNTED,
    "streak": _COUNTED,
    "amount": Span(ZERO),
    "won": Span(ZERO, _ONE, _ONE),
}
_SAME: Final = frozenset({"previous", "number"})
_WITHIN: Final = frozenset({"mean", "team_mean"})
_ROUNDED: Final = {"round": (Mode.HALF_UP, Mode.HALF_UP), "floor": (Mode.FLOOR,) * 2, "ceiling": (Mode.CEILING,) * 2}
_MONTHS: Final = {**LENGTHS, **ROLLING}


def window_periods(window: str, every: str) -> int:
    """Return how many assessments a window can hold."""
    return max(1, _MONTHS.get(window, 1) // LENGTHS.get(every, 1))


class Ranges:
    """The ranges of all that a policy's expressions read."""

    def __init__(self, subject: Subject) -> None:
        """Work them out in the order in which the policy does."""
        version = subject.policy.version
        self.every = version.assess.every
        self.names: dict[str, Range] = dict(_FACTS)
        self.names |= {name: Span(each.value, each.value) for name, each in version.parameters.items()}
        self.names |= {name: _input(spec) for name, spec in version.inputs.items()}
        for name in version.measures:
            self.names[name] = self._measure(subject, "measures", name)
        for name, item in version.items.items():
            self.names[name] = Span(ZERO, item.points, item.round.to if item.round else None)
        if version.score:
            self.names["score"] = Span(ZERO, version.score.of, version.score.round.to)
        for name in version.results:
            self.names[name] = self._measure(subject, "results", name)

    def span_of(self, name: str) -> Span:
        """Return the range of a name that is a number."""
        found = self.names.get(name, ANY)
        return found if isinstance(found, Span) else ANY

    def span(self, expression: Expression | None) -> Span:
        """Return the range of a whole expression that is a number."""
        return ANY if expression is None else self._span(expression.tree, expression.kinds)

    def of(self, node: Node, kinds: Mapping[str, Kind]) -> Range:
        """Return the range of a part of an expression whose names are of these kinds."""
        found: Range
        match node:
            case Word(name=name):
                found = self._name(name, kinds)
            case Call():
                found = self._call(node, kinds)
            case Conditional():
                found = self._conditional(node, kinds)
            case Truth(value=value):
                found = frozenset({value})
            case Not() | Compare() | Junction():
                found = self._logic(node, kinds)
            case _:
                found = self._number(node, kinds)
        return found

    def _span(self, node: Node, kinds: Mapping[str, Kind]) -> Span:
        found = self.of(node, kinds)
        return found if isinstance(found, Span) else ANY

    def _name(self, name: str, kinds: Mapping[str, Kind]) -> Range:
        """Return the range of a name; one that has no kind is an option, alone."""
        kind = kinds.get(name)
        if kind is None:
            return frozenset({name})
        if isinstance(kind, Choice):
            return frozenset(kind.options)
        return BOTH if isinstance(kind, Flag) else self.span_of(name)

    def _number(self, node: Literal | Negate | Chain, kinds: Mapping[str, Kind]) -> Span:
        if isinstance(node, Literal):
            value = node.value.scaleb(-2) if node.percent else node.value
            return Span(value, value)
        if isinstance(node, Negate):
            return negated(self._span(node.operand, kinds))
        total = self._span(node.first, kinds)
        with arithmetic():
            for sign, operand in node.rest:
                total = COMBINED[sign](total, self._span(operand, kinds))
        return total

    def _measure(self, subject: Subject, section: str, name: str) -> Range:
        """Return the range of a measure or a result: of its expression, or of the values that it can look up."""
        stated = getattr(subject.policy.version, section)[name]
        expression = subject.expression(section, name, "is")
        steps, words = getattr(stated, "steps", None), getattr(stated, "words", None)
        if expression is not None:
            found = self.span(expression)
        else:
            stated_values = [*(words or {}).values(), *(value for _, value in steps or ())]
            values = [self._resolved(value) for value in stated_values] + ([] if steps is None else [ZERO])
            found = Span(min(values), max(values)) if values else Span(ZERO)
        if stated.round is None:
            return found
        step, mode = stated.round.to, stated.round.mode
        low = None if found.low is None else round_to(found.low, step, mode)
        high = None if found.high is None else round_to(found.high, step, mode)
        return Span(low, high, step)

    def _resolved(self, stated: Decimal | str) -> Decimal:
        """Return a number, or the value of the parameter that stands for it."""
        point = self.span_of(stated).point if isinstance(stated, str) else stated
        return ZERO if point is None else point

    def _logic(self, node: Not | Compare | Junction, kinds: Mapping[str, Kind]) -> frozenset[bool]:
        if isinstance(node, Not):
            return frozenset(not each for each in self._flags(node.operand, kinds))
        if isinstance(node, Compare):
            return self._compare(node, kinds)
        decisive = node.operator == "or"
        parts = [self._flags(operand, kinds) for operand in node.operands]
        if any(part == {decisive} for part in parts):
            return frozenset({decisive})
        return frozenset({not decisive}) if all(part == {not decisive} for part in parts) else BOTH

    def _flags(self, node: Node, kinds: Mapping[str, Kind]) -> frozenset[bool]:
        found = self.of(node, kinds)
        if isinstance(found, Span):
            return BOTH
        return frozenset(each for each in found if isinstance(each, bool)) or BOTH

    def _compare(self, node: Compare, kinds: Mapping[str, Kind]) -> frozenset[bool]:
        if node.left == node.right:
            return frozenset({node.operator in {"<=", ">=", "=="}})
        left, right = self.of(node.left, kinds), self.of(node.right, kinds)
        if isinstance(left, Span) and isinstance(right, Span):
            return compared(node.operator, left, right)
        options = next(
            (
                kind.options
                for side in (node.left, node.right)
                if isinstance(side, Word) and isinstance(kind := kinds.get(side.name), Choice)
            ),
            None,
        )
        if options is None or isinstance(left, Span) or isinstance(right, Span):
            return BOTH
        return compared(node.operator, _placed(left, options), _placed(right, options))

    def _conditional(self, node: Conditional, kinds: Mapping[str, Kind]) -> Range:
        decided = self._flags(node.condition, kinds)
        if len(decided) == 1:
            return self.of(node.then if decided == YES else node.otherwise, kinds)
        one, other = self.of(node.then, kinds), self.of(node.otherwise, kinds)
        if isinstance(one, Span) and isinstance(other, Span):
            return one.joined(other)
        # Of one kind, since the expression was compiled: both are words, or both are flags.
        return ANY if isinstance(one, Span) or isinstance(other, Span) else frozenset((*one, *other))

    def _call(self, node: Call, kinds: Mapping[str, Kind]) -> Range:
        function, arguments = node.function, node.arguments
        if function in _REFERENCES:
            return _REFERENCES[function]
        window = arguments[-1].name if isinstance(arguments[-1], Word) else ""
        if function == "count":
            return Span(ZERO, Decimal(window_periods(window, self.every)), _ONE)
        spans = [self._span(each, kinds) for each in arguments]
        first = spans[0]
        if function in _SAME:
            found = first
        elif function in _WITHIN:
            found = replace(first, step=None)
        elif function in {"total", "team_total"}:
            found = times(first, _MONTHS.get(window))
        elif function in {"min", "max"}:
            found = extreme(function, spans)
        elif function == "abs":
            found = Span(ZERO)
        elif function in _ROUNDED:
            found = _rounded(first, arguments[-1], *_ROUNDED[function])
        else:
            found = ANY
        return found


def _input(spec: InputSpec) -> Range:
    if isinstance(spec, FlagInput):
        return BOTH
    if isinstance(spec, Rating):
        return frozenset(spec.rating)
    if isinstance(spec, Points):
        return Span(ZERO, spec.points)
    return Span(spec.min, spec.max, _ONE if isinstance(spec, Count) else None)


def _placed(words: frozenset[str] | frozenset[bool], options: tuple[str, ...]) -> Span:
    """Return the places of some words among all options."""
    places = [Decimal(options.index(str(word))) for word in words if str(word) in options]
    return Span(min(places, default=None), max(places, default=None))


def _rounded(span: Span, step: Node, down: Mode, up: Mode) -> Span:
    """Return where a number of a span lies once it is rounded to a step."""
    width = step.value if isinstance(step, Literal) else _ONE
    low = None if span.low is None else round_to(span.low, width, down)
    high = None if span.high is None else round_to(span.high, width, up)
    return Span(low, high, width)
