"""``kpigen close``: check everything that may stand against closing a month, and write its ``close.yaml``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpigen.cli.findings import report
from kpigen.cli.keeping import keep_folder
from kpigen.cli.options import option, verb
from kpigen.cli.refusal import Refusal, cannot_use
from kpigen.month import Month
from kpigen.text import say

if TYPE_CHECKING:
    from pathlib import Path

    from kpigen.text import Lang

__all__ = ["command"]


@verb(say("Close a month: check that nothing stands against it, and write what a merge approves."), name="close")
@click.argument("department")
@click.argument("month")
@option("--by", required=True, about=say("Who closes: a reviewer who assessed none of the month's sheets."))
@option("--check", "only_check", is_flag=True, about=say("Only say what stands against it; write nothing."))
def command(  # noqa: PLR0913 - a verb has its options
    root: Path, lang: Lang, *, department: str, month: str, by: str, only_check: bool
) -> None:
    """Write the close, or print what stands against it and exit 1."""
    from kpigen.intake.closing import close_path, close_text, require_closable, require_closer  # noqa: PLC0415
    from kpigen.intake.desk import MisuseError, choose_department, open_desk  # noqa: PLC0415 - help does without
    from kpigen.snapshot import FolderSnapshot  # noqa: PLC0415

    when = Month.parse(month)
    if when is None:
        raise Refusal(say("“{month}” is no month; write it like 2026-09", month=month), lang)
    snapshot = FolderSnapshot.of(root)
    try:
        desk, _ = open_desk(snapshot, choose_department(snapshot, department, None))
        if desk is not None:
            require_closable(desk, when)
            require_closer(snapshot, desk, when, by)
    except MisuseError as error:
        raise Refusal(error.text, lang) from error
    kept = keep_folder(root, lang, closing=(department, when))
    if desk is None or not kept.clean or kept.sealed is None:
        report(kept, lang)
        click.echo(say("{month} cannot be closed yet.", month=str(when)).said(lang), err=True)
        click.get_current_context().exit(1)
    if only_check:
        click.echo(say("Nothing stands against closing {month}.", month=str(when)).said(lang))
        return
    path = close_path(desk, when)
    try:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(close_text(snapshot, desk, when, kept.sealed), encoding="utf-8", newline="\n")
    except OSError as error:
        raise cannot_use(error, lang) from error
    total = kept.sealed.totals["total"]
    said = say("{path}: agents {count}, pay {total}", path=path, count=len(kept.sealed.agents), total=total)
    click.echo(said.said(lang))
    click.echo(say("Propose it; merging it is the approval.").said(lang))
