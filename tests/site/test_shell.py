"""Shells are cut only where every mark stands as often as it must."""

from __future__ import annotations

import pytest

from kpigen.site import SiteError
from kpigen.site.shell import capture

PAGE = (
    "<title>kpigen-title - Site</title><span>kpigen-title</span><a href='en/kpigen-file'>"
    "<h1>kpigen-title</h1><!-- kpigen:body --></html>"
)


def test_a_page_is_stamped() -> None:
    stamped = capture("agents", PAGE).stamp("<林晓>", "A001.html", "<p>kpigen-title {x}</p>")
    assert stamped == (
        "<title>&lt;林晓&gt; - Site</title><span>&lt;林晓&gt;</span><a href='en/A001.html'>"
        "<h1>&lt;林晓&gt;</h1><p>kpigen-title {x}</p></html>"
    )


@pytest.mark.parametrize("mark", ["kpigen-title", "kpigen-file", "<!-- kpigen:body -->"])
def test_a_missing_mark_is_an_error(mark: str) -> None:
    with pytest.raises(SiteError, match=f"agents: the built page holds {mark} 0 times"):
        capture("agents", PAGE.replace(mark, ""))


@pytest.mark.parametrize("mark", ["kpigen-title", "kpigen-file", "<!-- kpigen:body -->"])
def test_a_mark_too_many_is_an_error(mark: str) -> None:
    with pytest.raises(SiteError, match="the theme or the page changed"):
        capture("agents", PAGE + mark)
