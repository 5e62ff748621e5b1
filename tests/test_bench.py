"""The benchmark's department keeps clean, and what is compared with the engine gives the same results."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from msgspec import structs

from bench.changes import CHANGES
from bench.department import FIRST, make_repository
from bench.engine import below_70, compared, tasks
from bench.measuring import STAGES as STAGES_PROGRAM
from bench.measuring import cost_of
from bench.proposals import PROPOSALS, commit, proposed
from bench.stages import LINT, STAGES
from kpigen.effect.changes import effect
from kpigen.effect.sides import sides
from kpigen.engine import compute_month
from kpigen.figure import given, number
from kpigen.ledger import keep
from kpigen.revision import Revision
from kpigen.snapshot import FolderSnapshot
from kpigen.text import Lang

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


@pytest.mark.parametrize(("proposal", "months"), list(zip(PROPOSALS, ({3}, {0, 1, 2, 3}, {0, 1, 2, 3}), strict=True)))
def test_each_proposal_is_without_errors_and_changes_its_months(
    tmp_path: Path, proposal: str, months: set[int]
) -> None:
    make_repository(tmp_path, 60, 4)
    commit(tmp_path)
    with proposed(tmp_path, proposal, 4):
        before, after = sides(Revision.of(tmp_path, "HEAD"), FolderSnapshot.of(tmp_path))
        assert after.findings == ()
        touched = {each.month for each in effect(before, after, Lang.EN).months}
    assert touched
    assert touched <= {str(FIRST.plus(month)) for month in months}
    assert sides(Revision.of(tmp_path, "HEAD"), FolderSnapshot.of(tmp_path))[1].months == {}


def test_the_engine_and_the_plain_program_agree(tmp_path: Path) -> None:
    make_repository(tmp_path, 60, 6)
    first, *_, last = tasks(tmp_path)
    moved = [case.standing.tier for case in last.cases]
    assert {"ordinary", "one-star"} <= set(moved)
    assert all(len(case.standing.past) == 0 for case in first.cases)
    for task in (first, last, below_70(last)):
        assert compared(task) > 20 * len(task.cases)


def test_a_difference_between_the_two_is_told(tmp_path: Path) -> None:
    make_repository(tmp_path, 30, 1)
    (task,) = tasks(tmp_path)
    case = next(case for case in task.cases if case.standing.tier == "ordinary" and not case.absence)
    other = structs.replace(case, cells={**case.cells, "commission": given("commission", Decimal("0.005"), None)})
    with pytest.raises(RuntimeError, match=rf"^{case.agent} in 2025-01: .* by the engine, .* by plain Python$"):
        compared(task._replace(cases=(other,)))


def test_a_streak_below_70_is_as_long_as_the_history(tmp_path: Path) -> None:
    make_repository(tmp_path, 30, 5)
    low = below_70(tasks(tmp_path)[-1])
    runs = [
        statement.actions[0].figure.inputs[0].value
        for statement in compute_month(*low)[0]
        if statement.card and statement.actions
    ]
    assert runs
    assert max(number(run) for run in runs) == 5


@pytest.mark.parametrize(("verb", "stages"), [(("compute",), STAGES), (("lint", "--prove"), LINT)])
def test_every_stage_of_a_verb_is_watched(
    tmp_path: Path, verb: tuple[str, ...], stages: dict[str, tuple[str, ...]]
) -> None:
    make_repository(tmp_path / "repository", 30, 2)
    log, out = tmp_path / "log", () if verb[0] == "lint" else ("--out", str(tmp_path / "out"))
    command = (*STAGES_PROGRAM, *verb, "--root", str(tmp_path / "repository"), *out)
    cost_of(command, {"KPIGEN_CACHE": str(tmp_path / "cache")}, log)
    assert list(json.loads(log.read_text(encoding="utf-8").splitlines()[-1])) == ["start", *stages, "rest"]
