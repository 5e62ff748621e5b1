"""The guard: what a proposal may not change, because the base that it is compared with has it closed. Pure.

What the proposal says about itself is never trusted: the closes that count are the base's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kpigen.closes import counted
from kpigen.finding import Finding, Place, Rule, Severity
from kpigen.month import Month, Period
from kpigen.records import Close, Department
from kpigen.repository import close_path, read_record, survey
from kpigen.seal import blob
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from kpigen.repository import DepartmentFiles, Survey
    from kpigen.snapshot import Snapshot
    from kpigen.text import Text

__all__ = ["guard", "protected"]

CLOSED_MONTH = Rule("closed-month")
CLOSED_POLICY = Rule("closed-policy")
CLOSE_ORDER = Rule("close-order")
PROTECTED_PATH = Rule("protected-path")
BASE_UNREADABLE = Rule("base-unreadable")

PEOPLE: Final = "records/people.yaml"
_CODE_OWNERS: Final = ".github/CODEOWNERS"
_RECORDS: Final = ("records/", "policy/")
_HARMLESS: Final = ("bench/", "docs/", "tests/")

_RESTORE: Final = say("Restore it as it is in the base. A closed month is corrected by an adjustment in the open one.")
_UPDATE: Final = say("Bring the branch up to date: merge the base into it.")


def protected(path: str) -> bool:
    """Tell whether a path may decide what is checked and published, and is for administrators to change.

    That is everything but records and policies, prose and tests: of a file that nobody thought of it is not known what
    reads it. What git or its host reads by its name is protected wherever it lies.
    """
    *folders, name = path.split("/")
    if name.startswith(".") or name == "CODEOWNERS" or path == PEOPLE:
        return True
    prose = not folders and (name.endswith(".md") or name == "LICENSE")
    return not (path.startswith((*_RECORDS, *_HARMLESS)) or prose)


@dataclass(frozen=True, slots=True)
class _Closed:
    """A month that the base has closed: by which policy version."""

    department: str
    month: Month
    policy: str
    version: Month


def guard(base: Snapshot, proposal: Snapshot, changed: Collection[str]) -> tuple[Finding, ...]:
    """Compare a proposal with its base.

    Args:
        base: the files as they are approved.
        proposal: the files as they are to be.
        changed: every path of the whole repository that the proposal changes, adds or removes since it left the base.

    Returns:
        the findings, sorted by place.
    """
    found = list(_guarded(base, proposal, changed))
    return tuple(sorted(found, key=lambda each: (each.place, each.rule.id)))


def _guarded(base: Snapshot, proposal: Snapshot, changed: Collection[str]) -> Iterator[Finding]:
    approved, _ = survey(base.entries)
    closed: list[_Closed] = []
    for each in _closed(base, approved):
        if isinstance(each, Finding):
            yield each
        else:
            closed.append(each)
    kinds = {entry.path: entry.kind for entry in proposal.entries}
    yield from _untouched(approved, base, proposal, kinds, changed)
    yield from _policies(closed, base, proposal, kinds)
    yield from _order(approved, proposal)
    yield from _protected(changed)


def _closed(base: Snapshot, approved: Survey) -> Iterator[_Closed | Finding]:
    """Yield the months that the base has closed; one whose close cannot be read lets nothing pass."""
    for name, files in sorted(approved.departments.items()):
        for month in _months_closed(name, files):
            path = close_path(name, month)
            close, _ = read_record(base, path, Close)
            if close is None:
                message = say(
                    "The base's close of {month} cannot be read, so that nothing can be compared.", month=str(month)
                )
                yield Finding.of(BASE_UNREADABLE, Place(path), message, say("Mend it in the base first."))
            else:
                policy = close.record.policy
                yield _Closed(name, month, policy.id, policy.version)


def _months_closed(name: str, files: DepartmentFiles) -> list[Month]:
    """Return the months of a department that have a close, in order."""
    return [month for month, paths in sorted(files.months.items()) if close_path(name, month) in paths]


def _untouched(
    approved: Survey, base: Snapshot, proposal: Snapshot, kinds: Mapping[str, str], changed: Collection[str]
) -> Iterator[Finding]:
    """What is closed is all there, of the same kind and content, and nothing else is.

    Months before a closed one are closed with it, also those that have no records: they would be its past.
    """
    closed = {name: max(_months_closed(name, files), default=None) for name, files in approved.departments.items()}
    held = {entry.path: entry.kind for entry in base.entries if entry.kind != "folder"}
    # A folder that git calls changed is another repository within this one: nothing in it can be seen here.
    there = {path: kind for path, kind in kinds.items() if kind != "folder" or path in changed}
    for path in sorted({*held, *there}):
        when = _when(path, closed, approved)
        if when is None:
            continue
        if path not in there:
            message = say("{path} is removed, and {month} is closed.", path=path, month=when)
        elif path not in held:
            message = say("{path} is added, and {month} is closed.", path=path, month=when)
        elif not _same(path, base, proposal, kinds):
            message = say("{path} is changed, and {month} is closed.", path=path, month=when)
        else:
            continue
        hint = _RESTORE
        if path not in changed:
            message = say("{path} is as it was before the base closed {month}.", path=path, month=when)
            hint = _UPDATE
        yield Finding.of(CLOSED_MONTH, Place(path), message, hint)


def _when(path: str, closed: Mapping[str, Month | None], approved: Survey) -> str | None:
    """Return the month or period that a path belongs to, if the base has it closed."""
    match path.split("/"):
        case ["records", name, named, *_] if name in closed:
            month, last, period = Month.parse(named), closed[name], Period.parse(named)
            shut = (month and last and month <= last) or (period in approved.departments[name].periods)
            return named if shut else None
    return None


def _same(path: str, base: Snapshot, proposal: Snapshot, kinds: Mapping[str, str]) -> bool:
    return kinds.get(path) == "file" and blob(proposal.read(path)) == blob(base.read(path))


def _policies(closed: list[_Closed], base: Snapshot, proposal: Snapshot, kinds: Mapping[str, str]) -> Iterator[Finding]:
    """The versions that governed closed months stay as they are, and no other comes to govern them."""
    governed = sorted({(each.policy, each.version) for each in closed})
    for used, begun in governed:
        path = f"policy/{used}/{begun}.yaml"
        if not _same(path, base, proposal, kinds):
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


def _order(approved: Survey, proposal: Snapshot) -> Iterator[Finding]:
    """Months are closed one after the other, those without records too; periods when all their months are."""
    found, _ = survey(proposal.entries)
    for name, files in sorted(found.departments.items()):
        closed = _months_closed(name, files)
        opened = min(files.months, default=None)
        while opened in closed and opened is not None:
            opened = opened.plus(1)
        late = [month for month in closed if opened is not None and month > opened]
        for month in late[:1]:
            yield _early(name, month, str(opened))
        before = approved.departments.get(name)
        for period in sorted(files.periods):
            missing = [month for month in counted(period, files.months) if month not in closed]
            alike = [each for each in files.periods if each.length == period.length and each < period]
            if missing:
                yield _early(name, period, str(missing[0]))
            elif alike and period.plus(-1) not in alike:
                yield _early(name, period, str(period.plus(-1)))
            later = [each for each in (before.periods if before else ()) if each.length == period.length]
            if before and period not in before.periods and any(each > period for each in later):
                message = say("{period} is closed after {later}.", period=str(period), later=str(max(later)))
                yield Finding.of(CLOSE_ORDER, Place(close_path(name, period)), message, say("Remove this close."))


def _early(name: str, when: Month | Period, missing: str) -> Finding:
    """Say that something is closed too early."""
    message = say("{month} is closed, and {earlier} is not.", month=str(when), earlier=missing)
    return Finding.of(
        CLOSE_ORDER, Place(close_path(name, when)), message, say("Close {earlier} first.", earlier=missing)
    )


def _protected(changed: Collection[str]) -> Iterator[Finding]:
    """What checks and publishes is not changed together with records or policies."""
    # What lies outside of the records' own folder, in a larger repository, is told by its name there.
    named = {path: path.rpartition("../")[2] for path in sorted(changed)}
    data = any(path.startswith(_RECORDS) and path != PEOPLE for path in changed)
    for path in (path for path, name in named.items() if protected(name)):
        # It follows from the departments, and `kpigen owners --check` compares it with them.
        if data and path != _CODE_OWNERS:
            message = say("{path} belongs to what checks and publishes, and records are changed with it.", path=path)
            yield Finding.of(PROTECTED_PATH, Place(path), message, say("Propose the two apart."))
            continue
        message = say("{path} belongs to what checks and publishes.", path=path)
        hint = say("An administrator must approve this.")
        yield Finding(place=Place(path), rule=PROTECTED_PATH, message=message, hint=hint, severity=Severity.WARNING)
