"""The comparison: one agent's month as it is beside the same month as it would have been. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kpigen.site.wording import money, signed
from kpigen.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.site.documents import AgentMonth
    from kpigen.site.wording import Words

__all__ = ["Row", "rows"]


@dataclass(frozen=True, slots=True)
class Row:
    """Something of a month, as it is and as it would have been; ``difference`` where both are numbers."""

    name: str
    now: str
    then: str
    difference: str = ""

    @property
    def differs(self) -> bool:
        """Whether it would have been something else."""
        return self.now != self.then


def rows(now: AgentMonth, then: AgentMonth, words: Words) -> tuple[Row, ...]:
    """Return the score, items, results, tier, pay and what follows, those that are the same among them."""
    return tuple(_rows(now, then, words))


def _rows(now: AgentMonth, then: AgentMonth, words: Words) -> Iterator[Row]:
    yield _number(_said(say("score"), words), now.score, then.score)
    for key, kind in (("grade", "grade"), ("next_tier", "tier")):
        before, after = getattr(now, key), getattr(then, key)
        if before or after:
            called = say("grade") if key == "grade" else say("tier from next month")
            yield Row(_said(called, words), words.name(kind, before), words.name(kind, after))
    yield _number(_said(say("rank"), words), _text(now.rank), _text(then.rank))
    for name, before, after in _pairs(
        {each.id: each.points for each in now.items}, {each.id: each.points for each in then.items}
    ):
        yield _number(words.name("item", name), before, after)
    for name, before, after in _pairs(
        {each.id: each.value for each in now.results}, {each.id: each.value for each in then.results}
    ):
        yield _number(words.name("result", name), before, after)
    for name, before, after in _pairs(
        {line.id: line.amount for line in now.pay.lines}, {line.id: line.amount for line in then.pay.lines}
    ):
        yield _number(words.name("pay", name), before or "0.00", after or "0.00")
    yield _number(_said(say("pay"), words), now.pay.total, then.pay.total)
    for kind, before_ids, after_ids in (
        ("award", [each.id for each in now.awards], [each.id for each in then.awards]),
        ("action", [each.id for each in now.actions], [each.id for each in then.actions]),
    ):
        if before_ids or after_ids:
            called = say("awards") if kind == "award" else say("to be done")
            yield Row(_said(called, words), _listed(kind, before_ids, words), _listed(kind, after_ids, words))


def _pairs(
    now: Mapping[str, str | None], then: Mapping[str, str | None]
) -> Iterator[tuple[str, str | None, str | None]]:
    for name in {**now, **then}:
        yield name, now.get(name), then.get(name)


def _number(name: str, now: str | None, then: str | None) -> Row:
    if now is None or then is None or not (_is_number(now) and _is_number(then)):
        return Row(name, now or "–", then or "–")
    difference = Decimal(then) - Decimal(now)
    return Row(name, money(now), money(then), signed(difference) if difference else "")


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdecimal()


def _listed(kind: str, ids: list[str], words: Words) -> str:
    return say(", ").said(words.lang).join(words.name(kind, each) for each in ids) or "–"


def _text(rank: int | None) -> str | None:
    return None if rank is None else str(rank)


def _said(text: Text, words: Words) -> str:
    return text.said(words.lang)
