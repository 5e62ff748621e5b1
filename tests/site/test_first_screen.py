"""An agent's page on a phone and on paper: all that is most asked for on the first screen, a statement on one sheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from kpigen.site import build
from kpigen.site.documents import read
from tests.site.browsing import opened, served
from tests.site.conftest import ROOT, shared
from tests.site.test_numbers import computed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.site.browsing import Watched

__all__ = ["computed"]

#: What a phone of 360 pixels' width shows below the header, without scrolling.
FIRST_SCREEN = 700
#: How far the box at the top of an agent's page reaches below the header.
REACH = """() => {
    const bottom = (selector) => document.querySelector(selector).getBoundingClientRect().bottom;
    return bottom('.k-card') - bottom('.md-header');
}"""
#: A page of a PDF as Chromium writes it.
SHEET = re.compile(rb"/Type\s*/Page\b(?!s)")


@pytest.fixture(scope="module")
def examples(computed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the example departments."""
    return shared(tmp_path_factory, "examples", lambda out: build(ROOT, computed.parent, out, lambda _: None))


@pytest.fixture
def phone(browser: Browser, examples: Path) -> Iterator[Watched]:
    with served(examples) as address, opened(browser, address, 360) as tab:
        yield tab


def test_the_first_screen_holds_all_that_is_most_asked_for(phone: Watched, computed: Path) -> None:
    agents = [person.agent for department in read(computed).departments for person in department.agents]
    assert len(agents) > 50
    reach = {}
    for agent in agents:
        phone.open(f"agents/{agent}.html")
        reach[agent] = phone.page.evaluate(REACH)
    assert {agent: each for agent, each in reach.items() if each > FIRST_SCREEN} == {}


def test_what_stands_there(phone: Watched) -> None:
    phone.open("agents/A007.html")
    said = phone.page.locator(".k-card").inner_text()
    for told in (
        "2026年10月",
        "未月结",
        "一星级",
        "92.0",
        "2,164.24",
        "+218.74",
        "+1.0",
        "3.0",
        "80",
        "2026年11月15日",
    ):
        assert told in said, told
    assert phone.page.locator(".k-card a[href$='guide/appeals.html']").count() == 1


def test_a_statement_is_one_sheet_and_nothing_else(phone: Watched) -> None:
    for agent in ("A001", "B001", "H101"):
        phone.open(f"agents/{agent}.html")
        assert len(SHEET.findall(phone.page.pdf(prefer_css_page_size=True))) == 1, agent
        phone.page.emulate_media(media="print")
        headings = phone.page.locator("article :is(h1, h2)").filter(visible=True)
        assert [each.get_attribute("id") for each in headings.all()] == [
            "top",
            "statement",
            "approval",
        ]
        assert phone.page.locator("summary, .k-chart, nav").filter(visible=True).count() == 0
        paper = phone.page.locator(".k-paper")
        assert paper.is_visible()
        assert re.fullmatch(rf"agents/{agent}\.html · data/v1/[a-z]+/[0-9-]+\.json", paper.inner_text())
        phone.page.emulate_media(media="null")
