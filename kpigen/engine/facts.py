"""Facts: what a month's conditions may ask besides the score: tier, complaints, events, days, service, references."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from kpigen.exact import ZERO
from kpigen.figure import Figure, given
from kpigen.policy.references import REFERENCES, View
from kpigen.policy.tally import Count, Sum
from kpigen.policy.tier import Held

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
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
    months = (month.year - joined.year) * 12 + month.number - joined.month
    if last is None or last >= month.days:
        return max(0, months + 1 if joined.day == 1 else months)
    return max(0, months if last + 1 >= joined.day else months - 1)


def gather(policy: Policy, month: Month, case: Case, scope: Scope) -> Figure:
    """Make the facts that hold for every case readable in ``scope``; return the tier held."""
    tier = held(case)
    facts = (
        tier,
        _fact("assessed", case.absence is None),
        _whole("days_employed", case.days),
        _whole("days_in_month", month.days),
        *person(case, month),
        _count("upheld_complaints", case.complaints),
        *[_tally(reference, case) for reference in policy.tallies],
    )
    scope.add_all(facts)
    return tier


def held(case: Case) -> Figure:
    """Return the tier that the month begins with; its value is None where the policy has no tiers."""
    standing = case.standing
    if not standing.tier:
        return given("tier", None, None)
    return Figure("tier", standing.tier, Held(standing.tier, standing.since, standing.by))


def person(case: Case, month: Month) -> tuple[Figure, ...]:
    """Return what is known of an agent without any record of the month."""
    months, before = service_months(case.joined, month, case.last.day), service_months(case.joined, month.plus(-1))
    return (_fact("role", case.role), _fact("employment", case.employment), *_service(months, before))


# What says the same of many agents, and stands nowhere in the records, is one figure for all of them.
@cache
def _fact(name: str, value: str | bool | None) -> Figure:  # noqa: FBT001 - a figure's value
    return given(name, value, None)


@cache
def _whole(name: str, number: int) -> Figure:
    return given(name, Decimal(number), None)


@cache
def _service(months: int, before: int) -> tuple[Figure, ...]:
    return (
        _whole("service_months", months),
        _whole("service_years", months // 12),
        _fact("anniversary", months // 12 > before // 12),
    )


def _tally(reference: Reference, case: Case) -> Figure:
    key, kind = reference.key, reference.arguments[0]
    if reference.function == "complaints":
        return _count(key, [each for each in case.complaints if kind in (each.kind, each.also)])
    mine = [event for event in case.events if event.kind == kind]
    if reference.function == "events":
        return _count(key, mine)
    amounts = [given(event.id, event.amount or ZERO, event.place) for event in mine]
    return _derived(key, _SUM, amounts) if amounts else _nothing(key, _SUM)


def _count(name: str, happenings: Sequence[Happening]) -> Figure:
    if not happenings:
        return _nothing(name, _COUNT)
    return _derived(name, _COUNT, [given(each.id, value=True, place=each.place) for each in happenings])


def _derived(name: str, operation: Count | Sum, inputs: Sequence[Figure]) -> Figure:
    return Figure(name, operation.apply(*[figure.value for figure in inputs]), operation, tuple(inputs))


@cache
def _nothing(name: str, operation: Count | Sum) -> Figure:
    return _derived(name, operation, ())


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
