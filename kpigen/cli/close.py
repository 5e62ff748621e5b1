"""``kpigen close``: check everything that may stand against closing a month or a longer period, and write the close."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpigen.cli.editing import editing
from kpigen.cli.findings import report
from kpigen.cli.keeping import keep_folder
from kpigen.cli.options import format_option, option, verb
from kpigen.month import Month, Period
from kpigen.text import say

if TYPE_CHECKING:
    from pathlib import Path

    from kpigen.cli.keeping import Kept
    from kpigen.intake.desk import Desk
    from kpigen.snapshot import Snapshot
    from kpigen.text import Lang, Text

__all__ = ["command"]


@verb(
    say("Close a month, or a period of closed months: write what a merge approves, if nothing stands against it."),
    name="close",
)
@click.argument("department")
@click.argument("month")
@option("--by", about=say("Who closes; refused unless a reviewer who assessed none of the month's sheets."))
@option("--check", "only_check", is_flag=True, about=say("Only list what must be so and what is not; write nothing."))
@format_option("text", "markdown")
def command(  # noqa: PLR0913 - a verb has its options
    root: Path, lang: Lang, *, department: str, month: str, by: str | None, only_check: bool, form: str
) -> None:
    """Write the close, or print what stands against it and exit 1."""
    from kpigen.intake.closing import require_closable, require_closer, when_meant  # noqa: PLC0415 - help does without
    from kpigen.intake.desk import choose_department, open_desk  # noqa: PLC0415
    from kpigen.intake.writing import replace  # noqa: PLC0415
    from kpigen.snapshot import FolderSnapshot  # noqa: PLC0415

    with editing(root, lang):
        snapshot, when = FolderSnapshot.of(root), when_meant(month)
        desk, _ = open_desk(snapshot, choose_department(snapshot, department, None))
        if desk is not None:
            require_closable(desk, when)
        if desk is not None and by is not None:
            require_closer(snapshot, desk, when, by)
    kept = keep_folder(root, lang, closing=(department, when) if isinstance(when, Month) else None)
    if desk is None or (isinstance(when, Period) and not kept.clean):
        report(kept, lang)
        click.echo(say("{month} cannot be closed yet.", month=str(when)).said(lang), err=True)
        click.get_current_context().exit(1)
    if isinstance(when, Month):
        _list(snapshot, desk, when, kept, lang=lang, form=form, good=only_check)
    elif only_check:
        click.echo(say("Nothing stands against closing {month}.", month=str(when)).said(lang))
    if only_check:
        return
    path, text, summary = _close(snapshot, desk, when, kept)
    with editing(root, lang):
        replace(root, {path: text})
    click.echo(summary.said(lang))
    click.echo(say("Propose it; merging it is the approval.").said(lang))


def _list(snapshot: Snapshot, desk: Desk, month: Month, kept: Kept, *, lang: Lang, form: str, good: bool) -> None:  # noqa: PLR0913
    """Print the list of what must be so, a good one only if asked for; exit 1 when something stands against it."""
    from kpigen.intake.preflight import as_markdown, as_text, preflight  # noqa: PLC0415 - help does without

    found = preflight(snapshot, desk, month, kept.findings)
    if good or not found.clear:
        written = as_markdown if form == "markdown" else as_text
        click.echo(written(found, lang).rstrip("\n"))
    if not found.clear:
        click.get_current_context().exit(1)


def _close(snapshot: Snapshot, desk: Desk, when: Month | Period, kept: Kept) -> tuple[str, str, Text]:
    """Return the path and the text of a close against which nothing stands, and what it comes to."""
    from kpigen.closes import counted, gather  # noqa: PLC0415 - help does without
    from kpigen.intake.closing import close_text, period_text  # noqa: PLC0415
    from kpigen.repository import close_path  # noqa: PLC0415

    path = close_path(desk.folder, when)
    if isinstance(when, Month):
        if kept.sealed is None:
            raise AssertionError("a month without errors is sealed")
        text, totals, agents = close_text(snapshot, desk, when, kept.sealed), kept.sealed.totals, kept.sealed.agents
    else:
        period = gather(snapshot, desk.folder, counted(when, desk.files.months))
        if period is None:
            raise AssertionError("closes without errors can be read")
        text, totals, agents = period_text(snapshot, desk, when, period), period.totals, period.agents
    return path, text, say("{path}: agents {count}, pay {total}", path=path, count=len(agents), total=totals["total"])
