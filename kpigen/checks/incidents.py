"""Checks of complaints and events."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kpigen.checks.department import UNKNOWN_TEAM
from kpigen.exact import CENT, round_to
from kpigen.finding import Finding, Rule, Severity
from kpigen.reading.wording import UNKNOWN_WORD
from kpigen.text import nearest, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from kpigen.checks.context import MonthContext
    from kpigen.records import Complaint, Event
    from kpigen.repository import Filed

__all__ = ["DECISION", "check_complaints", "check_events"]

DECISION = Rule("decision")
OPEN_COMPLAINT = Rule("open-complaint")
EVENT_SUBJECT = Rule("event-subject")
EVENT_AMOUNT = Rule("event-amount")
UNREVIEWED_EVENT = Rule("unreviewed-event")
SELF_REVIEW = Rule("self-review")
NOT_SUPERVISOR = Rule("not-supervisor")
LATE = Rule("late", Severity.WARNING)


def check_complaints(context: MonthContext) -> Iterator[Finding]:
    """Yield what is wrong with the month's complaints."""
    listed = context.policy.version.complaints
    for filed in context.records.complaints:
        record = filed.record
        yield from context.own_id(filed, record.complaint, "complaint")
        yield from context.agent(filed, record.agent, "agent")
        yield from context.in_month(filed, record.received, "received")
        if listed and listed.categories:
            yield from _word(filed, "category", record.category, listed.categories)
        if listed and listed.severities and record.severity:
            yield from _word(filed, "severity", record.severity, listed.severities)
        yield from _decision(context, filed)


def _decision(context: MonthContext, filed: Filed[Complaint]) -> Iterator[Finding]:
    record = filed.record
    if record.status == "open":
        if record.decided:
            message = say("The complaint is open, and yet decided.")
            yield Finding.of(
                DECISION, filed.place("status"), message, say("Write upheld or dismissed, or remove decided.")
            )
        else:
            message = say("{id} is not decided yet.", id=record.complaint)
            yield context.blocks_close(
                OPEN_COMPLAINT,
                filed.place("status"),
                message,
                say("Decide it before the month closes; until then it does not count."),
            )
        return
    if record.decided is None:
        message = say("The complaint is {status}, but not by whom and when.", status=record.status)
        yield Finding.of(DECISION, filed.place("status"), message, say("Add decided: {{on: …, by: …}}."))
        return
    yield from context.person(filed, record.decided.by, "decided", "by")
    yield from context.in_order(filed, record.received, record.decided.on, "decided", "on")
    yield from context.in_order(filed, record.received, record.followed_up, "followed_up")
    listed = context.policy.version.complaints
    if listed and listed.decide_days:
        yield from _in_time(filed, record.received, record.decided.on, listed.decide_days, "decided", "on")
    if listed and listed.follow_up_days and record.followed_up:
        yield from _in_time(filed, record.received, record.followed_up, listed.follow_up_days, "followed_up")


def _in_time(
    filed: Filed[Complaint] | Filed[Event], start: date, done: date, days: int, *where: str
) -> Iterator[Finding]:
    """Warn of what was done later than the policy says."""
    due = start + timedelta(days=days)
    if done > due:
        message = say(
            "{done} is later than {due}, {days} days after {start}.",
            done=str(done),
            due=str(due),
            days=days,
            start=str(start),
        )
        hint = say("The policy sets this time; say in the record why it was exceeded, or correct the date.")
        yield Finding(place=filed.place(*where), rule=LATE, message=message, hint=hint, severity=Severity.WARNING)


def check_events(context: MonthContext) -> Iterator[Finding]:
    """Yield what is wrong with the month's events."""
    for filed in context.records.events:
        yield from context.own_id(filed, filed.record.event, "event")
        yield from context.in_month(filed, filed.record.on, "on")
        yield from _subject(context, filed)
        yield from _kind(context, filed)
        yield from _review(context, filed)


def _subject(context: MonthContext, filed: Filed[Event]) -> Iterator[Finding]:
    record = filed.record
    if (record.agent is None) == (record.team is None):
        message = say("An event is about an agent or about a team, and exactly one of them.")
        yield Finding.of(EVENT_SUBJECT, filed.place("event"), message, say("Write either agent: or team:"))
    elif record.agent is not None:
        yield from context.agent(filed, record.agent, "agent")
    elif record.team not in context.roster.department.record.teams:
        teams = ", ".join(context.roster.department.record.teams)
        yield Finding.of(
            UNKNOWN_TEAM,
            filed.place("team"),
            say("There is no team {team}.", team=record.team or ""),
            say("The teams are: {teams}.", teams=teams),
        )


def _kind(context: MonthContext, filed: Filed[Event]) -> Iterator[Finding]:
    record = filed.record
    kinds = context.policy.version.events
    yield from _word(filed, "kind", record.kind, kinds)
    if record.kind not in kinds:
        return
    unit = kinds[record.kind].amount
    if unit and record.amount is None:
        message = say("An event of kind {kind} carries an amount.", kind=record.kind)
        yield Finding.of(EVENT_AMOUNT, filed.place("kind"), message, say("Add amount: in {unit}.", unit=unit))
    elif unit and record.amount is not None and record.amount <= 0:
        yield Finding.of(
            EVENT_AMOUNT,
            filed.place("amount"),
            say("The amount is not above 0."),
            say("Write the amount of the {kind}, without a sign.", kind=record.kind),
        )
    elif unit and record.amount is not None and record.amount != round_to(record.amount, CENT):
        yield Finding.of(
            EVENT_AMOUNT,
            filed.place("amount"),
            say("The amount has fractions of a cent."),
            say("Write at most two decimals."),
        )
    elif not unit and record.amount is not None:
        message = say("An event of kind {kind} carries no amount.", kind=record.kind)
        yield Finding.of(EVENT_AMOUNT, filed.place("amount", key=True), message, say("Remove it."))
    if unit and record.team is not None:
        message = say("An amount is charged to one agent, not to a team.")
        yield Finding.of(
            EVENT_SUBJECT,
            filed.place("team"),
            message,
            say("Write one event for each agent, with each one's amount."),
        )


def _review(context: MonthContext, filed: Filed[Event]) -> Iterator[Finding]:
    record = filed.record
    yield from context.person(filed, record.proposed, "proposed")
    if record.reviewed is None:
        message = say("{id} is not reviewed yet.", id=record.event)
        yield context.blocks_close(
            UNREVIEWED_EVENT, filed.place("event"), message, say("A reviewer adds reviewed: with their name.")
        )
    elif record.reviewed == record.proposed:
        message = say("{person} reviews what they proposed.", person=record.proposed)
        yield Finding.of(SELF_REVIEW, filed.place("reviewed"), message, say("Somebody else must review it."))
    else:
        yield from _word(filed, "reviewed", record.reviewed, context.roster.department.record.reviewers)
    procedure = context.policy.version.procedure
    if procedure and procedure.propose == "supervisor":
        supervisors = {team.supervisor for team in context.roster.department.record.teams.values()}
        if record.proposed not in supervisors and record.proposed in context.roster.people:
            message = say("{person} supervises no team, and supervisors propose.", person=record.proposed)
            hint = say("The supervisors are: {people}.", people=", ".join(sorted(supervisors)))
            yield Finding.of(NOT_SUPERVISOR, filed.place("proposed"), message, hint)
    yield from context.in_order(filed, record.on, record.reviewed_on, "reviewed_on")
    if procedure and procedure.review_days and record.reviewed_on:
        yield from _in_time(filed, record.on, record.reviewed_on, procedure.review_days, "reviewed_on")


def _word(filed: Filed[Complaint] | Filed[Event], key: str, word: str, words: Iterable[str]) -> Iterator[Finding]:
    listed = tuple(words)
    if word in listed:
        return
    near = nearest(word, listed)
    hint = say("Did you mean {near}?", near=near) if near else say("Possible are: {words}.", words=", ".join(listed))
    yield Finding.of(
        UNKNOWN_WORD, filed.place(key), say("{word} is no {key} that is known here.", word=word, key=key), hint
    )
