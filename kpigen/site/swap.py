"""Putting a folder in the place of another in one step, so that there is always the old one or the new one."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["swap"]

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def swap(new: Path, place: Path) -> None:
    """Move the folder ``new`` to ``place``; what stood there is removed afterwards.

    Linux exchanges two folders in one step. Elsewhere the old folder is moved aside first, and moved back should
    the second step fail; only there can the program be killed between the two.
    """
    if not place.exists():
        new.rename(place)
        return
    if not _exchange(new, place):
        aside = new.with_name(f"{new.name}.old")
        place.rename(aside)
        try:
            new.rename(place)
        except OSError:
            aside.rename(place)
            raise
        new = aside
    shutil.rmtree(new)


def _exchange(one: Path, other: Path) -> bool:
    if sys.platform != "linux":
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    paths = os.fsencode(one), os.fsencode(other)
    return bool(renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE) == 0)
