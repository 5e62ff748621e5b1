"""Building: the same bytes everywhere, nothing twice, and always the old site or the new one."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpigen.site import SiteError, build
from kpigen.site import swap as swap_module
from kpigen.site.swap import swap
from kpigen.text import Lang

if TYPE_CHECKING:
    from kpigen.text import Text

ROOT = Path(__file__).parent.parent.parent
BUILD = "import sys; from pathlib import Path; from kpigen.site import build; build(*map(Path, sys.argv[1:]), print)"


def content(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of which every part of the site can be changed."""
    root = tmp_path / "repository"
    shutil.copytree(ROOT / "site", root / "site")
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root


def test_two_builds_are_the_same_bytes(site: Path, data: Path, tmp_path: Path) -> None:
    settings = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": ""}
    out = tmp_path / "elsewhere" / "again"
    subprocess.run(  # noqa: S603 - this interpreter, on our own words and paths
        [sys.executable, "-c", BUILD, str(ROOT), str(data), str(out)],
        env={**os.environ, **settings, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
    )
    assert content(out) == content(site)


def test_nothing_is_built_twice(site: Path, data: Path) -> None:
    said: list[Text] = []
    before = (site / "index.html").stat().st_mtime_ns
    build(ROOT, data, site, said.append)
    assert [text.said(Lang.EN) for text in said] == ["The site is up to date."]
    assert (site / "index.html").stat().st_mtime_ns == before


def test_the_data_is_in_the_site_unchanged(site: Path, data: Path) -> None:
    published = {path: made for path, made in content(site / "data/v1").items() if not path.startswith("schema/")}
    assert published == content(data / "v1")


def test_nothing_is_dated_by_the_clock(site: Path) -> None:
    assert not list(site.rglob("sitemap*"))


def test_a_dead_link_of_a_written_page_keeps_the_old_site(repository: Path, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "index.html").write_text("old", encoding="utf-8")
    page = repository / "site/pages/en/guide/glossary.md"
    page.write_text("# Glossary {#top}\n\n[x](nowhere.md) [y](agents.md#nowhere)\n", encoding="utf-8")
    with pytest.raises(SiteError, match=r"mkdocs could not build mkdocs\.en\.yml") as failure:
        build(repository, data, out, lambda _: None)
    assert "nowhere.md" in failure.value.details
    assert "#nowhere" in failure.value.details
    assert content(out) == {"index.html": hashlib.sha256(b"old").hexdigest()}
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_dead_link_of_a_made_page_is_found(repository: Path, data: Path, tmp_path: Path) -> None:
    template = repository / "site/templates/teams.html"
    template.write_text('<a href="nowhere.html">x</a>', encoding="utf-8")
    with pytest.raises(SiteError, match="2 links of the site lead nowhere") as failure:
        build(repository, data, tmp_path / "out", lambda _: None)
    assert failure.value.details == "en/teams/index.html: nowhere.html\nteams/index.html: nowhere.html"
    assert not (tmp_path / "out").exists()


def test_a_changed_page_is_built_anew(site: Path, repository: Path, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(site, out)
    said: list[Text] = []
    build(repository, data, out, said.append)
    assert [text.said(Lang.EN) for text in said] == ["The site is up to date."]
    page = repository / "site/pages/zh/guide/glossary.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n新的一行\n", encoding="utf-8")
    build(repository, data, out, lambda _: None)
    assert "新的一行" in (out / "guide/glossary.html").read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "repository"]


@pytest.mark.parametrize("seconds", [0.3, 0.9, 1.3])
def test_a_killed_build_leaves_the_old_site_or_the_new_one(
    site: Path, data: Path, tmp_path: Path, seconds: float
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "index.html").write_text("old", encoding="utf-8")
    old = content(out)
    with subprocess.Popen(  # noqa: S603 - this interpreter, on our own words and paths
        [sys.executable, "-c", BUILD, str(ROOT), str(data), str(out)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
    ) as process:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        process.kill()
    assert content(out) in (old, content(site))


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("new", "old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page").write_text(name, encoding="ascii")
    return tmp_path / "new", tmp_path / "old"


@pytest.mark.parametrize("exchanging", ["in one step", "in two steps"])
def test_a_folder_takes_another_ones_place(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, exchanging: str
) -> None:
    new, place = folders
    if exchanging == "in two steps":
        monkeypatch.setattr(swap_module, "_exchange", lambda *_: False)
    swap(new, place)
    assert (place / "page").read_text(encoding="ascii") == "new"
    assert sorted(path.name for path in place.parent.iterdir()) == ["old"]


def test_a_folder_takes_an_empty_place(folders: tuple[Path, Path]) -> None:
    new, _ = folders
    swap(new, new.with_name("fresh"))
    assert (new.with_name("fresh") / "page").read_text(encoding="ascii") == "new"


def test_a_failed_second_step_is_taken_back(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    new, place = folders
    monkeypatch.setattr(swap_module, "_exchange", lambda *_: False)
    shutil.rmtree(new)
    with pytest.raises(FileNotFoundError):
        swap(new, place)
    assert (place / "page").read_text(encoding="ascii") == "old"
