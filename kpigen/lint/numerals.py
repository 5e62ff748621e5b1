"""Numerals: the figures that a text says, in digits and in words, Chinese and English.

Dates, times and the numbers of clauses are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Numeral", "figures_in", "values_of"]


@dataclass(frozen=True, slots=True)
class Numeral:
    """A figure in a text: as it is written, its value (20 for ``20%``), and what stands just behind it.

    Words count as figures where something must be said; only ``digits`` are looked for among the rules.
    """

    written: str
    value: Decimal
    percent: bool
    digits: bool
    unit: str = ""

    @property
    def values(self) -> frozenset[Decimal]:
        """The values that a rule can state it by: 20% is 20 and 0.2."""
        return values_of(self.value, percent=self.percent)


def values_of(value: Decimal, *, percent: bool) -> frozenset[Decimal]:
    """Return what a figure can be stated as."""
    return frozenset({value, value.scaleb(-2)}) if percent else frozenset({value})


_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_NUMBERS = r"[0-9]+(?:\.[0-9]+)*(?:\([0-9]+\))*"
_HAN = "零〇一二两三四五六七八九十百千万"
_NO_FIGURES: Final = re.compile(
    rf"""
      [0-9]{{4}}\s*年(?:\s*[0-9]{{1,2}}\s*月)?(?:\s*[0-9]{{1,2}}\s*日)?
    | [0-9]{{4}}-[0-9]{{2}}(?:-[0-9]{{2}})?
    | [0-9]{{1,2}}\s*月(?:\s*[0-9]{{1,2}}\s*[日号])?
    | \b[0-9]{{1,2}}(?:st|nd|rd|th)?\s+(?:{_MONTHS})\b(?:\s+[0-9]{{4}})?
    | \b(?:{_MONTHS})\b\.?(?:\s+[0-9]{{1,2}}(?:st|nd|rd|th)?\b(?!%|\s*points))?(?:,?\s+[0-9]{{4}})?
    | [0-9]{{1,2}}\s*[:：]\s*[0-9]{{2}}
    | 第\s*[0-9.、，和及与至到~～—–\-第条款项\s]*[0-9]\s*[条款项章节]
    | 第\s*[{_HAN}]+\s*[条款项章节]
    | [〔\[][0-9]{{4}}[〕\]]\s*[0-9]+\s*号
    | \b(?:[Cc]lauses?|[Aa]rticles?|[Aa]rts?\.|[Ss]ections?|[Cc]hapters?|[Pp]aragraphs?)\s+{_NUMBERS}
      (?:(?:\s*,\s*|\s*–\s*|\s+(?:and|or|to)\s+|,\s*and\s+){_NUMBERS}(?![0-9.]*[0-9]|\s*(?:%|points?|yuan|days?|months?|CNY)))*
    """,
    re.VERBOSE,
)
_DIGITS: Final = re.compile(
    r"(?P<of>百分之\s*)?(?P<number>[0-9]+(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"\s*(?P<sign>%|％|per\s?cent\b)?\s*(?P<times>[万千](?!分))?(?P<unit>\s*[^\s0-9,.;:，。；：、（）()]{0,6})"
)
_HAN_NUMBER: Final = re.compile(rf"(?P<of>百分之)?(?P<number>[{_HAN}]+|半)")
_ENGLISH: Final = re.compile(r"\b[a-z]+(?:-[a-z]+)?\b", re.IGNORECASE)

_HAN_DIGITS: Final = {**{word: place for place, word in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}
_HAN_UNITS: Final = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_ONES: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_TENS: Final = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ORDINALS: Final = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]
_WORDS: Final = {
    **{word: Decimal(place) for place, word in enumerate(_ONES)},
    **{word: Decimal(place) for place, word in enumerate(_ORDINALS, start=1)},
    **{word: Decimal(value) for word, value in _TENS.items()},
    "once": Decimal(1),
    "twice": Decimal(2),
    "both": Decimal(2),
    "double": Decimal(2),
    "half": Decimal("0.5"),
    "tenth": Decimal(10),
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "quarterly": Decimal(3),
    "no": Decimal(0),
    "none": Decimal(0),
    "nothing": Decimal(0),
}


@lru_cache(2**13)
def figures_in(text: str) -> tuple[Numeral, ...]:
    """Return the figures that a text says."""
    bare = _NO_FIGURES.sub(lambda match: " " * len(match[0]), text)
    return (*_in_digits(bare), *_in_han(bare), *_in_english(bare))


def _in_digits(text: str) -> Iterator[Numeral]:
    for match in _DIGITS.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if before.isascii() and (before.isalpha() or before in {"_", "."}):
            continue  # part of a name, such as A001
        value = Decimal(match["number"].replace(",", ""))
        if match["times"]:
            value *= _HAN_UNITS[match["times"]]
        percent = bool(match["sign"] or match["of"])
        last = "times" if match["times"] else "sign" if match["sign"] else "number"
        written = text[match.start() : match.end(last)]
        yield Numeral(written.strip(), value, percent=percent, digits=True, unit=(match["unit"] or "").strip())


def _in_han(text: str) -> Iterator[Numeral]:
    for match in _HAN_NUMBER.finditer(text):
        value = Decimal("0.5") if match["number"] == "半" else _han(match["number"])
        if value is not None:
            yield Numeral(match[0], value, percent=bool(match["of"]), digits=False)


def _han(word: str) -> Decimal | None:
    """Read a Chinese number such as 二十一 or 两千."""
    total = section = digit = 0
    for sign in word:
        if sign in _HAN_DIGITS:
            digit = _HAN_DIGITS[sign]
        elif sign == "万":
            total, section, digit = (total + section + digit) * 10000, 0, 0
        else:
            section, digit = section + (digit or 1) * _HAN_UNITS[sign], 0
    return Decimal(total + section + digit)


def _in_english(text: str) -> Iterator[Numeral]:
    for match in _ENGLISH.finditer(text):
        tens, _, ones = match[0].lower().partition("-")
        value = _WORDS.get(tens)
        if value is not None:
            value += _WORDS.get(ones, Decimal(0)) if ones and tens in {*_TENS, "twenty"} else 0
            percent = text[match.end() : match.end() + 9].strip().startswith(("per cent", "percent"))
            yield Numeral(match[0], value, percent=percent, digits=False)
