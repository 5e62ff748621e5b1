"""The vocabulary that the tests of expressions share, and short ways to ask for a formula or mistakes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpigen.exact import arithmetic
from kpigen.expression import (
    FLAG,
    Choice,
    Formula,
    Kind,
    Number,
    Signature,
    Vocabulary,
    Words,
    compile_formula,
)
from kpigen.text import Lang

if TYPE_CHECKING:
    from kpigen.figure import Value

TIER = Choice("tier", ("probation", "ordinary", "one-star", "two-star"))
GRADE = Choice("grade", ("fail", "pass", "good", "excellent"))
VOCABULARY = Vocabulary(
    names={
        "tier": TIER,
        "last_tier": TIER,
        "grade": GRADE,
        "score": Number("points"),
        "commission": Number("CNY"),
        "sales": Number("CNY"),
        "rate": Number("CNY/order"),
        "orders": Number("order"),
        "answer_rate": Number("%"),
        "response": Number("s"),
        "factor": Number(),
        "years": Number(),
        "full-attendance": FLAG,
        "demoted": FLAG,
    },
    references={
        "streak": Signature(("condition",), Number()),
        "previous": Signature(("any",), None),
        "mean": Signature(("number",), Number("points")),
        "events": Signature((Words(("loss", "nonconformance")),), Number()),
        "count": Signature(("condition", Words(("quarter", "year"))), Number()),
    },
)
VALUES: dict[str, Value] = {
    "tier": "one-star",
    "last_tier": "ordinary",
    "grade": "pass",
    "score": Decimal("92.5"),
    "commission": Decimal("356.50"),
    "sales": Decimal(12000),
    "rate": Decimal("1.2"),
    "orders": Decimal(40),
    "answer_rate": Decimal(95),
    "response": Decimal(18),
    "factor": Decimal("0.5"),
    "years": Decimal(3),
    "full-attendance": True,
    "demoted": False,
}


def formula(text: str, expect: Kind | None = None) -> Formula:
    """Compile ``text``, which must have no mistakes."""
    compiled = compile_formula(text, VOCABULARY, expect)
    assert isinstance(compiled, Formula), mistakes(text, expect)
    return compiled


def value(text: str, expect: Kind | None = None, **changed: Value) -> Value:
    """Compute ``text`` from VALUES and what is changed in them."""
    with arithmetic():
        return formula(text, expect).evaluate({**VALUES, **changed})


def mistakes(text: str, expect: Kind | None = None) -> list[tuple[int, int, str, str | None]]:
    """Return the mistakes of ``text``, in English: offset, length, message, hint."""
    compiled = compile_formula(text, VOCABULARY, expect)
    assert not isinstance(compiled, Formula)
    return [(m.offset, m.length, m.message.said(Lang.EN), m.hint.said(Lang.EN) if m.hint else None) for m in compiled]
