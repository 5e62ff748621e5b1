"""Facts: what a month's conditions may ask besides the score: tier, complaints, events, days, service, references."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpigen.exact import ZERO
from kpigen.figure import Figure, given
from kpigen.policy.references import REFERENCES, View
from kpigen.policy.tally import Count, Sum
from kpigen.policy.tier import Held

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from kpigen.engine.case import Case, Happening
    from kpigen.engine.scope import Scope
    from kpigen.expression import Reference
    from kpigen.month import Month
    from kpigen.policy.references import Past
    from kpigen.policy.rules import Policy

__all__ = ["gather", "look_around", "service_months", "visible_past"]

_COUNT, _SUM = Count(), Sum()


def service_months(joined: date, month: Month, last: int | None = None) -> int:
    """Return how many whole months of service are completed when a month ends, or its day ``last``."""
    after, day = (month, last + 1) if last is not None and last < month.days else (month.plus(1), 1)
    months = (after.year - joined.year) * 12 + after.number - joined.month
    return max(0, months if day >= joined.day else months - 1)


def gather(policy: Policy, month: Month, case: Case, scope: Scope) -> Figure:
    """Make the facts that hold for every case readable in ``scope``; return the tier held."""
    tier = scope.add(held(case))
    scope.add(given("assessed", case.absence is None, None))
    scope.add(given("days_employed", Decimal(case.days), None))
    scope.add(given("days_in_month", Decimal(month.days), None))
    for name, fact in person(case, month).items():
        scope.add(given(name, fact, None))
    complaints = [given(complaint.id, value=True, place=complaint.place) for complaint in case.complaints]
    scope.derive("upheld_complaints", _COUNT, tuple(complaints), None, None)
    for reference in policy.tallies:
        _tally(reference, case, scope)
    return tier


def held(case: Case) -> Figure:
    """Return the tier that the month begins with; its value is None where the policy has no tiers."""
    standing = case.standing
    if not standing.tier:
        return given("tier", None, None)
    return Figure("tier", standing.tier, Held(standing.tier, standing.since, standing.by))


def person(case: Case, month: Month) -> Mapping[str, Decimal | bool | str | None]:
    """Return what is known of an agent without any record of the month."""
    months = service_months(case.joined, month, case.last.day)
    years, before = months // 12, service_months(case.joined, month.plus(-1)) // 12
    return {
        "role": case.role,
        "employment": case.employment,
        "service_months": Decimal(months),
        "service_years": Decimal(years),
        "anniversary": years > before,
    }


def _tally(reference: Reference, case: Case, scope: Scope) -> None:
    kind = reference.arguments[0]
    if reference.function == "complaints":
        counted = [each for each in case.complaints if kind in (each.kind, each.also)]
        scope.derive(reference.key, _COUNT, _marks(counted), None, None)
        return
    mine = [event for event in case.events if event.kind == kind]
    if reference.function == "events":
        scope.derive(reference.key, _COUNT, _marks(mine), None, None)
    else:
        amounts = [given(event.id, event.amount or ZERO, event.place) for event in mine]
        scope.derive(reference.key, _SUM, tuple(amounts), None, None)


def _marks(happenings: Iterable[Happening]) -> tuple[Figure, ...]:
    return tuple(given(each.id, value=True, place=each.place) for each in happenings)


def look_around(
    references: Iterable[Reference],
    month: Month,
    opened: Iterable[tuple[Case, Scope]],
    teams: Mapping[str, Mapping[str, Mapping[str, Figure]]],
) -> None:
    """Make references readable in the scopes of cases, one reference after the other, for it may look at everybody.

    What is readable already is left as it is.

    Args:
        references: those that others read first.
        month: the month.
        opened: the cases.
        teams: for each team, the figures of each assessed agent of it.
    """
    listed = tuple(opened)
    for reference in references:
        kind = REFERENCES[reference.function]
        for case, scope in listed:
            if reference.key in scope.figures:
                continue
            view = View(month, scope.figures, case.standing.past, teams.get(case.team, {}))
            scope.add(kind.figure(reference, view))


def visible_past(policy: Policy, month: Month, history: tuple[Past, ...]) -> tuple[Past, ...]:
    """Return the part of an agent's past that the policy's conditions can see in a month, newest first.

    A month's result depends on this part alone, so that a change further back leaves the month as it was.
    """
    depths = (REFERENCES[each.function].depth(each, month, history) for each in policy.derived)
    return history[: max(depths, default=0)]
