"""The books of a department: what its months have in common while they are gone through. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kpigen.checks.department import ENTRY_TIER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kpigen.engine import Standing
    from kpigen.finding import Finding
    from kpigen.month import Month, Period
    from kpigen.roster import Roster

__all__ = ["Books", "adjustments", "between", "monthly", "remembered", "without_the_wrong"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What the months of a department have in common.

    Attributes:
        roster: the department.
        folder: its folder's name, which is its id unless a finding says otherwise.
        months: the paths of each month's files.
        periods: the paths of the closes of longer periods.
        paths: all of these paths together.
        names: a digest of them.
        remembered: the names that any version of its policies looks back at.
        content: a digest of the program, the policies, the department and its agents.
        adjusted: the months that hold adjustments.
        brought: what each agent really brought into each month so far; kept only where there are adjustments.
    """

    roster: Roster
    folder: str
    months: Mapping[Month, list[str]]
    periods: Mapping[Period, str]
    paths: frozenset[str]
    names: str
    remembered: frozenset[str]
    content: str
    adjusted: tuple[Month, ...]
    brought: dict[Month, Mapping[str, Standing]] = field(default_factory=dict)


def adjustments(paths: Iterable[str]) -> list[str]:
    """Return those of a month's paths that are adjustments."""
    return [path for path in paths if "/adjustments/" in path]


def between(months: Mapping[Month, object]) -> Iterator[Month]:
    """Yield every month from the first to the last."""
    month, last = min(months, default=None), max(months, default=None)
    while month is not None and last is not None and month <= last:
        yield month
        month = month.plus(1)


def monthly(roster: Roster, month: Month) -> bool:
    """Tell whether a month must have records: where another period is assessed, there may be nothing to record."""
    policy = roster.policy(month)
    return policy is None or (policy.version.score is not None and policy.version.assess.every == "month")


def without_the_wrong(books: Books, findings: Iterable[Finding]) -> Books:
    """Leave out the agents of whom it is wrong who they are, or when in which team: what months say hangs on it."""
    roster = books.roster
    faulty = {finding.place.path for finding in findings if finding.rule is not ENTRY_TIER}
    wrong = {agent: filed for agent, filed in roster.agents.items() if filed.path in faulty}
    if not wrong:
        return books
    sound = {agent: filed for agent, filed in roster.agents.items() if agent not in wrong}
    meant = {filed.record.agent for filed in wrong.values()} - sound.keys()
    unread = {*roster.unread, *wrong, *meant}
    return replace(books, roster=replace(roster, agents=sound, unread=unread))


def remembered(roster: Roster) -> frozenset[str]:
    """Return the names that any version of the department's policies looks back at."""
    used = {line.use for line in roster.department.record.policy}
    versions = [policy for name in used for policy in roster.policies.get(name, {}).values()]
    return frozenset(name for policy in versions for name in policy.remembered)
