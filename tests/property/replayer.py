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


WINDOWS = Words(("quarter", "half-year", "year", "three-months", "six-months", "twelve-months"))
FACTS = (
    "gross",
    "score",
    "rank",
    "upheld_complaints",
    "items_at_zero",
    "days_employed",
    "days_in_month",
    "service_months",
    "service_years",
)


def vocabulary(policy: dict[str, Any]) -> Vocabulary:
    """The names of a policy's document; units are left out, they were checked when it was compiled."""
    names: dict[str, Kind] = {"assessed": FLAG, "anniversary": FLAG}
    names |= dict.fromkeys(FACTS, Number())
    for section in ("parameters", "measures", "items", "results"):
        names |= {each["id"]: Number() for each in policy[section]}
    for each in policy["inputs"]:
        kinds: dict[str, Kind] = {"flag": FLAG, "rating": Choice("rating", tuple(each["words"] or ()))}
        names[each["id"]] = kinds.get(each["kind"], Number())
    for name, section in (("tier", "tiers"), ("grade", "grades"), ("role", "roles"), ("employment", "employment")):
        names[name] = Choice(name, tuple(each["id"] for each in policy[section]))
    for each in policy["results"]:
        names[f"{each['id']}_grade"] = Choice("grade", tuple(grade["id"] for grade in each["grades"]))
    stated = policy["complaints"] or {"categories": [], "severities": []}
    happened = Words(tuple(event["id"] for event in policy["events"]))
    complained = Words(tuple(each["id"] for section in ("categories", "severities") for each in stated[section]))
    number = Number()
    return Vocabulary(
        names,
        {
            "streak": Signature(("condition",), number),
            "count": Signature(("condition", WINDOWS), number),
            "total": Signature(("number", WINDOWS), None),
            "mean": Signature(("number", WINDOWS), None),
            "lowest": Signature(("number", WINDOWS), None),
            "previous": Signature(("number",), None),
            "applicable": Signature(("any",), FLAG),
            "team_mean": Signature(("number",), None),
            "team_total": Signature(("number",), None),
            "events": Signature((happened,), number),
            "amount": Signature((happened,), number),
            "complaints": Signature((complained,), number),
            "won": Signature((Words(tuple(award["id"] for award in policy["awards"])),), number),
        },
    )


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

    def __init__(
        self, policy: dict[str, Any], figures: list[dict[str, Any]], formulas: dict[str, Formula] | None = None
    ) -> None:
        self.vocabulary = vocabulary(policy)
        self.formulas = {} if formulas is None else formulas
        self.figures = figures
        self.values: list[Known] = []
        for row in figures:
            inputs = [self.values[index] for index in row["of"]]
            self.values.append(read(row["value"]) if row["op"] is None else self.apply(row["op"], inputs))

    def apply(self, op: dict[str, Any], values: list[Any]) -> Known:
        return getattr(self, op["kind"].replace("-", "_"))(op, values)  # type: ignore[no-any-return]

    def formula(self, op: dict[str, Any], values: list[Any]) -> Known:
        formula = self.formulas.get(op["text"]) or compile_formula(op["text"], self.vocabulary)
        assert isinstance(formula, Formula), op["text"]
        self.formulas[op["text"]] = formula
        with arithmetic():
            exact = [Decimal(v.numerator) / v.denominator if isinstance(v, Fraction) else v for v in values]
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
        if not applicable:
            return None
        share: Fraction = (
            sum(value for value, _ in applicable) / sum(most for _, most in applicable) * Fraction(op["of"])
        )
        return share

    def grade(self, op: dict[str, Any], values: list[Any]) -> Known:
        if values[0] is None:
            return None
        reached: list[str] = [name for bound, name in op["bounds"] if values[0] >= Fraction(bound)]
        return reached[-1]

    def zero_items(self, _: dict[str, Any], values: list[Any]) -> Known:
        return Fraction(values.count(Fraction(0)))

    def count(self, _: dict[str, Any], values: list[Any]) -> Known:
        return Fraction(len(values))

    def sum(self, _: dict[str, Any], values: list[Any]) -> Known:
        return sum((value for value in values if value is not None), Fraction(0))

    def times(self, _: dict[str, Any], values: list[Any]) -> Known:
        return Fraction([*values].count(True))

    def least(self, _: dict[str, Any], values: list[Any]) -> Known:
        """The smallest of what is there."""
        there: list[Fraction] = sorted(value for value in values if value is not None)
        return there[0] if there else None

    def mean(self, _: dict[str, Any], values: list[Any]) -> Known:
        there = [value for value in values if value is not None]
        return sum(there, Fraction(0)) / len(there) if there else None

    def latest(self, _: dict[str, Any], values: list[Any]) -> Known:
        known: list[Known] = [*values, None]
        return known[0]

    def applicable(self, _: dict[str, Any], values: list[Any]) -> Known:
        return values[0] is not None

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

    def difference(self, _: dict[str, Any], values: list[Any]) -> Known:
        after, before = values
        difference: Fraction = after - before
        return difference

    def where(self, op: dict[str, Any], values: list[Any]) -> Known:
        return self.apply(op["inner"], values[1:]) if values[0] else Fraction(0)

    def prize(self, op: dict[str, Any], values: list[Any]) -> Known:
        admitted, rank, *rest = values
        first, last = op.get("first", op.get("place")), op.get("last", op.get("place"))
        return self.apply(op["inner"], rest) if admitted and first <= rank <= last else Fraction(0)

    def shared_prize(self, op: dict[str, Any], values: list[Any]) -> Known:
        full, rank = self.prize(op, values), values[1]
        last = op["last"] if "last" in op else op["place"]
        prizes = len([place for place in range(int(rank), int(rank) + op["tied"]) if place <= last])
        assert isinstance(full, Fraction)
        return rounded(full * prizes / op["tied"], "0.01", "floor")

    def pot_share(self, _: dict[str, Any], values: list[Any]) -> Known:
        pot, mine, everybody, cents, place = values
        part = rounded(rounded(pot, "0.01", "half-up") * mine / everybody, "0.01", "floor")
        return part + Fraction(1, 100) if place <= cents else part

    def rung(self, op: dict[str, Any], values: list[Any]) -> Known:
        now, total = values
        below = op["below"] is None or total < Fraction(op["below"])
        return bool(now > 0 and total >= Fraction(op["least"]) and below)

    def rates(self, op: dict[str, Any], values: list[Any]) -> Known:
        (amount,) = values
        if amount is None:
            return None
        rows = [(Fraction(bound), Fraction(rate)) for bound, rate in op["rows"]]
        if not op["marginal"]:
            reached = [rate for bound, rate in rows if bound <= amount]
            return amount * reached[-1] if reached else Fraction(0)
        total = Fraction(0)
        for index, (bound, rate) in enumerate(rows):
            upper = rows[index + 1][0] if index + 1 < len(rows) else amount
            total += rate * max(Fraction(0), min(amount, upper) - bound)
        return total

    def ratings(self, op: dict[str, Any], values: list[Any]) -> Known:
        return None if values[0] is None else Fraction(dict(op["points"])[values[0]])

    def weighted_score(self, op: dict[str, Any], values: list[Any]) -> Known:
        rows = zip(values, map(Fraction, op["most"]), map(Fraction, op["weights"]), strict=True)
        there = [(value / most * weight, weight) for value, most, weight in rows if value is not None]
        if not there:
            return None
        whole: Fraction = sum(share for share, _ in there) / sum(weight for _, weight in there) * Fraction(op["of"])
        return whole

    def zero_when(self, op: dict[str, Any], values: list[Any]) -> Known:
        return Fraction(0) if values[0] is True else self.apply(op["inner"], values[1:])

    def less(self, op: dict[str, Any], values: list[Any]) -> Known:
        taken = sum((each * Fraction(per) for each, per in zip(values, op["each"], strict=True) if each), Fraction(0))
        return max(Fraction(op["floor"]), Fraction(op["full"]) - taken)

    def share(self, op: dict[str, Any], values: list[Any]) -> Known:
        reached, target = values
        if reached is None or target is None or target <= 0:
            return None
        points: Fraction = min(max(Fraction(0), Fraction(op["full"]) * reached / target), Fraction(op["most"]))
        return points

    def raters(self, op: dict[str, Any], values: list[Any]) -> Known:
        there = [(value, Fraction(w)) for value, w in zip(values, op["weights"], strict=True) if value is not None]
        if not there or (len(there) < len(values) and not op["reweigh"]):
            return None
        mean: Fraction = sum(value * weight for value, weight in there) / sum(weight for _, weight in there)
        return mean

    def rank(self, _: dict[str, Any], values: list[Any]) -> Known:
        return Fraction(values[-1] + 1)
