"""The search page: what its index holds, and that questions as people ask them have their answer in the first three."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from kpigen.cli import main
from kpigen.site import build
from kpigen.site.documents import Department, Person, Published, read
from kpigen.site.search import Section, index, sections
from kpigen.text import Label, Lang
from tests.site.conftest import shared

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 15_000
FIRST = 3

HTML = """<html><body><h1 id="x">Outside</h1><article class="a">
<h1 id="top">How to <em>appeal</em> &amp; when<a class="headerlink" href="#top">¶</a></h1>
<p>Before <code>x&lt;y</code>.</p><p>Next<br>line.</p>
<!-- kpigen:decided:pay:base -->
<h2 id="until">Until<a class="headerlink" href="#until">¶</a></h2>
<ul><li>One <code class="k-code">a &gt; b</code></li><li>Two</li></ul><svg><title>no</title></svg><script>no()</script>
<dl><dt>Gross pay · 应发</dt><dd>All that is paid.</dd></dl>
<h2>Without an anchor</h2></article><p>After</p></body></html>"""


def test_a_page_is_read_section_by_section() -> None:
    assert sections("guide/appeals.html", HTML) == (
        Section("guide/appeals.html", "How to appeal & when", "top", "How to appeal & when", "Before x<y. Next line."),
        Section("guide/appeals.html", "How to appeal & when", "until", "Until", "One Two"),
        Section(
            "guide/appeals.html",
            "How to appeal & when",
            "until",
            "Gross pay · 应发",
            "All that is paid. Without an anchor",
        ),
    )


@pytest.mark.parametrize(
    ("path", "html"),
    [("agents/index.html", HTML.replace("Two", "<!-- kpigen:body -->")), ("search.html", HTML), ("404.html", HTML)],
)
def test_pages_that_say_nothing_themselves_are_left_out(path: str, html: str) -> None:
    assert sections(path, html) == ()


def content(script: str) -> dict[str, Any]:
    """Return what the script holds."""
    assert script.startswith("const KPIGEN_INDEX = {")
    assert script.endswith("};\n")
    found: dict[str, Any] = json.loads(script.removeprefix("const KPIGEN_INDEX = ").removesuffix(";\n"))
    return found


def test_the_index_holds_names_and_numbers_and_no_results(data: Path) -> None:
    found = [
        Section("guide/a.html", "A", "top", "A", "x"),
        Section("policies/star-tier_2025-01.html", "P", "c", "3", "y"),
    ]
    pages = [("awards/index.html", "Awards"), ("agents/A001.html", "A001"), ("agents/index.html", "Agents")]
    held = content(index(read(data / "v1"), Lang.EN, found, pages))
    assert held["pages"] == [["guide/a.html", "A", "guide"], ["policies/star-tier_2025-01.html", "P", "policy"]]
    assert held["sections"] == [[0, "top", "A", "x"], [1, "c", "3", "y"]]
    assert ["teams/ecommerce_day.html", "Day shift", "E-commerce customer service"] in held["places"]
    assert held["places"][-2:] == [["agents/index.html", "Agents", ""], ["awards/index.html", "Awards", ""]]
    months = [month for month in held["months"] if "ecommerce" in month[0]]
    assert months == [
        ["months/ecommerce_2026-09.html", "2026-09", "September 2026", "E-commerce customer service"],
        ["months/ecommerce_2026-08.html", "2026-08", "August 2026", "E-commerce customer service"],
    ]
    assert ["A002", "Wang Qiang", 0, "王强"] in held["people"]
    assert held["teams"][0] == ["Day shift", "E-commerce customer service"]
    assert set(held) == {"pages", "sections", "places", "months", "teams", "people"}


def test_an_older_version_and_a_policy_that_nobody_uses_are_told_apart(data: Path) -> None:
    published = read(data / "v1")
    found = [Section(f"policies/{ref.page}.html", "P", "top", "P", "") for ref in published.policies]
    kinds = {path: kind for path, _, kind in content(index(published, Lang.ZH, found))["pages"]}
    assert kinds["policies/weighing_2026-01.html"] == "version"
    assert kinds["policies/weighing_2026-07.html"] == "policy"
    alone = Published((), published.policies, {})
    assert {kind for _, _, kind in content(index(alone, Lang.ZH, found))["pages"]} == {"unused"}


def test_where_names_are_ids_nothing_else_is_held() -> None:
    person = Person(agent="A001", name=Label("A001", "A001"), team="day", joined="2024-11-04")
    office = Department(
        department="office", name=Label("办公室", "Office"), teams=(), reviewers=(), months=(), agents=(person,)
    )
    assert content(index(Published((office,), {}, {}), Lang.ZH, ()))["people"] == [["A001", "A001", 0]]


def test_the_index_is_cheap_and_small_for_many() -> None:
    people = tuple(
        Person(
            agent=f"A{n:05}", name=Label(f"王{chr(0x4E00 + n % 3000)}", f"Wang {n}"), team="day", joined="2024-01-01"
        )
        for n in range(10_000)
    )
    many = Department(department="d", name=Label("部", "D"), teams=(), reviewers=(), months=(), agents=people)
    assert len(index(Published((many,), {}, {}), Lang.ZH, ())) < 500_000


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this repository's own departments."""

    def make(folder: Path) -> None:
        data = folder.parent / "data"
        done = CliRunner().invoke(main, ["compute", "--root", str(ROOT), "--out", str(data)])
        assert done.exit_code == 0, done.output
        build(ROOT, data, folder, lambda _: None)

    return shared(tmp_path_factory, "real-site", make)


def opened(browser: Browser, address: str, *, scripts: bool = True) -> Page:
    context = browser.new_context(java_script_enabled=scripts)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(address)
    return page


def found(page: Page, query: str) -> list[str]:
    """Ask, and return where the first results lead."""
    page.fill("#k-query", query)
    page.wait_for_function("query => document.getElementById('k-search').dataset.ready === query", arg=query)
    links: list[str] = page.evaluate("[...document.querySelectorAll('#k-results a')].map(a => a.getAttribute('href'))")
    return links[:FIRST]


#: Questions and, separated by |, pages that answer them; one of these is among the first three results.
ASKED = {
    "": {
        "扣分规则": "policies/basic-regulation_2025-01.html#c-18-1",
        "试用期": "policies/star-tier_2025-01.html#c-6-1-3",
        "怎么申诉": "guide/appeals.html",
        "申诉期限": "guide/appeals.html#until",
        "申诉被驳回怎么办": "guide/appeals.html#next",
        "投诉扣多少": "policies/basic-regulation_2025-01.html#c-18-1",
        "满勤奖": "policies/star-tier_2025-01.html#c-3-2",
        "怎么升一星": "policies/star-tier_2025-01.html#c-9-1",
        "降级": "policies/star-tier_2025-01.html#c-6-1-1",
        "提成": "policies/star-tier_2025-01.html#c-3-2",
        "工资怎么算": "guide/agents.html#pay",
        "实发": "guide/agents.html#glance",
        "月结": "guide/closing.html",
        "更正": "corrections/index.html",
        "怎么提交": "guide/supervisors.html",
        "词汇表": "guide/glossary.html",
        "不适用": "guide/glossary.html",
        "服务之星": "policies/star-tier_2025-01.html#c-5-1",
        "迟到": "policies/complaint-process_2025-01.html#c-7-2",
        "A001": "agents/A001.html",
        "a001": "agents/A001.html",
        "Ａ００１": "agents/A001.html",
        "001": "agents/A001.html",
        "1": "agents/A001.html",
        "林晓": "agents/A001.html",
        "雨桐": "agents/A003.html",
        "晓": "agents/A001.html",
        "王": "agents/A003.html",
        "becky": "agents/B001.html",
        "2026-09": "months/ecommerce_2026-09.html",
        "2026年9月": "months/ecommerce_2026-09.html",
        "晚班组": "teams/ecommerce_night.html",
        "奖励": "awards/index.html|guide/glossary.html",
    },
    "en/": {
        "how to appeal": "guide/appeals.html",
        "deadline for appeals": "guide/appeals.html#until",
        "probation": "policies/star-tier_2025-01.html#c-3-1",
        "demoted": "policies/star-tier_2025-01.html#c-6-3",
        "full attendance": "policies/star-tier_2025-01.html#c-3-2",
        "how is my pay made": "guide/agents.html#pay",
        "one star": "policies/star-tier_2025-01.html#c-9-1",
        "closing a month": "guide/closing.html",
        "correction": "corrections/index.html",
        "glossary": "guide/glossary.html",
        "awards": "awards/index.html|guide/glossary.html",
        "A001": "agents/A001.html",
        "林晓": "agents/A001.html",
        "Becky": "agents/B001.html",
        "2026-09": "months/ecommerce_2026-09.html",
        "September 2026": "months/ecommerce_2026-09.html",
        "Night shift": "teams/ecommerce_night.html",
    },
}


@pytest.mark.parametrize("root", ASKED)
def test_questions_have_their_answer_in_the_first_three(browser: Browser, real_site: Path, root: str) -> None:
    page = opened(browser, (real_site / root / "search.html").as_uri())
    missed = {}
    for query, answers in ASKED[root].items():
        first = found(page, query)
        if not set(first) & set(answers.split("|")):
            missed[query] = first
    page.context.close()
    assert missed == {}


def test_nothing_is_found_of_nonsense_and_it_says_what_to_do(browser: Browser, site: Path) -> None:
    page = opened(browser, (site / "search.html").as_uri())
    assert found(page, "魑魅魍魉") == []
    assert page.inner_text("#k-found") == (
        "没有找到“魑魅魍魉”。换一个短一些的词试试，例如“申诉”“试用期”；找人请输入工号或姓名。下面是常找的内容。"
    )
    assert found(page, "申魍") == []  # a sign that stands somewhere is no answer to a word that does not
    assert found(page, "   ") == []
    assert page.inner_text("#k-found") == ""
    page.context.close()


def test_the_address_asks_and_keys_alone_lead_to_the_answer(browser: Browser, site: Path) -> None:
    page = opened(browser, f"{(site / 'en/search.html').as_uri()}?q=Wang")
    assert page.locator("#k-query").input_value() == "Wang"
    assert page.inner_text("#k-found").endswith("results.")
    assert page.locator("#k-results mark").first.inner_text() == "Wang"
    page.press("#k-query", "ArrowDown")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "agents/A002.html"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "k-query"
    page.keyboard.press("Enter")  # on to the first result, and a phone's keyboard goes
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/agents/A002.html")
    page.context.close()


@pytest.mark.parametrize("root", ["", "en/"])
def test_the_field_of_every_page_leads_to_the_search_page(browser: Browser, site: Path, root: str) -> None:
    page = opened(browser, (site / root / "agents/A001.html").as_uri())
    page.set_viewport_size({"width": 1440, "height": 800})
    page.fill(".k-find__field", "A002")
    page.press(".k-find__field", "Enter")
    page.wait_for_url(f"**/{root}search.html?q=A002")
    assert page.locator("#k-results a").first.get_attribute("href") == "agents/A002.html"
    page.set_viewport_size({"width": 360, "height": 800})
    page.click("a.k-find__link")
    page.wait_for_url(f"**/{root}search.html")
    page.context.close()


def test_without_scripts_the_lists_are_there(browser: Browser, site: Path) -> None:
    page = opened(browser, f"{(site / 'search.html').as_uri()}?q=A002", scripts=False)
    assert "搜索要用到 JavaScript" in page.inner_text("article")
    page.click("text=客服名单")
    page.wait_for_url("**/agents/index.html")
    page.context.close()


def test_targets_are_large_on_a_phone(browser: Browser, site: Path) -> None:
    page = opened(browser, f"{(site / 'search.html').as_uri()}?q=A00")
    page.set_viewport_size({"width": 360, "height": 800})
    heights = page.evaluate(
        "[...document.querySelectorAll('#k-query, .k-search__button, #k-results a')].map(one => one.offsetHeight)"
    )
    assert len(heights) > FIRST
    assert min(heights) >= 44
    page.context.close()


@pytest.mark.parametrize("root", ["", "en/"])
def test_no_other_page_loads_the_index(site: Path, root: str) -> None:
    loading = {
        path.relative_to(site / root).as_posix()
        for path in (site / root).rglob("*.html")
        if "search/index.js" in path.read_text(encoding="utf-8") and (root or not path.is_relative_to(site / "en"))
    }
    assert loading == {"search.html"}
    # what a policy's page says of people is filled in after the index was made
    assert "agent-months decided" not in (site / "en/search/index.js").read_text(encoding="utf-8")
    assert not list(site.rglob("search_index.json"))


def test_what_is_found_is_never_live(browser: Browser, poisoned_site: Path) -> None:
    page = opened(browser, (poisoned_site / "search.html").as_uri())
    asked: list[str] = []

    def refused(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refused)
    for query in ("A001", "alert", "onerror", "title", "<img src=x onerror=alert(3)>"):
        found(page, query)
        assert page.locator("#k-search img, #k-search script").count() == 0, query
    assert "<img src=x onerror=alert(3)>" in page.inner_text("#k-results")
    assert asked == []
    page.context.close()
