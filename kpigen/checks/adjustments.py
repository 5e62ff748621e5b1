"""Checks of adjustments: what they correct, and whether what they restate can be right."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kpigen.checks.incidents import EVENT_AMOUNT
from kpigen.checks.sheets import MISSING_INPUT, NOT_ASSESSED_ALONE, no_reason
from kpigen.exact import CENT, plain, round_to
from kpigen.finding import Finding, Rule, Severity
from kpigen.month import Month
from kpigen.policy.inputs import read_cell
from kpigen.reading.decode import UNKNOWN_KEY
from kpigen.reading.faults import Fault
from kpigen.records import NOT_ASSESSED, AboutComplaint, AboutEvent, vacant
from kpigen.repository import close_path
from kpigen.restating import in_order, last_words
from kpigen.roster import employed, role_of, team_of
from kpigen.text import nearest, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.checks.context import MonthContext
    from kpigen.finding import Place
    from kpigen.policy import Policy
    from kpigen.policy.inputs import InputSpec
    from kpigen.records import About, Adjustment
    from kpigen.repository import Filed, MonthRecords

__all__ = ["NOTHING_THERE", "check_adjustments", "month_in_question"]

NOTHING_THERE = Rule("nothing-there")
NOT_CLOSED = Rule("not-closed")
NOTHING_RESTATED = Rule("nothing-restated")
RESTATED_TWICE = Rule("restated-twice")
NO_CHANGE = Rule("no-change", Severity.WARNING)
OTHER_SUBJECT = Rule("other-subject")
NOT_UPHELD = Rule("not-upheld")


def month_in_question(about: About) -> Month | None:
    """Return the month that an appeal is about."""
    match about:
        case AboutComplaint(complaint=stated) | AboutEvent(event=stated):
            return Month.parse(stated[2:9])
        case _:
            return about.month


def check_adjustments(context: MonthContext) -> Iterator[Finding]:
    """Yield what is wrong with the month's adjustments."""
    for filed in context.records.adjustments:
        record = filed.record
        yield from context.own_id(filed, record.adjustment, "adjustment")
        # Whoever has left is corrected too.
        about_agent = tuple(context.agent(filed, record.agent, "agent", month=record.corrects))
        yield from about_agent
        about_month = tuple(_corrects(context, filed))
        yield from about_month
        if not (record.inputs or record.complaints or record.events):
            message = say("This adjustment restates nothing.")
            hint = say("Add what is right under inputs:, complaints: or events:.")
            yield Finding.of(NOTHING_RESTATED, filed.place("adjustment"), message, hint)
        yield from _appeal(context, filed)
        subject = _subject(context, filed)
        if subject and not about_agent:
            yield from _inputs(subject)
            if subject.records:
                yield from _complaints(subject, subject.records)
                yield from _events(subject, subject.records)
            yield from _against_others(subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """An adjustment and the agent-month that it restates; its records are None where they cannot be looked at.

    ``earlier`` are the adjustments about the same agent-month that come before it, the last one last.
    """

    filed: Filed[Adjustment]
    policy: Policy
    records: MonthRecords | None
    earlier: tuple[Filed[Adjustment], ...]
    role: str | None
    team: str | None

    @property
    def inputs(self) -> Mapping[str, InputSpec]:
        """The inputs that a sheet states about the agent in that month."""
        month = self.filed.record.corrects
        return {**self.policy.own_inputs(self.role, month), **self.policy.team_inputs(month)}


def _subject(context: MonthContext, filed: Filed[Adjustment]) -> _Subject | None:
    record = filed.record
    policy, known = context.roster.policy(record.corrects), context.roster.agents.get(record.agent)
    if policy is None or known is None or employed(known.record, record.corrects) is None:
        return None
    earlier: list[Filed[Adjustment]] = []
    month = record.corrects.plus(1)
    while month <= context.records.month:
        here = context.records if month == context.records.month else context.other(month)
        earlier.extend(in_order(here.adjustments) if here else ())
        month = month.plus(1)
    before = earlier[: earlier.index(filed)] if filed in earlier else []
    return _Subject(
        filed=filed,
        policy=policy,
        records=context.other(record.corrects),
        earlier=tuple(
            each for each in before if (each.record.agent, each.record.corrects) == (record.agent, record.corrects)
        ),
        role=role_of(policy, known.record, record.corrects),
        team=team_of(known.record, record.corrects),
    )


def _corrects(context: MonthContext, filed: Filed[Adjustment]) -> Iterator[Finding]:
    """An adjustment corrects a closed month before its own."""
    corrects = filed.record.corrects
    if corrects >= context.records.month:
        message = say("{month} is not a month before the adjustment's.", month=str(corrects))
        hint = say("Move it to the month that is open; it corrects a month that is closed.")
    elif close_path(context.roster.id, corrects) not in context.known:
        message = say("{month} is not closed.", month=str(corrects))
        hint = say("Correct the records of {month} themselves.", month=str(corrects))
    else:
        return
    yield Finding.of(NOT_CLOSED, filed.place("corrects"), message, hint)


def _inputs(subject: _Subject) -> Iterator[Finding]:
    """The inputs are those of the policy in force then and of the agent's role, and their values fit."""
    filed, inputs = subject.filed, subject.inputs
    stated, wrong = filed.record.inputs, False
    for name, cell in stated.items():
        if name == NOT_ASSESSED:
            yield from no_reason(cell, filed.place("inputs", name))
            continue
        if NOT_ASSESSED in stated:
            wrong = True
            message = say(
                "{agent} is not assessed, so that {input} has no meaning.", agent=filed.record.agent, input=name
            )
            hint = say("Remove it, or remove not_assessed.")
            yield Finding.of(NOT_ASSESSED_ALONE, filed.place("inputs", name, key=True), message, hint)
        elif name not in inputs:
            wrong = True
            yield _no_input(subject, name)
        elif isinstance(read := read_cell(inputs[name], cell), Fault):
            wrong = True
            yield read.at(filed.place("inputs", name))
    if stated and NOT_ASSESSED not in stated and not wrong:
        yield from _missing(subject)


def _no_input(subject: _Subject, name: str) -> Finding:
    place, policy = subject.filed.place("inputs", name, key=True), subject.policy
    if name in policy.inputs:
        message = say(
            "{input} is not stated about {agent} in {month}.",
            input=name,
            agent=subject.filed.record.agent,
            month=str(subject.filed.record.corrects),
        )
        hint = say("The inputs are: {inputs}.", inputs=", ".join(subject.inputs))
        return Finding.of(UNKNOWN_KEY, place, message, hint)
    near = nearest(name, (*policy.inputs, NOT_ASSESSED))
    hint = (
        say("Did you mean {near}?", near=near)
        if near
        else say("The inputs are: {inputs}.", inputs=", ".join(policy.inputs))
    )
    return Finding.of(UNKNOWN_KEY, place, say("The policy has no input {input}.", input=name), hint)


def _missing(subject: _Subject) -> Iterator[Finding]:
    """Whoever is assessed after all has every input, stated in the sheet or here."""
    filed, agent = subject.filed, subject.filed.record.agent
    known = {name for name, value in _stated(subject, subject.filed).items() if value is not None}
    missing = [name for name, spec in subject.inputs.items() if name not in known and not spec.missing]
    if missing and subject.records:
        yield Finding.of(
            MISSING_INPUT,
            filed.place("inputs", key=True),
            say("{agent} lacks {inputs}.", agent=agent, inputs=", ".join(missing)),
            say("Restate these too: the sheet of {month} does not have them.", month=str(filed.record.corrects)),
        )


def _stated(subject: _Subject, *more: Filed[Adjustment]) -> dict[str, str | None]:
    """Return what sheet and earlier adjustments, and ``more``, state about the agent-month, as text."""
    found: dict[str, str | None] = {}
    agent, records = subject.filed.record.agent, subject.records
    for sheet in records.sheets if records else ():
        if sheet.stem == subject.team:
            line = {**sheet.record.together, **sheet.record.agents.get(agent, {})}
            found |= {name: str(cell) for name, cell in line.items() if not vacant(cell)}
    for filed in (*subject.earlier, *more):
        inputs = filed.record.inputs
        if inputs:
            found[NOT_ASSESSED] = None
        found |= {name: str(cell) for name, cell in inputs.items()}
    return found


def _complaints(subject: _Subject, records: MonthRecords) -> Iterator[Finding]:
    """The complaints are of the month and about the agent."""
    listed = {each.record.complaint: each.record for each in records.complaints}
    for name in subject.filed.record.complaints:
        place = subject.filed.place("complaints", name, key=True)
        if name not in listed:
            yield _not_there(name, place, f"{records.folder}/complaints/{name}.yaml", records.month)
        elif listed[name].agent != subject.filed.record.agent:
            yield _others(name, listed[name].agent, place)


def _events(subject: _Subject, records: MonthRecords) -> Iterator[Finding]:
    """The events are of the month, about the agent or the agent's team; an amount is restated where there is one."""
    filed = subject.filed
    listed = {each.record.event: each.record for each in records.events}
    for name, value in filed.record.events.items():
        key, event = filed.place("events", name, key=True), listed.get(name)
        if event is None:
            yield _not_there(name, key, f"{records.folder}/events/{name}.yaml", records.month)
        elif (event.agent or event.team) not in {filed.record.agent, subject.team}:
            yield _others(name, event.agent or event.team or "", key)
        elif isinstance(value, Decimal) and event.amount is None:
            message = say("An event of kind {kind} carries no amount.", kind=event.kind)
            yield Finding.of(EVENT_AMOUNT, filed.place("events", name), message, say("Write withdrawn, or remove it."))
        elif isinstance(value, Decimal) and (value <= 0 or value != round_to(value, CENT)):
            message = say("{amount} is no amount of an event.", amount=plain(value))
            hint = say("Write an amount above 0 with at most two decimals, or withdrawn.")
            yield Finding.of(EVENT_AMOUNT, filed.place("events", name), message, hint)


def _not_there(name: str, place: Place, path: str, month: Month) -> Finding:
    if name[2:9] != str(month):
        message = say("{id} is not of {month}, the month that is corrected.", id=name, month=str(month))
        return Finding.of(OTHER_SUBJECT, place, message, say("Correct each month by an adjustment of its own."))
    return Finding.of(
        NOTHING_THERE, place, say("There is no {id}.", id=name), say("It would stand at {path}.", path=path)
    )


def _others(name: str, whose: str, place: Place) -> Finding:
    message = say("{id} is about {agent}.", id=name, agent=whose)
    return Finding.of(OTHER_SUBJECT, place, message, say("An adjustment restates what is about its own agent."))


def _against_others(subject: _Subject) -> Iterator[Finding]:
    """What is restated differs from what is stated already, and is restated once in a month's folder."""
    filed = subject.filed
    folder = filed.path.rpartition("/")[0]
    beside = [each for each in subject.earlier if each.path.rpartition("/")[0] == folder]
    stated, record = _stated(subject), filed.record
    for key, name, same in (
        *(("inputs", name, _same(subject, name, cell, stated.get(name))) for name, cell in record.inputs.items()),
        *(
            ("complaints", name, value == _word(subject, "complaints", name))
            for name, value in record.complaints.items()
        ),
        *(("events", name, value == _word(subject, "events", name)) for name, value in record.events.items()),
    ):
        twice = next((each for each in beside if name in getattr(each.record, key)), None)
        if twice is not None:
            message = say("{id} restates {name} of the same month too.", id=twice.record.adjustment, name=name)
            hint = say("Keep one of the two.")
            place = twice.place(key, name, key=True)
            yield Finding.of(RESTATED_TWICE, filed.place(key, name, key=True), message, hint, related=(place,))
        elif same:
            message = say("{name} is stated like this already.", name=name)
            hint = say("Leave it out, unless it is to say that an appeal was carried out before the month was closed.")
            yield Finding.of(NO_CHANGE, filed.place(key, name), message, hint)


def _same(subject: _Subject, name: str, cell: str, stated: str | None) -> bool:
    """Tell whether a cell says what is stated already."""
    spec = subject.inputs.get(name)
    if stated is None or spec is None:
        return stated is not None and name == NOT_ASSESSED and stated == str(cell)
    now, before = read_cell(spec, cell), read_cell(spec, stated)
    return not isinstance(now, Fault) and now == before


def _word(subject: _Subject, key: str, name: str) -> str | Decimal | None:
    """Return what is stated last about a complaint or an event."""
    said = last_words(subject.earlier, key)
    if name in said:
        return said[name][0]
    records = subject.records
    if records is None:
        return None
    if key == "complaints":
        own = (each.record for each in records.complaints if each.record.agent == subject.filed.record.agent)
        return next((each.status for each in own if each.complaint == name), None)
    return next((each.record.amount for each in records.events if each.record.event == name), None)


def _appeal(context: MonthContext, filed: Filed[Adjustment]) -> Iterator[Finding]:
    """The appeal that is named is upheld, and about the same agent and month."""
    record = filed.record
    if record.appeal is None:
        return
    month = Month.parse(record.appeal[2:9])
    path = f"records/{context.roster.id}/{month}/appeals/{record.appeal}.yaml"
    place = filed.place("appeal")
    if path not in context.known:
        message = say("There is no {id}.", id=record.appeal)
        yield Finding.of(NOTHING_THERE, place, message, say("It would stand at {path}.", path=path))
        return
    own = context.records if month == context.records.month else context.other(month) if month else None
    appeal = next((each.record for each in own.appeals if each.record.appeal == record.appeal), None) if own else None
    if appeal is None:
        return  # what is wrong with it is said there
    about = month_in_question(appeal.about)
    if appeal.status != "upheld":
        message = say("{id} is {status}.", id=record.appeal, status=appeal.status)
        yield Finding.of(NOT_UPHELD, place, message, say("Only an appeal that is upheld leads to an adjustment."))
    elif appeal.agent != record.agent or about != record.corrects:
        message = say("{id} is of {agent} about {month}.", id=record.appeal, agent=appeal.agent, month=str(about))
        yield Finding.of(OTHER_SUBJECT, place, message, say("Name the appeal of this agent about this month."))
