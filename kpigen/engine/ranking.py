"""Ranking: competition ranks 1, 1, 3 of a department's month, and who wins an award."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from kpigen.engine.facts import look_around
from kpigen.engine.statement import Award
from kpigen.exact import ZERO
from kpigen.figure import Figure, given, number
from kpigen.policy.awards.prize import Prize, Rank, SharedPrize
from kpigen.policy.pay import Where
from kpigen.policy.period import ends

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.engine.field import Field
    from kpigen.engine.scope import Scope
    from kpigen.month import Month
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


def winners(policy: Policy, month: Month, field: Field) -> Mapping[str, tuple[Award, ...]]:
    """Return the awards that each agent has won; afterwards ``won(award)`` is readable of whoever was assessed."""
    won: dict[str, list[Award]] = {}
    for key in policy.asked_awards:
        for _, scope in field.assessed.values():
            scope.add(given(key, ZERO, None))
    for rule in policy.awards:
        look_around(rule.references, month, field.assessed.values(), field.teams)
        found = dict(_winners(rule, field)) if ends(month, rule.every) else {}
        for agent, award in found.items():
            won.setdefault(agent, []).append(award)
        if f"won({rule.id})" in policy.asked_awards:
            for agent, (_, scope) in field.assessed.items():
                scope.add(given(f"won({rule.id})", Decimal(agent in found), None, rule.clause))
    return {agent: tuple(awards) for agent, awards in won.items()}


def _winners(rule: AwardRule, field: Field) -> Iterator[tuple[str, Award]]:
    # Figures are made for the winners alone: of all the others it is never shown how they came not to win.
    contenders = field.everybody if rule.unassessed else field.assessed
    admitted = {agent: each for agent, each in contenders.items() if _admitted(rule, each[1])}
    if rule.by is None:
        for agent, (_, scope) in admitted.items():
            yield agent, _granted(rule, scope)
        return
    groups: dict[str, dict[str, Scope]] = {}
    for agent, (case, scope) in admitted.items():
        groups.setdefault(case.team if rule.by_team or rule.of_teams else "", {})[agent] = scope
    if rule.of_teams:
        yield from _best_teams(rule, groups)
        return
    for scopes in groups.values():
        values = {agent: _value(rule, scope) for agent, scope in scopes.items()}
        yield from _placed(rule, scopes, values, {agent: agent for agent in scopes})


def _best_teams(rule: AwardRule, groups: Mapping[str, Mapping[str, Scope]]) -> Iterator[tuple[str, Award]]:
    """Yield the members of the teams that win: a team's value is that of its best member."""
    values = {team: max(_value(rule, scope) for scope in scopes.values()) for team, scopes in groups.items()}
    scopes = {agent: scope for members in groups.values() for agent, scope in members.items()}
    yield from _placed(rule, scopes, values, {agent: team for team, members in groups.items() for agent in members})


def _placed(
    rule: AwardRule, scopes: Mapping[str, Scope], values: Mapping[str, Decimal], unit: Mapping[str, str]
) -> Iterator[tuple[str, Award]]:
    """Yield those who come far enough; what is ranked are agents, or the teams that are their ``unit``."""
    places = rule.stated.places(len(values))
    if places is None or rule.by is None:
        return
    first, last = places
    ahead, tied = _ahead(values), Counter(values.values())
    for agent, scope in scopes.items():
        rank = ahead[unit[agent]] + 1
        if first <= rank <= last:
            by = scope.compute(rule.by, otherwise=ZERO, name=f"{rule.id}:by")
            place = _rank(f"{rule.id}:rank", by, rank - 1)
            equal = tied[values[unit[agent]]]
            yield agent, _prize(rule, scope, place, (first, last), equal if rule.split else 1)


def _prize(rule: AwardRule, scope: Scope, place: Figure, places: tuple[int, int], tied: int) -> Award:
    amount = scope.pay(rule.amount)
    inputs = (_admission(rule, scope), place, *amount.inputs)
    rank = int(number(place.value))
    if amount.operation is None:
        return _award(rule, rank, Figure(rule.id, amount.value, None, inputs, rule.clause, rule.place))
    prize = Prize(*places, amount.operation)
    if tied == 1:
        return _award(rule, rank, Figure(rule.id, amount.value, prize, inputs, rule.clause, rule.place))
    shared = SharedPrize(prize, tied)
    value = shared.apply(*[part.value for part in inputs])
    return _award(rule, rank, Figure(rule.id, value, shared, inputs, rule.clause, rule.place))


def _granted(rule: AwardRule, scope: Scope) -> Award:
    amount = scope.pay(rule.amount)
    operation = Where(amount.operation) if amount.operation else None
    inputs = (_admission(rule, scope), *amount.inputs)
    return _award(rule, None, Figure(rule.id, amount.value, operation, inputs, rule.clause, rule.place))


def _award(rule: AwardRule, rank: int | None, figure: Figure) -> Award:
    return Award(id=rule.id, clause=rule.clause, rank=rank, figure=figure)


def _value(rule: AwardRule, scope: Scope) -> Decimal:
    value = scope.value(rule.by, otherwise=ZERO) if rule.by else ZERO
    return number(value)


def _admitted(rule: AwardRule, scope: Scope) -> bool:
    return rule.among is None or scope.value(rule.among, otherwise=False) is True


def _admission(rule: AwardRule, scope: Scope) -> Figure:
    if rule.among is None:
        return given(f"{rule.id}:among", True, rule.place, rule.clause)  # noqa: FBT003
    return scope.compute(rule.among, otherwise=False, name=f"{rule.id}:among")
