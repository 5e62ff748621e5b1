"""Decoding: a located document to a typed record, or to findings with line and column.

Records are pydantic models derived from :class:`Record`. Pydantic does the checking; what it reports is said
again in our words and put at the line where the reader must look. Its own sentences are never shown.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar, cast

from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError, core_schema

from kpigen.finding import Finding, Rule, ordered
from kpigen.reading.faults import Fault
from kpigen.reading.nodes import Scalar, Series, Table
from kpigen.reading.scalars import refuse
from kpigen.reading.wording import LISTED, TABLE, fault_of, shape, spurious
from kpigen.text import Text, nearest, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic import GetCoreSchemaHandler
    from pydantic_core import ErrorDetails

    from kpigen.reading.nodes import Document, Node

__all__ = [
    "AMBIGUOUS_KEYS",
    "MISSING_KEY",
    "UNKNOWN_KEY",
    "Record",
    "by_key",
    "decode",
]

UNKNOWN_KEY = Rule("unknown-key")
MISSING_KEY = Rule("missing-key")
AMBIGUOUS_KEYS = Rule("ambiguous-keys")

MAX_FINDINGS: Final = 100

M = TypeVar("M", bound=BaseModel)


class Record(BaseModel):
    """What every record and policy model derives from: frozen, closed, and typed from text.

    Fields take the types of :mod:`kpigen.reading.scalars`, ``Literal`` words, other records,
    ``tuple[X, ...]`` for lists and ``Mapping[K, V]`` for tables, which keep the order of the file. Defaults
    must be immutable. A key that Python cannot use as a name (``from``) is declared with
    ``Field(alias="from")``. A record's own validators raise what
    :func:`kpigen.reading.scalars.refuse` makes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, protected_namespaces=())

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: object) -> None:
        """Refuse, when the class is made, fields by which a float or a shared mutable value could come in."""
        super().__pydantic_init_subclass__(**kwargs)
        for name, field in cls.model_fields.items():
            if field.annotation in _LAX and not field.metadata:
                raise TypeError(f"{cls.__name__}.{name}: use a type of kpigen.reading.scalars, not {field.annotation}")
            if isinstance(field.default, list | dict | set | bytearray):
                raise TypeError(f"{cls.__name__}.{name}: its default is mutable")

    @model_validator(mode="wrap")
    @classmethod
    def _explained(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:  # noqa: ANN401 - from anywhere
        """Let the error for an unknown key say which keys there are: only here is the model known."""
        try:
            return handler(data)
        except ValidationError as error:
            keys = tuple(field.alias or name for name, field in cls.model_fields.items())
            raise ValidationError.from_exception_data(
                error.title, [_again(detail, keys) for detail in error.errors(include_url=False)]
            ) from None


# Pydantic reads these from text by rules of its own, which take "１４", "1e3" and "on".
_LAX = (bool, int, float, complex, Decimal, date, datetime)


class ByKey:
    """An annotation: the model of a table is chosen by which of several keys it has."""

    def __init__(self, models: Mapping[str, type[BaseModel]]) -> None:
        """Take the model for each key."""
        self.models = dict(models)

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Check the keys first, then validate by the one model."""
        # A tag goes into the error's location; written like this it cannot be taken for a key of the file.
        choices = {f"<{key}>": handler.generate_schema(model) for key, model in self.models.items()}
        union = core_schema.tagged_union_schema(choices, discriminator=self._tag)
        return core_schema.no_info_before_validator_function(self._checked, union)

    def _tag(self, value: object) -> str | None:
        tags = (
            f"<{key}>"
            for key, model in self.models.items()
            if isinstance(value, model) or (isinstance(value, dict) and key in value)
        )
        return next(tags, None)

    def _checked(self, value: object) -> object:
        """Refuse what has none or two of the keys."""
        if isinstance(value, tuple(self.models.values())):
            return value
        words = ", ".join(self.models)
        if not isinstance(value, dict):
            raise refuse(shape(value, TABLE))
        present = [key for key in value if key in self.models]
        if len(present) == 1:
            return value
        if present:
            message = say("“{first}” and “{second}” exclude each other.", first=present[0], second=present[1])
            raise refuse(
                Fault(AMBIGUOUS_KEYS, message, say("Keep one of: {words}.", words=words)),
                str(present[1]),
                key=True,
            )
        for key in value:
            if near := nearest(str(key), self.models):
                raise refuse(Fault(UNKNOWN_KEY, _unknown(str(key)), _mean(near)), str(key), key=True)
        message = say("This table does not say what it is: none of its keys is one of {words}.", words=words)
        raise refuse(Fault(MISSING_KEY, message, say("Add one of: {words}.", words=words)))


def by_key(**models: type[BaseModel]) -> ByKey:
    """Choose the model of a table by which of several keys it has.

    Written ``Annotated[Points | Amount, by_key(points=Points, amount=Amount)]``.

    Args:
        models: for each key the model of the tables that have it; a table must have exactly one of the keys.

    Returns:
        The annotation.
    """
    return ByKey(models)


def decode(document: Document, model: type[M]) -> tuple[M | None, tuple[Finding, ...]]:
    """Read a document as a record.

    Args:
        document: what was parsed.
        model: the record's type.

    Returns:
        The record and no finding, or None and the findings. Values that the file leaves empty are passed over
        in silence, because parsing has reported them; so None may come without a finding, never without a
        finding of :func:`kpigen.reading.syntax.parse`.
    """
    try:
        return model.model_validate(document.root), ()
    except ValidationError as error:
        details = error.errors(include_url=False)
    findings = [finding for detail in details[:MAX_FINDINGS] if (finding := _finding(document, detail))]
    return None, ordered(findings)


def _again(detail: ErrorDetails, keys: tuple[str, ...]) -> InitErrorDetails:
    """Make an error again as it was, with the table's keys; its words are found only if it is reported."""
    kind: str | PydanticCustomError = detail["type"]
    if kind == "fault":
        kind = PydanticCustomError("fault", "fault", detail["ctx"])
    elif kind == "kept":
        kind = PydanticCustomError("kept", "kept", detail["ctx"])
    elif kind != "missing":
        kind = PydanticCustomError("kept", "kept", {"detail": detail, "keys": keys})
    return InitErrorDetails(type=kind, loc=detail["loc"], input=detail["input"])


def _finding(document: Document, detail: ErrorDetails) -> Finding | None:
    """Turn one error into a finding at its place; None when another finding reports it already."""
    ctx = detail.get("ctx", {})
    path, at_key = _path(document.root, (*detail["loc"], *ctx.get("within", ())))
    node = _node(document.root, path)
    if isinstance(node, Scalar) and not node and not node.quoted and not at_key:
        return None
    kept: ErrorDetails = ctx.get("detail", detail)
    if kept["type"] == "missing":
        table = next((step for step in reversed(path) if isinstance(step, str)), None)
        return _missing(str(detail["loc"][-1]), table).at(document.place(path, key=True))
    if kept["type"] == "extra_forbidden":
        return _extra(str(detail["loc"][-1]), ctx.get("keys", ())).at(document.place(path, key=True))
    if spurious(kept):
        return None
    fault = ctx.get("fault") or fault_of(kept)
    return fault.at(document.place(path, key=at_key or ctx.get("key", False)))


def _extra(key: str, keys: tuple[str, ...]) -> Fault:
    if near := nearest(key, keys):
        return Fault(UNKNOWN_KEY, _unknown(key), _mean(near))
    hint = say("The keys here are: {keys}.", keys=", ".join(keys[:LISTED]))
    return Fault(UNKNOWN_KEY, _unknown(key), hint)


def _missing(key: str, table: str | None) -> Fault:
    hint = say("Add a line “{key}: …”, or the same inside the brackets.", key=key)
    if table is None:
        return Fault(MISSING_KEY, say("The key “{key}” is missing from this file.", key=key), hint)
    return Fault(MISSING_KEY, say("The key “{key}” is missing from “{table}”.", key=key, table=table), hint)


def _node(root: Table, path: Iterable[str | int]) -> Node:
    here: Any = root
    for step in path:
        here = here[step]
    return cast("Node", here)


def _unknown(key: str) -> Text:
    return say("“{key}” is no key of this table.", key=key[:40])


def _mean(near: str) -> Text:
    return say("Did you mean “{near}”?", near=near)


def _path(root: Table, loc: Iterable[str | int]) -> tuple[tuple[str | int, ...], bool]:
    """Keep the steps of ``loc`` that lead through the file; union tags and names of validators do not.

    The second value tells whether the error is about the last key itself.
    """
    here: Node = root
    path: list[str | int] = []
    at_key = False
    for step in loc:
        if isinstance(here, Table) and isinstance(step, str) and step in here:
            here = here[cast("Scalar", step)]
            path.append(step)
        elif isinstance(here, Series) and isinstance(step, int) and 0 <= step < len(here):
            here = here[step]
            path.append(step)
        elif step == "[key]":
            at_key = True
    return tuple(path), at_key
