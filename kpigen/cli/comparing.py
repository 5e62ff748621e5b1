"""Comparing for a verb: the folder as it stands beside another state of it, with the cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.cli.keeping import be_a_repository
from kpigen.cli.refusal import Refusal, cannot_use

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kpigen.cache import FolderCache
    from kpigen.effect.sides import Side
    from kpigen.snapshot import Snapshot
    from kpigen.text import Lang

__all__ = ["cache_of", "compared"]


def compared(root: Path, lang: Lang, base: Callable[[], Snapshot]) -> tuple[Side, Side]:
    """Compute a base and the folder as it stands.

    Args:
        root: the repository.
        lang: the language of refusals.
        base: reads the base.

    Raises:
        Refusal: when ``root`` is no repository, or git does not have the base.
    """
    from kpigen.effect.sides import sides  # noqa: PLC0415
    from kpigen.revision import RevisionError  # noqa: PLC0415 - help does without
    from kpigen.snapshot import FolderSnapshot  # noqa: PLC0415

    be_a_repository(root, lang)
    try:
        return sides(base(), FolderSnapshot.of(root), cache_of(root))
    except RevisionError as error:
        raise Refusal(error.text, lang) from error
    except OSError as error:
        raise cannot_use(error, lang) from error


def cache_of(root: Path) -> FolderCache | None:
    """Return the cache of a repository; a user without a home has none."""
    from kpigen.cache import FolderCache  # noqa: PLC0415 - help does without

    try:
        return FolderCache.of(root)
    except RuntimeError:
        return None
