"""The audit: the chain of closes of each department, and who changed what when."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpigen.site.documents import Department, Published
    from kpigen.site.history import Commit, Held, Source
    from kpigen.site.rulebook import PolicyRef

__all__ = ["Chain", "Closed", "Days", "chains", "days"]


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


def chains(published: Published, source: Source) -> tuple[Chain, ...]:
    """Return the closes of each department."""
    authors = {each.commit: each.author for each in published.history.commits}
    return tuple(_chain(each, source, authors) for each in published.departments)


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
