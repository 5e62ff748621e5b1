"""What the pages call things: names from the policy, and its rules in plain words, in one language."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kpigen import text
from kpigen.exact import Mode, arithmetic, round_to
from kpigen.month import Month
from kpigen.site.periods import LENGTHS
from kpigen.site.spoken import Speaker
from kpigen.text import Lang, Text, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kpigen.site.documents import Figure
    from kpigen.site.rulebook import Action, Award, Ladder, Measure, Named, Policy, Tier, Transition
    from kpigen.text import Label

__all__ = ["Words", "brackets", "comma", "day_name", "gap", "money", "month_name", "percent", "share", "signed"]

_MONTHS = (
    say("January"),
    say("February"),
    say("March"),
    say("April"),
    say("May"),
    say("June"),
    say("July"),
    say("August"),
    say("September"),
    say("October"),
    say("November"),
    say("December"),
)
_KNOWN: Mapping[str, Text] = {
    "score": say("score"),
    "grade": say("grade"),
    "tier": say("tier"),
    "next_tier": say("tier from next month"),
    "rank": say("rank"),
    "assessed": say("assessed"),
    "not assessed": say("not assessed"),
    "upheld_complaints": say("upheld complaints"),
    "items_at_zero": say("items at 0 points"),
    "days_employed": say("days employed"),
    "days_in_month": say("days of the month"),
    "gross": say("gross pay"),
    "deductions": say("deductions"),
    "total": say("pay"),
    "demoted_before": say("demoted earlier in the period"),
    "service_months": say("months of service"),
    "service_years": say("years of service"),
    "anniversary": say("a year of service completed"),
    "employment": say("form of employment"),
    "role": say("role"),
    "and": say("and"),
    "or": say("or"),
    "not": say("not"),
    "if": say("if"),
    "else": say("otherwise"),
    "yes": say("yes"),
    "no": say("no"),
}
#: What a figure is called whose name has a part; the others are called by their whole name.
_PARTS: Mapping[str, Text] = {
    "when": say("condition of {name}"),
    "whole": say("{name}, for a whole month"),
    "now": say("{name}, this month"),
    "owed": say("{name}, from earlier months"),
    "due": say("{name}, due in all"),
    "limit": say("{name}, at most"),
    "among": say("{name}: who may win"),
    "by": say("{name}: by what is ranked"),
    "rank": say("{name}: rank"),
    "ahead": say("{name}: how many are ahead"),
    "pot": say("{name}: the amount to be shared"),
    "share": say("{name}: by what it is shared"),
    "all": say("{name}: what all have together"),
    "cents": say("{name}: cents left after rounding down"),
    "place": say("{name}: place for one of these cents"),
    "total": say("{name}, in the whole window"),
    "not-due": say("{name}: the period has not ended"),
    "zero": say("{name}: breach"),
}
_PAST = re.compile(r"(.+) ([0-9]{4}-[0-9]{2})")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_RECORD = re.compile(r"[CE]-[0-9]{4}-[0-9]{2}-[0-9]+")
_CENT = Decimal("0.01")
_ABOUT = {"input": "item", "award": "award"}
_UNITS: Mapping[str, Text] = {
    "CNY": say("CNY"),
    "points": say("points"),
    "calls": say("calls"),
    "cases": say("cases"),
    "characters": say("characters"),
    "complaints": say("complaints"),
    "contacts": say("contacts"),
    "conversations": say("conversations"),
    "days": say("days"),
    "entries": say("entries"),
    "h": say("h"),
    "hours": say("hours"),
    "matters": say("matters"),
    "min": say("min"),
    "minutes": say("minutes"),
    "months": say("months"),
    "orders": say("orders"),
    "pt": say("pt"),
    "repairs": say("repairs"),
    "replies": say("replies"),
    "requests": say("requests"),
    "s": say("s"),
    "shares": say("shares"),
    "shifts": say("shifts"),
    "times": say("times"),
}
#: A formula without a product or a quotient needs no rounding, and none is mentioned.
_CANNOT_SPLIT = re.compile(r"[^*/%]+")
_OPERATIONS: Mapping[str, Text] = {
    "prorated": say("by calendar days employed"),
    "sum": say("added up"),
    "deducted": say("as far as the limits allow"),
    "difference": say("what it is now, less what it was"),
    "remainder": say("what is left to deduct"),
    "zero-items": say("items at 0 points, counted"),
    "rank": say("one more than the number of those ahead"),
    "streak": say("months running, counted"),
    "times": say("how often it held, counted"),
    "mean": say("on average"),
    "least": say("the least of them"),
    "latest": say("in the last assessed month"),
    "applicable": say("whether there is a value"),
    "ratings": say("looked up by the word"),
    "share": say("as a share of the target"),
    "less": say("less so much for every occurrence"),
    "raters": say("by the raters' weights"),
    "line": say("read off the scale"),
    "bands": say("by band"),
    "grade": say("by band of scores"),
    "settle": say("by the rules of promotion and demotion"),
    "score": say("points ÷ points possible of the items that apply × {of}"),
    "weighted-score": say("points ÷ points possible × weight, over the weights of the items that apply, × {of}"),
    "rates": say("by the rates"),
    "pot-share": say("in proportion, rounded down, the cents left by the largest remainder"),
    "rung": say("by the step of the ladder that is reached"),
    "count": say("counted in the records"),
    "owed": say("still owed from earlier months"),
    "held": say("held since {since}"),
    "half-up": say("rounded half up to {to}"),
    "half-even": say("rounded half even to {to}"),
    "down": say("rounded towards 0 to {to}"),
    "floor": say("rounded down to {to}"),
    "ceiling": say("rounded up to {to}"),
}


def money(amount: str) -> str:
    """Write a decimal string with its thousands apart and a true minus sign: ``-1234.50`` is ``−1,234.50``."""
    return f"{Decimal(amount):,f}".replace("-", "−")


def share(weight: str) -> str:
    """Write a weight as people do: ``3/10`` is ``30%``; ``1/3``, which no percentage is exactly, stays."""
    above, _, below = weight.partition("/")
    exact = Fraction(int(above), int(below or 1)) * 100
    if exact.denominator == 1:
        return f"{exact.numerator}%"
    tenths = exact * 10
    return f"{Decimal(tenths.numerator) / 10}%" if tenths.denominator == 1 else weight


def percent(rate: str) -> str:
    """Write a rate as people do: ``0.015`` is ``1.5%``; the name of a parameter stays what it is."""
    try:
        return f"{(Decimal(rate) * 100).normalize():f}%"
    except ArithmeticError:
        return rate


def signed(amount: Decimal) -> str:
    """Write a difference with its sign, grouped."""
    return f"{amount:+,f}".replace("-", "−")


def brackets(lang: Lang) -> tuple[str, str]:
    """Return what opens and closes a remark behind a word: Chinese brackets bring their own space."""
    return ("（", "）") if lang is Lang.ZH else (" (", ")")


def gap(lang: Lang) -> str:
    """Return what stands between two sentences, or behind a colon: Chinese signs bring their own space."""
    return "" if lang is Lang.ZH else " "


def comma(lang: Lang) -> str:
    """Return what stands between the parts of a sentence: a Chinese list of words has another sign."""
    return "，" if lang is Lang.ZH else ", "


def month_name(month: str, lang: Lang) -> str:
    """Write ``2026-09`` as people say it."""
    parsed = Month.parse(month)
    if parsed is None:
        return month
    if lang is Lang.ZH:
        return f"{parsed.year}年{parsed.number}月"
    return f"{_MONTHS[parsed.number - 1].said(lang)} {parsed.year}"


def day_name(day: str, lang: Lang) -> str:
    """Write ``2026-09-03`` as people say it."""
    month, _, number = day.rpartition("-")
    if Month.parse(month) is None or not number.isdecimal():
        return day
    said = month_name(month, lang)
    return f"{said}{int(number)}日" if lang is Lang.ZH else f"{int(number)} {said}"


def _labels(things: Iterable[Named | Tier | Measure | Award | Action | Ladder], lang: Lang) -> dict[str, str]:
    return {thing.id: thing.name.said(lang) for thing in things if thing.name}


#: A policy has fewer expressions; the names of records are said as well, which may be any number.
_MOST_KEPT: Final = 4096


class Words:
    """The words of one policy version in one language. What has no name is called by its id.

    ``valued`` names each parameter in an expression with its value.
    """

    def __init__(self, policy: Policy, lang: Lang, *, valued: bool = False) -> None:
        self.lang = lang
        self.policy = policy
        lists = policy.complaints
        self._names: dict[str, dict[str, str]] = {
            "tier": _labels(policy.tiers, lang),
            "grade": _labels(policy.grades, lang),
            "pay": _labels(policy.pay, lang) | _labels(policy.awards, lang),
            "award": _labels(policy.awards, lang),
            "action": _labels(policy.actions, lang),
            "event": _labels(policy.events, lang),
            "item": _labels(policy.inputs, lang) | _labels(policy.items, lang),
            "result": _labels(policy.measures, lang) | _labels(policy.results, lang),
            "role": _labels(policy.roles, lang),
            "employment": _labels(policy.employment, lang),
            "eligible": _labels(policy.eligible, lang),
            "ladder": _labels(policy.ladders, lang),
            "category": _labels(lists.categories if lists else (), lang),
            "severity": _labels(lists.severities if lists else (), lang),
        }
        self._spoken = (
            self._names["event"]
            | self._names["tier"]
            | self._names["grade"]
            | {rule.id: self._move(rule) for rule in policy.transitions}
            | self._names["employment"]
            | self._names["role"]
            | self._names["eligible"]
            | self._names["result"]
            | {f"{each.id}_grade": self._graded(each) for each in policy.results if each.grades}
            | self._names["category"]
            | self._names["severity"]
            | self._names["award"]
            | self._names["ladder"]
            | {each.id: self._parameter(each, valued=valued) for each in policy.parameters}
            | self._names["item"]
            | {word: said.said(lang) for word, said in _KNOWN.items()}
        )
        self._choices: dict[str, dict[str, str]] = {
            **{f"{each.id}_grade": _labels(each.grades, lang) for each in policy.results if each.grades},
            **{given.id: {word: word for word in given.words} for given in policy.inputs if given.kind == "rating"},
            **{kind: self._names[kind] for kind in ("grade", "tier", "role", "employment")},
            "next_tier": self._names["tier"],
        }
        self._measured = {each.id: each.unit for each in (*policy.parameters, *policy.inputs)}
        self._measured |= {each.id: each.unit for each in (*policy.measures, *policy.results)}
        self._expressions: dict[str, str] = {}
        self._speaker = Speaker(
            lang=lang,
            monthly=policy.assess.get("every", "month") == "month",
            spoken=self._spoken,
            names={
                "event": self._names["event"],
                "award": self._names["award"],
                "complaint": self._names["category"] | self._names["severity"],
            },
            choices=self._choices,
        )

    def _parameter(self, parameter: Named, *, valued: bool) -> str:
        name = parameter.name.said(self.lang) if parameter.name else parameter.id
        if not valued:
            return name
        opening, closing = brackets(self.lang)
        return f"{name}{opening}{self.worth(parameter)}{closing}"

    def worth(self, parameter: Named) -> str:
        """Return a parameter's value with its unit."""
        unit = self.unit(parameter.unit or "")
        return f"{money(parameter.value or '0')}{'' if unit == '%' else ' '}{unit}".strip()

    def _move(self, rule: Transition) -> str:
        tiers = self._names["tier"]
        before = say(", ").said(self.lang).join(tiers.get(tier, tier) for tier in rule.from_)
        return f"{before} → {tiers.get(rule.to, rule.to)}"

    def _graded(self, result: Measure) -> str:
        return say("grade of {name}", name=result.name).said(self.lang)

    def name(self, kind: str, id_: str | None) -> str:
        """Return the name of a tier, a grade, a pay line, an award, an action, an event kind …; of none, a dash.

        A line that corrects a closed month, ``bonus@2026-09``, says so.
        """
        if id_ is None:
            return "–"
        rule, _, month = id_.partition("@")
        called = self._names[kind].get(rule, rule)
        return (
            say("{name}, correction of {month}", name=called, month=self.month(month)).said(self.lang)
            if month
            else called
        )

    def record(self, record: str) -> str:
        """Return what a complaint or an event is called by its number."""
        said = say("complaint {id}", id=record) if record.startswith("C") else say("event {id}", id=record)
        return said.said(self.lang)

    def entered(self, name: str, value: str) -> str:
        """Return what a record states for an input, with its unit; a word by what it is called."""
        if value == "n/a":
            return self.value(None)
        return self.word(name, value) if name in self._choices else self.measured(value, self._measured.get(name))

    def complaint(self, word: str) -> str:
        """Return the name of a category or a severity of complaints; “any” is no word of the policy's."""
        known = self._names["category"] | self._names["severity"]
        return known.get(word) or (say("of any kind").said(self.lang) if word == "any" else word)

    def row(self, of: str, at: str, value: str) -> str:
        """Say a row of a table: at which bound or word of what, which value."""
        word = self.word(of, at) if of in self._choices else self.expression(at)
        return f"{word} → {self.value(value)}"

    def rounding(self, to: str, mode: str) -> Text:
        """Return how something is rounded."""
        return Text(_OPERATIONS[mode].template, (("to", to),))

    def label(self, label: Label) -> str:
        """Return a name of the records in this language."""
        return label.said(self.lang)

    def month(self, month: str) -> str:
        """Return a month as people say it."""
        return month_name(month, self.lang)

    def period(self, month: str) -> tuple[str, str] | None:
        """Return the first and the last month that an assessment in ``month`` covers; None: the month alone."""
        parsed, months = Month.parse(month), LENGTHS.get(str(self.policy.assess.get("every")), 1)
        return (str(parsed.plus(1 - months)), month) if parsed and months > 1 else None

    def weight(self, item: str) -> str | None:
        """Return what an item weighs in the score; None where points are added up."""
        listed = (*self.policy.items, *self.policy.inputs)
        return next((share(each.weight) for each in listed if each.id == item and each.weight), None)

    def unit(self, unit: str) -> str:
        """Return a unit as people say it, each part of ``calls/h`` by itself; one of another trade as it is."""
        return "/".join(_UNITS[part].said(self.lang) if part in _UNITS else part for part in unit.split("/"))

    def happened(self, kind: str, amount: str) -> str:
        """Return the amount of an event with its unit."""
        unit = next((event.unit for event in self.policy.events if event.id == kind), None)
        return self.measured(amount, unit)

    def measured(self, value: str | None, unit: str | None) -> str:
        """Return a number with its unit; points and money are plain numbers, and words have no unit."""
        said = self.value(value)
        if not unit or unit in {"points", self.policy.currency} or not _NUMBER.fullmatch(value or ""):
            return said
        if unit == "%":
            return f"{said}%"
        one = value == "1" and self.lang is Lang.EN  # whose units are written in the plural
        return said if one else f"{said} {self.unit(unit)}"

    def expression(self, expression: str) -> str:
        """Say an expression of the policy in words: names for ids, words for operators."""
        if expression not in self._expressions:
            if len(self._expressions) >= _MOST_KEPT:
                self._expressions.clear()
            self._expressions[expression] = self._speaker.say(expression)
        return self._expressions[expression]

    def word(self, choice: str, word: str) -> str:
        """Return what a word of a grade, a tier, a role or a rating is called; one without a name, as it is."""
        return self._speaker.word(choice, word) if choice in self._choices else self.value(word)

    def operation(self, operation: Mapping[str, object] | None) -> str:
        """Say how a figure was made; an operation that is not known says nothing."""
        if operation is None:
            return ""
        kind, inner = str(operation.get("kind")), operation.get("inner")
        before = self.operation(inner) if isinstance(inner, dict) else ""
        if kind == "formula":
            return self.expression(str(operation.get("text", "")))
        if kind in {"where", "zero-when"}:
            return before
        if kind in {"prize", "shared-prize"}:
            return self._prize(operation, before)
        if kind == "rounded":
            exact = isinstance(inner, dict) and _CANNOT_SPLIT.fullmatch(str(inner.get("text", "*")))
            rounded = "" if exact else self._filled(_OPERATIONS.get(str(operation.get("mode"))), operation)
            return say(", then ").said(self.lang).join(filter(None, (before, rounded)))
        return self._filled(_OPERATIONS.get(kind), operation)

    def _prize(self, operation: Mapping[str, object], amount: str) -> str:
        first = str(operation.get("place", operation.get("first", "")))
        last = str(operation.get("last", first))
        if first == last:
            said = say("{amount} for rank {place}", amount=amount, place=first)
        else:
            said = say("{amount} for ranks {first} to {last}", amount=amount, first=first, last=last)
        if tied := operation.get("tied"):
            said = say("{prize}, shared among {tied} of equal rank", prize=said, tied=str(tied))
        return said.said(self.lang)

    def made(self, figure: Figure, of: Sequence[Figure]) -> str:
        """Say how a figure was made of these; of an item that a breach brought to 0, which breach it was."""
        breach = self.breach(figure, of)
        if breach is not None:
            return say("0 for a breach: {breach}", breach=self.operation(breach.op)).said(self.lang)
        return self.operation(figure.op)

    def breach(self, figure: Figure, of: Sequence[Figure]) -> Figure | None:
        """Return the condition for which an item has 0 points, whatever else it was."""
        automatic = figure.op is not None and figure.op.get("kind") == "zero-when" and bool(of)
        return of[0] if automatic and of[0].value in {"yes", True} else None

    def clause(self, figure: Figure) -> str | None:
        """Return the clause of a figure: of a grade that was reached, the one that states its bound."""
        result = next((each for each in self.policy.results if f"{each.id}_grade" == figure.name), None)
        grades = self.policy.grades if figure.name == "grade" else result.grades if result else ()
        return next((grade.clause for grade in grades if grade.id == figure.value), figure.clause)

    def where(self, condition: Mapping[str, object] | None, amount: str) -> str:
        """Say an amount together with the condition that it was subject to."""
        return say("when {condition}: {amount}", condition=self.operation(condition), amount=amount).said(self.lang)

    def _filled(self, words: Text | None, operation: Mapping[str, object]) -> str:
        if words is None:
            return ""
        named = {"of": str(operation.get("of", "")), "to": str(operation.get("to", ""))}
        named["since"] = self.month(str(operation.get("since", "")))
        return Text(words.template, tuple(named.items())).said(self.lang)

    def figure(self, figure: Figure) -> str:
        """Return what a figure is called."""
        if past := _PAST.fullmatch(figure.name):
            name, month = self.expression(past[1]), self.month(past[2])
            return say("{name} ({month})", name=name, month=month).said(self.lang)
        name, *parts = figure.name.split(":")
        if Month.parse(name):
            return self.month(name)
        called = self._spoken.get(name) or self._names["pay"].get(name) or self._names["action"].get(name)
        if parts and parts[-1].isdecimal() and figure.op:  # one of several that are read
            return self.operation(figure.op)
        if parts and parts[-1] in _PARTS:
            part = _PARTS[parts[-1]]
            called = self._names["pay"].get(name) or called or name
            return Text(part.template, (("name", called),)).said(self.lang)
        return called or self.expression(figure.name)

    def shown(self, figure: Figure) -> str:
        """Return a figure's value as people say it; a limit to the cent, rounded down, as it is applied.

        A record that was counted has none.
        """
        if figure.hidden:
            return say("not published").said(self.lang)
        if figure.value == "yes" and _RECORD.fullmatch(figure.name):
            return ""
        if figure.name.endswith(":limit") and isinstance(figure.value, str):
            with arithmetic():
                return money(f"{round_to(Decimal(figure.value), _CENT, Mode.FLOOR):f}")
        past = _PAST.fullmatch(figure.name)
        name = past[1] if past else figure.name
        if isinstance(figure.value, str) and name in self._choices:
            return text.visible(self.word(name, figure.value))
        if isinstance(figure.value, bool):
            return self.value(figure.value)
        return self.measured(figure.value, self._measured.get(name))

    def move(self, transition: str) -> str:
        """Return from where to where a transition leads."""
        return next((self._move(rule) for rule in self.policy.transitions if rule.id == transition), transition)

    def about(self, about: Mapping[str, str]) -> str:
        """Return what an appeal is about."""
        for key, called in about.items():
            if key in {"complaint", "event"}:
                return self.record(called)
            if key in {"input", "award", "transition"}:
                name = self.move(called) if key == "transition" else self.name(_ABOUT[key], called)
                month = self.month(about.get("month", ""))
                return say("{month}: {name}", month=month, name=name).said(self.lang)
        return ""

    def value(self, value: str | bool | None) -> str:  # noqa: FBT001 - a value, not a switch
        """Return a figure's value as people say it."""
        if value is None:
            return say("not applicable").said(self.lang)
        if isinstance(value, bool):
            return _KNOWN["yes" if value else "no"].said(self.lang)
        if _NUMBER.fullmatch(value):
            return money(value)
        return text.visible(self._spoken.get(value, value))
