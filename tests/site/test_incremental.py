"""Building again: only what changed is made anew, and the site is the same as one built from nothing."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpigen.site import SiteError, build
from kpigen.site.memory import NAME
from kpigen.site.swap import swap
from tests.site.test_build import BUILD, ROOT, content

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KILLABLE = (
    BUILD.replace("print)", "print, memory=Path(sys.argv[0]).parent)")
    .replace("argv[1:]", "argv[2:]")
    .replace("Path(sys.argv[0]).parent", "Path(sys.argv[1])")
)


def change(data: Path, name: str, edit: Callable[[dict[str, Any]], object]) -> None:
    """Edit a document as the store does: the new one takes the old one's place."""
    path = data / "v1" / name
    document = json.loads(path.read_bytes())
    edit(document)
    aside = path.with_suffix(".new")
    aside.write_bytes(json.dumps(document, ensure_ascii=False).encode())
    aside.replace(path)


@pytest.fixture
def again(data: Path, site: Path, tmp_path: Path) -> tuple[Path, Path, Path]:
    """Data, site and memory after a first build."""
    shutil.copytree(data, tmp_path / "data")
    out, memory = tmp_path / "site", tmp_path / "memory"
    build(ROOT, tmp_path / "data", out, lambda _: None, memory=memory)
    assert content(out) == content(site)
    return tmp_path / "data", out, memory


def anew(data: Path, out: Path) -> dict[str, str]:
    """Return the content of the site that the data gives, built from nothing."""
    build(ROOT, data, out, lambda _: None)
    return content(out)


def numbers(folder: Path) -> dict[str, int]:
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in folder.rglob("*") if path.is_file()}


def test_only_the_pages_that_change_are_rewritten(again: tuple[Path, Path, Path], tmp_path: Path) -> None:
    data, out, memory = again
    before, was = numbers(out), content(out)
    change(data, "ecommerce/2026-09.json", lambda month: month["agents"][0].update(rank=7))
    build(ROOT, data, out, lambda _: None, memory=memory)
    now = content(out)
    assert now == anew(data, tmp_path / "anew")
    changed = {path for path in now if now[path] != was.get(path)}
    assert {"agents/A001.html", "en/agents/A001.html", "months/ecommerce_2026-09.html", ".inputs"} <= changed
    assert not {path for path in changed if "office" in path or "desk" in path or path.endswith("A002.html")}
    after = numbers(out)
    rewritten = {path for path in after if after[path] != before.get(path)} - changed
    assert not [path for path in rewritten if path.startswith(("agents/A", "en/agents/A", "months/o", "teams/o"))]


def test_mkdocs_does_not_run_for_a_changed_month(
    again: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    data, out, memory = again
    change(data, "ecommerce/2026-09.json", lambda month: month["agents"][0].update(score="10.0", grade=None))
    monkeypatch.setattr("kpigen.site.theme._mkdocs", lambda *_: pytest.fail("MkDocs ran"))
    build(ROOT, data, out, lambda _: None, memory=memory)


def test_what_is_no_more_leaves_the_site(again: tuple[Path, Path, Path], tmp_path: Path) -> None:
    data, out, memory = again

    def without(index: dict[str, Any]) -> None:
        index["departments"] = [each for each in index["departments"] if each["department"] != "desk"]

    change(data, "index.json", without)
    shutil.rmtree(data / "v1/desk")
    build(ROOT, data, out, lambda _: None, memory=memory)
    assert not [path for path in content(out) if "desk" in path and "office" not in path and "guide" not in path]
    assert content(out) == anew(data, tmp_path / "anew")


def test_a_link_to_an_anchor_that_is_gone_is_found_on_a_page_that_did_not_change(
    again: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    data, out, memory = again
    repository = tmp_path / "repository"
    shutil.copytree(ROOT / "site", repository / "site")
    shutil.copy(ROOT / "mkdocs.yml", repository)
    before = content(out)
    for page in (repository / "site/pages").rglob("guide/*.md"):
        page.write_text(page.read_text(encoding="utf-8").replace("{#", "{#x-"), encoding="utf-8")
    with pytest.raises(SiteError):
        build(repository, data, out, lambda _: None, memory=memory)
    assert content(out) == before


@pytest.mark.parametrize("damage", ["memory gone", "memory of another site", "memory unreadable", "a page gone"])
def test_a_memory_that_does_not_fit_is_left_aside(again: tuple[Path, Path, Path], tmp_path: Path, damage: str) -> None:
    data, out, memory = again
    change(data, "office/2026-08.json", lambda month: month["agents"][0].update(rank=9))
    match damage:
        case "memory gone":
            shutil.rmtree(memory)
        case "memory of another site":
            (out / ".inputs").write_text("another", encoding="ascii")
        case "memory unreadable":
            (memory / NAME).write_bytes(b"\xc1")
        case _:
            (out / "agents/A001.html").unlink()
    build(ROOT, data, out, lambda _: None, memory=memory)
    assert content(out) == anew(data, tmp_path / "anew")


FIELDS = st.sampled_from([("rank", 5), ("score", "55.5"), ("assessed", False), ("complaints", []), ("events", [])])
EDITS = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99), FIELDS), min_size=1, max_size=3)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(EDITS, min_size=1, max_size=2))
def test_building_again_gives_what_building_from_nothing_gives(
    data: Path, tmp_path: Path, steps: list[list[tuple[int, int, tuple[str, object]]]]
) -> None:
    work = tmp_path / f"{time.monotonic_ns()}"
    shutil.copytree(data, work / "data")
    months = sorted(path.relative_to(work / "data/v1").as_posix() for path in (work / "data/v1").glob("*/*-??.json"))
    build(ROOT, work / "data", work / "site", lambda _: None, memory=work / "memory")
    for step in steps:
        for month, agent, (name, value) in step:

            def edit(document: dict[str, Any], agent: int = agent, field: tuple[str, object] = (name, value)) -> None:
                if agents := document["agents"]:
                    agents[agent % len(agents)][field[0]] = field[1]

            change(work / "data", months[month % len(months)], edit)
        build(ROOT, work / "data", work / "site", lambda _: None, memory=work / "memory")
    assert content(work / "site") == anew(work / "data", work / "anew")


def killed(again: tuple[Path, Path, Path], new: dict[str, str], seconds: float) -> None:
    """Kill a build, see that the site is the old one or the new one, and build again."""
    data, out, memory = again
    old = content(out)
    process = subprocess.Popen(  # noqa: S603 - this interpreter, on our own words and paths
        [sys.executable, "-c", KILLABLE, str(memory), str(ROOT), str(data), str(out)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert content(out) in (old, new)
    build(ROOT, data, out, lambda _: None, memory=memory)
    assert content(out) == new
    assert [path.name for path in out.parent.iterdir() if path.name.startswith(".")] == []


@pytest.fixture
def changed(again: tuple[Path, Path, Path], tmp_path: Path) -> tuple[tuple[Path, Path, Path], dict[str, str]]:
    """A site whose data has changed since, and the content of the new one."""
    data, _, _ = again
    change(data, "ecommerce/2026-09.json", lambda month: month["agents"][0].update(rank=7))
    return again, anew(data, tmp_path / "anew")


@pytest.mark.parametrize("seconds", [0.5, 0.7, 0.9])
def test_a_killed_build_leaves_one_site_whole_and_the_next_one_cleans_up(
    changed: tuple[tuple[Path, Path, Path], dict[str, str]], seconds: float
) -> None:
    killed(*changed, seconds)


@pytest.mark.nightly
def test_a_build_killed_at_fifty_points(
    changed: tuple[tuple[Path, Path, Path], dict[str, str]], tmp_path: Path
) -> None:
    again, new = changed
    _, out, memory = again
    shutil.copytree(out, tmp_path / "kept-site")
    shutil.copytree(memory, tmp_path / "kept-memory")
    dice = random.Random(5)  # noqa: S311 - points in time are no secret
    for _ in range(50):
        for kept, place in (("kept-site", out), ("kept-memory", memory)):
            shutil.copytree(tmp_path / kept, tmp_path / "put", symlinks=True)
            swap(tmp_path / "put", place)
        killed(again, new, dice.uniform(0.2, 2.5))
