"""``kpigen comment``: say where the comment with a proposal's effect goes, for the workflow that writes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from kpigen.cli.options import option, verb
from kpigen.cli.refusal import Refusal, cannot_use
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpigen.hosting.commenting import Request
    from kpigen.text import Lang

__all__ = ["command"]

T = TypeVar("T")

_FILE = click.Path(path_type=Path)
_MOST_BYTES = 32 * 1024 * 1024


@verb(
    say("Say where the comment with a pull request's effect goes: a newer one replaces an older one."), name="comment"
)
@click.argument("event", type=_FILE)
@option("--pull", type=_FILE, required=True, about=say("The pull request as it stands, JSON."))
@option(
    "--comments", type=_FILE, required=True, about=say("The pull request's comments, as the host lists them, JSON.")
)
@option("--text", type=_FILE, required=True, about=say("The effect, Markdown."))
@option("--out", type=_FILE, required=True, about=say("The file for the comment, JSON."))
def command(  # noqa: PLR0913 - a verb has its options
    root: Path,  # noqa: ARG001 - every verb takes it
    lang: Lang,
    *,
    event: Path,
    pull: Path,
    comments: Path,
    text: Path,
    out: Path,
) -> None:
    """Write the comment into ``out`` and print ``number=``, ``method=`` and ``place=``; or say why there is none."""
    from kpigen.hosting.commenting import NoCommentError, Pull, Run, listed, place, read  # noqa: PLC0415

    run = _read(event, lang, lambda data: read(data, Run))
    now = _read(pull, lang, lambda data: read(data, Pull))
    said = _read(comments, lang, listed)
    effect = _read(text, lang, lambda data: data.decode(errors="replace"))
    try:
        request = place(run, now, said, effect, lang)
    except NoCommentError as error:
        click.echo(error.text.said(lang), err=True)
        return
    _write(out, request, lang)
    for name in ("number", "method", "place"):
        click.echo(f"{name}={getattr(request, name)}")


def _read(path: Path, lang: Lang, reader: Callable[[bytes], T]) -> T:
    """Read a file of the host's.

    Raises:
        Refusal: it cannot be read, is a link, is too long, or says something else.
    """
    if path.is_symlink():
        raise Refusal(say("{path} is a link", path=str(path)), lang)
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        raise cannot_use(error, lang) from error
    if len(data) > _MOST_BYTES:
        raise Refusal(say("{path} has more than {limit} bytes", path=str(path), limit=_MOST_BYTES), lang)
    try:
        return reader(data)
    except (ValueError, RecursionError) as error:
        raise Refusal(say("{path} is not what the host says of a pull request", path=str(path)), lang) from error


def _write(path: Path, request: Request, lang: Lang) -> None:
    try:
        path.write_text(json.dumps({"body": request.body}, ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        raise cannot_use(error, lang) from error
