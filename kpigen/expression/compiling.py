"""From the text of an expression to a formula, or to all that is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.expression import spoken
from kpigen.expression.grammar import parse
from kpigen.expression.kinds import Number, common
from kpigen.expression.mistake import Mistake, Refused, ordered
from kpigen.expression.reader import Reader
from kpigen.expression.tokens import MOST_CHARACTERS, cut
from kpigen.text import say

if TYPE_CHECKING:
    from kpigen.expression.formula import Formula
    from kpigen.expression.kinds import Kind, Vocabulary
    from kpigen.expression.tree import Node

__all__ = ["compile_formula", "tree_of"]


def compile_formula(text: str, vocabulary: Vocabulary, expect: Kind | None = None) -> Formula | tuple[Mistake, ...]:
    """Compile an expression.

    Whatever ``text`` is, this returns: an expression is hostile input, and its size is looked at first.

    Args:
        text: The expression as it stands in the policy.
        vocabulary: What it may read.
        expect: What it must compute; bare words are then options if this is a choice. None allows any kind.

    Returns:
        The formula, or its mistakes in the order of the text.
    """
    if len(text) > MOST_CHARACTERS:
        message = say(
            "an expression has at most {most} characters; this one has {length}",
            most=MOST_CHARACTERS,
            length=len(text),
        )
        return (Mistake(MOST_CHARACTERS, len(text) - MOST_CHARACTERS, message),)
    cuts = cut(text)
    mistakes = list(cuts.mistakes)
    if not cuts.readable:
        return ordered(mistakes)
    try:
        node, chained = parse(cuts.tokens)
    except Refused as refused:
        return ordered([*mistakes, refused.mistake])
    mistakes.extend(chained)
    reader = Reader(text, vocabulary, mistakes)
    whole = reader.read(node, expect)
    if expect is not None and whole.kind is not None and not _fits(whole.kind, expect):
        reader.mistake(node, *spoken.unexpected(expect, whole.kind))
    return ordered(mistakes) if mistakes else reader.formula(whole, text)


def tree_of(text: str) -> Node | None:
    """Return an expression as a tree, whatever its names mean; None for one that cannot be read."""
    if len(text) > MOST_CHARACTERS:
        return None
    cuts = cut(text)
    if not cuts.readable:
        return None
    try:
        node, mistakes = parse(cuts.tokens)
    except Refused:
        return None
    return None if cuts.mistakes or mistakes else node


def _fits(kind: Kind, expect: Kind) -> bool:
    if isinstance(kind, Number) and isinstance(expect, Number):
        return common(kind, expect) is not None
    return kind == expect
