"""Building the site: hand-written and policy pages through MkDocs, pages made of data stamped beside them.

Everything is built in a folder of its own beside the result and put in its place in one step; the same inputs
are not built twice.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from kpigen.site.documents import read
from kpigen.site.failure import SiteError
from kpigen.site.links import broken, scan
from kpigen.site.pages import data_pages, policy_pages, search_entries
from kpigen.site.search import extend
from kpigen.site.shell import capture
from kpigen.site.swap import swap
from kpigen.text import Lang, Text, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kpigen.site.documents import Published

__all__ = ["build"]

STAMP = ".inputs"
CONFIG = {Lang.ZH: Path("mkdocs.yml"), Lang.EN: Path("site/mkdocs.en.yml")}
BELOW = {Lang.ZH: ".", Lang.EN: "en"}
#: The distributions whose versions a page's bytes depend on.
MAKERS = ("mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "jinja2", "jieba")
#: The code that makes pages; what it shares with the rest says in the data what it does.
CODE = (("pages", Path(__file__).parent), ("words", Path(__file__).parent.parent / "locale"))
MOST_REPORTED = 20
EPOCH = "315532800"  # 1980: MkDocs dates pages by the clock unless it is told a time


def build(source: Path, data: Path, out: Path, progress: Callable[[Text], None], *, borrowed: bool = False) -> None:
    """Build the site from the published documents.

    Args:
        source: the folder that holds ``mkdocs.yml`` and ``site/``: the repository, or what comes with the program.
        data: the folder that holds ``v1/``.
        out: where the site goes; it holds the old site or the new one at every moment.
        progress: told what is being done.
        borrowed: whether ``source`` is of another repository, so that what it says of its own examples is left out.

    Raises:
        SiteError: when a page cannot be made, or a link leads nowhere. The old site then stays.
    """
    settings = {"KPIGEN_COPYRIGHT": ""} if borrowed else {}
    digest = _digest(source, data, settings)
    if (out / STAMP).is_file() and (out / STAMP).read_text(encoding="ascii") == digest:
        progress(say("The site is up to date."))
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as aside:
        site = Path(aside) / "site"
        published = read(data / "v1")
        _run_mkdocs(source, published, Path(aside), progress, settings)
        progress(say("Writing the pages of {count} agents …", count=sum(len(d.agents) for d in published.departments)))
        for lang in Lang:
            _stamp(source, published, lang, site / BELOW[lang])
        shutil.copytree(data / "v1", site / "data" / "v1")
        _check(site)
        (site / STAMP).write_text(digest, encoding="ascii")
        swap(site, out)


def _run_mkdocs(
    source: Path, published: Published, aside: Path, progress: Callable[[Text], None], settings: Mapping[str, str]
) -> None:
    """Let MkDocs build the pages that are Markdown, both languages at a time, and put them together."""
    for lang in Lang:
        pages = aside / "pages" / lang
        shutil.copytree(source / "site/pages" / lang, pages)
        shutil.copytree(source / "site/assets", pages / "assets")
        for path, markdown in policy_pages(source / "site/templates", published, lang):
            (pages / path).write_text(markdown, encoding="utf-8")
    progress(say("Building the written pages …"))

    def built(lang: Lang) -> None:
        pages = {"KPIGEN_PAGES": str(aside / "pages" / lang)}
        _mkdocs(source / CONFIG[lang], aside / f"built-{lang}", {**settings, **pages})

    with ThreadPoolExecutor() as pool:
        list(pool.map(built, Lang))
    (aside / f"built-{Lang.ZH}").rename(aside / "site")
    (aside / f"built-{Lang.EN}").rename(aside / "site" / BELOW[Lang.EN])


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


def _stamp(source: Path, published: Published, lang: Lang, site: Path) -> None:
    shells = {
        folder: capture(folder, (site / folder / "index.html").read_text(encoding="utf-8"))
        for folder in ("", "agents", "corrections", "months", "teams", "data")
    }
    for page in data_pages(source / "site/templates", published, lang):
        folder, _, file = page.path.rpartition("/")
        (site / page.path).write_text(shells[folder].stamp(page.title, file, page.body), encoding="utf-8")
    index = site / "search" / "search_index.json"
    index.write_text(extend(index.read_text(encoding="utf-8"), search_entries(published, lang)), encoding="utf-8")


def _check(site: Path) -> None:
    dead = [f"{path}: {link}" for path, link in broken(*scan(site))]
    if dead:
        raise SiteError(
            say("{count} links of the site lead nowhere:", count=len(dead)), "\n".join(dead[:MOST_REPORTED])
        )


def _digest(source: Path, data: Path, settings: Mapping[str, str]) -> str:
    """Return a digest of everything that the site is made from."""
    digest = hashlib.blake2b(repr(sorted(settings.items())).encode(), digest_size=32)
    for maker in MAKERS:
        digest.update(f"{maker} {metadata.version(maker)}\n".encode())
    for name, folder in (("data", data / "v1"), ("site", source / "site"), *CODE):
        for path in _inputs(folder):
            content = path.read_bytes()
            digest.update(f"{name}/{path.relative_to(folder).as_posix()} {len(content)}\n".encode())
            digest.update(content)
    digest.update((source / "mkdocs.yml").read_bytes())
    return digest.hexdigest()


def _inputs(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".pyc")
