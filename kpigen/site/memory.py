"""What a build leaves for the next one: which page was made of what, and the digests of the documents.

It lies outside the site, can be deleted at any time, and counts only together with the site whose stamp it bears.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import msgspec

from kpigen.cache import digest
from kpigen.site.placing import files
from kpigen.site.rendering import Kept

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Memory", "Remembered"]

NAME: Final = "pages.msgpack"


class Seen(msgspec.Struct, frozen=True, array_like=True):
    """A file as it lay on the disk, and the digest of what it held."""

    size: int
    changed: int
    number: int
    content: str


class Remembered(msgspec.Struct):
    """What is remembered of the build whose site bears ``stamp``."""

    stamp: str = ""
    documents: dict[str, Seen] = {}
    departments: dict[str, Kept] = {}
    full: dict[str, Seen] = {}

    def digests(self, data: Path) -> dict[str, str]:
        """Return the digest of every document below a folder; documents are replaced, never edited in place.

        One that lies there as it did is not read again.
        """
        self.documents = _seen(data, self.documents)
        return {path: each.content for path, each in self.documents.items()}

    def whole(self, data: Path) -> dict[str, str]:
        """Return the digest of every full document, where some are sealed; as :meth:`digests`."""
        self.full = _seen(data, self.full)
        return {path: each.content for path, each in self.full.items()}


def _seen(data: Path, before: Mapping[str, Seen]) -> dict[str, Seen]:
    seen = {}
    for path in files(data):
        stat = (data / path).stat()
        known = before.get(path)
        if known is None or (known.size, known.changed, known.number) != (
            stat.st_size,
            stat.st_mtime_ns,
            stat.st_ino,
        ):
            known = Seen(stat.st_size, stat.st_mtime_ns, stat.st_ino, digest((data / path).read_bytes()))
        seen[path] = known
    return seen


class Memory:
    """The folder in which it lies, if there is one."""

    def __init__(self, folder: Path | None) -> None:
        """Use ``folder``, which is made when something is kept."""
        self._folder = folder

    def recall(self) -> Remembered:
        """Return what is remembered; nothing, where it cannot be read."""
        if self._folder is None:
            return Remembered()
        try:
            return msgspec.msgpack.decode((self._folder / NAME).read_bytes(), type=Remembered)
        except (OSError, msgspec.MsgspecError):
            return Remembered()

    def keep(self, remembered: Remembered) -> None:
        """Remember something instead, in one step."""
        if self._folder is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        aside = self._folder / f"{NAME}.{os.getpid()}"
        aside.write_bytes(msgspec.msgpack.encode(remembered))
        aside.replace(self._folder / NAME)
