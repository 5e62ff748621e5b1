"""Workings: an operation in the numbers of one agent's month, so that anybody can reckon it up: ``1,100 × 16 ÷ 30``."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from kpigen.exact import ZERO, arithmetic
from kpigen.site.wording import money, percent, share

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kpigen.site.documents import Figure

__all__ = ["worked"]

_Op = dict[str, Any]
_Values = list[Decimal | None]


def worked(figure: Figure, of: Sequence[Figure]) -> str:
    """Return how a figure was reckoned from the figures that it was made ``of``; nothing where there is nothing to add.

    What is not applicable is left out, as it was in the reckoning. What is not published leaves nothing to be said.
    """
    if any(one.hidden for one in of):
        return ""
    op: _Op = dict(figure.op or {})
    given = list(of)
    if figure.value is None or (op.get("kind") == "zero-when" and given and given[0].value == "yes"):
        return ""
    while isinstance(op.get("inner"), dict):
        if op.get("kind") in {"zero-when", "where"}:
            given = given[1:]
        op = op["inner"]
    work = _WORKED.get(str(op.get("kind")))
    with arithmetic():
        return work(op, [_number(one) for one in given]) if work else ""


def _number(figure: Figure) -> Decimal | None:
    try:
        return Decimal(str(figure.value))
    except ArithmeticError:
        return None


def _sum(_: _Op, values: _Values) -> str:
    added = [_said(value) for value in values if value]
    return " + ".join(added) if len(added) > 1 else ""


def _mean(_: _Op, values: _Values) -> str:
    given = [_said(value) for value in values if value is not None]
    return f"({' + '.join(given)}) ÷ {len(given)}" if len(given) > 1 else ""


def _score(op: _Op, values: _Values) -> str:
    applied = [(value, Decimal(most)) for value, most in zip(values, op["most"], strict=False) if value is not None]
    parts = " + ".join(_said(value) for value, _ in applied)
    return f"({parts}) ÷ {_said(sum((most for _, most in applied), ZERO))} × {op['of']}"


def _weighted(op: _Op, values: _Values) -> str:
    rows = zip(values, op["most"], op["weights"], strict=False)
    applied = [(value, most, Fraction(weight)) for value, most, weight in rows if value is not None]
    parts = " + ".join(f"{_said(value)} ÷ {most} × {share(str(weight))}" for value, most, weight in applied)
    return f"({parts}) ÷ {share(str(sum((weight for _, _, weight in applied), Fraction(0))))} × {op['of']}"


def _rates(op: _Op, values: _Values) -> str:
    rows = [(Decimal(bound), str(rate)) for bound, rate in op["rows"]]
    (amount,) = values
    reached = [row for row in rows if amount is not None and amount >= row[0]]
    if amount is None or not reached:
        return ""
    if not op.get("marginal"):
        return f"{_said(amount)} × {percent(reached[-1][1])}"
    uppers = [*(bound for bound, _ in reached[1:]), amount]
    parts = [(upper - bound, rate) for (bound, rate), upper in zip(reached, uppers, strict=True)]
    return " + ".join(f"{_said(part)} × {percent(rate)}" for part, rate in parts if part)


def _bands(op: _Op, values: _Values) -> str:
    bounds = [Decimal(bound) for bound, _ in op["rows"]]
    (at,) = values
    if at is None:
        return ""
    reached = [bound for bound in bounds if at >= bound]
    return f"{_said(at)} ≥ {_said(reached[-1])}" if reached else f"{_said(at)} < {_said(bounds[0])}"


def _line(op: _Op, values: _Values) -> str:
    points = [(Decimal(at), height) for at, height in op["points"]]
    (at,) = values
    between = (
        f"{_said(low)} → {left}; {_said(high)} → {right}"
        for (low, left), (high, right) in pairwise(points)
        if at is not None and low <= at <= high
    )
    return next(between, "")


def _less(op: _Op, values: _Values) -> str:
    taken = "".join(f" − {_said(value)} × {each}" for value, each in zip(values, op["each"], strict=False) if value)
    return f"{op['full']}{taken}" if taken else ""


def _share(op: _Op, values: _Values) -> str:
    reached, target = values
    return "" if reached is None or target is None else f"{op['full']} × {_said(reached)} ÷ {_said(target)}"


def _raters(op: _Op, values: _Values) -> str:
    given = [(value, weight) for value, weight in zip(values, op["weights"], strict=False) if value is not None]
    parts = " + ".join(f"{_said(value)} × {weight}" for value, weight in given)
    return f"({parts}) ÷ {_said(sum((Decimal(weight) for _, weight in given), ZERO))}"


def _part(_: _Op, values: _Values) -> str:
    first, second, third, *_rest = values
    if first is None or second is None or third is None:
        return ""
    return f"{_said(first)} × {_said(second)} ÷ {_said(third)}"


def _difference(_: _Op, values: _Values) -> str:
    after, before = (value or ZERO for value in values)
    return f"{_said(after)} − {_said(before)}"


def _said(number: Decimal) -> str:
    return money(f"{number:f}")


_WORKED: Final[Mapping[str, Callable[[_Op, _Values], str]]] = {
    "sum": _sum,
    "mean": _mean,
    "score": _score,
    "weighted-score": _weighted,
    "rates": _rates,
    "bands": _bands,
    "line": _line,
    "less": _less,
    "share": _share,
    "raters": _raters,
    "pot-share": _part,
    "prorated": _part,
    "difference": _difference,
}
