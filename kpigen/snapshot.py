"""A snapshot: the files of a repository at one moment, as the only thing the rest of the program reads."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

__all__ = ["Entry", "FolderSnapshot", "Overlaid", "Snapshot"]

ROOTS = ("policy", "records")


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One name in the snapshot: ``kind`` is ``file``, ``folder``, ``link`` or ``other``."""

    path: str
    kind: str


class Snapshot(Protocol):
    """The files below ``policy/`` and ``records/``: names in order, and bytes on demand."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything there is, sorted by path; nothing behind a link."""

    def read(self, path: str) -> bytes:
        """Return a file's bytes."""


@dataclass(frozen=True, slots=True)
class FolderSnapshot:
    """The snapshot that a folder on disk is. Links are listed and never followed."""

    root: Path
    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, root: Path) -> FolderSnapshot:
        """List what stands below ``root``."""
        listed = tuple(entry for top in ROOTS for entry in _listed(root, top))
        return cls(root, tuple(sorted(listed)))

    def read(self, path: str) -> bytes:
        """Return a file's bytes."""
        return (self.root / path).read_bytes()


@dataclass(frozen=True, slots=True)
class Overlaid:
    """A snapshot in which some files say something else, some are new, and some are not there."""

    below: Snapshot
    files: Mapping[str, bytes]
    without: Collection[str] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What there is below, without what is not there, and what is new."""
        there = {entry.path for entry in self.below.entries}
        new = (Entry(path, "file") for path in self.files if path not in there)
        kept = (entry for entry in self.below.entries if entry.path not in self.without)
        return tuple(sorted((*kept, *new)))

    def read(self, path: str) -> bytes:
        """Return what a file says, or would say."""
        return self.files[path] if path in self.files else self.below.read(path)


def _listed(root: Path, top: str) -> Iterator[Entry]:
    """Yield everything below ``top``, ``top`` itself aside unless it is no plain folder."""
    start = root / top
    if start.is_symlink() or (start.exists() and not start.is_dir()):
        yield Entry(top, "link" if start.is_symlink() else "other")
        return
    pending = [top] if start.is_dir() else []
    while pending:
        folder = pending.pop()
        with os.scandir(root / folder) as scan:
            for item in scan:
                path = f"{folder}/{item.name}"
                kind = _kind(item)
                yield Entry(path, kind)
                if kind == "folder":
                    pending.append(path)


def _kind(item: os.DirEntry[str]) -> str:
    if item.is_symlink():
        return "link"
    if item.is_dir():
        return "folder"
    return "file" if item.is_file() else "other"
