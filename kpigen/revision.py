"""A revision: the snapshot that a commit of git holds, read through git, without checking it out."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass, field
from posixpath import relpath
from typing import TYPE_CHECKING, Final

from kpigen.snapshot import ROOTS, Entry
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kpigen.text import Text

__all__ = [
    "Commit",
    "Revision",
    "RevisionError",
    "Signed",
    "changed_between",
    "changed_paths",
    "file_at",
    "history",
    "merge_base",
    "merge_bases",
    "origin",
    "resolve",
    "signed_commits",
    "within",
]

# Nothing that a repository brings along is run: no hooks, no monitors, no filters, no pager.
# Nothing stands in for a commit, and nothing is written.
_SAFE: Final = (
    *("--no-replace-objects", "--no-optional-locks"),
    *("-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.pager=cat"),
)
# Both names of what was renamed, and modules too, whatever .gitmodules says of them.
_DIFF: Final = (
    *("diff", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules=none", "-z"),
    "--no-relative",
)
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
        if _run(root, "rev-parse", "--git-dir").returncode:
            raise RevisionError(say("{path} is no git repository, or git does not trust it", path=str(root)))
        if _shallow(root):
            raise RevisionError(
                say("{name} is not in this shallow clone; fetch the whole history (fetch-depth: 0)", name=name)
            )
        raise RevisionError(say("git knows no commit {name} here", name=name))
    return found.stdout.decode("ascii").strip()


def merge_base(root: Path, base: str, head: str = "HEAD") -> str:
    """Return the commit at which a branch, the present one unless it is named, left ``base``.

    Raises:
        RevisionError: the two have nothing in common, or not in this clone.
    """
    return merge_bases(root, base, head)[0]


def merge_bases(root: Path, base: str, head: str = "HEAD") -> tuple[str, ...]:
    """Return every commit at which a branch left ``base``: more than one where each was merged into the other.

    Raises:
        RevisionError: the two have nothing in common, or not in this clone.
    """
    found = _run(root, "merge-base", "--all", resolve(root, base), resolve(root, head))
    if found.returncode:
        if _shallow(root):
            raise RevisionError(
                say(
                    "this shallow clone does not reach back to {name}; fetch the whole history (fetch-depth: 0)",
                    name=base,
                )
            )
        raise RevisionError(say("{name} and the present branch have no commit in common here", name=base))
    return tuple(found.stdout.decode("ascii").split())


def _shallow(root: Path) -> bool:
    return _run(root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


def changed_paths(root: Path, commit: str) -> tuple[str, ...]:
    """Return the paths of the whole repository that differ from a commit, those not yet committed among them.

    They are told from ``root`` on; what lies outside of it begins with ``../``.
    """
    tracked = _git(root, *_DIFF, commit, "--")
    new = _git(root, "ls-files", "--others", "--exclude-standard", "--full-name", "-z")
    prefix = within(root)
    listed = {path.decode("utf-8", "surrogateescape") for path in (tracked + new).split(b"\0") if path}
    return tuple(sorted(relpath(path, prefix) if prefix else path.rstrip("/") for path in listed))


def within(root: Path) -> str:
    """Return where a folder lies in the repository that it belongs to, with a ``/`` at the end; empty for all of it."""
    return _git(root, "rev-parse", "--show-prefix").rstrip(b"\n").decode("utf-8", "surrogateescape")


def changed_between(root: Path, before: str, after: str) -> tuple[str, ...]:
    """Return the paths of the whole repository that differ between two commits, both names of what was renamed."""
    listed = _git(root, *_DIFF, before, after, "--")
    return tuple(sorted(path.decode("utf-8", "surrogateescape") for path in listed.split(b"\0") if path))


def file_at(root: Path, commit: str, path: str) -> bytes | None:
    """Return what any file of the repository says in a commit; None where it is not there."""
    found = _run(root, "cat-file", "blob", f"{commit}:./{path}")
    return None if found.returncode else found.stdout


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of the present branch, or what was merged into it at once, and the files that it changed.

    Attributes:
        id: the commit.
        on: when it was written, by its author's clock: date and time with the offset.
        author: who wrote it, as it says itself.
        subject: its first line.
        paths: the files below ``policy/`` and ``records/``, from the folder asked for.
    """

    id: str
    on: str
    author: str
    subject: str
    paths: tuple[str, ...]


def history(root: Path) -> tuple[Commit, ...]:
    """Return the commits that changed records or policies, the newest first.

    What was merged counts as one change, at the merge: so the newest that names a file holds it as it is now,
    however branches ran side by side.

    Raises:
        RevisionError: there is no git, no repository, or no commit.
    """
    form = "--format=%x01%H%x00%aI%x00%an%x00%s"  # no name or subject holds the byte 0
    listed = _git(
        root,
        *("-c", "log.showSignature=false", "-c", "log.follow=false", "log", "--first-parent", "-m", "-z", form),
        *("--encoding=UTF-8", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-color"),
        *("--ignore-submodules=none", "--relative", "HEAD", "--", *ROOTS),
    )
    fields = iter(listed.decode("utf-8", "replace").split("\0"))
    found: list[tuple[str, str, str, str, list[str]]] = []
    for each in fields:
        field = each.lstrip("\n")
        if field.startswith("\x01"):
            found.append((field[1:], next(fields), next(fields), next(fields), []))
        elif field:
            found[-1][-1].append(field)
    return tuple(
        Commit(commit, on, author, subject, tuple(sorted(paths))) for commit, on, author, subject, paths in found
    )


def origin(root: Path) -> str | None:
    """Return the address of the remote called origin, as it is configured; None where there is none."""
    found = _run(root, "config", "--get", "remote.origin.url")
    return None if found.returncode else found.stdout.decode("utf-8", "replace").strip()


@dataclass(frozen=True, slots=True)
class Signed:
    """A commit: ``state`` is git's letter for its signature (``G`` holds, ``N`` there is none), and who signed."""

    commit: str
    state: str
    principal: str


def signed_commits(root: Path, base: str, head: str, allowed: Path) -> tuple[Signed, ...]:
    """Return the commits that a branch adds to its base, with how each is signed, the oldest first.

    Args:
        root: the repository's folder.
        base: what the branch is to be merged into.
        head: the branch.
        allowed: a file that lists whose SSH keys count, as ``allowed_signers`` of ssh-keygen does.

    Raises:
        RevisionError: git or ssh-keygen is not there, or a commit is not.
    """
    program = shutil.which("ssh-keygen")
    if program is None:
        raise RevisionError(say("ssh-keygen is not installed, and signatures are checked with it"))
    # Whatever is configured here: SSH keys count, and only those of the file.
    settings = {
        "gpg.ssh.allowedSignersFile": str(allowed),
        "gpg.ssh.program": program,
        "gpg.ssh.revocationFile": "",
        "gpg.program": "false",
        "gpg.openpgp.program": "false",
        "gpg.x509.program": "false",
        "log.showSignature": "false",
        "log.mailmap": "false",
    }
    flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    span = f"{resolve(root, base)}..{resolve(root, head)}"
    listed = _git(root, *flags, "log", "--reverse", "-z", "--format=%H%x09%G?%x09%GS", span)
    lines = [line.decode("utf-8", "replace") for line in listed.split(b"\0") if line]
    return tuple(Signed(*line.split("\t", 2)) for line in lines)


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
        oid, about, *rest = output[at:end].decode("ascii").split()
        if not rest:  # "<id> missing"
            raise RevisionError(
                say("this clone lacks a file of that commit ({id} is {about}); fetch all", id=oid, about=about)
            )
        size = rest[0]
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
