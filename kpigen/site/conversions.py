"""How an item turns measures into points, in words: one sentence for each conversion of the policy language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpigen.site.wording import brackets
from kpigen.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kpigen.site.rulebook import Named
    from kpigen.site.wording import Words

__all__ = ["conversion"]


def conversion(item: Named, words: Words) -> str:
    """Return how an item's points are made, with its automatic zero."""
    rule = _SAID[item.conversion or _told(item)](item, words)
    if item.zero_when:
        rule = say("{rule}; 0 points when {breach}", rule=rule, breach=words.expression(item.zero_when))
    return rule.said(words.lang)


def _told(item: Named) -> str:
    return "line" if item.line else "bands"


def _line(item: Named, words: Words) -> Text:
    return _scale(say("by {measure}, on a line through {steps}, at most {points} points"), item, item.line, words)


def _bands(item: Named, words: Words) -> Text:
    return _scale(say("by {measure}, in bands from {steps}, at most {points} points"), item, item.bands, words)


def _scale(sentence: Text, item: Named, rows: Iterable[tuple[str, str]], words: Words) -> Text:
    measure = words.expression(item.of or "")
    values = (("measure", measure), ("steps", _steps(rows, words)), ("points", item.points or ""))
    return Text(sentence.template, values)


def _ratings(item: Named, words: Words) -> Text:
    measure = words.expression(item.of or "")
    steps = say("; ").said(words.lang).join(words.row(item.of or "", *row) for row in item.ratings)
    return say("by the word of {measure}: {steps}", measure=measure, steps=steps)


def _share(item: Named, words: Words) -> Text:
    return say(
        "{full} points × {measure} ÷ {target}, at most {points}",
        full=item.full or "",
        measure=words.expression(item.of or ""),
        target=words.expression(item.share_of or ""),
        points=item.points or "",
    )


def _less(item: Named, words: Words) -> Text:
    return say(
        "{points} points, less for each: {taken}; at least {floor}",
        points=item.points or "",
        taken=_steps(item.less, words),
        floor=item.floor or "0",
    )


def _parts(item: Named, words: Words) -> Text:
    opening, closing = brackets(words.lang)
    most = (f"{words.expression(of)}{opening}{points}{closing}" for of, points in item.parts)
    return say("added up from these, at most: {parts}", parts=say("; ").said(words.lang).join(most))


def _raters(item: Named, words: Words) -> Text:
    weights = say("; ").said(words.lang).join(f"{words.expression(of)} {weight}%" for of, weight in item.raters)
    if item.missing == "reweigh":
        return say("by the raters' weights ({weights}); the others stand for one who is missing", weights=weights)
    return say("by the raters' weights ({weights}); not applicable when one is missing", weights=weights)


def _steps(rows: Iterable[tuple[str, str]], words: Words) -> str:
    return say("; ").said(words.lang).join(f"{words.expression(at)} → {points}" for at, points in rows)


_SAID: Final[Mapping[str, Callable[[Named, Words], Text]]] = {
    "line": _line,
    "bands": _bands,
    "ratings": _ratings,
    "share_of": _share,
    "less": _less,
    "parts": _parts,
    "raters": _raters,
}
