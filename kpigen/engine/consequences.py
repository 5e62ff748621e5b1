"""Consequences: the actions that are due, by their conditions and by ladders, and those that wait for an outcome."""

from __future__ import annotations

from datetime import timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING

from kpigen.engine.case import OpenAction
from kpigen.engine.statement import Due
from kpigen.exact import ZERO
from kpigen.figure import Figure
from kpigen.policy.ladder import Rung
from kpigen.policy.period import ends, lapses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from kpigen.engine.case import Case
    from kpigen.engine.scope import Scope
    from kpigen.month import Month
    from kpigen.policy.rules import ActionRule, LadderRule, Policy

__all__ = ["act", "waiting"]


def act(policy: Policy, month: Month, scope: Scope, *, assessed: bool) -> tuple[Due, ...]:
    """Return the actions that are due, in the order of the policy."""
    found = []
    for rule in policy.actions:
        if rule.when is None or not (assessed or rule.unassessed) or not ends(month, rule.every):
            continue
        if scope.value(rule.when, otherwise=False) is True:
            found.append(_due(rule, month, scope.compute(rule.when, otherwise=False)))
    found.extend(due for ladder in policy.ladders for due in _climb(ladder, month, scope))
    if len(found) < 2:  # noqa: PLR2004 - one needs no order
        return tuple(found)
    order = [rule.id for rule in policy.actions]
    return tuple(sorted(found, key=lambda each: order.index(each.rule.id)))


def _due(rule: ActionRule, month: Month, figure: Figure, ladder: LadderRule | None = None) -> Due:
    lapse = month.plus(rule.lapses_months).last if rule.lapses_months else None
    if ladder and lapse is None and not rule.settled_by:
        lapse = lapses(month, ladder.within).last
    return Due(
        rule=rule,
        figure=figure,
        ladder=ladder.id if ladder else None,
        due=month.last + timedelta(days=rule.due_days) if rule.due_days else None,
        lapses=lapse,
    )


def _climb(ladder: LadderRule, month: Month, scope: Scope) -> Iterator[Due]:
    """Yield the step that a ladder leads to, if it counts something this month."""
    now = scope.value(ladder.now, otherwise=ZERO)
    if not now:
        return
    inputs = (
        scope.compute(ladder.now, otherwise=ZERO, name=f"{ladder.id}:now"),
        scope.compute(ladder.total, otherwise=ZERO, name=f"{ladder.id}:total"),
    )
    for (least, rule), above in zip_longest(ladder.steps, ladder.steps[1:]):
        rung = Rung(least, above[0] if above else None)
        if rung.apply(*[figure.value for figure in inputs]) is True:
            figure = Figure(ladder.id, True, rung, inputs, ladder.clause, ladder.place)  # noqa: FBT003
            yield _due(rule, month, figure, ladder)


def waiting(
    month: Month, case: Case, due: Iterable[Due]
) -> tuple[tuple[OpenAction, ...], tuple[tuple[OpenAction, date], ...]]:
    """Return the actions that wait for an outcome after this month, and those that its events have settled.

    Each event settles one action that it can settle, the oldest first; those of this month come last.
    """
    new = tuple(
        OpenAction(action=each.rule.id, month=month, due=each.due, settled_by=each.rule.settled_by)
        for each in due
        if each.rule.settled_by
    )
    if not new and not case.standing.open:
        return (), ()
    events = sorted((event for event in case.events), key=lambda event: (event.on or month.last, event.id))
    still, settled = [], []
    for action in (*case.standing.open, *new):
        event = next((event for event in events if event.kind in action.settled_by), None)
        if event is None:
            still.append(action)
        else:
            events.remove(event)
            settled.append((action, event.on or month.last))
    return tuple(still), tuple(settled)
