"""The fields of a policy file that records do not have: clause numbers, names for expressions, positive numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Final

from pydantic import BeforeValidator

from kpigen.expression import RESERVED
from kpigen.finding import Rule
from kpigen.reading.faults import Fault
from kpigen.reading.readers import read_number, read_whole
from kpigen.reading.scalars import Number, Read, Slug
from kpigen.text import say

__all__ = ["ClauseNumber", "Name", "Numbers", "PositiveNumber", "PositiveWhole", "Share", "Slugs", "Stated", "Weight"]

NAME_FORM: Final = Rule("name-form")
CLAUSE_FORM: Final = Rule("clause-form")
NOT_POSITIVE: Final = Rule("not-positive")
WEIGHT_FORM: Final = Rule("weight-form")

_NAME = r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*"
_CLAUSE = r"[0-9]{1,3}(?:\.[0-9]{1,3}){0,4}"


def _read_name(text: str) -> str | Fault:
    if text in RESERVED:
        message = say("“{text}” is a word of the expression language.", text=text)
        return Fault(NAME_FORM, message, say("Choose another name."))
    if re.fullmatch(_NAME, text) and len(text) <= 40:  # noqa: PLR2004 - long enough for any name
        return text
    message = say("“{text}” cannot be a name in expressions.", text=text[:60])
    return Fault(NAME_FORM, message, say("Use small letters, digits and single underscores, such as full_attendance."))


def _read_clause(text: str) -> str | Fault:
    if re.fullmatch(_CLAUSE, text):
        return text
    message = say("“{text}” is not a clause number.", text=text[:60])
    return Fault(CLAUSE_FORM, message, say('Write numbers with points between them, in quotes: "3.2".'))


def _positive(text: str, number: Decimal | int | Fault) -> Decimal | int | Fault:
    if isinstance(number, Fault) or number > 0:
        return number
    return Fault(NOT_POSITIVE, say("{text} is not above 0.", text=text), say("Write a number greater than 0."))


def _read_rate(text: str) -> Decimal | Fault:
    """Read ``1%`` as 0.01, and a plain number as itself."""
    if not text.endswith("%"):
        return read_number(text)
    number = read_number(text.removesuffix("%"))
    return number if isinstance(number, Fault) else number.scaleb(-2)


def _read_weight(text: str) -> Fraction | Fault:
    """Read ``40%`` or ``1/3``, exactly."""
    above, slash, below = text.partition("/")
    if slash:
        parts = read_whole(above), read_whole(below)
        if all(isinstance(part, int) and part > 0 for part in parts):
            return Fraction(int(above), int(below))
    elif not isinstance(number := _read_rate(text), Fault) and number > 0:
        return Fraction(number)
    message = say("“{text}” is not a weight.", text=text[:60])
    return Fault(WEIGHT_FORM, message, say("Write a share such as 40%, or an exact fraction such as 1/3."))


def _several(value: object) -> object:
    return (value,) if isinstance(value, str) else value


ClauseNumber = Annotated[str, Read(str, _read_clause, {"type": ["string", "number"], "pattern": f"^{_CLAUSE}$"})]
"""The number of a clause, ``"3.2"``."""

Name = Annotated[str, Read(str, _read_name, {"type": "string", "pattern": f"^{_NAME}$"})]
"""A name that expressions can read, ``full_attendance``."""

PositiveNumber = Annotated[
    Decimal,
    Read(
        Decimal,
        lambda text: _positive(text, read_number(text)),
        {"type": ["number", "string"], "exclusiveMinimum": 0},
    ),
]
"""An exact number above 0."""

PositiveWhole = Annotated[
    int,
    Read(int, lambda text: _positive(text, read_whole(text)), {"type": ["integer", "string"], "minimum": 1}),
]
"""A whole number from 1."""


def _read_share(text: str) -> Decimal | Fault:
    """Read a share of the whole, above 0 and at most 100%."""
    share = _read_rate(text)
    if isinstance(share, Fault) or 0 < share <= 1:
        return share
    message = say("{text} is no share of the whole.", text=text)
    return Fault(WEIGHT_FORM, message, say("Write a percentage above 0% and up to 100%, such as 10%."))


def _read_stated(text: str) -> Decimal | str | Fault:
    """Read a number, a percentage, or the name of a parameter."""
    return text if re.fullmatch(_NAME, text) else _read_rate(text)


Stated = Annotated[Decimal | str, Read(Decimal, _read_stated, {"type": ["number", "string"], "maxLength": 40})]
"""A number, a percentage, or the name of the parameter that has it."""

Share = Annotated[
    Decimal, Read(Decimal, _read_share, {"type": ["number", "string"], "pattern": r"^[0-9]+(\.[0-9]+)?%?$"})
]
"""A share of the whole, ``10%``, above 0 and at most all of it."""

Weight = Annotated[
    Fraction,
    Read(Fraction, _read_weight, {"type": ["number", "string"], "pattern": r"^[0-9]+((\.[0-9]+)?%?|/[0-9]+)$"}),
]
"""A share of the whole, ``40%`` or ``1/3``, exact and above 0."""

Slugs = Annotated[tuple[Slug, ...], BeforeValidator(_several)]
"""One id or a list of ids."""

Numbers = Annotated[tuple[Number, ...], BeforeValidator(_several)]
"""One number or a list of numbers."""
