"""Facts: what a month's conditions may ask besides the score: the tier, complaints, events, days, streaks."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpigen.exact import ZERO
from kpigen.expression import Undefined
from kpigen.figure import Figure, given
from kpigen.policy.action import Streak
from kpigen.policy.pay import Sum
from kpigen.policy.tally import Count
from kpigen.policy.tier import Held

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.engine.case import Case, Happening, Past
    from kpigen.engine.scope import Scope
    from kpigen.expression import Formula, Reference
    from kpigen.figure import Value
    from kpigen.month import Month
    from kpigen.policy.rules import Policy

__all__ = ["gather", "look_back", "visible_past"]

_COUNT, _SUM, _STREAK = Count(), Sum(), Streak()


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
        if reference.function in {"events", "amount"}:
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
    """Make every ``streak(…)`` of an assessed case readable in ``scope``; its score and facts must be there."""
    for key, condition in policy.streaks:
        now = _held(condition, str(month), scope.figures)
        before = (_held_then(condition, past) for past in _run(condition, case.standing.past))
        scope.derive(key, _STREAK, (now, *before) if now.value else (now,), None, None)


def _run(condition: Formula, history: tuple[Past, ...]) -> Iterator[Past]:
    """Yield the assessed months, newest first, up to and with the first in which the condition did not hold."""
    return (past for past in history[: _depth(condition, history)] if past.assessed)


def _depth(condition: Formula, history: tuple[Past, ...]) -> int:
    """Return how many months lie between now and the assessed month in which the condition did not hold, with it."""
    deepest = 0
    for months, past in enumerate(history, start=1):
        if past.assessed:
            deepest = months
            if not _holds(condition, past.values):
                break
    return deepest


def _holds(condition: Formula, values: Mapping[str, Value]) -> bool:
    """Tell whether a condition holds; one that has no value (not applicable, division by zero) does not."""
    try:
        return all(name in values for name in condition.names) and condition.evaluate(values) is True
    except Undefined:
        return False


def _held(condition: Formula, name: str, figures: Mapping[str, Figure]) -> Figure:
    values = {read: figures[read].value for read in condition.names if read in figures}
    if not _holds(condition, values):
        return given(name, value=False, place=None)
    return Figure(name, value=True, operation=condition, inputs=tuple(figures[read] for read in condition.names))


def _held_then(condition: Formula, past: Past) -> Figure:
    leaves = {read: given(f"{read} {past.month}", value, past.place) for read, value in past.values.items()}
    return _held(condition, str(past.month), leaves)


def visible_past(policy: Policy, history: tuple[Past, ...]) -> tuple[Past, ...]:
    """Return the part of an agent's past that the policy's conditions can see, newest first.

    A month's result depends on this part alone, so that a change further back leaves the month as it was.
    """
    return history[: max((_depth(condition, history) for _, condition in policy.streaks), default=0)]
