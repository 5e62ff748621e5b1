"""Drafting: a repository as it would have been had a drafted policy version been in force for some months. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpigen.finding import Finding, Place, Rule
from kpigen.month import Month, Period
from kpigen.reading.nodes import Scalar, Table
from kpigen.reading.syntax import parse
from kpigen.records import NOT_ASSESSED, Department
from kpigen.repository import read_record, survey
from kpigen.snapshot import Overlaid
from kpigen.text import nearest, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.reading.nodes import Document, Node
    from kpigen.repository import Survey
    from kpigen.snapshot import Snapshot
    from kpigen.text import Text

__all__ = ["Draft", "DraftError", "UnusedError", "drafted"]

UNKNOWN_POLICY = Rule("unknown-policy")


class DraftError(Exception):
    """A draft that cannot be tried; the findings say why, and where in its file."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(finding.message.template for finding in findings))
        self.findings = findings


class UnusedError(DraftError):
    """A draft of a policy that no department's months are under."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft, and the repository as it would have been.

    Attributes:
        path: where the draft lies.
        policy: which policy it is a version of.
        filed: where it lies in ``snapshot``.
        begin: the first month that it would have governed.
        last: the last one.
        snapshot: the repository; closes from ``begin`` on are left out, as they hold what was approved.
    """

    path: str
    policy: str
    filed: str
    begin: Month
    last: Month
    snapshot: Overlaid

    def own(self, finding: Finding) -> Finding:
        """Return a finding with the draft's own path, where it is about the draft."""
        if finding.place.path != self.filed:
            return finding
        place = Place(self.path, finding.place.line, finding.place.column)
        return Finding(place, finding.rule, finding.message, finding.hint, finding.related, finding.severity)


def drafted(snapshot: Snapshot, path: str, content: bytes, months: int) -> Draft:
    """Put a drafted version in force for the last months that its policy governs.

    Its own ``version`` does not matter: it is tried on the months that are past. Cells of the sheets for which the
    draft has no input any more are left out.

    Args:
        snapshot: the repository.
        path: where the draft lies, for findings.
        content: the draft.
        months: for how many months; the newest that has records is the last of them.

    Raises:
        DraftError: it cannot be read, or is no policy version.
        UnusedError: it governs nothing.
    """
    document, findings = parse(path, content)
    if document is None:
        raise DraftError(findings)
    policy, version = (_word(document, key) for key in ("policy", "version"))
    if Month.parse(version) is None:
        raise DraftError(
            (_wrong(document, version, say("“{month}” is no month; write it like 2026-09", month=version)),)
        )
    found, _ = survey(snapshot.entries)
    governed = _governed(snapshot, found, policy)
    if not governed:
        raise UnusedError((_wrong(document, policy, _no_months(policy, found)),))
    begin, last = max(min(governed), max(governed).plus(1 - months)), max(governed)
    filed = f"policy/{policy}/{begin}.yaml"
    put = {filed: _from(content, version, begin), **_fitting(snapshot, found, begin, document, governed)}
    without = {each for start, each in found.policies.get(policy, {}).items() if start >= begin}
    without |= {entry.path for entry in snapshot.entries if _closes_from(entry.path, begin)}
    return Draft(path, str(policy), filed, begin, last, Overlaid(snapshot, put, frozenset(without - put.keys())))


def _word(document: Document, key: str) -> Scalar:
    """Return a word that every version states.

    Raises:
        DraftError: it is not there.
    """
    found = document.root.get(Scalar(key))
    if not isinstance(found, Scalar) or not found:
        text = say("This is no policy version: it does not state `{key}`.", key=key)
        raise DraftError((Finding.of(UNKNOWN_POLICY, Place(document.path, 1, 1), text),))
    return found


def _wrong(document: Document, at: Scalar, text: Text) -> Finding:
    return Finding.of(UNKNOWN_POLICY, Place(document.path, at.line, at.column), text)


def _no_months(policy: str, found: Survey) -> Text:
    near = nearest(policy, found.policies)
    if policy not in found.policies and near:
        return say("There is no policy {policy}; did you mean {near}?", policy=policy, near=near)
    return say("No department has months under {policy}.", policy=policy)


def _from(content: bytes, version: Scalar, begin: Month) -> bytes:
    """Return the draft as a version that begins in another month."""
    lines = content.decode("utf-8-sig").splitlines(keepends=True)
    line, at = version.line - 1, version.column - 1 + version.quoted
    lines[line] = lines[line][:at] + str(begin) + lines[line][at + len(version) :]
    return "".join(lines).encode()


def _governed(snapshot: Snapshot, found: Survey, policy: str) -> Mapping[Month, tuple[str, ...]]:
    """Return the months that a policy governs, with the departments whose they are."""
    months: dict[Month, tuple[str, ...]] = {}
    for name, files in sorted(found.departments.items()):
        filed = None if files.department is None else read_record(snapshot, files.department, Department)[0]
        if filed is None:
            continue
        for month in files.months:
            lines = [each for each in filed.record.policy if each.from_ <= month]
            if lines and max(lines, key=lambda each: each.from_).use == policy:
                months[month] = (*months.get(month, ()), name)
    return months


def _fitting(
    snapshot: Snapshot, found: Survey, begin: Month, draft: Document, governed: Mapping[Month, tuple[str, ...]]
) -> Mapping[str, bytes]:
    """Return the sheets that state what the draft has no input for, without that."""
    inputs = draft.root.get(Scalar("inputs"))
    known = {NOT_ASSESSED, *(inputs if isinstance(inputs, Table) else ())}
    sheets: dict[str, bytes] = {}
    for month, departments in governed.items():
        for path in (path for name in departments for path in found.departments[name].months[month]):
            if month < begin or "/scores/" not in path:
                continue
            document, _ = parse(path, snapshot.read(path))
            if document and any(key not in known for line in _lines(document) for key in line):
                sheets[path] = _without(document, known)
    return sheets


def _lines(document: Document) -> Iterator[Table]:
    """Yield the lines of a sheet: each agent's, and the team's own."""
    agents, team = (document.root.get(Scalar(key)) for key in ("agents", "together"))
    yield from (line for line in (agents.values() if isinstance(agents, Table) else ()) if isinstance(line, Table))
    if isinstance(team, Table):
        yield team


def _without(document: Document, known: set[str]) -> bytes:
    """Write a sheet anew without the cells that are not known. What is written in JSON is YAML too."""
    lines = {id(line) for line in _lines(document)}

    def plain(node: Node) -> object:
        if isinstance(node, Table):
            cells = node.items()
            return {str(key): plain(value) for key, value in cells if id(node) not in lines or key in known}
        return str(node) if isinstance(node, Scalar) else [plain(each) for each in node]

    return json.dumps(plain(document.root), ensure_ascii=False, indent=1).encode()


def _closes_from(path: str, begin: Month) -> bool:
    """Tell whether a path is the close of a month, or of a longer period, that would have been computed otherwise."""
    folder, _, name = path.rpartition("/")
    word = folder.rpartition("/")[2]
    month, period = Month.parse(word), Period.parse(word)
    last = month or (period.last if period else None)
    return name == "close.yaml" and last is not None and last >= begin
