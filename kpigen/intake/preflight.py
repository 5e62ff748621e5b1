"""The preflight of a close: a list of what must be so, with what stands against it and who must do something. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kpigen.checks.incidents import SELF_REVIEW
from kpigen.finding import Finding, Severity
from kpigen.intake.closing import assessors
from kpigen.markdown import code, inert
from kpigen.records import Complaint
from kpigen.repository import read_record
from kpigen.roster import team_of
from kpigen.text import say, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kpigen.intake.desk import Desk
    from kpigen.month import Month
    from kpigen.snapshot import Snapshot
    from kpigen.text import Lang, Text

__all__ = ["Item", "Preflight", "as_markdown", "as_text", "preflight"]

MOST: Final = 60_000
"""How many characters the Markdown may have: hosts take some 65,000."""

_ITEMS: Final = (
    (
        say("Every agent has a line in the sheet of their team, and every line its inputs."),
        {"missing-sheet", "missing-line", "missing-input"},
    ),
    (say("Every sheet was assessed within the window of the policy."), {"assessment-window"}),
    (say("No complaint is open."), {"open-complaint"}),
    (say("Every event is reviewed."), {"unreviewed-event"}),
    (say("No appeal is open."), {"open-appeal"}),
    (say("Every appeal that was upheld has its adjustment."), {"not-adjusted"}),
    (say("Nobody approves their own work."), {"self-review"}),
)
_REST: Final = say("Everything else is in order.")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that must be so, and the findings against it, each with who must see to it."""

    title: Text
    findings: tuple[tuple[str, Finding], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preflight:
    """The list for one month; ``reviewers`` may approve its close."""

    department: str
    month: Month
    items: tuple[Item, ...]
    reviewers: tuple[str, ...]

    @property
    def clear(self) -> bool:
        """Whether nothing stands against closing the month."""
        return not any(item.findings for item in self.items)


def preflight(snapshot: Snapshot, desk: Desk, month: Month, findings: Iterable[Finding]) -> Preflight:
    """Return the list for a month.

    Args:
        snapshot: the files.
        desk: the department.
        month: the month that is to be closed.
        findings: what was found while the month was looked at as if it were closed.
    """
    assessed = assessors(snapshot, desk, month)
    department = desk.roster.department
    free = tuple(person for person in department.record.reviewers if person not in assessed)
    standing = [finding for finding in findings if finding.severity is Severity.ERROR]
    if not free:
        message = say("Every reviewer assessed sheets of {month}, so that nobody may approve it.", month=str(month))
        hint = say("Name a reviewer who assesses nobody, or let another supervisor assess.")
        standing.append(Finding.of(SELF_REVIEW, department.place("reviewers"), message, hint))
    found = [(_responsible(snapshot, desk, month, finding), finding) for finding in standing]
    items = [Item(title, tuple(each for each in found if each[1].rule.id in rules)) for title, rules in _ITEMS]
    named = frozenset[str]().union(*(rules for _, rules in _ITEMS))
    items.append(Item(_REST, tuple(each for each in found if each[1].rule.id not in named)))
    return Preflight(department=desk.folder, month=month, items=tuple(items), reviewers=free)


def _responsible(snapshot: Snapshot, desk: Desk, month: Month, finding: Finding) -> str:
    """Return who must see to a finding: a supervisor to sheets and complaints, a reviewer to the rest of a month."""
    record = desk.roster.department.record
    match finding.place.path.split("/"):
        case ["records", desk.folder, _, "scores", name]:
            team = name.removesuffix(".yaml")
        case ["records", desk.folder, _, "complaints", _]:
            filed, _ = read_record(snapshot, finding.place.path, Complaint)
            agent = desk.roster.agents.get(filed.record.agent) if filed else None
            team = (team_of(agent.record, month) if agent else None) or ""
        case ["records", desk.folder, _, "events" | "appeals" | "adjustments", _]:
            return ", ".join(record.reviewers)
        case _:
            return ""
    return record.teams[team].supervisor if team in record.teams else ""


def as_text(list_: Preflight, lang: Lang) -> str:
    """Write the list for a terminal."""
    return "\n".join(_text_lines(list_, lang))


def _text_lines(list_: Preflight, lang: Lang) -> Iterator[str]:
    for item in list_.items:
        yield f"{'✗' if item.findings else '✓'} {item.title.said(lang)}"
        for person, finding in item.findings:
            who = f"{person}: " if person else ""
            yield f"  {who}{visible(str(finding.place))}: {finding.message.said(lang)} [{finding.rule.id}]"
            if finding.hint:
                yield f"    {finding.hint.said(lang)}"
    yield _verdict(list_).said(lang)


def as_markdown(list_: Preflight, lang: Lang) -> str:
    """Write the list for a pull request: a task list in which nothing of a record acts."""
    texts = ("\n".join(_markdown_lines(list_, lang, most)) + "\n" for most in (1000, 100, 30, 10, 3))
    return next((text for text in texts if len(text) <= MOST), "\n".join(_markdown_lines(list_, lang, 0)) + "\n")


def _markdown_lines(list_: Preflight, lang: Lang, most: int) -> Iterator[str]:
    """Yield the lines, at most so many findings an item."""
    yield f"### {inert(list_.department)} {list_.month}"
    yield ""
    for item in list_.items:
        yield f"- [{' ' if item.findings else 'x'}] {inert(item.title.said(lang))}"
        for person, finding in item.findings[:most]:
            who = f"**{inert(person)}** " if person else ""
            said = " ".join(inert(text.said(lang)) for text in (finding.message, finding.hint) if text)
            yield f"  - {who}{code(str(finding.place))} {said} {code(finding.rule.id)}"
        if len(item.findings) > most:
            yield f"  - {inert(say('… and {count} more', count=len(item.findings) - most).said(lang))}"
    yield ""
    yield inert(_verdict(list_).said(lang))


def _verdict(list_: Preflight) -> Text:
    if not list_.clear:
        return say("{month} cannot be closed yet.", month=str(list_.month))
    return say(
        "Nothing stands against closing {month}; to approve it: {names}.",
        month=str(list_.month),
        names=", ".join(list_.reviewers),
    )
