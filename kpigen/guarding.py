"""The guard: what a proposal may not change, because the base that it is compared with has it closed. Pure.

What the proposal says about itself is never trusted: the closes that count are the base's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kpigen.finding import Finding, Place, Rule, Severity
from kpigen.records import Close, Department
from kpigen.repository import read_record, survey
from kpigen.seal import blob
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from kpigen.month import Month
    from kpigen.repository import DepartmentFiles, Survey
    from kpigen.snapshot import Snapshot
    from kpigen.text import Text

__all__ = ["PROTECTED", "guard"]

CLOSED_MONTH = Rule("closed-month")
CLOSED_POLICY = Rule("closed-policy")
CLOSE_ORDER = Rule("close-order")
PROTECTED_PATH = Rule("protected-path")
BASE_UNREADABLE = Rule("base-unreadable")

PROTECTED: Final = (
    ".github/",
    ".gitlab-ci.yml",
    ".gitattributes",
    ".gitmodules",
    ".ci/",
    "mkdocs.yml",
    "kpigen/",
    "site/",
    "pyproject.toml",
)
"""What checks and publishes: administrators change it, in a proposal of its own."""

_RESTORE: Final = say("Restore it as it is in the base. A closed month is corrected by an adjustment in the open one.")


@dataclass(frozen=True, slots=True)
class _Closed:
    """A month that the base has closed: by which policy version, and the paths of its files."""

    department: str
    month: Month
    policy: str
    version: Month
    paths: frozenset[str]

    @property
    def folder(self) -> str:
        """Where its files lie."""
        return f"records/{self.department}/{self.month}/"


def guard(base: Snapshot, proposal: Snapshot, changed: Collection[str]) -> tuple[Finding, ...]:
    """Compare a proposal with its base.

    Args:
        base: the files as they are approved.
        proposal: the files as they are to be.
        changed: every path of the whole repository that the proposal changes, adds or removes.

    Returns:
        the findings, sorted by place.
    """
    found = list(_guarded(base, proposal, changed))
    return tuple(sorted(found, key=lambda each: (each.place, each.rule.id)))


def _guarded(base: Snapshot, proposal: Snapshot, changed: Collection[str]) -> Iterator[Finding]:
    closed: list[_Closed] = []
    for each in _closed(base):
        if isinstance(each, Finding):
            yield each
        else:
            closed.append(each)
    kinds = {entry.path: entry.kind for entry in proposal.entries}
    for month in closed:
        yield from _untouched(month, base, proposal, kinds)
    yield from _policies(closed, base, proposal, kinds)
    yield from _order(proposal)
    yield from _protected(changed)


def _closed(base: Snapshot) -> Iterator[_Closed | Finding]:
    """Yield the months that the base has closed; one whose close cannot be read lets nothing pass."""
    found, _ = survey(base.entries)
    for name, files in sorted(found.departments.items()):
        for month, paths in sorted(files.months.items()):
            path = f"records/{name}/{month}/close.yaml"
            if path not in paths:
                continue
            close, _ = read_record(base, path, Close)
            if close is None:
                message = say(
                    "The base's close of {month} cannot be read, so that nothing can be compared.", month=str(month)
                )
                yield Finding.of(BASE_UNREADABLE, Place(path), message, say("Mend it in the base first."))
            else:
                policy = close.record.policy
                yield _Closed(name, month, policy.id, policy.version, frozenset(paths))


def _untouched(month: _Closed, base: Snapshot, proposal: Snapshot, kinds: Mapping[str, str]) -> Iterator[Finding]:
    """The files of a closed month are all there, of the same kind and content, and no others."""
    there = {path for path, kind in kinds.items() if path.startswith(month.folder) and kind != "folder"}
    for path in sorted(month.paths | there):
        if path not in there:
            message = say("{path} is removed, and {month} is closed.", path=path, month=str(month.month))
        elif path not in month.paths:
            message = say("{path} is added, and {month} is closed.", path=path, month=str(month.month))
        elif kinds[path] != "file" or blob(proposal.read(path)) != blob(base.read(path)):
            message = say("{path} is changed, and {month} is closed.", path=path, month=str(month.month))
        else:
            continue
        yield Finding.of(CLOSED_MONTH, Place(path), message, _RESTORE)


def _policies(closed: list[_Closed], base: Snapshot, proposal: Snapshot, kinds: Mapping[str, str]) -> Iterator[Finding]:
    """The versions that governed closed months stay as they are, and no other comes to govern them."""
    governed = sorted({(each.policy, each.version) for each in closed})
    for used, begun in governed:
        path = f"policy/{used}/{begun}.yaml"
        if kinds.get(path) != "file" or blob(proposal.read(path)) != blob(base.read(path)):
            message = say("{path} is changed or removed, and it governed months that are closed.", path=path)
            hint = say("Restore it, and put the change into a new version that begins with a month that is open.")
            yield Finding.of(CLOSED_POLICY, Place(path), message, hint)
    found, _ = survey(proposal.entries)
    told: set[str] = set()
    for month in closed:
        policy, version = _governs(proposal, found, month)
        if (policy, version) == (month.policy, month.version) or month.department in told:
            continue
        told.add(month.department)
        now: Text | str = f"{policy} {version}" if policy and version else say("nothing")
        message = say(
            "{month} of {department} is closed under {policy} {version}; with this it would be governed by {now}.",
            month=str(month.month),
            department=month.department,
            policy=month.policy,
            version=str(month.version),
            now=now,
        )
        path = (
            f"records/{month.department}/department.yaml"
            if policy != month.policy
            else f"policy/{policy}/{version}.yaml"
        )
        yield Finding.of(CLOSED_POLICY, Place(path), message, say("Let it begin with a month that is open."))


def _governs(proposal: Snapshot, found: Survey, month: _Closed) -> tuple[str | None, Month | None]:
    """Return the policy and version by which the proposal would govern a closed month."""
    files = found.departments.get(month.department)
    department = _department(proposal, files)
    if department is None:
        return None, None
    lines = [line for line in department.policy if line.from_ <= month.month]
    policy = max(lines, key=lambda line: line.from_).use if lines else None
    versions = [begin for begin in found.policies.get(policy or "", {}) if begin <= month.month]
    return policy, max(versions, default=None)


def _department(proposal: Snapshot, files: DepartmentFiles | None) -> Department | None:
    if files is None or files.department is None:
        return None
    filed, _ = read_record(proposal, files.department, Department)
    return filed.record if filed else None


def _order(proposal: Snapshot) -> Iterator[Finding]:
    """Months are closed one after the other."""
    found, _ = survey(proposal.entries)
    for name, files in sorted(found.departments.items()):
        closes = {month for month, paths in files.months.items() if f"records/{name}/{month}/close.yaml" in paths}
        open_before = None
        for month in sorted(files.months):
            if month not in closes:
                open_before = open_before or month
            elif open_before is not None:
                message = say(
                    "{month} is closed, and {before} before it is not.", month=str(month), before=str(open_before)
                )
                path = f"records/{name}/{month}/close.yaml"
                yield Finding.of(CLOSE_ORDER, Place(path), message, say("Close the earlier month first."))
                break


def _protected(changed: Collection[str]) -> Iterator[Finding]:
    """What checks and publishes is not changed together with records or policies."""
    rules = sorted(path for path in changed if path.startswith(PROTECTED))
    data = any(path.startswith(("records/", "policy/")) for path in changed)
    for path in rules:
        if data:
            message = say("{path} belongs to what checks and publishes, and records are changed with it.", path=path)
            yield Finding.of(PROTECTED_PATH, Place(path), message, say("Propose the two apart."))
            continue
        message = say("{path} belongs to what checks and publishes.", path=path)
        hint = say("An administrator must approve this.")
        yield Finding(place=Place(path), rule=PROTECTED_PATH, message=message, hint=hint, severity=Severity.WARNING)
