"""A second reader of the published figures: computes every value again from the document alone.

Only the text of expressions is read by kpigen; all the rest is done here, in fractions.
"""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

from kpigen.exact import arithmetic
from kpigen.expression import FLAG, Choice, Formula, Kind, Number, Signature, Vocabulary, Words, compile_formula

Known = Fraction | bool | str | None


def read(value: str | None) -> Known:
    """What a value of the table means."""
    if value is None or value in {"yes", "no"}:
        return None if value is None else value == "yes"
    try:
        return Fraction(value)
    except ValueError:
        return value


def vocabulary(policy: dict[str, Any]) -> Vocabulary:
    """The names of a policy's document; units are left out, they were checked when it was compiled."""
    names: dict[str, Kind] = {"gross": Number(), "score": Number(), "assessed": FLAG}
    for section in ("parameters", "measures", "items"):
        names |= {each["id"]: Number() for each in policy[section]}
    names |= {each["id"]: FLAG if each["kind"] == "flag" else Number() for each in policy["inputs"]}
    names |= dict.fromkeys(("upheld_complaints", "items_at_zero", "days_employed", "days_in_month"), Number())
    names["tier"] = Choice("tier", tuple(tier["id"] for tier in policy["tiers"]))
    names["grade"] = Choice("grade", tuple(grade["id"] for grade in policy["grades"]))
    kinds = Words(tuple(event["id"] for event in policy["events"]))
    references = {"streak": Signature(("condition",), Number()), "events": Signature((kinds,), Number())}
    return Vocabulary(names, references | {"amount": Signature((kinds,), Number())})


def rounded(value: Fraction, step: str, mode: str) -> Fraction:
    steps = value / Fraction(step)
    whole = {
        "half-up": lambda: (math.floor(abs(steps) + Fraction(1, 2))) * (1 if steps >= 0 else -1),
        "half-even": lambda: round(steps),
        "down": lambda: int(steps),
        "floor": lambda: math.floor(steps),
        "ceiling": lambda: math.ceil(steps),
    }[mode]()
    return whole * Fraction(step)


class Replayer:
    """Computes the figures of one agent's table."""

    def __init__(self, policy: dict[str, Any], figures: list[dict[str, Any]]) -> None:
        self.vocabulary = vocabulary(policy)
        self.figures = figures
        self.values: list[Known] = []
        for row in figures:
            inputs = [self.values[index] for index in row["of"]]
            self.values.append(read(row["value"]) if row["op"] is None else self.apply(row["op"], inputs))

    def apply(self, op: dict[str, Any], values: list[Any]) -> Known:
        return getattr(self, op["kind"].replace("-", "_"))(op, values)  # type: ignore[no-any-return]

    def formula(self, op: dict[str, Any], values: list[Any]) -> Known:
        formula = compile_formula(op["text"], self.vocabulary)
        assert isinstance(formula, Formula), op["text"]
        exact = [Decimal(v.numerator) / v.denominator if isinstance(v, Fraction) else v for v in values]
        with arithmetic():
            found = formula.apply(*exact)
        return Fraction(found) if isinstance(found, Decimal) else found

    def rounded(self, op: dict[str, Any], values: list[Any]) -> Known:
        inner = self.apply(op["inner"], values)
        return rounded(inner, op["to"], op["mode"]) if isinstance(inner, Fraction) else inner

    def line(self, op: dict[str, Any], values: list[Any]) -> Known:
        (at,) = values
        if at is None:
            return None
        points = [(Fraction(x), Fraction(y)) for x, y in op["points"]]
        below = [point for point in points if point[0] <= at]
        above = [point for point in points if point[0] > at]
        if not below or not above:
            return (below[-1] if below else above[0])[1]
        (x0, y0), (x1, y1) = below[-1], above[0]
        height: Fraction = y0 + (at - x0) / (x1 - x0) * (y1 - y0)
        return height

    def bands(self, op: dict[str, Any], values: list[Any]) -> Known:
        if values[0] is None:
            return None
        return next(
            (Fraction(points) for bound, points in reversed(op["rows"]) if values[0] >= Fraction(bound)), Fraction(0)
        )

    def score(self, op: dict[str, Any], values: list[Any]) -> Known:
        applicable = [
            (value, Fraction(most)) for value, most in zip(values, op["most"], strict=True) if value is not None
        ]
        share: Fraction = (
            sum(value for value, _ in applicable) / sum(most for _, most in applicable) * Fraction(op["of"])
        )
        return share

    def grade(self, op: dict[str, Any], values: list[Any]) -> Known:
        reached: list[str] = [name for bound, name in op["bounds"] if values[0] >= Fraction(bound)]
        return reached[-1]

    def zero_items(self, _: dict[str, Any], values: list[Any]) -> Known:
        return Fraction(values.count(Fraction(0)))

    def count(self, _: dict[str, Any], values: list[Any]) -> Known:
        return Fraction(len(values))

    def sum(self, _: dict[str, Any], values: list[Any]) -> Known:
        return sum(values, Fraction(0))

    def streak(self, _: dict[str, Any], values: list[Any]) -> Known:
        return Fraction(values.index(False) if False in values else len(values))

    def held(self, op: dict[str, Any], _: list[Any]) -> Known:
        return str(op["tier"])

    def demoted(self, op: dict[str, Any], _: list[Any]) -> Known:
        return bool(op["months"])

    def owed(self, op: dict[str, Any], _: list[Any]) -> Known:
        return Fraction(op["amount"])

    def settle(self, op: dict[str, Any], values: list[Any]) -> Known:
        tier, barred, *fired = values
        rank = op["order"].index
        targets = [to for (_, to), held in zip(op["targets"], fired, strict=True) if held and to != tier]
        targets = [to for to in targets if not (barred and rank(to) > rank(tier))]
        return str(min(targets, key=rank, default=tier))

    def prorated(self, _: dict[str, Any], values: list[Any]) -> Known:
        amount, days, of = values
        return rounded(amount * days / of, "0.01", "half-up")

    def deducted(self, _: dict[str, Any], values: list[Any]) -> Known:
        due, *limits = values
        taken: Fraction = max(Fraction(0), min([due, *(rounded(limit, "0.01", "floor") for limit in limits)]))
        return -taken

    def where(self, op: dict[str, Any], values: list[Any]) -> Known:
        return self.apply(op["inner"], values[1:]) if values[0] else Fraction(0)

    def prize(self, op: dict[str, Any], values: list[Any]) -> Known:
        admitted, rank, *rest = values
        return self.apply(op["inner"], rest) if admitted and rank == op["place"] else Fraction(0)

    def rank(self, _: dict[str, Any], values: list[Any]) -> Known:
        return Fraction(values[-1] + 1)
