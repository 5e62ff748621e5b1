"""Ranking: competition ranks 1, 1, 3 of a department's month, and who wins an award."""

from __future__ import annotations

from bisect import bisect_right
from decimal import Decimal
from typing import TYPE_CHECKING

from kpigen.engine.statement import Award
from kpigen.exact import ZERO
from kpigen.figure import Figure, given, number
from kpigen.policy.award import Prize, Rank

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.engine.scope import Scope
    from kpigen.policy.rules import AwardRule, Policy

__all__ = ["ranks", "winners"]

_RANK = Rank()


def ranks(name: str, by: Mapping[str, Figure]) -> Mapping[str, Figure]:
    """Return each agent's rank by a figure, the highest first."""
    ahead = _ahead({agent: number(figure.value) for agent, figure in by.items()})
    return {agent: _rank(name, figure, ahead[agent]) for agent, figure in by.items()}


def _ahead(by: Mapping[str, Decimal]) -> Mapping[str, int]:
    """Return for each agent how many have a higher value."""
    ascending = sorted(by.values())
    return {agent: len(ascending) - bisect_right(ascending, value) for agent, value in by.items()}


def _rank(name: str, figure: Figure, ahead: int) -> Figure:
    inputs = (figure, given(f"{name}:ahead", Decimal(ahead), None))
    return Figure(name, _RANK.apply(*[part.value for part in inputs]), _RANK, inputs)


def winners(policy: Policy, scopes: Mapping[str, Scope]) -> Mapping[str, tuple[Award, ...]]:
    """Return the awards that each agent has won; ``scopes`` holds the assessed agents only."""
    won: dict[str, list[Award]] = {}
    for rule in policy.awards:
        for agent, award in _winners(rule, scopes):
            won.setdefault(agent, []).append(award)
    return {agent: tuple(awards) for agent, awards in won.items()}


def _winners(rule: AwardRule, scopes: Mapping[str, Scope]) -> list[tuple[str, Award]]:
    # Figures are made for the winners alone: of all the others it is never shown how they came not to win.
    admitted = {agent: scope for agent, scope in scopes.items() if _admitted(rule, scope)}
    ahead = _ahead({agent: number(scope.value(rule.by, otherwise=ZERO)) for agent, scope in admitted.items()})
    won = []
    for agent, scope in admitted.items():
        if ahead[agent] + 1 == rule.rank:
            by = scope.compute(rule.by, otherwise=ZERO, name=f"{rule.id}:by")
            place = _rank(f"{rule.id}:rank", by, ahead[agent])
            amount = scope.pay(rule.amount)
            prize = Prize(rule.rank, amount.operation) if amount.operation else None
            inputs = (_admission(rule, scope), place, *amount.inputs)
            figure = Figure(rule.id, amount.value, prize, inputs, rule.clause, rule.place)
            won.append((agent, Award(id=rule.id, clause=rule.clause, rank=rule.rank, figure=figure)))
    return won


def _admitted(rule: AwardRule, scope: Scope) -> bool:
    return rule.among is None or scope.value(rule.among, otherwise=False) is True


def _admission(rule: AwardRule, scope: Scope) -> Figure:
    if rule.among is None:
        return given(f"{rule.id}:among", True, rule.place, rule.clause)  # noqa: FBT003
    return scope.compute(rule.among, otherwise=False, name=f"{rule.id}:among")
