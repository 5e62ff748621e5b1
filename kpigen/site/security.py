"""What a page may load and send: a content-security policy in each page, so that a browser refuses all the rest.

A page loads the site's own files and nothing else; it sends nothing but the search form, to the site itself. Of the
scripts that stand in a page, those run which the theme writes into the pages that hold no text of records or policies:
a script that came in with such a text is not among them. The policy is a ``<meta>`` and no header of a server, so that
it holds wherever the site is put, and in a folder too.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from typing import TYPE_CHECKING, Final

from kpigen.site.failure import SiteError
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["POLICY", "scripts", "secured"]

#: The policy, with the place of the allowed scripts' digests.
POLICY: Final = (
    "default-src 'none'; script-src 'self'{scripts}; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
#: Before everything that loads something: a policy holds for what stands below it.
_HEAD: Final = '<meta charset="utf-8">'
_SCRIPT: Final = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL | re.IGNORECASE)
#: What is loaded by its address, or is data, is not run from the page.
_NOT_RUN: Final = re.compile(r'\ssrc=|\stype="application/json"', re.IGNORECASE)


def scripts(html: str) -> frozenset[str]:
    """Return the digests of the scripts that stand in a page, as a policy names them."""
    return frozenset(
        f"'sha256-{b64encode(hashlib.sha256(found['code'].encode()).digest()).decode()}'"
        for found in _SCRIPT.finditer(html)
        if not _NOT_RUN.search(found["attributes"])
    )


def secured(path: str, html: str, allowed: Collection[str]) -> str:
    """Return a page with its policy.

    Args:
        path: the page's, for the message.
        html: the page as the theme built it.
        allowed: the digests of the scripts that may run, where the page holds them.

    Raises:
        SiteError: when the page has no one place for the policy, so that a change of the theme is noticed.
    """
    if (found := html.count(_HEAD)) != 1:
        raise SiteError(
            say(
                "{path}: the built page holds {mark} {found} times, not {expected}; the theme or the page changed",
                path=path,
                mark=_HEAD,
                found=found,
                expected=1,
            )
        )
    digests = "".join(f" {each}" for each in sorted(scripts(html).intersection(allowed)))
    policy = POLICY.format(scripts=digests)
    return html.replace(_HEAD, f'{_HEAD}<meta http-equiv="Content-Security-Policy" content="{policy}">')
