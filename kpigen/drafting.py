"""Drafting: a repository as it would have been had a drafted policy version been in force for some months. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.month import Month
from kpigen.reading.nodes import Scalar
from kpigen.reading.syntax import parse
from kpigen.records import Department
from kpigen.repository import read_record, survey
from kpigen.snapshot import Overlaid
from kpigen.text import say

if TYPE_CHECKING:
    from kpigen.finding import Finding
    from kpigen.repository import Survey
    from kpigen.snapshot import Snapshot
    from kpigen.text import Text

__all__ = ["DraftError", "drafted"]


class DraftError(Exception):
    """A draft that cannot be tried: ``text`` says why, or the findings of its file do."""

    def __init__(self, text: Text, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(text.template)
        self.text = text
        self.findings = findings


def drafted(snapshot: Snapshot, path: str, content: bytes, months: int) -> tuple[Overlaid, Month]:
    """Put a drafted version in force for the last months that its policy governs.

    Args:
        snapshot: the repository.
        path: where the draft lies, for findings.
        content: the draft.
        months: for how many months; the newest that has records is the last of them.

    Returns:
        the repository as it would have been, and the first of these months.

    Raises:
        DraftError: it cannot be read, or governs nothing.
    """
    document, findings = parse(path, content)
    if document is None:
        raise DraftError(say("{path} cannot be read", path=path), findings)
    policy, version = document.root.get("policy"), document.root.get("version")  # type: ignore[call-overload]
    if not isinstance(policy, Scalar) or not isinstance(version, Scalar):
        raise DraftError(say("{path} is no policy version: it lacks `policy` or `version`", path=path))
    found, _ = survey(snapshot.entries)
    governed = _governed(snapshot, found, str(policy))
    if not governed:
        raise DraftError(say("no department has months under {policy}", policy=str(policy)))
    begin = max(min(governed), max(governed).plus(1 - months))
    without = {path for start, path in found.policies.get(str(policy), {}).items() if start >= begin} | {
        entry.path for entry in snapshot.entries if _closes_from(entry.path, begin)
    }
    text = content.decode("utf-8-sig")
    lines = text.splitlines(keepends=True)
    line, at = version.line - 1, version.column - 1 + version.quoted
    lines[line] = lines[line][:at] + str(begin) + lines[line][at + len(version) :]
    put = {f"policy/{policy}/{begin}.yaml": "".join(lines).encode()}
    return Overlaid(snapshot, put, frozenset(without - put.keys())), begin


def _governed(snapshot: Snapshot, found: Survey, policy: str) -> set[Month]:
    """Return the months of every department that a policy governs."""
    months: set[Month] = set()
    for files in found.departments.values():
        filed = None if files.department is None else read_record(snapshot, files.department, Department)[0]
        for month in files.months if filed else ():
            lines = [each for each in filed.record.policy if each.from_ <= month] if filed else []
            if lines and max(lines, key=lambda each: each.from_).use == policy:
                months.add(month)
    return months


def _closes_from(path: str, begin: Month) -> bool:
    """Tell whether a path is the close of a month that would have been computed otherwise."""
    folder, _, name = path.rpartition("/")
    month = Month.parse(folder.rpartition("/")[2])
    return name == "close.yaml" and month is not None and month >= begin
