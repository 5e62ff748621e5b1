"""The effect: what two states of a repository compute differently, agent by agent, with what caused it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from kpigen.comparison import Row, rows
from kpigen.site.documents import MonthDocument
from kpigen.site.rulebook import Policy
from kpigen.site.wording import Words
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kpigen.finding import Finding
    from kpigen.site.documents import AgentMonth, Figure
    from kpigen.text import Lang

__all__ = ["Cause", "Change", "Effect", "Months", "effect"]


@dataclass(frozen=True, slots=True)
class Cause:
    """What was stated otherwise: its name, before and after, and the line where it stands."""

    name: str
    before: str
    after: str
    place: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """An agent's month that is computed otherwise, is new, or is no more."""

    department: str
    month: str
    agent: str
    name: str
    pay: tuple[str | None, str | None]
    rows: tuple[Row, ...]
    causes: tuple[Cause, ...]

    @property
    def difference(self) -> Decimal:
        """What the pay differs by."""
        before, after = self.pay
        return Decimal(after or 0) - Decimal(before or 0)


@dataclass(frozen=True, slots=True)
class Months:
    """A department's month of which something differs: what it pays before and after."""

    department: str
    month: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class Effect:
    """Everything that differs."""

    changes: tuple[Change, ...]
    months: tuple[Months, ...]
    new: tuple[Finding, ...]
    solved: tuple[Finding, ...]

    @property
    def nothing(self) -> bool:
        """Whether nothing differs."""
        return not (self.changes or self.months or self.new or self.solved)


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two states: its documents by path below ``v1/``."""

    documents: Mapping[str, bytes]

    def month(self, path: str) -> MonthDocument | None:
        """Return a month, or None."""
        found = self.documents.get(path)
        return None if found is None else msgspec.json.decode(found, type=MonthDocument)

    def words(self, month: MonthDocument, lang: Lang) -> Words:
        """Return the words of the policy that governs a month."""
        policy = self.documents[f"v1/policy/{month.policy.id}/{month.policy.version}.json"]
        return Words(msgspec.json.decode(policy, type=Policy), lang)


def effect(
    before: Mapping[str, bytes],
    after: Mapping[str, bytes],
    findings: tuple[Iterable[Finding], Iterable[Finding]],
    lang: Lang,
) -> Effect:
    """Compare two states.

    Args:
        before: the documents of the base, those of months that are the same left out of both.
        after: the documents of the proposal.
        findings: those of the base and those of the proposal.
        lang: the language of names.
    """
    changes: list[Change] = []
    months: list[Months] = []
    paths = [
        path for path in sorted({*before, *after}) if not path.startswith("v1/policy/") and path != "v1/index.json"
    ]
    for path in paths:
        if before.get(path) != after.get(path):
            changed, month = _month(_Side(before), _Side(after), path, lang)
            changes.extend(changed)
            months.extend([month] if month else [])
    old, new = ({_key(finding): finding for finding in side} for side in findings)
    return Effect(
        changes=tuple(changes),
        months=tuple(months),
        new=tuple(finding for key, finding in new.items() if key not in old),
        solved=tuple(finding for key, finding in old.items() if key not in new),
    )


def _key(finding: Finding) -> tuple[object, ...]:
    """Tell a finding from others, the line where it stands left aside."""
    return finding.place.path, finding.rule.id, finding.message


def _month(before: _Side, after: _Side, path: str, lang: Lang) -> tuple[tuple[Change, ...], Months | None]:
    was, is_ = before.month(path), after.month(path)
    known = is_ or was
    if known is None:
        return (), None
    old = {agent.agent: agent for agent in was.agents} if was else {}
    new = {agent.agent: agent for agent in is_.agents} if is_ else {}
    words = after.words(is_, lang) if is_ else before.words(known, lang)
    changes = [
        change for agent in sorted({*old, *new}) for change in _agent(known, old.get(agent), new.get(agent), words)
    ]
    paid = tuple(Decimal(month.totals.total) if month else Decimal(0) for month in (was, is_))
    differs = bool(changes) or paid[0] != paid[1]
    return tuple(changes), Months(known.department, known.month, *paid) if differs else None


def _agent(month: MonthDocument, old: AgentMonth | None, new: AgentMonth | None, words: Words) -> Iterator[Change]:
    one = new or old
    if one is None:
        return
    found = tuple(row for row in rows(old, new, words) if row.differs) if old and new else ()
    if old and new and not found:
        return
    yield Change(
        department=month.department,
        month=month.month,
        agent=one.agent,
        name=one.name.said(words.lang),
        pay=(old.pay.total if old else None, new.pay.total if new else None),
        rows=found,
        causes=tuple(_causes(old, new, words)) if old and new else (),
    )


def _causes(old: AgentMonth, new: AgentMonth, words: Words) -> Iterator[Cause]:
    """Yield what records state otherwise about an agent's month."""
    was, is_ = _stated(old), _stated(new)
    for name in {**was, **is_}:
        before, after = was.get(name), is_.get(name)
        if (before and before.value) != (after and after.value):
            place = (after or before).at if after or before else None  # type: ignore[union-attr]
            shown = [words.value(each.value) if each else "–" for each in (before, after)]
            yield Cause(words.name("item", name), shown[0], shown[1], place)
    said = {"upheld": say("upheld"), "dismissed": say("dismissed"), "open": say("open")}
    statuses = [{each.complaint: each for each in side.complaints} for side in (old, new)]
    for id_ in {**statuses[0], **statuses[1]}:
        before_, after_ = statuses[0].get(id_), statuses[1].get(id_)
        pair = [said[each.status].said(words.lang) if each else "–" for each in (before_, after_)]
        if pair[0] != pair[1]:
            yield Cause(id_, pair[0], pair[1], (after_ or before_).at if after_ or before_ else None)  # type: ignore[union-attr]
    events = [{each.event: each for each in side.events} for side in (old, new)]
    for id_ in {**events[0], **events[1]}:
        found = [side.get(id_) for side in events]
        shown_events = [
            f"{words.name('event', each.kind)} {each.amount or ''}".strip() if each else "–" for each in found
        ]
        if shown_events[0] != shown_events[1]:
            place = next((each.at for each in reversed(found) if each), None)
            yield Cause(id_, shown_events[0], shown_events[1], place)


def _stated(agent: AgentMonth) -> Mapping[str, Figure]:
    """Return what the sheet states: the leaves that were read from it, by name."""
    return {
        figure.name: figure
        for figure in agent.figures()
        if figure.op is None and figure.at and "/scores/" in figure.at and " " not in figure.name
    }
