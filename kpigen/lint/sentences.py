"""Sentences of clauses, and whether one of them orders something or leaves it to people, forbids or denies it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.lint.subject import Subject

__all__ = ["matched", "sentences_of"]

_ENDS: Final = re.compile(r"(?<=[。！？；;])|(?<=[.!?])\s+")
_DENIED: Final = re.compile(
    r"(?:不(?!到|足|合|及|达|服|良|满|力|当|称|实|规|遵|按)|没有|无须|无需|并非|禁止|绝不|从不|未|免)[^，。；]{0,4}$"
    r"|\b(?:no|not|never|nobody|none|neither|without|nor|cannot)(?:\s+[\w']+){0,2}\s*$",
    re.IGNORECASE,
)


@lru_cache(2**12)
def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _ENDS.split(text) if part.strip())


def sentences_of(subject: Subject) -> Iterator[tuple[str, str, str]]:
    """Yield every sentence of every clause's own text, with the clause's number and the language."""
    for number, clause in subject.clauses.items():
        for lang, text in (("zh", clause.zh), ("en", clause.en)):
            for sentence in _split(text):
                yield number, lang, sentence


def matched(pattern: re.Pattern[str], sentence: str, settled: re.Pattern[str] | None = None) -> str | None:
    """Return what of a sentence matches; None where it denies it, or says what settles it."""
    found = pattern.search(sentence)
    if found is None or (settled is not None and settled.search(sentence)):
        return None
    return None if _DENIED.search(sentence[: found.start()]) else found[0]
