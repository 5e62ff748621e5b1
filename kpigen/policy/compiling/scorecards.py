"""Compiling the scorecard: who is eligible, measures, items, the score by role, grades."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from kpigen.exact import ZERO
from kpigen.expression import FLAG, Number
from kpigen.finding import Rule
from kpigen.policy.compiling.compiler import Wanted, needed
from kpigen.policy.compiling.vocabulary import COUNTED, known_of_everybody
from kpigen.policy.inputs import Points
from kpigen.policy.items.breach import ZeroWhen
from kpigen.policy.measures import PotMeasure
from kpigen.policy.references import OF_TEAM
from kpigen.policy.rounding import CENTS, Rounded
from kpigen.policy.rules import Card, ItemRule, MeasureRule
from kpigen.policy.score import GradeOf, ScoreOf, WeightedScore
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from kpigen.figure import Operation
    from kpigen.policy.compiling.compiler import Compiler, Location
    from kpigen.policy.computed import Computed
    from kpigen.policy.items import Conversion
    from kpigen.policy.measures import Measure
    from kpigen.policy.score import Grade, Score
    from kpigen.text import Text

__all__ = [
    "compile_cards",
    "compile_eligible",
    "compile_grades",
    "compile_items",
    "compile_measures",
    "known",
    "measure_rule",
    "unknown",
]

POINTS_TOTAL = Rule("points-total")
CONVERSION = Rule("conversion")
MEASURE = Rule("measure")
GRADE_BANDS = Rule("grade-bands")
UNKNOWN_ROLE = Rule("unknown-role")
NO_SCORE = Rule("score-missing")


def compile_eligible(compiler: Compiler) -> tuple[Computed, ...]:
    """Compile who is assessed."""
    return tuple(
        compiler.condition((rule.id, rule.clause), ("eligible", index, "when"), rule.when)
        for index, rule in enumerate(compiler.version.eligible)
    )


def compile_measures(compiler: Compiler) -> tuple[MeasureRule, ...]:
    """Compile the measures; each can be read by those after it."""
    rules = []
    for name, measure in compiler.version.measures.items():
        where: Location = ("measures", name)
        for key in ("every", "grades"):
            if getattr(measure, key):
                compiler.find(MEASURE, (*where, key), say("Only a result has `{key}`.", key=key))
        if isinstance(measure, PotMeasure):
            message = say("A pot can only be shared out once everybody has a score.")
            compiler.find(MEASURE, where, message, say("Put it under `results`."))
        rules.append(measure_rule(compiler, where, name, measure))
    return tuple(rules)


def measure_rule(compiler: Compiler, where: Location, name: str, measure: Measure) -> MeasureRule:
    """Compile a measure or a result, and let expressions read it from now on."""
    owner, kind = (name, measure.clause), Number(measure.unit)
    parameters = {name: each.value for name, each in compiler.version.parameters.items()}
    unnamed = [(at, each) for at, each in measure.named() if each not in parameters]
    for at, each in unnamed:
        hint = say("The parameters are: {parameters}.", parameters=", ".join(parameters))
        compiler.find(MEASURE, (*where, *at), say("There is no parameter {parameter}.", parameter=each), hint)
    values = {**parameters, **{each: ZERO for _, each in unnamed}}
    operation = measure.operation(values)
    if operation is None:
        (at, text), *_ = measure.reads()
        reads: tuple[Computed, ...] = (compiler.formula(owner, (*where, *at), text, Wanted(kind, measure.round)),)
    else:
        reads = tuple(compiler.formula(owner, (*where, *at), text, Wanted(None)) for at, text in measure.reads())
        faults = tuple(measure.faults(tuple(each.formula.result for each in reads), values))
        for at, message in faults:
            compiler.find(MEASURE, (*where, *at), message)
        money = measure.unit == compiler.version.currency and not isinstance(measure, PotMeasure)
        if rounding := measure.round or (CENTS if money else None):
            operation = Rounded(operation, rounding)
    compiler.names[name] = kind
    rule = MeasureRule(
        id=name,
        reads=reads,
        operation=operation,
        always=known(compiler, reads) and not isinstance(measure, PotMeasure),
        clause=measure.clause,
        place=compiler.place(*where),
    )
    if rule.always:
        compiler.always.add(name)
    return rule


def known(compiler: Compiler, parts: Iterable[Computed]) -> bool:
    """Tell whether expressions read only what is known also of whoever was not assessed."""
    return not unknown(compiler, parts)


def unknown(compiler: Compiler, parts: Iterable[Computed]) -> tuple[str, ...]:
    """Return what expressions read that is not known of whoever was not assessed."""
    listed = tuple(parts)
    together = {name for name, spec in compiler.version.inputs.items() if spec.stated}
    everybody = known_of_everybody(compiler.version) | compiler.always | together
    keys: set[str] = set()
    for reference in needed(listed):
        inner = {name for argument in reference.arguments if not isinstance(argument, str) for name in argument.names}
        looks_beyond = reference.function in {"total", "count", "mean", "previous", *OF_TEAM}
        if looks_beyond or (reference.function in {*COUNTED, "applicable"} and inner <= everybody | keys):
            keys.add(reference.key)
    names = dict.fromkeys(name for each in listed for name in each.formula.names)
    return tuple(name for name in names if name not in everybody | keys)


def compile_items(compiler: Compiler, measures: tuple[MeasureRule, ...]) -> tuple[ItemRule, ...]:
    """Compile the items: inputs that are points and no part of another item, then those that are computed."""
    version = compiler.version
    computed = {name: _item(compiler, name, item) for name, item in version.items.items()}
    used = {name for rule in computed.values() for each in rule.reads for name in each.formula.names}
    for measure in reversed(measures):
        if measure.id in used:
            used |= {name for each in measure.reads for name in each.formula.names}
    stated = tuple(
        ItemRule(id=name, most=spec.points, roles=spec.roles, clause=spec.clause, place=compiler.place("inputs", name))
        for name, spec in version.inputs.items()
        if isinstance(spec, Points) and name not in used
    )
    items = (*stated, *computed.values())
    if items and version.score is None:
        message = say("There are items, and no score that adds them up.")
        compiler.find(NO_SCORE, ("items",) if version.items else ("inputs",), message, say("Add `score:`."))
    compiler.names.update({name: Number("points") for name in computed})
    return items


def _item(compiler: Compiler, name: str, item: Conversion) -> ItemRule:
    where: Location = ("items", name)
    owner = (name, item.clause)
    reads = tuple(compiler.formula(owner, (*where, *at), text, Wanted(None)) for at, text in item.reads())
    faults = tuple(item.faults(tuple(each.formula.result for each in reads)))
    for at, message in faults:
        compiler.find(CONVERSION, (*where, *at), message)
    breach = None
    operation: Operation | None = None if faults else item.conversion()
    if operation and item.round:
        operation = Rounded(operation, item.round)
    if item.zero_when is not None:
        named = (name, item.zero_clause or item.clause)
        breach = compiler.formula(named, (*where, "zero_when"), item.zero_when, Wanted(FLAG))
        operation = operation and ZeroWhen(operation)
    return ItemRule(
        id=name,
        most=item.points,
        reads=reads,
        breach=breach,
        operation=operation,
        roles=item.roles,
        clause=item.clause,
        place=compiler.place(*where),
    )


def compile_cards(compiler: Compiler, items: tuple[ItemRule, ...]) -> Mapping[str | None, Card]:
    """Compile each role's scorecard; its items must add up to what the score is out of."""
    version = compiler.version
    for section, listed in (("inputs", version.inputs), ("items", version.items)):
        for name, each in listed.items():
            for word in each.roles:
                if word not in version.roles:
                    message = say("There is no role {role}.", role=word)
                    hint = say("The roles are: {roles}.", roles=", ".join(version.roles))
                    compiler.find(UNKNOWN_ROLE, (section, name, "roles"), message, hint)
    if version.score is None:
        return {}
    cards: dict[str | None, Card] = {}
    known: tuple[str | None, ...] = tuple(version.roles) or (None,)
    for role in known:
        mine = tuple(item for item in items if not item.roles or role in item.roles)
        roles = {
            **{item.id: item.roles for item in items},
            **{name: spec.roles for name, spec in version.inputs.items()},
        }
        others = tuple(name for name, listed in roles.items() if listed and role not in listed)
        if not mine and version.roles:
            continue  # a role that is not scored
        cards[role] = Card(items=mine, others=others, score=_score(compiler, version.score, mine, role))
    return cards


def _score(compiler: Compiler, score: Score, items: tuple[ItemRule, ...], role: str | None) -> Operation:
    most = tuple(item.most for item in items)
    if score.sum == "points":
        _points_add_up(compiler, score, most, role)
        return Rounded(ScoreOf(most, score.of), score.round)
    weights = tuple(_weight(compiler, item) for item in items)
    if sum(weights, Fraction(0)) != 1 and all(weights):
        total = sum(weights, Fraction(0))
        said = say("The items' weights add up to {total}, not to 1 (100%).", total=str(total))
        compiler.find(POINTS_TOTAL, ("score", "sum"), _for_role(said, role), say("Change the items' weights."))
    return Rounded(WeightedScore(most, weights, score.of), score.round)


def _weight(compiler: Compiler, item: ItemRule) -> Fraction:
    section = "items" if item.id in compiler.version.items else "inputs"
    weight = getattr(getattr(compiler.version, section)[item.id], "weight", None)
    if weight is None:
        message = say("{item} has no weight, and the score adds up weights.", item=item.id)
        compiler.find(POINTS_TOTAL, (section, item.id), message, say("Add `weight: 20%`, or `1/3`."))
        return Fraction(0)
    return Fraction(weight)


def _points_add_up(compiler: Compiler, score: Score, most: tuple[Decimal, ...], role: str | None) -> None:
    total = sum(most, ZERO)
    stated = score.points or score.of
    if total == stated:
        return
    said = say("The items' points add up to {total}, the score is out of {of}.", total=total, of=stated)
    hint = say(
        "Change the items' points, or state `points: {total}` beside `of`: they are then scaled openly.", total=total
    )
    compiler.find(POINTS_TOTAL, ("score", "of" if score.points is None else "points"), _for_role(said, role), hint)


def _for_role(said: Text, role: str | None) -> Text:
    return said if role is None else say("For the role {role}: {reason}", role=role, reason=said)


def compile_grades(compiler: Compiler, where: Location, grades: Mapping[str, Grade]) -> GradeOf | None:
    """Compile bands of grades, which begin at 0 and ascend."""
    bounds = tuple((grade.from_, name) for name, grade in grades.items())
    if not bounds:
        return None
    if bounds[0][0] != 0:
        compiler.find(GRADE_BANDS, (*where, bounds[0][1], "from"), say("The lowest grade must begin at 0."))
    for (before, _), (bound, name) in pairwise(bounds):
        if bound <= before:
            message = say(
                "{bound} does not come after {before}; write the lowest grade first.", bound=bound, before=before
            )
            compiler.find(GRADE_BANDS, (*where, name, "from"), message)
    return GradeOf(bounds)
