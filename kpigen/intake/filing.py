"""Filing: an issue's form to a record, read and checked, or to what is wrong with each field."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kpigen.finding import Severity
from kpigen.intake.desk import Desk, MisuseError, choose_department, open_desk
from kpigen.intake.drafts import draft_appeal, draft_complaint
from kpigen.intake.forms import read_form
from kpigen.month import Month
from kpigen.reading.decode import decode
from kpigen.reading.faults import Fault
from kpigen.reading.readers import read_agent, read_day, read_identifier, read_month
from kpigen.reading.syntax import parse
from kpigen.records import Appeal, Complaint
from kpigen.text import Label, Text, nearest, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from kpigen.approval.notice import Issue
    from kpigen.finding import Finding
    from kpigen.intake.drafts import Draft
    from kpigen.intake.forms import Answers, Form
    from kpigen.policy import Policy
    from kpigen.snapshot import Snapshot

__all__ = ["Earlier", "Filing", "file_issue"]

_LETTERS: Final = {"complaint": "C", "event": "E"}
_PATH: Final = re.compile(r"records/([a-z][a-z0-9.-]*)/([0-9]{4}-[0-9]{2})/([a-z]+)/([^/]+)\.yaml")
_KEY: Final = re.compile(r"([a-z_]+): *[\"']?$")
# What a telephone, an account or an order number looks like; days and the ids of records are taken out before.
_HARMLESS: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[CEPJ]-[0-9]{4}-[0-9]{2}-[0-9]{3,4}")
_NUMBER: Final = re.compile(r"[0-9０-９](?:[ -]?[0-9０-９]){6,}")
# Open is what a new record should be.
_EXPECTED: Final = frozenset({"open-complaint", "open-appeal"})


@dataclass(frozen=True, slots=True)
class Earlier:
    """The record that the issue's branch already has; ``merged`` where the branch is part of what is approved."""

    path: str
    data: bytes
    merged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What came of an issue.

    Attributes:
        form: which form it is.
        agent: the agent's id, once there is a draft.
        draft: the record, unless something is wrong.
        faults: what is wrong, by the heading of its field; the heading is empty where it is about the whole.
        doubts: what somebody should look at, in the same way.
    """

    form: Form
    agent: str = ""
    draft: Draft | None = None
    faults: tuple[tuple[str, Text], ...] = ()
    doubts: tuple[tuple[str, Text], ...] = ()


class _Wrong(Exception):  # noqa: N818 - it is caught here, and what it says is shown
    """A field is not right."""

    def __init__(self, field: str, text: Text) -> None:
        super().__init__(text.template)
        self.field = field
        self.text = text


def file_issue(snapshot: Snapshot, issue: Issue, earlier: Earlier | None) -> Filing | None:
    """Make a record of an issue.

    Args:
        snapshot: the repository.
        issue: the issue, from anybody.
        earlier: the record that an earlier run made of it.

    Returns:
        what came of it; None for an issue that is none of our forms.
    """
    answers = None if issue.pull else read_form(issue.body)
    if answers is None:
        return None
    form = answers.form
    settled = _settled(issue, form, earlier)
    if settled or answers.faults:
        return Filing(form=form, faults=((("", settled),) if settled else answers.faults))
    try:
        draft = _drafted(snapshot, issue, answers, earlier)
    except _Wrong as wrong:
        return Filing(form=form, faults=((form.fields[wrong.field].label if wrong.field else "", wrong.text),))
    except MisuseError as misuse:
        return Filing(form=form, faults=(("", misuse.text),))
    faults, doubts = _sorted(draft, answers)
    if faults:
        return Filing(form=form, faults=faults)
    return Filing(form=form, agent=answers.values["agent"], draft=draft, doubts=doubts)


def _settled(issue: Issue, form: Form, earlier: Earlier | None) -> Text | None:
    """Say why an issue is no longer taken up, if it is not."""
    if issue.closed:
        return say("This issue is closed. For something new, open a new one.")
    if earlier is None:
        return None
    if earlier.merged:
        return say(
            "The record is approved already, and no longer follows this text. For something new, open a new issue."
        )
    document, _ = parse(earlier.path, earlier.data)
    record: Complaint | Appeal | None = None
    if document is not None and form.kind == "complaint":
        record, _ = decode(document, Complaint)
    elif document is not None:
        record, _ = decode(document, Appeal)
    if record is not None and record.status != "open":
        return say(
            "The record is decided already, and no longer follows this text. For something new, open a new issue."
        )
    return None


def _drafted(snapshot: Snapshot, issue: Issue, answers: Answers, earlier: Earlier | None) -> Draft:
    """Make the draft.

    Raises:
        _Wrong: a field is not right.
        MisuseError: the month cannot take it.
    """
    agent = answers.values["agent"]
    if isinstance(fault := read_agent(agent), Fault):
        raise _Wrong("agent", _both(fault))
    try:
        desk, findings = open_desk(snapshot, choose_department(snapshot, None, agent))
    except MisuseError as misuse:
        raise _Wrong("agent", say("There is no agent {agent}.", agent=agent)) from misuse
    if desk is None:
        raise _Wrong("", say("The department's own files have {count} findings; they come first.", count=len(findings)))
    if answers.form.kind == "complaint":
        received = _received(issue, answers.values["received"])
        stated = {key: answers.values.get(key) for key in ("channel", "category", "severity", "summary")}
        listed = _policy(desk, Month.of(received)).version.complaints
        if listed:
            stated["category"] = _named(stated["category"], listed.categories)
            stated["severity"] = _named(stated["severity"], listed.severities)
        desk = _keeping(snapshot, desk, "complaints", Month.of(received), earlier)
        return draft_complaint(desk, agent, received, stated)
    desk = _keeping(snapshot, desk, "appeals", Month.of(issue.created), earlier)
    name, month = _about(desk, answers.values)
    return draft_appeal(desk, agent, (name, month), issue.created, answers.values["grounds"])


def _received(issue: Issue, text: str) -> date:
    day = read_day(text)
    if isinstance(day, Fault):
        raise _Wrong("received", _both(day))
    # The host dates by UTC; where people live it may be the next day already.
    if day > issue.created + timedelta(days=1):
        message = say("{day} is later than the day on which this was entered.", day=str(day))
        raise _Wrong("received", message)
    return day


def _about(desk: Desk, values: Mapping[str, str]) -> tuple[str, Month | None]:
    """Return what an appeal is about: an id and, unless the id says it, the month."""
    about, name = values["about"], values["name"]
    if about in _LETTERS:
        found = read_identifier(name, _LETTERS[about])
        if isinstance(found, Fault):
            raise _Wrong("name", _both(found))
        return found, None
    if "month" not in values:
        raise _Wrong("month", say("Fill this in: an appeal about a score, an award or a move is about a month."))
    month = read_month(values["month"])
    if isinstance(month, Fault):
        raise _Wrong("month", _both(month))
    policy = _policy(desk, month)
    names: dict[str, Mapping[str, Label]] = {
        "input": {each: spec.name for each, spec in policy.version.inputs.items()},
        "award": {award.id: award.name for award in policy.version.awards},
        "transition": {rule.id: Label(rule.id, rule.id) for rule in policy.version.transitions},
    }
    meant = _named(name, names[about]) or name
    if meant not in names[about]:
        near = nearest(meant, names[about])
        hint = (
            say("Did you mean {near}?", near=near)
            if near
            else say("Possible are: {words}.", words=", ".join(names[about]))
        )
        raise _Wrong("name", say("{fault} {hint}", fault=say("There is nothing of this name."), hint=hint))
    return meant, month


def _policy(desk: Desk, month: Month) -> Policy:
    policy = desk.roster.policy(month)
    if policy is None:
        text = say("no policy is in force for {department} in {month}", department=desk.folder, month=str(month))
        raise MisuseError(text)
    return policy


def _named(word: str | None, names: Mapping[str, Label]) -> str | None:
    """Return the id of what is named by its id, or by its name in either language."""
    if word is None or word in names:
        return word
    meant = word.strip().casefold()
    found = [each for each, label in names.items() if meant in {label.zh.casefold(), label.en.casefold()}]
    return found[0] if len(found) == 1 else word


def _keeping(snapshot: Snapshot, desk: Desk, folder: str, month: Month, earlier: Earlier | None) -> Desk:
    """Let the desk keep the id that an earlier run gave, unless the record goes elsewhere now or the id is taken."""
    match = _PATH.fullmatch(earlier.path) if earlier else None
    if earlier is None or match is None or match.groups()[:3] != (desk.folder, str(month), folder):
        return desk
    taken = any(entry.path == earlier.path for entry in snapshot.entries)
    return desk if taken else replace(desk, kept=match[4])


def _sorted(draft: Draft, answers: Answers) -> tuple[tuple[tuple[str, Text], ...], tuple[tuple[str, Text], ...]]:
    """Part what is wrong from what is doubtful, each by the heading of its field."""
    lines = ("", *draft.text.split("\n"))
    said = [(finding, _heading(lines[finding.place.line], finding, answers.form)) for finding in draft.findings]
    faults = tuple((label, _both(found)) for found, label in said if found.severity is Severity.ERROR)
    doubts = tuple(
        (label, _both(found))
        for found, label in said
        if found.severity is not Severity.ERROR and found.rule.id not in _EXPECTED
    )
    return faults, (*doubts, *_private(answers))


def _heading(line: str, finding: Finding, form: Form) -> str:
    """Return the heading of the field that a finding about the record belongs to."""
    near = _KEY.search(line[: max(finding.place.column - 1, 0)])
    for key in (near[1] if near else "", line.partition(":")[0], "name"):
        if key in form.fields:
            return form.fields[key].label
    return ""


def _private(answers: Answers) -> Iterator[tuple[str, Text]]:
    """Yield a doubt for each text that seems to hold a customer's number."""
    for name in ("summary", "grounds"):
        text = _HARMLESS.sub(" ", answers.values.get(name, ""))
        if _NUMBER.search(text) or "@" in text:
            message = say("There seems to be a telephone, account or order number, or an address; take it out.")
            yield answers.form.fields[name].label, message


def _both(found: Fault | Finding) -> Text:
    """Return a message with its hint."""
    return say("{fault} {hint}", fault=found.message, hint=found.hint) if found.hint else found.message
