"""A department's month: every case to its statement. Pure, and the same whatever the order of the cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from kpigen.engine.case import Absence, Case, Outcome
from kpigen.engine.consequences import act, waiting
from kpigen.engine.eligibility import why_not
from kpigen.engine.facts import gather, look_around
from kpigen.engine.field import Field
from kpigen.engine.moves import outlook, settle, stay
from kpigen.engine.paying import deduct, earn, total
from kpigen.engine.ranking import ranks, winners
from kpigen.engine.results import conclude
from kpigen.engine.scope import Scope
from kpigen.engine.scorecard import Scorecard, fill_scorecard, lay_out, measure
from kpigen.engine.statement import Line, Statement
from kpigen.exact import arithmetic
from kpigen.figure import Figure, given
from kpigen.finding import Finding, Place, Rule
from kpigen.policy.references import Past
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from kpigen.engine.statement import Award
    from kpigen.month import Month
    from kpigen.policy.rules import Policy

__all__ = ["compute_month", "outcome"]


NO_SCORE = Rule("no-score")


class _Open(Struct, frozen=True):
    """A case being computed."""

    case: Case
    scope: Scope
    tier: Figure
    card: Scorecard | None
    absence: Absence | None


def compute_month(
    policy: Policy, month: Month, cases: Iterable[Case], only: Container[str] | None = None
) -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
    """Compute a month of a department.

    Args:
        policy: the version in force.
        month: the month.
        cases: one for every agent employed in it, in any order.
        only: the agents whose statements are wanted; everybody takes part all the same.

    Returns:
        the statements by agent id, and a finding for every expression that had no value.
    """
    with arithmetic():
        opened = [_open(policy, month, case) for case in sorted(cases, key=lambda case: case.agent)]
        everybody = {each.case.agent: (each.case, each.scope) for each in opened}
        scored = {each.case.agent: each.card.score for each in opened if each.card}
        assessed = {agent: each for agent, each in everybody.items() if agent in scored}
        by_score = ranks("rank", scored)
        teams: dict[str, dict[str, Mapping[str, Figure]]] = {}
        for agent, (case, scope) in assessed.items():
            scope.add(by_score[agent])
            teams.setdefault(case.team, {})[agent] = scope.figures
        field = Field(assessed=assessed, everybody=everybody, teams=teams)
        conclude(policy, month, field)
        look_around(policy.unassessed, month, field.unassessed, teams)
        won = winners(policy, month, field)
        look_around(policy.late, month, assessed.values(), teams)
        statements = tuple(
            _close(policy, month, each, won.get(each.case.agent, ()))
            for each in opened
            if only is None or each.case.agent in only
        )
    return statements, tuple(finding for each in opened for finding in each.scope.findings)


def _open(policy: Policy, month: Month, case: Case) -> _Open:
    scope = Scope(case.agent, policy.constants)
    tier = gather(policy, month, case, scope)
    lay_out(policy, case, scope)
    absence = case.absence
    if policy.eligible:
        look_around(policy.barring, month, [(case, scope)], {})
        absence = why_not(policy, case, scope)
        scope.add(given("assessed", absence is None, None))
    if policy.early:
        look_around(policy.early, month, [(case, scope)], {})
    measures = measure(policy, case, scope, assessed=absence is None)
    card = None if absence else fill_scorecard(policy, case, scope, measures)
    if card is None and absence is None:
        scope.findings.append(_no_score(case))
    return _Open(case, scope, tier, card, absence)


def _no_score(case: Case) -> Finding:
    message = say("Nothing of {agent} is applicable, so that there is no score.", agent=case.agent)
    return Finding.of(NO_SCORE, case.place or Place(""), message, say("Write not_assessed: with the reason."))


def _close(policy: Policy, month: Month, each: _Open, awards: tuple[Award, ...]) -> Statement:
    case, scope, card = each.case, each.scope, each.card
    assessed = card is not None
    move = settle(policy, month, case, scope) if assessed or policy.moves_unassessed else stay(case)
    paid = (
        *earn(policy, month, scope, assessed=assessed),
        *(Line(id=award.id, clause=award.clause, figure=award.figure) for award in awards if award.figure.value),
    )
    gross = total("gross", (line.figure for line in paid))
    scope.add(gross)
    deducted, owed = deduct(policy, month, case, scope, assessed=assessed)
    lines = (*paid, *deducted)
    due = act(policy, month, scope, assessed=assessed)
    still, settled = waiting(month, case, due)
    return Statement(
        case=case,
        month=month,
        card=card,
        rank=scope.figures.get("rank"),
        tier=each.tier,
        next_tier=move.next_tier,
        transition=move.transition,
        barred=move.barred,
        outlook=outlook(policy, scope, case.standing.tier) if assessed else None,
        lines=lines,
        gross=gross,
        deductions=total("deductions", (line.figure for line in deducted)),
        total=total("total", (line.figure for line in lines)),
        awards=awards,
        actions=due,
        open=still,
        settled=settled,
        results=tuple(scope.figures[rule.measure.id] for rule in policy.results if rule.measure.id in scope.figures),
        absence=each.absence,
        owed=owed,
        values=scope.values,
    )


def outcome(policy: Policy, statement: Statement, remembered: Iterable[str]) -> Outcome:
    """Return what a statement leaves for the months after it.

    Args:
        policy: the version that was in force.
        statement: the month's result.
        remembered: the names whose values later months may look back at.
    """
    tier, before, rank = str(statement.next_tier.value or ""), statement.case.standing.tier, policy.order.index
    return Outcome(
        tier=tier,
        by=statement.transition.id if statement.transition else None,
        demoted=tier != before and rank(tier) < rank(before),
        owed=statement.owed,
        open=statement.open,
        past=Past(
            month=statement.month,
            assessed=statement.card is not None,
            values={name: statement.values[name] for name in sorted(remembered) if name in statement.values},
            place=statement.case.place,
        ),
    )
