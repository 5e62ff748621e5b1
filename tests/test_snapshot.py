"""Snapshots: what stands in a folder, whatever it is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from kpigen.snapshot import Entry, FolderSnapshot

if TYPE_CHECKING:
    from pathlib import Path


def put(root: Path, *paths: str) -> None:
    for path in paths:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(path.encode())


def test_everything_is_listed_in_order_and_read(tmp_path: Path) -> None:
    put(tmp_path, "records/b/x.yaml", "records/a/agents/A001.yaml", "policy/p/2025-01.yaml", "kpigen/not-listed.py")
    snapshot = FolderSnapshot.of(tmp_path)
    assert snapshot.entries == (
        Entry("policy/p", "folder"),
        Entry("policy/p/2025-01.yaml", "file"),
        Entry("records/a", "folder"),
        Entry("records/a/agents", "folder"),
        Entry("records/a/agents/A001.yaml", "file"),
        Entry("records/b", "folder"),
        Entry("records/b/x.yaml", "file"),
    )
    assert snapshot.read("records/b/x.yaml") == b"records/b/x.yaml"


@pytest.mark.parametrize("paths", [[], ["readme.md"]])
def test_a_repository_without_records(tmp_path: Path, paths: list[str]) -> None:
    put(tmp_path, *paths)
    assert FolderSnapshot.of(tmp_path).entries == ()


def test_a_root_that_does_not_exist(tmp_path: Path) -> None:
    assert FolderSnapshot.of(tmp_path / "nowhere").entries == ()


def test_links_are_listed_and_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "records/a/department.yaml", "elsewhere/secret.yaml")
    tmp_path.joinpath("records/a/agents").symlink_to(tmp_path / "elsewhere")
    tmp_path.joinpath("records/a/loop").symlink_to(tmp_path / "records")
    tmp_path.joinpath("records/a/gone.yaml").symlink_to("nowhere")
    tmp_path.joinpath("policy").symlink_to(tmp_path / "elsewhere")
    assert [entry for entry in FolderSnapshot.of(tmp_path).entries if entry.kind != "folder"] == [
        Entry("policy", "link"),
        Entry("records/a/agents", "link"),
        Entry("records/a/department.yaml", "file"),
        Entry("records/a/gone.yaml", "link"),
        Entry("records/a/loop", "link"),
    ]


def test_what_is_neither_file_nor_folder(tmp_path: Path) -> None:
    put(tmp_path, "records/a/department.yaml", "policy")
    os.mkfifo(tmp_path / "records/a/pipe.yaml")
    kinds = {entry.path: entry.kind for entry in FolderSnapshot.of(tmp_path).entries}
    assert (kinds["policy"], kinds["records/a/pipe.yaml"]) == ("other", "other")
