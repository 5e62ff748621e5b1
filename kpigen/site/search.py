"""The search index: what the search page of a language looks through, as a script that it alone loads.

A script, because a page opened from a folder may load scripts but no other files. It holds the sections of the written
pages and of the policies in full, and of everything else only what it is called: agents with name and id, teams,
departments, months. Nothing that a record says of a person goes in.
"""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from kpigen.site.wording import month_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kpigen.site.documents import Published
    from kpigen.text import Lang

__all__ = ["Section", "index", "sections"]

_HEADINGS: Final = frozenset({"h1", "h2", "h3"})
#: What stands in an article but is not read: signs, drawings, a rule's expression beside its words.
_UNREAD: Final = frozenset({"headerlink", "k-code"})
_VOID: Final = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
_BLOCKS: Final = frozenset({"p", "li", "dt", "dd", "td", "th", "tr", "pre", "summary", "div", "caption", "ul", "ol"})
_SHELL: Final = "<!-- kpigen:body -->"
#: Pages that find nothing but themselves.
_LEFT_OUT: Final = frozenset({"search.html", "404.html"})
#: Guides that are written for those who write records and policies, not for those who are assessed.
_REFERENCES: Final = frozenset({"guide/records.html", "guide/policy-language.html"})
#: Pages of these folders are listed from the index of what is published, by what people call them.
_NAMED: Final = frozenset({"agents", "months", "teams"})


class Section(Struct, frozen=True):
    """A part of a page that can be linked to: from one heading to the next.

    Attributes:
        page: the path below the language's root.
        of: the page's own heading.
        anchor: the id of the section's heading.
        title: the section's heading.
        text: all that is read below it, spaces made one.
    """

    page: str
    of: str
    anchor: str
    title: str
    text: str


def sections(path: str, html: str) -> tuple[Section, ...]:
    """Return the sections of a page that the theme built.

    Args:
        path: where it lies below the language's root.
        html: the page, before what depends on data is filled in.

    Returns:
        Nothing of a page that others are stamped from, of the search page and of the error page.
    """
    if path in _LEFT_OUT or _SHELL in html:
        return ()
    reader = _Reader()
    reader.feed(html)
    reader.close()
    parts = [(anchor, _spaced(title), _spaced(text)) for anchor, title, text in reader.parts]
    of = next((title for _, title, _ in parts), "")
    return tuple(Section(path, of, anchor, title, text) for anchor, title, text in parts)


class _Reader(HTMLParser):
    """Reads the article of a page: its headings, and what stands below each."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, bool]] = []
        self._unread = 0
        self._within = False
        self._heading = False
        self._found: list[tuple[str, list[str], list[str]]] = []

    @property
    def parts(self) -> Iterator[tuple[str, str, str]]:
        """Anchor, heading and text of each section."""
        return ((anchor, "".join(title), "".join(text)) for anchor, title, text in self._found)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._within = self._within or tag == "article"
        if tag in _VOID:
            self._said(" ")
            return
        given = dict(attrs)
        unread = tag in {"script", "style", "svg"} or bool(_UNREAD & set((given.get("class") or "").split()))
        self._open.append((tag, unread))
        self._unread += unread
        if tag in _HEADINGS and self._within and given.get("id"):
            self._heading = True
            self._found.append((str(given["id"]), [], []))
        elif tag == "dt" and self._found:  # a word that is explained is found like a heading
            self._heading = True
            self._found.append((self._found[-1][0], [], []))
        elif tag in _BLOCKS:
            self._said(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self._within = False
        if tag in _HEADINGS or tag == "dt":
            self._heading = False
        while self._open:
            name, unread = self._open.pop()
            self._unread -= unread
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        self._said(data)

    def _said(self, text: str) -> None:
        if self._within and self._found and not self._unread:
            _, title, below = self._found[-1]
            (title if self._heading else below).append(text)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def index(published: Published, lang: Lang, found: Iterable[Section], pages: Iterable[tuple[str, str]] = ()) -> str:
    """Return the script that holds what the search page looks through.

    Args:
        published: what is published; only its index is read, no month's results.
        lang: in which language.
        found: the sections of the written pages and of the policies.
        pages: path and title of further pages made of data; agents', months' and teams' are known from the index.
    """
    content = {
        **_written(published, found),
        "places": [*_places(published, lang), *_further(pages)],
        "months": [*_months(published, lang)],
        **_people(published, lang),
    }
    return f"const KPIGEN_INDEX = {json.dumps(content, ensure_ascii=False, separators=(',', ':'))};\n"


def _written(published: Published, found: Iterable[Section]) -> dict[str, list[list[object]]]:
    """Return the written pages, each with its kind, and their sections with the number of their page."""
    kinds = _policies(published)
    numbers: dict[str, int] = {}
    pages: list[list[object]] = []
    listed: list[list[object]] = []
    for each in sorted(found, key=lambda section: section.page):
        if each.page not in numbers:
            numbers[each.page] = len(pages)
            pages.append([each.page, each.of, kinds.get(each.page, _kind(each.page))])
        listed.append([numbers[each.page], each.anchor, each.title, each.text])
    return {"pages": pages, "sections": listed}


def _policies(published: Published) -> dict[str, str]:
    """Return for each policy's page whether it is in use, another version of one in use, or of one that nobody uses."""
    governing = {each.months[-1].policy for each in published.departments if each.months}
    used = {policy.id for policy in governing if policy}
    return {
        f"policies/{ref.page}.html": "policy" if ref in governing else "version" if ref.id in used else "unused"
        for ref in published.policies
    }


def _kind(page: str) -> str:
    """Return what a written page is."""
    if page == "guide/glossary.html":
        return "glossary"
    if page.startswith("guide/"):
        return "reference" if page in _REFERENCES else "guide"
    return "other"


def _places(published: Published, lang: Lang) -> Iterator[list[str]]:
    """Yield path, name and department of every team."""
    for department in published.departments:
        for team in department.teams:
            path = f"teams/{department.department}_{team.team}.html"
            yield [path, team.name.said(lang), department.name.said(lang)]


def _further(pages: Iterable[tuple[str, str]]) -> Iterator[list[str]]:
    """Yield path and title of pages that are not listed otherwise."""
    for path, title in sorted(pages):
        folder, _, file = path.rpartition("/")
        if folder not in _NAMED or file == "index.html":
            yield [path, title, ""]


def _months(published: Published, lang: Lang) -> Iterator[list[str]]:
    """Yield path, month, its name and department, the newest first."""
    every = [(month.month, department) for department in published.departments for month in department.months]
    for month, department in sorted(every, key=lambda each: each[0], reverse=True):
        path = f"months/{department.department}_{month}.html"
        yield [path, month, month_name(month, lang), department.name.said(lang)]


def _people(published: Published, lang: Lang) -> dict[str, list[list[object]]]:
    """Return the teams by name, and every agent: id, name, number of the team, name in the other language."""
    teams: dict[tuple[str, str], int] = {}
    named: list[list[object]] = []
    people: list[list[object]] = []
    for department in published.departments:
        names = {team.team: team.name.said(lang) for team in department.teams}
        for person in department.agents:
            key = (department.department, person.team)
            if key not in teams:
                teams[key] = len(named)
                named.append([names.get(person.team, person.team), department.name.said(lang)])
            name, *other = dict.fromkeys([person.name.said(lang), person.name.zh, person.name.en])
            people.append([person.agent, name, teams[key], *other])
    return {"teams": named, "people": people}
