"""Corrections and appeals: the sentence, the clause of that month's version, and what the closed month keeps."""

from __future__ import annotations

import json
import re
import shutil
from html import unescape
from typing import TYPE_CHECKING

import pytest

from kpigen.site.documents import read
from kpigen.site.pages import data_pages
from kpigen.text import Lang
from tests.site.test_pages import TEMPLATES

if TYPE_CHECKING:
    from pathlib import Path


def _pages(data: Path, lang: Lang) -> dict[str, str]:
    return {page.path: page.body for page in data_pages(TEMPLATES, read(data / "v1"), lang)}


def _text(html: str) -> str:
    return " ".join(unescape(re.sub("<[^>]*>", "", html)).split())


@pytest.fixture(scope="module")
def english(data: Path) -> dict[str, str]:
    return _pages(data, Lang.EN)


@pytest.fixture(scope="module")
def chinese(data: Path) -> dict[str, str]:
    return _pages(data, Lang.ZH)


def _between(page: str, first: str, last: str) -> str:
    return page[page.index(first) : page.index(last, page.index(first))]


def test_a_correction_is_told_as_a_sentence(chinese: dict[str, str]) -> None:
    page = _text(_between(chinese["agents/B001.html"], 'id="correction-2026-06"', "</tbody>"))
    assert "服务之星（2026年6月更正）第 5.1 条100.00" in page
    assert (
        "2026年6月更正：响应 50 → 58，得分 88.0 → 96.0，服务之星 +100.00（第 5.1 条），"
        "2026年7月起一星级（原为普通）。 J-2026-08-001：录音表明已按时回应，原扣分有误 · 依据申诉 P-2026-07-001"
    ) in page
    assert "按更正后的结果应得这项奖励，予以补发；别人已得的奖励不收回。" in page


def test_a_month_that_follows_says_why(english: dict[str, str]) -> None:
    page = _text(_between(english["agents/B001.html"], 'id="correction-2026-07"', "</tbody>"))
    assert (
        "Correction of July 2026: tier Ordinary → One star, Base pay +200.00 (clause 3.1), "
        "Commission +30.50 (clause 3.2), in all +230.50. J-2026-08-001: "
    ) in page
    assert "No record of this month is restated: the correction of June 2026 changes its tier." in page
    assert "award" not in page


def test_money_that_is_taken_back_is_told_as_plainly(english: dict[str, str]) -> None:
    page = english["agents/B002.html"]
    told = _text(_between(page, 'id="correction-2026-07"', "</tbody>"))
    assert "Commission, correction of July 2026clause 3.2−1,056.50" in told
    assert "Correction of July 2026: Commission 1,356.50 → 300.00, Commission −1,056.50 (clause 3.2)." in told
    assert "More was paid than the corrected result gives; the difference is taken back." in told
    assert "<script" not in page
    first = _text(page[: page.index('id="statement"')])
    assert "Pay against July 2026: −2,413.00 (Commission −1,356.50; corrections −1,056.50)" in first
    assert "Correction of July 2026: −1,056.50" in first


def test_somebody_who_left_has_nothing_but_the_correction(english: dict[str, str]) -> None:
    page = _text(english["agents/B003.html"])
    assert (
        "Correction of June 2026: Full attendance nothing stated → yes, Calls not applicable → 1, "
        "complaint C-2026-06-001 upheld → dismissed, event E-2026-06-001 50.00 → withdrawn, "
        "score not assessed → 91.0, Loss +50.00 (clause 4.1), Dismissal review is not due."
    ) in page
    assert "No longer employed" in page
    for never in ("Not assessed", "employed on 0", "There is no higher tier", "Pay against", "Tier Ordinary"):
        assert never not in page, never
    month = _text(english["months/office_2026-08.html"])
    assert "Agents3" in month.replace(" ", "")  # who left is no agent of the month
    assert "He Jing B003: left on 2026-06-30" in month


def test_a_correction_without_pay_is_told_below(english: dict[str, str]) -> None:
    page = _text(_between(english["agents/B008.html"], 'id="corrections"', "</section>"))
    assert (
        "Correction of July 2026: Response 54 → 55, score 90.0 → 91.0, no difference in pay, "
        "wins Service star, Dismissal review is due."
    ) in page
    assert "J-2026-08-004: 录入时抄错了一位 · after the appeal P-2019-01-001" in page
    assert "J-2026-08-005: 再核一次" in page
    assert "P-2019-01-001</a>" not in english["agents/B008.html"]  # an appeal that is not published


def test_before_and_after_stand_behind_a_fold(english: dict[str, str]) -> None:
    fold = _between(english["agents/B001.html"], "<details", "</details>")
    rows = re.findall('<tr><th scope="row">(.*?)</th><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td></tr>', fold)
    assert [(_text(name), before, after) for name, before, after in rows] == [
        ("Response records/office/2026-08/adjustments/J-2026-08-001.yaml:5:19", "50", "58"),
        ("Tier", "Ordinary", "Ordinary"),
        ("Score", "88.0", "96.0"),
        ("Service star clause 5.1", "0.00", "100.00"),
        ("Tier from next month", "Ordinary", "One star"),
    ]
    assert "Service star, correction of June 2026: after" in _text(fold)
    assert "score = 96.0 ← Response + 38 clause 7" in _text(fold)
    assert 'href="#score"' not in fold  # which explains another month's


def test_a_closed_month_keeps_its_page_and_says_what_came_later(chinese: dict[str, str]) -> None:
    page = chinese["months/office_2026-06.html"]
    top = page[: page.index('id="agents"')]
    assert "后来有更正：见 2026年8月（J-2026-08-001、J-2026-08-003），差额 +150.00。本页保留批准时的结果。" in _text(
        top
    )
    assert 'href="../corrections/office.html#J-2026-08-001"' in top
    assert "2,150.00" in top
    assert "后来有更正" not in chinese["months/office_2026-08.html"]


def test_the_history_leads_to_what_was_corrected(english: dict[str, str]) -> None:
    history = _between(english["agents/B001.html"], 'id="history"', "</section>")
    assert '<a href="#correction-2026-07">corrected later</a> <span class="k-number">+230.50</span>' in history
    earlier = _text(_between(english["agents/B001.html"], 'id="earlier"', "</section>"))
    assert "Corrected later: see August 2026 (J-2026-08-001), difference +230.50." in earlier
    assert "You can appeal until the end of 15 August 2026, local time · How to appeal" in earlier


def test_the_chain_of_closes(english: dict[str, str]) -> None:
    assert "Close 5f3a5f3a5f3a · the first of the chain" in _text(english["months/office_2026-06.html"])
    assert "Close c0dec0dec0de · follows that of June 2026 5f3a5f3a5f3a" in _text(english["months/office_2026-07.html"])
    assert "Close" not in english["months/office_2026-08.html"]
    months = _text(_between(english["months/index.html"], 'id="office"', "</ul>"))
    assert "August 2026 not closed yet July 2026 closed June 2026 closed" in months


def test_the_page_of_corrections_and_appeals(english: dict[str, str]) -> None:
    page = english["corrections/office.html"]
    assert re.findall('id="([JP]-[^"]*)"', page) == [
        "P-2026-08-002",
        "P-2026-08-001",
        "P-2026-07-002",
        "P-2026-07-001",
        "J-2026-08-005",
        "J-2026-08-004",
        "J-2026-08-003",
        "J-2026-08-002",
        "J-2026-08-001",
    ]
    late = _text(_between(page, 'id="P-2026-07-002"', "</section>"))
    assert "June 2026: Ordinary → One star rejected" in late
    assert "Filed2026-07-16 late Possible until2026-07-15 Decided2026-07-20 · zhao.lei" in late
    assert "late" not in _text(_between(page, 'id="P-2026-07-001"', "</section>")).replace("later", "")
    undecided = _text(_between(page, 'id="P-2026-08-002"', "</section>"))
    assert "Decidednot yet" in undecided
    made = _text(_between(page, 'id="J-2026-08-001"', "</section>"))
    assert made.startswith('id="J-2026-08-001"> Correction of June 2026 +330.50 Fang Lan B001 · J-2026-08-001 录音')
    both = _text(_between(page, 'id="J-2026-08-004"', "</section>"))
    assert "Correction of July 2026 no difference in pay" in both
    assert "Reckoned together withJ-2026-08-005" in both


def test_where_nothing_happened(english: dict[str, str]) -> None:
    page = _text(english["corrections/desk.html"])
    assert "Nobody has appealed." in page
    assert "No closed month has been corrected." in page
    index = _text(english["corrections/index.html"])
    assert "General service Appeals: 4, of which open: 1; corrections: 5" in index


def test_an_appeal_that_is_upheld_waits_for_its_adjustment(data: Path, tmp_path: Path) -> None:
    shutil.copytree(data / "v1", tmp_path / "v1")
    file = tmp_path / "v1/office/2026-08.json"
    month = json.loads(file.read_text("utf-8"))
    for each in month["adjustments"]:
        each["appeal"] = None
    file.write_text(json.dumps(month), "utf-8")
    page = _pages(tmp_path, Lang.EN)["corrections/office.html"]
    waiting = [each for each in page.split("<section")[1:] if "Carried out by" in each]
    assert [re.findall('id="([^"]*)"', each)[0] for each in waiting] == ["P-2026-08-001", "P-2026-07-001"]
    assert all("<b>no correction yet</b>" in each for each in waiting)


def test_a_clause_is_that_of_the_corrected_month(data: Path, tmp_path: Path) -> None:
    """The month that holds the correction is governed by a later version."""
    shutil.copytree(data / "v1", tmp_path / "v1")
    root = tmp_path / "v1"
    rules = json.loads((root / "policy/star-tier/2025-01.json").read_text("utf-8"))
    (root / "policy/star-tier/2026-08.json").write_text(json.dumps({**rules, "version": "2026-08"}), "utf-8")
    newer = {"id": "star-tier", "version": "2026-08"}
    index = json.loads((root / "index.json").read_text("utf-8"))
    index["policies"].append({**newer, "title": rules["title"]})
    index["departments"][2]["months"][-1]["policy"] = newer
    (root / "index.json").write_text(json.dumps(index), "utf-8")
    month = json.loads((root / "office/2026-08.json").read_text("utf-8"))
    (root / "office/2026-08.json").write_text(json.dumps({**month, "policy": newer}), "utf-8")
    page = _pages(tmp_path, Lang.EN)["agents/B001.html"]
    assert "star-tier_2026-08.html#c-3-1" in page[: page.index('id="correction-2026-06"')]
    corrections = _between(page, 'id="correction-2026-06"', "<tfoot>")
    assert "star-tier_2025-01.html#c-5-1" in corrections
    assert "star-tier_2026-08" not in corrections
