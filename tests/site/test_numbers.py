"""Every number of every statement page equals the exported JSON: read back from the HTML, both ways."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from kpigen.cli import main
from kpigen.site.documents import read
from kpigen.site.edition import Edition
from kpigen.site.pages.agents import agent_pages
from kpigen.text import Lang
from tests.site.conftest import shared

if TYPE_CHECKING:
    from collections.abc import Iterator

Document = dict[str, Any]

ROOT = Path(__file__).parent.parent.parent
SUMS = {Lang.ZH: ("应发", "扣减", "实发"), Lang.EN: ("Gross pay", "Deductions", "Pay")}
NONE = {Lang.ZH: "不适用", Lang.EN: "n/a"}


@dataclass
class Row:
    """A row of a table: below which heading, in which folded part, its cells with their classes."""

    section: str
    folded: int
    cells: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return next((text for tag, _, text in self.cells if tag == "th"), "")

    @property
    def numbers(self) -> list[str]:
        return [text for tag, kind, text in self.cells if tag == "td" and "k-number" in kind.split()]


class Reader(HTMLParser):
    """Reads the rows of a page, and which texts stand in bold below each heading."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[Row] = []
        self.bold: list[tuple[str, str]] = []
        self.section = ""
        self.folded = 0
        self._cell: tuple[str, str] | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "h2":
            self.section = given.get("id") or ""
        elif tag == "details":
            self.folded += 1
        elif tag == "tr":
            self.rows.append(Row(self.section, self.folded))
        if tag in {"th", "td", "b"}:
            self._cell, self._text = (tag, given.get("class") or ""), []

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._cell and tag == self._cell[0]:
            said = " ".join("".join(self._text).split())
            if tag == "b":
                self.bold.append((self.section, said))
            elif self.rows:
                self.rows[-1].cells.append((*self._cell, said))
            self._cell = None

    def of(self, section: str) -> list[Row]:
        return [row for row in self.rows if row.section == section and row.name and row.numbers]


def number(text: str) -> str:
    """A number as the documents write it, from how a page does."""
    return text.replace("−", "-").replace(",", "")


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents of the example departments."""

    def make(folder: Path) -> None:
        done = CliRunner().invoke(main, ["compute", "--root", str(ROOT), "--out", str(folder)])
        assert done.exit_code == 0, done.output

    return shared(tmp_path_factory, "numbers", make) / "v1"


class Exported:
    """The documents, as anybody reads them: JSON, without a type of ours."""

    def __init__(self, data: Path, lang: Lang) -> None:
        self.lang = lang
        self.policies = {
            (path.parent.name, path.stem): json.loads(path.read_bytes()) for path in data.glob("policy/*/*.json")
        }
        self.months: dict[str, list[tuple[Document, Document]]] = {}
        index = json.loads((data / "index.json").read_bytes())
        for department in index["departments"]:
            for path in sorted((data / department["department"]).glob("*.json")):
                document = json.loads(path.read_bytes())
                for agent in document["agents"]:
                    self.months.setdefault(agent["agent"], []).append((document, agent))

    def name(self, document: Document, id_: str, *kinds: str) -> str:
        policy = self.policies[document["policy"]["id"], document["policy"]["version"]]
        found = next(each for kind in kinds for each in policy.get(kind, ()) if each["id"] == id_)
        return str(found["name"][self.lang])

    def statement(self, document: Document, agent: Document) -> Iterator[tuple[str, str]]:
        for line in agent["pay"]["lines"]:
            yield self.name(document, line["id"], "pay", "awards"), line["amount"]


def pages(data: Path, lang: Lang) -> Iterator[tuple[str, Reader]]:
    site = Edition(ROOT / "site/templates", read(data), lang)
    for department in site.published.departments:
        for page in agent_pages(site, department):
            reader = Reader()
            reader.feed(page.body)
            yield page.path.removeprefix("agents/").removesuffix(".html"), reader


@pytest.mark.parametrize("lang", Lang)
def test_every_number_of_every_statement(computed: Path, lang: Lang) -> None:
    exported, seen = Exported(computed, lang), Counter[str]()
    for agent, page in pages(computed, lang):
        months = exported.months[agent]
        document, newest = months[-1]
        shown = Counter((row.name, number(row.numbers[-1])) for row in page.of("statement"))
        lines = list(exported.statement(document, newest))
        if lines:
            amounts = (newest["pay"][key] for key in ("gross", "deductions", "total"))
            sums = zip(SUMS[lang], amounts, strict=True)
            assert shown == Counter([*lines, *sums]), agent
        else:
            assert not shown, agent
        assert sum(Decimal(amount) for _, amount in lines) == Decimal(newest["pay"]["total"])
        _score(exported, document, newest, page)
        _history(exported, months, page)
        seen += Counter(statements=1, lines=len(lines), months=len(months), items=len(newest["items"]))
    assert seen["statements"] == len(exported.months)
    assert min(seen.values()) > 40, seen


def _score(exported: Exported, document: Document, newest: Document, page: Reader) -> None:
    rows = {row.name: [number(text) for text in row.numbers[:2]] for row in page.of("score")}
    stated = {
        exported.name(document, item["id"], "items", "inputs"): [item["points"] or NONE[exported.lang], item["of"]]
        for item in newest["items"]
    }
    assert rows == stated, newest["agent"]
    if newest["score"] is not None:
        assert newest["score"] in {number(text) for section, text in page.bold if section == "score"}


def _history(exported: Exported, months: list[tuple[Document, Document]], page: Reader) -> None:
    """Score, rank and pay of every month that the history shows; the statements of earlier months."""
    past = {document["month"]: (document, agent) for document, agent in months}
    listed = [row for row in page.rows if row.section == "history" and row.name in past]
    assert listed
    for row in listed:
        _, agent = past[row.name]
        told = [number(text) for text in row.numbers]
        wanted = [agent["score"] or "–", str(agent["rank"] or "–"), agent["pay"]["total"]]
        assert told[:3] in (wanted, wanted[:2], wanted[2:]), (agent["agent"], row.name)
    earlier = Counter((row.folded, row.name, number(row.numbers[-1])) for row in page.of("earlier"))
    shown = [(document, agent) for document, agent in reversed(months[:-1]) if agent["pay"]["lines"]]
    parts = sorted({folded for folded, _, _ in earlier})
    for part, (document, agent) in zip(parts, shown, strict=False):
        said = Counter({(name, amount): n for (folded, name, amount), n in earlier.items() if folded == part})
        lines = Counter(exported.statement(document, agent))
        extra = said - lines
        assert not lines - said, (agent["agent"], document["month"])
        sums = {agent["pay"][key] for key in ("gross", "deductions", "total")}
        assert {amount for _, amount in extra} <= sums, (agent["agent"], document["month"])


def test_a_row_is_read_as_it_is_shown() -> None:
    reader = Reader()
    reader.feed('<h2 id="statement">x</h2><table><tr><th>Base</th><td class="k-number">−1,100.01</td></tr></table>')
    (row,) = reader.of("statement")
    assert (row.name, number(row.numbers[-1])) == ("Base", "-1100.01")
