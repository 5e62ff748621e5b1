"""Links that lead nowhere, or out of the site, are found."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from kpigen.site.links import broken, read_page, scan

if TYPE_CHECKING:
    from pathlib import Path


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: set[str] = set()
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        for name, value in attrs:
            if name in {"id", "name"} and value:
                self.ids.add(value)
            elif name in {"href", "src"} and value:
                self.links.add(value)


def test_the_search_finds_what_a_parser_finds(site: Path) -> None:
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        reader = _Reader()
        reader.feed(html)
        page = read_page(html)
        assert (page.links, page.ids) == (frozenset(reader.links), frozenset(reader.ids)), path


def test_the_example_has_no_dead_link(site: Path) -> None:
    assert list(broken(*scan(site))) == []


@pytest.mark.parametrize(
    "link",
    [
        "b.html",
        "b.html#x",
        "#none",
        "../out.html",
        "https://example.org/",
        "//example.org/x",
        "/a.html",
        "javascript:x()",
    ],
)
def test_a_dead_link_is_found(link: str) -> None:
    pages = {"a.html": read_page(f'<p id="here"><a href="{link}">'), "c/a.html": read_page("")}
    assert list(broken(pages, {*pages, "x.css"})) == [("a.html", link)]


@pytest.mark.parametrize(
    "link", ["", "a.html", "#here", "a.html#here", "x.css", "c/a.html", "./c/../a.html", "a%2Ehtml"]
)
def test_a_good_link_is_none(link: str) -> None:
    pages = {"a.html": read_page(f'<p id="here"><a href="{link}">'), "c/a.html": read_page("")}
    assert list(broken(pages, {*pages, "x.css"})) == []


def test_the_error_page_is_left_out() -> None:
    assert list(broken({"en/404.html": read_page('<a href="/en/">')}, {"en/404.html"})) == []
