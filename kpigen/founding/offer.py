"""What is offered: the policies that come with the program, and the version of one that begins a repository."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpigen.policy.period import ends, last_month
from kpigen.repository import read_policy, survey
from kpigen.snapshot import Entry, Overlaid

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kpigen.month import Month
    from kpigen.policy import Policy
    from kpigen.snapshot import Snapshot

__all__ = ["NOTHING", "Offer", "offers", "version_for"]


@dataclass(frozen=True, slots=True)
class _Nothing:
    """A repository without a file, to lay files over."""

    entries: tuple[Entry, ...] = ()

    def read(self, path: str) -> bytes:
        """Find nothing."""
        raise FileNotFoundError(path)


NOTHING: Snapshot = _Nothing()
"""A repository without a file."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A version of a policy, as it is copied and as it is read.

    Attributes:
        text: the file's text.
        policy: what it says.
    """

    text: str
    policy: Policy

    @property
    def first_sample(self) -> Month:
        """The last month of the first period that the version governs: the first one in which somebody is assessed."""
        return last_month(self.policy.month, self.policy.version.assess.every)

    def assesses(self, month: Month) -> bool:
        """Tell whether a period that is assessed ends with a month."""
        return ends(month, self.policy.version.assess.every)


def offers(folder: Path) -> Mapping[str, Mapping[Month, Path]]:
    """Return the files of the policies below ``folder/policy``, by policy and the month from which each is in force."""
    paths = sorted((folder / "policy").glob("*/*.yaml"))
    entries = (Entry(path.relative_to(folder).as_posix(), "file") for path in paths)
    found, _ = survey(entries)
    return {name: {month: folder / path for month, path in own.items()} for name, own in found.policies.items()}


def version_for(versions: Mapping[Month, Path], month: Month | None) -> Offer | None:
    """Read the version that is in force in a month, or the newest one; None when none is in force yet."""
    begun = [start for start in versions if month is None or start <= month]
    if not begun:
        return None
    data = versions[max(begun)].read_bytes()
    path = f"policy/{versions[max(begun)].parent.name}/{max(begun)}.yaml"
    policy, _, findings = read_policy(Overlaid(NOTHING, {path: data}), path)
    if policy is None:
        raise ValueError(f"{path} comes with the program and cannot be read: {findings[0].message}")
    return Offer(data.decode(), policy)
