"""The Jinja environments: HTML pages escape what they print as HTML, policy pages as Markdown and HTML."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from kpigen import text
from kpigen.site.decided import mark
from kpigen.site.statement import zero_items
from kpigen.site.wording import brackets, comma, day_name, gap, money, month_name, signed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from kpigen.site.history import Source
    from kpigen.site.rulebook import PolicyRef
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
        "day": lambda day: day_name(day, lang),
    }
    made.globals |= {
        "lang": str(lang),
        "brackets": brackets(lang),
        "comma": comma(lang),
        "gap": gap(lang),
        "zero_items": zero_items,
    }
    if not markdown:
        made.globals |= {"_": _said(messages)}
        made.filters |= {"clause": _clause_link(messages), "place": _place_link}
    return made


def _said(messages: Mapping[str, str]) -> Callable[..., Markup]:
    """Return what says a message in HTML: as the extension does, whose way takes several times as long."""
    plain: dict[str, Markup] = {}

    def said(message: str, **values: object) -> Markup:
        if values:
            written = {name: escape(value) for name, value in values.items()}
            return Markup(messages.get(message, message) % written)  # noqa: S704 - our own words, around what is escaped
        if message not in plain:
            plain[message] = Markup(messages.get(message, message) % {})  # noqa: S704 - our own words
        return plain[message]

    return said


def _clause_link(messages: Mapping[str, str]) -> Callable[[str, PolicyRef, str], Markup]:
    """Return what links a clause's number: a page has dozens of such links, and all pages the same."""
    said = _said(messages)

    @cache
    def link(number: str, policy: PolicyRef, up: str) -> Markup:
        place = f"{escape(up)}policies/{escape(policy.page)}.html#{anchor(number)}"
        return Markup(f'<a class="k-clause" href="{place}">{said("clause %(number)s", number=number)}</a>')  # noqa: S704 - escaped

    return link


def _place_link(place: str, source: Source) -> Markup:
    """Link a place in the records to its line at the git host, where that is known."""
    shown = f"<code>{escape(place)}</code>"
    address = source.line(place)
    if address is None:
        return Markup(shown.replace("<code>", '<code class="k-place">', 1))  # noqa: S704 - escaped
    return Markup(f'<a class="k-place" href="{escape(address)}" rel="noopener external">{shown}</a>')  # noqa: S704 - escaped


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
