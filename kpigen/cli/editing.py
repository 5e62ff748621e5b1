"""What the verbs that write into the repository have in common."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from kpigen.cli.options import language
from kpigen.cli.refusal import Refusal, cannot_use
from kpigen.reading.faults import Fault
from kpigen.reading.readers import read_day, read_month
from kpigen.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kpigen.text import Lang

__all__ = ["DAY", "MONTH", "Written", "editing"]


class Written(click.ParamType[object]):
    """A word on the command line that is read as files are: exactly, and refused with what to write instead."""

    def __init__(self, name: str, reader: Callable[[str], object]) -> None:
        self.name = name
        self._reader = reader

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> object:  # noqa: ANN401, ARG002 - click's own
        """Read the word."""
        read = self._reader(value) if isinstance(value, str) else value
        if isinstance(read, Fault):
            lang = language(ctx or click.get_current_context())
            raise Refusal(say("{fault} {hint}", fault=read.message, hint=read.hint), lang)
        return read


MONTH = Written("month", read_month)
DAY = Written("date", read_day)


@contextmanager
def editing(root: Path, lang: Lang) -> Iterator[None]:
    """Do what needs a repository at ``root``; misuse, links and what the system refuses end in one line.

    Raises:
        Refusal: in place of what was raised.
    """
    from kpigen.intake.desk import MisuseError  # noqa: PLC0415 - help does without; a quarter of a second
    from kpigen.intake.writing import LinkInTheWayError  # noqa: PLC0415

    if not (root / "records").is_dir() and not (root / "policy").is_dir():
        raise Refusal(_no_repository(root), lang)
    try:
        yield
    except MisuseError as misuse:
        raise Refusal(misuse.text, lang) from misuse
    except LinkInTheWayError as link:
        raise Refusal(say("{path} is a link; files go into plain folders only", path=str(link)), lang) from link
    except OSError as error:
        raise cannot_use(error, lang) from error


def _no_repository(root: Path) -> Text:
    if not root.exists():
        return say("there is no folder {path}", path=str(root))
    return say("{path} holds neither records/ nor policy/; name the repository with --root", path=str(root))
