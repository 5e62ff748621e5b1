"""Sides: two states of a repository, computed only as far as they can differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from kpigen.export import policy_document
from kpigen.finding import Severity
from kpigen.ledger import keep
from kpigen.month import Month
from kpigen.repository import read_policy, survey
from kpigen.site.rulebook import Policy
from kpigen.store import Kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.cache import Cache
    from kpigen.finding import Finding
    from kpigen.repository import Survey
    from kpigen.site.rulebook import PolicyRef
    from kpigen.snapshot import Snapshot

__all__ = ["Side", "sides"]


@dataclass(frozen=True, slots=True)
class Side:
    """One state.

    Attributes:
        snapshot: its files.
        documents: its index and its months by path, the months that cannot differ left out.
        findings: all of its findings.
        months: the months from a department's first to its last, by the department's folder.
    """

    snapshot: Snapshot
    documents: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    months: Mapping[str, frozenset[str]]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that keep something from being computed."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    def lacks(self, department: str, month: str) -> bool:
        """Tell whether a month is there and could not be computed."""
        there = month in self.months.get(department, ())
        return there and f"v1/{department}/{month}.json" not in self.documents

    def version(self, ref: PolicyRef) -> bytes:
        """Return the file of a policy version that governs one of the months."""
        return self.snapshot.read(_file(ref))

    def policy(self, ref: PolicyRef) -> Policy:
        """Return a policy version that governs one of the months."""
        policy, document, _ = read_policy(self.snapshot, _file(ref))
        if policy is None or document is None:
            raise TypeError("a month was computed by a policy that cannot be read")
        return msgspec.json.decode(policy_document(policy, document, ()), type=Policy)


def _file(ref: PolicyRef) -> str:
    return f"policy/{ref.id}/{ref.version}.yaml"


def sides(before: Snapshot, after: Snapshot, cache: Cache | None = None) -> tuple[Side, Side]:
    """Compute two states.

    A month depends on the policy version in force, on its department's own files, and on its own and earlier months'
    records; so a department whose files differ from some month on is compared from that month on, and one of which
    nothing differs is left out.

    Args:
        before: the base.
        after: the proposal.
        cache: what is remembered of either; the keys of its entries tell what they depend on.
    """
    surveys = survey(before.entries)[0], survey(after.entries)[0]
    begins = _begins(before, after, surveys)
    new = Kept({}, begins)
    proposed = keep(after, cache, new)
    old = Kept(new.documents, begins)
    based = keep(before, cache, old)
    same = {path: new.documents[path] for path in old.same}
    return (
        Side(before, {**same, **old.documents}, based.findings, _months(surveys[0], begins)),
        Side(after, new.documents, proposed.findings, _months(surveys[1], begins)),
    )


def _begins(before: Snapshot, after: Snapshot, surveys: tuple[Survey, Survey]) -> Mapping[str, str]:
    """Return for each department that may differ the first month that may."""
    changed = tuple(_changed(before, after))
    everybody = {name for each in surveys for name in each.departments}
    begins: dict[str, str] = {}
    for path in changed:
        folder, begin = _begin(path)
        for name in {folder} & everybody if folder else everybody:
            begins[name] = min(begins.get(name, begin), begin)
    return begins


def _begin(path: str) -> tuple[str, str]:
    """Return the department that a file belongs to and the first month that it bears upon.

    A version of a policy belongs to every department that may use it, and bears upon no month before its own; what is
    no month's bears upon all of them.
    """
    top, folder, *rest = path.split("/")
    if top == "policy":
        month = Month.parse(rest[0].removesuffix(".yaml")) if rest else None
        return "", str(month or "")
    return folder, str((Month.parse(rest[0]) if rest else None) or "")


def _changed(before: Snapshot, after: Snapshot) -> Iterator[str]:
    """Yield the paths of the files that one side lacks or states otherwise."""
    old, new = ({each.path for each in side.entries if each.kind == "file"} for side in (before, after))
    for path in sorted(old | new):
        if path not in old or path not in new or before.read(path) != after.read(path):
            yield path


def _months(found: Survey, begins: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """Return the months of each department, those among them for which it has no file, from where it may differ."""
    return {
        name: frozenset(_between(min(files.months), max(files.months), begins[name]))
        for name, files in found.departments.items()
        if files.months and name in begins
    }


def _between(month: Month, last: Month, begin: str) -> Iterator[str]:
    while month <= last:
        if str(month) >= begin:
            yield str(month)
        month = month.plus(1)
