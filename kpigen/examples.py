"""A policy's worked examples, computed by the engine and compared with what they expect."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from msgspec import structs

from kpigen.engine import Absence, Case, Happening, Outcome, Standing, Statement, advance, compute_month, outcome
from kpigen.engine.eligibility import not_due
from kpigen.exact import ZERO, plain
from kpigen.figure import Figure, given
from kpigen.finding import Finding, Rule
from kpigen.policy.example import Given
from kpigen.policy.inputs import NOT_APPLICABLE, Amount, Count, FlagInput, read_cell
from kpigen.policy.period import LENGTHS, ends
from kpigen.reading.faults import Fault
from kpigen.reading.readers import read_number
from kpigen.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.figure import Value
    from kpigen.finding import Place
    from kpigen.month import Month
    from kpigen.policy import Policy
    from kpigen.policy.example import Colleague, Example, Expected, Past
    from kpigen.reading.nodes import Document, Scalar
    from kpigen.text import Said

__all__ = ["check_examples", "run_example"]

EXAMPLE: Final = Rule("example")
EXAMPLE_CASE: Final = Rule("example-case")

_SERVICE: Final = 30
"""For how many months the agent of a case has been there that does not say when it joined."""

NONE: Final = say("none")
NOTHING: Final = say("nothing")


def check_examples(policy: Policy, document: Document) -> Iterator[Finding]:
    """Yield a finding for everything in which an example's result is not what it expects.

    Args:
        policy: the compiled version.
        document: its file, for the places.
    """
    for index, example in enumerate(policy.version.examples):
        where = ("examples", index)
        faults = tuple(_case_faults(policy, document, example.given, where))
        yield from faults
        if faults:
            continue
        statement, findings = run_example(policy, example, document.place((*where, "given")))
        yield from (_of_example(finding, example) for finding in findings)
        if findings:
            continue  # what differs comes of them
        for key, expected, computed in _differences(example.expect, statement):
            message = say(
                "Expected {key} {expected}, computed {computed}.",
                key=key,
                expected=expected,
                computed=computed,
            )
            hint = say("Correct the example, or the rule that it shows.")
            yield Finding.of(EXAMPLE, document.place((*where, "expect", *key.split("."))), message, hint)


def _of_example(finding: Finding, example: Example) -> Finding:
    """Let a finding name the example, not the agent that stands in for it."""
    name = say("the example “{name}”", name=example.name)
    values = tuple((key, name if key == "agent" else value) for key, value in finding.message.values)
    return replace(finding, message=Text(finding.message.template, values))


def run_example(policy: Policy, example: Example, place: Place) -> tuple[Statement, tuple[Finding, ...]]:
    """Compute an example: the months before it, then the month in question with the colleagues.

    Args:
        policy: the compiled version.
        example: a case that :func:`check_examples` found nothing wrong with.
        place: where the case stands.

    Returns:
        the statement of the agent in question, and the engine's findings.
    """
    case = example.given
    # Alone, everybody is the first: a case without colleagues says nothing about awards by place.
    alone = tuple(rule for rule in policy.awards if rule.by is None)
    policy = policy if case.others else replace(policy, awards=alone)
    month = case.month or policy.month
    first = _back(policy, month, len(case.before))
    standing = Standing(tier=case.tier or "", since=first)
    findings: list[Finding] = []
    for index, past in enumerate(case.before):
        earlier = _Setting(policy, first.plus(index * _step(policy)), place, {})
        statements, found = compute_month(policy, earlier.month, [_case(earlier, "A000", past, standing)])
        findings.extend(found)
        standing = advance(standing, _with_awards(outcome(policy, statements[0], policy.remembered), past))
    if case.carried:
        standing = structs.replace(standing, owed=case.carried)
    now, beside = _Setting(policy, month, place, _together(policy, case)), Standing(tier=case.tier or "", since=month)
    others = [_case(now, f"A{number:03}", other, beside) for number, other in enumerate(case.others, start=1)]
    statements, found = compute_month(policy, month, [_case(now, "A000", case, standing), *others])
    return statements[0], (*findings, *found)


def _together(policy: Policy, case: Given) -> Mapping[str, Scalar]:
    """Return what a case states of the whole team, which holds for colleagues of the same team too."""
    return {name: cell for name, cell in case.inputs.items() if name in policy.inputs and policy.inputs[name].stated}


def _step(policy: Policy) -> int:
    """Return how many months lie between one assessment and the next."""
    return LENGTHS[policy.version.assess.every]


def _back(policy: Policy, month: Month, periods: int) -> Month:
    return month.plus(-periods * _step(policy))


def _with_awards(before: Outcome, past: Past) -> Outcome:
    """Let an earlier month have the awards that the case says it had."""
    if not past.won:
        return before
    values = {**before.past.values, **{f"won({award})": Decimal(1) for award in past.won}}
    return structs.replace(before, past=structs.replace(before.past, values=values))


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the cases of one month of an example have in common; ``together`` is what is stated of the agent's team."""

    policy: Policy
    month: Month
    place: Place
    together: Mapping[str, Scalar]


def _case(setting: _Setting, agent: str, stated: Colleague, standing: Standing) -> Case:
    policy, month, place = setting.policy, setting.month, setting.place
    cells = {name: figure for name, figure in _cells(setting, stated) if figure is not None}
    absence = Absence(reason=stated.not_assessed, place=place) if stated.not_assessed else None
    clause = policy.version.score.clause if policy.version.score else None
    role = stated.role or next(iter(policy.version.roles), None)
    score = None if stated.score is None else given("score", stated.score, place, clause)
    joined, left = (stated.joined, stated.left) if isinstance(stated, Given) else (None, None)
    return Case(
        agent=agent,
        team=stated.team or "example",
        standing=standing,
        joined=joined or month.plus(-_SERVICE).first,
        role=role,
        employment=stated.employment or next(iter(policy.version.employment), None),
        first=max(joined or month.first, month.first),
        last=min(left or month.last, month.last),
        cells={} if absence else cells,
        absence=not_due(policy, month, role) or absence,
        complaints=tuple(
            Happening(id=f"C-{kind}-{number}", kind=kind, place=place)
            for kind, count in stated.complaints.items()
            for number in range(1, count + 1)
        ),
        events=tuple(_events(policy, stated, place)),
        stated_score=score,
        place=place,
    )


def _cells(setting: _Setting, stated: Colleague) -> Iterator[tuple[str, Figure | None]]:
    """Yield the cells that are stated; amounts, flags and counts left out are 0 and no.

    With a stated score, what a rule of eligibility reads is left out: whoever has a score is assessed.
    """
    policy, place = setting.policy, setting.place
    role = stated.role or next(iter(policy.version.roles), None)
    eligible = {name for rule in policy.eligible for name in rule.formula.names} if stated.score is not None else ()
    for name, spec in policy.inputs.items():
        cell = stated.inputs.get(name) or (None if stated.team else setting.together.get(name))
        elsewhere = name in eligible or not ends(setting.month, spec.every) or (spec.roles and role not in spec.roles)
        if cell is None and elsewhere:
            continue
        if cell is not None:
            value = read_cell(spec, cell)
            if isinstance(value, Fault):
                raise TypeError("a case with faults is not computed")
            yield name, Figure(name, value, None, (), spec.clause, place)
        elif isinstance(spec, FlagInput) and not spec.missing:
            yield name, Figure(name, value=False, clause=spec.clause, place=place)
        elif spec.missing:
            yield name, Figure(name, None, None, (), spec.clause, place)
        elif isinstance(spec, Amount | Count):
            yield name, Figure(name, ZERO, None, (), spec.clause, place)


def _events(policy: Policy, stated: Colleague, place: Place) -> Iterator[Happening]:
    for kind, numbers in stated.events.items():
        carries = policy.version.events[kind].amount is not None
        amounts = numbers if carries else (None,) * int(numbers[0])
        for number, amount in enumerate(amounts, start=1):
            yield Happening(id=f"E-{kind}-{number}", kind=kind, amount=amount, place=place)


def _case_faults(policy: Policy, document: Document, case: Given, where: tuple[str | int, ...]) -> Iterator[Finding]:
    """Yield what makes a case impossible to compute."""
    parts: list[tuple[Colleague, tuple[str | int, ...]]] = [(case, (*where, "given"))]
    parts += [(past, (*where, "given", "before", index)) for index, past in enumerate(case.before)]
    parts += [(other, (*where, "given", "others", index)) for index, other in enumerate(case.others)]
    if case.tier not in policy.order and (case.tier or policy.order):
        message = say("There is no tier {tier}.", tier=case.tier or NONE)
        yield _impossible(document, (*where, "given", *(("tier",) if case.tier else ())), message)
    month = case.month or policy.month
    if max(case.joined or month.first, month.first) > min(case.left or month.last, month.last):
        message = say("The agent is not employed in {month}.", month=str(month))
        yield _impossible(document, (*where, "given"), message)
    for part, at in parts:
        yield from _part_faults(policy, document, part, at, month)


def _part_faults(
    policy: Policy, document: Document, part: Colleague, at: tuple[str | int, ...], month: Month
) -> Iterator[Finding]:
    for name, cell in part.inputs.items():
        if name not in policy.inputs:
            yield _impossible(document, (*at, "inputs", name), say("The policy has no input {input}.", input=name))
            continue
        read = read_cell(policy.inputs[name], cell)
        if isinstance(read, Fault):
            yield read.at(document.place((*at, "inputs", name)))
    for kind, numbers in part.events.items():
        if kind not in policy.version.events:
            yield _impossible(document, (*at, "events", kind), say("The policy has no event {kind}.", kind=kind))
        elif policy.version.events[kind].amount is None and not _is_count(numbers):
            message = say("An event of kind {kind} carries no amount; state how many there were.", kind=kind)
            yield _impossible(document, (*at, "events", kind), message)
    role = part.role or next(iter(policy.version.roles), None)
    own = {**policy.own_inputs(role, month), **policy.team_inputs(month)}
    needed = [
        name for name, spec in own.items() if not spec.missing and not isinstance(spec, Amount | FlagInput | Count)
    ]
    lacking = [name for name in needed if name not in part.inputs] if role in policy.cards else []
    for key, words in (("role", policy.version.roles), ("employment", policy.version.employment)):
        word = getattr(part, key)
        if word is not None and word not in words:
            message = say("{word} is no {key} that is known here.", word=word, key=key)
            yield _impossible(document, (*at, key), message)
    if part.score is None and part.not_assessed is None and lacking:
        message = say(
            "Neither a score nor all scored inputs are stated; {inputs} are missing.",
            inputs=", ".join(lacking),
        )
        yield _impossible(document, at, message)


def _is_count(numbers: tuple[Decimal, ...]) -> bool:
    return len(numbers) == 1 and numbers[0] >= 0 and numbers[0] == numbers[0].to_integral_value()


def _impossible(document: Document, at: tuple[str | int, ...], message: Text) -> Finding:
    return Finding.of(EXAMPLE_CASE, document.place(at), message, say("Correct the example's case."))


def _differences(expected: Expected, statement: Statement) -> Iterator[tuple[str, Said, Said]]:
    """Yield key, expected and computed for everything that differs."""
    for key, wanted, got in _compared(expected, statement):
        if wanted is not None and wanted != got:
            yield key, _written(wanted), _written(got)


def _compared(expected: Expected, statement: Statement) -> Iterator[tuple[str, object, object]]:
    card = statement.card
    yield "score", expected.score, card.score.value if card else None
    yield "grade", expected.grade, card.grade.value if card and card.grade else None
    yield "rank", expected.rank, int(str(statement.rank.value)) if statement.rank else None
    yield "tier", expected.tier, statement.tier.value
    yield "next_tier", expected.next_tier, statement.next_tier.value
    yield "transition", expected.transition, statement.transition.id if statement.transition else "none"
    if expected.pay is not None:
        yield from _lines(expected.pay, {line.id: line.figure.value for line in statement.lines})
    yield "gross", expected.gross, statement.gross.value
    deductions = statement.deductions.value
    yield "deductions", expected.deductions, -deductions if isinstance(deductions, Decimal) else None
    yield "total", expected.total, statement.total.value
    yield "awards", expected.awards, tuple(award.id for award in statement.awards)
    yield "actions", expected.actions, tuple(due.rule.id for due in statement.actions)
    yield "assessed", expected.assessed, card is not None
    for name, wanted in (expected.results or {}).items():
        got = statement.values.get(name)
        yield f"results.{name}", _as_stated(wanted, got), got
    yield "carried", expected.carried, dict(statement.owed)


def _as_stated(wanted: str, got: Value) -> object:
    """Return what an example expects of a result: a number where that is one, else a word."""
    number = read_number(wanted)
    if wanted == NOT_APPLICABLE:
        return NONE if got is not None else got
    return number if isinstance(got, Decimal) and isinstance(number, Decimal) else str(wanted)


def _lines(expected: Mapping[str, Decimal], computed: Mapping[str, object]) -> Iterator[tuple[str, object, object]]:
    for name in (*expected, *(line for line in computed if line not in expected)):
        yield f"pay.{name}", expected.get(name, NOTHING), computed.get(name, NOTHING)


def _written(value: object) -> Said:
    if isinstance(value, Text):
        return value
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or NONE
    if isinstance(value, dict):
        return ", ".join(f"{name} {plain(amount)}" for name, amount in value.items()) or NONE
    return NONE if value is None else str(value)
