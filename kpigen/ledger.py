"""The ledger: every department, month after month; findings, outcomes and documents, from the cache where it can.

This is the one place that knows the order of things: read, check, put cases together, compute, export.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache as remember
from importlib import resources
from typing import TYPE_CHECKING, Final, Protocol

from kpigen.cache import Entry, NoCache, digest, key_of
from kpigen.cases import entry, month_cases
from kpigen.checks.context import MonthContext
from kpigen.checks.department import agents_are_unique, check_department
from kpigen.checks.month import check_month
from kpigen.engine import advance, compute_month, outcome
from kpigen.engine.facts import visible_past
from kpigen.engine.moves import barring
from kpigen.examples import check_examples
from kpigen.export import index_document, month_document, policy_document
from kpigen.finding import Finding, Severity, ordered
from kpigen.records import Department
from kpigen.repository import read_agents, read_month, read_policy, read_record, survey
from kpigen.roster import Roster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kpigen.cache import Cache
    from kpigen.engine import Standing
    from kpigen.month import Month
    from kpigen.policy import Policy
    from kpigen.repository import DepartmentFiles, Survey
    from kpigen.snapshot import Snapshot

__all__ = ["Ledger", "Sink", "keep"]

VERSION: Final = "v1"


class Sink(Protocol):
    """Where documents go; paths begin with the format's version, ``v1/…``."""

    def holds(self, path: str, content: str) -> bool:
        """Tell whether the document at ``path`` is there already, with this digest."""

    def put(self, path: str, document: bytes) -> None:
        """Take a document."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What came of it: every finding, sorted; and how many months there were."""

    findings: tuple[Finding, ...]
    months: int

    @property
    def clean(self) -> bool:
        """Whether no finding is an error."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)


def keep(
    snapshot: Snapshot,
    cache: Cache | None = None,
    sink: Sink | None = None,
    progress: Callable[[str, int, int], None] = lambda *_: None,
) -> Ledger:
    """Check and compute everything in a snapshot.

    Args:
        snapshot: the files.
        cache: what is remembered of earlier runs; changes no result.
        sink: takes the documents. Those of months with errors, and of the months after them, are not made.
        progress: called with the department, and how many of how many months are done.

    Returns:
        the findings. Documents are of use only when none of them is an error.
    """
    return _Keeper(snapshot=snapshot, cache=cache or NoCache(), sink=sink, progress=progress).keep()


@dataclass(slots=True, kw_only=True)
class _Keeper:
    snapshot: Snapshot
    cache: Cache
    sink: Sink | None
    progress: Callable[[str, int, int], None]
    findings: list[Finding] = field(default_factory=list)
    months: int = 0
    policies: dict[str, dict[Month, Policy]] = field(default_factory=dict)
    policies_digest: str = ""

    def keep(self) -> Ledger:
        found, findings = survey(self.snapshot.entries)
        self.findings.extend(findings)
        self._policies(found)
        rosters = [roster for name, files in sorted(found.departments.items()) if (roster := self._roster(name, files))]
        self.findings.extend(agents_are_unique(rosters))
        statuses = [(roster, self._department(roster, found.departments[roster.department.path.split("/")[1]])) for roster in rosters]
        if self.sink:
            versions = [policy for by_month in self.policies.values() for policy in by_month.values()]
            self._put("index.json", index_document(statuses, versions))
        return Ledger(ordered(self.findings), self.months)

    # Policies

    def _policies(self, found: Survey) -> None:
        digests = []
        for name, versions in sorted(found.policies.items()):
            self.policies[name] = {}
            for month, path in sorted(versions.items()):
                content = digest(self.snapshot.read(path))
                digests.append(f"{path} {content}")
                policy, document, findings = read_policy(self.snapshot, path)
                self.findings.extend(findings)
                if policy is None or document is None:
                    continue
                self.policies[name][month] = policy
                key = key_of(("policy", _engine(), path, content))
                remembered = self.cache.get(key)
                if remembered is None:
                    remembered = Entry(tuple(check_examples(policy, document)))
                    self.cache.put(key, remembered)
                self.findings.extend(remembered.findings)
                if self.sink:
                    self._put(f"policy/{name}/{month}.json", policy_document(policy, document))
        self.policies_digest = key_of(digests)

    # Departments

    def _roster(self, name: str, files: DepartmentFiles) -> Roster | None:
        if files.department is None:
            return None
        department, findings = read_record(self.snapshot, files.department, Department)
        agents, more = read_agents(self.snapshot, sorted(files.agents))
        self.findings.extend((*findings, *more))
        if department is None:
            return None
        return Roster(department=department, agents=agents, policies=self.policies)

    def _department(self, roster: Roster, files: DepartmentFiles) -> Mapping[Month, str]:
        """Check and compute a department's months; return their status."""
        months = sorted(files.months)
        before = len(self.findings)
        self.findings.extend(check_department(roster, months))
        standings: dict[str, Standing] | None = {}
        if any(finding.severity is Severity.ERROR for finding in self.findings[before:]):
            standings = None
        paths = {path for listed in files.months.values() for path in listed}
        shared = key_of(
            (_engine(), self.policies_digest, self._digests([files.department or "", *files.agents]))
        )
        remembered = _remembered(roster)
        for number, month in enumerate(months, start=1):
            standings = self._month(roster, month, files.months[month], paths, shared, remembered, standings)
            self.months += 1
            self.progress(roster.id, number, len(months))
        closed = {month for month in months if f"records/{roster.id}/{month}/close.yaml" in paths}
        return {month: "closed" if month in closed else "draft" for month in months}

    def _digests(self, paths: Iterable[str]) -> str:
        return key_of(f"{path} {digest(self.snapshot.read(path))}" for path in sorted(paths))

    def _month(
        self,
        roster: Roster,
        month: Month,
        paths: list[str],
        known: set[str],
        shared: str,
        remembered: frozenset[str],
        standings: dict[str, Standing] | None,
    ) -> dict[str, Standing] | None:
        """Check and compute a month; return the standings after it, or None when they cannot be known."""
        policy = roster.policy(month)
        brought = None
        if standings is not None and policy is not None:
            brought = {
                agent: standings.get(agent) or entry(filed.record, month) for agent, filed, _ in roster.employed(month)
            }
        refers = any("/appeals/" in path or "/adjustments/" in path for path in paths)
        key = key_of(
            (
                "month",
                shared,
                self._digests(paths),
                key_of(sorted(known)) if refers else "",
                *sorted(remembered),
                "unknown" if brought is None or policy is None else _seen(policy, month, brought),
            )
        )
        path = f"{roster.id}/{month}.json"
        found = self.cache.get(key)
        if found is None or (self.sink and found.document and not self.sink.holds(f"{VERSION}/{path}", found.document)):
            found = self._compute(roster, month, policy, paths, known, remembered, brought, path)
            self.cache.put(key, found)
        self.findings.extend(found.findings)
        if found.outcomes is None or standings is None or brought is None:
            return None
        return {**standings, **{agent: advance(brought[agent], each) for agent, each in found.outcomes.items()}}

    def _compute(
        self,
        roster: Roster,
        month: Month,
        policy: Policy | None,
        paths: list[str],
        known: set[str],
        remembered: frozenset[str],
        brought: dict[str, Standing] | None,
        path: str,
    ) -> Entry:
        records, read = read_month(self.snapshot, roster.department.path.split("/")[1], month, paths)
        if policy is None:
            return Entry(read)
        checked = tuple(check_month(MonthContext(roster=roster, records=records, policy=policy, known=known)))
        findings = (*read, *checked)
        if brought is None or any(finding.severity is Severity.ERROR for finding in findings):
            return Entry(findings)
        statements, undefined = compute_month(policy, month, month_cases(roster, records, policy, brought), remembered)
        if undefined:
            return Entry((*findings, *undefined))
        outcomes = {statement.case.agent: outcome(policy, statement) for statement in statements}
        if self.sink is None:
            return Entry(findings, outcomes)
        document = month_document(roster, records, policy, statements)
        self._put(path, document)
        return Entry(findings, outcomes, digest(document))

    def _put(self, path: str, document: bytes) -> None:
        if self.sink and not self.sink.holds(f"{VERSION}/{path}", digest(document)):
            self.sink.put(f"{VERSION}/{path}", document)


def _remembered(roster: Roster) -> frozenset[str]:
    """Return the names that any version of the department's policies looks back at."""
    used = {line.use for line in roster.department.record.policy}
    versions = [policy for name in used for policy in roster.policies.get(name, {}).values()]
    return frozenset(name for policy in versions for name in policy.remembered)


def _seen(policy: Policy, month: Month, standings: Mapping[str, Standing]) -> str:
    """Return a digest of the part of the agents' standings on which the month depends."""
    return key_of(
        repr(
            (
                agent,
                standing.tier,
                standing.since,
                standing.by,
                barring(policy, month, standing),
                sorted(standing.owed.items()),
                visible_past(policy, standing.past),
            )
        )
        for agent, standing in sorted(standings.items())
    )


@remember
def _engine() -> str:
    """Return a digest of the program itself: another program may compute another result."""
    package = resources.files("kpigen")
    folders = [package, *(package / name for name in ("checks", "engine", "export", "expression", "policy", "reading"))]
    files = [file for folder in folders for file in folder.iterdir() if file.name.endswith(".py")]
    return key_of(f"{file.name} {digest(file.read_bytes())}" for file in sorted(files, key=lambda file: str(file)))

