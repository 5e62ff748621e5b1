"""Wording: what pydantic reports about a value, in words of ours.

Pydantic knows about a hundred error types. Those that records can lead to each have their words here; any
other still gets a plain sentence about the value, never pydantic's own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from kpigen.finding import Rule
from kpigen.reading.faults import Fault
from kpigen.reading.fullwidth import slip
from kpigen.text import Text, nearest, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic_core import ErrorDetails

__all__ = [
    "LISTED",
    "TABLE",
    "TEXT",
    "UNFIT_VALUE",
    "UNKNOWN_WORD",
    "WORDED",
    "WRONG_SHAPE",
    "fault_of",
    "shape",
    "spurious",
]

WRONG_SHAPE: Final = Rule("wrong-shape")
UNKNOWN_WORD: Final = Rule("unknown-word")
UNFIT_VALUE: Final = Rule("unfit-value")

LISTED: Final = 20
"""How many of the valid keys or words a hint lists."""

TABLE: Final = "table"
LIST: Final = "list"
TEXT: Final = "text"

_SHAPES: Mapping[str, str] = {
    "model_type": TABLE,
    "model_attributes_type": TABLE,
    "dataclass_type": TABLE,
    "dataclass_exact_type": TABLE,
    "named_tuple_type": TABLE,
    "dict_type": TABLE,
    "frozen_dict_type": TABLE,
    "ordered_dict_type": TABLE,
    "counter_type": TABLE,
    "mapping_type": TABLE,
    "arguments_type": TABLE,
    "list_type": LIST,
    "tuple_type": LIST,
    "set_type": LIST,
    "frozen_set_type": LIST,
    "deque_type": LIST,
    "iterable_type": LIST,
    "string_type": TEXT,
    "is_instance_of": TEXT,
    "bool_type": TEXT,
    "int_type": TEXT,
    "float_type": TEXT,
    "decimal_type": TEXT,
    "date_type": TEXT,
}

_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")


def shape(value: object, expected: str) -> Fault:
    """Say that a value has the wrong shape.

    Args:
        value: what was read: a scalar, a table or a list.
        expected: :data:`TABLE`, :data:`LIST` or :data:`TEXT`.

    Returns:
        The fault; where a full-width colon made text of a table, the one that shows the line as it should be.
    """
    if expected == TABLE and isinstance(value, str) and (fault := slip(value)):
        return fault
    return Fault(
        WRONG_SHAPE,
        say(
            "{found} stands here, where {expected} is expected.",
            found=_found(value),
            expected=_EXPECTED[expected],
        ),
        _HINTS[expected],
    )


_EXPECTED: Mapping[str, Text] = {TABLE: say("a table"), LIST: say("a list"), TEXT: say("one value")}
_HINTS: Mapping[str, Text] = {
    TABLE: say("Write {{key: value, key: value}}, or one “key: value” on each line below, two spaces deeper."),
    LIST: say("Write [one, two], or one “- …” on each line below."),
    TEXT: say("Write one value after the key, without brackets."),
}


def _found(value: object) -> Text:
    if isinstance(value, dict):
        return say("A table")
    if isinstance(value, list | tuple):
        return say("A list")
    return say("“{text}”", text=str(value)[:40])


def fault_of(detail: ErrorDetails) -> Fault:
    """Say in our words what one of pydantic's errors reports.

    Args:
        detail: the error, of any type but ``missing`` and ``extra_forbidden``, which need the model.

    Returns:
        The fault.
    """
    kind, value, ctx = detail["type"], detail["input"], detail.get("ctx", {})
    if kind in _SHAPES and not (_SHAPES[kind] == TEXT and isinstance(value, str)):
        return shape(value, _SHAPES[kind])
    worded = WORDED.get(kind)
    if worded:
        return worded(value, ctx)
    return _unfit(value, say("Compare it with the other files of this kind."))


def _unfit(value: object, hint: Text) -> Fault:
    return Fault(UNFIT_VALUE, say("{found} does not fit here.", found=_found(value)), hint)


def _word(value: object, ctx: Mapping[str, Any]) -> Fault:
    """A word that is not among the valid ones, from a Literal or an enumeration."""
    words = [single or double for single, double in _QUOTED.findall(str(ctx.get("expected", "")))]
    return _none_of(value, words)


def _tag(_value: object, ctx: Mapping[str, Any]) -> Fault:
    """A union whose deciding key holds a word that no member has."""
    words = [single or double for single, double in _QUOTED.findall(str(ctx.get("expected_tags", "")))]
    return _none_of(str(ctx.get("tag", "")), words)


def _no_tag(value: object, ctx: Mapping[str, Any]) -> Fault:
    """A union whose deciding key is missing."""
    if not isinstance(value, dict):
        return shape(value, TABLE)
    key = str(ctx.get("discriminator", "")).strip("'\"")
    return Fault(
        WRONG_SHAPE,
        say("The key that says what this table is (“{key}”) is missing.", key=key),
        say("Add a line “{key}: …”, or the same inside the brackets.", key=key),
    )


def _none_of(value: object, words: list[str]) -> Fault:
    if not isinstance(value, str):
        return shape(value, TEXT)
    message = say("“{text}” is none of the words that can stand here.", text=value[:40])
    if near := nearest(value, words):
        return Fault(
            UNKNOWN_WORD,
            message,
            say("Did you mean “{near}”? The words are: {words}.", near=near, words=", ".join(words[:LISTED])),
        )
    return Fault(UNKNOWN_WORD, message, say("The words are: {words}.", words=", ".join(words[:LISTED])))


def _length(value: object) -> int:
    return len(value) if isinstance(value, dict | list | tuple) else 0


def spurious(detail: ErrorDetails) -> bool:
    """Tell whether an error only follows from others: pydantic counts the entries that are right."""
    return detail["type"] == "too_short" and _length(detail["input"]) >= detail["ctx"]["min_length"]


def _few(value: object, ctx: Mapping[str, Any]) -> Fault:
    count, limit = _length(value), int(ctx["min_length"])
    return Fault(
        UNFIT_VALUE,
        say("There are too few entries here: {count}.", count=count),
        say("Write at least {limit}.", limit=limit),
    )


def _many(value: object, ctx: Mapping[str, Any]) -> Fault:
    count = _length(value)
    return Fault(
        UNFIT_VALUE,
        say("There are too many entries here: {count}.", count=count),
        say("Write at most {limit}.", limit=int(ctx["max_length"])),
    )


def _short(value: object, ctx: Mapping[str, Any]) -> Fault:
    return _unfit(value, say("Write at least {limit} characters.", limit=int(ctx["min_length"])))


def _long(value: object, ctx: Mapping[str, Any]) -> Fault:
    return _unfit(value, say("Write at most {limit} characters.", limit=int(ctx["max_length"])))


def _above(value: object, ctx: Mapping[str, Any]) -> Fault:
    return _unfit(value, say("Write a value above {limit}.", limit=str(ctx["gt"])))


def _from(value: object, ctx: Mapping[str, Any]) -> Fault:
    return _unfit(value, say("Write at least {limit}.", limit=str(ctx["ge"])))


def _below(value: object, ctx: Mapping[str, Any]) -> Fault:
    return _unfit(value, say("Write a value below {limit}.", limit=str(ctx["lt"])))


def _to(value: object, ctx: Mapping[str, Any]) -> Fault:
    return _unfit(value, say("Write at most {limit}.", limit=str(ctx["le"])))


def _multiple(value: object, ctx: Mapping[str, Any]) -> Fault:
    return _unfit(value, say("Write a multiple of {limit}.", limit=str(ctx["multiple_of"])))


def _form(value: object, _ctx: Mapping[str, Any]) -> Fault:
    return _unfit(value, say("Write it in the form that the other files of this kind have."))


WORDED: Mapping[str, Callable[[object, Mapping[str, Any]], Fault]] = {
    "literal_error": _word,
    "enum": _word,
    "union_tag_invalid": _tag,
    "union_tag_not_found": _no_tag,
    "too_short": _few,
    "too_long": _many,
    "string_too_short": _short,
    "string_too_long": _long,
    "string_pattern_mismatch": _form,
    "greater_than": _above,
    "greater_than_equal": _from,
    "less_than": _below,
    "less_than_equal": _to,
    "multiple_of": _multiple,
}
"""The error types that have words of their own, besides those about shapes."""
