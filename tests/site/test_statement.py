"""What changed, what a line was made from, and until when one can appeal."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec
import pytest

from kpigen.site.appeals import appeal_by
from kpigen.site.documents import Figure, read
from kpigen.site.statement import compare, explain, records_of, statement
from kpigen.site.wording import Words
from kpigen.text import Lang

if TYPE_CHECKING:
    from pathlib import Path

    from kpigen.site.documents import AgentMonth, Published


@pytest.fixture(scope="module")
def published(data: Path) -> Published:
    return read(data / "v1")


@pytest.fixture(scope="module")
def words(published: Published) -> Words:
    return Words(next(iter(published.policies.values())), Lang.EN)


def month(published: Published, month: str, agent: str = "A001") -> AgentMonth:
    return next(one for one in published.months["ecommerce", month].agents if one.agent == agent)


def test_changes_name_their_causes(published: Published, words: Words) -> None:
    found = compare(month(published, "2026-08"), "2026-08", month(published, "2026-09"), words)
    assert (found.pay, found.score, found.tier_before) == (Decimal("156.50"), Decimal("3.3"), None)
    assert [(line.name, line.difference) for line in found.lines] == [("Commission", Decimal("156.50"))]
    assert found.items == ()


def test_a_month_without_score_is_not_compared_by_score(published: Published, words: Words) -> None:
    found = compare(month(published, "2026-08", "A002"), "2026-08", month(published, "2026-09", "A002"), words)
    assert (found.score, found.tier_before) == (None, "star")


def test_lines_appear_and_vanish(published: Published, words: Words) -> None:
    full = month(published, "2026-09")
    bare = msgspec.structs.replace(full, pay=msgspec.structs.replace(full.paid, lines=full.lines[:1]))
    lines = compare(bare, "2026-08", full, words).lines
    assert [(line.before, line.after) for line in lines] == [(None, "356.50"), (None, "-86.00")]


def test_a_line_states_inputs_rule_and_records(published: Published, words: Words) -> None:
    now = month(published, "2026-09")
    base, commission, loss = statement(now, now.figures(), words)
    assert base.inputs == (("score", "91.7"),)
    assert base.rule == "1100 if tier ≥ Ordinary and score ≥ 80 otherwise 0"
    assert base.places == ()
    assert commission.places == ("records/ecommerce/2026-09/scores/day.yaml:6:48",)
    assert loss.amount == "-86.00"


def test_an_explanation_stops_at_the_score(published: Published, words: Words) -> None:
    figures = month(published, "2026-09").figures()
    assert [(step.name, step.section) for step in explain(figures, 4, words)] == [
        ("score", "score"),
        ("Base pay", None),
    ]
    assert len(explain(figures, 2, words)) == 3
    assert explain(figures, None, words) == ()


def test_a_condition_is_part_of_the_rule(words: Words) -> None:
    figures = (
        Figure("score", "91.7"),
        Figure("commission:when", "yes", op={"kind": "formula", "text": "score >= 80"}, of=(0,)),
        Figure("calls", "7", at="records/x.yaml:1:1"),
        Figure(
            "commission", "14.00", op={"kind": "where", "inner": {"kind": "formula", "text": "calls * 2"}}, of=(1, 2)
        ),
    )
    steps = explain(figures, 3, words)
    assert [step.name for step in steps] == ["score", "condition of Commission", "Calls", "Commission"]
    assert records_of(figures, 3) == ("records/x.yaml:1:1",)


def test_the_last_day_to_appeal(published: Published) -> None:
    policy = next(iter(published.policies.values()))
    assert appeal_by(policy, "2026-09") == "2026-10-15"
    assert appeal_by(policy, "2026-12") == "2027-01-15"
    assert appeal_by(policy, "nonsense") is None
    assert appeal_by(msgspec.structs.replace(policy, appeals=None), "2026-09") is None
    assert appeal_by(msgspec.structs.replace(policy, assess={}), "2026-09") is None


def test_a_line_cites_the_clause_that_shaped_it_too(published: Published, words: Words) -> None:
    """A part month is paid by a clause of its own; the agent sees both."""
    of = month(published, "2026-09")
    base = statement(of, of.figures(), words)[0]
    assert base.clauses == ("3.1",)
    line = of.lines[0]
    assert line.figure is not None
    split = list(of.figures())
    split[line.figure] = msgspec.structs.replace(split[line.figure], clause="10.1")
    assert statement(of, split, words)[0].clauses == ("3.1", "10.1")
