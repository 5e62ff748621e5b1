"""Drafts: a new record from a few words, with the next free id, read and checked before anybody sees it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from kpigen.checks.adjustments import check_adjustments
from kpigen.checks.appeals import check_appeals
from kpigen.checks.context import MonthContext
from kpigen.checks.department import check_department
from kpigen.checks.incidents import check_complaints, check_events
from kpigen.checks.naming import with_ids
from kpigen.finding import Severity
from kpigen.intake.desk import MisuseError, require_policy
from kpigen.intake.fresh import fresh, prose, series, table
from kpigen.layout import arrange
from kpigen.month import Month
from kpigen.reading.decode import decode
from kpigen.reading.nodes import Document
from kpigen.reading.readers import read_agent
from kpigen.reading.syntax import parse
from kpigen.records import Adjustment, Agent, Appeal, Complaint, Event
from kpigen.repository import Filed, MonthRecords
from kpigen.text import nearest, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from kpigen.finding import Finding
    from kpigen.intake.desk import Desk
    from kpigen.reading.decode import Record
    from kpigen.reading.nodes import Node
    from kpigen.text import Label

__all__ = ["Draft", "draft_adjustment", "draft_agent", "draft_appeal", "draft_complaint", "draft_event"]

R = TypeVar("R", bound="Record")

_MAX_NUMBER: Final = 9999
_TEXTS: Final = ("summary", "note", "grounds", "reason")


@dataclass(frozen=True, slots=True)
class Draft:
    """A new file, and what the checks say of it; with an error it may not be written."""

    path: str
    text: str
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether no finding is an error."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)


def draft_complaint(desk: Desk, agent: str, received: date, stated: Mapping[str, str | None]) -> Draft:
    """Make a complaint about an agent, open, in the month in which it was received.

    Args:
        desk: the department.
        agent: the agent.
        received: the day.
        stated: what else is known: channel, category, severity, summary.

    Raises:
        MisuseError: the month is closed, or no policy governs it.
    """
    month = Month.of(received)
    identifier = _next_id(desk, month, "complaints", "C")
    record = {"complaint": identifier, "agent": agent, "received": str(received), **_nodes(stated), "status": "open"}
    path, text, filed, findings = _written(desk, month, f"complaints/{identifier}", record, Complaint)
    if filed is not None:
        context = _context(desk, month, MonthRecords(department=desk.folder, month=month, complaints=(filed,)))
        findings = tuple(check_complaints(context))
    return _draft(desk, path, text, findings)


def draft_event(desk: Desk, subject: str, on: date, stated: Mapping[str, str | None]) -> Draft:
    """Make an event about an agent or a team, to be reviewed, in the month in which it happened.

    Args:
        desk: the department.
        subject: the agent or the team.
        on: the day.
        stated: what else is known: kind, amount, note, proposed.

    Raises:
        MisuseError: the month is closed, or no policy governs it.
    """
    month = Month.of(on)
    identifier = _next_id(desk, month, "events", "E")
    about = "agent" if isinstance(read_agent(subject), str) else "team"
    record = {"event": identifier, about: subject, "on": str(on), **_nodes(stated)}
    path, text, filed, findings = _written(desk, month, f"events/{identifier}", record, Event)
    if filed is not None:
        context = _context(desk, month, MonthRecords(department=desk.folder, month=month, events=(filed,)))
        findings = tuple(check_events(context))
    return _draft(desk, path, text, findings)


def draft_appeal(desk: Desk, agent: str, about: tuple[str, Month | None], filed: date, grounds: str) -> Draft:
    """Make an appeal, open, in the month in which it was filed.

    Args:
        desk: the department.
        agent: the agent who appeals.
        about: the id of a complaint or an event, and None; or an input, an award or a transition, and its month.
        filed: the day on which it was filed.
        grounds: why.

    Raises:
        MisuseError: the month of filing is closed, no policy governs it, or it is not said what the appeal is about.
    """
    when = Month.of(filed)
    identifier = _next_id(desk, when, "appeals", "P")
    record = {
        "appeal": identifier,
        "agent": agent,
        "about": table(_about(desk, *about)),
        "filed": str(filed),
        **_nodes({"grounds": grounds}),
        "status": "open",
    }
    path, text, made, findings = _written(desk, when, f"appeals/{identifier}", record, Appeal)
    if made is not None:
        context = _context(desk, when, MonthRecords(department=desk.folder, month=when, appeals=(made,)))
        findings = tuple(check_appeals(context))
    return _draft(desk, path, text, findings)


def _about(desk: Desk, about: str, month: Month | None) -> Mapping[str, str]:
    """Return what an appeal is about, as it is written.

    Raises:
        MisuseError: it is not said which month is meant, or the policy of that month has nothing of that name.
    """
    kinds = {"C": "complaint", "E": "event"}
    if about[1:2] == "-" and about[:1] in kinds:
        return {kinds[about[0]]: about}
    if month is None:
        raise MisuseError(say("{about} of which month? add --month, such as 2026-09", about=about))
    policy = require_policy(desk, month)
    words = {
        "input": tuple(policy.inputs),
        "award": tuple(award.id for award in policy.awards),
        "transition": tuple(rule.id for rule in policy.transitions),
    }
    key = next((key for key, names in words.items() if about in names), None)
    if key is None:
        known = [name for names in words.values() for name in names]
        near = nearest(about, known)
        if near:
            raise MisuseError(say("the policy has no {about}; did you mean {near}?", about=about, near=near))
        raise MisuseError(say("the policy has no {about}; there are: {names}", about=about, names=", ".join(known)))
    return {"month": str(month), key: about}


def draft_adjustment(
    desk: Desk, agent: str, months: tuple[Month, Month], restated: Mapping[str, str], stated: Mapping[str, str | None]
) -> Draft:
    """Make an adjustment of a closed month.

    Args:
        desk: the department.
        agent: the agent who is corrected.
        months: the month that is corrected, and the open month in which the difference is paid.
        restated: by name what inputs should have been; by id what became of a complaint or an event.
        stated: the reason, and the appeal that it follows from.

    Raises:
        MisuseError: the second month is closed, or no policy governs it.
    """
    corrects, month = months
    identifier = _next_id(desk, month, "adjustments", "J")
    parts: dict[str, dict[str, Node | str]] = {}
    for name, value in restated.items():
        key = {"C-": "complaints", "E-": "events"}.get(name[:2], "inputs")
        parts.setdefault(key, {})[name] = fresh(value)
    record: dict[str, Node | str] = {
        "adjustment": identifier,
        "corrects": str(corrects),
        "agent": agent,
        **{key: table(parts[key]) for key in ("inputs", "complaints", "events") if key in parts},
        **_nodes(stated),
    }
    path, text, made, findings = _written(desk, month, f"adjustments/{identifier}", record, Adjustment)
    if made is not None:
        there = desk.records(month)
        context = _context(desk, month, replace(there, adjustments=(*there.adjustments, made)))
        findings = tuple(finding for finding in check_adjustments(context) if finding.place.path == path)
    return _draft(desk, path, text, findings)


def draft_agent(desk: Desk, name: Label, joined: date, stated: Mapping[str, str | None]) -> Draft:
    """Make an agent with the next free id, who enters a team in the month of joining.

    Args:
        desk: the department.
        name: the agent's name.
        joined: the first day employed.
        stated: the team, and the tier, the role and the form of employment where they are stated.

    Raises:
        MisuseError: there is no id left.
    """
    identifier = _next_agent(desk)
    stay = table({"from": str(Month.of(joined)), **_nodes(stated)})
    both = prose(name.zh) if name.zh == name.en else table({"zh": prose(name.zh), "en": prose(name.en)})
    record = {"agent": identifier, "name": both, "joined": str(joined), "history": series([stay])}
    path = f"records/{desk.folder}/agents/{identifier}.yaml"
    text, filed, findings = _read_back(path, record, Agent)
    if filed is not None:
        roster = replace(desk.roster, agents={**desk.roster.agents, identifier: filed})
        found = check_department(roster, sorted(desk.files.months))
        findings = tuple(finding for finding in found if finding.place.path == path)
    return _draft(desk, path, text, findings)


def _draft(desk: Desk, path: str, text: str, findings: Iterable[Finding]) -> Draft:
    lines = ("", *text.split("\n"))
    return Draft(path, text, tuple(with_ids(each, lines[each.place.line], desk.roster) for each in findings))


def _nodes(stated: Mapping[str, str | None]) -> dict[str, Node]:
    """Make nodes of what is stated; texts for people are quoted where an editor would take them for numbers."""
    return {
        key: prose(text) if key in _TEXTS else fresh(text) for key, text in stated.items() if text is not None
    }  # fmt: skip


def _written(
    desk: Desk, month: Month, name: str, stated: Mapping[str, Node | str], model: type[R]
) -> tuple[str, str, Filed[R] | None, tuple[Finding, ...]]:
    """Write a record of a month down, and read it again."""
    desk.require_open(month)
    path = f"records/{desk.folder}/{month}/{name}.yaml"
    return path, *_read_back(path, stated, model)


def _read_back(
    path: str, stated: Mapping[str, Node | str], model: type[R]
) -> tuple[str, Filed[R] | None, tuple[Finding, ...]]:
    text = arrange(Document(path, table(stated)), "")
    document, findings = parse(path, text.encode())
    if document is None or findings:
        return text, None, findings
    record, findings = decode(document, model)
    return text, None if record is None else Filed(document=document, record=record), findings


def _context(desk: Desk, month: Month, records: MonthRecords) -> MonthContext:
    policy = require_policy(desk, month)
    known = frozenset(path for listed in desk.files.months.values() for path in listed)
    return MonthContext(roster=desk.roster, records=records, policy=policy, known=known, other=desk.records)


# Ids


def _next_id(desk: Desk, month: Month, folder: str, letter: str) -> str:
    """Return the id after the highest one of the month's folder, unless the desk keeps one for it."""
    if desk.kept is not None and desk.kept.startswith(f"{letter}-{month}-"):
        return desk.kept
    form = re.compile(rf"records/{re.escape(desk.folder)}/{month}/{folder}/{letter}-{month}-([0-9]{{3,4}})\.yaml")
    number = _highest(form, desk.files.months.get(month, ())) + 1
    if number > _MAX_NUMBER:
        raise MisuseError(say("the ids of {month} have run out", month=str(month)))
    return f"{letter}-{month}-{number:03}"


def _next_agent(desk: Desk) -> str:
    """Return the id after the highest one with the letter that most of the department's agents have.

    A department without agents begins a letter that no other one has.
    """
    own = sorted(desk.roster.agents)
    letters = [agent[0] for agent in own]
    taken = {agent[0] for agent in desk.agent_ids}
    alphabet = map(chr, range(ord("A"), ord("Z") + 1))
    letter = max(letters, key=letters.count) if own else next((each for each in alphabet if each not in taken), "Z")
    form = re.compile(rf"{letter}([0-9]{{3,6}})")
    width = max((len(agent) - 1 for agent in own if agent[0] == letter), default=3)
    number = _highest(form, desk.agent_ids) + 1
    if len(str(number)) > 6:  # noqa: PLR2004 - the digits that an id may have
        raise MisuseError(say("the ids with the letter {letter} have run out", letter=letter))
    return f"{letter}{number:0{width}}"


def _highest(form: re.Pattern[str], texts: Iterable[str]) -> int:
    return max(_numbers(form, texts), default=0)


def _numbers(form: re.Pattern[str], texts: Iterable[str]) -> Iterator[int]:
    for text in texts:
        if match := form.fullmatch(text):
            yield int(match[1])
