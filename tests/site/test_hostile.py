"""Hostile texts in every free field of every document: each page has the very elements, attributes and links that it
has with harmless ones."""

from __future__ import annotations

import json
from collections import Counter
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpigen.site.documents import read
from kpigen.site.pages import data_pages
from kpigen.text import Lang
from tests.hostile import TEXTS
from tests.site.conftest import FREE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TEMPLATES = Path(__file__).parent.parent.parent / "site/templates"
#: Attributes whose whole value matters: where something leads, and how it is found.
LEADING = ("href", "src", "action", "xlink:href", "id", "class", "type", "for", "name")


class Shape(HTMLParser):
    """What a page is made of, without its texts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: Counter[object] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        leading = tuple((name, value) for name, value in attrs if name in LEADING)
        self.elements[tag, tuple(name for name, _ in attrs), leading] += 1

    def handle_comment(self, data: str) -> None:
        self.elements["comment", data] += 1

    def handle_decl(self, decl: str) -> None:
        self.elements["declaration", decl] += 1

    def handle_pi(self, data: str) -> None:
        self.elements["instruction", data] += 1


def filled(value: object, texts: Iterator[str], key: str = "") -> object:
    """A document with the next text in every free field."""
    if isinstance(value, dict):
        return {name: filled(inner, texts, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, texts, key) for inner in value]
    return next(texts) if isinstance(value, str) and key in FREE else value


def shapes(data: Path, out: Path, texts: Sequence[str], lang: Lang) -> dict[str, Counter[object]]:
    """The shape of every page when the free fields hold the texts in turn."""
    following = cycle(texts)
    for path in sorted(data.rglob("*.json")):
        target = out / path.relative_to(data)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(filled(json.loads(path.read_text("utf-8")), following)), "utf-8")
    found = {}
    for page in data_pages(TEMPLATES, read(out / "v1"), lang):
        shape = Shape()
        shape.feed(page.body)
        shape.close()
        found[page.path] = shape.elements
        assert not set(page.body) & set(map(chr, {*range(32), 127} - {9, 10})), page.path
    return found


def harmless(count: int) -> list[str]:
    """So many texts of which no two are equal, as the hostile ones are."""
    return [f"text {number:03}" for number in range(count)]


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("begin", [0, 23, 46])
def test_texts_in_turn_change_no_page(data: Path, tmp_path: Path, lang: Lang, begin: int) -> None:
    turned = [*TEXTS[begin:], *TEXTS[:begin]]
    usual = shapes(data, tmp_path / "harmless", harmless(len(turned)), lang)
    assert shapes(data, tmp_path / "hostile", turned, lang) == usual


@pytest.mark.nightly
@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("text", TEXTS)
def test_each_text_in_every_field_changes_no_page(data: Path, tmp_path: Path, lang: Lang, text: str) -> None:
    usual = harmless(len(TEXTS))
    numbered = [f"{text} {one}" for one in usual]  # a page may leave out what it has just said, so no two are equal
    assert shapes(data, tmp_path / "hostile", numbered, lang) == shapes(data, tmp_path / "harmless", usual, lang)
