"""Moves: which transition an agent's month leads to, and what the next promotion still needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from kpigen.engine.statement import Outlook
from kpigen.exact import ZERO, round_to
from kpigen.expression import Undefined
from kpigen.figure import Figure, given, number
from kpigen.policy.period import ends
from kpigen.policy.rules import TransitionRule
from kpigen.policy.tier import Demoted, Held

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.engine.case import Case, Standing
    from kpigen.engine.scope import Scope
    from kpigen.figure import Value
    from kpigen.month import Month
    from kpigen.policy.rules import Policy

__all__ = ["Move", "barring", "outlook", "settle", "stay"]


_NEVER_DEMOTED = Demoted(())


class Move(Struct, frozen=True, kw_only=True):
    """The tier of the next month, the transition that leads there, and a promotion that was barred."""

    next_tier: Figure
    transition: TransitionRule | None = None
    barred: TransitionRule | None = None


def stay(case: Case) -> Move:
    """Return the move of a case that was not assessed, or whose policy has no tiers: none."""
    standing = case.standing
    if not standing.tier:
        return Move(next_tier=given("next_tier", None, None))
    return Move(next_tier=Figure("next_tier", standing.tier, Held(standing.tier, standing.since, standing.by)))


def settle(policy: Policy, month: Month, case: Case, scope: Scope) -> Move:
    """Decide the next tier of a case; of one that was not assessed, by the rules alone that are for these too."""
    tier = case.standing.tier
    if not tier:
        return stay(case)
    rules, operation = policy.settles[tier]
    scored = "score" in scope.values
    conditions = tuple(
        scope.compute(rule.when, otherwise=False)
        if (scored or rule.unassessed) and ends(month, rule.every)
        else given(f"{rule.id}:not-due", False, rule.when.place, rule.clause)  # noqa: FBT003
        for rule in rules
    )
    fired = tuple(condition.value is True for condition in conditions)
    demoted = barring(policy, month, case.standing)
    bars = Demoted(demoted) if demoted else _NEVER_DEMOTED
    clause = policy.version.moves.clause if policy.version.moves else None
    barred = Figure("demoted_before", bars.apply(), bars, (), clause)
    target, by = operation.decide(tier, bool(demoted), fired)
    rule = next((rule for rule in rules if rule.id == by), None) if by else None
    next_tier = Figure(
        "next_tier",
        target,
        operation,
        (scope.figures["tier"], barred, *conditions),
        rule.clause if rule else None,
        rule.when.place if rule else None,
    )
    lost = None
    if demoted:
        free, wanted = operation.decide(tier, False, fired)  # noqa: FBT003
        lost = next((rule for rule in rules if rule.id == wanted), None) if free != target else None
    return Move(next_tier=next_tier, transition=rule, barred=lost)


def barring(policy: Policy, month: Month, standing: Standing) -> tuple[Month, ...]:
    """Return the demotions that bar a promotion at the end of ``month``.

    Both are dated by the month in which they take effect; a promotion from next month is barred by a demotion
    that took effect in the same quarter (or year).
    """
    moves = policy.version.moves
    if moves is None or not standing.demoted:
        return ()
    effect = month.plus(1)
    if moves.no_promotion_after_demotion == "quarter":
        return tuple(past for past in standing.demoted if past.quarter == effect.quarter)
    return tuple(past for past in standing.demoted if past.year == effect.year)


def outlook(policy: Policy, scope: Scope, tier: str) -> Outlook | None:
    """Return the nearest promotion from ``tier`` and the least score at which it happens, all else as it is."""
    promotions = policy.promotions.get(tier)
    if not promotions or policy.version.score is None:
        return None
    score = number(scope.values["score"])
    values = dict(scope.values)
    for rule, needed in promotions:
        values["score"] = needed
        if _holds(rule, values):
            step = policy.version.score.round.to
            return Outlook(transition=rule, score=needed, gap=max(round_to(ZERO, step), needed - score))
    return None


def _holds(rule: TransitionRule, values: Mapping[str, Value]) -> bool:
    try:
        return rule.when.formula.evaluate(values) is True
    except Undefined:
        return False
