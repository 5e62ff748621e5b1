"""Tiers: what nothing reaches or leaves, transitions that contradict each other, and those that undo each other."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from kpigen.finding import Rule, Severity
from kpigen.lint.conditions import both, holds_with
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.lint.conditions import Cases
    from kpigen.lint.subject import Expression, Subject
    from kpigen.policy.tier import Transition
    from kpigen.remark import Remark

__all__ = ["check_tiers", "moves_of"]

TIER_UNREACHED = Rule("tier-unreached", Severity.WARNING)
TIER_NEVER_LEFT = Rule("tier-never-left", Severity.WARNING)
TRANSITION_CLASH = Rule("transition-clash")
TRANSITION_CYCLE = Rule("transition-cycle")

_OF_THE_SCORE = frozenset({"score", "grade"})


def check_tiers(subject: Subject) -> Iterator[Remark]:
    """Yield what is wrong with tiers and transitions."""
    version = subject.policy.version
    if len(version.tiers) < 2:  # noqa: PLR2004 - nobody can move
        return
    yield from _reached(subject)
    moves = list(moves_of(subject))
    yield from _clashes(subject, moves)
    yield from _cycles(subject, moves)


def moves_of(subject: Subject) -> Iterator[tuple[int, Transition, Expression, Cases]]:
    """Yield every transition that can happen: its index, as it is stated, its condition, and when this holds."""
    for index, transition in enumerate(subject.policy.version.transitions):
        when = subject.expression("transitions", index, "when")
        if when is not None:
            cases = subject.conditions.cases(when.tree, when.kinds)
            if cases:
                yield index, transition, when, cases


def _reached(subject: Subject) -> Iterator[Remark]:
    version = subject.policy.version
    tiers = tuple(version.tiers)
    moves = [(transition.from_, transition.to) for transition in version.transitions]
    for tier in tiers[1:]:
        if not any(to == tier and set(origins) - {tier} for origins, to in moves):
            yield subject.remark(
                TIER_UNREACHED,
                subject.place("tiers", tier, key=True),
                say("No transition leads to {tier}.", tier=tier),
                say("Add one, or acknowledge that agents only enter with this tier."),
                about=(version.tiers[tier].clause, tier),
            )
    for tier in tiers:
        if not any(tier in origins and to != tier for origins, to in moves):
            yield subject.remark(
                TIER_NEVER_LEFT,
                subject.place("tiers", tier, key=True),
                say("No transition leaves {tier}: whoever holds it keeps it for good.", tier=tier),
                say("Add one, or acknowledge that it is so."),
                about=(version.tiers[tier].clause, tier),
            )


_Move = tuple[int, "Transition", "Expression", "Cases"]


def _clashes(subject: Subject, moves: list[_Move]) -> Iterator[Remark]:
    """Yield two promotions from one tier to different tiers that can be due together: the lower one then wins."""
    rank = subject.policy.order.index
    for (_, one, _, cases), (index, other, _, more) in combinations(moves, 2):
        shared = [tier for tier in one.from_ if tier in other.from_ and rank(tier) < min(rank(one.to), rank(other.to))]
        if shared and one.to != other.to and holds_with(cases, more):
            lower, higher = sorted((one, other), key=lambda each: rank(each.to))
            yield subject.remark(
                TRANSITION_CLASH,
                subject.place("transitions", index),
                say(
                    "From {tier}, {lower} and {higher} can be due together; the lower tier wins, and {higher} is lost.",
                    tier=shared[0],
                    lower=lower.id,
                    higher=higher.id,
                ),
                say("Let the condition of {lower} leave out what {higher} asks for.", lower=lower.id, higher=higher.id),
                about=(other.clause, other.id),
            )


def _cycles(subject: Subject, moves: list[_Move]) -> Iterator[Remark]:
    """Yield two transitions that undo each other at one and the same score, month after month."""
    rank = subject.policy.order.index
    for _, up, when, cases in moves:
        for index, down, why, more in moves:
            lower = [tier for tier in up.from_ if rank(tier) < rank(up.to)]
            if up.to in down.from_ and down.to in lower and _of_score(when) and _of_score(why) and both(cases, more):
                yield subject.remark(
                    TRANSITION_CYCLE,
                    subject.place("transitions", index),
                    say(
                        "{up} and {down} undo each other: the same score moves an agent up and down in turn.",
                        up=up.id,
                        down=down.id,
                    ),
                    say("Let it take no more to keep {tier} than to reach it.", tier=up.to),
                    about=(down.clause, down.id),
                )


def _of_score(expression: Expression) -> bool:
    """Tell whether a condition asks for nothing but the month's own score or grade."""
    return not expression.formula.references and set(expression.formula.names) <= _OF_THE_SCORE
