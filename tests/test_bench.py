"""The benchmark's department is one that keeps clean, so that what is measured is the ordinary case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.changes import CHANGES
from bench.department import FIRST, make_repository
from kpigen.ledger import keep
from kpigen.snapshot import FolderSnapshot

if TYPE_CHECKING:
    from pathlib import Path


def test_a_made_up_department_is_clean_as_made_and_as_changed(tmp_path: Path) -> None:
    make_repository(tmp_path, 60, 4)
    snapshot = FolderSnapshot.of(tmp_path)
    paths = {entry.path for entry in snapshot.entries if entry.kind == "file"}
    assert f"records/bench/{FIRST.plus(3)}/scores/team-002.yaml" in paths
    assert {"complaints", "events"} <= {path.split("/")[3] for path in paths if path.count("/") == 4}
    assert keep(snapshot).findings == ()
    for change in CHANGES.values():
        before = {path: snapshot.read(path) for path in paths}
        with change(tmp_path, 1):
            assert sum(snapshot.read(path) != data for path, data in before.items()) == 1
            assert keep(snapshot).findings == ()
        assert {path: snapshot.read(path) for path in paths} == before
