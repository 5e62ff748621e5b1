"""Keeping the ledger for a verb: the folder as it stands, with the cache, and with progress on a terminal."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from kpigen.cli.findings import report
from kpigen.cli.refusal import Refusal, cannot_use
from kpigen.report import summary
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from kpigen.cache import FolderCache
    from kpigen.finding import Finding
    from kpigen.ledger import Sink
    from kpigen.month import Month
    from kpigen.seal import Sealed
    from kpigen.text import Lang

__all__ = ["Kept", "Published", "be_a_repository", "keep_folder", "publish", "stop_at_errors"]


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of keeping the ledger of a folder."""

    root: Path
    findings: tuple[Finding, ...]
    months: int
    agents: int
    clean: bool
    sealed: Sealed | None = None


def keep_folder(
    root: Path,
    lang: Lang,
    sink: Sink | None = None,
    instead: Mapping[str, bytes] | None = None,
    closing: tuple[str, Month] | None = None,
) -> Kept:
    """Check, and with a sink compute, the repository at ``root``.

    Args:
        root: the repository.
        lang: the language of refusals.
        sink: takes the documents.
        instead: files as they might be.
        closing: a month that is looked at as if it were closed, and sealed.

    Raises:
        Refusal: when ``root`` is no repository, or holds what cannot be read.
    """
    from kpigen.ledger import keep  # noqa: PLC0415 - help does without; a quarter of a second
    from kpigen.snapshot import FolderSnapshot, Overlaid  # noqa: PLC0415

    be_a_repository(root, lang)
    cache = _cache(root)
    try:
        snapshot = FolderSnapshot.of(root)
        with _progress(lang) as progress:
            ledger = keep(Overlaid(snapshot, instead) if instead else snapshot, cache, sink, progress, closing)
    except OSError as error:
        raise cannot_use(error, lang) from error
    if cache and ledger.clean and not instead:  # else a month is left out, which does not make it useless
        cache.prune()
    agents = sum("/agents/" in entry.path and entry.kind == "file" for entry in snapshot.entries)
    return Kept(root, ledger.findings, ledger.months, agents, ledger.clean, ledger.sealed)


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: nothing, when the ledger is not clean."""

    kept: Kept
    written: int
    removed: int
    same: int


def publish(root: Path, out: Path, lang: Lang) -> Published:
    """Compute everything and put the documents into ``out``; with an error there they stay as they were.

    Raises:
        Refusal: when ``out`` cannot take them.
    """
    from kpigen.store import LinkInTheWayError, Store  # noqa: PLC0415 - help does without

    if any(out.resolve().is_relative_to((root / folder).resolve()) for folder in ("records", "policy")):
        raise Refusal(say("{path} is a place for records, not for results", path=str(out)), lang)
    if out.exists() and not out.is_dir():
        raise Refusal(say("{path} is no folder", path=str(out)), lang)
    try:
        with Store(out.absolute()) as store:
            kept = keep_folder(root, lang, store)
            if kept.clean:
                store.publish()
    except LinkInTheWayError as link:
        raise Refusal(say("{path} is a link; results go into plain folders only", path=str(link)), lang) from link
    except OSError as error:
        raise cannot_use(error, lang) from error
    return Published(kept, store.written, store.removed, store.same)


def stop_at_errors(kept: Kept, lang: Lang) -> None:
    """Print the findings and exit when one is an error; of mere warnings say how many there are."""
    if not kept.clean:
        report(kept, lang)
        click.get_current_context().exit(1)
    if kept.findings:
        click.echo(summary(kept.findings, kept.months, kept.agents).said(lang), err=True)


def be_a_repository(root: Path, lang: Lang) -> None:
    """Refuse a folder that is no repository.

    Raises:
        Refusal: what it is instead.
    """
    if not root.exists():
        raise Refusal(say("there is no folder {path}", path=str(root)), lang)
    if not root.is_dir():
        raise Refusal(say("{path} is no folder", path=str(root)), lang)
    if not (root / "records").exists() and not (root / "policy").exists():
        raise Refusal(
            say("{path} holds neither records/ nor policy/; name the repository with --root", path=str(root)), lang
        )


def _cache(root: Path) -> FolderCache | None:
    from kpigen.cache import FolderCache  # noqa: PLC0415 - help does without

    try:
        return FolderCache.of(root)
    except RuntimeError:  # a user without a home, as in some containers
        return None


@contextmanager
def _progress(lang: Lang) -> Iterator[Callable[[str, int, int], None]]:
    """Show how far it is, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, object] = {}

        def advance(department: str, done: int, of: int) -> None:
            if department not in tasks:
                text = say("{department}: months", department=department).said(lang)
                tasks[department] = bars.add_task(text, total=of)
            bars.update(tasks[department], completed=done)  # type: ignore[arg-type]

        yield advance
