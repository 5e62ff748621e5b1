"""What follows from a month, in words: awards, actions, ladders, duties, who is eligible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpigen.site.periods import EVERY, WITHIN
from kpigen.site.wording import percent
from kpigen.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.site.rulebook import Action, Award, Duty, Ladder
    from kpigen.site.wording import Words

__all__ = ["action", "award", "duty", "ladder"]

_BY: Final[Mapping[str, Text]] = {"supervisor": say("the supervisor"), "reviewer": say("the reviewer")}


def award(rule: Award, words: Words) -> Iterator[Text]:
    """Yield how an award is won, part by part."""
    if rule.every:
        yield EVERY[rule.every]
    if rule.when:
        yield say("when {condition}", condition=words.expression(rule.when))
        if rule.unassessed:
            yield say("also in a month without assessment")
    else:
        yield _places(rule, words)
        if rule.within == "team":
            yield say("within each team")
        if rule.among:
            yield say("among those with {condition}", condition=words.expression(rule.among))
    if rule.amount == "0":
        yield say("for the honour, without money")
    else:
        yield say("paid: {amount}", amount=words.expression(rule.amount))
    if rule.ties == "all":
        yield say("equal ranks all win it in full")
    elif rule.ties == "split":
        yield say("equal ranks share the prizes of their places")


def _places(rule: Award, words: Words) -> Text:
    by = words.expression(rule.by or "")
    teams = rule.of == "teams"
    if rule.best is not None:
        return say("the best {share} by {by}, at least one", share=percent(rule.best), by=by)
    if rule.places is not None:
        if teams:
            return say("the members of the first {places} teams by {by}", places=rule.places, by=by)
        return say("the first {places} by {by}", places=rule.places, by=by)
    if teams:
        return say("the members of the team of rank {rank} by {by}", rank=str(rule.rank), by=by)
    return say("rank {rank} by {by}", rank=str(rule.rank), by=by)


def action(rule: Action, words: Words) -> Iterator[Text]:
    """Yield when an action is due, by when it must be done, and until when it counts."""
    if rule.every:
        yield EVERY[rule.every]
    if rule.when:
        yield say("when {condition}", condition=words.expression(rule.when))
    for ladder_ in words.policy.ladders:
        for step in ladder_.steps:
            if step.action == rule.id:
                yield say("from {count} on, by “{ladder}”", count=step.from_, ladder=ladder_.name)
    if rule.unassessed:
        yield say("also in a month without assessment")
    if rule.due_days:
        yield say("to be done within {days} days of the month's end", days=rule.due_days)
    if rule.settled_by:
        events = say(", ").said(words.lang).join(words.name("event", kind) for kind in rule.settled_by)
        yield say("open until one of these is recorded: {events}", events=events)
    if rule.lapses_months:
        yield say("lapses after {months} months", months=rule.lapses_months)


def ladder(rule: Ladder, words: Words) -> Iterator[Text]:
    """Yield what a ladder counts, and its steps."""
    yield say("counts {counts} {within}", counts=words.expression(rule.counts), within=WITHIN[rule.within])
    for step in rule.steps:
        yield say("from {count}: {action}", count=step.from_, action=words.name("action", step.action))


def duty(rule: Duty) -> Iterator[Text]:
    """Yield how often something is due, by when, and by whom."""
    yield EVERY[rule.every]
    if rule.due_days:
        yield say("due within {days} days of the period's end", days=rule.due_days)
    else:
        yield say("due by the period's end")
    yield say("by: {who}", who=_BY.get(rule.by, rule.by))
