"""Checks of appeals."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kpigen.checks.adjustments import NOTHING_THERE, month_in_question
from kpigen.checks.incidents import DECISION, SELF_REVIEW
from kpigen.finding import Finding, Rule, Severity
from kpigen.month import Month
from kpigen.records import AboutAward, AboutComplaint, AboutEvent, AboutInput
from kpigen.repository import close_path
from kpigen.roster import team_of
from kpigen.text import nearest, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kpigen.checks.context import MonthContext
    from kpigen.reading.decode import Record
    from kpigen.records import Appeal
    from kpigen.repository import Filed

__all__ = ["check_appeals"]

OPEN_APPEAL = Rule("open-appeal")
NOT_ADJUSTED = Rule("not-adjusted")
LATE_APPEAL = Rule("late-appeal", Severity.WARNING)


def check_appeals(context: MonthContext) -> Iterator[Finding]:
    """Yield what is wrong with the month's appeals."""
    for filed in context.records.appeals:
        record = filed.record
        yield from context.own_id(filed, record.appeal, "appeal")
        # Whoever left may still appeal about the time before.
        yield from context.agent(filed, record.agent, "agent", month=month_in_question(record.about))
        yield from context.in_month(filed, record.filed, "filed")
        yield from _in_time(context, filed)
        yield from _about(context, filed)
        yield from _decided(context, filed)
        yield from _carried_out(context, filed)


def _in_time(context: MonthContext, filed: Filed[Appeal]) -> Iterator[Finding]:
    """The appeal is filed within the days that the policy gives after the month's assessment closes."""
    month = month_in_question(filed.record.about)
    policy = context.roster.policy(month) if month else None
    if month is None or policy is None or policy.version.appeals is None:
        return
    days = policy.version.appeals.within_days
    closes = month.plus(1).first + timedelta(days=policy.version.assess.closes - 1)
    last = closes + timedelta(days=days)
    if filed.record.filed > last:
        message = say(
            "{day} is late: appeals about {month} could be filed until {last}.",
            day=str(filed.record.filed),
            month=str(month),
            last=str(last),
        )
        hint = say("Reject it for that, or say in outcome: why it is heard all the same.")
        yield Finding.of(LATE_APPEAL, filed.place("filed"), message, hint)


def _about(context: MonthContext, filed: Filed[Appeal]) -> Iterator[Finding]:
    about = filed.record.about
    if isinstance(about, AboutComplaint | AboutEvent):
        key, stated = ("complaint", about.complaint) if isinstance(about, AboutComplaint) else ("event", about.event)
        path = f"records/{context.roster.id}/{stated[2:9]}/{key}s/{stated}.yaml"
        if path not in context.known:
            yield Finding.of(
                NOTHING_THERE,
                filed.place("about", key),
                say("There is no {id}.", id=stated),
                say("It would stand at {path}.", path=path),
            )
        return
    policy = context.roster.policy(about.month)
    if about.month >= context.records.month or policy is None:
        message = say("{month} is not a month before the appeal's.", month=str(about.month))
        yield Finding.of(
            NOTHING_THERE,
            filed.place("about", "month"),
            message,
            say("Name the month that the appeal is about."),
        )
        return
    words: Iterable[str]
    if isinstance(about, AboutInput):
        key, word, words = "input", about.input, policy.inputs
    elif isinstance(about, AboutAward):
        key, word, words = "award", about.award, [award.id for award in policy.awards]
    else:
        key, word, words = "transition", about.transition, [rule.id for rule in policy.transitions]
    yield from _one_of(filed, ("about", key), word, tuple(words))


def _one_of(filed: Filed[Record], where: tuple[str, ...], word: str, words: tuple[str, ...]) -> Iterator[Finding]:
    if word not in words:
        near = nearest(word, words)
        hint = say("Did you mean {near}?", near=near) if near else say("Possible are: {words}.", words=", ".join(words))
        yield Finding.of(
            NOTHING_THERE,
            filed.place(*where),
            say("The policy has no {key} {word}.", key=where[-1], word=word),
            hint,
        )


def _decided(context: MonthContext, filed: Filed[Appeal]) -> Iterator[Finding]:
    record = filed.record
    if record.status == "open":
        if record.decided:
            yield Finding.of(
                DECISION,
                filed.place("status"),
                say("The appeal is open, and yet decided."),
                say("Write upheld or rejected, or remove decided."),
            )
        else:
            message = say("{id} is not decided yet.", id=record.appeal)
            yield context.blocks_close(
                OPEN_APPEAL, filed.place("status"), message, say("Decide it before the month closes.")
            )
        return
    if record.decided is None or record.outcome is None:
        message = say("The appeal is {status}, but not by whom, when and why.", status=record.status)
        yield Finding.of(DECISION, filed.place("status"), message, say("Add decided: {{on: …, by: …}} and outcome:"))
        return
    yield from context.person(filed, record.decided.by, "decided", "by")
    yield from context.in_order(filed, record.filed, record.decided.on, "decided", "on")
    if record.decided.by in _assessors(context, filed):
        message = say("{person} decides about their own assessment.", person=record.decided.by)
        yield Finding.of(
            SELF_REVIEW,
            filed.place("decided", "by"),
            message,
            say("A reviewer who did not assess it must decide."),
        )


def _assessors(context: MonthContext, filed: Filed[Appeal]) -> frozenset[str]:
    """Return who assessed what is in question.

    Of a month the supervisor of the agent's team and whoever signed its sheet; of a complaint who decided it, of an
    event who proposed it.
    """
    about, agent = filed.record.about, context.roster.agents.get(filed.record.agent)
    month = month_in_question(about)
    records = context.other(month) if month else None
    if isinstance(about, AboutComplaint):
        complaints = (each.record for each in records.complaints) if records else ()
        return frozenset(each.decided.by for each in complaints if each.complaint == about.complaint and each.decided)
    if isinstance(about, AboutEvent):
        events = (each.record for each in records.events) if records else ()
        return frozenset(each.proposed for each in events if each.event == about.event)
    name = team_of(agent.record, about.month) if agent else None
    team = context.roster.department.record.teams.get(name or "")
    signed = (each.record.assessor for each in records.sheets if each.stem == name) if records else ()
    return frozenset((*signed, *((team.supervisor,) if team else ())))


def _carried_out(context: MonthContext, filed: Filed[Appeal]) -> Iterator[Finding]:
    """An appeal that is upheld about a closed month has its adjustment before the next close.

    The one in the appeal's own folder counts; where that month is closed without it, one in any later folder.
    """
    record, month = filed.record, month_in_question(filed.record.about)
    if record.status != "upheld" or month is None or close_path(context.roster.id, month) not in context.known:
        return
    if month >= context.records.month:
        return
    listed = list(context.records.adjustments)
    if f"{context.records.folder}/close.yaml" in context.known:
        later = {path.split("/")[2] for path in context.known if "/adjustments/" in path}
        months = [found for each in sorted(later) if (found := Month.parse(each)) and found > context.records.month]
        listed.extend(each for found in months if (other := context.other(found)) for each in other.adjustments)
    if all(each.record.appeal != record.appeal for each in listed):
        message = say(
            "{id} is upheld about {month}, which is closed, and no adjustment carries it out.",
            id=record.appeal,
            month=str(month),
        )
        hint = say(
            "Add an adjustment to {folder}/adjustments/ that names it under appeal:.", folder=context.records.folder
        )
        yield context.blocks_close(NOT_ADJUSTED, filed.place("status"), message, hint)
