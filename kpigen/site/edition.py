"""The edition: everything published, in one language, with the words and templates that show it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kpigen.site import agents
from kpigen.site.corrections import open_book
from kpigen.site.templates import environment
from kpigen.site.wording import Words
from kpigen.text import Lang

if TYPE_CHECKING:
    from pathlib import Path

    from kpigen.site.corrections import Book
    from kpigen.site.documents import Department, Published
    from kpigen.site.rulebook import PolicyRef
    from kpigen.text import Text

__all__ = ["Edition", "Page"]


@dataclass(frozen=True, slots=True)
class Page:
    """A page made of data: its path below the language's root, its title as plain text, its body as HTML."""

    path: str
    title: str
    body: str


class Edition:
    """Everything published, in one language, with the templates that show it."""

    def __init__(self, templates: Path, published: Published, lang: Lang) -> None:
        """Show ``published`` in a language through the templates of a folder."""
        self.published = published
        self.lang = lang
        self.html = environment(templates, lang)
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
    def histories(self) -> dict[str, tuple[agents.Past, ...]]:
        """Return every agent's months, oldest first."""
        return agents.histories(self.published)

    def page(self, path: str, title: Text | str, **values: object) -> Page:
        """Render the template named by ``template`` with ``values``."""
        up = "../" * path.count("/")
        said = title if isinstance(title, str) else title.said(self.lang)
        template = values.pop("template")
        body = self.html.get_template(f"{template}.html").render(
            up=up, data=f"{up}{'' if self.lang is Lang.ZH else '../'}data/v1/", words=self.words, site=self, **values
        )
        return Page(path, said, body)
