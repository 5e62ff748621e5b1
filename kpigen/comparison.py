"""The comparison: one agent's month as it is beside the same month as it would have been. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kpigen.site.wording import money, signed
from kpigen.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kpigen.site.documents import AgentMonth
    from kpigen.site.wording import Words

__all__ = ["Row", "consequences", "line_name", "rows"]


@dataclass(frozen=True, slots=True)
class Row:
    """Something of a month, as it is and as it would have been.

    Attributes:
        kind: ``score``, ``tier``, ``next_tier``, ``item``, ``line`` …
        id: which item, result, line, award or action; of the transition that decides the next tier.
        name: what it is called.
        now: as it is, for people.
        then: as it would have been, for people.
        values: both as the documents write them; None where there is nothing.
        difference: where both are numbers.
        clause: the clause that orders it, as it would have been, else as it is.
        figures: where each of them stands among its month's figures.
        applied: whether the rule that orders it applied in each of them.
    """

    kind: str
    id: str
    name: str
    now: str
    then: str
    values: tuple[str | None, str | None]
    difference: str = ""
    clause: str | None = None
    figures: tuple[int | None, int | None] = (None, None)
    applied: tuple[bool, bool] = (True, True)

    @property
    def differs(self) -> bool:
        """Whether it would have been something else."""
        return self.now != self.then


def rows(now: AgentMonth, then: AgentMonth, words: Words) -> tuple[Row, ...]:
    """Return the score, items, results, tier, pay and what follows, those that are the same among them."""
    return tuple(_rows(now, then, words))


def _rows(now: AgentMonth, then: AgentMonth, words: Words) -> Iterator[Row]:
    yield _number(
        ("score", ""),
        _said(say("score"), words),
        (now.score, then.score),
        figures=(now.score_figure, then.score_figure),
    )
    yield from _standing(now, then, words)
    ranks = tuple(None if each.rank is None else str(each.rank) for each in (now, then))
    yield _number(("rank", ""), _said(say("rank"), words), (ranks[0], ranks[1]))
    for id_, *item in _pairs(_by_id(now.items), _by_id(then.items)):
        yield _number(("item", id_), words.name("item", id_), _both(item, "points"), figures=_figures(item))
    for id_, *result in _pairs(_by_id(now.results), _by_id(then.results)):
        name, clause = words.name("result", id_), _clause(result)
        yield _number(("result", id_), name, _both(result, "value"), clause, _figures(result))
    for id_, *line in _pairs(_by_id(now.paid.lines), _by_id(then.paid.lines)):
        amounts = tuple("0.00" if each is None else each.amount for each in line)
        name, clause = line_name(id_, words), _clause(line)
        row = _number(("line", id_), name, (amounts[0], amounts[1]), clause, _figures(line))
        yield replace(row, applied=(line[0] is not None, line[1] is not None))
    yield _number(("pay", ""), _said(say("pay"), words), (now.paid.total, then.paid.total))
    yield from _listing("award", now.awards, then.awards, words)
    yield from _listing("action", now.actions, then.actions, words)


def _standing(now: AgentMonth, then: AgentMonth, words: Words) -> Iterator[Row]:
    """Yield the grade, the tier, and the tier from the next month, where there are any."""
    if now.grade or then.grade:
        values = (now.grade, then.grade)
        shown = [words.name("grade", each) for each in values]
        figures = (now.score_figure, then.score_figure)
        yield Row("grade", "", _said(say("grade"), words), shown[0], shown[1], values, figures=figures)
    if now.tier or then.tier:
        values = (now.tier, then.tier)
        shown = [words.name("tier", each) for each in values]
        yield Row("tier", "", _said(say("tier"), words), shown[0], shown[1], values)
    if now.next_tier or then.next_tier:
        values = (now.next_tier, then.next_tier)
        shown = [words.name("tier", each) for each in values]
        moved = then.transition or now.transition
        yield Row(
            "next_tier",
            moved.id if moved else "",
            _said(say("tier from next month"), words),
            shown[0],
            shown[1],
            values,
            clause=moved.clause if moved else None,
            figures=(now.next_tier_figure, then.next_tier_figure),
            applied=(now.transition == moved, then.transition == moved) if moved else (True, True),
        )


def consequences(now: AgentMonth, then: AgentMonth, words: Words) -> Iterator[Row]:
    """Yield each award and each action that only one of the two months has, by itself and with its clause."""
    yes = _said(say("yes"), words)
    for kind in ("award", "action"):
        was, is_ = (_by_id(getattr(each, f"{kind}s")) for each in (now, then))
        for id_, before, after in _pairs(was, is_):
            if (before is None) == (after is None):
                continue
            shown = [yes if each else "–" for each in (before, after)]
            values = ("yes" if before else None, "yes" if after else None)
            figures = (getattr(before, "figure", None), getattr(after, "figure", None))
            clause = (after or before).clause
            row = Row(kind, id_, words.name(kind, id_), shown[0], shown[1], values, clause=clause, figures=figures)
            yield replace(row, applied=(before is not None, after is not None))


def line_name(line: str, words: Words) -> str:
    """Return what a pay line is called; one that corrects an earlier month says which."""
    id_, _, month = line.partition("@")
    name = words.name("pay", id_)
    return say("{name}, correction of {month}", name=name, month=words.month(month)).said(words.lang) if month else name


def _by_id(things: Sequence[Any]) -> Mapping[str, Any]:
    return {each.id: each for each in things}


def _pairs(now: Mapping[str, Any], then: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name in {**now, **then}:
        yield name, now.get(name), then.get(name)


def _both(pair: Sequence[Any], key: str) -> tuple[str | None, str | None]:
    before, after = (None if each is None else getattr(each, key) for each in pair)
    return before, after


def _figures(pair: Sequence[Any]) -> tuple[int | None, int | None]:
    before, after = (None if each is None else each.figure for each in pair)
    return before, after


def _clause(pair: Sequence[Any]) -> str | None:
    before, after = pair
    found: str | None = (after or before).clause
    return found


def _number(
    key: tuple[str, str],
    name: str,
    values: tuple[str | None, str | None],
    clause: str | None = None,
    figures: tuple[int | None, int | None] = (None, None),
) -> Row:
    now, then = values
    shown, difference = [each or "–" for each in values], ""
    if now is not None and then is not None and _is_number(now) and _is_number(then):
        shown, changed = [money(now), money(then)], Decimal(then) - Decimal(now)
        difference = signed(changed) if changed else ""
    return Row(*key, name, shown[0], shown[1], values, difference, clause, figures)


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdecimal()


def _listing(kind: str, now: Sequence[Any], then: Sequence[Any], words: Words) -> Iterator[Row]:
    if now or then:
        called = say("awards") if kind == "award" else say("to be done")
        shown = [_listed(kind, each, words) for each in (now, then)]
        yield Row(f"{kind}s", "", _said(called, words), shown[0], shown[1], (None, None))


def _listed(kind: str, things: Sequence[Any], words: Words) -> str:
    return say(", ").said(words.lang).join(words.name(kind, each.id) for each in things) or "–"


def _said(text: Text, words: Words) -> str:
    return text.said(words.lang)
