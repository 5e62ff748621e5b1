"""A browser's tab that notes what goes wrong, and which pages there are."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Dialog, Page, Request

#: Every kind of page that is made of data, and then those that are written by hand.
MADE = (
    "index.html",
    "agents/index.html",
    "agents/A001.html",
    "agents/A002.html",
    "agents/A003.html",
    "agents/D001.html",
    "agents/D002.html",
    "agents/D003.html",
    "agents/B001.html",
    "agents/B002.html",
    "agents/B003.html",
    "agents/B008.html",
    "corrections/index.html",
    "corrections/office.html",
    "corrections/desk.html",
    "months/index.html",
    "months/ecommerce_2026-09.html",
    "months/desk_2026-08.html",
    "months/desk_2026-09.html",
    "months/office_2026-06.html",
    "months/office_2026-08.html",
    "teams/index.html",
    "teams/ecommerce_day.html",
    "teams/desk_front.html",
    "policies/index.html",
    "policies/systems.html",
    "policies/star-tier_2025-01.html",
    "policies/weighing_2026-07.html",
    "policies/weighing_2026-01_2026-07.html",
    "departments/index.html",
    "departments/desk.html",
    "departments/ecommerce.html",
    "departments/ecommerce_pay.html",
    "departments/office.html",
    "awards/index.html",
    "awards/desk.html",
    "awards/ecommerce.html",
    "audit/index.html",
    "data/index.html",
)
PAGES = (
    *MADE,
    "search.html",
    "guide/agents.html",
    "guide/appeals.html",
    "guide/privacy.html",
    "guide/supervisors.html",
    "guide/reviewers.html",
    "guide/closing.html",
    "guide/records.html",
    "guide/policy-language.html",
    "guide/glossary.html",
)
#: One page of each kind, where a kind can look differently each of those.
KINDS = (
    "index.html",
    "agents/index.html",
    "agents/A001.html",
    "agents/A003.html",
    "agents/B001.html",
    "agents/D003.html",
    "months/index.html",
    "months/ecommerce_2026-09.html",
    "months/office_2026-06.html",
    "months/desk_2026-09.html",
    "departments/index.html",
    "departments/desk.html",
    "teams/index.html",
    "teams/office_desk.html",
    "awards/index.html",
    "awards/ecommerce.html",
    "corrections/index.html",
    "corrections/office.html",
    "policies/index.html",
    "policies/systems.html",
    "policies/weighing_2026-07.html",
    "policies/weighing_2026-01_2026-07.html",
    "audit/index.html",
    "data/index.html",
    "search.html",
    "guide/agents.html",
    "guide/appeals.html",
    "guide/privacy.html",
    "guide/records.html",
    "guide/policy-language.html",
    "guide/glossary.html",
    "404.html",
)
ROOTS = ("", "en/")
PHONE, WIDE = 360, 1440
#: No wait of these tests is longer, in milliseconds.
PATIENCE = 15_000
#: What is asked of every page, before and after all that is folded is opened.
LOOK = """() => {
    const count = (selector) => document.querySelectorAll(selector).length;
    const all = (selector) => [...document.querySelectorAll(selector)];
    const cut = all('.k-scroll:not([tabindex]), .md-header__topic:first-child .md-ellipsis')
        .filter((one) => one.scrollWidth > one.clientWidth)
        .map((one) => one.textContent.trim().slice(0, 40));
    for (const one of all('details')) one.open = true;
    const page = document.documentElement;
    return {
        cut,
        wider: page.scrollWidth - page.clientWidth,
        headings: count('h1'),
        live: count('article img, article script, article iframe, title ~ img, body > img'),
        language: page.lang,
        other: document.querySelector('a.k-language')?.href,
    };
}"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its signature
        pass


@contextmanager
def served(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


class Watched:
    """A tab that notes what goes wrong."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.wrong: list[str] = []
        page.on("console", lambda message: self.wrong.append(message.text) if message.type != "log" else None)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("requestfailed", self._failed)
        page.on("response", lambda got: self.wrong.append(f"{got.status} {got.url}") if got.status >= 400 else None)
        page.on("dialog", self._asked)
        page.on("request", self._requested)

    def _asked(self, dialog: Dialog) -> None:
        self.wrong.append(dialog.message)
        dialog.dismiss()

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # by going on to the next page
            self.wrong.append(f"{request.failure} {request.url}")

    def _requested(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.wrong.append(f"elsewhere: {request.url}")

    def open(self, path: str) -> None:
        """Go to a page and wait until it is loaded, its pictures and scripts included."""
        self.page.goto(self.address + path)

    def resize(self, width: int) -> None:
        """Make the window so many pixels wide."""
        self.page.set_viewport_size({"width": width, "height": 800})
        self.page.wait_for_timeout(50)  # the theme notices it in the next frame

    def look(self, path: str) -> dict[str, Any]:
        """Go to a page and return what there is to be seen of it."""
        self.open(path)
        seen: dict[str, Any] = self.page.evaluate(LOOK)
        return seen

    def settle(self) -> list[str]:
        """Let what is under way arrive, for a moment; return what went wrong."""
        self.page.wait_for_timeout(100)
        return self.wrong


@contextmanager
def opened(browser: Browser, address: str, width: int = 1440) -> Iterator[Watched]:
    """Open a tab whose waits are bounded."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    context.set_default_timeout(PATIENCE)
    try:
        yield Watched(context.new_page(), address)
    finally:
        context.close()
