"""The walk through a statement: a real one where pay is published, a worked example of the policy where it is not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from kpigen.site.documents import read
from kpigen.site.edition import Edition
from kpigen.site.pages.walk import walk_pages
from kpigen.site.walk import added, most_telling
from kpigen.text import Lang
from tests.site.conftest import agent_month, month_document, write_example
from tests.site.test_agents import text, without_pay
from tests.site.test_pages import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Document = dict[str, Any]


def change(data: Path, name: str, edit: Callable[[Document], object]) -> None:
    path = data / "v1" / name
    document = json.loads(path.read_text())
    edit(document)
    path.write_text(json.dumps(document))


def walk(data: Path) -> list[str]:
    """Return the pages, as running text, that walk through a statement of the e-commerce department."""
    site = Edition(TEMPLATES, read(data / "v1"), Lang.EN)
    return [text(page.body) for page in walk_pages(site, site.published.departments[0])]


def test_a_statement_is_walked_through_line_by_line(tmp_path: Path) -> None:
    write_example(tmp_path)
    (said,) = walk(tmp_path)
    for told in (
        "for September 2026",
        "Response clause 7.1 55 60 Read from records/ecommerce/2026-09/scores/day.yaml:6:20",
        "held in it: Ordinary. What the month decides takes effect in the next one: One star. clause 3.3",
        "Base pay: 1,100.00 What goes in score 91.7 Rule 1100 if tier ≥ Ordinary and score ≥ 80 otherwise 0 By clause",
        "Loss: −86.00 What goes in due in all 100.00; limit: gross pay × 20% = 220.00",
        "Gross pay 1,100.00 + 356.50 = 1,456.50 Deductions 86.00 Pay 1,456.50 − 86.00 = 1,370.50",
        "If a number is wrong",
    ):
        assert told in said, told


def test_where_no_pay_is_published_a_worked_example_is(tmp_path: Path) -> None:
    write_example(tmp_path)
    change(tmp_path, "ecommerce/2026-08.json", without_pay)
    change(tmp_path, "ecommerce/2026-09.json", without_pay)
    (said,) = walk(tmp_path)
    for told in (
        "This is a worked example of the policy taken apart.",
        "score: 80",
        "Base pay: 1,100 Rule paid: 1100",
        "Commission: 200 Rule paid: Commission; when tier ≥ Ordinary and score ≥ 80 By clause 3.2",
    ):
        assert told in said, told
    assert "1,370.50" not in said
    assert "The sum" not in said  # which the example does not state


def test_a_sum_stands_where_the_example_states_it(tmp_path: Path) -> None:
    write_example(tmp_path)
    change(tmp_path, "ecommerce/2026-09.json", without_pay)
    change(tmp_path, "policy/star-tier/2025-01.json", lambda it: it["examples"][0]["expect"].update(total="1300"))
    assert "The sum 1,100 + 200 = 1,300 CNY" in walk(tmp_path)[0]


def test_without_a_statement_and_an_example_it_says_so(tmp_path: Path) -> None:
    write_example(tmp_path)
    change(tmp_path, "ecommerce/2026-09.json", without_pay)
    change(tmp_path, "policy/star-tier/2025-01.json", lambda it: it.update(examples=[]))
    assert "There is no statement to walk through yet." in walk(tmp_path)[0]


def test_a_policy_without_pay_has_no_walk(tmp_path: Path) -> None:
    write_example(tmp_path)
    change(tmp_path, "policy/star-tier/2025-01.json", lambda it: it.update(pay=[]))
    assert walk(tmp_path) == []


def test_the_statement_that_shows_most_is_taken(tmp_path: Path) -> None:
    def month(agent: str, *amounts: str, score: str | None = "91.7") -> Document:
        lines = [{"id": "base", "clause": "3.1", "amount": amount, "figure": None} for amount in amounts]
        pay = {"gross": "0", "deductions": "0", "total": "0", "lines": lines}
        return agent_month(agent, "2026-09", score, "ordinary", pay=pay)

    def taken(*agents: Document) -> str | None:
        write_example(tmp_path)
        change(tmp_path, "ecommerce/2026-09.json", lambda it: it.update(month_document("2026-09", "draft", [*agents])))
        found = most_telling(read(tmp_path / "v1").months["ecommerce", "2026-09"])
        return found.agent if found else None

    assert taken(month("A002", "1", "1"), month("A001", "1", "1"), month("A003", "1")) == "A001"
    assert taken(month("A002", "1", "1", "1"), month("A001", "1", "-1")) == "A001"
    assert taken(month("A002", "1"), month("A001", "1", "1", score=None)) == "A002"
    assert taken(month("A001")) is None


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        (["1100.00", "400.00"], "1,100.00 + 400.00"),
        (["2232.50", "-0.00"], "2,232.50 − 0.00"),
        (["-86.00", "5.00", "-1.00"], "−86.00 + 5.00 − 1.00"),
        ([], ""),
    ],
)
def test_a_sum_is_written_out(amounts: list[str], said: str) -> None:
    assert added(amounts) == said
