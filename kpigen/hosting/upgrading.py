"""Upgrading: what the host's files of a repository are, beside what they would be today. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import unified_diff
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec
from msgspec import Meta

from kpigen.hosting.install import Install
from kpigen.hosting.rendering import MANIFEST
from kpigen.seal import blob
from kpigen.text import Lang

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Change", "Remembered", "Standing", "changes", "diff_of", "newer_pin", "read_manifest"]

_PATH: Final = r"^(?:\.github(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)+|\.gitlab-ci\.yml|requirements\.txt)$"
_PIN: Final = re.compile(r"(?m)^(kpigen[ \t]*==[ \t]*)[0-9A-Za-z.+!-]+[ \t]*$")


class Remembered(msgspec.Struct, frozen=True):
    """What ``.github/kpigen.json`` says: how kpigen came in, in which language, and what was written."""

    install: Literal["itself", "pinned"]
    lang: Lang
    files: dict[Annotated[str, Meta(pattern=_PATH)], str]


class Standing(StrEnum):
    """How a file stands to what it would be."""

    NEW = "new"
    OUTDATED = "outdated"
    EDITED = "edited"
    GONE = "gone"
    """Written once, and no longer of use."""
    KEPT = "kept"
    """No longer of use, but edited by hand: nobody removes it but its author."""


@dataclass(frozen=True, slots=True)
class Change:
    """A file that is not what it would be today; ``now`` or ``then`` is None where there is none."""

    path: str
    standing: Standing
    now: str | None
    then: str | None


def read_manifest(text: str) -> Remembered | None:
    """Read what is remembered; None when it is not what kpigen writes."""
    try:
        return msgspec.json.decode(text, type=Remembered)
    except (msgspec.MsgspecError, RecursionError):
        return None


def changes(remembered: Remembered | None, present: Mapping[str, str], wanted: Mapping[str, str]) -> Iterator[Change]:
    """Yield the files that are not what they would be, by path; the memory of them last.

    Args:
        remembered: what was written before; None where nothing is known, and every other text counts as an edit.
        present: the texts of those files that are there.
        wanted: the texts that they would have today.
    """
    written = remembered.files if remembered else {}
    for path in sorted({*written, *wanted}, key=lambda path: (path == MANIFEST, path)):
        now, then = present.get(path), wanted.get(path)
        if now == then:
            continue
        as_written = now is not None and written.get(path) == blob(now.encode())
        if now is None:
            yield Change(path, Standing.NEW, now, then)
        elif then is None:
            yield Change(path, Standing.GONE if as_written else Standing.KEPT, now, then)
        else:
            standing = Standing.OUTDATED if as_written or path == MANIFEST else Standing.EDITED
            yield Change(path, standing, now, then)


def diff_of(change: Change) -> str:
    """Return what would change, as a unified diff."""
    before = (change.now or "").splitlines(keepends=True)
    after = (change.then or "").splitlines(keepends=True)
    names = (change.path if change.now is not None else "/dev/null", change.path if change.then else "/dev/null")
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in unified_diff(before, after, *names))


def newer_pin(requirements: str, version: str) -> Install:
    """Return the install of a repository's ``requirements.txt`` with the version of this program.

    Only a plain line ``kpigen==…`` is brought up to date. What states hashes, a path or an address stays as it is:
    which file stands behind the new version is for its author to say.
    """
    return Install(_PIN.sub(lambda match: f"{match[1]}{version}", requirements))
