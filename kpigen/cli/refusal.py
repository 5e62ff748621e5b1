"""A refusal: what is asked for cannot be done, said in one line, with the exit code of wrong usage."""

from __future__ import annotations

import errno
import re
from typing import IO, TYPE_CHECKING, Any, Final

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


_REASONS: Final = {
    errno.EACCES: say("permission denied"),
    errno.EPERM: say("permission denied"),
    errno.ENOENT: say("it is not there"),
    errno.EISDIR: say("it is a folder"),
    errno.ENOTDIR: say("a part of the path is no folder"),
    errno.ENOSPC: say("the disk is full"),
    errno.EROFS: say("the disk can only be read"),
    errno.ENAMETOOLONG: say("the name is too long"),
}
#: Of a file that waits beside its place, and of a folder of such.
_ASIDE: Final = re.compile(r"(?<=/)\.([^/]+)(?:\.[0-9]+\.new$|-[a-z0-9_]{8}(?=/|$))")


def cannot_use(error: OSError, lang: Lang) -> Refusal:
    """Return the refusal for a file or folder that the system does not let us use."""
    why = _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
    if not error.filename:
        return Refusal(say("the system refuses: {why}", why=why), lang)
    path = _ASIDE.sub(r"\1", str(error.filename))
    return Refusal(say("{path} cannot be used: {why}", path=path, why=why), lang)
