"""Coverage: clauses, conditions, thresholds and rows that no worked example shows."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kpigen.exact import plain
from kpigen.expression import FLAG
from kpigen.expression.closures import COMPARISONS
from kpigen.expression.tree import Compare, Conditional, describe
from kpigen.finding import Rule, Severity
from kpigen.lint.branches import context_of
from kpigen.lint.conditions import MIRRORED, OPPOSITE, holds_with
from kpigen.lint.ranges import NO, YES
from kpigen.lint.rows import rows_of
from kpigen.lint.shown import value_in
from kpigen.lint.span import Span
from kpigen.lint.trees import below
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kpigen.expression.tree import Node
    from kpigen.lint.rows import Rows
    from kpigen.lint.shown import Shown
    from kpigen.lint.subject import Expression, Subject
    from kpigen.remark import Remark
    from kpigen.text import Text

__all__ = ["check_coverage"]

UNTESTED = Rule("untested", Severity.WARNING)
UNTESTED_CLAUSE = Rule("untested-clause", Severity.WARNING)
UNTESTED_BRANCH = Rule("untested-branch", Severity.WARNING)
UNTESTED_THRESHOLD = Rule("untested-threshold", Severity.WARNING)
UNTESTED_ROW = Rule("untested-row", Severity.WARNING)

_COMPUTED: Final = frozenset(
    {
        *("eligible", "measures", "items", "grades", "results", "transitions", "moves"),
        *("pay", "awards", "actions", "ladders"),
    }
)
"""The sections whose rules an example can show."""
_ADD: Final = say("Add an example that does.")


def check_coverage(subject: Subject) -> Iterator[Remark]:
    """Yield what no example shows; while one of the examples is wrong, nothing is said."""
    computed = [rule for rule in subject.rules if rule.section in _COMPUTED]
    if not computed:
        return
    if not subject.policy.version.examples:
        yield subject.remark(
            UNTESTED,
            subject.place("policy"),
            say("The policy computes something, and no example shows it."),
            say("Add `examples`: a case for every clause, and one on each side of every threshold."),
        )
        return
    if subject.shows:
        shown = subject.shown
        yield from _clauses(subject, shown)
        yield from _branches(subject, shown)
        yield from _thresholds(subject, shown)
        yield from _rows(subject, shown)
        yield from _outcomes(subject, shown)


def _clauses(subject: Subject, shown: Sequence[Shown]) -> Iterator[Remark]:
    listed = {clause for each in shown for clause in each.clauses}
    told: set[str] = set()
    for rule in subject.rules:
        for clause in rule.cited if rule.section in _COMPUTED else ():
            if clause not in told and not listed & set(subject.related(clause)):
                told.add(clause)
                yield subject.remark(
                    UNTESTED_CLAUSE,
                    subject.place(*rule.where),
                    say("No example lists clause {clause}, by which {rule} is computed.", clause=clause, rule=rule.id),
                    say('Add an example with `clauses: ["{clause}"]`.', clause=clause),
                    about=(clause, rule.id),
                )


def _applies(subject: Subject, expression: Expression, shown: Sequence[Shown]) -> list[Shown]:
    """Return the examples in which an expression is looked at."""
    if expression.section != "transitions":
        return list(shown)
    origins = subject.policy.version.transitions[int(expression.where[1])].from_
    return [each for each in shown if each.statement.tier.value in origins]


def _branches(subject: Subject, shown: Sequence[Shown]) -> Iterator[Remark]:
    """Yield conditions, whole or of a branch, that no example shows to hold, or not to hold."""
    for expression in subject.expressions:
        applies = _applies(subject, expression, shown)
        if expression.formula.result == FLAG and expression.formula.names:
            yield from _outcome(subject, expression, expression.tree, applies)
        guarded = None
        for node in below(expression.tree):
            if isinstance(node, Conditional):
                guarded = _guarded(subject, expression, applies) if guarded is None else guarded
                yield from _outcome(subject, expression, node.condition, guarded)


def _guarded(subject: Subject, expression: Expression, shown: list[Shown]) -> list[Shown]:
    """Return the examples in which the condition of an amount's line holds."""
    guard = subject.expression(*expression.where[:-1], "when") if expression.where else None
    if guard is None or guard is expression:
        return shown
    return [each for each in shown if value_in(guard.tree, each.values, guard.kinds) is True]


def _outcome(subject: Subject, expression: Expression, node: Node, shown: Sequence[Shown]) -> Iterator[Remark]:
    if subject.ranges.of(node, expression.kinds) in (YES, NO):
        return
    seen = {value_in(node, each.values, expression.kinds) for each in shown}
    condition = describe(node)
    if True not in seen and _possible(subject, expression, node, holds=True):
        message = say("In no example does {condition} hold.", condition=condition)
        yield _about(subject, UNTESTED_BRANCH, expression, node, message)
    if False not in seen and _possible(subject, expression, node, holds=False):
        message = say("In no example does {condition} fail.", condition=condition)
        yield _about(subject, UNTESTED_BRANCH, expression, node, message)


def _possible(subject: Subject, expression: Expression, node: Node, *, holds: bool) -> bool:
    """Tell whether a condition can come out so at all where it is looked at; what it cannot is found elsewhere."""
    cases = subject.conditions.cases(node, expression.kinds, holds=holds)
    return holds_with(context_of(subject, expression), cases)


def _about(subject: Subject, rule: Rule, expression: Expression, node: Node, message: Text) -> Remark:
    return subject.remark(rule, expression.at(node), message, _ADD, about=(expression.clause, expression.id))


def _thresholds(subject: Subject, shown: Sequence[Shown]) -> Iterator[Remark]:
    """Yield the numbers that something is compared with, on one side of which no example lies."""
    for expression in subject.expressions:
        applies = None
        for node in below(expression.tree):
            if not isinstance(node, Compare) or node == expression.tree:
                continue  # of a whole condition both outcomes are asked for already
            threshold = _sides(subject, expression, node)
            if threshold is not None:
                applies = _applies(subject, expression, shown) if applies is None else applies
                yield from _threshold(subject, expression, node, threshold, applies)


_Threshold = tuple["Node", str, "Decimal"]


def _sides(subject: Subject, expression: Expression, node: Compare) -> _Threshold | None:
    """Return what is compared with a fixed number, how, and the number; None where it never varies or is no number."""
    if subject.ranges.of(node, expression.kinds) in (YES, NO):
        return None
    for figure, sign, limit in (
        (node.left, node.operator, node.right),
        (node.right, MIRRORED[node.operator], node.left),
    ):
        span, point = (subject.ranges.of(each, expression.kinds) for each in (figure, limit))
        if isinstance(span, Span) and isinstance(point, Span) and point.point is not None:
            return figure, sign, point.point
    return None


def _threshold(
    subject: Subject, expression: Expression, node: Compare, threshold: _Threshold, shown: Sequence[Shown]
) -> Iterator[Remark]:
    figure, sign, limit = threshold
    values = {value for each in shown if isinstance(value := value_in(figure, each.values, expression.kinds), Decimal)}
    holds = {COMPARISONS[sign](value, limit) for value in values}
    for outcome, shown_sign in ((True, sign), (False, OPPOSITE[sign])):
        if outcome not in holds:
            side = f"{describe(figure)} {shown_sign} {plain(limit)}"
            message = say("No example lies on this side of the threshold: {side}.", side=side)
            yield _about(subject, UNTESTED_THRESHOLD, expression, node, message)


def _rows(subject: Subject, shown: Sequence[Shown]) -> Iterator[Remark]:
    for rows in rows_of(subject):
        if rows.key == "line":
            continue
        values = _looked_up(subject, rows, shown)
        for index, (bound, _, where) in enumerate(rows.bounds):
            after = rows.bounds[index + 1][0] if index + 1 < len(rows.bounds) else None
            reached = any(value >= bound and (after is None or value < after) for value in values)
            if not reached and not rows.unreached(index):
                yield subject.remark(
                    UNTESTED_ROW,
                    subject.place(*where),
                    say("No example falls into the row from {bound}.", bound=bound),
                    _ADD,
                    about=(rows.rule.clause, rows.rule.id),
                )


def _looked_up(subject: Subject, rows: Rows, shown: Sequence[Shown]) -> set[Decimal]:
    expression = subject.expression(*rows.rule.where, "of")
    if rows.key == "grades":
        name = "score" if rows.rule.section == "grades" else str(rows.rule.where[1])
        found = [each.values.get(name) for each in shown]
        return {value for value in found if isinstance(value, Decimal)}
    if expression is None:
        return set()
    found = [value_in(expression.tree, each.values, expression.kinds) for each in shown]
    return {value for value in found if isinstance(value, Decimal)}


def _outcomes(subject: Subject, shown: Sequence[Shown]) -> Iterator[Remark]:
    """Yield awards that nobody wins in any example, and steps of ladders that none leads to."""
    won = {award.id for each in shown for award in each.statement.awards}
    due = {action.rule.id for each in shown for action in each.statement.actions}
    version = subject.policy.version
    for index, award in enumerate(version.awards):
        if award.id not in won:
            yield subject.remark(
                UNTESTED_BRANCH,
                subject.place("awards", index, "id"),
                say("In no example is {award} won.", award=award.id),
                _ADD,
                about=(award.clause, award.id),
            )
    for index, ladder in enumerate(version.ladders):
        for number, step in enumerate(ladder.steps):
            if step.action not in due:
                yield subject.remark(
                    UNTESTED_BRANCH,
                    subject.place("ladders", index, "steps", number),
                    say("In no example does {ladder} lead to {action}.", ladder=ladder.id, action=step.action),
                    _ADD,
                    about=(ladder.clause, ladder.id),
                )
