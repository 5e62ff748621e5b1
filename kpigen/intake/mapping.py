"""The mapping: which column of a spreadsheet is which input, where the headers themselves do not say so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pydantic import Field

from kpigen.finding import Finding
from kpigen.intake.grid import MAX_COLUMNS
from kpigen.reading.decode import UNKNOWN_KEY, Record, decode
from kpigen.reading.scalars import Prose
from kpigen.reading.syntax import parse
from kpigen.repository import Filed
from kpigen.text import nearest, say

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["SheetMapping", "read_mapping"]


class SheetMapping(Record):
    """``columns`` gives for an input, or for agent, month or not_assessed, the header of its column."""

    columns: Mapping[str, Prose] = Field(default_factory=dict)
    ignore: tuple[Prose, ...] = ()


def read_mapping(
    path: str, data: bytes, roles: Collection[str]
) -> tuple[Filed[SheetMapping] | None, tuple[Finding, ...]]:
    """Read a mapping file.

    Args:
        path: the file as it was named.
        data: its bytes.
        roles: what a column may be.

    Returns:
        The mapping; or None and the findings.
    """
    document, findings = parse(path, data)
    if document is None or findings:
        return None, findings
    mapping, findings = decode(document, SheetMapping)
    if mapping is None:
        return None, findings
    filed = Filed(document=document, record=mapping)
    unknown = tuple(_unknown(filed, role, roles) for role in mapping.columns if role not in roles)
    return (None, unknown) if unknown else (filed, ())


def _unknown(filed: Filed[SheetMapping], role: str, roles: Collection[str]) -> Finding:
    near = nearest(role, roles)
    hint = (
        say("Did you mean {near}?", near=near)
        if near
        else say("Possible are: {words}.", words=", ".join(list(roles)[:MAX_COLUMNS]))
    )
    place = filed.place("columns", role, key=True)
    return Finding.of(UNKNOWN_KEY, place, say("The policy has no input {input}.", input=role), hint)
