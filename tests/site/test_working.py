"""An operation in numbers, so that anybody can reckon it up."""

from __future__ import annotations

from typing import Any

import pytest

from kpigen.site.documents import Figure
from kpigen.site.working import worked

ROWS = [["0", "0.01"], ["20000", "0.02"], ["40000", "0.03"]]


@pytest.mark.parametrize(
    ("op", "values", "said"),
    [
        ({"kind": "sum"}, ["1", "0", "2"], "1 + 2"),
        ({"kind": "sum"}, ["0", "3"], ""),
        ({"kind": "mean"}, ["56.0", None, "70.0"], "(56.0 + 70.0) ÷ 2"),
        ({"kind": "mean"}, ["56.0"], ""),
        ({"kind": "score", "most": ["60", "40", "10"], "of": "100"}, ["55", None, "8.5"], "(55 + 8.5) ÷ 70 × 100"),
        (
            {"kind": "weighted-score", "most": ["100", "20"], "weights": ["7/10", "1/3"], "of": "100"},
            ["80", "5"],
            "(80 ÷ 100 × 70% + 5 ÷ 20 × 1/3) ÷ 31/30 × 100",
        ),
        (
            {"kind": "weighted-score", "most": ["100", "20"], "weights": ["7/10", "3/10"], "of": "100"},
            ["80", None],
            "(80 ÷ 100 × 70%) ÷ 70% × 100",
        ),
        ({"kind": "rates", "rows": ROWS, "marginal": True}, ["32795"], "20,000 × 1% + 12,795 × 2%"),
        ({"kind": "rates", "rows": ROWS, "marginal": True}, ["20000"], "20,000 × 1%"),
        ({"kind": "rates", "rows": ROWS, "marginal": False}, ["32795"], "32,795 × 2%"),
        ({"kind": "rates", "rows": ROWS[1:], "marginal": True}, ["10"], ""),
        ({"kind": "bands", "rows": [["0", "5"], ["4", "4"], ["8", "2"]]}, ["4.5"], "4.5 ≥ 4"),
        ({"kind": "bands", "rows": [["4", "4"]]}, ["3"], "3 < 4"),
        ({"kind": "line", "points": [["70", "0"], ["76", "12"], ["85", "25"]]}, ["80"], "76 → 12; 85 → 25"),
        ({"kind": "line", "points": [["70", "0"], ["76", "12"]]}, ["90"], ""),
        ({"kind": "less", "full": "10", "each": ["2", "5"], "floor": "0"}, ["0", "1"], "10 − 1 × 5"),
        ({"kind": "less", "full": "10", "each": ["2"], "floor": "0"}, ["0"], ""),
        ({"kind": "share", "full": "30", "most": "30"}, ["32795.00", "35500"], "30 × 32,795.00 ÷ 35,500"),
        ({"kind": "share", "full": "30", "most": "30"}, [None, "35500"], ""),
        ({"kind": "raters", "weights": ["60", "40"], "reweigh": True}, ["9", None], "(9 × 60) ÷ 60"),
        ({"kind": "pot-share"}, ["1000.00", "56", "120", "1", "1"], "1,000.00 × 56 ÷ 120"),
        ({"kind": "prorated"}, ["3400", "16", "30"], "3,400 × 16 ÷ 30"),
        ({"kind": "prorated"}, [None, "16", "30"], ""),
        ({"kind": "where", "inner": {"kind": "prorated"}}, ["yes", "3400", "16", "30"], "3,400 × 16 ÷ 30"),
        ({"kind": "zero-when", "inner": {"kind": "share", "full": "5", "most": "5"}}, ["no", "3", "4"], "5 × 3 ÷ 4"),
        ({"kind": "zero-when", "inner": {"kind": "share", "full": "5", "most": "5"}}, ["yes", "3", "4"], ""),
        ({"kind": "rounded", "to": "0.1", "mode": "half-up", "inner": {"kind": "sum"}}, ["1", "2"], "1 + 2"),
        ({"kind": "bands", "rows": [["0", "5"]]}, [None], ""),
        ({"kind": "rates", "rows": ROWS, "marginal": True}, [None], ""),
        ({"kind": "ratings", "points": []}, ["good"], ""),
        (None, [], ""),
    ],
)
def test_workings(op: dict[str, Any] | None, values: list[str | None], said: str) -> None:
    assert worked(Figure("x", "1", op=op), [Figure(str(n), value) for n, value in enumerate(values)]) == said


def test_what_is_not_applicable_was_not_reckoned() -> None:
    assert worked(Figure("x", None, op={"kind": "sum"}), [Figure("a", "1"), Figure("b", "2")]) == ""
