"""The site: a full build, one sheet changed, and the same number of pages as Markdown, by the theme alone.

Run as a program of its own, ``python -m bench.site FOLDER PAGES``, it writes Markdown pages of two 36-row tables each,
with the theme's configuration, for MkDocs to build.
"""

from __future__ import annotations

import gzip
import random
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.changes import CHANGES
from bench.measuring import KPIGEN, Cost, cost_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self

__all__ = ["PLAIN", "Measured", "largest_page", "measured", "plain_pages", "rebuilt"]

PLAIN: Final = (sys.executable, "-m", "bench.site")
_ROWS: Final = 36
_CONFIG: Final = """site_name: Bench
theme: {name: material, font: false, language: zh}
plugins: []
use_directory_urls: false
nav: [{Home: index.md}]
not_in_nav: "*.md"
"""


class Measured:
    """Adds up the memory of a process and of all its children while it runs, ten times a second."""

    def __init__(self) -> None:
        self.peak = 0.0
        self._done = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._done.wait(0.1):
            self.peak = max(self.peak, sum(_resident()))


def _resident() -> Iterator[float]:
    """Yield the megabytes of every process below this one, each page that several share counted in part."""
    mine = {threading.get_native_id(), int(Path("/proc/self").readlink().name)}
    below = set(mine)
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(status.parent.name)] = int(fields[1])
    while more := {child for child, parent in parents.items() if parent in below} - below:
        below |= more
    for child in below - mine:
        try:
            rollup = Path(f"/proc/{child}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        yield from (int(line.split()[1]) / 1024 for line in rollup.splitlines() if line.startswith("Pss:"))


def measured(root: Path, cache: Path, log: Path) -> Cost:
    """Build the site of a repository; the peak is that of all processes together."""
    with Measured() as memory:
        cost = cost_of((*KPIGEN, "build", "--root", str(root)), {"KPIGEN_CACHE": str(cache)}, log)
    return Cost(cost.processor, cost.clock, memory.peak or cost.peak)


def rebuilt(root: Path, cache: Path, log: Path, months: int) -> tuple[Cost, int]:
    """Build again after one sheet of the newest month changed; return the cost and how many pages were rewritten."""
    change = next(iter(CHANGES.values()))
    with change(root, months - 1):
        started = time.time()
        cost = measured(root, cache, log)
        written = sum(path.stat().st_mtime >= started for path in (root / "build/site").rglob("*.html"))
    return cost, written


def largest_page(root: Path) -> int:
    """Return how many bytes the largest page of an agent has when it is compressed."""
    pages = sorted((root / "build/site").glob("**/agents/[A-Z]*.html"))
    return max(len(gzip.compress(page.read_bytes())) for page in pages)


def plain_pages(folder: Path, count: int) -> None:
    """Write so many pages of two tables as Markdown, and the configuration that builds them."""
    dice = random.Random(count)  # noqa: S311 - made-up numbers are no secret
    (folder / "docs").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(_CONFIG, encoding="utf-8")
    (folder / "docs/index.md").write_text("# Home\n", encoding="utf-8")
    for number in range(count):
        lines = [f"# A{number:05}", ""]
        for _ in range(2):
            lines += ["| 月份 | 级别 | 得分 | 实发 |", "|---|---|--:|--:|"]
            lines += [
                f"| 2025-{1 + row % 12:02} | 普通级 | {dice.randrange(600, 1000) / 10} | {dice.randrange(9, 30)}00.00 |"
                for row in range(_ROWS)
            ]
            lines.append("")
        (folder / f"docs/A{number:05}.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    plain_pages(Path(sys.argv[1]), int(sys.argv[2]))
