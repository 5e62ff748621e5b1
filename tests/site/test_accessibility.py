"""Every kind of page for those who use a keyboard, a screen reader, large letters, or no colours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.site.browsing import KINDS, PHONE, ROOTS, WIDE, opened, served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.site.browsing import Watched

#: Everything that axe knows of WCAG 2.2 up to AA, and what it calls best practice.
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
#: What depends on the scheme.
COLOURS = ("color-contrast", "link-in-text-block")
AXE = """async (chosen) => (await axe.run(document, {runOnly: chosen, resultTypes: ["violations"]})).violations.flatMap(
    (found) => found.nodes.map((node) => `${found.id}: ${node.target.join(" ")} ${node.html.slice(0, 100)}`)
)"""


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as found:
        yield found


@pytest.fixture(scope="module")
def axe() -> str:
    found = pytest.importorskip("axe_playwright_python", reason="axe is not installed")
    return (Path(found.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Watched]:
    with opened(browser, address, WIDE) as found:
        found.page.emulate_media(reduced_motion="reduce")  # nothing is looked at while it fades in
        yield found


def faults(page: Page, kind: str, *values: str) -> list[str]:
    found: list[str] = page.evaluate(AXE, {"type": kind, "values": values})
    return found


@pytest.mark.parametrize("root", ROOTS)
def test_axe_finds_nothing(tab: Watched, axe: str, root: str) -> None:
    """On every kind of page, with all that is folded opened, at both widths and in both schemes."""
    found: dict[str, list[str]] = {}
    for path in KINDS:
        tab.look(root + path)
        tab.page.evaluate(axe)
        for width in (PHONE, WIDE):
            tab.resize(width)
            tab.page.emulate_media(color_scheme="light")
            found[f"{root}{path} at {width}"] = faults(tab.page, "tag", *TAGS)
            tab.page.emulate_media(color_scheme="dark")
            found[f"{root}{path} at {width}, dark"] = faults(tab.page, "rule", *COLOURS)
    assert {where: each for where, each in found.items() if each} == {}


def test_axe_would_find_a_faint_text(tab: Watched, axe: str) -> None:
    tab.open("index.html")
    tab.page.evaluate(axe)
    tab.page.evaluate("document.querySelector('h1').style.color = '#ccc'")
    (found,) = faults(tab.page, "rule", *COLOURS)
    assert found.startswith("color-contrast: ")
