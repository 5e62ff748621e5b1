"""Printing findings in the format that was asked for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import click

from kpigen.cli.terminal import paper, width_of
from kpigen.report import as_github, as_json, as_text, summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from kpigen.cli.keeping import Kept
    from kpigen.finding import Finding
    from kpigen.text import Lang

__all__ = ["print_findings", "report"]


def report(kept: Kept, lang: Lang, form: str = "text", *, err: bool = False) -> None:
    """Print what was found, and for people how it stands as a whole."""
    print_findings(kept.findings, kept.root, lang, form, err=err)
    if form != "json":
        click.echo(summary(kept.findings, kept.months, kept.agents).said(lang), err=err)


def print_findings(
    findings: Iterable[Finding], root: Path, lang: Lang, form: str = "text", *, err: bool = False
) -> None:
    """Print findings as ``text``, ``json`` or ``github``; the lines that they quote are read below ``root``."""
    if form == "json":
        click.echo(as_json(findings, lang), err=err)
    elif form == "github":
        for command in as_github(findings, lang):
            click.echo(command, err=err)
    else:
        console = paper(err=err)
        for shown in as_text(findings, lang, _lines_below(root), width_of(console)):
            console.print(shown)


def _lines_below(root: Path) -> Callable[[str], Sequence[str]]:
    @cache
    def lines(path: str) -> Sequence[str]:
        try:
            return (root / path).read_bytes().decode(errors="replace").split("\n")
        except OSError:
            return ()

    return lines
