"""Proofs: what is shown to hold of a policy for every score and every tier, or where it does not."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from kpigen.exact import ZERO, arithmetic, round_to
from kpigen.expression.tree import Chain, Compare, Word
from kpigen.finding import Place
from kpigen.lint.neutral import AMOUNT, Neutral, computed, gross_of
from kpigen.lint.rows import rows_of
from kpigen.lint.span import Span
from kpigen.lint.tiers import moves_of
from kpigen.lint.trees import below, parts_of
from kpigen.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.engine import Statement
    from kpigen.expression.tree import Node
    from kpigen.lint.rows import Rows
    from kpigen.lint.subject import Expression, Subject

__all__ = ["Proof", "proofs_of"]

_MOST_SCORES: Final = 20_000
_PARTS: Final = 20
"""Into how many parts the scores are cut where a score is calculated with, not only compared."""
_NOTED: Final = 5
"""How many places at which something does not hold are told one by one."""


class Proof(Struct, frozen=True, kw_only=True):
    """A statement about a policy, and whether it holds; ``place`` is where the rule stands that decides it."""

    holds: bool
    statement: Text
    place: Place


def proofs_of(subject: Subject) -> Iterator[Proof]:
    """Yield what is proved of a policy, in the order of its file."""
    yield from _totals(subject)
    for rows in rows_of(subject):
        if rows.key in {"bands", "steps", "rates"}:
            yield _covered(subject, rows)
    yield from _graded(subject)
    yield from _tiers(subject)
    yield from _by_score(subject)


def _totals(subject: Subject) -> Iterator[Proof]:
    score = subject.policy.version.score
    if score is None:
        return
    place = subject.place("score")
    if score.sum == "weights":
        yield Proof(holds=True, statement=say("The weights add up to 1 exactly."), place=place)
    else:
        points = score.points or score.of
        yield Proof(
            holds=True,
            statement=say(
                "The items' points add up to {points}; the score is out of {of}.", points=points, of=score.of
            ),
            place=place,
        )


def _covered(subject: Subject, rows: Rows) -> Proof:
    low, high, first = rows.span.low, rows.span.high, rows.bounds[0][0]
    ascends = all(one < other for (one, _, _), (other, _, _) in pairwise(rows.bounds))
    name, place = rows.rule.id, subject.place(*rows.rule.where)
    if low is None:
        said = say(
            "{rows}: from {first} on exactly one row holds; below it, none; the least figure is not known.",
            rows=name,
            first=first,
        )
        return Proof(holds=ascends, statement=said, place=place)
    if first > low:
        said = say("{rows}: no row holds from {low} to {first}.", rows=name, low=low, first=first)
        return Proof(holds=False, statement=said, place=place)
    to = say("without end") if high is None else say("to {high}", high=high)
    return Proof(
        holds=ascends,
        statement=say("{rows}: every figure from {low} {to} falls into exactly one row.", rows=name, low=low, to=to),
        place=place,
    )


def _graded(subject: Subject) -> Iterator[Proof]:
    """Yield whether every score has exactly one grade: each of them is looked up."""
    policy = subject.policy
    score, grade = policy.version.score, policy.grade
    if score is None or grade is None:
        return
    bounds = [each.from_ for each in policy.version.grades.values()]
    scores = _scores(subject, score.of, score.round.to)
    place = subject.place("grades")
    wrong = [
        each
        for each in scores
        if grade.apply(each) is None
        or sum(
            low <= each and (high is None or each < high) for low, high in zip(bounds, [*bounds[1:], None], strict=True)
        )
        != 1
    ]
    if wrong:
        said = say("{score} has no grade, or two.", score=wrong[0])
        yield Proof(holds=False, statement=said, place=place)
    else:
        said = say(
            "Every score from 0 to {of} in steps of {step} has exactly one grade.", of=score.of, step=score.round.to
        )
        yield Proof(holds=True, statement=said, place=place)


def _scores(subject: Subject, most: Decimal, step: Decimal) -> list[Decimal]:
    """Return every score; where there are too many to look at each, those about the thresholds stand for the rest."""
    with arithmetic():
        count = int(most / step)
        return [step * index for index in range(count + 1)] if count <= _MOST_SCORES else critical_scores(subject)


def _tiers(subject: Subject) -> Iterator[Proof]:
    """Yield whether every tier can be reached from the lowest, and the lowest from every tier."""
    order = subject.policy.order
    if len(order) < 2:  # noqa: PLR2004 - there is nothing to reach
        return
    steps: set[tuple[str, str]] = set()
    for _, transition, _, _ in moves_of(subject):
        steps |= {(origin, transition.to) for origin in transition.from_}
    place, lowest = subject.place("tiers"), order[0]
    up = _closure({lowest}, steps)
    lost = [tier for tier in order if tier not in up]
    if lost:
        said = say("Nobody who enters as {lowest} ever reaches {tiers}.", lowest=lowest, tiers=", ".join(lost))
    else:
        said = say("Every tier can be reached from {lowest}.", lowest=lowest)
    yield Proof(holds=not lost, statement=said, place=place)
    down = _closure({lowest}, {(to, origin) for origin, to in steps})
    stuck = [tier for tier in order if tier not in down]
    if stuck:
        said = say("There is no way back to {lowest} from {tiers}.", lowest=lowest, tiers=", ".join(stuck))
    else:
        said = say("From every tier there is a way back to {lowest}.", lowest=lowest)
    yield Proof(holds=not stuck, statement=said, place=place)


def _closure(start: set[str], steps: set[tuple[str, str]]) -> set[str]:
    reached = set(start)
    while more := {to for origin, to in steps if origin in reached} - reached:
        reached |= more
    return reached


def _by_score(subject: Subject) -> Iterator[Proof]:
    """Yield whether pay and tier never fall when the score rises and all else stays as it is."""
    version, policy = subject.policy.version, subject.policy
    if version.score is None or not (version.pay or version.transitions):
        return
    scores = critical_scores(subject)
    falls: list[Text] = []
    drops: list[Text] = []
    for role in policy.version.roles or (None,):
        for tier in policy.order or (None,):
            runs = [(score, computed(subject, Neutral(score, tier, role, full=True))) for score in scores]
            held = tier or role or version.policy
            if any(statement.card is None for _, statement in runs):
                yield Proof(
                    holds=False,
                    statement=say(
                        "{tier}: not tried, since nobody is assessed of whom nothing is recorded.", tier=held
                    ),
                    place=subject.place("eligible", key=True),
                )
                return
            for (low, worse), (high, better) in pairwise(runs):
                less, more = gross_of(better), gross_of(worse)
                if less < more:
                    falls.append(
                        say(
                            "{tier}: {less} with {high}, but {more} with {low}",
                            tier=held,
                            less=less,
                            high=high,
                            more=more,
                            low=low,
                        )
                    )
                if tier and _rank(subject, better) < _rank(subject, worse):
                    drops.append(say("{tier}: {high} leads lower than {low}", tier=held, high=high, low=low))
    if version.pay:
        said = (
            say("Pay falls although the score rises: {places}.", places=_listed(falls))
            if falls
            else say(
                "Pay never falls when the score rises and all else stays the same: {count} scores in every tier, with "
                "amounts of {amount} and nothing else recorded.",
                count=len(scores),
                amount=AMOUNT,
            )
        )
        yield Proof(holds=not falls, statement=said, place=subject.place("pay", key=True))
    if version.transitions:
        said = (
            say("A higher score leads to a lower tier: {places}.", places=_listed(drops))
            if drops
            else say("A higher score never leads to a lower tier: {count} scores in every tier.", count=len(scores))
        )
        yield Proof(holds=not drops, statement=said, place=subject.place("transitions", key=True))


def _listed(texts: list[Text]) -> Text:
    listed = texts[0]
    for each in texts[1:_NOTED]:
        listed = say("{first}; {second}", first=listed, second=each)
    return listed


def _rank(subject: Subject, statement: Statement) -> int:
    return subject.policy.order.index(str(statement.next_tier.value))


def critical_scores(subject: Subject) -> list[Decimal]:
    """Return the scores at which anything can change: every threshold with its neighbours, and both ends.

    Where a score is calculated with instead of compared, some in between are tried too.
    """
    score = subject.policy.version.score
    if score is None:
        return []
    limits = {grade.from_ for grade in subject.policy.version.grades.values()}
    for rows in rows_of(subject):
        of = subject.expression(*rows.rule.where, "of")
        if of is not None and of.formula.text == "score":
            limits |= {bound for bound, _, _ in rows.bounds}
    for expression in subject.expressions:
        for node in below(expression.tree):
            limits |= set(_limits(subject, expression, node))
    step, found = score.round.to, {ZERO, score.of}
    with arithmetic():
        for limit in limits:
            at = round_to(limit, step)
            found |= {at - step, at, at + step}
        return sorted(each for each in found if ZERO <= each <= score.of)


_SCORE: Final = Word((0, 0), "score")


def _limits(subject: Subject, expression: Expression, node: Node) -> Iterator[Decimal]:
    """Yield the scores at which a part of an expression can change."""
    score = subject.policy.version.score
    if isinstance(node, Compare):
        for one, other in ((node.left, node.right), (node.right, node.left)):
            span = subject.ranges.of(other, expression.kinds)
            if one == _SCORE and isinstance(span, Span) and span.point is not None:
                yield span.point
    elif isinstance(node, Chain) and score is not None and _SCORE in parts_of(node):
        yield from map(Decimal, range(0, int(score.of) + 1, max(1, int(score.of) // _PARTS)))
