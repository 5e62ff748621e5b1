"""Branches: conditions that always or never hold, and branches that nothing reaches because earlier ones take all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.exact import plain
from kpigen.expression import FLAG, Choice
from kpigen.expression.tree import Call, Compare, Conditional, Word, describe
from kpigen.finding import Rule, Severity
from kpigen.lint.conditions import ALWAYS, both
from kpigen.lint.ranges import NO, YES, window_periods
from kpigen.lint.span import Span
from kpigen.lint.trees import below, parts_of
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.expression.tree import Node
    from kpigen.lint.conditions import Cases
    from kpigen.lint.subject import Expression, Subject
    from kpigen.remark import Remark
    from kpigen.text import Text

__all__ = ["check_branches", "context_of"]

NEVER_VARIES = Rule("never-varies", Severity.WARNING)
THRESHOLD_RANGE = Rule("threshold-range")
WINDOW_TOO_SHORT = Rule("window-too-short")
SHADOWED = Rule("shadowed")


def check_branches(subject: Subject) -> Iterator[Remark]:
    """Yield conditions that never vary, and branches that are never taken."""
    for expression in subject.expressions:
        fixed = list(_fixed(subject, expression))
        yield from fixed
        if not fixed:
            yield from _contradictory(subject, expression)
            yield from _shadowed(subject, expression, expression.tree, context_of(subject, expression))


def context_of(subject: Subject, expression: Expression) -> Cases:
    """Return what is known wherever an expression is worked out: its line's condition, its transition's tiers."""
    *where, key = expression.where or ("",)
    if expression.section == "transitions":
        origins = subject.policy.version.transitions[int(where[1])].from_
        return ({"tier": frozenset(origins)},)
    guard = {"pay": "when", "awards": "among", "ladders": ""}.get(expression.section)
    if guard and key != guard:
        for name in (guard, "when"):
            found = subject.expression(*where[:2], name)
            if found is not None and found is not expression:
                return subject.conditions.cases(found.tree, found.kinds)
    return ALWAYS


def _fixed(subject: Subject, expression: Expression) -> Iterator[Remark]:
    """Yield every comparison that always comes out the same, whatever is recorded."""
    for node in below(expression.tree):
        if isinstance(node, Compare):
            decided = subject.ranges.of(node, expression.kinds)
            if decided in (YES, NO):
                yield _of_comparison(subject, expression, node, holds=decided == YES)
        elif isinstance(node, Conditional) and node.then == node.otherwise:
            yield subject.remark(
                NEVER_VARIES,
                expression.at(node),
                say("Both branches give {value}.", value=describe(node.then)),
                say("Write {value} alone, or correct one of the branches.", value=describe(node.then)),
                about=(expression.clause, expression.id),
            )


def _of_comparison(subject: Subject, expression: Expression, node: Compare, *, holds: bool) -> Remark:
    what = describe(node)
    rule, reason, hint = NEVER_VARIES, _why(subject, expression, node), _way_out(node)
    for side, other in ((node.left, node.right), (node.right, node.left)):
        limit = subject.ranges.of(other, expression.kinds)
        point = limit.point if isinstance(limit, Span) else None
        if isinstance(side, Call) and side.function == "count" and point is not None and not holds:
            window = describe(side.arguments[-1])
            most = window_periods(window, subject.policy.version.assess.every)
            rule, hint = WINDOW_TOO_SHORT, say("Ask for at most {most}, or look at a longer window.", most=most)
        elif isinstance(side, Word) and point is not None and _outside(subject, expression, side, other):
            rule, hint = THRESHOLD_RANGE, say("Correct the threshold, or the limits of what it is compared with.")
    message = (
        say("{condition} always holds: {reason}", condition=what, reason=reason)
        if holds
        else say("{condition} can never hold: {reason}", condition=what, reason=reason)
    )
    return subject.remark(rule, expression.at(node), message, hint, about=(expression.clause, expression.id))


def _outside(subject: Subject, expression: Expression, side: Word, limit: Node) -> bool:
    span, at = subject.ranges.of(side, expression.kinds), subject.ranges.of(limit, expression.kinds)
    if not isinstance(span, Span) or not isinstance(at, Span) or at.point is None:
        return False
    return (span.low is not None and at.point < span.low) or (span.high is not None and at.point > span.high)


def _why(subject: Subject, expression: Expression, node: Compare) -> Text:
    """Say between which bounds the side of a comparison lies that is not fixed."""
    for side in (node.left, node.right):
        found = subject.ranges.of(side, expression.kinds)
        if isinstance(found, Span) and found.point is None:
            name = describe(side)
            if found.low is not None and found.high is not None:
                return say(
                    "{name} lies between {low} and {high}.", name=name, low=plain(found.low), high=plain(found.high)
                )
            if found.low is not None:
                return say("{name} is never below {low}.", name=name, low=plain(found.low))
            if found.high is not None:
                return say("{name} is never above {high}.", name=name, high=plain(found.high))
        if isinstance(found, frozenset) and len(found) > 1 and isinstance(side, Word):
            kind = expression.kinds.get(side.name)
            words = ", ".join(kind.options) if isinstance(kind, Choice) else ""
            return say("{name} is one of {words}, in this order.", name=side.name, words=words)
    return say("both sides are fixed.")


def _way_out(node: Compare) -> Text:
    if any(isinstance(side, Word) and side.name == "score" for side in (node.left, node.right)):
        return say("Leave it out, or correct it; to count the assessed periods, write count(assessed, …).")
    return say("Leave it out, or correct it.")


def _contradictory(subject: Subject, expression: Expression) -> Iterator[Remark]:
    """Yield a whole condition that can never or must always hold, though each of its parts varies."""
    if expression.formula.result != FLAG or not parts_of(expression.tree):
        return
    context = context_of(subject, expression)
    for holds in (True, False):
        cases = subject.conditions.cases(expression.tree, expression.kinds, holds=holds)
        if not both(context, cases):
            said = describe(expression.tree)
            yield subject.remark(
                NEVER_VARIES,
                expression.at(expression.tree),
                say("{condition} can never hold: its parts exclude each other.", condition=said)
                if holds
                else say("{condition} always holds: its parts leave nothing out.", condition=said),
                say("Correct one of its parts."),
                about=(expression.clause, expression.id),
            )


def _shadowed(subject: Subject, expression: Expression, node: Node, context: Cases) -> Iterator[Remark]:
    """Yield the branches of ``a if … else b if … else c`` that are never reached."""
    if not isinstance(node, Conditional):
        for part in parts_of(node):
            yield from _shadowed(subject, expression, part, context if not isinstance(node, Call) else ALWAYS)
        return
    kinds, conditions = expression.kinds, subject.conditions
    taken = both(context, conditions.cases(node.condition, kinds))
    left = both(context, conditions.cases(node.condition, kinds, holds=False))
    if context and (not taken or not left):
        dead = node.otherwise if taken else node.then
        yield subject.remark(
            SHADOWED,
            expression.at(node.condition),
            say(
                "{value} is never reached: {condition} is decided by what stands before it.",
                value=describe(dead),
                condition=describe(node.condition),
            ),
            say("Order the branches from the narrowest to the widest, or leave this one out."),
            about=(expression.clause, expression.id),
        )
        return
    yield from _shadowed(subject, expression, node.then, taken)
    yield from _shadowed(subject, expression, node.otherwise, left)
