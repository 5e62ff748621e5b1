"""Scalar fields: the types that records and policies are declared with.

Each is an ``Annotated`` type for pydantic whose validator is a reader of :mod:`kpigen.reading.readers`, and
whose JSON Schema tells an editor the same. A quoted value counts as the same text (``"14"`` is 14): quotes
are how YAML writes text, not what it says. Values that are typed already pass, so that programs and tests can
make records of Python values; a YAML file only ever holds text.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic_core import PydanticCustomError, core_schema

from kpigen.month import Month, Period
from kpigen.reading.faults import Fault
from kpigen.reading.nodes import Scalar
from kpigen.reading.readers import (
    AGENT,
    MAX_DIGITS,
    MAX_ID,
    NUMBER,
    SLUG,
    TEXT_FORM,
    WHOLE,
    identifier_form,
    read_agent,
    read_day,
    read_flag,
    read_identifier,
    read_month,
    read_number,
    read_period,
    read_slug,
    read_text,
    read_whole,
)
from kpigen.reading.wording import TEXT, shape
from kpigen.text import Label, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

__all__ = [
    "AdjustmentId",
    "AgentId",
    "AppealId",
    "ComplaintId",
    "Day",
    "EventId",
    "ExpressionText",
    "Flag",
    "LabelField",
    "LongProse",
    "MonthField",
    "Number",
    "PeriodField",
    "Prose",
    "Raw",
    "Read",
    "Slug",
    "Whole",
    "refuse",
]

MAX_PROSE: Final = 500
MAX_LONG_PROSE: Final = 4000
MAX_EXPRESSION: Final = 400


def refuse(fault: Fault, *within: str | int, key: bool = False) -> PydanticCustomError:
    """Make the exception by which any validator of a record reports ``fault``.

    Args:
        fault: what is wrong.
        within: keys and indexes that lead from the validated value to the part that is wrong.
        key: whether the fault is the last key itself, not its value.

    Returns:
        The exception, to be raised; decoding turns it into a finding with its place.
    """
    return PydanticCustomError("fault", "fault", {"fault": fault, "within": within, "key": key})


class Read:
    """An annotation: the field is what ``reader`` reads from a scalar's text."""

    def __init__(self, kind: type, reader: Callable[[str], object], schema: JsonSchemaValue) -> None:
        """Take the Python type of the field, its reader, and its JSON Schema."""
        self.kind = kind
        self.reader = reader
        self.schema = schema

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Validate with the reader alone."""
        return core_schema.no_info_plain_validator_function(
            self._validate,
            serialization=core_schema.plain_serializer_function_ser_schema(_written, when_used="json"),
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return the schema that was declared."""
        return dict(self.schema)

    def _validate(self, value: object) -> object:
        if not isinstance(value, str):
            if type(value) is self.kind:
                return value
            raise refuse(shape(value, TEXT))
        read = self.reader(value)
        if isinstance(read, Fault):
            raise refuse(read)
        return read


def _written(value: object) -> object:
    """Write a typed value the way a file states it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Label):
        return {"zh": value.zh, "en": value.en}
    return str(value)


def _anchored(pattern: str) -> str:
    return f"^(?:{pattern})$"


def _identifier(prefix: str) -> Read:
    pattern = identifier_form(prefix).pattern
    return Read(str, lambda text: read_identifier(text, prefix), {"type": "string", "pattern": _anchored(pattern)})


def _expression(text: str) -> str | Fault:
    """Keep the scalar itself, with its place, once it is known to be one short line."""
    read = read_text(text, MAX_EXPRESSION)
    return read if isinstance(read, Fault) else text


class _IsScalar:
    """An annotation: the field keeps the scalar itself, as the file says it."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Take scalars only."""
        return core_schema.is_instance_schema(Scalar, cls_repr="Scalar")

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Allow what an editor's YAML reader makes of a scalar."""
        return {"type": ["string", "number", "boolean"]}


class _LabelSchema(Read):
    """An annotation: a name, plain or in both languages."""

    def __init__(self) -> None:
        """Describe both forms."""
        text = {"type": "string", "minLength": 1, "maxLength": MAX_PROSE}
        both = {
            "type": "object",
            "properties": {"zh": text, "en": text},
            "required": ["zh", "en"],
            "additionalProperties": False,
        }
        super().__init__(Label, _plain_label, {"anyOf": [text, both]})

    def _validate(self, value: object) -> object:
        return _both(value) if isinstance(value, dict) else super()._validate(value)


def _plain_label(text: str) -> Label | Fault:
    read = read_text(text, MAX_PROSE)
    return read if isinstance(read, Fault) else Label(read, read)


def _both(table: dict[Any, Any]) -> Label:
    """Read a name that is given in both languages."""
    for key in table:
        if key not in {"zh", "en"}:
            message = say("A name has no part “{key}”.", key=str(key)[:40])
            raise refuse(Fault(TEXT_FORM, message, say("Write one text, or {{zh: …, en: …}}.")), str(key), key=True)
    said: dict[str, str] = {}
    for lang in ("zh", "en"):
        if lang not in table:
            message = say("This name lacks its “{lang}” part.", lang=lang)
            raise refuse(Fault(TEXT_FORM, message, say("Write one text, or {{zh: …, en: …}}.")))
        text = table[lang]
        read = read_text(text, MAX_PROSE) if isinstance(text, str) else shape(text, TEXT)
        if isinstance(read, Fault):
            raise refuse(read, lang)
        said[lang] = read
    return Label(zh=said["zh"], en=said["en"])


Number = Annotated[Decimal, Read(Decimal, read_number, {"type": ["number", "string"], "pattern": _anchored(NUMBER)})]
"""An exact decimal number of at most 12 digits."""

Whole = Annotated[
    int,
    Read(
        int,
        read_whole,
        {
            "type": ["integer", "string"],
            "pattern": _anchored(WHOLE),
            "minimum": 0,
            "maximum": 10**MAX_DIGITS - 1,
        },
    ),
]
"""A whole number from 0 on."""

MonthField = Annotated[Month, Read(Month, read_month, {"type": "string", "pattern": r"^[0-9]{4}-(?:0[1-9]|1[0-2])$"})]
"""A month, ``2026-09``."""

PeriodField = Annotated[
    Period,
    Read(Period, read_period, {"type": ["string", "integer"], "pattern": "^[0-9]{4}(?:-(?:Q[1-4]|H[12]))?$"}),
]
"""A calendar quarter, half-year or year: ``2026-Q3``, ``2026-H2``, ``2026``."""

Day = Annotated[
    date,
    Read(date, read_day, {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
]
"""A date, ``2026-09-30``."""

Slug = Annotated[str, Read(str, read_slug, {"type": "string", "pattern": _anchored(SLUG), "maxLength": MAX_ID})]
"""The id of a department, team, policy, person or rule."""

AgentId = Annotated[str, Read(str, read_agent, {"type": "string", "pattern": _anchored(AGENT)})]
"""An agent's id, ``A001``."""

ComplaintId = Annotated[str, _identifier("C")]
EventId = Annotated[str, _identifier("E")]
AppealId = Annotated[str, _identifier("P")]
AdjustmentId = Annotated[str, _identifier("J")]

Flag = Annotated[bool, Read(bool, read_flag, {"type": ["string", "boolean"], "enum": ["yes", "no", True, False]})]
"""``yes`` or ``no``. The schema allows booleans too, which an editor's YAML reader may see."""

Prose = Annotated[
    str,
    Read(
        str,
        lambda text: read_text(text, MAX_PROSE),
        {"type": "string", "minLength": 1, "maxLength": MAX_PROSE},
    ),
]
"""One line of text for people."""

LongProse = Annotated[
    str,
    Read(
        str,
        lambda text: read_text(text, MAX_LONG_PROSE, lines=True),
        {"type": "string", "minLength": 1, "maxLength": MAX_LONG_PROSE},
    ),
]
"""Text for people, of several lines if need be."""

LabelField = Annotated[Label, _LabelSchema()]
"""A name for people: one text, or ``{zh: …, en: …}``."""

ExpressionText = Annotated[
    Scalar, Read(Scalar, _expression, {"type": ["string", "number", "boolean"], "maxLength": MAX_EXPRESSION})
]
"""An expression of the policy language: the scalar with its place, one line."""

Raw = Annotated[Scalar, _IsScalar()]
"""The scalar itself, for values whose type the policy decides."""
