"""What the theme builds: the written pages, and the policies', through MkDocs; nothing of it depends on a month's data.

MkDocs takes seconds, so what it built is kept under a digest of all that it was built from.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from kpigen.site.failure import SiteError
from kpigen.site.pages import policy_pages
from kpigen.site.search import Section, sections
from kpigen.site.security import POLICY, scripts, secured
from kpigen.text import Lang, Text, say

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from kpigen.site.documents import Published

__all__ = ["BELOW", "MAKERS", "Source", "Theme", "themed"]

CONFIG: Final = {Lang.ZH: Path("mkdocs.yml"), Lang.EN: Path("site/mkdocs.en.yml")}
#: Where each language's pages lie below the site.
BELOW: Final = {Lang.ZH: ".", Lang.EN: "en"}
#: The distributions whose versions the bytes of these pages depend on.
MAKERS: Final = ("mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "jinja2")
EPOCH: Final = "315532800"  # 1980: MkDocs dates pages by the clock unless it is told a time
_KEPT: Final = "themed-"
_SITE: Final = "site"
_SECTIONS: Final = "sections.json"


@dataclass(frozen=True, slots=True)
class Source:
    """What pages are made from: the folder of ``mkdocs.yml`` and ``site/``, and the settings that it is read with."""

    folder: Path
    settings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Theme:
    """What the theme has built, both languages: files to be linked to, never changed, and what can be found there."""

    folder: Path
    sections: Mapping[Lang, list[Section]]


def themed(
    source: Source, published: Published, aside: Path, memory: Path | None, progress: Callable[[Text], None]
) -> Theme:
    """Return what the theme builds, from the memory where nothing of it has changed.

    Args:
        source: the templates, the written pages, the settings of MkDocs.
        published: the policies.
        aside: a folder to work in.
        memory: where earlier results are kept; the last one stays.
        progress: told what is being done.

    Raises:
        SiteError: when MkDocs finds something wrong.
    """
    made_of_data = set[str]()
    for lang in Lang:
        pages = aside / "pages" / lang
        shutil.copytree(source.folder / "site/pages" / lang, pages)
        shutil.copytree(source.folder / "site/assets", pages / "assets")
        for path, markdown in policy_pages(source.folder / "site/templates", published, lang):
            (pages / path).write_text(markdown, encoding="utf-8")
            made_of_data.add(path.replace(".md", ".html"))
    kept = memory and memory / f"{_KEPT}{_digest(source, aside / 'pages')}"
    if kept and kept.is_dir():
        return Theme(kept / _SITE, msgspec.json.decode((kept / _SECTIONS).read_bytes(), type=dict[Lang, list[Section]]))
    progress(say("Building the written pages …"))

    def built(lang: Lang) -> None:
        pages = {"KPIGEN_PAGES": str(aside / "pages" / lang)}
        _mkdocs(source.folder / CONFIG[lang], aside / f"built-{lang}", {**source.settings, **pages})
        _secure(aside / f"built-{lang}", made_of_data)

    with ThreadPoolExecutor() as pool:
        list(pool.map(built, Lang))
    made = aside / "themed"
    made.mkdir()
    (aside / f"built-{Lang.ZH}").rename(made / _SITE)
    found = {Lang.ZH: list(_sections(made / _SITE)), Lang.EN: list(_sections(aside / f"built-{Lang.EN}"))}
    (aside / f"built-{Lang.EN}").rename(made / _SITE / BELOW[Lang.EN])
    (made / _SECTIONS).write_bytes(msgspec.json.encode(found))
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        for old in kept.parent.glob(f"{_KEPT}*"):
            shutil.rmtree(old, ignore_errors=True)
        made = made.rename(kept)
    return Theme(made / _SITE, found)


def _sections(site: Path) -> Iterator[Section]:
    for path in sorted(site.rglob("*.html")):
        yield from sections(path.relative_to(site).as_posix(), path.read_text(encoding="utf-8"))


def _secure(site: Path, made_of_data: Collection[str]) -> None:
    """Put its policy into each page; what may run is what the theme writes into pages that are not made of data."""
    pages = {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    allowed = frozenset[str]().union(*(scripts(html) for path, html in pages.items() if path not in made_of_data))
    for path, html in pages.items():
        (site / path).write_text(secured(path, html, allowed), encoding="utf-8")


def _mkdocs(config: Path, site: Path, settings: Mapping[str, str]) -> None:
    # Never with --quiet: a strict build then ends well although a link is broken.
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--config-file",
        str(config),
        "--site-dir",
        str(site),
    ]
    always = {"SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(  # noqa: S603 - a list of our own words and paths
        command, env={**os.environ, **always, **settings}, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        said = "\n".join(line for line in done.stderr.splitlines() if not line.startswith("INFO"))
        raise SiteError(say("mkdocs could not build {config}:", config=config.name), said)
    for name in ("sitemap.xml", "sitemap.xml.gz"):  # of no use without an address, and dated by the clock
        (site / name).unlink(missing_ok=True)


def _digest(source: Source, pages: Path) -> str:
    """Return a digest of all that MkDocs reads."""
    digest = hashlib.blake2b(repr(sorted(source.settings.items())).encode(), digest_size=20)
    digest.update(POLICY.encode())
    for maker in MAKERS:
        digest.update(f"{maker} {metadata.version(maker)}\n".encode())
    roots = {"pages": pages, "overrides": source.folder / "site/overrides"}
    named = [(f"{name}/{path.relative_to(root)}", path) for name, root in roots.items() for path in root.rglob("*")]
    named += [(str(config), source.folder / config) for config in CONFIG.values()]
    for name, path in sorted(named):
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()
