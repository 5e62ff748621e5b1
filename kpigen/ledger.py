"""The ledger: every department, month after month; findings, outcomes and documents, from the cache where it can.

This is the one place that knows the order of things: read, check, put cases together, compute, export.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Protocol

from kpigen.books import Books, adjustments, between, monthly, remembered, without_the_wrong
from kpigen.cache import Entry, NoCache, digest, key_of
from kpigen.cases import bring, month_cases
from kpigen.checks.context import MonthContext
from kpigen.checks.department import agents_are_unique, check_department
from kpigen.checks.month import check_month
from kpigen.checks.naming import with_ids
from kpigen.checks.people import check_people
from kpigen.closes import check_period, period_files
from kpigen.correcting import Approved, corrected, replays
from kpigen.engine import advance, compute_month, outcome
from kpigen.examples import check_examples
from kpigen.export import index_document, month_document, policy_document
from kpigen.finding import Finding, Severity, ordered
from kpigen.fingerprint import program, seen_of, told_of
from kpigen.lint import findings_of, lint_version, lint_versions
from kpigen.lint.reading import closed_months
from kpigen.records import Department
from kpigen.repository import close_path, read_agents, read_month, read_policy, read_record, survey
from kpigen.roster import Roster
from kpigen.seal import Link, check_seal, close_digest, seal
from kpigen.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kpigen.cache import Cache
    from kpigen.correcting import Replay
    from kpigen.engine import Standing, Statement
    from kpigen.month import Month, Period
    from kpigen.policy import Policy
    from kpigen.reading.nodes import Document
    from kpigen.remark import Remark
    from kpigen.repository import Filed, MonthRecords, Survey
    from kpigen.seal import Sealed
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
    """What came of it: every finding, sorted; how many months there were; the seal of the month to be closed."""

    findings: tuple[Finding, ...]
    months: int
    sealed: Sealed | None = None

    @property
    def clean(self) -> bool:
        """Whether no finding is an error."""
        return not _errors(self.findings)


def keep(
    snapshot: Snapshot,
    cache: Cache | None = None,
    sink: Sink | None = None,
    progress: Callable[[str, int, int], None] = lambda *_: None,
    closing: tuple[str, Month] | None = None,
) -> Ledger:
    """Check and compute everything in a snapshot.

    Args:
        snapshot: the files.
        cache: what is remembered of earlier runs; changes no result.
        sink: takes the documents. Those of months with errors, and of the months after them, are not made.
        progress: called with the department, and how many of how many months are done.
        closing: a department's month that is looked at as if it were closed, and sealed.

    Returns:
        the findings. Documents are of use only when none of them is an error.
    """
    with _uncollected():
        return _Keeper(
            snapshot=snapshot, cache=cache or NoCache(), sink=sink, progress=progress, closing=closing
        ).keep()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Leave the search for reference cycles out.

    A month makes some hundred thousand objects and no cycle among them: all are freed as soon as the month is
    done, and looking through them again and again takes a third of the time.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@dataclass(slots=True, kw_only=True)
class _Keeper:
    snapshot: Snapshot
    cache: Cache
    sink: Sink | None
    progress: Callable[[str, int, int], None]
    closing: tuple[str, Month] | None
    sealed: Sealed | None = None
    findings: list[Finding] = field(default_factory=list)
    months: int = 0
    policies: dict[str, dict[Month, Policy]] = field(default_factory=dict)
    read: dict[tuple[str, Month], MonthRecords] = field(default_factory=dict)

    def keep(self) -> Ledger:
        found, findings = survey(self.snapshot.entries)
        self.findings.extend(findings)
        policies = self._policies(found)
        books = [each for name in sorted(found.departments) if (each := self._open(name, found, policies))]
        self.findings.extend(agents_are_unique(each.roster for each in books))
        rosters = [each.roster for each in books] if len(books) == len(found.departments) else None
        self.findings.extend(check_people(self.snapshot, found, rosters))
        statuses = [(each.roster, self._department(each), self._closes(each)) for each in books]
        if self.sink:
            versions = [each for by_month in self.policies.values() for each in by_month.values() if each.sound]
            self._put("index.json", index_document(statuses, versions))
        named = self._with_ids({each.folder: each.roster for each in books})
        return Ledger(ordered(_together(named)), self.months, self.sealed)

    def _with_ids(self, rosters: Mapping[str, Roster]) -> Iterator[Finding]:
        """Yield the findings; where an id is expected, with those that there are."""
        for finding in self.findings:
            top, _, rest = finding.place.path.partition("/")
            roster = rosters.get(rest.partition("/")[0]) if top == "records" and finding.place.line else None
            if roster is None or finding.rule.id not in {"id-form", "full-width"}:
                yield finding
            else:
                lines = self.snapshot.read(finding.place.path).decode(errors="replace").split("\n")
                yield with_ids(finding, lines[finding.place.line - 1], roster)

    def _policies(self, found: Survey) -> str:
        """Read every policy, run its examples, lint it, and return a digest of them all."""
        digests, closed = [], closed_months(self.snapshot, found)
        for name, paths in sorted(found.policies.items()):
            self.policies[name] = {}
            versions: dict[Month, tuple[Policy, Document]] = {}
            for month, path in sorted(paths.items()):
                digests.append(self._digests([path]))
                policy, document = self._policy(path, key_of(("policy", program(), digests[-1])))
                if policy:
                    self.policies[name][month] = policy
                if policy and policy.sound and document:
                    versions[month] = (policy, document)
            self.findings.extend(_blocking(lint_versions(versions, closed.get(name, ()))))
        return key_of(digests)

    def _policy(self, path: str, key: str) -> tuple[Policy | None, Document | None]:
        """Read a version; run its examples and lint it, unless that is remembered and its document is there."""
        policy, document, findings = read_policy(self.snapshot, path)
        self.findings.extend(findings)
        if policy is None or document is None or not policy.sound:
            return policy, document
        found, published = self.cache.get(key), f"policy/{policy.id}/{policy.month}.json"
        if found is None or (self.sink and not self.sink.holds(f"{VERSION}/{published}", found.document or "")):
            differ = tuple(check_examples(policy, document))
            remarks = lint_version(policy, document, examples_hold=not differ)
            written = policy_document(policy, document, remarks)
            found = Entry((*differ, *_blocking(remarks)), None, self._put(published, written))
            self.cache.put(key, found)
        self.findings.extend(found.findings)
        return policy, document

    def _open(self, folder: str, found: Survey, policies: str) -> Books | None:
        """Read a department and its agents; None when the department cannot be read."""
        files = found.departments[folder]
        department: Filed[Department] | None = None
        if files.department is not None:
            department, findings = read_record(self.snapshot, files.department, Department)
            self.findings.extend(findings)
        agents, findings = read_agents(self.snapshot, sorted(files.agents))
        self.findings.extend(findings)
        if department is None or files.department is None:
            for month, paths in files.months.items():
                self.findings.extend(read_month(self.snapshot, folder, month, paths)[1])
            return None
        named = {path.rpartition("/")[2].removesuffix(".yaml") for path in files.agents}
        roster = Roster(
            department=department,
            agents=agents,
            policies=self.policies,
            stated=found.policies,
            unread=named - agents.keys(),
        )
        known = frozenset(path for listed in files.months.values() for path in listed)
        without = {month: list[str]() for month in between(files.months) if not monthly(roster, month)}
        return Books(
            roster=roster,
            folder=folder,
            months={**without, **files.months},
            periods=files.periods,
            paths=known,
            names=key_of(sorted(known)),
            remembered=remembered(roster),
            content=key_of((program(), policies, self._digests([files.department, *files.agents]))),
            adjusted=tuple(month for month in sorted(files.months) if adjustments(files.months[month])),
        )

    def _department(self, books: Books) -> Mapping[Month, str]:
        """Check and compute a department's months; return their status."""
        months = sorted(books.months)
        wrong = tuple(check_department(books.roster, months))
        self.findings.extend(wrong)
        standings: dict[str, Standing] | None = None if _errors(wrong) else {}
        books = without_the_wrong(books, wrong)
        status = {}
        for number, month in enumerate(months, start=1):
            standings = self._month(books, month, standings)
            self.months += 1
            self.progress(books.roster.id, number, len(months))
            closed = close_path(books.folder, month) in books.paths
            status[month] = "closed" if closed else "draft"
        for period in sorted(books.periods):
            self._period(books, period)
        return status

    def _month(self, books: Books, month: Month, standings: dict[str, Standing] | None) -> dict[str, Standing] | None:
        """Check and compute a month; return the standings after it, or None when they cannot be known."""
        policy = books.roster.policy(month)
        brought = None
        if standings is not None and policy is not None and policy.sound:
            brought = {
                agent: bring(filed.record, month, standings.get(agent), policy.order)
                for agent, filed, _ in books.roster.employed(month)
            }
        key = self._key(books, month, brought)
        found = None if self.closing == (books.folder, month) else self.cache.get(key)
        if found is None or not self._holds(books, month, found, brought):
            found = self._compute(books, month, brought)
            if self.closing != (books.folder, month):
                self.cache.put(key, found)
        self.findings.extend(found.findings)
        if found.outcomes is None or standings is None or brought is None:
            return None
        standings, brought = _with_restated(standings, brought, found.restated or {})
        if books.adjusted:
            books.brought[month] = brought
        return {
            **standings,
            **{agent: advance(brought[agent], each) for agent, each in found.outcomes.items()},
        }

    def _key(self, books: Books, month: Month, brought: Mapping[str, Standing] | None) -> str:
        """Return a key of all that a month's findings and result depend on."""
        paths = books.months[month]
        policy = books.roster.policy(month)
        refers = any("/appeals/" in path or "/adjustments/" in path for path in paths)
        parts = (
            "month",
            books.content,
            self._digests(paths),
            books.names if refers else "",
            *(self._elsewhere(books, month) if refers else ()),
            "" if (link := self._link(books, month)) is None else f"{link.before} {link.digest}",
            *sorted(books.remembered),
            *sorted(books.roster.unread),
            "unknown" if brought is None or policy is None else seen_of(policy, month, brought),
        )
        return key_of(parts)

    def _elsewhere(self, books: Books, month: Month) -> Iterator[str]:
        """Yield digests of what a month with appeals or adjustments depends on besides its own files."""
        for other, paths in sorted(books.months.items()):
            yield self._digests(paths if other < month else adjustments(paths))

    def _holds(self, books: Books, month: Month, found: Entry, brought: Mapping[str, Standing] | None) -> bool:
        """Tell whether the sink needs nothing of a month that is remembered."""
        if self.sink is None or found.outcomes is None or brought is None:
            return True
        if found.document is None or found.told != told_of(brought):
            return False
        return self.sink.holds(f"{VERSION}/{_path(books, month)}", found.document)

    def _compute(self, books: Books, month: Month, brought: dict[str, Standing] | None) -> Entry:
        roster, policy = books.roster, books.roster.policy(month)
        records, unread = read_month(self.snapshot, books.folder, month, books.months[month])
        if self.closing == (books.folder, month):
            records = replace(records, closed=True)
        if policy is None:
            return Entry(unread)
        context = MonthContext(
            roster=roster,
            records=records,
            policy=policy,
            known=books.paths,
            other=lambda when: self._other(books, when),
        )
        findings = (*unread, *check_month(context))
        if brought is None or _errors(findings):
            return Entry(findings)
        restated, replayed, wrong = self._replays(books, month, policy) if records.adjustments else ({}, {}, ())
        _, brought_now = _with_restated({}, brought, restated)
        statements, undefined = compute_month(policy, month, month_cases(roster, records, policy, brought_now))
        if undefined or wrong:
            return Entry((*findings, *undefined, *wrong))
        outcomes = {statement.case.agent: outcome(policy, statement, books.remembered) for statement in statements}
        statements, owing = corrected(roster, records, statements, replayed)
        findings = (*findings, *owing, *self._seal(books, records, policy, statements))
        if self.sink is None:
            return Entry(findings, outcomes, restated=restated or None)
        document = month_document(roster, records, policy, statements)
        return Entry(findings, outcomes, self._put(_path(books, month), document), told_of(brought), restated or None)

    def _other(self, books: Books, month: Month) -> MonthRecords | None:
        """Return the records of another month; what is wrong with them is said where they are checked."""
        key = (books.folder, month)
        if month in books.months and key not in self.read:
            self.read[key], _ = read_month(self.snapshot, books.folder, month, books.months[month])
        return self.read.get(key)

    def _replays(
        self, books: Books, month: Month, policy: Policy
    ) -> tuple[dict[str, Standing], Mapping[str, Replay], tuple[Finding, ...]]:
        """Replay the closed months that a month's adjustments touch.

        Returns:
            by agent what they bring into the month then, and the replays; what cannot be computed as restated.
        """
        roster = books.roster
        chapters: dict[Month, Approved] = {}

        def approved(when: Month) -> Approved:
            if when not in chapters:
                records, governing = self._other(books, when), roster.policy(when)
                if records is None or governing is None:
                    raise TypeError(f"{when} has no result")
                standings = books.brought[when]
                chapters[when] = Approved(roster=roster, policy=governing, records=records, standings=standings)
            return chapters[when]

        folders = {when: self._other(books, when) for when in books.adjusted if when <= month}
        filed = {when: records.adjustments for when, records in folders.items() if records}
        found = replays(month, filed, approved, books.remembered)
        restated = {
            agent: bring(roster.agents[agent].record, month, replay.standing, policy.order)
            for agent, replay in found.items()
        }
        return restated, found, tuple(finding for replay in found.values() for finding in replay.findings)

    def _seal(
        self, books: Books, records: MonthRecords, policy: Policy, statements: tuple[Statement, ...]
    ) -> tuple[Finding, ...]:
        """Seal the month to be closed; compare one that is closed with what was approved."""
        if not records.closed:
            return ()
        sealed, month = seal(policy, statements), records.month
        if self.closing == (books.folder, month):
            self.sealed = sealed
        if records.close is None:
            return ()
        paths = [policy.path, *(path for path in books.months[month] if not path.endswith("/close.yaml"))]
        files = {path: self.snapshot.read(path) for path in paths}
        link = self._link(books, month)
        return tuple(check_seal(records.close, files, sealed, link)) if link else ()

    def _link(self, books: Books, month: Month) -> Link | None:
        """Return where a month's close hangs in the chain of the department's; None for one that is not closed."""
        if close_path(books.folder, month) not in books.paths:
            return None
        if month == min(books.months):
            return Link(before=None, digest=None)
        path = f"records/{books.folder}/{month.plus(-1)}/close.yaml"
        found = close_digest(self.snapshot.read(path)) if path in books.paths else None
        return Link(before=str(month.plus(-1)), digest=found)

    def _period(self, books: Books, period: Period) -> None:
        """Compare the close of a longer period with the closes of its months, unless that is remembered."""
        first, there = min(books.months, default=None), {*books.paths, *books.periods.values()}
        compared = period_files(books.folder, books.months, books.periods, period)
        alike = [str(each) for each in sorted(books.periods) if each.length == period.length]
        digests = self._digests(path for path in compared if path in there)
        key = key_of(("period", program(), str(first), *alike, digests))
        found = self.cache.get(key)
        if found is None:
            found = Entry(tuple(check_period(self.snapshot, books.folder, books.months, books.periods, period)))
            self.cache.put(key, found)
        self.findings.extend(found.findings)

    def _closes(self, books: Books) -> Mapping[Month | Period, str]:
        """Return the digest of each close of a department, of months and of longer periods."""
        paths: dict[Month | Period, str] = dict(books.periods.items())
        paths.update((month, close_path(books.folder, month)) for month in books.months)
        there = {*books.paths, *books.periods.values()}
        return {each: close_digest(self.snapshot.read(path)) for each, path in paths.items() if path in there}

    def _put(self, path: str, document: bytes) -> str:
        """Give the sink a document that it lacks; return the document's digest."""
        content = digest(document)
        if self.sink and not self.sink.holds(f"{VERSION}/{path}", content):
            self.sink.put(f"{VERSION}/{path}", document)
        return content

    def _digests(self, paths: Iterable[str]) -> str:
        return key_of(f"{path} {digest(self.snapshot.read(path))}" for path in sorted(paths))


def _with_restated(
    standings: dict[str, Standing], brought: dict[str, Standing], restated: Mapping[str, Standing]
) -> tuple[dict[str, Standing], dict[str, Standing]]:
    """Return the standings before a month, and those brought into it, of whoever is there, with those restated."""
    if not restated:
        return standings, brought
    gone = {agent: each for agent, each in restated.items() if agent not in brought}
    return {**standings, **gone}, {agent: restated.get(agent, each) for agent, each in brought.items()}


def _together(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Make one finding of those that say the same of several agents or examples at one place of a policy."""
    alike: dict[object, list[Finding]] = {}
    for finding in ordered(findings):
        rest = tuple(pair for pair in finding.message.values if pair[0] != "agent")
        alone = not finding.place.path.startswith("policy/") or rest == finding.message.values
        same_as = finding if alone else (finding.place, finding.rule, finding.message.template, rest)
        alike.setdefault(same_as, []).append(finding)
    for first, *more in alike.values():
        if not more:
            yield first
            continue
        values = dict(first.message.values)
        values["agent"] = say("{first} and {count} more", first=values["agent"], count=len(more))
        yield replace(first, message=Text(first.message.template, tuple(values.items())))


def _blocking(remarks: Iterable[Remark]) -> Iterator[Finding]:
    """Yield what blocks; warnings of the lint stand beside their clauses and in what ``kpigen lint`` prints."""
    return (finding for finding in findings_of(remarks) if finding.severity is Severity.ERROR)


def _path(books: Books, month: Month) -> str:
    return f"{books.roster.id}/{month}.json"


def _errors(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)
