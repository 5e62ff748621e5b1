"""``kpigen schema``: write the JSON Schemas by which editors complete and check what people type."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpigen.cli.editing import editing
from kpigen.cli.options import option, verb
from kpigen.text import say

if TYPE_CHECKING:
    from pathlib import Path

    from kpigen.text import Lang, Text

__all__ = ["command"]


@verb(say("Write the JSON Schemas of records and policy into schema/."), name="schema")
@option("--check", is_flag=True, about=say("Write nothing; exit 1 when a schema is not what the program says."))
def command(root: Path, lang: Lang, *, check: bool) -> None:
    """Write what differs; with ``check`` only name it."""
    from kpigen.intake.writing import replace  # noqa: PLC0415 - help does without
    from kpigen.schema import schema_files  # noqa: PLC0415

    made = schema_files()
    with editing(root, lang):
        differing = [path for path, text in made.items() if _present(root / path) != text.encode()]
        extra = sorted(path.name for path in (root / "schema").glob("*.json") if f"schema/{path.name}" not in made)
        if not check:
            replace(root, {path: made[path] for path in differing})
    for path in differing:
        click.echo(_outdated(path, check=check).said(lang))
    for name in extra:
        click.echo(say("schema/{name}: no kind of file has this name; remove it", name=name).said(lang))
    if not differing and not extra:
        click.echo(say("{count} schemas are up to date", count=len(made)).said(lang))
    click.get_current_context().exit(1 if extra or (check and differing) else 0)


def _outdated(path: str, *, check: bool) -> Text:
    return say("{path}: out of date; run kpigen schema", path=path) if check else say("{path}: written", path=path)


def _present(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
