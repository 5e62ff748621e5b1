"""Results: what is worked out once everybody has a score, pots among it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpigen.engine.facts import look_around
from kpigen.engine.scorecard import read_part, work_out
from kpigen.exact import ZERO, plain, quantize
from kpigen.figure import Figure, given, number
from kpigen.finding import Finding, Rule
from kpigen.policy.measures.pot import places
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.engine.case import Case
    from kpigen.engine.field import Field
    from kpigen.engine.scope import Scope
    from kpigen.month import Month
    from kpigen.policy.rules import MeasureRule, Policy, PotRule

__all__ = ["conclude"]

POT = Rule("pot")


def conclude(policy: Policy, month: Month, field: Field) -> None:
    """Work out every result and make it readable, with its grade.

    What looks back alone is worked out also for whoever was not assessed this month.
    """
    for rule in policy.results:
        concerned = field.everybody if rule.measure.always else field.assessed
        look_around(rule.references, month, concerned.values(), field.teams)
        if rule.pot:
            for shared in _shared(rule.pot, field.assessed):
                _share_out(rule.measure, rule.pot, shared)
        else:
            for _, scope in concerned.values():
                work_out(rule.measure, scope)
        if rule.grade:
            for _, scope in concerned.values():
                figure = scope.figures[rule.measure.id]
                name = f"{rule.measure.id}_grade"
                scope.derive(name, rule.grade, (figure,), rule.measure.clause, rule.measure.place)


def _shared(pot: PotRule, assessed: Mapping[str, tuple[Case, Scope]]) -> Iterator[list[Scope]]:
    """Yield those who share a pot: each team, or everybody."""
    groups: dict[str, list[Scope]] = {}
    for case, scope in assessed.values():
        groups.setdefault(case.team if pot.by_team else "", []).append(scope)
    yield from groups.values()


def _share_out(rule: MeasureRule, pot: PotRule, scopes: list[Scope]) -> None:
    sharing: list[tuple[Scope, Figure, Figure]] = []
    amounts, by = rule.reads
    for scope in scopes:
        admitted = pot.among is None or scope.value(pot.among, otherwise=False) is True
        amount, mine = read_part(amounts, scope, f"{rule.id}:pot"), read_part(by, scope, f"{rule.id}:share")
        if admitted and amount.value is not None and mine.value is not None and number(mine.value) > 0:
            sharing.append((scope, amount, mine))
        else:
            scope.add(given(rule.id, ZERO, rule.place, rule.clause))
    if not sharing:
        return
    whole = quantize(number(sharing[0][1].value))
    for scope, amount, _ in sharing:
        if quantize(number(amount.value)) != whole:
            message = say(
                "For {agent}: the pot of {result} is {amount}, and {whole} for others who share it.",
                agent=scope.agent,
                result=rule.id,
                amount=plain(number(amount.value)),
                whole=plain(whole),
            )
            hint = say("A pot is one amount for all who share it: state it once, or share it within each team.")
            scope.findings.append(Finding.of(POT, rule.place, message, hint))
    weights = [number(mine.value) for _, _, mine in sharing]
    cents, order = places(whole, weights)
    everybody = given(f"{rule.id}:all", sum(weights, ZERO), rule.place)
    left = given(f"{rule.id}:cents", Decimal(cents), None)
    for (scope, amount, mine), place in zip(sharing, order, strict=True):
        inputs = (amount, mine, everybody, left, given(f"{rule.id}:place", Decimal(place), None))
        if rule.operation is None:
            raise TypeError(f"{rule.id} is no pot")
        scope.derive(rule.id, rule.operation, inputs, rule.clause, rule.place)
