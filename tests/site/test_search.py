"""Agents are found by name, given name and number."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kpigen.site.search import entry, extend

if TYPE_CHECKING:
    from pathlib import Path


def test_a_chinese_name_is_found_by_its_parts() -> None:
    found = entry("agents/A0012.html", "A0012", "林晓彤", "白班组")
    assert found["title"] == "林晓彤 A0012"
    assert str(found["text"]).split() == ["A0012", "0012", "12", "林晓彤", "晓彤", "林", "晓", "彤", "白班组"]


def test_a_latin_name_is_left_to_the_index() -> None:
    assert entry("agents/B7.html", "B7", "Becky Li", "day")["text"] == "B7 7 day"


def test_markup_is_escaped_for_the_theme_shows_html() -> None:
    found = entry("agents/B7.html", "B7", "<img src=x onerror=alert(1)>", "<b>day</b>")
    assert found["title"] == "&lt;img src=x onerror=alert(1)&gt; B7"
    assert found["text"] == "B7 7 &lt;b&gt;day&lt;/b&gt;"


def test_an_index_keeps_what_it_held() -> None:
    grown = json.loads(extend('{"config":{"lang":["zh"]},"docs":[{"location":"a"}]}', [{"location": "b"}]))
    assert grown == {"config": {"lang": ["zh"]}, "docs": [{"location": "a"}, {"location": "b"}]}


def test_every_agent_is_in_both_indexes(site: Path) -> None:
    for root in (site, site / "en"):
        docs = json.loads((root / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
        places = [doc["location"] for doc in docs]
        assert {"agents/A001.html", "agents/A002.html", "agents/A003.html"} <= set(places)
        assert all((root / place.split("#")[0]).is_file() for place in places)
        assert not [place for place in places if place.endswith("index.html") and "polic" not in place]
