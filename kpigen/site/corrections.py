"""Corrections of closed months, each told in the words of the policy that governs the month which it corrects."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from kpigen.exact import ZERO
from kpigen.month import Month
from kpigen.site.appeals import appeals
from kpigen.site.documents import Listed
from kpigen.site.wording import month_name, signed
from kpigen.text import Label, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kpigen.site.appeals import Filed
    from kpigen.site.documents import (
        Adjustment,
        AgentMonth,
        Correction,
        Department,
        MonthDocument,
        Person,
        Published,
        Sides,
    )
    from kpigen.site.rulebook import PolicyRef
    from kpigen.site.wording import Words
    from kpigen.text import Text

__all__ = ["Adjusted", "Book", "Filings", "Later", "Part", "Told", "Working", "later", "open_book", "sentence"]

_STATES: Mapping[str, Text] = {
    "open": say("open"),
    "upheld": say("upheld"),
    "dismissed": say("dismissed"),
    "withdrawn": say("withdrawn"),
}
"""What a correction may make of a complaint or an event."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the sentence that tells a correction, and the clause that it cites, if it does."""

    text: str
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class Working:
    """One row of before and after; ``at`` is the line of the record that states it anew."""

    name: str
    before: str
    after: str
    clause: str | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A closed month of an agent as a later month corrects it.

    Attributes:
        document: the month that holds the correction.
        agent: whose it is.
        month: the month that is corrected.
        policy: the version in force in that month, whose clauses are cited.
        parts: the sentence.
        working: the same as rows of before and after.
        amount: what is paid for it now; below 0, what is taken back; None where no pay is published.
        adjustments: the adjustments that restate the month, or those of earlier months from which it follows.
        follows: why the month is touched although none of its records is restated; empty where one is.
        prized: whether an award is paid by it.
    """

    document: MonthDocument
    agent: AgentMonth
    month: str
    policy: PolicyRef
    parts: tuple[Part, ...]
    working: tuple[Working, ...]
    amount: Decimal | None
    adjustments: tuple[Adjustment, ...]
    follows: str
    prized: bool


@dataclass(frozen=True, slots=True)
class Later:
    """What a later month corrects of a closed one: by which adjustments, and what is paid or taken back in all.

    ``amount`` is None where no pay is published.
    """

    document: MonthDocument
    adjustments: tuple[Adjustment, ...]
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Adjusted:
    """An adjustment with all that comes of it.

    Attributes:
        document: the month that holds it.
        person: whose month it corrects.
        adjustment: the record.
        told: the months that it corrects, and those that follow from them.
        amount: what is paid or taken back for all of them; None where no pay is published.
        together: the agent's other adjustments of the same month that have a part in these.
    """

    document: MonthDocument
    person: Person
    adjustment: Adjustment
    told: tuple[Told, ...]
    amount: Decimal | None
    together: tuple[str, ...]


class Filings(Struct, frozen=True):
    """How many appeals and adjustments a department has."""

    department: str
    name: Label
    appeals: int
    open: int
    adjustments: int


@dataclass(frozen=True, slots=True)
class Book:
    """A department's appeals and adjustments, the newest first, and every correction told, the newest first.

    ``known`` are the numbers of those that can be linked to.
    """

    department: Department
    appeals: tuple[Filed, ...]
    adjustments: tuple[Adjusted, ...]
    told: tuple[Told, ...]
    known: frozenset[str]

    @property
    def filings(self) -> Filings:
        """The appeals and adjustments, counted."""
        return Filings(
            department=self.department.department,
            name=self.department.name,
            appeals=len(self.appeals),
            open=sum(filed.appeal.status == "open" for filed in self.appeals),
            adjustments=len(self.adjustments),
        )

    def appeals_of(self, agent: str) -> tuple[Filed, ...]:
        """Return an agent's appeals."""
        return tuple(filed for filed in self.appeals if filed.person.agent == agent)

    def of(self, agent: str) -> tuple[Told, ...]:
        """Return an agent's corrections."""
        return tuple(told for told in self.told if told.agent.agent == agent)

    def within(self, month: str) -> tuple[Told, ...]:
        """Return the corrections that a month holds, by agent and by the month that they correct."""
        held = [told for told in self.told if told.document.month == month]
        return tuple(sorted(held, key=lambda told: (told.agent.agent, told.month)))

    def filed(self, month: str) -> tuple[Filed, ...]:
        """Return the appeals that a month holds, the first filed first."""
        return tuple(filed for filed in reversed(self.appeals) if filed.document.month == month)


def later(corrections: Iterable[Told], month: str) -> tuple[Later, ...]:
    """Return what later months correct of a closed one, the first correction first."""
    found: dict[str, list[Told]] = {}
    for told in corrections:
        if told.month == month:
            found.setdefault(told.document.month, []).append(told)
    return tuple(
        Later(
            document=held[0].document,
            adjustments=tuple(sorted({each for told in held for each in told.adjustments}, key=_number)),
            amount=_in_all(held[0].document, held),
        )
        for _, held in sorted(found.items())
    )


def _in_all(document: MonthDocument, told: Iterable[Told]) -> Decimal | None:
    """Return what a month pays for corrections; None where it says nothing of pay."""
    return None if document.totals is None else sum((each.amount for each in told if each.amount is not None), ZERO)


def _number(adjustment: Adjustment) -> str:
    return adjustment.adjustment


def open_book(published: Published, department: Department, words_of: Callable[[PolicyRef], Words]) -> Book:
    """Gather a department's appeals and corrections.

    Args:
        published: everything published.
        department: whose.
        words_of: gives the words of a policy version.
    """
    documents = [published.months[department.department, ref.month] for ref in reversed(department.months)]
    told = tuple(
        _told(published, document, agent, made, words_of)
        for document in documents
        for agent in document.agents
        for made in sorted(agent.corrections, key=lambda made: made.month)
    )
    people = {person.agent: person for person in department.agents}
    adjusted = [
        _adjusted(document, people[each.agent], each, told)
        for document in documents
        for each in sorted(document.adjustments, key=_number, reverse=True)
        if each.agent in people
    ]
    filed = appeals(published, department, words_of)
    known = {*(each.appeal.appeal for each in filed), *(each.adjustment.adjustment for each in adjusted)}
    return Book(department, filed, tuple(adjusted), told, frozenset(known))


def _adjusted(document: MonthDocument, person: Person, adjustment: Adjustment, told: Iterable[Told]) -> Adjusted:
    mine = tuple(
        each
        for each in told
        if each.document is document and each.agent.agent == person.agent and adjustment in each.adjustments
    )
    others = {other.adjustment for each in mine for other in each.adjustments} - {adjustment.adjustment}
    return Adjusted(
        document=document,
        person=person,
        adjustment=adjustment,
        told=mine,
        amount=_in_all(document, mine),
        together=tuple(sorted(others)),
    )


def _told(
    published: Published,
    document: MonthDocument,
    agent: AgentMonth,
    made: Correction,
    words_of: Callable[[PolicyRef], Words],
) -> Told:
    # Closed months are published; should one be missing, the words of the month at hand are the nearest.
    corrected = published.months.get((document.department, made.month), document)
    words = words_of(corrected.policy)
    return Told(
        document=document,
        agent=agent,
        month=made.month,
        policy=corrected.policy,
        parts=tuple(sentence(made, words)),
        working=tuple(_working(made, words)),
        amount=None if made.amount is None else Decimal(made.amount),
        adjustments=_causes(document, agent.agent, made),
        follows=_follows(document, agent.agent, made, words),
        prized=any(line.award and Decimal(line.amount) > 0 for line in made.lines),
    )


def _causes(document: MonthDocument, agent: str, made: Correction) -> tuple[Adjustment, ...]:
    """Return the adjustments that restate a month, or else those of the agent's earlier months."""
    own = [each for each in document.adjustments if each.agent == agent]
    if made.adjustments:
        return tuple(each for each in own if each.adjustment in made.adjustments)
    return tuple(each for each in own if each.corrects < made.month)


def _follows(document: MonthDocument, agent: str, made: Correction, words: Words) -> str:
    if made.adjustments:
        return ""
    earlier = sorted({each.corrects for each in _causes(document, agent, made)})
    months = say(", ").said(words.lang).join(month_name(month, words.lang) for month in earlier)
    if _differs(made.tier):
        said = say("No record of this month is restated: the correction of {months} changes its tier", months=months)
    else:
        said = say("No record of this month is restated: it looks back at {months}, which is corrected", months=months)
    return said.said(words.lang)


def _differs(sides: Sides | None) -> bool:
    return sides is not None and sides.before != sides.after


def sentence(made: Correction, words: Words) -> Iterator[Part]:
    """Yield the sentence: what was restated, and what that changes, up to the tier from the next month."""
    parts = tuple(_parts(made, words))
    yield from parts or (Part(say("it is about pay, which is not published").said(words.lang)),)


def _parts(made: Correction, words: Words) -> Iterator[Part]:
    lang = words.lang
    for row in _restated(made, words):
        yield Part(f"{row.name} {row.before} → {row.after}")
    if made.tier and _differs(made.tier):
        name, change = say("tier").said(lang), _change(made.tier, lambda tier: words.name("tier", tier))
        yield Part(f"{name} {change}")
    if made.score and _differs(made.score):
        yield Part(f"{say('score').said(lang)} {_change(made.score, lambda score: _score(score, words))}")
    for line in made.lines:
        yield Part(f"{words.name('pay', line.id)} {signed(Decimal(line.amount))}", line.clause)
    if made.amount is not None and not made.lines:
        yield Part(say("no difference in pay").said(lang))
    if made.amount is not None and len(made.lines) > 1:
        yield Part(say("in all {amount}", amount=signed(Decimal(made.amount))).said(lang))
    yield from (Part(said.said(lang)) for said in _won_and_due(made, words))
    if made.next_tier and _differs(made.next_tier) and made.next_tier != made.tier:  # which goes without saying
        yield Part(_next_tier(made.month, made.next_tier, words))


def _next_tier(month: str, tier: Sides, words: Words) -> str:
    parsed = Month.parse(month)
    return (
        say(
            "{after} from {month} instead of {before}",
            after=words.name("tier", tier.after),
            month=month_name(str(parsed.plus(1)), words.lang) if parsed else month,
            before=words.name("tier", tier.before),
        )
    ).said(words.lang)


def _change(sides: Sides, name: Callable[[str | None], str]) -> str:
    return f"{name(sides.before)} → {name(sides.after)}"


def _score(score: str | None, words: Words) -> str:
    return say("not assessed").said(words.lang) if score is None else score


def _won_and_due(made: Correction, words: Words) -> Iterator[Text]:
    """Yield the awards that no line of pay tells of, and the actions, that there are now or are no more."""
    paid = {line.id for line in made.lines}
    won, due = made.awards or Listed(), made.actions or Listed()
    for award in won.after:
        if award not in {*won.before, *paid}:
            yield say("wins {award}", award=words.name("award", award))
    for award in won.before:
        if award not in {*won.after, *paid}:
            yield say("does not win {award}", award=words.name("award", award))
    for action in due.after:
        if action not in due.before:
            yield say("{action} is due", action=words.name("action", action))
    for action in due.before:
        if action not in due.after:
            yield say("{action} is not due", action=words.name("action", action))


def _restated(made: Correction, words: Words) -> Iterator[Working]:
    """Yield what the adjustments state anew: inputs, then complaints and events by their numbers."""
    nothing = say("nothing stated").said(words.lang)
    for given in made.inputs:
        before, after = (
            nothing if value is None else words.entered(given.name, value) for value in (given.before, given.after)
        )
        yield Working(words.name("item", given.name), before, after, at=given.at)
    for record in (*made.complaints, *made.events):
        before, after = (_state(value, words) if value else nothing for value in (record.before, record.after))
        yield Working(words.record(record.id), before, after, at=record.at)


def _state(value: str, words: Words) -> str:
    return _STATES[value].said(words.lang) if value in _STATES else words.value(value)


def _working(made: Correction, words: Words) -> Iterator[Working]:
    """Yield every number of a correction as it was approved and as it is now."""
    lang = words.lang
    yield from _restated(made, words)
    if made.tier and made.tier.after:
        yield Working(say("Tier").said(lang), *(words.name("tier", one) for one in (made.tier.before, made.tier.after)))
    if made.score:
        yield Working(say("Score").said(lang), *(_score(one, words) for one in (made.score.before, made.score.after)))
    for line in made.lines:
        before, after = (words.value(amount) for amount in (line.before, line.after))
        yield Working(words.name("pay", line.id), before, after, line.clause)
    if made.next_tier and made.next_tier.after:
        tiers = (words.name("tier", one) for one in (made.next_tier.before, made.next_tier.after))
        yield Working(say("Tier from next month").said(lang), *tiers)
