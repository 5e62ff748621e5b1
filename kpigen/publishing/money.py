"""Money: what of a policy version is an amount of money, or serves nothing but pay.

Told by the policy's currency and by its pay rules, never by what something is called. What is not known to be
something else counts as money.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import msgspec

from kpigen.expression import RESERVED
from kpigen.policy.compiling.vocabulary import COUNTED
from kpigen.policy.period import WINDOWS
from kpigen.policy.references import REFERENCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Money", "money_of"]

_WORD: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_AMOUNT: Final = re.compile(r"\bamount\(\s*([A-Za-z0-9_.-]+)")

#: What the language itself names, money aside: ``gross`` is left out on purpose.
_OWN: Final = frozenset(
    (
        *("score", "grade", "rank", "ahead", "tier", "next_tier", "role", "employment", "assessed", "items_at_zero"),
        *("upheld_complaints", "days_employed", "days_in_month", "service_months", "service_years", "anniversary"),
        *("month", "now", "won"),
        *WINDOWS,
        *RESERVED,
        *REFERENCES,
        *COUNTED,
    )
)

#: Keys of a rule whose words are not read as names of anything.
_NO_EXPRESSIONS: Final = frozenset(
    (
        *("id", "name", "clause", "unit", "round", "grades", "roles", "way", "conversion", "every", "ties", "from"),
        *("to", "excess", "prorate", "action", "settled_by"),
    )
)

_Rules = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Money:
    """What is not shown where no pay is published.

    Attributes:
        words: all words of which the name of a figure may consist that is no money.
        prizes: the ids of pay lines and awards, which are amounts where they stand alone.
        inputs: the inputs that are money, or of which nothing but pay is made.
        results: the results that are.
        events: the kinds of event whose amount is money.
    """

    words: frozenset[str]
    prizes: frozenset[str]
    inputs: frozenset[str]
    results: frozenset[str]
    events: frozenset[str]

    def shows(self, label: str) -> bool:
        """Tell whether a number of this name, a name or an expression, may be shown."""
        if label in self.prizes or not self.events.isdisjoint(_AMOUNT.findall(label)):
            return False
        found = _WORD.findall(label)
        return bool(found) and self.words.issuperset(found)

    def hides(self, value: str | None) -> bool:
        """Tell whether a value could be money: a number, or a text that is no word of the policy."""
        return value is not None and value not in {"yes", "no", "n/a"} and value not in self.words


def is_number(value: str | None) -> bool:
    """Tell whether a value of a document is a number."""
    return value is not None and _NUMBER.fullmatch(value) is not None


def money_of(policy: bytes) -> Money:
    """Return what is money in a policy version.

    Args:
        policy: its document.
    """
    rules: _Rules = msgspec.json.decode(policy)
    currency = rules["currency"]
    declared = {each["id"]: each for key in ("measures", "results") for each in rules[key]}
    amounts = {name for name, each in declared.items() if _monetary(each["unit"], currency)}
    of_pay = _reached(
        (*rules["pay"], *({"amount": each["amount"], "of": each["of"]} for each in rules["awards"])),
        declared,
        also=amounts,
    )
    # A result without a unit can be a coefficient of pay; one with a unit of its own is a result like any other.
    plain = [
        each for each in rules["results"] if each["id"] not in amounts and (each["unit"] or each["id"] not in of_pay)
    ]
    open_rules = (
        *plain,
        *(each for key in ("items", "eligible", "transitions", "actions", "ladders") for each in rules[key]),
        *({key: value for key, value in each.items() if key not in {"amount", "of"}} for each in rules["awards"]),
    )
    of_rest = _reached(open_rules, {name: each for name, each in declared.items() if name not in amounts})
    only_pay = of_pay - of_rest
    inputs = {
        each["id"]
        for each in rules["inputs"]
        if _monetary(each["unit"], currency) or (each["kind"] != "points" and each["id"] in only_pay)
    }
    hidden = inputs | amounts | {name for name in declared if name in only_pay}
    events = frozenset(each["id"] for each in rules["events"] if _monetary(each["unit"], currency))
    known = _known(rules, declared) - hidden
    prizes = {each["id"] for key in ("pay", "awards") for each in rules[key]}
    without = Money(_OWN | known, frozenset(prizes - known), frozenset(inputs), frozenset(), events)
    ladders = {each["id"] for each in rules["ladders"] if without.shows(str(each["counts"]))}
    return Money(
        words=without.words | ladders | {each["id"] for each in rules["awards"]},
        prizes=without.prizes,
        inputs=without.inputs,
        results=frozenset(each["id"] for each in rules["results"] if each["id"] in hidden),
        events=events,
    )


def _monetary(unit: str | None, currency: str) -> bool:
    """Tell whether a unit is the currency, or so many of it for something: ``CNY``, ``CNY/call``."""
    return unit is not None and currency in _WORD.findall(unit.replace("-", " "))


def _reached(rules: Iterable[_Rules], declared: Mapping[str, _Rules], also: Iterable[str] = ()) -> set[str]:
    """Return all words that rules read, and the measures and results that they read in turn."""
    found: set[str] = set(also)
    waiting = [*rules, *(declared[name] for name in also)]
    while waiting:
        for word in _words(waiting.pop()) - found:
            found.add(word)
            if word in declared:
                waiting.append(declared[word])
    return found


def _words(rule: object) -> set[str]:
    """Return every word that stands in a rule."""
    if isinstance(rule, str):
        return set(_WORD.findall(rule))
    if isinstance(rule, dict):
        return {word for key, value in rule.items() if key not in _NO_EXPRESSIONS for word in _words(value)}
    return {word for value in rule for word in _words(value)} if isinstance(rule, list) else set()


def _known(rules: _Rules, declared: Mapping[str, _Rules]) -> set[str]:
    """Return what a policy declares that can stand in the name of a figure."""
    listed = ("parameters", "inputs", "events", "items", "employment", "roles", "grades", "tiers")
    found = {each["id"] for key in listed for each in rules[key]} | set(declared)
    found |= {word for each in rules["inputs"] for word in each["words"]}
    found |= {each["id"] for key in ("categories", "severities") for each in rules["complaints"][key]}
    for name, each in declared.items():
        found |= {f"{name}_grade", *(grade["id"] for grade in each["grades"])}
    return found
