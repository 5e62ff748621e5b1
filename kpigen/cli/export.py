"""``kpigen export``: write a month's payroll for those who pay. No build ever does."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpigen.cli.keeping import keep_folder, stop_at_errors
from kpigen.cli.options import format_option, option, verb
from kpigen.cli.refusal import Refusal, cannot_use
from kpigen.month import Month
from kpigen.text import nearest, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.payroll.font import Face
    from kpigen.payroll.month import Payroll
    from kpigen.text import Lang, Text

__all__ = ["command"]

_FILE = click.Path(path_type=Path)
#: Folders of a repository whose files are records, rules or pages.
_TAKEN = ("records", "policy", "site", "build", ".git")


@verb(
    say("Write a month's payroll for those who pay: a table, or a PDF with a statement to print for each agent."),
    name="export",
)
@click.argument("department")
@click.argument("month")
@format_option("csv", "xlsx", "pdf")
@option("--out", type=_FILE, required=True, about=say("The file to write; there must be none of this name yet."))
@option("--font", type=_FILE, about=say("A font file with Chinese for the PDF; one of this machine's unless stated."))
def command(  # noqa: PLR0913 - a verb has its options
    root: Path, lang: Lang, *, department: str, month: str, form: str, out: Path, font: Path | None
) -> None:
    """Write the file; with an error in the records, print the findings and write nothing."""
    if Month.parse(month) is None:
        raise Refusal(say("“{month}” is no month; write it like 2026-09", month=month), lang)
    _require_place(root, out, lang)
    face = _face(font, lang) if form == "pdf" else None
    found = _found(root, lang, department, month)
    data = _written(found, form, face, lang)
    _keep(out, data, lang)
    if not found.closed:
        click.echo(
            say("{month} is a draft: it is not closed yet, and amounts may still change.", month=month).said(lang)
        )
    count, total = len(found.document.agents), found.document.totals.total
    click.echo(say("{path}: agents {count}, pay {total}", path=str(out), count=count, total=total).said(lang))


def _require_place(root: Path, out: Path, lang: Lang) -> None:
    """Refuse a place where the file would overwrite something, be taken for a record, or be published."""
    if out.is_dir():
        raise Refusal(say("{path} is a folder; name a file", path=str(out)), lang)
    if out.exists() or out.is_symlink():
        raise Refusal(say("{path} is there already; name another file", path=str(out)), lang)
    if any(out.resolve().is_relative_to((root / folder).resolve()) for folder in _TAKEN):
        raise Refusal(say("{path} is no place for a payroll; write it outside of the repository", path=str(out)), lang)


def _found(root: Path, lang: Lang, department: str, month: str) -> Payroll:
    """Compute everything and return the month."""
    from kpigen.payroll.month import departments, payroll  # noqa: PLC0415 - help does without
    from kpigen.store import Memory  # noqa: PLC0415

    memory = Memory(month)
    kept = keep_folder(root, lang, memory)
    stop_at_errors(kept, lang)
    known = departments(memory.documents)
    if department not in known:
        raise Refusal(_no_department(department, known), lang)
    found = payroll(memory.documents, known[department], month, lang)
    if found is None:
        months = [each.month for each in known[department].months if each.policy]
        if not months:
            raise Refusal(say("{department} has no month yet", department=department), lang)
        span = {"first": months[0], "last": months[-1]}
        text = say(
            "{department} has no month {month}; it has {first} to {last}", department=department, month=month, **span
        )
        raise Refusal(text, lang)
    return found


def _no_department(stated: str, known: Mapping[str, object]) -> Text:
    near = nearest(stated, known)
    if near:
        return say("there is no department {stated}; did you mean {near}?", stated=stated, near=near)
    return say("there is no department {stated}; there are: {names}", stated=stated, names=", ".join(sorted(known)))


def _written(found: Payroll, form: str, face: Face | None, lang: Lang) -> bytes:
    """Return the file; say which characters a font lacks."""
    from kpigen.payroll.table import tabulate  # noqa: PLC0415 - help does without

    if face is not None:
        from kpigen.payroll.printing import print_statements  # noqa: PLC0415

        printed, missing = print_statements(found, face)
        if missing:
            lacking = " ".join(sorted(missing))
            click.echo(
                say(
                    "the font {path} lacks: {lacking}; name another with --font", path=str(face.path), lacking=lacking
                ).said(lang),
                err=True,
            )
        return printed
    if form == "xlsx":
        from kpigen.payroll.workbook import as_workbook  # noqa: PLC0415

        return as_workbook(found, tabulate(found))
    from kpigen.payroll.separated import as_csv  # noqa: PLC0415

    return as_csv(tabulate(found))


def _face(font: Path | None, lang: Lang) -> Face:
    """Return the font that is named, or one of the machine's.

    Raises:
        Refusal: there is none, or it is of no use.
    """
    from kpigen.payroll.font import FOLDERS, FontError, found, opened  # noqa: PLC0415 - help does without

    path = font or found(Path(folder).expanduser() for folder in FOLDERS)
    if path is None:
        text = say("no font with Chinese is found; install Noto Sans CJK (fonts-noto-cjk), or name one with --font")
        raise Refusal(text, lang)
    try:
        return opened(path)
    except FontError as error:
        text = say("{path} is a font without Chinese", path=str(path))
        raise Refusal(text if error.readable else say("{path} is no font", path=str(path)), lang) from error
    except OSError as error:
        raise cannot_use(error, lang) from error


def _keep(out: Path, data: bytes, lang: Lang) -> None:
    """Write the file whole or not at all, readable by nobody else: it holds what people earn.

    Raises:
        Refusal: the system does not let us.
    """
    aside = out.with_name(f".{out.name}.{os.getpid()}.new")
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(out)
    except OSError as error:
        raise cannot_use(error, lang) from error
    finally:
        with suppress(OSError):
            aside.unlink()
