"""``kpigen what-if``: show what other inputs would have given. Nothing is written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from kpigen.cli.cells import stated_cells
from kpigen.cli.explain import find
from kpigen.cli.options import format_option, verb
from kpigen.cli.refusal import Refusal
from kpigen.cli.terminal import print_table
from kpigen.month import Month
from kpigen.text import say

if TYPE_CHECKING:
    from pathlib import Path

    from kpigen.text import Lang

__all__ = ["command"]


@verb(say("Show what other inputs would have given an agent in a month; nothing is written."), name="what-if")
@click.argument("agent")
@click.argument("month")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT=VALUE...")
@format_option("text", "json")
def command(  # noqa: PLR0913 - a verb has its options
    root: Path, lang: Lang, *, agent: str, month: str, inputs: tuple[str, ...], form: str
) -> None:
    """Print the month as it is beside the month as it would have been."""
    from kpigen.comparison import rows  # noqa: PLC0415 - help does without
    from kpigen.intake.supposing import suppose  # noqa: PLC0415
    from kpigen.site.wording import Words  # noqa: PLC0415
    from kpigen.snapshot import FolderSnapshot  # noqa: PLC0415

    now = find(root, lang, agent, month)
    subject = now.subject()
    when = Month.parse(month)
    if when is None:
        raise TypeError("a month that was found is one")
    stated = stated_cells(inputs, lang)
    supposed = suppose(FolderSnapshot.of(root), subject.document.department, now.agent, when, stated)
    if not isinstance(supposed, dict):
        raise Refusal(supposed, lang)
    then = find(root, lang, now.agent, month, supposed)
    if form == "json":
        click.echo(json.dumps({"now": now.entry, "then": then.entry}, ensure_ascii=False, indent=2))
        return
    compared = rows(subject.agent, then.subject().agent, Words(subject.policy, lang))
    shown = [row for row in compared if row.differs]
    if not shown:
        click.echo(say("Nothing would have been different.").said(lang))
        return
    head = (say(""), say("as it is"), say("then"), say("difference"))
    print_table(
        [text.said(lang) if text.template else "" for text in head],
        [(row.name, row.now, row.then, row.difference) for row in shown],
    )
