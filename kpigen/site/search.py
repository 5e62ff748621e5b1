"""The search index: agents are added by name, id and team, so that a name or a bare number finds its page.

Nothing else of the pages made of data goes in: the theme loads the whole index on every page, and a full one
ranks other people's pages before the person's own.
"""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["entry", "extend"]

#: An agent stands before a clause of the same number: the theme counts a word of a title a thousandfold.
BOOST = 5000

_HAN = re.compile("[㐀-鿿豈-﫿\U00020000-\U0003ffff]+")


def entry(location: str, agent: str, name: str, team: str) -> dict[str, str | int]:
    """Return what the index holds of an agent.

    A Chinese name is found whole, without its family name, and by each character; an id also as its bare number.
    The theme puts title and text into its list of results as HTML: both are escaped here.
    """
    parts = [part for run in _HAN.findall(name) for part in (run, run[1:], *run)]
    number = agent.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    words = dict.fromkeys([agent, number, number.lstrip("0"), *parts, team])
    title, text = f"{name} {agent}", " ".join(filter(None, words))
    return {"location": location, "title": escape(title), "text": escape(text), "boost": BOOST}


def extend(index: str, entries: Iterable[dict[str, str | int]]) -> str:
    """Return the theme's index with ``entries`` added."""
    content: dict[str, Any] = json.loads(index)
    content["docs"] = [*content["docs"], *entries]
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
