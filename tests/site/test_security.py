"""The policy of each page: it holds over the network and in a folder, and a page that asks elsewhere breaks."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from kpigen.site import SiteError
from kpigen.site.links import scan
from kpigen.site.security import POLICY, scripts, secured
from kpigen.text import Lang
from tests.site.browsing import KINDS, ROOTS, Watched, opened, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

#: What would load, run or lay out something past the links and scripts that are looked at one by one.
LOADING = re.compile(r"(?i)<[^>]*\s(srcset|style|on[a-z]+)=|<(style|iframe|object|embed|base)\b")
PAGE = '<html><head><meta charset="utf-8"><title>T</title>{}</head></html>'
#: The digests, worked out with `printf %s CODE | openssl dgst -sha256 -binary | base64`.
OURS = "'sha256-6Mlk+XjE57h/a6BK8UFDhIqhWicH5NYtbW9Bd0Z0HiI='"
THEIRS = "'sha256-dtNeaGolj98n6UsOEVMS0J3uiifttX37yIHcg1xKhNU='"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as found:
        yield found


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Watched]:
    with opened(browser, address) as found:
        yield found


def test_scripts_of_a_page_are_named_by_their_digests() -> None:
    page = PAGE.format('<script>ours()</script><script src="a.js"></script><script type="application/json">{}</script>')
    assert scripts(page) == {OURS}
    assert scripts(PAGE.format("<SCRIPT\n>ours()</SCRIPT>")) == {OURS}


def test_only_what_the_theme_wrote_may_run() -> None:
    page = PAGE.format("<script>ours()</script><script>theirs()</script>")
    held = secured("a.html", page, {OURS, "'sha256-of-another-page'"})
    (policy,) = re.findall('<meta http-equiv="Content-Security-Policy" content="([^"]*)">', held)
    assert policy == POLICY.format(scripts=f" {OURS}")
    assert THEIRS in secured("a.html", page, {OURS, THEIRS})
    assert held.index(policy) < held.index("<title>")


def test_a_page_without_the_one_place_is_refused() -> None:
    with pytest.raises(SiteError) as refused:
        secured("a.html", "<html></html>", ())
    assert refused.value.text.said(Lang.EN) == (
        'a.html: the built page holds <meta charset="utf-8"> 0 times, not 1; the theme or the page changed'
    )


class Made(HTMLParser):
    """The tags of a page and the names of their attributes; a text that only looks like one is none."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}


def test_every_page_has_its_policy_and_asks_for_nothing_elsewhere(site: Path) -> None:
    for path, page in scan(site)[0].items():
        html = (site / path).read_text(encoding="utf-8")
        assert html.count('<meta http-equiv="Content-Security-Policy"') == 1, path
        assert not [link for link in page.links if re.match(r"(?i)[a-z][a-z0-9+.-]*:|//", link)], path
        made = Made()
        made.feed(html)
        assert not made.tags & {"style", "iframe", "object", "embed", "base"}, path
        assert not {name for name in made.names if name in {"style", "srcset"} or name.startswith("on")}, path


def adding(tag: str, name: str, value: str) -> str:
    """A script that adds an element with one property to the page."""
    return f"document.body.append(Object.assign(document.createElement('{tag}'), {{{name}: '{value}'}}))"


#: What a text that became live could try, and the rule that refuses it.
TRIED = {
    adding("img", "src", "https://example.com/a.png"): "img-src",
    adding("script", "src", "https://example.com/a.js"): "script-src-elem",
    adding("script", "textContent", "window.ran = true"): "script-src-elem",
    adding("style", "textContent", "p {}"): "style-src-elem",
    adding("iframe", "src", "index.html"): "frame-src",
    adding("object", "data", "https://example.com/a"): "object-src",
    adding("base", "href", "https://example.com/"): "base-uri",
    "document.body.setAttribute('style', 'color: red')": "style-src-attr",
    "document.body.setAttribute('onclick', 'x')": "script-src-attr",
    "fetch('https://example.com/').catch(() => {})": "connect-src",
    "fetch('data/v1/index.json').catch(() => {})": "connect-src",
    adding("form", "action", "https://example.com/") + "; document.forms[document.forms.length - 1].submit()": (
        "form-action"
    ),
}
TRY = """() => new Promise((tell) => {
    document.addEventListener("securitypolicyviolation", (event) => tell(event.effectiveDirective), {once: true});
    setTimeout(() => tell("nothing"), 5000);
    %s;
})"""


@pytest.mark.parametrize("folder", [False, True])
def test_a_page_that_asks_elsewhere_breaks(browser: Browser, site: Path, address: str, *, folder: bool) -> None:
    """Asked over the network and in a folder: the browser refuses it and says by which rule."""
    with opened(browser, f"{site.as_uri()}/" if folder else address) as tab:
        for tried, rule in TRIED.items():
            tab.open("index.html")
            assert tab.page.evaluate(TRY % tried) == rule, tried


@pytest.mark.parametrize("root", ROOTS)
def test_every_page_opens_from_a_folder(browser: Browser, site: Path, root: str) -> None:
    """As it is when the site was sent as a zip: nothing is missing, refused or asked for elsewhere."""
    with opened(browser, f"{site.as_uri()}/", 360) as tab:
        for path in KINDS:
            if path != "404.html":  # a server shows it, at any address
                assert tab.look(root + path)["headings"] == 1, path
        assert tab.settle() == []
