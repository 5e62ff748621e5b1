"""Every kind of page in a browser: nothing fails, nothing is fetched from elsewhere, nothing is wider than a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from tests.site.browsing import LOOK, MADE, PAGES, PHONE, ROOTS, WIDE, Watched, opened, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as found:
        yield found


@pytest.fixture
def tab(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Watched]:
    with opened(browser, address, getattr(request, "param", 1440)) as found:
        yield found


@pytest.mark.parametrize(("root", "language"), [("", "zh"), ("en/", "en")])
def test_every_page_opens_without_fault(tab: Watched, root: str, language: str) -> None:
    """Nothing fails, nothing is cut or too wide on a phone or in a wide window, and each has its counterpart."""
    for path in PAGES:
        tab.resize(PHONE)
        narrow = tab.look(root + path)
        tab.resize(WIDE)
        wide = tab.page.evaluate(LOOK)
        for width, page in ((PHONE, narrow), (WIDE, wide)):
            assert page["wider"] <= 0, f"{root}{path} is {page['wider']} px too wide at {width} px"
        assert narrow["cut"] == [], path
        assert (narrow["headings"], narrow["live"], narrow["language"]) == (1, 0, language), path
        assert narrow["other"] == tab.address + ("" if root else "en/") + path
    assert tab.settle() == []


def test_a_page_leads_to_itself_in_the_other_language_and_back(tab: Watched) -> None:
    tab.open("agents/A001.html")
    tab.page.click("a.k-language")
    assert tab.page.url == f"{tab.address}en/agents/A001.html"
    tab.page.click("a.k-language")
    assert tab.page.url == f"{tab.address}agents/A001.html"


@pytest.mark.parametrize("root", ROOTS)
def test_no_text_becomes_live(browser: Browser, poisoned_site: Path, root: str) -> None:
    """On no page that holds texts of records or of a policy; those written by hand hold none."""
    with served(poisoned_site) as address, opened(browser, address) as tab:
        for path in (*MADE, "404.html"):
            assert tab.look(root + path)["live"] == 0, path
        tab.open(f"{root}policies/star-tier_2025-01.html")
        assert "</title><script>alert(3)</script>" in tab.page.title()
        assert tab.settle() == []


@pytest.mark.parametrize(("root", "title"), [("", "客服考核"), ("en/", "Service assessment")])
def test_the_home_page_says_its_name_once(tab: Watched, root: str, title: str) -> None:
    tab.open(f"{root}index.html")
    assert tab.page.title() == title


def test_the_error_page_leads_home_in_both_languages(tab: Watched) -> None:
    tab.open("404.html")
    assert "没有这一页。" in tab.page.locator("article").inner_text()
    tab.page.click("text=Go to the home page")
    assert tab.page.url == f"{tab.address}en/index.html"
    tab.open("en/404.html")
    tab.page.click("text=回到首页")
    assert tab.page.url == f"{tab.address}index.html"


def test_a_heading_sorts_and_the_page_reads_without_script(browser: Browser, tab: Watched) -> None:
    tab.open("months/ecommerce_2026-09.html")
    rows = tab.page.locator("table[data-sortable] tbody tr")
    assert "A001" in rows.first.inner_text()
    heading = tab.page.locator("th button", has_text="客服")
    heading.click()
    heading.click()
    assert "A002" in rows.first.inner_text()
    assert tab.page.locator("th[aria-sort=descending]").count() == 1
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{tab.address}months/ecommerce_2026-09.html")
    assert plain.locator("table[data-sortable] tbody tr").count() == 2
    context.close()


@pytest.mark.parametrize("tab", [360], indirect=True)
def test_targets_are_large_enough(tab: Watched) -> None:
    tab.open("agents/A001.html")
    small = tab.page.evaluate(
        """() => [...document.querySelectorAll('article summary, .k-people a, .k-language, .k-button')]
            .filter(one => one.getClientRects().length && one.getBoundingClientRect().height < 24)
            .map(one => one.textContent)"""
    )
    assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_changed_is_told_without_colour(tab: Watched, scheme: Literal["light", "dark"]) -> None:
    tab.page.emulate_media(color_scheme=scheme)
    tab.open("policies/weighing_2026-07.html")
    tab.page.click("text=2026-01 版对比")
    lines = tab.page.evaluate(
        "['del', 'ins'].map(name => getComputedStyle(document.querySelector('article ' + name)).textDecorationLine)"
    )
    assert lines == ["line-through", "underline"]


def test_an_explanation_leads_to_the_result_that_it_uses(tab: Watched) -> None:
    tab.open("en/agents/D003.html")
    tab.page.click("tr:has-text('Pool') + tr summary")
    tab.page.click(".k-steps a[href='#result-part']:visible")
    assert tab.page.url.endswith("#result-part")
    assert tab.page.locator("#result-part").is_visible()


def test_paper_holds_the_page_alone(tab: Watched) -> None:
    tab.open("agents/A001.html")
    tab.page.emulate_media(media="print", color_scheme="dark")
    assert tab.page.locator("header, .md-tabs, .md-sidebar, .md-footer").filter(visible=True).count() == 0
    colours = tab.page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('h1')).color]"
    )
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


def test_the_site_opens_from_a_folder(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    page.click("article a[href='agents/index.html']")
    page.click("text=王强")
    assert page.url == (site / "agents/A002.html").as_uri()
    context.close()


#: Headings that skip a level, tables without a caption, and links without a name.
NAMELESS = """() => {
    const said = (one) => (one.textContent.trim() || one.getAttribute('aria-label') || '');
    const levels = [...document.querySelectorAll('article :is(h1, h2, h3, h4)')].map((one) => Number(one.tagName[1]));
    return {
        skipped: levels.filter((level, place) => level > (levels[place - 1] ?? 0) + 1),
        tables: document.querySelectorAll('article table.k-table:not(:has(caption))').length,
        links: [...document.querySelectorAll('article a[href]')].filter((one) => !said(one)).length,
    };
}"""


@pytest.mark.parametrize("path", ["agents/B001.html", "corrections/office.html", "months/office_2026-06.html"])
def test_headings_tables_and_links_have_their_names(tab: Watched, path: str) -> None:
    tab.look(path)
    assert tab.page.evaluate(NAMELESS) == {"skipped": [], "tables": 0, "links": 0}


def test_a_correction_leads_to_its_record_and_to_its_appeal(tab: Watched) -> None:
    tab.open("en/agents/B001.html")
    tab.page.click("#correction-2026-06 .k-record:has-text('J-2026-08-001')")
    assert tab.page.url.endswith("corrections/office.html#J-2026-08-001")
    tab.page.click("#J-2026-08-001 .k-record:has-text('P-2026-07-001')")
    assert tab.page.locator("#P-2026-07-001").is_visible()
    assert tab.settle() == []
