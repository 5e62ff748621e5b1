"""Run the benchmarks: ``python -m bench``, with ``--quick`` for a first impression, ``--help`` for the sizes."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.changes import CHANGES
from bench.measuring import ENGINE, FLOOR, KPIGEN, MAKE, STAGES, Cost, cost_of, middle
from bench.proposals import PROPOSALS, commit, proposed
from bench.site import PLAIN, largest_page, measured, rebuilt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_HERE = Path(__file__).parent.parent
# Linted and proved are the policies of this repository.
_LINT = ("lint", "--prove", "--root", str(_HERE))


@dataclass(slots=True)
class _Bench:
    """The folder in which everything happens, and how often each thing is measured."""

    work: Path
    runs: int
    made: int = field(default=0)

    @property
    def log(self) -> Path:
        return self.work / "log.txt"

    def repository(self, agents: int, months: int) -> Path:
        """Make a repository of a size."""
        self.made += 1
        root = self.work / f"repository-{self.made}"
        root.mkdir()
        cost_of((*MAKE, str(root), str(agents), str(months)), {}, self.log)
        return root

    def floor(self, root: Path) -> Cost:
        """Measure the floor."""
        return middle([cost_of((*FLOOR, str(root)), {}, self.log) for _ in range(self.runs)])

    def compute(self, root: Path, program: Sequence[str] = KPIGEN) -> Cost:
        """Measure ``compute`` from cold."""
        return middle([self._compute(root, program) for _ in range(self.runs)])

    def _compute(self, root: Path, program: Sequence[str]) -> Cost:
        out, cache = self.work / "out", self.work / "cold"
        command = (*program, "compute", "--root", str(root), "--out", str(out))
        cost = cost_of(command, {"KPIGEN_CACHE": str(cache)}, self.log)
        shutil.rmtree(out)
        shutil.rmtree(cache)
        return cost

    def warm(self, root: Path) -> Path:
        """Check once and return the cache that this leaves."""
        cache = self.work / "warm"
        cost_of((*KPIGEN, "check", "--root", str(root)), {"KPIGEN_CACHE": str(cache)}, self.log)
        return cache

    def check(self, root: Path, warm: Path) -> Cost:
        """Measure ``check`` with a cache, which each run finds as it was before."""
        return middle([self._check(root, warm) for _ in range(self.runs)])

    def _check(self, root: Path, warm: Path) -> Cost:
        cache = self.work / "used"
        shutil.copytree(warm, cache)
        cost = cost_of((*KPIGEN, "check", "--root", str(root)), {"KPIGEN_CACHE": str(cache)}, self.log)
        shutil.rmtree(cache)
        return cost

    def cold(self, root: Path, *arguments: str) -> Cost:
        """Measure a verb without a cache."""
        return middle([self._cold(root, arguments) for _ in range(self.runs)])

    def _cold(self, root: Path, arguments: Sequence[str]) -> Cost:
        cache = self.work / "cold"
        cost = cost_of((*KPIGEN, *arguments, "--root", str(root)), {"KPIGEN_CACHE": str(cache)}, self.log)
        shutil.rmtree(cache)
        return cost

    def stages(self, root: Path) -> dict[str, float]:
        """Return the seconds of each stage of ``compute`` from cold."""
        self._compute(root, STAGES)
        seconds: dict[str, float] = self._last_line()
        return seconds

    def engine(self, root: Path) -> list[Mapping[str, Any]]:
        """Measure the engine next to plain Python; a run is short, and so there are more of them."""
        cost_of((*ENGINE, str(root), str(3 * self.runs)), {}, self.log)
        rows: list[Mapping[str, Any]] = self._last_line()
        return rows

    def lint(self) -> Cost:
        """Measure linting and proving every policy of this repository, examples included."""
        return middle([cost_of((*KPIGEN, *_LINT), {}, self.log) for _ in range(self.runs)])

    def lint_stages(self) -> dict[str, float]:
        """Return the seconds of each stage of that."""
        cost_of((*STAGES, *_LINT), {}, self.log)
        seconds: dict[str, float] = self._last_line()
        return seconds

    def _last_line(self) -> Any:  # noqa: ANN401 - what the program printed as JSON
        return json.loads(self.log.read_text(encoding="utf-8").splitlines()[-1])


def _row(what: str, cost: Cost, note: str = "") -> None:
    print(f"{what:42}{cost.processor:9.2f} s{cost.clock:9.2f} s{cost.peak:8.0f} MB  {note}".rstrip(), flush=True)


def _title(text: str) -> None:
    print(f"\n{text}\n{'':42}{'processor':>11}{'clock':>11}{'peak':>11}", flush=True)


def _cold(bench: _Bench, root: Path) -> None:
    floor = bench.floor(root)
    _row("floor: YAML composed, nothing else", floor)
    cost = bench.compute(root)
    _row("compute from cold", cost, f"{cost.processor / floor.processor:.1f} × the floor")


def _stages(what: str, seconds: Mapping[str, float]) -> None:
    total = sum(seconds.values())
    print(f"\nWhere {what} spends its processor time")
    for stage, spent in seconds.items():
        print(f"  {stage:16}{spent:7.2f} s{spent / total:7.1%}", flush=True)


def _checks(bench: _Bench, root: Path, months: int) -> None:
    warm = bench.warm(root)
    _row("check, nothing changed", bench.check(root, warm))
    for place, month in (("newest", months - 1), ("middle", months // 2), ("first", 0)):
        for what, change in CHANGES.items():
            with change(root, month):
                _row(f"check, {what} in the {place} month", bench.check(root, warm))


def _effects(bench: _Bench, agents: int, months: int) -> None:
    _title(f"Effect: {agents:,} agents × {months} months, without a cache; 10 s on the clock are wanted")
    root = bench.repository(agents, months)
    commit(root)
    floor = bench.compute(root)
    _row("floor: compute, once", floor)

    def row(what: str, *arguments: str) -> None:
        cost = bench.cold(root, *arguments)
        _row(what, cost, f"{cost.processor / floor.processor:.1f} × the floor")

    for proposal in PROPOSALS:
        with proposed(root, proposal, months) as policy:
            row(f"diff, {proposal}", "diff", "HEAD", "--format", "markdown")
            if proposal == PROPOSALS[-1]:
                row("impact of that policy", "impact", str(policy), "--months", str(months))
    shutil.rmtree(root)


def _engine(bench: _Bench, agents: int) -> None:
    root = bench.repository(agents, 13)
    rows = bench.engine(root)
    shutil.rmtree(root)
    print(f"\nThe engine alone: star-tier, {rows[0]['agents']:,} agents, every figure made; 10,000 a second are wanted")
    print(f"{'':42}{'agent-months/s':>16}{'each':>10}{'plain Python':>15}{'factor':>9}{'figures':>10}")
    for row in rows:
        engine, plain = row["engine"], row["plain"]
        speed = f"{1 / engine:16,.0f}{engine * 1e6:7.1f} µs{plain * 1e6:12.1f} µs{engine / plain:9.1f}"
        print(f"{row['what']:42}{speed}{row['figures']:10.1f}", flush=True)


def _policies(bench: _Bench) -> None:
    versions = len(list((_HERE / "policy").glob("*/*.yaml")))
    _title(f"Policies: {versions} versions, examples included; 3 s are wanted")
    _row("lint --prove", bench.lint())
    _stages("lint --prove", bench.lint_stages())


def _growth(bench: _Bench, sizes: tuple[int, int], months: int) -> None:
    _title(f"Growth: {sizes[0]:,} and {sizes[1]:,} agents × {months} months")
    each = []
    for size in sizes:
        root = bench.repository(size, months)
        floor, cost = bench.floor(root), bench.compute(root)
        _row(f"compute from cold, {size:,} agents", cost, f"{cost.processor / floor.processor:.1f} × the floor")
        each.append(cost.processor / size / months)
        shutil.rmtree(root)
    print(f"each agent-month {each[0] * 1e6:.0f} µs and {each[1] * 1e6:.0f} µs: ratio {each[1] / each[0]:.2f}")


def _site(bench: _Bench, agents: int, months: int, departments: int) -> None:
    _title(f"Site: {agents:,} agents × {months} months in {departments} department(s); peaks are of all processes")
    root, cache = bench.work / f"site-{departments}", bench.work / "site-cache"
    root.mkdir()
    cost_of((*MAKE, str(root), *map(str, (agents, months, departments))), {}, bench.log)
    _row("build from cold", measured(root, cache, bench.log))
    for made in ("site", "memory"):
        shutil.rmtree(root / "build" / made)
    _row("build, the documents being there", measured(root, cache, bench.log))
    cost, written = rebuilt(root, cache, bench.log, months)
    _row("build, one sheet changed", cost, f"{written:,} pages rewritten")
    print(f"largest page of an agent: {largest_page(root) / 1000:.1f} kB compressed")
    shutil.rmtree(root)
    shutil.rmtree(cache)


def _plain(bench: _Bench, pages: int) -> None:
    folder = bench.work / "plain"
    cost_of((*PLAIN, str(folder), str(pages)), {}, bench.log)
    config = str(folder / "mkdocs.yml")
    cost = cost_of((sys.executable, "-m", "mkdocs", "build", "--config-file", config), {}, bench.log)
    _row(f"{pages:,} pages as Markdown, theme alone", cost, f"{cost.clock / pages * 1000:.1f} ms a page")
    shutil.rmtree(folder)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="What keeping a ledger costs.")
    parser.add_argument("--agents", type=int, default=1000, help="of the main part (default 1000)")
    parser.add_argument("--months", type=int, default=36, help="of the main part (default 36)")
    parser.add_argument("--runs", type=int, default=3, help="of which the median is printed (default 3)")
    parser.add_argument("--quick", action="store_true", help="200 agents × 6 months, one run, growth to 1000 agents")
    stated = parser.parse_args(arguments)
    agents, months, runs = (200, 6, 1) if stated.quick else (stated.agents, stated.months, stated.runs)
    with tempfile.TemporaryDirectory(prefix="kpigen-bench-") as folder:
        bench = _Bench(Path(folder), runs)
        root = bench.repository(agents, months)
        _title(f"{agents:,} agents × {months} months; medians of {runs}")
        _cold(bench, root)
        _checks(bench, root, months)
        _stages("compute", bench.stages(root))
        shutil.rmtree(root)
        _effects(bench, *((200, 6) if stated.quick else (1000, 12)))
        _engine(bench, 200 if stated.quick else 1000)
        _policies(bench)
        sizes, span = ((100, 1000), 3) if stated.quick else ((1000, 10_000), 12)
        _growth(_Bench(Path(folder), 1, bench.made), sizes, span)
        for shape in ((200, 3, 2),) if stated.quick else ((1000, 24, 1), (10_000, 24, 10), (10_000, 24, 1)):
            _site(bench, *shape)
        _plain(bench, 100 if stated.quick else 1000)


if __name__ == "__main__":
    main(sys.argv[1:])
