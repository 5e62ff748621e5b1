"""A department's month: every case to its statement. Pure, and the same whatever the order of the cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from kpigen.engine.case import Case, Outcome
from kpigen.engine.facts import gather, look_back
from kpigen.engine.moves import outlook, settle, stay
from kpigen.engine.paying import deduct, earn, total
from kpigen.engine.ranking import ranks, winners
from kpigen.engine.scope import Scope
from kpigen.engine.scorecard import Scorecard, fill_scorecard
from kpigen.engine.statement import Line, Statement
from kpigen.exact import arithmetic
from kpigen.figure import Figure
from kpigen.finding import Finding, Place, Rule
from kpigen.policy.references import Past
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpigen.engine.statement import Award
    from kpigen.month import Month
    from kpigen.policy.rules import ActionRule, Policy

__all__ = ["compute_month", "outcome"]


NO_SCORE = Rule("no-score")


class _Open(Struct, frozen=True):
    """A case being computed."""

    case: Case
    scope: Scope
    tier: Figure
    card: Scorecard | None


def compute_month(
    policy: Policy, month: Month, cases: Iterable[Case]
) -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
    """Compute a month of a department.

    Args:
        policy: the version in force.
        month: the month.
        cases: one for every agent employed in it, in any order.

    Returns:
        the statements by agent id, and a finding for every expression that had no value.
    """
    with arithmetic():
        opened = [_open(policy, month, case) for case in sorted(cases, key=lambda case: case.agent)]
        assessed = {each.case.agent: each for each in opened if each.card}
        by_score = ranks("rank", {agent: each.card.score for agent, each in assessed.items() if each.card})
        for agent, each in assessed.items():
            each.scope.add(by_score[agent])
            look_back(policy, month, each.case, each.scope)
        won = winners(policy, {agent: each.scope for agent, each in assessed.items()})
        statements = tuple(_close(policy, month, each, won.get(each.case.agent, ())) for each in opened)
    return statements, tuple(finding for each in opened for finding in each.scope.findings)


def _open(policy: Policy, month: Month, case: Case) -> _Open:
    scope = Scope(case.agent, policy.constants)
    tier = gather(policy, month, case, scope)
    card = None if case.absence else fill_scorecard(policy, case, scope)
    if card is None and case.absence is None:
        scope.findings.append(_no_score(case))
    return _Open(case, scope, tier, card)


def _no_score(case: Case) -> Finding:
    message = say("Nothing of {agent} is applicable, so that there is no score.", agent=case.agent)
    return Finding.of(NO_SCORE, case.place or Place(""), message, say("Write not_assessed: with the reason."))


def _close(policy: Policy, month: Month, each: _Open, awards: tuple[Award, ...]) -> Statement:
    case, scope, card = each.case, each.scope, each.card
    move = settle(policy, month, case, scope) if card else stay(case)
    paid = (
        *earn(policy, scope, assessed=card is not None),
        *(Line(id=award.id, clause=award.clause, figure=award.figure) for award in awards if award.figure.value),
    )
    gross = total("gross", (line.figure for line in paid))
    deducted, owed = deduct(policy, case, scope, gross, assessed=card is not None)
    lines = (*paid, *deducted)
    return Statement(
        case=case,
        month=month,
        card=card,
        rank=scope.figures.get("rank"),
        tier=each.tier,
        next_tier=move.next_tier,
        transition=move.transition,
        barred=move.barred,
        outlook=outlook(policy, scope, case.standing.tier) if card else None,
        lines=lines,
        gross=gross,
        deductions=total("deductions", (line.figure for line in deducted)),
        total=total("total", (line.figure for line in lines)),
        awards=awards,
        actions=_actions(policy, scope) if card else (),
        owed=owed,
        values=scope.values,
    )


def _actions(policy: Policy, scope: Scope) -> tuple[tuple[ActionRule, Figure], ...]:
    due = (rule for rule in policy.actions if scope.value(rule.when, otherwise=False) is True)
    return tuple((rule, scope.compute(rule.when, otherwise=False)) for rule in due)


def outcome(policy: Policy, statement: Statement, remembered: Iterable[str]) -> Outcome:
    """Return what a statement leaves for the months after it.

    Args:
        policy: the version that was in force.
        statement: the month's result.
        remembered: the names whose values later months may look back at.
    """
    tier = str(statement.next_tier.value)
    rank = policy.order.index
    return Outcome(
        tier=tier,
        by=statement.transition.id if statement.transition else None,
        demoted=rank(tier) < rank(statement.case.standing.tier),
        owed=statement.owed,
        past=Past(
            month=statement.month,
            assessed=statement.card is not None,
            values={name: statement.values[name] for name in sorted(remembered) if name in statement.values},
            place=statement.case.place,
        ),
    )
