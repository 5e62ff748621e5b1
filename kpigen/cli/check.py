"""``kpigen check``: find everything that is wrong or doubtful."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpigen.cli.findings import FORMATS, report, summarize, summary_option
from kpigen.cli.keeping import keep_folder
from kpigen.cli.options import format_option, verb
from kpigen.report import summary
from kpigen.text import say

if TYPE_CHECKING:
    from pathlib import Path

    from kpigen.text import Lang

__all__ = ["command"]


@verb(say("Check every record and every policy."), name="check")
@format_option(*FORMATS)
@summary_option
def command(root: Path, lang: Lang, form: str, note: Path | None) -> None:
    """Print every finding; exit 1 when one is an error."""
    kept = keep_folder(root, lang)
    report(kept, lang, form)
    summarize(kept.findings, summary(kept.findings, kept.months, kept.agents), note, lang)
    click.get_current_context().exit(0 if kept.clean else 1)
