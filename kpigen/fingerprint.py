"""Fingerprints: digests of all that a month's findings and result depend on besides its own files."""

from __future__ import annotations

from functools import cache as remember
from importlib import resources
from typing import TYPE_CHECKING, Final

import msgspec

from kpigen.cache import digest, key_of
from kpigen.engine.facts import visible_past
from kpigen.engine.moves import barring
from kpigen.exact import arithmetic

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

    from kpigen.engine import Standing
    from kpigen.month import Month
    from kpigen.policy import Policy

__all__ = ["program", "seen_of", "told_of"]

_ENCODER: Final = msgspec.msgpack.Encoder(order="deterministic")


def seen_of(policy: Policy, month: Month, standings: Mapping[str, Standing]) -> str:
    """Return a digest of the part of the agents' standings on which the month's findings and outcomes depend."""
    # Encoded all at once: to check one month, this is done for every month.
    with arithmetic():
        seen = [
            (
                agent,
                standing.tier,
                barring(policy, month, standing),
                standing.owed,
                standing.open,
                visible_past(policy, month, standing.past),
            )
            for agent, standing in sorted(standings.items())
        ]
    return digest(_ENCODER.encode(seen))


def told_of(standings: Mapping[str, Standing]) -> str:
    """Return a digest of what only the month's document tells: since when a tier is held, and why.

    Apart from the rest, so that a correction is checked only as far as tiers and pay differ.
    """
    return digest(_ENCODER.encode([(agent, each.since, each.by) for agent, each in sorted(standings.items())]))


@remember
def program() -> str:
    """Return a digest of the program itself: another program may compute another result."""
    modules = sorted(each for each in _modules(resources.files("kpigen")) if not each[0].startswith(_EDGES))
    return key_of(f"{path} {digest(file.read_bytes())}" for path, file in modules)


_EDGES: Final = ("approval/", "cli/", "effect/", "founding/", "hosting/", "impact/", "intake/", "publishing/", "site/")
"""Parts of the program that no finding and no result depends on."""


def _modules(folder: Traversable, within: str = "") -> Iterator[tuple[str, Traversable]]:
    """Yield every module of the program with its path."""
    for file in folder.iterdir():
        if file.is_dir():
            yield from _modules(file, f"{within}{file.name}/")
        elif file.name.endswith(".py"):
            yield within + file.name, file
