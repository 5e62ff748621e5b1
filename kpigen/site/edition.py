"""The edition: everything published, in one language, with the words and templates that show it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

import msgspec

from kpigen.site import agents
from kpigen.site.corrections import open_book
from kpigen.site.history import Source
from kpigen.site.templates import environment
from kpigen.site.wording import Words
from kpigen.text import Lang

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from jinja2 import Environment

    from kpigen.site.corrections import Book
    from kpigen.site.documents import Department, Published
    from kpigen.site.rulebook import PolicyRef
    from kpigen.site.sealed import Sealer
    from kpigen.text import Text

__all__ = ["Edition", "Page"]


@dataclass(frozen=True, slots=True)
class Page:
    """A page made of data: its path below the language's root, its title as plain text, its body as HTML.

    The body is rendered when it is asked for, before the next page is. ``made_of`` is all that it depends on besides
    the title, the policies and what all pages share; where it is None, that is everything of its department.
    """

    path: str
    title: str
    render: Callable[[], str]
    made_of: bytes | None = None

    @property
    def body(self) -> str:
        """The body, rendered now."""
        return self.render()


class Edition:
    """Everything published, in one language, with the templates that show it."""

    def __init__(self, templates: Path, published: Published, lang: Lang, sealer: Sealer | None = None) -> None:
        """Show ``published`` in a language through the templates of a folder; ``sealer`` for what is sealed of it."""
        self.published = published
        self.lang = lang
        self.sealer = sealer
        self.html = _environment(templates, lang)
        self._words: dict[PolicyRef, Words] = {}
        self._books: dict[str, Book] = {}

    def words(self, policy: PolicyRef) -> Words:
        """Return the words of a policy version."""
        if policy not in self._words:
            self._words[policy] = Words(self.published.policies[policy], self.lang)
        return self._words[policy]

    def book(self, department: Department) -> Book:
        """Return the appeals and corrections of a department."""
        if department.department not in self._books:
            self._books[department.department] = open_book(self.published, department, self.words)
        return self._books[department.department]

    @cached_property
    def source(self) -> Source:
        """Return where records stand on the web."""
        return Source(self.published.history)

    @cached_property
    def histories(self) -> dict[str, tuple[agents.Past, ...]]:
        """Return every agent's months, oldest first."""
        return agents.histories(self.published)

    def page(
        self,
        path: str,
        title: Text | str,
        *,
        template: str,
        made_of: object = None,
        late: Callable[[], Mapping[str, object]] = dict,
        **values: object,
    ) -> Page:
        """Return the page that a template gives.

        Args:
            path: where it lies below the language's root.
            title: what it is called.
            template: the template's name, without its ending.
            made_of: plain values that tell all it depends on, see :class:`Page`; None for the whole department.
            late: gives values that are worked out only when the page is rendered.
            values: the values that the template shows.
        """
        up = "../" * path.count("/")
        shared = {"up": up, "data": f"{up}{'' if self.lang is Lang.ZH else '../'}data/v1/", "words": self.words}

        def render() -> str:
            return self.html.get_template(f"{template}.html").render(shared, site=self, **values, **late())

        said = title if isinstance(title, str) else title.said(self.lang)
        return Page(path, said, render, None if made_of is None else msgspec.json.encode(made_of))


@cache
def _environment(templates: Path, lang: Lang) -> Environment:
    """Return an environment that several editions share, so that each template is compiled once."""
    return environment(templates, lang)
