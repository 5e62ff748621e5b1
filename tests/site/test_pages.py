"""Every page made of the example's data, whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpigen.site.documents import read
from kpigen.site.pages import data_pages, policy_pages
from kpigen.text import Lang

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = ROOT / "site/templates"
GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("lang", Lang)
def test_pages_are_the_golden_ones(lang: Lang, data: Path, bless: bool) -> None:  # noqa: FBT001 - a fixture
    published = read(data / "v1")
    made = {page.path: f"<!-- {page.title} -->\n{page.body}\n" for page in data_pages(TEMPLATES, published, lang)}
    made |= dict(policy_pages(TEMPLATES, published, lang))
    golden = GOLDEN / lang
    if bless:
        for path, text in made.items():
            (golden / path).parent.mkdir(parents=True, exist_ok=True)
            (golden / path).write_text(text, encoding="utf-8")
    kept = {path.relative_to(golden).as_posix() for path in golden.rglob("*") if path.is_file()}
    assert sorted(made) == sorted(kept)
    for path, text in made.items():
        assert text == (golden / path).read_text(encoding="utf-8"), f"{path} differs; see it, then --bless"


def test_every_agent_month_and_team_has_a_page(data: Path) -> None:
    paths = {page.path for page in data_pages(TEMPLATES, read(data / "v1"), Lang.ZH)}
    assert {"agents/A001.html", "agents/A002.html", "agents/A003.html"} < paths
    assert {"months/ecommerce_2026-08.html", "months/ecommerce_2026-09.html", "teams/ecommerce_day.html"} < paths
    assert len({path.casefold() for path in paths}) == len(paths)


def test_an_agent_page_states_the_first_screen(data: Path) -> None:
    page = next(page for page in data_pages(TEMPLATES, read(data / "v1"), Lang.EN) if page.path == "agents/A001.html")
    first = page.body[: page.body.index('id="statement"')]
    for said in (
        "September 2026",
        "draft",
        "Ordinary",
        "91.7",
        "1,370.50",
        "+156.50",
        "+3.3",
        "One star",
        "2026-10-15",
    ):
        assert said in first, said
