"""Git, for tests on real repositories."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["GIT", "git"]

GIT = shutil.which("git") or "git"


def git(folder: Path, *arguments: str, who: str = "x") -> str:
    """Run git in a folder as somebody, and return what it printed."""
    command = [GIT, "-c", f"user.name={who}", "-c", f"user.email={who}@example.org", *arguments]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, encoding="utf-8")  # noqa: S603 - a test's own
    return done.stdout.strip()
