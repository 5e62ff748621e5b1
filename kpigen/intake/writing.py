"""Writing files of the repository: aside first, moved into place when all of them are there."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from kpigen.store import LinkInTheWayError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["LinkInTheWayError", "add", "replace"]


def replace(root: Path, files: Mapping[str, str]) -> None:
    """Write files below ``root``, whether they are there or not; each appears whole, in one step.

    Args:
        root: the repository.
        files: their texts by path relative to the root.

    Raises:
        LinkInTheWayError: a path leads through a link, and so perhaps out of the repository.
        OSError: the system refuses; a file is then as it was or as it should be, never half of it.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, text in files.items():
            place = _plain_place(root, path)
            aside = place.with_name(f".{place.name}.{os.getpid()}.new")
            with aside.open("xb") as stream:
                waiting.append((aside, place))
                stream.write(text.encode())
                stream.flush()
                os.fsync(stream.fileno())
        for aside, place in waiting:
            aside.replace(place)
    finally:
        for aside, _ in waiting:
            with suppress(FileNotFoundError):
                aside.unlink()


def add(root: Path, path: str, text: str) -> None:
    """Write one new file below ``root``.

    Args:
        root: the repository.
        path: its path relative to the root.
        text: what it says.

    Raises:
        FileExistsError: it is there already.
        LinkInTheWayError: the path leads through a link.
        OSError: the system refuses.
    """
    place = _plain_place(root, path)
    with place.open("xb") as stream:
        stream.write(text.encode())


def _plain_place(root: Path, path: str) -> Path:
    """Make the folders of a path and return it, unless a link stands on the way."""
    place = root
    for step in path.split("/"):
        place /= step
        if place.is_symlink():
            raise LinkInTheWayError(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    return place
