"""``kpigen diff``: show what the working tree computes differently from a revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpigen.cli.keeping import be_a_repository
from kpigen.cli.options import format_option, verb
from kpigen.cli.refusal import Refusal, cannot_use
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kpigen.effect import Effect
    from kpigen.text import Lang

__all__ = ["command"]


@verb(say("Show what is computed differently from a revision: tiers, pay, awards, with what caused it."), name="diff")
@click.argument("base")
@format_option("text", "markdown", "json")
def command(root: Path, lang: Lang, base: str, form: str) -> None:
    """Print the effect."""
    from kpigen.effect_report import as_json, as_markdown, as_text  # noqa: PLC0415 - help does without
    from kpigen.revision import RevisionError  # noqa: PLC0415

    be_a_repository(root, lang)
    try:
        found = _effect(root, lang, base)
    except RevisionError as error:
        raise Refusal(error.text, lang) from error
    except OSError as error:
        raise cannot_use(error, lang) from error
    written = {"text": as_text, "markdown": as_markdown, "json": as_json}[form]
    click.echo(written(found, lang))


def _effect(root: Path, lang: Lang, base: str) -> Effect:
    from kpigen.effect import effect  # noqa: PLC0415 - help does without
    from kpigen.ledger import keep  # noqa: PLC0415
    from kpigen.revision import Revision  # noqa: PLC0415
    from kpigen.snapshot import FolderSnapshot  # noqa: PLC0415
    from kpigen.store import Kept  # noqa: PLC0415

    approved = Revision.of(root, base)
    now = Kept({})
    proposed = keep(FolderSnapshot.of(root), sink=now)
    before = Kept(now.documents)
    old = keep(approved, sink=before)
    same: Mapping[str, bytes] = {path: now.documents[path] for path in before.same}
    return effect({**same, **before.documents}, now.documents, (old.findings, proposed.findings), lang)
