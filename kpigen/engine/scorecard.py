"""The scorecard: inputs to measures, measures to items, items to a score and a grade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from kpigen.figure import Figure, given
from kpigen.policy.score import ZeroItems

if TYPE_CHECKING:
    from kpigen.engine.case import Case
    from kpigen.engine.scope import Scope
    from kpigen.policy.rules import Computed, ItemRule, Policy

__all__ = ["Scorecard", "fill_scorecard"]

_ZERO_ITEMS = ZeroItems()


class Scorecard(Struct, frozen=True, kw_only=True):
    """An assessed agent's measures, items, score and grade; an item not applicable has the value None."""

    measures: tuple[Figure, ...]
    items: tuple[Figure, ...]
    score: Figure
    grade: Figure | None


def fill_scorecard(policy: Policy, case: Case, scope: Scope) -> Scorecard | None:
    """Compute the scorecard of an assessed case and make its figures readable in ``scope``.

    Returns:
        the scorecard; None when every item is not applicable, so that there is no score.
    """
    for name in policy.inputs:
        if name in case.cells:
            scope.add(case.cells[name])
    stated = case.stated_score
    if stated:
        _leave_out(policy, case, scope)
    measures = () if stated else tuple(_measure(policy, index, scope) for index in range(len(policy.measures)))
    items = tuple(_item(rule, scope) for rule in policy.items if stated is None or rule.id in case.cells)
    score = stated or Figure(
        "score",
        policy.score.apply(*[item.value for item in items]),
        policy.score,
        items,
        policy.version.score.clause,
        policy.score_place,
    )
    if score.value is None:
        return None
    scope.add(score)
    scope.derive("items_at_zero", _ZERO_ITEMS, items, None, None)
    grade = scope.derive("grade", policy.grade, (score,), None, policy.score_place) if policy.grade else None
    return Scorecard(measures=measures, items=items, score=score, grade=grade)


def _leave_out(policy: Policy, case: Case, scope: Scope) -> None:
    """Make not applicable what a stated score stands for: inputs that are not stated, measures, computed items."""
    for name, spec in policy.inputs.items():
        if name not in case.cells:
            scope.add(given(name, None, case.place, spec.clause))
    for measure in policy.measures:
        scope.add(given(measure.id, None, measure.place, measure.clause))
    for item in policy.items:
        if item.operation is not None:
            scope.add(given(item.id, None, item.place, item.clause))


def _measure(policy: Policy, index: int, scope: Scope) -> Figure:
    rule = policy.measures[index]
    if scope.applicable(rule):
        return scope.add(scope.compute(rule, otherwise=None))
    return scope.add(given(rule.id, None, rule.place, rule.clause))


def _item(rule: ItemRule, scope: Scope) -> Figure:
    if rule.operation is None:
        return scope.figures[rule.id]
    read = tuple(_read(each, scope, f"{rule.id}:{number}") for number, each in enumerate(rule.reads, start=1))
    breach = () if rule.breach is None else (scope.compute(rule.breach, otherwise=False, name=f"{rule.id}:zero"),)
    return scope.derive(rule.id, rule.operation, (*breach, *read), rule.clause, rule.place)


def _read(rule: Computed, scope: Scope, name: str) -> Figure:
    """Return what an item reads: a figure that has the name already, or a formula's value; None: not applicable."""
    names = rule.formula.names
    if len(names) == 1 and rule.formula.text == names[0]:
        return scope.figures[names[0]]
    if not scope.applicable(rule):
        return given(name, None, rule.place, rule.clause)
    return scope.compute(rule, otherwise=None, name=name)
