"""Every page made of the example's data, whole."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from markupsafe import escape

from kpigen.site.documents import read
from kpigen.site.pages import data_pages, policy_pages
from kpigen.text import Lang
from tests.site.conftest import HOSTILE

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
        "not closed yet",
        "Ordinary",
        "91.7",
        "1,370.50",
        "+156.50",
        "+3.3",
        "One star",
        "15 October 2026",
    ):
        assert said in first, said


@pytest.mark.parametrize(
    ("lang", "loss"),
    [
        (
            Lang.ZH,
            "应扣合计 100.00；限额 应发 × 20% = 220.00；限额 应发 − minimum_wage = 86.00 → 扣 86.00，余 14.00 结转",
        ),
        (
            Lang.EN,
            (
                "due in all 100.00; limit: gross pay × 20% = 220.00; limit: gross pay − minimum_wage = 86.00"
                " → 86.00 deducted, 14.00 carried over"
            ),
        ),
    ],
)
def test_a_deduction_names_what_is_due_and_each_limit(lang: Lang, loss: str, data: Path) -> None:
    published = read(data / "v1")
    page = next(page for page in data_pages(TEMPLATES, published, lang) if page.path == "agents/A001.html")
    name = next(iter(published.policies.values())).parameters[0].name
    assert name is not None
    assert loss.replace("minimum_wage", str(escape(name.said(lang)))) in page.body


@pytest.mark.parametrize(
    ("lang", "never", "said"),
    [
        (
            Lang.ZH,
            ("结转", "下月", "还差", "下一级"),
            ("已离职", "赔偿：离职时未扣完 14.00，不再从工资里扣", "扣 86.00，余 14.00 未扣", "C-2026-08-001"),
        ),
        (
            Lang.EN,
            ("carried", "next month", "points short", "Next tier"),
            (
                "No longer employed",
                "Loss: 14.00 was left undeducted when the agent left and is no longer taken from pay",
                "86.00 deducted, 14.00 left undeducted",
                "C-2026-08-001",
            ),
        ),
    ],
)
def test_a_leaver_is_promised_nothing(lang: Lang, never: tuple[str, ...], said: tuple[str, ...], data: Path) -> None:
    page = next(page for page in data_pages(TEMPLATES, read(data / "v1"), lang) if page.path == "agents/A002.html")
    assert [word for word in never if word in page.body] == []
    assert [word for word in said if word not in page.body] == []


def _changed(data: Path, folder: Path, **agent: object) -> str:
    """Return A001's Chinese page after a change of the newest month."""
    shutil.copytree(data / "v1", folder / "v1")
    file = folder / "v1/ecommerce/2026-09.json"
    document = json.loads(file.read_text("utf-8"))
    document["agents"][0].update(agent)
    file.write_text(json.dumps(document), "utf-8")
    policy = folder / "v1/policy/star-tier/2025-01.json"
    rules = json.loads(policy.read_text("utf-8"))
    rules["transitions"].append(
        {"id": "zero", "from": ["star"], "to": "ordinary", "when": "items_at_zero >= 1", "clause": "3.3"}
    )
    policy.write_text(json.dumps(rules), "utf-8")
    pages = data_pages(TEMPLATES, read(folder / "v1"), Lang.ZH)
    return next(page.body for page in pages if page.path == "agents/A001.html")


def test_a_score_that_suffices_is_reached(data: Path, tmp_path: Path) -> None:
    outlook = {"tier": "star", "transition": "to-star", "clause": "3.3", "score": "90.0", "gap": "0.0"}
    page = _changed(data, tmp_path, outlook=outlook, blocked=None, next_tier="ordinary", transition=None)
    assert "已达到一星级所需的分数（需 90.0 分）" in page
    assert "还差" not in page


def test_a_demotion_names_the_items_at_zero(data: Path, tmp_path: Path) -> None:
    items = [
        {"id": "response", "points": "0.0", "of": "60", "figure": 0},
        {"id": "attitude", "points": None, "of": "40", "figure": 1},
    ]
    moved = {"tier": "star", "next_tier": "ordinary", "transition": {"id": "zero", "clause": "3.3"}}
    page = _changed(data, tmp_path, items=items, blocked=None, **moved)
    assert "0 分的项：响应</li>" in page


def test_appeals_stand_on_their_page_and_are_named_on_others(data: Path) -> None:
    pages = {page.path: page.body for page in data_pages(TEMPLATES, read(data / "v1"), Lang.EN)}
    outcome = str(escape(HOSTILE))
    link = '<a class="k-record" href="../corrections/ecommerce.html#P-2026-09-001">P-2026-09-001</a>'
    said = f"2026-09-20 <b>August 2026: Response</b> · rejected on 2026-09-22 · {link}"
    assert f"{said} · {outcome}</li>" in pages["agents/A001.html"]
    assert f"{said}</li>" in pages["months/ecommerce_2026-09.html"]
    for path in ("agents/A002.html", "months/ecommerce_2026-09.html"):
        assert "2026-09-21 <b>complaint C-2026-08-001</b> · open · <a" in pages[path], path
    assert f"<p>{outcome}</p>" in pages["corrections/ecommerce.html"]
