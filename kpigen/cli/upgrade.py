"""``kpigen upgrade``: show what is out of date among the host's files, and write it when told so."""

from __future__ import annotations

from importlib import metadata
from typing import TYPE_CHECKING

import click

from kpigen.cli.editing import editing
from kpigen.cli.options import option, verb
from kpigen.cli.refusal import Refusal
from kpigen.text import say, visible

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kpigen.hosting import Install
    from kpigen.hosting.upgrading import Change, Remembered
    from kpigen.text import Lang, Text

__all__ = ["command"]


@verb(
    say("Show what is out of date in the workflows, forms and templates for the git host; with --write, write it."),
    name="upgrade",
)
@option("--write", is_flag=True, about=say("Write it. What was edited by hand there is replaced; git has it still."))
def command(root: Path, lang: Lang, *, write: bool) -> None:
    """Show the difference; exit 1 when there is one and it is not written."""
    from kpigen.hosting import MANIFEST, files  # noqa: PLC0415 - help does without
    from kpigen.hosting.upgrading import Standing, changes, read_manifest  # noqa: PLC0415
    from kpigen.intake.writing import replace  # noqa: PLC0415

    with editing(root, lang):
        stated = _text(root, MANIFEST, lang)
        remembered = read_manifest(stated) if stated is not None else None
        wanted = files(_install(root, remembered, lang), remembered.lang if remembered else lang)
        paths = {*wanted, *(remembered.files if remembered else {})}
        present = {path: text for path in sorted(paths) if (text := _text(root, path, lang)) is not None}
        found = list(changes(remembered, present, wanted))
        if write:
            replace(root, {each.path: each.then for each in found if each.then is not None})
            for each in found:
                if each.standing is Standing.GONE:
                    (root / each.path).unlink()
    _show(found, lang, written=write)
    left = not write and any(each.standing is not Standing.KEPT for each in found)
    click.get_current_context().exit(1 if left else 0)


def _show(found: Iterable[Change], lang: Lang, *, written: bool) -> None:
    """Print each file that is not what it would be, how it stands, and before anything is written, the difference."""
    from kpigen.hosting import MANIFEST  # noqa: PLC0415 - help does without
    from kpigen.hosting.upgrading import Standing, diff_of  # noqa: PLC0415

    said = {
        Standing.NEW: say("new"),
        Standing.OUTDATED: say("out of date"),
        Standing.EDITED: say("edited by hand, and would be replaced") if not written else say("was edited by hand"),
        Standing.GONE: say("no longer needed"),
        Standing.KEPT: say("no longer needed, but edited by hand; remove it yourself"),
    }
    listed = list(found)
    if not any(each.standing is not Standing.KEPT for each in listed):
        click.echo(say("Everything for the git host is up to date.").said(lang))
    for each in listed:
        click.echo(_line(each, said[each.standing], written=written).said(lang))
        if not written and each.path != MANIFEST and each.standing is not Standing.KEPT:
            click.echo("".join(f"{visible(line)}\n" for line in diff_of(each).splitlines()), nl=False)
    if listed and not written:
        click.echo(say("Nothing is written; kpigen upgrade --write writes it.").said(lang))


def _line(each: Change, standing: Text, *, written: bool) -> Text:
    from kpigen.hosting.upgrading import Standing  # noqa: PLC0415 - help does without

    if not written or each.standing is Standing.KEPT:
        return say("{path}: {standing}", path=each.path, standing=standing)
    if each.standing is Standing.GONE:
        return say("{path}: removed; {standing}", path=each.path, standing=standing)
    return say("{path}: written; {standing}", path=each.path, standing=standing)


def _install(root: Path, remembered: Remembered | None, lang: Lang) -> Install:
    """Return how kpigen comes into a repository.

    Raises:
        Refusal: nothing tells.
    """
    from kpigen.hosting import Install  # noqa: PLC0415 - help does without
    from kpigen.hosting.upgrading import newer_pin  # noqa: PLC0415

    if remembered.install == "itself" if remembered else (root / "kpigen" / "__init__.py").is_file():
        return Install.itself()
    requirements = _text(root, "requirements.txt", lang)
    if requirements is None:
        raise Refusal(say("there is no requirements.txt that says which kpigen to install: kpigen==…"), lang)
    return newer_pin(requirements, metadata.version("kpigen"))


def _text(root: Path, path: str, lang: Lang) -> str | None:
    """Return a file's text, its lines ended by LF; None where there is none.

    Raises:
        Refusal: it is reached through a link, or is no text.
    """
    place = root
    for step in path.split("/"):
        place /= step
        if place.is_symlink():
            raise Refusal(say("{path} is a link; files go into plain folders only", path=str(place)), lang)
    if not place.is_file():
        return None
    try:
        return place.read_bytes().decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Refusal(say("{path} is no UTF-8 text", path=path), lang) from error
