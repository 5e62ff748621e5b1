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
    ascending = sorted(number(figure.value) for figure in by.values())
    result = {}
    for agent, figure in by.items():
        ahead = given(f"{name}:ahead", Decimal(len(ascending) - bisect_right(ascending, number(figure.value))), None)
        inputs = (figure, ahead)
        result[agent] = Figure(name, _RANK.apply(figure.value, ahead.value), _RANK, inputs)
    return result


def winners(policy: Policy, scopes: Mapping[str, Scope]) -> Mapping[str, tuple[Award, ...]]:
    """Return the awards that each agent has won; ``scopes`` holds the assessed agents only."""
    won: dict[str, list[Award]] = {}
    for rule in policy.awards:
        for agent, award in _winners(rule, scopes):
            won.setdefault(agent, []).append(award)
    return {agent: tuple(awards) for agent, awards in won.items()}


def _winners(rule: AwardRule, scopes: Mapping[str, Scope]) -> list[tuple[str, Award]]:
    admitted = {agent: figure for agent, scope in scopes.items() if (figure := _admission(rule, scope)).value is True}
    by = {agent: scopes[agent].compute(rule.by, otherwise=ZERO, name=f"{rule.id}:by") for agent in admitted}
    places = ranks(f"{rule.id}:rank", by)
    won = []
    for agent, place in places.items():
        if place.value == rule.rank:
            amount = scopes[agent].pay(rule.amount)
            prize = Prize(rule.rank, amount.operation) if amount.operation else None
            inputs = (admitted[agent], place, *amount.inputs)
            figure = Figure(rule.id, amount.value, prize, inputs, rule.clause, rule.place)
            won.append((agent, Award(id=rule.id, clause=rule.clause, rank=rule.rank, figure=figure)))
    return won


def _admission(rule: AwardRule, scope: Scope) -> Figure:
    if rule.among is None:
        return given(f"{rule.id}:among", True, rule.place, rule.clause)  # noqa: FBT003
    return scope.compute(rule.among, otherwise=False, name=f"{rule.id}:among")
