"""Rendering the pages of departments, one department at a time, in several processes where there is much to do.

A page is made only when something that it is made of has changed; otherwise the old site's file is taken over.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Raw, Struct

from kpigen.cache import digest, key_of
from kpigen.site.corrections import Filings
from kpigen.site.decided import Decided, rulings
from kpigen.site.documents import read
from kpigen.site.edition import Edition
from kpigen.site.links import Links
from kpigen.site.pages import department_pages
from kpigen.site.placing import share
from kpigen.site.sealed import SEALED, Sealer, filed
from kpigen.site.theme import BELOW
from kpigen.text import Lang

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kpigen.site.documents import Department, MonthDocument, Published
    from kpigen.site.edition import Page
    from kpigen.site.sealed import Sealing
    from kpigen.site.shell import Shell

__all__ = ["Kept", "Made", "Press", "Rendered", "add", "stamped"]

#: A process costs more than it saves below this many agents.
_FEW: Final = 300
_NO_FIGURES: Final = Raw(b"[]")


class Made(Struct, frozen=True, array_like=True):
    """A page that stands in the site: the digest of all that it was made of, and its title."""

    key: str
    title: str


class Kept(Struct, array_like=True):
    """What is kept of a department besides its files.

    Attributes:
        content: the digest of all that its pages were made of.
        pages: each page by its path below the site.
        anchors: the anchors of other pages that these link to, or once did.
        filings: its appeals and corrections, counted.
        decided: by the page of a policy version, what its rules decided.
    """

    content: str
    pages: dict[str, Made]
    anchors: list[str]
    filings: Filings | None
    decided: dict[str, list[dict[str, Decided]]]


@dataclass(slots=True)
class Rendered:
    """What came of a department: what is kept of it, and the links of the pages that were written."""

    kept: Kept
    links: Links
    lost: list[str]


@dataclass(frozen=True, slots=True)
class Press:
    """All that rendering needs.

    Attributes:
        templates: the folder of the templates.
        data: the folder that holds ``index.json``.
        shells: the shell of each language's folder.
        world: the digest of what all pages are made of: templates, words, policies, shells.
        site: the folder that takes the pages; its folders are there.
        old: the old site, if there is one.
        sealing: with what pay is sealed, where a department seals it.
    """

    templates: Path
    data: Path
    shells: Mapping[Lang, Mapping[str, Shell]]
    world: str
    site: Path
    old: Path
    sealing: Sealing | None = None

    def render(
        self, departments: Sequence[Department], contents: Mapping[str, str], known: Mapping[str, Kept]
    ) -> dict[str, Rendered]:
        """Put the pages of departments into the site.

        Args:
            departments: the departments.
            contents: for each the digest of all that its pages are made of, :attr:`world` aside.
            known: what is kept of them from the build that made the old site.
        """
        done, changed = {}, []
        for each in departments:
            before, content = known.get(each.department), contents[each.department]
            if before and before.content == content and self._taken_over(before):
                done[each.department] = Rendered(before, Links(), [])
            else:
                changed.append((each, content, before))
        agents = sum(len(each.agents) for each, _, _ in changed)
        processes = _processors() if agents >= _FEW else 1
        tasks = []
        for each, content, before in changed:
            parts = max(1, -(-len(each.agents) * processes // max(1, agents)))
            tasks += [(each.department, content, before, part, parts) for part in range(parts)]
        for name, rendered in self._each(tasks, processes):
            if name in done:
                _join(done[name], rendered)
            else:
                done[name] = rendered
        return {each.department: done[each.department] for each in departments}

    def _each(
        self, tasks: Sequence[tuple[str, str, Kept | None, int, int]], processes: int
    ) -> Iterator[tuple[str, Rendered]]:
        if processes == 1 or len(tasks) == 1 or "fork" not in multiprocessing.get_all_start_methods():
            for task in tasks:
                yield task[0], self._department(*task)
            return
        with ProcessPoolExecutor(processes, multiprocessing.get_context("fork")) as pool:
            made = [(task[0], pool.submit(self._department, *task)) for task in tasks]
            yield from ((name, each.result()) for name, each in made)

    def _taken_over(self, before: Kept) -> bool:
        """Take over all pages of a department that is unchanged; tell whether all were there."""
        try:
            for path in before.pages:
                share(self.old / path, self.site / path)
        except FileNotFoundError:
            for path in before.pages:
                (self.site / path).unlink(missing_ok=True)
            return False
        return True

    def _department(self, name: str, content: str, before: Kept | None, part: int, parts: int) -> Rendered:
        """Render one of so many parts of a department's pages."""
        gc.disable()
        published = read(self.data, partial(_months_of, name))
        _lighten(published)
        (department,) = (each for each in published.departments if each.department == name)
        editions = self._editions(published, department)
        book = editions[0].book(department)
        entry = msgspec.structs.replace(department, agents=())
        shared = key_of((self.world, _digest(entry), filed(published)))
        made = Rendered(Kept(content, {}, [], None, {}), Links(outside=published.history.outside), [])
        known = before.pages if before else {}
        for pages in zip(*(department_pages(site, department) for site in editions), strict=True):
            if _part(pages[0].path, parts) != part:
                continue
            for site, page in zip(editions, pages, strict=True):
                path = f"{BELOW[site.lang]}/{page.path}".removeprefix("./")
                depends = content if page.made_of is None else digest(page.made_of)
                now = Made(key_of((shared, depends, page.title)), page.title)
                made.kept.pages[path] = now
                if known.get(path) != now or not self._shared(path):
                    self._write(page, path, site.lang, made, known=path in known)
        if part == 0:
            made.kept.filings = book.filings
            for document in published.months.values():
                made.kept.decided.setdefault(document.policy.page, []).append(rulings(document))
        made.kept.anchors = sorted({*(before.anchors if before else ()), *made.links.anchors})
        return made

    def _editions(self, published: Published, department: Department) -> list[Edition]:
        """Return the department in each language; where its pay is sealed, with what seals it."""
        if department.publish.pay != SEALED or self.sealing is None:
            return [Edition(self.templates, published, lang) for lang in Lang]
        name = department.department
        full = self.sealing.whole / "v1"
        whole = msgspec.structs.replace(read(full, partial(_months_of, name)), history=published.history)
        _lighten(whole)
        sealers = [Sealer(self.sealing.vault, Edition(self.templates, whole, lang), name) for lang in Lang]
        return [Edition(self.templates, published, lang, sealer) for lang, sealer in zip(Lang, sealers, strict=True)]

    def _shared(self, path: str) -> bool:
        with suppress(FileNotFoundError):
            share(self.old / path, self.site / path)
            return True
        return False

    def _write(self, page: Page, path: str, lang: Lang, made: Rendered, *, known: bool) -> None:
        """Render a page, unless the old site's turns out to be the same; note its links."""
        html = stamped(self.shells[lang], page)
        place, content = self.site / path, html.encode()
        made.links.add(path, html)
        old = b""
        if known:
            with suppress(FileNotFoundError):
                old = (self.old / path).read_bytes()
        if old == content:
            share(self.old / path, place)
            return
        place.write_bytes(content)
        if old:
            before = Links()
            before.add(path, old.decode())
            made.lost.extend(f"{path}#{name}" for name in before.ids[path] - made.links.ids[path])


def stamped(shells: Mapping[str, Shell], page: Page) -> str:
    """Return a page in the shell of its folder."""
    folder, _, file = page.path.rpartition("/")
    return shells[folder].stamp(page.title, file, page.body)


def add(one: Kept, other: Kept) -> None:
    """Add to what is kept of a department what is kept of another part of it."""
    one.pages.update(other.pages)
    one.anchors = sorted({*one.anchors, *other.anchors})
    one.filings = one.filings or other.filings
    for page, decided in other.decided.items():
        one.decided.setdefault(page, []).extend(decided)


def _join(one: Rendered, other: Rendered) -> None:
    add(one.kept, other.kept)
    one.links.extend(other.links)
    one.lost.extend(other.lost)


def _months_of(name: str, department: Department) -> Iterable[str]:
    return [ref.month for ref in department.months] if department.department == name else ()


def _part(path: str, parts: int) -> int:
    """Return which part a page belongs to, by its path alone."""
    return 0 if parts == 1 else int(digest(path.encode())[:8], 16) % parts


def _lighten(published: Published) -> None:
    """Forget how each agent's numbers were made, but for the newest month, which alone is explained on a page."""
    seen: set[str] = set()
    for document in sorted(published.months.values(), key=_month, reverse=True):
        for agent in document.agents:
            if agent.agent in seen:
                msgspec.structs.force_setattr(agent, "raw_figures", _NO_FIGURES)
            seen.add(agent.agent)


def _month(document: MonthDocument) -> str:
    return document.month


def _digest(value: object) -> str:
    return digest(msgspec.json.encode(value))


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
