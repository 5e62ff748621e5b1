"""Proposals about a made-up department in a git repository: what ``diff`` and ``impact`` are measured with."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from bench.changes import CHANGES
from bench.department import POLICY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["PROPOSALS", "commit", "proposed"]

_FILED: Final = f"policy/star-tier/{POLICY.name}"
_AMOUNT: Final = "else 200}"

PROPOSALS: Final = ("an amount in the newest month", "a demotion in the first month", "another amount in the policy")
"""What is proposed: one month differs, the months until the tier is the same do, every month does."""


def commit(root: Path) -> None:
    """Make a repository of git of a folder, everything in one commit."""
    git = shutil.which("git") or "git"
    who = ("-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "gc.auto=0")
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "made up")):
        subprocess.run([git, *who, *arguments], cwd=root, check=True)  # noqa: S603 - our own words


@contextmanager
def proposed(root: Path, proposal: str, months: int) -> Iterator[Path]:
    """Change the working tree as a proposal does; give the policy, which ``impact`` takes as its draft."""
    path = root / _FILED
    if proposal == PROPOSALS[2]:
        before = path.read_text(encoding="utf-8")
        # Without its examples, which would say that the amount is another.
        path.write_text(before[: before.index("\nexamples:")].replace(_AMOUNT, "else 250}"), encoding="utf-8")
        try:
            yield path
        finally:
            path.write_text(before, encoding="utf-8", newline="\n")
        return
    what, month = ("an amount", months - 1) if proposal == PROPOSALS[0] else ("a demotion", 0)
    with CHANGES[what](root, month):
        yield path
