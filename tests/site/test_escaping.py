"""Nothing that a record or a policy says becomes live: no element, attribute, link, Markdown or Jinja."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kpigen.site.documents import read
from kpigen.site.pages import data_pages, policy_pages
from kpigen.site.templates import environment, file, inert
from kpigen.text import Lang

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = ROOT / "site/templates"
PAYLOAD = "\"'><script>evil()</script><img src=x onerror=evil()>{{7*7}}[x](javascript:evil())*a*`c`<!--kpigen-title"
#: Texts that the record and policy formats leave free; everything else has a form that is checked before.
FREE = {
    "zh",
    "en",
    "reason",
    "note",
    "summary",
    "supervisor",
    "severity",
    "category",
    "at",
    "name",
    "by",
    "unit",
    "when",
}


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def parsed(html: str) -> _Elements:
    elements = _Elements()
    elements.feed(html)
    elements.close()
    return elements


def poisoned(value: object, key: str = "") -> object:
    """Return a document whose every free text is the payload."""
    if isinstance(value, dict):
        return {name: poisoned(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [poisoned(inner, key) for inner in value]
    return PAYLOAD if isinstance(value, str) and key in FREE else value


@pytest.fixture(scope="module")
def poisoned_data(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("poisoned")
    for path in (data / "v1").rglob("*.json"):
        target = folder / path.relative_to(data / "v1")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(poisoned(json.loads(path.read_text(encoding="utf-8")))), encoding="utf-8")
    return folder


@pytest.mark.parametrize("lang", Lang)
def test_payloads_stay_text_in_every_page(lang: Lang, poisoned_data: Path) -> None:
    seen = 0
    for page in data_pages(TEMPLATES, read(poisoned_data), lang):
        elements = parsed(page.body)
        tags = {tag for tag, _ in elements.tags}
        assert not tags & {"script", "img", "iframe", "object", "form", "style", "base", "meta", "link"}, page.path
        for _, attributes in elements.tags:
            assert not [name for name in attributes if name.startswith("on")], page.path
            assert "javascript:" not in (attributes.get("href") or ""), page.path
        text = "".join(elements.text)
        assert "49" not in text.replace("2049", ""), page.path
        seen += text.count("{{7*7}}")
    assert seen > 20


@pytest.mark.parametrize("lang", Lang)
def test_payloads_stay_text_in_markdown(lang: Lang, poisoned_data: Path) -> None:
    for path, markdown in policy_pages(TEMPLATES, read(poisoned_data), lang):
        assert "<script" not in markdown, path
        assert "](javascript" not in markdown, path
        assert "{{" not in markdown, path
        assert "&#123;&#123;7&#42;7&#125;&#125;" in markdown, path


def test_the_built_site_holds_nothing_live(site: Path) -> None:
    for path in site.rglob("*.html"):
        elements = parsed(path.read_text(encoding="utf-8"))
        for tag, attributes in elements.tags:
            assert not [name for name in attributes if name.startswith("on")], path
            assert not (attributes.get("href") or "").startswith("javascript:"), path
            assert tag != "img", path
    policy = parsed((site / "policies/star-tier_2025-01.html").read_text(encoding="utf-8"))
    text = "".join(policy.text)
    assert "{{7*7}}{% raw %}[x](javascript:alert(1))*a*_b_`c`|d&amp;</p><img src=x onerror=alert(1)>" in text
    assert "# 第二段 {: onclick=x }" in text


@pytest.mark.parametrize("sign", [chr(code) for code in range(0x21, 0x7F) if not chr(code).isalnum()])
def test_no_sign_of_markdown_is_left(sign: str) -> None:
    assert inert(f"a{sign}b") == f"a&#{ord(sign)};b"


def test_a_text_cannot_end_its_line() -> None:
    assert inert("a\n# b\u2028c") == "a &#35; b c"


def test_a_file_name_is_one_of_ours() -> None:
    assert file("star-tier_2025-01") == "star-tier_2025-01"
    with pytest.raises(ValueError, match="not a file name"):
        file("../x")


def test_html_is_escaped_always() -> None:
    made = environment(TEMPLATES, Lang.EN).from_string("{{ a }}{{ _('x %(a)s', a=a) }}").render(a="<b>")
    assert made == "&lt;b&gt;x &lt;b&gt;"
