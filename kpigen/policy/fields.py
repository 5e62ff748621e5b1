"""The fields of a policy file that records do not have: clause numbers, names for expressions, positive numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Final

from pydantic import BeforeValidator

from kpigen.expression import RESERVED
from kpigen.finding import Rule
from kpigen.reading.faults import Fault
from kpigen.reading.readers import read_number, read_whole
from kpigen.reading.scalars import Number, Read, Slug
from kpigen.text import say

__all__ = ["ClauseNumber", "Name", "Numbers", "PositiveNumber", "PositiveWhole", "Slugs"]

NAME_FORM: Final = Rule("name-form")
CLAUSE_FORM: Final = Rule("clause-form")
NOT_POSITIVE: Final = Rule("not-positive")

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

Slugs = Annotated[tuple[Slug, ...], BeforeValidator(_several)]
"""One id or a list of ids."""

Numbers = Annotated[tuple[Number, ...], BeforeValidator(_several)]
"""One number or a list of numbers."""
