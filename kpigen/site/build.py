"""Building the site: what the theme builds, pages made of data stamped beside it, and the data itself.

Everything is put together in a folder of its own beside the result and takes its place in one step; the same inputs
are not built twice, and of what was built before only the pages that change are made anew.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kpigen.cache import key_of
from kpigen.site.decided import fill, merged
from kpigen.site.documents import read
from kpigen.site.edition import Edition
from kpigen.site.failure import SiteError
from kpigen.site.feed import feed
from kpigen.site.links import Links
from kpigen.site.memory import Memory, Remembered
from kpigen.site.pages import common_pages
from kpigen.site.placing import files, put, share_all
from kpigen.site.rendering import Press, stamped
from kpigen.site.sealed import SEALED
from kpigen.site.search import index
from kpigen.site.shell import BODY, capture
from kpigen.site.swap import swap
from kpigen.site.theme import BELOW, MAKERS, Source, themed
from kpigen.text import Lang, Text, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kpigen.site.documents import Department, Published
    from kpigen.site.rendering import Rendered
    from kpigen.site.sealed import Sealing
    from kpigen.site.shell import Shell
    from kpigen.site.theme import Theme

__all__ = ["build"]

STAMP: Final = ".inputs"
#: The code that makes pages; what it shares with the rest says in the data what it does.
CODE: Final = (("pages", Path(__file__).parent), ("words", Path(__file__).parent.parent / "locale"))
MOST_REPORTED: Final = 20


def build(  # noqa: PLR0913 - the one place where everything comes together
    source: Path,
    data: Path,
    out: Path,
    progress: Callable[[Text], None],
    *,
    borrowed: bool = False,
    memory: Path | None = None,
    sealing: Sealing | None = None,
) -> None:
    """Build the site from the published documents.

    Args:
        source: the folder that holds ``mkdocs.yml`` and ``site/``: the repository, or what comes with the program.
        data: the folder that holds ``v1/``.
        out: where the site goes; it holds the old site or the new one at every moment.
        progress: told what is being done.
        borrowed: whether ``source`` is of another repository, so that what it says of its own examples is left out.
        memory: a folder for what the next build can use, on the same disk; without it everything is made anew.
        sealing: with what pay is sealed, where a department seals it.

    Raises:
        SiteError: when a page cannot be made, or a link leads nowhere. The old site then stays.
    """
    settings = {"KPIGEN_COPYRIGHT": ""} if borrowed else {}
    remembered = Memory(memory).recall()
    documents = remembered.digests(data / "v1")
    making = _making(source, settings)
    index = read(data / "v1", _none)
    sealed = _sealed(index.departments, sealing, remembered)
    stamp = key_of((making, *(f"{path} {content}" for path, content in sorted((documents | sealed).items()))))
    before = (out / STAMP).read_text(encoding="ascii") if (out / STAMP).is_file() else ""
    if before == stamp:
        progress(say("The site is up to date."))
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    _clear(out)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as aside:
        site, published = Path(aside) / "site", read(data / "v1", _newest)
        theme = themed(Source(source, settings), published, Path(aside), memory, progress)
        share_all(theme.folder, site)
        progress(say("Writing the pages of {count} agents …", count=sum(len(d.agents) for d in published.departments)))
        shells = {lang: _shells(site / BELOW[lang]) for lang in Lang}
        policies = [content for path, content in sorted(documents.items()) if path.startswith("policy/")]
        press = Press(
            templates=(source / "site/templates").resolve(),
            data=(data / "v1").resolve(),
            shells=shells,
            world=key_of((making, repr(shells), *policies)),
            site=site.resolve(),
            old=out.resolve(),
            sealing=sealing,
        )
        contents = {
            each.department: key_of(
                (
                    _content(press.world, each, documents),
                    *published.history.held(each.department),
                    sealed.get(each.department, ""),
                )
            )
            for each in published.departments
        }
        known = remembered.departments if remembered.stamp == before else {}
        rendered = press.render(published.departments, contents, known)
        _common(press, published, rendered, theme)
        share_all(data / "v1", site / "data" / "v1")
        _check(site, out, rendered, published.history.outside)
        (site / STAMP).write_text(stamp, encoding="ascii")
        kept = {name: each.kept for name, each in rendered.items()}
        Memory(memory).keep(Remembered(stamp, remembered.documents, kept, remembered.full))
        swap(site, out)


def _newest(department: Department) -> Iterable[str]:
    return [department.months[-1].month] if department.months else ()


def _none(_: Department) -> Iterable[str]:
    return ()


def _sealed(departments: Iterable[Department], sealing: Sealing | None, remembered: Remembered) -> dict[str, str]:
    """Return for each department that seals its pay a digest of the keys and of what is sealed; nobody can guess it.

    Raises:
        SiteError: when there is nothing to seal with, or an agent has no key.
    """
    sealers = [each for each in departments if each.publish.pay == SEALED]
    if not sealers:
        return {}
    if sealing is None:
        raise SiteError(
            say(
                "{departments}: pay is sealed, and no keys are given; name their file with --keys or in KPIGEN_KEYS, "
                "make it with kpigen keys",
                departments=", ".join(each.department for each in sealers),
            )
        )
    for each in sealers:
        if missing := sealing.vault.lacking(each.department, (person.agent for person in each.agents)):
            raise SiteError(
                say(
                    "{department}: no key for {agents}; kpigen keys makes what is missing",
                    department=each.department,
                    agents=", ".join(missing[:MOST_REPORTED]) + (" …" if len(missing) > MOST_REPORTED else ""),
                )
            )
    whole = remembered.whole(sealing.whole / "v1")
    return {
        each.department: key_of(
            (
                sealing.vault.fingerprint(each.department),
                *(whole[path] for path in sorted(whole) if _within(path, each)),
            )
        )
        for each in sealers
    }


def _within(path: str, department: Department) -> bool:
    return path.startswith(f"{department.department}/") or path == "index.json"


def _clear(out: Path) -> None:
    """Remove what builds that were killed have left beside the site."""
    for left in out.parent.glob(f".{out.name}-????????"):
        shutil.rmtree(left, ignore_errors=True)


def _content(world: str, department: Department, documents: Mapping[str, str]) -> str:
    """Return the digest of all that a department's pages are made of."""
    own = (
        f"{path} {content}"
        for path, content in sorted(documents.items())
        if path.startswith(f"{department.department}/")
    )
    return key_of((world, repr(department), *own))


def _shells(site: Path) -> dict[str, Shell]:
    """Return the shell of each folder that has one."""
    found = {}
    for path in sorted(site.glob("*index.html")) + sorted(site.glob("*/index.html")):
        html = path.read_text(encoding="utf-8")
        if BODY in html:
            folder = path.parent.relative_to(site).as_posix()
            found["" if folder == "." else folder] = capture(folder, html)
    return found


def _common(press: Press, published: Published, rendered: Mapping[str, Rendered], theme: Theme) -> None:
    """Write the pages of all departments together, what policies have decided, and what the search looks through."""
    filings = [each.kept.filings for each in rendered.values() if each.kept.filings]
    for lang in Lang:
        root = press.site / BELOW[lang]
        titles = []
        for page in common_pages(Edition(press.templates, published, lang), filings):
            put(root / page.path, stamped(press.shells[lang], page).encode())
            titles.append((page.path, page.title))
        for ref in published.policies:
            place = root / "policies" / f"{ref.page}.html"
            decided = merged(each for one in rendered.values() for each in one.kept.decided.get(ref.page, ()))
            put(place, fill(place.read_text(encoding="utf-8"), decided, lang).encode())
        prefix = "" if BELOW[lang] == "." else f"{BELOW[lang]}/"
        titles += (
            (path.removeprefix(prefix), made.title)
            for one in rendered.values()
            for path, made in one.kept.pages.items()
            if path.startswith(prefix) and (prefix or not path.startswith(tuple(f"{each}/" for each in Lang)))
        )
        put(root / "feed.xml", feed(published, lang))
        (root / "search").mkdir(exist_ok=True)
        put(root / "search/index.js", index(published, lang, theme.sections[lang], sorted(titles)).encode())


def _check(site: Path, old: Path, rendered: Mapping[str, Rendered], outside: str) -> None:
    """Follow every link; pages taken over are read again only where something that they link to may be gone.

    Raises:
        SiteError: when a link leads nowhere.
    """
    there, links, lost = set(files(site)), Links(outside=outside), list[str]()
    for one in rendered.values():
        links.extend(one.links)
        lost += one.lost
    taken = {path for one in rendered.values() for path in one.kept.pages} - links.ids.keys()
    for path in sorted(there):
        if path.endswith(".html") and path not in links.ids and path not in taken:
            links.add(path, (site / path).read_text(encoding="utf-8"))
    anchors = {anchor for one in rendered.values() for anchor in one.kept.anchors}
    gone = set(files(old)) - there - {STAMP} if taken else set()
    if taken and (gone or anchors.intersection(lost) or links.lost(anchors)):
        for path in sorted(taken):
            links.add(path, (site / path).read_text(encoding="utf-8"))
    if dead := [f"{path}: {link}" for path, link in links.broken(there)]:
        raise SiteError(
            say("{count} links of the site lead nowhere:", count=len(dead)), "\n".join(dead[:MOST_REPORTED])
        )


def _making(source: Path, settings: Mapping[str, str]) -> str:
    """Return a digest of everything that the site is made from besides the data."""
    digest = hashlib.blake2b(repr(sorted(settings.items())).encode(), digest_size=20)
    for maker in MAKERS:
        digest.update(f"{maker} {metadata.version(maker)}\n".encode())
    for name, folder in (("site", source / "site"), *CODE):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                content = path.read_bytes()
                digest.update(f"{name}/{path.relative_to(folder).as_posix()} {len(content)}\n".encode())
                digest.update(content)
    digest.update((source / "mkdocs.yml").read_bytes())
    return digest.hexdigest()
