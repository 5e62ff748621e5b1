"""The Jinja environments: HTML pages escape what they print as HTML, policy pages as Markdown and HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kpigen import text
from kpigen.site.decided import mark
from kpigen.site.statement import zero_items
from kpigen.site.wording import brackets, comma, money, month_name, signed

if TYPE_CHECKING:
    from pathlib import Path

    from kpigen.text import Lang

__all__ = ["anchor", "environment", "file", "inert"]


def environment(folder: Path, lang: Lang, *, markdown: bool = False) -> Environment:
    """Make the environment for the templates of ``folder`` in one language."""
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=not markdown,  # noqa: S701 - Markdown is escaped by `inert`, which does more
        finalize=inert if markdown else None,
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    messages = text.catalogue(lang)

    def gettext(message: str) -> str:
        return messages.get(message, message)

    made.install_gettext_callables(gettext, lambda one, _many, _number: gettext(one), newstyle=True)  # type: ignore[attr-defined]
    made.filters |= {
        "money": money,
        "signed": signed,
        "anchor": anchor,
        "file": file,
        "mark": mark,
        "month": lambda month: month_name(month, lang),
    }
    made.globals |= {"lang": str(lang), "brackets": brackets(lang), "comma": comma(lang), "zero_items": zero_items}
    return made


def anchor(clause: str) -> Markup:
    """Return the id of a clause's heading on its policy's page."""
    return Markup("c-" + re.sub(r"[^A-Za-z0-9]+", "-", clause))  # noqa: S704 - letters, digits and hyphens only


def file(name: str) -> Markup:
    """Return a file name that means nothing to Markdown or HTML."""
    if not re.fullmatch(r"[A-Za-z0-9._-]+", name):
        raise ValueError(f"not a file name of ours: {name!r}")
    return Markup(name)  # noqa: S704 - just checked


def inert(value: object) -> object:
    """Write a value so that neither Markdown nor HTML finds anything to act upon, nor a line to begin or end."""
    if isinstance(value, Markup):
        return value
    return re.sub(
        r"[!-/:-@[-`{-~\s\x00-\x1f]", lambda sign: " " if sign[0].isspace() else f"&#{ord(sign[0])};", str(value)
    )
