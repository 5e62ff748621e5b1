"""``kpigen check``: find everything that is wrong or doubtful."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpigen.cli.findings import report
from kpigen.cli.keeping import keep_folder
from kpigen.cli.options import format_option, verb
from kpigen.text import say

if TYPE_CHECKING:
    from pathlib import Path

    from kpigen.text import Lang

__all__ = ["command"]


@verb(say("Check every record and every policy."), name="check")
@format_option("text", "json", "github")
def command(root: Path, lang: Lang, form: str) -> None:
    """Print every finding; exit 1 when one is an error."""
    kept = keep_folder(root, lang)
    report(kept, lang, form)
    click.get_current_context().exit(0 if kept.clean else 1)
