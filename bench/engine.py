"""The engine on its own: months of the star-tier policy, every figure made, next to the same sums in plain Python.

Run as a program of its own, ``python -m bench.engine ROOT RUNS``, on a made-up department; it prints a JSON list of
what it measured. The cases are prepared beforehand, as the ledger prepares them, and like there the search for
reference cycles is left out. Both results are compared, agent by agent, before anything is measured.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import structs

import kpigen.ledger
from bench.plain import Calendar, Entry, Result, settle
from kpigen.engine import compute_month
from kpigen.exact import ZERO
from kpigen.figure import number
from kpigen.snapshot import FolderSnapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kpigen.engine import Case, Statement
    from kpigen.figure import Figure, Value
    from kpigen.finding import Finding
    from kpigen.month import Month
    from kpigen.policy import Policy

__all__ = ["Task", "below_70", "compared", "figures", "tasks"]

_MARKS = ("response", "resolution", "satisfaction", "attitude", "knowledge", "teamwork", "discipline")
_ONCE: Final = 3000
"""How many agent-months are computed at least before the clock is read."""


class Task(NamedTuple):
    """A month to compute."""

    policy: Policy
    month: Month
    cases: tuple[Case, ...]


def tasks(root: Path) -> tuple[Task, ...]:
    """Return the months of a repository's departments as the ledger hands them to the engine."""
    found = []

    def noted(policy: Policy, month: Month, cases: Iterable[Case]) -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
        found.append(Task(policy, month, tuple(cases)))
        return compute_month(*found[-1])

    kpigen.ledger.compute_month = noted  # type: ignore[assignment, attr-defined]
    try:
        ledger = kpigen.ledger.keep(FolderSnapshot.of(root))
    finally:
        kpigen.ledger.compute_month = compute_month  # type: ignore[attr-defined]
    if not ledger.clean:
        raise RuntimeError(f"{root} has errors, beginning with {ledger.findings[0]}")
    return tuple(found)


def below_70(task: Task) -> Task:
    """Return the month with every score below 70, and so in the months before: each streak looks at all of them."""
    return task._replace(cases=tuple(map(_lowered, task.cases)))


def _lowered(case: Case) -> Case:
    low = {name: structs.replace(case.cells[name], value=_low(case.cells[name].value)) for name in _MARKS if case.cells}
    past = tuple(structs.replace(each, values={**each.values, "score": Decimal("65.0")}) for each in case.standing.past)
    return structs.replace(case, cells={**case.cells, **low}, standing=structs.replace(case.standing, past=past))


def _low(value: Value) -> Value:
    return value * Decimal("0.6") if isinstance(value, Decimal) else value


def entries(task: Task) -> tuple[Entry, ...]:
    """Return what the plain program starts from."""
    return tuple(map(_entry, task.cases))


def _entry(case: Case) -> Entry:
    kinds = [event.kind for event in case.events]
    cells = {name: cell.value for name, cell in case.cells.items()}
    past = [number(each.values["score"]) for each in case.standing.past if each.assessed]
    return Entry(
        agent=case.agent,
        tier=case.standing.tier,
        marks=None if case.absence else {name: _mark(cells[name]) for name in _MARKS},
        commission=_mark(cells.get("commission")) or ZERO,
        full_attendance=cells.get("full_attendance") is True,
        days=case.days,
        complaints=len(case.complaints),
        nonconformances=kinds.count("nonconformance"),
        losses=tuple(event.amount or ZERO for event in case.events if event.kind == "loss"),
        owed=case.standing.owed.get("loss", ZERO),
        demoted=tuple(month.quarter for month in case.standing.demoted),
        scores=tuple(past),
    )


def _calendar(month: Month) -> Calendar:
    return Calendar(month.days, month.plus(1).quarter)


def _mark(value: Value) -> Decimal | None:
    return None if value is None else number(value)


def compared(task: Task) -> int:
    """Return how many figures there are in the month's statements.

    Raises:
        RuntimeError: the engine and the plain program differ.
    """
    statements, findings = compute_month(*task)
    plain = settle(_calendar(task.month), entries(task))
    for statement in statements:
        mine, other = _result(statement), plain[statement.case.agent]
        if mine != other:
            raise RuntimeError(f"{statement.case.agent} in {task.month}: {mine} by the engine, {other} by plain Python")
    if findings or len(statements) != len(plain):
        raise RuntimeError(f"{task.month}: {len(findings)} findings, {len(statements)} statements of {len(plain)}")
    return sum(figures(statement) for statement in statements)


def _result(statement: Statement) -> Result:
    return Result(
        score=number(statement.card.score.value) if statement.card else None,
        rank=int(number(statement.rank.value)) if statement.rank else None,
        next_tier=str(statement.next_tier.value),
        barred=statement.barred is not None,
        lines={line.id: number(line.figure.value) for line in statement.lines},
        gross=number(statement.gross.value),
        total=number(statement.total.value),
        owed=statement.owed.get("loss", ZERO),
        review=bool(statement.actions),
    )


def figures(statement: Statement) -> int:
    """Return how many figures a statement consists of, those that others are made from included."""
    found: dict[int, Figure] = {}
    ahead = [statement.total, statement.gross, statement.deductions, statement.tier, statement.next_tier]
    ahead += (due.figure for due in statement.actions)
    ahead += [statement.rank] if statement.rank else []
    ahead += statement.card.items if statement.card else ()
    while ahead:
        figure = ahead.pop()
        if id(figure) not in found:
            found[id(figure)] = figure
            ahead += figure.inputs
    return len(found)


def _seconds(compute: Callable[[], object], times: int) -> float:
    """Return the processor time of one computation, of so many one after the other."""
    started = time.process_time()
    for _ in range(times):
        compute()
    return (time.process_time() - started) / times


def measured(what: str, task: Task, runs: int) -> Mapping[str, object]:
    """Compare, then measure both programs in turn, and return the medians for one agent-month."""
    made, size = compared(task), len(task.cases)
    month, known, times = _calendar(task.month), entries(task), max(1, _ONCE // size)
    gc.collect()
    gc.disable()
    costs = [
        (
            _seconds(lambda: compute_month(*task), times),
            _seconds(lambda: settle(month, known), times),
        )
        for _ in range(runs)
    ]
    gc.enable()
    engine, plain = (median(each) / size for each in zip(*costs, strict=True))
    return {"what": what, "agents": size, "engine": engine, "plain": plain, "figures": made / size}


def main(root: Path, runs: int) -> None:
    """Print what the first month costs, the last one, and the last one if everybody did badly all the time."""
    first, *_, last = tasks(root)
    rows = [
        measured("no history", first, runs),
        measured("12 months of history", last, runs),
        measured("… with a streak through all of them", below_70(last), runs),
    ]
    print(json.dumps(rows))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
