"""``kpigen due``: name the closes that are due."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from kpigen.cli.editing import MONTH
from kpigen.cli.keeping import be_a_repository
from kpigen.cli.options import format_option, option, verb
from kpigen.cli.refusal import cannot_use
from kpigen.text import say

if TYPE_CHECKING:
    from pathlib import Path

    from kpigen.month import Month
    from kpigen.text import Lang

__all__ = ["command"]


@verb(say("Name the month that each department closes next, if it is over."), name="due")
@option("--before", type=MONTH, required=True, about=say("The month that is not over yet, such as 2026-11."))
@format_option("text", "json")
def command(root: Path, lang: Lang, *, before: Month, form: str) -> None:
    """Print a line for each department that owes a close."""
    from kpigen.due import due  # noqa: PLC0415 - help does without
    from kpigen.snapshot import FolderSnapshot  # noqa: PLC0415

    be_a_repository(root, lang)
    try:
        listed = list(due(FolderSnapshot.of(root), before))
    except OSError as error:
        raise cannot_use(error, lang) from error
    if form == "json":
        click.echo(json.dumps([{"department": name, "month": str(month)} for name, month in listed]))
        return
    for name, month in listed:
        click.echo(f"{name} {month}")
