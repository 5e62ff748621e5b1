"""Paying: the lines of a statement, earnings and awards first, then deductions within their limits."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpigen.engine.statement import Line
from kpigen.exact import ZERO
from kpigen.figure import Figure
from kpigen.policy.pay import Deducted, Owed, Prorated, Remainder, Where
from kpigen.policy.period import ends
from kpigen.policy.tally import Sum

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kpigen.engine.case import Case
    from kpigen.engine.scope import Scope
    from kpigen.month import Month
    from kpigen.policy.rules import PayRule, Policy

__all__ = ["deduct", "earn", "total"]

_SUM, _PRORATED, _DEDUCTED, _REMAINDER = Sum(), Prorated(), Deducted(), Remainder()


def earn(policy: Policy, month: Month, scope: Scope, *, assessed: bool) -> tuple[Line, ...]:
    """Return the lines that are paid, awards aside; a line of 0 is left out."""
    lines = []
    for rule in policy.paid:
        if (assessed or rule.unassessed) and ends(month, rule.every):
            figure = _amount(rule, scope)
            if figure is not None and figure.value:
                lines.append(Line(id=rule.id, clause=rule.clause, figure=figure))
    return tuple(lines)


def _amount(rule: PayRule, scope: Scope) -> Figure | None:
    """Return a line's amount; None where its condition does not hold."""
    condition = None
    if rule.when is not None:
        condition = scope.compute(rule.when, otherwise=False, name=f"{rule.id}:when")
        if condition.value is not True:
            return None
    figure = scope.pay(rule.amount)
    if rule.prorated:
        figure = _prorated(rule, scope, figure)
    if condition is None or figure.operation is None:
        return figure
    operation = rule.where if figure.operation is rule.amount.operation else Where(figure.operation)
    return Figure(rule.id, figure.value, operation, (condition, *figure.inputs), rule.clause, rule.place)


def _prorated(rule: PayRule, scope: Scope, figure: Figure) -> Figure:
    """Split an amount by the days employed, where these are not the whole month; rounded once, after it is split."""
    days, of = scope.figures["days_employed"], scope.figures["days_in_month"]
    if days.value == of.value or figure.operation is None:
        return figure
    exact, inputs = rule.amount.formula, figure.inputs
    value = exact.apply(*[part.value for part in inputs])
    whole = Figure(f"{rule.id}:whole", value, exact, inputs, figure.clause, figure.place)
    return Figure(
        rule.id,
        _PRORATED.apply(whole.value, days.value, of.value),
        _PRORATED,
        (whole, days, of),
        rule.prorate_clause,
        rule.place,
    )


def deduct(
    policy: Policy, month: Month, case: Case, scope: Scope, *, assessed: bool
) -> tuple[tuple[Line, ...], Mapping[str, Decimal]]:
    """Return the lines that are deducted from the gross pay in ``scope``, and what is owed after them, by line."""
    lines: list[Line] = []
    owed: dict[str, Decimal] = dict(case.standing.owed)
    for rule in policy.deducted:
        if rule.deduction is None or not (assessed or rule.unassessed) or not ends(month, rule.every):
            continue
        due = _due(rule, case, scope)
        owed.pop(rule.id, None)
        if not due.value:  # so for nearly everybody, of whom the limits need not be computed
            continue
        limits = tuple(scope.compute(limit, otherwise=ZERO, name=f"{rule.id}:limit") for limit in rule.deduction.limits)
        inputs = (due, *limits)
        amount = _DEDUCTED.apply(*[figure.value for figure in inputs])
        figure = Figure(rule.id, amount, _DEDUCTED, inputs, rule.clause, rule.place)
        if figure.value:
            lines.append(Line(id=rule.id, clause=rule.clause, figure=figure))
        left = _REMAINDER.apply(due.value, figure.value)
        if rule.deduction.carry and isinstance(left, Decimal) and left > 0:
            owed[rule.id] = left
    return tuple(lines), owed


def _due(rule: PayRule, case: Case, scope: Scope) -> Figure:
    """Return what is to be deducted: this month's amount and what earlier months left."""
    now = None
    if rule.when is None or scope.compute(rule.when, otherwise=False).value is True:
        now = scope.pay(rule.amount, f"{rule.id}:now")
    before = case.standing.owed.get(rule.id)
    left = (Figure(f"{rule.id}:owed", before, Owed(before)),) if before else ()
    parts = (*((now,) if now else ()), *left)
    return Figure(f"{rule.id}:due", _SUM.apply(*[part.value for part in parts]), _SUM, parts, rule.clause, rule.place)


def total(name: str, figures: Iterable[Figure]) -> Figure:
    """Return the sum of figures."""
    inputs = tuple(figures)
    return Figure(name, _SUM.apply(*[figure.value for figure in inputs]), _SUM, inputs)
