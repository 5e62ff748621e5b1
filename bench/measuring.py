"""Measuring: a program run on its own, its processor time, its time on the clock and its peak memory."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["ENGINE", "FLOOR", "KPIGEN", "MAKE", "STAGES", "Cost", "cost_of", "middle"]

FLOOR = (sys.executable, "-m", "bench.floor")
MAKE = (sys.executable, "-m", "bench.department")
ENGINE = (sys.executable, "-m", "bench.engine")
STAGES = (sys.executable, "-m", "bench.stages")
KPIGEN = (sys.executable, "-c", "from kpigen.cli import main; main()")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run cost: seconds of processor time (user and system), seconds on the clock, peak megabytes."""

    processor: float
    clock: float
    peak: float


def cost_of(command: Sequence[str], settings: Mapping[str, str], log: Path) -> Cost:
    """Run a command as a fresh process and measure it.

    Args:
        command: the program and its arguments.
        settings: environment variables besides those of this process.
        log: takes what the program prints.

    Raises:
        RuntimeError: when the program fails.
    """
    started = time.perf_counter()
    # Not by subprocess: only wait4 tells the peak of this one child. A child counts its parent's memory before
    # exec as its own, which is why the program that measures stays small and makes its records in a child too.
    with log.open("wb") as output:
        child = os.posix_spawn(
            command[0],
            list(command),
            {**os.environ, **settings},
            file_actions=[(os.POSIX_SPAWN_DUP2, output.fileno(), number) for number in (1, 2)],
        )
        _, status, used = os.wait4(child, 0)
    clock = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status) != 0:
        raise RuntimeError(f"{' '.join(command)} failed:\n{log.read_text(encoding='utf-8')[-2000:]}")
    kilobytes = used.ru_maxrss / 1024 if sys.platform == "darwin" else used.ru_maxrss
    return Cost(used.ru_utime + used.ru_stime, clock, kilobytes / 1024)


def middle(costs: Sequence[Cost]) -> Cost:
    """Return the medians of several runs."""
    return Cost(
        median(cost.processor for cost in costs),
        median(cost.clock for cost in costs),
        max(cost.peak for cost in costs),
    )
