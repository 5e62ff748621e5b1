"""A refusal: what is asked for cannot be done, said in one line, with the exit code of wrong usage."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

import click

from kpigen.text import say

if TYPE_CHECKING:
    from kpigen.text import Lang, Text

__all__ = ["Refusal", "cannot_use"]


class Refusal(click.ClickException):
    """Stops a verb: ``text`` says why, in ``lang``; ``details`` follow as they are."""

    exit_code = 2

    def __init__(self, text: Text, lang: Lang, details: str = "") -> None:
        super().__init__(f"kpigen: {text.said(lang)}{details}")

    def show(self, file: IO[Any] | None = None) -> None:
        """Print why, on stderr unless told otherwise."""
        click.echo(self.message, file=file, err=file is None)


def cannot_use(error: OSError, lang: Lang) -> Refusal:
    """Return the refusal for a file or folder that the system does not let us use."""
    why = error.strerror or type(error).__name__
    if not error.filename:
        return Refusal(say("the system refuses: {why}", why=why), lang)
    return Refusal(say("{path} cannot be used: {why}", path=str(error.filename), why=why), lang)
