"""The scorecard: inputs to measures, measures to items, items to a score and a grade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from kpigen.figure import Figure, given
from kpigen.policy.score import ZeroItems

if TYPE_CHECKING:
    from kpigen.engine.case import Case
    from kpigen.engine.scope import Scope
    from kpigen.policy.computed import Computed
    from kpigen.policy.rules import ItemRule, MeasureRule, Policy

__all__ = ["Scorecard", "fill_scorecard", "lay_out", "measure", "read_part", "work_out"]

_ZERO_ITEMS = ZeroItems()


class Scorecard(Struct, frozen=True, kw_only=True):
    """An assessed agent's measures, items, score and grade; an item not applicable has the value None."""

    measures: tuple[Figure, ...]
    items: tuple[Figure, ...]
    score: Figure
    grade: Figure | None


def lay_out(policy: Policy, case: Case, scope: Scope) -> None:
    """Make the inputs that are stated readable; with a stated score, what it stands for is not applicable."""
    for name in policy.inputs:
        if name in case.cells:
            scope.add(case.cells[name])
    card = policy.card(case.role)
    for name in (*(card.others if card else ()), *policy.periodic, *policy.shared):
        if name not in case.cells:
            scope.add(given(name, None, case.place))
    if case.stated_score:
        _leave_out(policy, case, scope)


def measure(policy: Policy, case: Case, scope: Scope, *, assessed: bool) -> tuple[Figure, ...]:
    """Work out the measures and make them readable: all, or those that are known without an assessment.

    A stated score stands for some of them; what cannot be worked out then is not applicable.
    """
    noted = len(scope.findings)
    found = tuple(work_out(rule, scope) for rule in policy.measures if assessed or rule.always)
    if case.stated_score:
        del scope.findings[noted:]
    return found


def work_out(rule: MeasureRule, scope: Scope) -> Figure:
    """Work out a measure or a result and make it readable; not applicable where what it reads is not."""
    if rule.operation is None:
        (only,) = rule.reads
        return scope.add(scope.part(only, rule.id))
    read = tuple(read_part(each, scope, f"{rule.id}:{number}") for number, each in enumerate(rule.reads, start=1))
    return scope.derive(rule.id, rule.operation, read, rule.clause, rule.place)


def fill_scorecard(policy: Policy, case: Case, scope: Scope, measures: tuple[Figure, ...]) -> Scorecard | None:
    """Compute the scorecard of an assessed case and make its figures readable in ``scope``.

    Returns:
        the scorecard; None when every item is not applicable, so that there is no score.
    """
    card = policy.cards[case.role]
    stated = case.stated_score
    items = tuple(_item(rule, scope) for rule in card.items if stated is None or rule.id in case.cells)
    clause = policy.version.score.clause if policy.version.score else None
    score = stated or Figure(
        "score", card.score.apply(*[item.value for item in items]), card.score, items, clause, policy.score_place
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
    for item in policy.items:
        if item.operation is not None:
            scope.add(given(item.id, None, item.place, item.clause))


def _item(rule: ItemRule, scope: Scope) -> Figure:
    if rule.operation is None:
        return scope.figures[rule.id]
    read = tuple(read_part(each, scope, f"{rule.id}:{number}") for number, each in enumerate(rule.reads, start=1))
    breach = () if rule.breach is None else (scope.compute(rule.breach, otherwise=False, name=f"{rule.id}:zero"),)
    return scope.derive(rule.id, rule.operation, (*breach, *read), rule.clause, rule.place)


def read_part(rule: Computed, scope: Scope, name: str) -> Figure:
    """Return what an item or a measure reads: a figure that has the name already, or a formula's value.

    Its value is None where it is not applicable.
    """
    names = rule.formula.names
    if len(names) == 1 and rule.formula.text == names[0]:
        return scope.figures[names[0]]
    return scope.part(rule, name)
