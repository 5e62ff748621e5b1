"""``kpigen compute``: documents are whole or not there, and only what changed is written."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

DOCUMENTS = [
    "v1/index.json",
    "v1/policy/star-tier/2025-01.json",
    "v1/small/2025-01.json",
    "v1/small/2025-02.json",
]


def documents(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def test_documents_are_written_and_only_once(run: Callable[..., Result], root: Path) -> None:
    out = root / "build/data"
    assert run("check").exit_code == 0  # what check remembers has no documents in it
    assert run("compute").output == f"{out}: 4 written, 0 removed, 0 unchanged\n"
    assert list(documents(out)) == DOCUMENTS
    assert json.loads(out.joinpath("v1/small/2025-01.json").read_bytes())["agents"][0]["score"] == "91.5"
    before = {path: (out / path).stat().st_mtime_ns for path in DOCUMENTS}
    assert run("compute", "--lang", "zh").output == f"{out}：写入 0 个，删除 0 个，未变 4 个\n"
    assert {path: (out / path).stat().st_mtime_ns for path in DOCUMENTS} == before


def test_the_bytes_do_not_depend_on_the_cache_or_the_place(
    run: Callable[..., Result], root: Path, tmp_path: Path
) -> None:
    run("compute", "--out", str(tmp_path / "one"))
    shutil.rmtree(tmp_path / "cache")
    run("compute", "--out", str(tmp_path / "deep/two"))
    run("compute", "--out", str(root))
    assert (
        documents(tmp_path / "one")
        == documents(tmp_path / "deep/two")
        == {path: (root / path).read_bytes() for path in DOCUMENTS}
    )


def test_a_changed_month_changes_its_document_alone(run: Callable[..., Result], root: Path) -> None:
    run("compute")
    event = root / "records/small/2025-02/events/E-2025-02-001.yaml"
    event.write_text(event.read_text("utf-8").replace("86.00", "85.00"), "utf-8")
    assert run("compute").output.endswith(": 1 written, 0 removed, 3 unchanged\n")


def test_a_damaged_document_is_mended(run: Callable[..., Result], root: Path) -> None:
    run("compute")
    good = documents(root / "build/data")
    root.joinpath("build/data", DOCUMENTS[2]).write_text("{}", "utf-8")
    assert run("compute").output.endswith(": 1 written, 0 removed, 3 unchanged\n")
    assert documents(root / "build/data") == good


def test_documents_of_what_is_gone_are_removed_and_other_files_stay(run: Callable[..., Result], root: Path) -> None:
    run("compute")
    out = root / "build/data"
    for stray in ("v1/gone/2024-01.json", "v1/policy/gone/2024-01.json"):
        out.joinpath(stray).parent.mkdir()
        out.joinpath(stray).touch()
    others = ["v1/notes.json", "v1/small/2024-1.json", "v1/small/deep/2024-01.json", "other/2024-01.json"]
    for other in others:
        out.joinpath(other).parent.mkdir(exist_ok=True)
        out.joinpath(other).touch()
    shutil.rmtree(root / "records/small/2025-02")
    assert run("compute").output.endswith(": 1 written, 3 removed, 2 unchanged\n")
    assert sorted(documents(out)) == sorted([*DOCUMENTS[:3], *others])
    assert not out.joinpath("v1/gone").exists()


def test_an_error_leaves_everything_as_it_was(run: Callable[..., Result], root: Path) -> None:
    run("compute")
    before = documents(root / "build")
    event = root / "records/small/2025-02/events/E-2025-02-001.yaml"
    event.write_text(event.read_text("utf-8").replace("86.00", "85.00"), "utf-8")
    root.joinpath("records/small/notes.txt").touch()
    done = run("compute")
    assert (done.exit_code, done.output.splitlines()[-1]) == (1, "1 error, 0 warnings in 1 file")
    assert documents(root / "build") == before
    assert [path.name for path in root.joinpath("build").iterdir()] == ["data"]


def test_an_error_at_first_makes_no_folder(run: Callable[..., Result], root: Path) -> None:
    root.joinpath("records/small/agents/A001.yaml").write_text("agent: [", "utf-8")
    assert run("compute").exit_code == 1
    assert not list(root.glob("build/*"))


def test_places_that_cannot_take_documents(run: Callable[..., Result], root: Path, tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.touch()
    link.symlink_to(tmp_path, target_is_directory=True)
    inside = root / "records/small"
    for out, said in (
        (file, f"kpigen: {file} is no folder\n"),
        (file / "below", f"kpigen: {file}"),
        (link, f"kpigen: {link} is a link; results go into plain folders only\n"),
        (inside, f"kpigen: {inside} is a place for records, not for results\n"),
    ):
        done = run("compute", "--out", str(out))
        assert done.exit_code == 2
        assert done.output.startswith(said)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "cache") == ["file", "link", "repository"]


def test_a_link_below_the_place_is_refused(run: Callable[..., Result], root: Path, tmp_path: Path) -> None:
    run("compute")
    elsewhere = tmp_path / "elsewhere"
    shutil.move(root / "build/data/v1/small", elsewhere)
    root.joinpath("build/data/v1/small").symlink_to(elsewhere, target_is_directory=True)
    before = documents(elsewhere)
    assert run("compute").exit_code == 2
    assert documents(elsewhere) == before
