"""Markdown in which nothing of a record or of a stranger acts: no link, no mention, no HTML, no table."""

from __future__ import annotations

import re
from typing import Final

from kpigen.text import visible

__all__ = ["code", "inert"]

# What Markdown or HTML makes something of: emphasis, links, tables, tags.
_ACTIVE: Final = re.compile(r"[!#$&()*<>@\[\\\]^_`|~]|://|(?<=www)\.|(?<=GH)-")
# What a host still makes something of once it is shown: mentions, and references to issues, requests and addresses.
_CALLING: Final = frozenset({"@", "#", "!", "~", "$", "&", "://", ".", "-"})
_APART: Final = "&#8203;"  # no width, and no part of a word


def inert(text: str) -> str:
    """Write a text so that neither Markdown nor HTML nor a mention finds anything to act upon.

    A host looks for mentions in what is shown, where ``&#64;`` is an ``@`` again: such a sign is also set apart,
    by a space without width, from the word behind it.
    """
    plain = visible(text).replace("\n", " ")
    return _ACTIVE.sub(_shown, plain)


def _shown(found: re.Match[str]) -> str:
    sign = found[0]
    written = "".join(f"&#{ord(each)};" for each in sign)
    calls = sign in _CALLING and found.string[found.end() : found.end() + 1].strip(" &!#")
    return written + _APART if calls else written


def code(text: str) -> str:
    """Write a text as code, within which nothing acts; its own quotation marks become plain ones."""
    return f"`{visible(text).replace('`', chr(39))}`"
