"""A revision: the snapshot that a commit of git holds, read through git, without checking it out."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kpigen.snapshot import ROOTS, Entry
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kpigen.text import Text

__all__ = ["Revision", "RevisionError", "changed_paths", "merge_base"]

# Nothing that a repository brings along is run: no hooks, no monitors, no filters, no pager.
_SAFE: Final = ("-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.pager=cat")
_KINDS: Final = {"100644": "file", "100755": "file", "040000": "folder", "120000": "link", "160000": "other"}


class RevisionError(Exception):
    """What is asked of git cannot be had: ``text`` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.template)
        self.text = text


@dataclass(frozen=True, slots=True)
class Revision:
    """The files below ``policy/`` and ``records/`` of a commit."""

    commit: str
    entries: tuple[Entry, ...]
    blobs: Mapping[str, str]
    _contents: Mapping[str, bytes] = field(repr=False)

    @classmethod
    def of(cls, root: Path, name: str) -> Revision:
        """Read a commit.

        Args:
            root: the repository's folder, which may lie within a larger one.
            name: the commit: a branch, a tag, an id.

        Raises:
            RevisionError: there is no git, no repository, or no such commit.
        """
        commit = resolve(root, name)
        listed = _git(root, "ls-tree", "-r", "-t", "-z", commit, "--", *ROOTS)
        entries, blobs = [], {}
        for line in filter(None, listed.split(b"\0")):
            about, _, path = line.decode("utf-8", "surrogateescape").partition("\t")
            mode, _, oid = about.split()
            if path in ROOTS and mode == "040000":
                continue
            entries.append(Entry(path, _KINDS.get(mode, "other")))
            if _KINDS.get(mode) == "file":
                blobs[path] = oid
        return cls(commit, tuple(sorted(entries)), blobs, _read(root, blobs))

    def read(self, path: str) -> bytes:
        """Return a file's bytes."""
        return self._contents[path]


def resolve(root: Path, name: str) -> str:
    """Return a commit's id.

    Raises:
        RevisionError: there is no such commit.
    """
    found = _run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if found.returncode:
        shallow = _run(root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
        if shallow:
            raise RevisionError(
                say("{name} is not in this shallow clone; fetch the whole history (fetch-depth: 0)", name=name)
            )
        raise RevisionError(say("git knows no commit {name} here", name=name))
    return found.stdout.decode("ascii").strip()


def merge_base(root: Path, base: str) -> str:
    """Return the commit at which the present branch left ``base``.

    Raises:
        RevisionError: the two have nothing in common, or not in this clone.
    """
    found = _run(root, "merge-base", resolve(root, base), "HEAD")
    if found.returncode:
        raise RevisionError(say("{name} and the present branch have no commit in common here", name=base))
    return found.stdout.decode("ascii").strip()


def changed_paths(root: Path, commit: str) -> tuple[str, ...]:
    """Return the paths of the whole repository that differ from a commit, those not yet committed among them."""
    tracked = _git(root, "diff", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv", "-z", commit, "--")
    new = _git(root, "ls-files", "--others", "--exclude-standard", "--full-name", "-z")
    paths = {path.decode("utf-8", "surrogateescape") for path in (tracked + new).split(b"\0") if path}
    return tuple(sorted(paths))


def _read(root: Path, blobs: Mapping[str, str]) -> Mapping[str, bytes]:
    """Read all blobs in one go."""
    wanted = sorted(set(blobs.values()))
    if not wanted:
        return {}
    output = _git(root, "cat-file", "--batch", given="".join(f"{oid}\n" for oid in wanted).encode("ascii"))
    contents: dict[str, bytes] = {}
    at = 0
    for _ in wanted:
        end = output.index(b"\n", at)
        oid, _, size = output[at:end].decode("ascii").split()
        contents[oid] = output[end + 1 : end + 1 + int(size)]
        at = end + 2 + int(size)
    return {path: contents[oid] for path, oid in blobs.items()}


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    done = _run(root, *arguments, given=given)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise RevisionError(say("git says: {reason}", reason=said[-1] if said else "?"))
    return done.stdout


def _run(root: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    git = shutil.which("git")
    if git is None:
        raise RevisionError(say("git is not installed"))
    command = [git, *_SAFE, "-C", str(root), *arguments]
    return subprocess.run(command, input=given, capture_output=True, check=False)  # noqa: S603 - no shell, no strangers' words
