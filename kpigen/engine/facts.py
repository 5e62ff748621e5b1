"""Facts: what a month's conditions may ask besides the score: the tier, complaints, events, days, streaks."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpigen.exact import ZERO
from kpigen.figure import Figure, given
from kpigen.policy.references import REFERENCES
from kpigen.policy.tally import Count, Sum
from kpigen.policy.tier import Held

if TYPE_CHECKING:
    from kpigen.engine.case import Case, Happening
    from kpigen.engine.scope import Scope
    from kpigen.expression import Reference
    from kpigen.month import Month
    from kpigen.policy.references import Past
    from kpigen.policy.rules import Policy

__all__ = ["gather", "look_back", "visible_past"]

_COUNT, _SUM = Count(), Sum()


def gather(policy: Policy, month: Month, case: Case, scope: Scope) -> Figure:
    """Make the facts that hold for every case readable in ``scope``; return the tier held."""
    standing = case.standing
    held = Held(standing.tier, standing.since, standing.by)
    tier = scope.add(Figure("tier", standing.tier, held))
    scope.add(given("assessed", case.absence is None, None))
    scope.add(given("days_employed", Decimal(case.days), None))
    scope.add(given("days_in_month", Decimal(month.days), None))
    complaints = [given(complaint.id, value=True, place=complaint.place) for complaint in case.complaints]
    scope.derive("upheld_complaints", _COUNT, tuple(complaints), None, None)
    for reference in policy.references:
        if reference.function not in REFERENCES:
            _tally(reference, case.events, scope)
    return tier


def _tally(reference: Reference, events: tuple[Happening, ...], scope: Scope) -> None:
    kind = reference.arguments[0]
    mine = [event for event in events if event.kind == kind]
    if reference.function == "events":
        counted = [given(event.id, value=True, place=event.place) for event in mine]
        scope.derive(reference.key, _COUNT, tuple(counted), None, None)
    else:
        amounts = [given(event.id, event.amount or ZERO, event.place) for event in mine]
        scope.derive(reference.key, _SUM, tuple(amounts), None, None)


def look_back(policy: Policy, month: Month, case: Case, scope: Scope) -> None:
    """Make every lookback of an assessed case readable in ``scope``; its score and facts must be there."""
    for reference in policy.derived:
        kind = REFERENCES[reference.function]
        scope.add(kind.figure(reference, month, scope.figures, case.standing.past))


def visible_past(policy: Policy, month: Month, history: tuple[Past, ...]) -> tuple[Past, ...]:
    """Return the part of an agent's past that the policy's conditions can see in a month, newest first.

    A month's result depends on this part alone, so that a change further back leaves the month as it was.
    """
    depths = (REFERENCES[each.function].depth(each, month, history) for each in policy.derived)
    return history[: max(depths, default=0)]
