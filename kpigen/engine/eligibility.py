"""Eligibility: whether an agent is assessed in a month, and the rule that says no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.engine.case import Absence
from kpigen.engine.facts import person
from kpigen.engine.scope import Scope
from kpigen.policy.period import ends

if TYPE_CHECKING:
    from kpigen.engine.case import Case
    from kpigen.figure import Figure
    from kpigen.month import Month
    from kpigen.policy.rules import Policy

__all__ = ["barred", "barred_by_person", "not_due", "why_not"]


def not_due(policy: Policy, month: Month, role: str | None) -> Absence | None:
    """Return why nobody of a role is assessed in a month: the period has not ended, or there is no scorecard."""
    every = policy.version.assess.every
    if role not in policy.cards:
        return Absence(every="never")
    return None if ends(month, every) else Absence(every=every)


def barred(policy: Policy, scope: Scope) -> Figure | None:
    """Return the first rule that does not hold, as a figure; one that reads what is not there is passed over."""
    for rule in policy.eligible:
        if all(scope.values.get(name) is not None for name in rule.formula.names):
            figure = scope.compute(rule, otherwise=True)
            if figure.value is not True:
                return figure
    return None


def barred_by_person(policy: Policy, month: Month, case: Case) -> Figure | None:
    """Return the rule that an agent fails whatever the month's records say: by employment, role or service."""
    if not policy.eligible:
        return None
    scope = Scope(case.agent, policy.constants)
    scope.add_all(person(case, month))
    return barred(policy, scope)


def why_not(policy: Policy, case: Case, scope: Scope) -> Absence | None:
    """Return why a case is not assessed: what its sheet says first, then the rules, then what is missing."""
    stated = case.absence
    if stated and (stated.reason is not None or stated.every not in {None, "never"}):
        return stated
    rule = barred(policy, scope)
    return Absence(rule=rule, place=case.place) if rule else stated
