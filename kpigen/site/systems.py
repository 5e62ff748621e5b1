"""The systems: every policy with what it computes, who uses it, and what it deliberately leaves to people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kpigen.site.measures import codes
from kpigen.site.periods import EVERY
from kpigen.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.site.documents import Department, Published
    from kpigen.site.rulebook import Left, Named, Policy
    from kpigen.text import Lang

__all__ = ["System", "systems"]

_WORD: Final = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class System:
    """A policy, its newest version first.

    Attributes:
        policy: the newest version.
        versions: all versions, the newest first.
        departments: those whose newest month it governs.
        computes: what it works out, in words.
        left: what it leaves to people.
    """

    policy: Policy
    versions: tuple[Policy, ...]
    departments: tuple[Department, ...]
    computes: tuple[str, ...]
    left: tuple[Left, ...]


def systems(published: Published, lang: Lang) -> tuple[System, ...]:
    """Return every policy, by its id."""
    versions: dict[str, list[Policy]] = {}
    for policy in sorted(published.policies.values(), key=lambda each: each.version, reverse=True):
        versions.setdefault(policy.policy, []).append(policy)
    return tuple(
        System(
            policy=newest,
            versions=(newest, *older),
            departments=tuple(each for each in published.departments if _governs(each) == name),
            computes=tuple(part.said(lang) for part in _computes(newest)),
            left=newest.left_to_people,
        )
        for name, (newest, *older) in sorted(versions.items())
    )


def _governs(department: Department) -> str | None:
    ref = department.months[-1].policy if department.months else None
    return ref.id if ref else None


def _stated(policy: Policy) -> tuple[Named, ...]:
    """Return the inputs that are items themselves: points that no computed item is made of."""
    made = [each for item in policy.items for each in _read(item)]
    used = set(_WORD.findall(" ".join(made)))
    for measure in reversed(policy.measures):
        if measure.id in used:
            used.update(_WORD.findall(" ".join(filter(None, codes(measure)))))
    return tuple(each for each in policy.inputs if each.kind == "points" and each.id not in used)


def _read(item: Named) -> Iterator[str]:
    """Yield the expressions that an item is made of."""
    yield from filter(None, (item.of, item.share_of))
    yield from (of for of, _ in (*item.less, *item.parts, *item.raters))


def _computes(policy: Policy) -> Iterator[Text]:
    """Yield what a policy works out, each kind with how many there are."""
    every = str(policy.assess.get("every", "month"))
    if policy.score:
        yield say(
            "a score {when}, from {count} items", when=EVERY[every], count=len(_stated(policy)) + len(policy.items)
        )
    else:
        yield say("no score")
    if len(policy.roles) > 1:
        yield say("roles: {count}", count=len(policy.roles))
    counted = (
        (say("rules of who is assessed: {count}"), policy.eligible),
        (say("grades: {count}"), policy.grades),
        (say("results beyond the score: {count}"), policy.results),
        (say("tiers: {count}"), policy.tiers),
        (say("pay lines: {count}"), policy.pay),
        (say("awards: {count}"), policy.awards),
        (say("actions: {count}"), policy.actions),
        (say("ladders of sanctions: {count}"), policy.ladders),
        (say("dated duties: {count}"), policy.duties),
    )
    for text, listed in counted:
        if listed:
            yield Text(text.template, (("count", len(listed)),))
    if policy.complaints and policy.complaints.decide_days:
        yield say("complaints decided within {days} days", days=policy.complaints.decide_days)
    if policy.appeals:
        yield say("appeals within {days} days", days=str(policy.appeals.get("within_days")))
    yield say("worked examples: {count}", count=len(policy.examples))
