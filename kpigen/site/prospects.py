"""Prospects: what an agent's tier still needs for the next one, and what would lose it, as the month's figures tell.

A condition is taken apart where it is made of comparisons with numbers, joined by “and”: of each of these it is told
how far it is. Any other condition is told in words, with the figures that it looks at.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kpigen.site.conditions import parts
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kpigen.site.conditions import Condition
    from kpigen.site.documents import AgentMonth, Figure
    from kpigen.site.rulebook import Transition
    from kpigen.site.wording import Words

__all__ = ["Part", "Prospect", "nearest", "prospects"]

#: How many ways to lose a tier the first screen names; the section about the tier has all of them.
MOST_LOSSES: Final = 3
#: References that count months, or assessments.
_RUNNING: Final = ("streak(", "count(")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a condition: what it is about, how much that is now, and how far it is from what is asked.

    Attributes:
        about: the expression that is compared; the condition itself where it cannot be taken apart.
        said: the part in words.
        name: what that is called.
        now: what it is about now, in words; None where the month does not tell.
        distance: how much is missing until it holds, in words; None where that cannot be said or where it holds.
        bound: what it is compared with.
        below: whether it holds below the bound rather than from it.
        holds: whether it holds now.
    """

    about: str
    said: str
    name: str = ""
    now: str | None = None
    distance: str | None = None
    bound: Decimal | None = None
    below: bool = False
    holds: bool = False


@dataclass(frozen=True, slots=True)
class Prospect:
    """A rule that moves the present tier: to which, up or down, by which clause, and how far it is."""

    tier: str
    up: bool
    clause: str
    condition: str
    parts: tuple[Part, ...]

    @property
    def missing(self) -> tuple[Part, ...]:
        """The parts that do not hold yet."""
        return tuple(part for part in self.parts if not part.holds)


def prospects(month: AgentMonth, figures: Sequence[Figure], words: Words) -> tuple[Prospect, ...]:
    """Return the rules that can move an agent from the tier held now, upwards first, in the policy's order.

    Args:
        month: the agent's month.
        figures: its figures; without those of the rules, conditions are told in words alone.
        words: the words of the policy in force.
    """
    order = [tier.id for tier in words.policy.tiers]
    if month.tier not in order:
        return ()
    held = {figure.name: figure for figure in _of(figures, month.next_tier_figure)}
    found = [
        _prospect(rule, order.index(rule.to) > order.index(month.tier), held.get(rule.id), figures, words)
        for rule in words.policy.transitions
        if month.tier in rule.from_ and rule.to in order and rule.to != month.tier
    ]
    return tuple(sorted(found, key=lambda prospect: not prospect.up))


def nearest(losses: Sequence[Prospect]) -> tuple[Prospect, ...]:
    """Return, of several bounds on the same thing, the one that is reached first, in the order of the rules."""
    first: dict[str, Prospect] = {}
    for loss in losses:
        about = loss.parts[0].about if len(loss.parts) == 1 else loss.condition
        if about not in first or _sooner(loss.parts[0], first[about].parts[0]):
            first[about] = loss
    return tuple(first.values())[:MOST_LOSSES]


def _sooner(one: Part, other: Part) -> bool:
    if one.bound is None or other.bound is None or one.below != other.below:
        return False
    return one.bound > other.bound if one.below else one.bound < other.bound


def _of(figures: Sequence[Figure], position: int | None) -> Iterator[Figure]:
    return (figures[one] for one in figures[position].of) if position is not None else iter(())


def _prospect(rule: Transition, up: bool, held: Figure | None, figures: Sequence[Figure], words: Words) -> Prospect:  # noqa: FBT001 - up or down
    given = {figures[one].name: figures[one] for one in held.of} if held else {}
    return Prospect(
        tier=words.name("tier", rule.to),
        up=up,
        clause=rule.clause,
        condition=words.expression(rule.when),
        parts=tuple(_part(part, given, words) for part in parts(rule.when)),
    )


def _part(condition: Condition, given: Mapping[str, Figure], words: Words) -> Part:
    said = words.expression(condition.text)
    figure, bound = given.get(condition.about), _bound(condition.bound, given, words)
    now = _number(figure)
    if figure is None or bound is None or now is None:
        return Part(about=condition.text, said=said, now=_looked(condition, given, words))
    holds = condition.holds(now, bound)
    return Part(
        about=condition.about,
        said=said,
        name=words.figure(figure),
        now=words.shown(figure),
        distance=None if holds else _counted(condition.about, abs(bound - now), words),
        bound=bound,
        below=condition.below,
        holds=holds,
    )


def _looked(condition: Condition, given: Mapping[str, Figure], words: Words) -> str | None:
    """Return the figures that a part looks at, in words."""
    looked = [figure for name, figure in given.items() if name in condition.reads]
    told = say(", ").said(words.lang).join(f"{words.figure(each)} {words.shown(each)}" for each in looked)
    return told or None


def _number(figure: Figure | None) -> Decimal | None:
    try:
        return None if figure is None else Decimal(str(figure.value))
    except ArithmeticError:
        return None


def _bound(bound: Decimal | str, given: Mapping[str, Figure], words: Words) -> Decimal | None:
    """Return the number that something is compared with: written down, a parameter's, or a figure's."""
    if isinstance(bound, Decimal):
        return bound
    stated = next((each.value for each in words.policy.parameters if each.id == bound), None)
    return _number(given.get(bound)) if stated is None else Decimal(stated)


def _counted(about: str, distance: Decimal, words: Words) -> str:
    """Return a distance with what it is counted in."""
    number, policy = f"{distance:f}", words.policy
    if about.startswith(_RUNNING):
        if policy.assess.get("every", "month") == "month":
            text = say("one month") if number == "1" else say("{number} months", number=number)
        else:
            text = say("one assessment") if number == "1" else say("{number} assessments", number=number)
        return text.said(words.lang)
    scored = any(each.id == about and each.points for each in (*policy.items, *policy.inputs))
    if about == "score" or scored:
        return (say("one point") if number == "1" else say("{number} points", number=number)).said(words.lang)
    units = {each.id: each.unit for each in policy.inputs} | {each.id: each.unit for each in policy.measures}
    units |= {each.id: each.unit for each in policy.results}
    return words.measured(number, units.get(about))
