"""What git knows, as it is published: where records stand on the web, and who changed what when."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import msgspec
from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Change", "Commit", "Held", "History", "Repository", "Source", "read_history"]

_PLACE: Final = re.compile(r"((?:records|policy)/[^:]+)(?::([0-9]+))?(?::[0-9]+)?")

_AT: Final = re.compile(rb'"at":"([^":]+)')


class Repository(Struct, frozen=True):
    """Where the repository lies on the web; ``file`` and ``commit`` are the ways from there."""

    address: str
    file: str
    commit: str


class Held(Struct, frozen=True):
    """The files that a commit was the last to change."""

    commit: str
    on: str
    paths: tuple[str, ...]


class Change(Struct, frozen=True):
    """How many files of a kind a commit changed, and of which department, month, policy or version."""

    kind: str
    files: int
    department: str | None = None
    month: str | None = None
    policy: str | None = None
    version: str | None = None


class Commit(Struct, frozen=True):
    """A commit that changed records or policies; author and subject only where prose is published."""

    commit: str
    on: str
    changes: tuple[Change, ...]
    author: str | None = None
    subject: str | None = None


class History(Struct, frozen=True):
    """``history.json``; empty where there is no git.

    ``commit`` is the newest one that changed records or policies, where all is committed; ``earlier`` counts the
    commits before those listed.
    """

    repository: Repository | None = None
    commit: str | None = None
    prose: bool = False
    files: tuple[Held, ...] = ()
    commits: tuple[Commit, ...] = ()
    earlier: int = 0

    @property
    def outside(self) -> str:
        """The address below which links may lead out of the site; empty for none."""
        return f"{self.repository.address}/" if self.repository else ""

    def held(self, department: str) -> Iterator[str]:
        """Yield all that a department's pages are made of: its commits; addresses, and the commit of each file."""
        for commit in self.commits:
            if any(change.department == department for change in commit.changes):
                yield repr(commit)
        if self.repository is None:
            return
        yield repr(self.repository)
        for held in self.files:
            for path in held.paths:
                if path.startswith((f"records/{department}/", "policy/")):
                    yield f"{held.commit} {path}"


def read_history(data: Path) -> History:
    """Read ``history.json`` of a folder of documents; without one nothing is known."""
    try:
        return msgspec.json.decode((data / "history.json").read_bytes(), type=History)
    except FileNotFoundError:
        return History()


class Source:
    """Where records stand: the addresses of lines and commits, and when a file was last changed."""

    def __init__(self, history: History) -> None:
        """Look things up in a history."""
        self._history = history

    @cached_property
    def _held(self) -> dict[str, Held]:
        return {path: held for held in self._history.files for path in held.paths}

    def line(self, place: str | None) -> str | None:
        """Return the address of a place, ``path:line:column``, at the commit that last changed the file.

        Returns:
            None where the host is not known, or the file is not as it was committed.
        """
        host = self._history.repository
        found = _PLACE.fullmatch(place) if host and place else None
        held = self._held.get(found[1]) if found else None
        if host is None or found is None or held is None:
            return None
        way = host.file.replace("{commit}", held.commit)
        return f"{host.address}/{way}{quote(found[1])}" + (f"#L{found[2]}" if found[2] else "")

    def commit(self, commit: str) -> str | None:
        """Return the address of a commit."""
        host = self._history.repository
        return f"{host.address}/{host.commit}{commit}" if host else None

    def last(self, path: str) -> Held | None:
        """Return the commit that last changed a file, where it is as it was committed."""
        return self._held.get(path)

    def named_in(self, records: object) -> tuple[str, ...]:
        """Return the commits that the addresses of all places in some published records name, for the key of a page."""
        if self._history.repository is None:
            return ()
        paths = {found.decode() for found in _AT.findall(msgspec.json.encode(records))}
        return (self._history.outside, *sorted({each.commit for path in paths if (each := self._held.get(path))}))
