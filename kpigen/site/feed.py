"""The Atom feed (RFC 4287) of what is closed and which policies are in force; nothing in it depends on the clock."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement, tostring

from kpigen.site.history import Source
from kpigen.site.wording import month_name
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.site.documents import Department, Published
    from kpigen.text import Lang

__all__ = ["feed"]

_ATOM: Final = "http://www.w3.org/2005/Atom"
_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class _Entry:
    updated: str
    id: str
    title: str
    link: str


def feed(published: Published, lang: Lang) -> bytes:
    """Return the feed in a language, the newest entry first.

    A close is dated by the commit that holds it; without git by the first day after its month. Ids follow from
    what an entry is about and, for a close, from its digest: a close that were replaced would be another entry.
    """
    found = sorted((*_closes(published, lang), *_policies(published, lang)), key=_newest, reverse=True)
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": "zh-Hans" if str(lang) == "zh" else str(lang)})
    SubElement(root, "title").text = _plain(say("Closes and policies").said(lang))
    names = " ".join(each.department for each in published.departments)
    SubElement(root, "id").text = _urn("feed", str(lang), names)
    SubElement(root, "updated").text = found[0].updated if found else "1980-01-01T00:00:00Z"
    author = SubElement(root, "author")
    SubElement(author, "name").text = "kpigen"
    SubElement(root, "link", {"rel": "self", "href": "feed.xml", "type": "application/atom+xml"})
    SubElement(root, "link", {"rel": "alternate", "href": "index.html", "type": "text/html"})
    for each in found[:_MOST]:
        entry = SubElement(root, "entry")
        SubElement(entry, "title").text = _plain(each.title)
        SubElement(entry, "id").text = each.id
        SubElement(entry, "updated").text = each.updated
        SubElement(entry, "link", {"rel": "alternate", "href": each.link, "type": "text/html"})
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"


def _newest(entry: _Entry) -> tuple[str, str]:
    return entry.updated[:19], entry.id


def _closes(published: Published, lang: Lang) -> Iterator[_Entry]:
    source = Source(published.history)
    for department in published.departments:

        def entry(when: str, digest: str, link: str, of: Department = department) -> _Entry:
            held = source.last(f"records/{of.department}/{when}/close.yaml")
            title = say("{department}: {month} is closed", department=of.name, month=month_name(when, lang))
            return _Entry(held.on if held else _after(when), _urn("close", digest), title.said(lang), link)

        for ref in department.months:
            if ref.close:
                yield entry(ref.month, ref.close, f"months/{department.department}_{ref.month}.html")
        for period in department.periods:
            yield entry(period.period, period.close, "audit/index.html")


def _policies(published: Published, lang: Lang) -> Iterator[_Entry]:
    source = Source(published.history)
    for ref, policy in sorted(published.policies.items(), key=lambda each: each[0].page):
        held = source.last(f"policy/{ref.id}/{ref.version}.yaml")
        title = say("{policy}: version {version}", policy=policy.title, version=ref.version)
        # A version that is corrected before it governs is told of anew, under the same id.
        updated = held.on if held else f"{ref.version}-01T00:00:00Z"
        yield _Entry(updated, _urn("policy", ref.id, ref.version), title.said(lang), f"policies/{ref.page}.html")


def _after(when: str) -> str:
    """Return the moment after a month or a longer period."""
    year, _, part = when.partition("-")
    months = {"": 12, "Q": 3, "H": 6}.get(part[:1])
    last = int(part) if months is None else months * int(part[1:] or 1)
    following = int(year) * 12 + last
    return f"{following // 12:04}-{following % 12 + 1:02}-01T00:00:00Z"


def _urn(*parts: str) -> str:
    """Return an id that is the same for the same parts: a UUID of theirs, as RFC 9562 forms those of its version 8."""
    digits = hashlib.sha256("\0".join(("kpigen", *parts)).encode()).hexdigest()
    return f"urn:uuid:{digits[:8]}-{digits[8:12]}-8{digits[13:16]}-8{digits[17:20]}-{digits[20:32]}"


def _plain(text: str) -> str:
    """Leave out what XML 1.0 cannot hold."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
