"""What records state otherwise of an agent's month: inputs, complaints, events, adjustments, employment. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kpigen.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kpigen.site.documents import AgentMonth, Complaint, Correction, Event, Figure
    from kpigen.site.wording import Words

__all__ = ["Cause", "stated"]


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing from which others follow.

    Attributes:
        kind: ``input``, ``absence``, ``complaint``, ``event``, ``adjustment``, ``agent``: a record states it;
            ``policy``: a rule was changed; ``earlier``: it follows from an earlier month of the agent;
            ``others``: it follows from what others' records state.
        id: which input, complaint, event, adjustment, clause, month; of others, the agents.
        name: what it is called.
        before: what was stated, for people; empty where it is not one thing.
        after: what is stated.
        at: the line that states it, ``path:line:column``, or the file.
        about: of an event, its kind.
    """

    kind: str
    id: str
    name: str
    before: str = ""
    after: str = ""
    at: str | None = None
    about: str = ""


def stated(old: AgentMonth, new: AgentMonth, department: str, words: Words) -> tuple[Cause, ...]:
    """Return what records state otherwise.

    Args:
        old: the agent's month as the base has it.
        new: as it is proposed.
        department: its folder.
        words: the words of the policy.
    """
    return (
        *_employment(old, new, department, words),
        *_absence(old, new, words),
        *_inputs(old, new, words),
        *_complaints(old.complaints, new.complaints, words),
        *_events(old.events, new.events, words),
        *_corrections(old.corrections, new.corrections, words),
    )


def _employment(old: AgentMonth, new: AgentMonth, department: str, words: Words) -> Iterator[Cause]:
    """Yield what the agent's own file states otherwise."""
    lang, path = words.lang, f"records/{department}/agents/{new.agent}.yaml"
    days = [str(each.employed.days) if each.employed else "–" for each in (old, new)]
    roles = [words.name("role", each.role) for each in (old, new)]
    forms = [words.name("employment", each.employment) for each in (old, new)]
    for id_, name, (before, after) in (
        ("team", say("team"), (old.team, new.team)),
        ("days_employed", say("days employed"), days),
        ("role", say("role"), roles),
        ("employment", say("form of employment"), forms),
    ):
        if before != after:
            yield Cause("agent", id_, name.said(lang), before, after, path)


def _absence(old: AgentMonth, new: AgentMonth, words: Words) -> Iterator[Cause]:
    """Yield the reason for which somebody is not assessed, where it came, went or is another."""
    was, is_ = old.not_assessed, new.not_assessed
    before, after = (each.reason if each else None for each in (was, is_))
    if before != after:
        at = (is_ if is_ and is_.reason else was) or is_
        name = say("not assessed").said(words.lang)
        yield Cause("absence", "not_assessed", name, before or "–", after or "–", at.at if at else None)


def _inputs(old: AgentMonth, new: AgentMonth, words: Words) -> Iterator[Cause]:
    was, is_ = _cells(old), _cells(new)
    for name in {**was, **is_}:
        before, after = was.get(name), is_.get(name)
        if (before and before.value) != (after and after.value):
            shown = ["–" if each is None else _cell(each, words) for each in (before, after)]
            at = next((each.at for each in (after, before) if each), None)
            yield Cause("input", name, words.name("item", name), shown[0], shown[1], at)


def _cell(figure: Figure, words: Words) -> str:
    """Return what a sheet states, as it is written there where it is not applicable."""
    return "n/a" if figure.value is None else words.shown(figure)


def _cells(agent: AgentMonth) -> Mapping[str, Figure]:
    """Return what the month's own sheet states: the leaves that were read from it, by name."""
    cells: dict[str, Figure] = {}
    for figure in agent.figures():
        if figure.op is None and figure.at and "/scores/" in figure.at and " " not in figure.name:
            cells.setdefault(figure.name, figure)  # those of a month that is corrected come later
    return cells


def _complaints(old: Sequence[Complaint], new: Sequence[Complaint], words: Words) -> Iterator[Cause]:
    for id_, before, after in _pairs({each.complaint: each for each in old}, {each.complaint: each for each in new}):
        said = [_complaint(each, words) if each else "–" for each in (before, after)]
        if said[0] != said[1]:
            name = say("complaint {id}", id=id_).said(words.lang)
            yield Cause("complaint", id_, name, said[0], said[1], (after or before).at)


def _complaint(complaint: Complaint, words: Words) -> str:
    parts = [_STATUSES[complaint.status].said(words.lang), words.name("category", complaint.category)]
    if complaint.severity:
        parts.append(words.name("severity", complaint.severity))
    return say(", ").said(words.lang).join(parts)


def _events(old: Sequence[Event], new: Sequence[Event], words: Words) -> Iterator[Cause]:
    for id_, before, after in _pairs({each.event: each for each in old}, {each.event: each for each in new}):
        said = [_event(each, words) if each else "–" for each in (before, after)]
        if said[0] != said[1]:
            one = after or before
            name = say("event {id}", id=id_).said(words.lang)
            yield Cause("event", id_, name, said[0], said[1], one.at, one.kind)


def _event(event: Event, words: Words) -> str:
    amount = "" if event.amount is None else words.happened(event.kind, event.amount)
    return f"{words.name('event', event.kind)} {amount}".strip()


def _corrections(old: Sequence[Correction], new: Sequence[Correction], words: Words) -> Iterator[Cause]:
    """Yield what adjustments restate of closed months."""
    for month, before, after in _pairs({each.month: each for each in old}, {each.month: each for each in new}):
        was = {each.name: each for each in before.inputs} if before else {}
        is_ = {each.name: each for each in after.inputs} if after else {}
        for id_, then, now in _pairs(was, is_):
            one = now or then
            if then is None or now is None or (then.after, then.before) != (now.after, now.before):
                by = say(", ").said(words.lang).join((after if now else before).adjustments)
                item = words.name("item", id_)
                name = say("{adjustment}, {month}: {name}", adjustment=by, month=words.month(month), name=item)
                stated_ = [words.value(each) if each else "–" for each in (one.before, one.after if now else None)]
                yield Cause("adjustment", by, name.said(words.lang), stated_[0], stated_[1], one.at)


def _pairs(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name in {**old, **new}:
        yield name, old.get(name), new.get(name)


_STATUSES: Mapping[str, Text] = {"open": say("open"), "upheld": say("upheld"), "dismissed": say("dismissed")}
