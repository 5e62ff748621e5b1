"""Printing findings in the format that was asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpigen.cli.options import option
from kpigen.cli.refusal import cannot_use
from kpigen.cli.terminal import paper, width_of
from kpigen.report import as_github, as_gitlab, as_json, as_markdown, as_sarif, as_text, summary
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kpigen.cli.keeping import Kept
    from kpigen.finding import Finding
    from kpigen.text import Lang, Text

__all__ = ["FORMATS", "print_findings", "report", "summarize", "summary_option"]

FORMATS = ("text", "json", "github", "sarif", "gitlab")
"""How findings can be written."""
_FOR_PROGRAMS = {"json": as_json, "sarif": as_sarif, "gitlab": as_gitlab}

summary_option = option(
    "--summary",
    "note",
    type=click.Path(path_type=Path),
    about=say("Also append all of it to this file, as Markdown: a host shows only the first ten annotations."),
)


def report(kept: Kept, lang: Lang, form: str = "text", *, err: bool = False) -> None:
    """Print what was found, and for people how it stands as a whole."""
    print_findings(kept.findings, kept.root, lang, form, err=err)
    if form not in _FOR_PROGRAMS:
        click.echo(summary(kept.findings, kept.months, kept.agents).said(lang), err=err)


def print_findings(
    findings: Iterable[Finding], root: Path, lang: Lang, form: str = "text", *, err: bool = False
) -> None:
    """Print findings in one of ``FORMATS``; the lines that they quote are read below ``root``."""
    if form in _FOR_PROGRAMS:
        click.echo(_FOR_PROGRAMS[form](findings, lang), err=err)
    elif form == "github":
        for command in as_github(findings, lang):
            click.echo(command, err=err)
    else:
        console = paper(err=err)
        for shown in as_text(findings, lang, _lines_below(root), width_of(console)):
            console.print(shown)


def summarize(findings: Iterable[Finding], headline: Text, note: Path | None, lang: Lang) -> None:
    """Append the findings to a file that people read as Markdown, if there is one.

    Raises:
        Refusal: the file cannot be written.
    """
    if note is None:
        return
    try:
        with note.open("a", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(as_markdown(findings, headline, lang))
    except OSError as error:
        raise cannot_use(error, lang) from error


def _lines_below(root: Path) -> Callable[[str], Sequence[str]]:
    @cache
    def lines(path: str) -> Sequence[str]:
        try:
            return (root / path).read_bytes().decode(errors="replace").split("\n")
        except OSError:
            return ()

    return lines
