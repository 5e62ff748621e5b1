"""Text that people read: a template with named values, said in Chinese or English when it is shown.

Code states what it has to say once, in English, as a :class:`Text`; the Chinese stands in the Babel
catalogue ``locale/zh/LC_MESSAGES/messages.po`` under the same template. Nothing is translated before it is
shown, so one result can be shown in either language.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Label", "Lang", "Said", "Text", "catalogue", "nearest", "say", "visible"]


_LONGEST: Final = 64


class Lang(StrEnum):
    """A language that kpigen speaks."""

    ZH = "zh"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Label:
    """A name that people read, as the records give it: one string, or one for each language."""

    zh: str
    en: str

    def said(self, lang: Lang) -> str:
        """Return the name in ``lang``."""
        return self.zh if lang is Lang.ZH else self.en


@dataclass(frozen=True, slots=True)
class Text:
    """A template in English and the values that its ``{names}`` stand for."""

    template: str
    values: tuple[tuple[str, Said], ...] = ()

    def said(self, lang: Lang) -> str:
        """Return the text in ``lang``, its values made safe to print on a terminal."""
        template = catalogue(lang).get(self.template, self.template)
        return template.format_map({name: _shown(value, lang) for name, value in self.values})


Said = str | int | Decimal | Label | Text


def say(template: str, /, **values: Said) -> Text:
    """Make a text; ``template`` must be a literal, because Babel collects it from the source.

    A string that is more than a string, such as a scalar of a file, is kept as its characters alone: a text
    can be written to the cache and compared, and keeps no file in memory.
    """
    return Text(
        template, tuple((name, str(value) if isinstance(value, str) else value) for name, value in values.items())
    )


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the one of ``words`` that ``word`` was most likely meant to be, or None when none is near."""
    # Sorted, so that of two equally near words it is always the same. The comparison takes quadratic time, and
    # the word may be as long as a file.
    return next(iter(get_close_matches(word[:_LONGEST].lower(), sorted(words), n=1)), None)


def visible(text: str) -> str:
    r"""Return ``text`` with every character that would not be seen written as ``\u…``.

    Control, format, bidirectional, surrogate, private and unassigned characters and line breaks are
    escaped, so that no value from a file can steer a terminal or reorder a line.
    """
    if text.isprintable():
        return text
    return "".join(
        char if char == " " or unicodedata.category(char)[0] not in "CZ" else f"\\u{ord(char):04x}" for char in text
    )


def _shown(value: Said, lang: Lang) -> str:
    if isinstance(value, Label | Text):
        return visible(value.said(lang))
    if isinstance(value, Decimal):
        return f"{value:f}"
    return visible(str(value))


@cache
def catalogue(lang: Lang) -> Mapping[str, str]:
    """Return the translations into ``lang`` by English template; empty for English itself."""
    if lang is Lang.EN:
        return {}
    from babel.messages.pofile import read_po  # noqa: PLC0415 - a tenth of a second that only Chinese needs

    path = resources.files("kpigen") / "locale" / lang / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as stream:
        messages = read_po(stream)
    return {str(m.id): str(m.string) for m in messages if m.id and m.string and not m.fuzzy}
