"""What is wrong in an expression: the place, what was read there, and the way out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpigen.text import Text

__all__ = ["MOST_MISTAKES", "Mistake", "Refused", "ordered"]

# A person mends a few at a time; a hostile text must not buy a search for hints at every character.
MOST_MISTAKES = 20
_LONGEST_WORD = 64


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong in an expression: where it stands, what is wrong, and what to write instead."""

    offset: int
    length: int
    message: Text
    hint: Text | None = None


class Refused(Exception):  # noqa: N818 - it ends the reading of one expression and never leaves this package
    """The expression cannot be read further, because of ``mistake``."""

    def __init__(self, mistake: Mistake) -> None:
        """Keep the mistake that ended the reading."""
        super().__init__(mistake)
        self.mistake = mistake


def ordered(mistakes: Iterable[Mistake]) -> tuple[Mistake, ...]:
    """Return the mistakes once each in the order of the text, and no more than a person can use."""
    return tuple(sorted(dict.fromkeys(mistakes), key=lambda m: (m.offset, m.length)))[:MOST_MISTAKES]
