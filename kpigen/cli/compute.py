"""``kpigen compute``: write the results as JSON documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpigen.cli.keeping import publish, stop_at_errors
from kpigen.cli.options import option, verb
from kpigen.text import say

if TYPE_CHECKING:
    from kpigen.text import Lang

__all__ = ["command"]


@verb(say("Compute every month and write the results as JSON."), name="compute")
@option(
    "--out",
    type=click.Path(path_type=Path),
    about=say("The folder for the results; build/data of the repository unless stated."),
)
def command(root: Path, lang: Lang, out: Path | None) -> None:
    """Write the documents; with an error, print the findings and leave everything as it was."""
    place = out or root / "build" / "data"
    done = publish(root, place, lang)
    stop_at_errors(done.kept, lang)
    click.echo(
        say(
            "{path}: {written} written, {removed} removed, {same} unchanged",
            path=str(place),
            written=done.written,
            removed=done.removed,
            same=done.same,
        ).said(lang)
    )
