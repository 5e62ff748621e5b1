"""The search page with many agents: ``python -m bench.searching SITE``, where SITE is a built site.

Its index is made anew with the site's own written pages and as many invented agents as asked for, weighed, and opened
in the machine's own Chromium: how long until the page has answered, and how long each further question takes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import tempfile
import time
from itertools import islice, product
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from kpigen.site.documents import Department, Person, Published, Team
from kpigen.site.search import Section, index
from kpigen.text import Label, Lang

if TYPE_CHECKING:
    from collections.abc import Iterator

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华慧巧美雪晓彤雨桐"
QUESTIONS = ("怎么申诉", "试用期", "A04711", "4711", "林晓彤", "晓彤", "2026-09", "工资怎么算", "魑魅魍魉")
#: Asks a question and returns how many milliseconds the answer took.
ASK = """question => {
    const field = document.getElementById("k-query");
    field.value = question;
    const before = performance.now();
    field.form.requestSubmit();
    return performance.now() - before;
}"""
#: How often the page is opened; the middle of the times counts.
TIMES = 5


def _names() -> Iterator[str]:
    return ("".join(signs) for signs in product(SURNAMES, GIVEN, GIVEN))


def _departments(agents: int, each: int = 1000) -> Iterator[Department]:
    names = _names()
    for number in range(0, agents, each):
        people = tuple(
            Person(f"A{number + place:05}", Label(name, name), f"t{place % 10}", "2024-01-01")
            for place, name in enumerate(islice(names, min(each, agents - number)))
        )
        teams = tuple(
            Team(f"t{team}", Label(f"{number // each + 1}部{team + 1}班", f"Team {team}")) for team in range(10)
        )
        yield Department(f"d{number // each}", Label(f"客服{number // each + 1}部", "Office"), teams, people, ())


def _sections(site: Path) -> list[Section]:
    script = (site / "search/index.js").read_text(encoding="utf-8")
    held = json.loads(script.removeprefix("const KPIGEN_INDEX = ").removesuffix(";\n"))
    return [
        Section(held["pages"][number][0], held["pages"][number][1], anchor, title, text)
        for number, anchor, title, text in held["sections"]
    ]


def _opened(page: Path) -> tuple[list[float], list[float]]:
    """Return milliseconds until the page has answered, and for each further question."""
    ready: list[float] = []
    asked: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for _ in range(TIMES):
            tab = browser.new_page()
            tab.goto(f"{page.as_uri()}?q=%E6%80%8E%E4%B9%88%E7%94%B3%E8%AF%89")
            tab.wait_for_function("document.getElementById('k-search').dataset.ready")
            ready.append(tab.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
            asked += [tab.evaluate(ASK, question) for question in QUESTIONS]
            tab.close()
        browser.close()
    return ready, asked


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("site", type=Path)
    options.add_argument("--agents", type=int, default=10_000)
    given = options.parse_args()
    published = Published(tuple(_departments(given.agents)), {}, {})
    found = _sections(given.site)
    before = time.perf_counter()
    script = index(published, Lang.ZH, found)
    made = time.perf_counter() - before
    data = script.encode()
    print(f"{given.agents} agents, {len(found)} sections: made in {made:.2f} s;", end=" ")
    print(f"{len(data) / 1e6:.2f} MB, {len(gzip.compress(data)) / 1e6:.3f} MB compressed")
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        shutil.copytree(given.site / "assets", site / "assets")
        shutil.copyfile(given.site / "search.html", site / "search.html")
        (site / "search").mkdir()
        (site / "search/index.js").write_bytes(data)
        ready, asked = _opened(site / "search.html")
    print(f"first answer {median(ready):.0f} ms after the page was asked for (longest {max(ready):.0f} ms)")
    print(f"further answers {median(asked):.0f} ms (longest {max(asked):.0f} ms)")


if __name__ == "__main__":
    main()
