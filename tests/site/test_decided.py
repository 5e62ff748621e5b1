"""What a rule decided is counted over departments in any order, and fills the mark on the policy's page."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from kpigen.site.decided import Decided, decided, fill, mark, merged, rulings
from kpigen.site.documents import read
from kpigen.site.rulebook import PolicyRef
from kpigen.text import Lang

if TYPE_CHECKING:
    from pathlib import Path


def test_a_month_is_counted_by_kind_and_id(data: Path) -> None:
    months = read(data / "v1").months
    september = rulings(months["ecommerce", "2026-09"])
    assert september["pay:base"] == Decided(2, (("A001", "2026-09"), ("A002", "2026-09")))
    assert september["transition:to-star"] == Decided(1, (("A001", "2026-09"),))
    assert september["action:dismissal-review"].count == 1
    assert september["item:response"] == Decided(1, (("A001", "2026-09"),))
    assert "item:attitude" not in september


def test_months_are_added_up_the_newest_first(data: Path) -> None:
    ruled = decided(read(data / "v1"))[PolicyRef("star-tier", "2025-01")]
    assert ruled["award:service-star"].count == 1
    assert ruled["item:response"].newest[0] == ("A001", "2026-09")


def test_the_order_of_months_does_not_matter() -> None:
    months = (
        {"pay:base": Decided(4, (("B001", "2026-09"), ("B002", "2026-09"), ("B003", "2026-09")))},
        {"pay:base": Decided(1, (("A001", "2026-09"),)), "pay:bonus": Decided(1, (("A001", "2026-09"),))},
        {"pay:base": Decided(2, (("C001", "2026-10"), ("C002", "2026-10")))},
    )
    for order in permutations(months):
        assert merged(order) == {
            "pay:base": Decided(7, (("C001", "2026-10"), ("C002", "2026-10"), ("A001", "2026-09"))),
            "pay:bonus": Decided(1, (("A001", "2026-09"),)),
        }


def test_marks_are_filled_and_those_of_rules_that_decided_nothing_go() -> None:
    page = f"<li>Base {mark('pay:base')}</li><li>Bonus {mark('pay:bonus')}</li>"
    ruled = {"pay:base": Decided(2, (("A001", "2026-10"), ("A002", "2026-09")))}
    assert fill(page, ruled, Lang.EN) == (
        '<li>Base <span class="k-decided">agent-months decided: 2, the newest: '
        '<a href="../agents/A001.html">A001</a> 2026-10, <a href="../agents/A002.html">A002</a> 2026-09</span></li>'
        "<li>Bonus </li>"
    )


@pytest.mark.parametrize("rule", ["pay:a b", "pay:-->", "pay", "pay:"])
def test_a_mark_names_a_rule(rule: str) -> None:
    with pytest.raises(ValueError, match="not a rule of ours"):
        mark(rule)


def test_the_built_page_of_a_policy_says_what_was_decided_and_has_no_mark_left(site: Path) -> None:
    for root in ("", "en/"):
        html = (site / root / "policies/star-tier_2025-01.html").read_text(encoding="utf-8")
        assert "kpigen:decided" not in html
        assert '<span class="k-decided">' in html
        assert '<a href="../agents/A001.html">A001</a> 2026-09' in html
