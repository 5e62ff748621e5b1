"""Values of the documents: decimals and places as strings, names in both languages."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from kpigen.exact import plain

if TYPE_CHECKING:
    from kpigen.figure import Value
    from kpigen.text import Label

__all__ = ["encode", "encoded", "named", "shown"]

# A scalar of a file is a string that also knows its place; the documents take the string.
_ENCODER = msgspec.json.Encoder(enc_hook=str)


def encode(document: object) -> bytes:
    """Return a document's bytes: UTF-8, keys in the order they were put in, a line break at the end."""
    return _ENCODER.encode_lines([document])


def encoded(part: object) -> msgspec.Raw:
    """Return a part of a document that is ready to stand in it as often as it is needed."""
    return msgspec.Raw(_ENCODER.encode(part))


def shown(value: Value) -> str | None:
    """Return a value as the documents write it: a decimal without exponent, yes or no, a word, or null."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


def named(label: Label) -> dict[str, str]:
    """Return a name in both languages."""
    return {"zh": label.zh, "en": label.en}
