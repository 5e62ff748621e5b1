"""Arithmetic: points that are scaled, roundings that are not stated, and limits that cross."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from kpigen.exact import plain
from kpigen.expression.tree import Call, Chain
from kpigen.finding import Rule, Severity
from kpigen.lint.numerals import figures_in
from kpigen.lint.span import ANY, Span
from kpigen.lint.trees import below
from kpigen.policy.inputs import Amount, Count, Measure
from kpigen.text import Label, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from kpigen.expression.tree import Node
    from kpigen.lint.subject import Expression, Subject
    from kpigen.policy.items import Conversion
    from kpigen.remark import Remark

__all__ = ["check_arithmetic"]

SCALED_POINTS = Rule("scaled-points", Severity.WARNING)
ROUNDING_UNSTATED = Rule("rounding-unstated", Severity.WARNING)
LIMITS_CROSSED = Rule("limits-crossed")


def check_arithmetic(subject: Subject) -> Iterator[Remark]:
    """Yield what does not add up."""
    yield from _scaled(subject)
    yield from _roundings(subject)
    yield from _inputs(subject)
    yield from _extremes(subject)


def _scaled(subject: Subject) -> Iterator[Remark]:
    """Yield that points add up to another sum than the scale; settled where the clause says both figures."""
    score = subject.policy.version.score
    if score is None or score.points is None or score.points == score.of:
        return
    remark = subject.remark(
        SCALED_POINTS,
        subject.place("score", "points"),
        say("The items' points add up to {points}, and the score is out of {of}.", points=score.points, of=score.of),
        say("Let clause {clause} say both figures, and how one becomes the other.", clause=score.clause),
        about=(score.clause, "score"),
    )
    figures = [figure for text in subject.texts(score.clause) for figure in figures_in(text)]
    if {score.points, score.of} <= {figure.value for figure in figures if figure.unit.startswith("分")}:
        zh = f"第{score.clause}条写明了{plain(score.points)}分和{plain(score.of)}分。"
        en = f"Clause {score.clause} states both {plain(score.points)} and {plain(score.of)}."
        remark = remark.acknowledged(Label(zh=zh, en=en))
    yield remark


def _roundings(subject: Subject) -> Iterator[Remark]:
    """Yield what is divided without a word on rounding; a quotient that is always exact needs none."""
    version = subject.policy.version
    for section in ("measures", "results"):
        for name, stated in getattr(version, section).items():
            expression = subject.expression(section, name, "is")
            if stated.round is None and expression is not None and _divides(subject, expression):
                yield _unrounded(subject, (section, name, "is"), name, stated.clause)
    for name, item in version.items.items():
        read = (subject.expression("items", name, *where) for where, _ in item.reads())
        if item.round is None and (
            _converts_by_dividing(item) or any(_divides(subject, each) for each in read if each is not None)
        ):
            yield _unrounded(subject, ("items", name), name, item.clause)


def _unrounded(subject: Subject, where: tuple[str, ...], name: str, clause: str) -> Remark:
    return subject.remark(
        ROUNDING_UNSTATED,
        subject.place(*where),
        say("{name} is divided, and nothing says how it is rounded.", name=name),
        say("Add `round: {{to: 0.01, mode: half-up}}`, and say in the clause how many decimals there are."),
        about=(clause, name),
    )


def _divides(subject: Subject, expression: Expression) -> bool:
    """Tell whether an expression divides by something that need not come out even."""
    return any(
        (isinstance(node, Call) and node.function in {"mean", "team_mean"})
        or (
            isinstance(node, Chain)
            and any(sign == "/" and not _even(subject, expression, operand) for sign, operand in node.rest)
        )
        for node in below(expression.tree)
    ) and not (isinstance(expression.tree, Call) and expression.tree.function in {"round", "floor", "ceiling"})


def _even(subject: Subject, expression: Expression, divisor: Node) -> bool:
    span = subject.ranges.of(divisor, expression.kinds)
    point = span.point if isinstance(span, Span) else None
    return point is not None and _finite(Fraction(1) / Fraction(point))


def _finite(fraction: Fraction) -> bool:
    """Tell whether a fraction has finitely many decimals."""
    below_ = fraction.denominator
    for prime in (2, 5):
        while below_ % prime == 0:
            below_ //= prime
    return below_ == 1


def _converts_by_dividing(item: Conversion) -> bool:
    """Tell whether an item's conversion can give endless decimals."""
    line, target = getattr(item, "line", None), getattr(item, "share_of", None)
    if line is not None:
        return any(not _finite(Fraction(y1 - y0) / Fraction(x1 - x0)) for (x0, y0), (x1, y1) in pairwise(line))
    if target is not None:
        full = getattr(item, "full", None) or item.points
        try:
            return not _finite(Fraction(full) / Fraction(str(target)))
        except (ValueError, ZeroDivisionError):
            return True
    parts, raters = getattr(item, "parts", None), getattr(item, "raters", None)
    if raters is not None:
        return getattr(item, "missing", None) == "reweigh"
    return parts is not None and len(parts) > 1


def _inputs(subject: Subject) -> Iterator[Remark]:
    for name, spec in subject.policy.version.inputs.items():
        if isinstance(spec, Amount | Count | Measure) and spec.max is not None and spec.max < spec.min:
            yield subject.remark(
                LIMITS_CROSSED,
                subject.place("inputs", name, "max"),
                say("The most, {most}, is below the least, {least}.", most=spec.max, least=spec.min),
                say("Exchange `min` and `max`, or correct one of them."),
                about=(spec.clause, name),
            )


def _extremes(subject: Subject) -> Iterator[Remark]:
    """Yield every ``max(500, min(x, 300))``: a floor above its cap, so that the figure never varies."""
    for expression in subject.expressions:
        for node in below(expression.tree):
            if isinstance(node, Call) and node.function in {"min", "max"}:
                value = _only_value(subject, expression, node)
                if value is not None:
                    yield subject.remark(
                        LIMITS_CROSSED,
                        expression.at(node),
                        say("The cap lies below the floor: the result is always {value}.", value=value),
                        say("Exchange the two limits, or correct one of them."),
                        about=(expression.clause, expression.id),
                    )


def _only_value(subject: Subject, expression: Expression, node: Call) -> Decimal | None:
    """Return the one value of a least or greatest of several that are not all fixed; None when it varies."""
    found = subject.ranges.of(node, expression.kinds)
    parts = [subject.ranges.of(each, expression.kinds) for each in node.arguments]
    spans = [each if isinstance(each, Span) else ANY for each in parts]
    varies = any(each.point is None for each in spans)
    return found.point if varies and isinstance(found, Span) else None
