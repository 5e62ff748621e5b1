"""``kpigen diff``: show what the working tree computes differently from a revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpigen.cli.comparing import compared
from kpigen.cli.options import format_option, verb
from kpigen.text import say

if TYPE_CHECKING:
    from pathlib import Path

    from kpigen.text import Lang

__all__ = ["command"]


@verb(say("Show what is computed differently from a revision: tiers, pay, awards, with what caused it."), name="diff")
@click.argument("base")
@format_option("text", "markdown", "json")
def command(root: Path, lang: Lang, base: str, form: str) -> None:
    """Print the effect; exit 1 when the working tree has an error."""
    from kpigen.effect.changes import effect  # noqa: PLC0415 - help does without
    from kpigen.effect.document import as_json  # noqa: PLC0415
    from kpigen.effect.report import as_markdown, as_text  # noqa: PLC0415
    from kpigen.revision import Revision  # noqa: PLC0415

    before, after = compared(root, lang, lambda: Revision.of(root, base))
    written = {"text": as_text, "markdown": as_markdown, "json": as_json}[form]
    click.echo(written(effect(before, after, lang), lang), nl=form != "markdown")
    click.get_current_context().exit(bool(after.errors))
