"""Reading for the lint: every policy of a snapshot with all that is found in it, and the months that are closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpigen.examples import check_examples
from kpigen.finding import ordered
from kpigen.lint import findings_of, lint_version, lint_versions
from kpigen.lint.versions import Closed
from kpigen.records import Close
from kpigen.repository import read_policy, read_record, survey

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.finding import Finding
    from kpigen.month import Month
    from kpigen.policy import Policy
    from kpigen.reading.nodes import Document
    from kpigen.remark import Remark
    from kpigen.repository import Survey
    from kpigen.snapshot import Snapshot

__all__ = ["Linted", "closed_months", "read_policies"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linted:
    """A policy: its sound versions with their files, oldest first, what is found in it, and what it acknowledges."""

    id: str
    policies: tuple[tuple[Policy, Document], ...]
    findings: tuple[Finding, ...]
    acknowledged: tuple[Remark, ...]


def read_policies(snapshot: Snapshot) -> tuple[Linted, ...]:
    """Read and lint every policy of a snapshot, by id."""
    found, _ = survey(snapshot.entries)
    closed = closed_months(snapshot, found)
    return tuple(_read(snapshot, name, paths, closed.get(name, ())) for name, paths in sorted(found.policies.items()))


def _read(snapshot: Snapshot, name: str, paths: Mapping[Month, str], closed: tuple[Closed, ...]) -> Linted:
    findings: list[Finding] = []
    remarks: list[Remark] = []
    versions: dict[Month, tuple[Policy, Document]] = {}
    for month, path in sorted(paths.items()):
        policy, document, wrong = read_policy(snapshot, path)
        findings.extend(wrong)
        if policy is not None and document is not None and policy.sound:
            differ = tuple(check_examples(policy, document))
            findings.extend(differ)
            remarks.extend(lint_version(policy, document, examples_hold=not differ))
            versions[month] = (policy, document)
    remarks.extend(lint_versions(versions, closed))
    return Linted(
        id=name,
        policies=tuple(versions.values()),
        findings=ordered((*findings, *findings_of(remarks))),
        acknowledged=tuple(remark for remark in remarks if remark.reason is not None),
    )


def closed_months(snapshot: Snapshot, found: Survey) -> Mapping[str, tuple[Closed, ...]]:
    """Return for each policy the months that were closed by it; a close that cannot be read is passed over."""
    closed: dict[str, list[Closed]] = {}
    for department, files in sorted(found.departments.items()):
        for month, paths in sorted(files.months.items()):
            path = next((each for each in paths if each.endswith("/close.yaml")), None)
            filed = None if path is None else read_record(snapshot, path, Close)[0]
            if filed is not None:
                governing = filed.record.policy
                closed.setdefault(governing.id, []).append(
                    Closed(department, month, governing.version, filed.place("policy", "version"))
                )
    return {policy: tuple(each) for policy, each in closed.items()}
