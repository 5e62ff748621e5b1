"""``kpigen build`` and ``serve``: what is refused, and that a page hears of the next build."""

from __future__ import annotations

import http.client
import json
import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from kpigen.cli import main
from kpigen.cli.keeping import Kept, keep_folder
from kpigen.cli.live import CHANGES, SCRIPT, Live, serving
from kpigen.cli.serve import seen
from tests.cli.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from click.testing import Result

    from kpigen.text import Lang


def test_an_error_stops_the_build(run: Callable[..., Result], root: Path) -> None:
    root.joinpath("records/small/notes.txt").touch()
    done = run("build")
    assert (done.exit_code, done.output.splitlines()[-1]) == (1, "1 error, 0 warnings in 1 file")
    assert not root.joinpath("build/site").exists()


@pytest.mark.parametrize(("there", "missing"), [("site", "mkdocs.yml"), ("mkdocs.yml", "site")])
def test_a_repository_with_half_a_site(run: Callable[..., Result], root: Path, there: str, missing: str) -> None:
    root.joinpath(there).mkdir()
    done = run("build")
    assert (done.exit_code, done.output) == (2, f"kpigen: {root} has no {missing}, from which the site is built\n")


def test_a_repository_without_pages_has_those_of_kpigen(run: Callable[..., Result], root: Path) -> None:
    done = run("build")
    assert (done.exit_code, done.output) == (0, f"The site: {root / 'build/site/index.html'}\n")
    assert "均为虚构" not in root.joinpath("build/site/index.html").read_text("utf-8")


def test_a_folder_of_other_files_is_not_replaced(run: Callable[..., Result], tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    home.joinpath("letter.txt").write_text("dear", "utf-8")
    done = run("build", "--out", str(home))
    assert (done.exit_code, done.output) == (2, f"kpigen: {home} holds other files, which a site would replace\n")
    assert home.joinpath("letter.txt").read_text("utf-8") == "dear"


def test_a_file_or_a_link_is_not_replaced(run: Callable[..., Result], tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.touch()
    link.symlink_to(tmp_path, target_is_directory=True)
    assert run("build", "--out", str(file)).output == f"kpigen: {file} is no folder\n"
    assert run("build", "--out", str(link)).exit_code == 2


def test_broken_pages_are_told(run: Callable[..., Result], root: Path) -> None:
    root.joinpath("mkdocs.yml").symlink_to(ROOT / "mkdocs.yml")
    root.joinpath("site").mkdir()
    done = run("build")
    assert done.exit_code in {1, 2}
    assert done.output.startswith("kpigen: ")


@pytest.fixture
def live() -> Live:
    return Live()


@pytest.fixture
def connection(tmp_path: Path, live: Live) -> Iterator[http.client.HTTPConnection]:
    site = tmp_path / "site"
    site.mkdir()
    site.joinpath("index.html").write_text("<html><body>林晓</body></html>", "utf-8")
    site.joinpath("data.json").write_text("{}", "utf-8")
    with serving(site, live, 0) as address:
        made = http.client.HTTPConnection(address.removeprefix("http://").rstrip("/"), timeout=10)
        yield made
        made.close()


def got(connection: http.client.HTTPConnection, path: str, **headers: str) -> tuple[int, str]:
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    return response.status, response.read().decode()


def test_pages_get_the_script_and_files_stay_as_they_are(
    connection: http.client.HTTPConnection, tmp_path: Path
) -> None:
    page = f'<html><body>林晓<script src="{SCRIPT}"></script></body></html>'
    assert got(connection, "/") == (200, page)
    assert got(connection, "/index.html?a=b") == (200, page)
    assert got(connection, "/data.json") == (200, "{}")
    assert CHANGES in got(connection, SCRIPT)[1]
    assert got(connection, "/gone.html")[0] == 404
    assert got(connection, "/../index.html")[0] == 200  # never above the site
    assert got(connection, "/..%2fcache/")[0] == 404
    assert "script" not in tmp_path.joinpath("site/index.html").read_text("utf-8")


def test_only_this_machine_is_answered(connection: http.client.HTTPConnection) -> None:
    assert got(connection, "/", Host="evil.example:80")[0] == 403


def test_a_page_hears_of_builds_and_of_trouble(connection: http.client.HTTPConnection, live: Live) -> None:
    connection.request("GET", CHANGES)
    stream = connection.getresponse()

    def heard() -> object:
        line, _ = stream.readline(), stream.readline()
        return json.loads(line.decode().removeprefix("data: "))

    assert heard() == {"version": 0, "trouble": ""}
    live.failed("an error\nin two lines")
    assert heard() == {"version": 0, "trouble": "an error\nin two lines"}
    live.built()
    assert heard() == {"version": 1, "trouble": ""}


def test_what_is_watched(root: Path) -> None:
    before = seen(root)
    root.joinpath("build").mkdir()
    assert seen(root) == before
    root.joinpath("records/small/2025-01/scores/night.yaml").touch()
    assert seen(root) != before


def test_the_real_repository_becomes_a_site_once(tmp_path: Path) -> None:
    root = tmp_path / "real"
    for part in ("records", "policy", "site"):
        shutil.copytree(ROOT / part, root / part)
    shutil.copy(ROOT / "mkdocs.yml", root)
    done = CliRunner().invoke(main, ["build", "--root", str(root)])
    index = root / "build/site/index.html"
    assert (done.exit_code, done.output) == (0, f"The site: {index}\n")
    assert "示例中的人员、公司和客户均为虚构。" in index.read_text("utf-8")
    assert "of the examples are invented." in root.joinpath("build/site/en/index.html").read_text("utf-8")
    before = index.stat().st_mtime_ns
    root.joinpath("site/pages/zh/index.md").touch()
    again = CliRunner().invoke(main, ["build", "--root", str(root), "--lang", "zh"])
    assert (again.exit_code, again.output) == (0, f"网站：{index}\n")
    assert index.stat().st_mtime_ns == before


def test_serve_builds_again_when_a_file_changes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builds: list[str] = []
    note = root / "records/small/notes.txt"

    def build(root: Path, site: Path, lang: Lang) -> Kept:
        site.mkdir(parents=True, exist_ok=True)
        builds.append("built")
        return keep_folder(root, lang)

    def edit_then_stop(_: float) -> None:
        if note.exists():
            raise KeyboardInterrupt
        note.touch()

    monkeypatch.setattr("kpigen.cli.serve.make_site", build)
    monkeypatch.setattr("time.sleep", edit_then_stop)
    done = CliRunner().invoke(main, ["serve", "--root", str(root), "--port", "0"])
    first, address, *rest = done.output.splitlines()
    assert first == "clean: 2 months, 1 agent"
    assert address.startswith("Serving http://127.0.0.1:")
    assert rest[0].startswith("records/small/notes.txt: error: ")
    assert (done.exit_code, builds) == (0, ["built", "built"])


def test_a_port_in_use_is_told(root: Path, live: Live) -> None:
    root.joinpath("build/site").mkdir(parents=True)
    with serving(root, live, 0) as address:
        port = address.rstrip("/").rpartition(":")[2]
        done = CliRunner().invoke(main, ["serve", "--root", str(root), "--port", port])
    assert done.exit_code == 2
    assert done.output.endswith(f"kpigen: port {port} is taken; choose another with --port\n")


def test_serve_gives_up_without_a_site(root: Path) -> None:
    root.joinpath("site").mkdir()  # and no mkdocs.yml
    done = CliRunner().invoke(main, ["serve", "--root", str(root), "--port", "0"])
    assert done.exit_code == 1
