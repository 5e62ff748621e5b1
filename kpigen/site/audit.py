"""The audit: the chain of closes of each department, and who changed what when."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpigen.site.documents import Department, Published
    from kpigen.site.history import Change, Commit, Held, Source
    from kpigen.site.rulebook import PolicyRef

__all__ = ["Chain", "Closed", "Days", "Together", "chain", "chains", "days", "month_commits", "together"]


@dataclass(frozen=True, slots=True)
class Closed:
    """A close: ``when`` is a month or a longer period, ``before`` the digest of the close that it follows.

    ``held`` is the commit that put it into the repository, where that is known; ``author`` who wrote that commit, where
    it is published.
    """

    when: str
    path: str
    digest: str
    before: str | None
    policy: PolicyRef | None
    held: Held | None
    author: str | None


@dataclass(frozen=True, slots=True)
class Chain:
    """The closes of a department, the newest first, and its closed longer periods."""

    department: Department
    months: tuple[Closed, ...]
    periods: tuple[Closed, ...]


@dataclass(frozen=True, slots=True)
class Days:
    """The commits of a month, the newest first; the month as the authors' clocks say."""

    month: str
    commits: tuple[Commit, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """What a commit changed of one kind in one department: how many files, in which months from which to which.

    ``policies`` are the versions that it changed, where that is the kind; such files belong to no department.
    """

    kind: str
    department: str | None
    first: str | None
    last: str | None
    files: int
    policies: tuple[str, ...] = ()


def chains(published: Published, source: Source) -> tuple[Chain, ...]:
    """Return the closes of each department."""
    authors = _authors(published)
    return tuple(_chain(each, source, authors) for each in published.departments)


def chain(published: Published, department: Department, source: Source) -> Chain:
    """Return the closes of one department."""
    return _chain(department, source, _authors(published))


def _authors(published: Published) -> dict[str, str | None]:
    return {each.commit: each.author for each in published.history.commits}


def _chain(department: Department, source: Source, authors: dict[str, str | None]) -> Chain:
    def closed(when: str, digest: str, before: str | None, policy: PolicyRef | None) -> Closed:
        path = f"records/{department.department}/{when}/close.yaml"
        held = source.last(path)
        return Closed(when, path, digest, before, policy, held, authors.get(held.commit) if held else None)

    months, before = [], None
    for ref in department.months:
        if ref.close:
            months.append(closed(ref.month, ref.close, before, ref.policy))
        before = ref.close
    periods = [closed(ref.period, ref.close, None, None) for ref in department.periods]
    return Chain(department, tuple(reversed(months)), tuple(reversed(periods)))


def days(commits: tuple[Commit, ...]) -> tuple[Days, ...]:
    """Return commits by month, in their order."""
    return tuple(Days(month, tuple(each)) for month, each in groupby(commits, key=lambda commit: commit.on[:7]))


def together(changes: Iterable[Change]) -> tuple[Together, ...]:
    """Return changes told together, one for each kind and department, in the order in which these are first named."""
    found: dict[tuple[str, str | None], list[Change]] = {}
    for change in changes:
        found.setdefault((change.kind, change.department), []).append(change)
    return tuple(_together(kind, department, each) for (kind, department), each in found.items())


def _together(kind: str, department: str | None, changes: list[Change]) -> Together:
    months = sorted(each.month for each in changes if each.month)
    return Together(
        kind,
        department,
        months[0] if months else None,
        months[-1] if months else None,
        sum(each.files for each in changes),
        tuple(f"{each.policy} {each.version}" for each in changes if each.policy),
    )


def month_commits(commits: Iterable[Commit], department: str, month: str) -> tuple[Commit, ...]:
    """Return the commits that changed records of a department's month, in their order, with those changes alone."""
    found = []
    for commit in commits:
        own = tuple(each for each in commit.changes if (each.department, each.month) == (department, month))
        if own:
            found.append(replace(commit, changes=own))
    return tuple(found)
