"""Settling: a new repository moves into its folder, whole or not at all."""

from __future__ import annotations

import tempfile
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["settle", "taken_by"]


def taken_by(folder: Path) -> Path | None:
    """Return what stands in the way of a new repository at ``folder``: a link, a file, or the first thing in it."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        return folder
    return next(iter(sorted(folder.iterdir())), None) if folder.exists() else None


def settle(folder: Path, files: Mapping[str, str]) -> None:
    """Write files into a folder that is absent or empty; they wait aside until all of them are written.

    Args:
        folder: where they go.
        files: their texts by path relative to it.

    Raises:
        OSError: the system refuses, or something came into the folder meanwhile; what was moved is taken back.
    """
    place = folder.absolute()
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{place.name}-", dir=place.parent) as aside:
        new = Path(aside) / "new"
        for path, text in files.items():
            target = new / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())
        if place.exists():
            _move_in(new, place)
        else:
            new.rename(place)


def _move_in(new: Path, place: Path) -> None:
    """Move everything into an empty folder, which stays the same folder for whoever stands in it."""
    moved: list[Path] = []
    try:
        for entry in sorted(new.iterdir()):
            target = place / entry.name
            if target.exists() or target.is_symlink():
                raise FileExistsError(17, "it is there already", str(target))
            entry.rename(target)
            moved.append(target)
    except OSError:
        for target in moved:
            rmtree(target) if target.is_dir() else target.unlink()
        raise
