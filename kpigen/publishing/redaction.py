"""Redaction: a document without what its department does not publish. Pure.

Where pay is hidden, or sealed, nothing of it is left, nor of what it alone is made of. Names become ids. Where anything
is withheld all free prose goes too: it could say it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from kpigen.publishing.documents import Index, MonthDocument, NotAssessed
from kpigen.publishing.figures import without_money
from kpigen.publishing.money import is_number, money_of
from kpigen.text import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kpigen.publishing.documents import (
        Adjustment,
        AgentMonth,
        Appeal,
        Correction,
        Department,
        Duty,
        Event,
        Publish,
        Restated,
    )
    from kpigen.publishing.money import Money

__all__ = ["redacted_index", "redacted_month"]

_MONTHS = msgspec.json.Decoder(MonthDocument)
_INDEXES = msgspec.json.Decoder(Index)
_ENCODER = msgspec.json.Encoder()

T = TypeVar("T")
_replace = msgspec.structs.replace


def redacted_index(index: bytes) -> bytes:
    """Return the index as it may be published."""
    found = _INDEXES.decode(index)
    found.departments = tuple(map(_department, found.departments))
    return _ENCODER.encode_lines([found])


def redacted_month(document: bytes, policy: bytes, publish: Publish) -> bytes:
    """Return a department's month as it may be published.

    Args:
        document: all of it.
        policy: the document of the version in force.
        publish: the department's rule.
    """
    found = _MONTHS.decode(document)
    if publish.full:
        return _ENCODER.encode_lines([found])
    money = None if publish.pay == "full" else money_of(policy)
    found.agents = tuple(_agent(each, publish, money) for each in found.agents)
    found.appeals = tuple(map(_appeal, found.appeals))
    found.adjustments = _each(found.adjustments, _adjustment)
    if money:
        found.totals = None
    return _ENCODER.encode_lines([found])


def _department(department: Department) -> Department:
    if department.publish.names != "full":
        department.agents = tuple(_replace(each, name=Label(each.agent, each.agent)) for each in department.agents)
    if not department.publish.full:
        department.duties = tuple(map(_duty, department.duties))
    return department


def _duty(duty: Duty) -> Duty:
    return _replace(duty, done=_replace(duty.done, note=None)) if duty.done else duty


def _appeal(appeal: Appeal) -> Appeal:
    return _replace(appeal, outcome=None)


def _adjustment(adjustment: Adjustment) -> Adjustment:
    return _replace(adjustment, reason=None)


def _agent(agent: AgentMonth, publish: Publish, money: Money | None) -> AgentMonth:
    if publish.names != "full":
        agent.name = Label(agent.agent, agent.agent)
    if agent.not_assessed and isinstance(agent.not_assessed.left, UnsetType):
        agent.not_assessed = _unexplained(agent.not_assessed)
    agent.events = tuple(_event(each, money) for each in agent.events)
    agent.appeals = tuple(map(_appeal, agent.appeals))
    return _unpaid(agent, money) if money else agent


def _unexplained(absence: NotAssessed) -> NotAssessed:
    """Return why there is no assessment, without what somebody wrote."""
    return absence if isinstance(absence.reason, UnsetType) else _replace(absence, reason=None)


def _event(event: Event, money: Money | None) -> Event:
    hidden = money is not None and event.kind in money.events
    return _replace(event, note=None, amount=None if hidden else event.amount)


def _unpaid(agent: AgentMonth, money: Money) -> AgentMonth:
    """Return an agent's month without pay."""
    agent.pay, agent.carried = None, UNSET
    agent.awards = tuple(_replace(each, amount=None) for each in agent.awards)
    agent.inputs = tuple(each for each in agent.inputs if each.id not in money.inputs)
    if not isinstance(agent.results, UnsetType):
        agent.results = tuple(each for each in agent.results if each.id not in money.results)
    kinds = {each.event: each.kind for each in agent.events}
    agent.corrections = _each(agent.corrections, lambda each: _correction(each, money))
    counted = {event for event, kind in kinds.items() if kind not in money.events}
    agent.figures, places = without_money(agent.figures, _roots(agent), money, counted)
    _renumber(agent, places)
    return agent


def _roots(agent: AgentMonth) -> Iterator[int]:
    """Yield the positions of the figures that are results."""
    parts = (agent.actions, agent.items, agent.inputs, agent.results, (agent.not_assessed,))
    figures = (each.figure for part in parts if not isinstance(part, UnsetType) for each in part if each is not None)
    yield from (each for each in (*figures, agent.score_figure, agent.next_tier_figure) if isinstance(each, int))


def _renumber(agent: AgentMonth, places: Mapping[int, int]) -> None:
    def moved(parts: Iterable[T]) -> tuple[T, ...]:
        return tuple(_moved(each, places) for each in parts)

    agent.actions, agent.items, agent.inputs = moved(agent.actions), moved(agent.items), moved(agent.inputs)
    if not isinstance(agent.results, UnsetType):
        agent.results = moved(agent.results)
    if agent.not_assessed:
        agent.not_assessed = _moved(agent.not_assessed, places)
    agent.score_figure = None if agent.score_figure is None else places[agent.score_figure]
    agent.next_tier_figure = None if agent.next_tier_figure is None else places[agent.next_tier_figure]


def _moved(part: T, places: Mapping[int, int]) -> T:
    figure = getattr(part, "figure", None)
    return _replace(part, figure=places[figure]) if isinstance(figure, int) else part  # type: ignore[type-var]


def _correction(correction: Correction, money: Money) -> Correction:
    """Return a correction without pay: what it restates of money goes, and so do its lines."""
    inputs = tuple(each for each in correction.inputs if each.name not in money.inputs)
    events = correction.events
    if not isinstance(events, UnsetType):
        events = tuple(each for each in map(_without_amounts, events) if each.before is not None or each.after)
    return _replace(correction, amount=None, lines=UNSET, inputs=inputs, events=events)


def _without_amounts(event: Restated) -> Restated:
    """Return a restated event without its amounts; words, as that it is withdrawn, stay."""
    before, after = (None if is_number(each) else each for each in (event.before, event.after))
    return _replace(event, before=before, after=after)


def _each(parts: tuple[T, ...] | UnsetType, made: Callable[[T], T]) -> tuple[T, ...] | UnsetType:
    return parts if isinstance(parts, UnsetType) else tuple(map(made, parts))
