"""JSON Schemas of the records and of the policy, made from the models, so that an editor knows what a file may say."""

from __future__ import annotations

import inspect
import json
import re
from typing import TYPE_CHECKING, Any, Final

from pydantic.json_schema import GenerateJsonSchema

from kpigen.policy import Version
from kpigen.records import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import core_schema

    from kpigen.reading.decode import Record

__all__ = ["DIALECT", "SCHEMAS", "schema_files"]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

SCHEMAS: Final[Mapping[str, type[Record]]] = {**KINDS, "policy": Version}
"""Every kind of file that has a schema, and its model."""

# How docstrings mark code; an editor shows the words alone.
_MARKUP = re.compile(r":\w+:`~?([^`]*)`|``([^`]*)``")


class _Schemas(GenerateJsonSchema):
    """Makes schemas of what a file says, which is not always what a model holds."""

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """Allow one value where a list of them is meant: that is what our validators before a list take."""
        made = super().function_before_schema(schema)
        return {"anyOf": [made["items"], made]} if made.get("type") == "array" and "items" in made else made

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Leave null out: a key without a value is a finding; what is optional is left out."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """State no default where the key may simply be absent."""
        return self.generate_inner(schema["schema"])

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Close a table whose keys have a form."""
        made = super().dict_schema(schema)
        return {**made, "additionalProperties": False} if "patternProperties" in made else made


def schema_files() -> dict[str, str]:
    """Return the text of every schema by its path in the repository; the same models make the same bytes."""
    return {f"schema/{kind}.json": _written(kind, model) for kind, model in SCHEMAS.items()}


def _written(kind: str, model: type[Record]) -> str:
    made = _plain(model.model_json_schema(schema_generator=_Schemas))
    head = {"$schema": DIALECT, "title": kind, "description": made.pop("description")}
    made.pop("title", None)
    return json.dumps({**head, **made}, ensure_ascii=False, indent=2) + "\n"


def _plain(made: Any) -> Any:  # noqa: ANN401 - JSON
    """Write descriptions as people read them; drop the titles that only repeat a key's name."""
    if isinstance(made, list):
        return [_plain(each) for each in made]
    if not isinstance(made, dict):
        return made
    plain: dict[str, Any] = {}
    for key, value in made.items():
        if key == "description" and isinstance(value, str):
            plain[key] = _MARKUP.sub(r"\1\2", inspect.cleandoc(value)).replace("\n", " ")
        elif key == "title" and isinstance(value, str):
            continue
        elif key in {"properties", "$defs"}:
            plain[key] = {name: _plain(each) for name, each in value.items()}
        else:
            plain[key] = _plain(value)
    return plain
