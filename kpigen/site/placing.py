"""Placing files of the site: a file that is there already elsewhere is linked to, not written again."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["files", "put", "share", "share_all"]


def share(file: Path | str, place: Path | str) -> None:
    """Let ``place`` be the same file; a copy of it where a disk cannot link.

    Neither may be written to afterwards, only replaced, see :func:`put`.

    Raises:
        FileNotFoundError: the file, or the folder of ``place``, is not there.
    """
    try:
        os.link(file, place)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(file, place)


def share_all(folder: Path, place: Path) -> None:
    """Let the folder ``place`` hold all that ``folder`` holds."""
    shutil.copytree(folder, place, copy_function=share, dirs_exist_ok=True)


def put(place: Path, content: bytes) -> None:
    """Write a file anew, so that what shared the old one keeps it."""
    place.unlink(missing_ok=True)
    place.write_bytes(content)


def files(folder: Path) -> Iterator[str]:
    """Yield the path of every file below a folder, folders set off by ``/``."""
    ahead = [""]
    while ahead:
        below = ahead.pop()
        with os.scandir(folder / below) as scan:
            for item in scan:
                if item.is_dir(follow_symlinks=False):
                    ahead.append(f"{below}{item.name}/")
                else:
                    yield f"{below}{item.name}"
