"""``kpigen fmt``: lay records and policies out the same way everywhere, without a change of what they say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpigen.cli.editing import editing
from kpigen.cli.findings import print_findings
from kpigen.cli.options import option, verb
from kpigen.cli.refusal import Refusal
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kpigen.finding import Finding
    from kpigen.snapshot import FolderSnapshot
    from kpigen.text import Lang

__all__ = ["command"]


@verb(say("Lay records and policies out: order of keys, columns of sheets, spacing. No value changes."), name="fmt")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@option("--check", is_flag=True, about=say("Change nothing; name the files that would change, and exit 1."))
def command(root: Path, lang: Lang, paths: tuple[Path, ...], *, check: bool) -> None:
    """Rewrite the files that differ; those of closed months, and those with findings, stay as they are."""
    from kpigen.intake.writing import replace  # noqa: PLC0415 - help does without
    from kpigen.layout import kind_of, rearranged  # noqa: PLC0415
    from kpigen.snapshot import FolderSnapshot  # noqa: PLC0415

    findings: list[Finding] = []
    changed: dict[str, str] = {}
    with editing(root, lang):
        snapshot = FolderSnapshot.of(root)
        for path in _chosen(snapshot, root, paths, lang):
            data = snapshot.read(path) if kind_of(path) else b""
            text, found = rearranged(path, data) if kind_of(path) else (None, ())
            findings.extend(found)
            if text is not None and text.encode() != data:
                changed[path] = text
        if not check:
            replace(root, changed)
    print_findings(findings, root, lang)
    for path in changed:
        said = say("{path}: would change", path=path) if check else say("{path}: laid out", path=path)
        click.echo(said.said(lang))
    click.get_current_context().exit(1 if findings or (check and changed) else 0)


def _chosen(snapshot: FolderSnapshot, root: Path, paths: Sequence[Path], lang: Lang) -> Iterator[str]:
    """Yield the files that are asked for, all of them unless some are; a closed month keeps its bytes.

    Raises:
        Refusal: a path is none of the repository.
    """
    files = [entry.path for entry in snapshot.entries if entry.kind == "file"]
    closed = {path.removesuffix("close.yaml") for path in files if path.endswith("/close.yaml")}
    wanted = [_within(root, path, lang) for path in paths]
    for asked in wanted:
        if not any(_below(path, asked) for path in files):
            raise Refusal(say("{path} is no file or folder of records/ or policy/", path=asked), lang)
    for path in files:
        if (not wanted or any(_below(path, asked) for asked in wanted)) and not path.startswith(tuple(closed)):
            yield path


def _within(root: Path, path: Path, lang: Lang) -> str:
    """Return a path relative to the root; one that is relative may start from here or from the root."""
    start = path if path.exists() else root / path
    try:
        return start.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        raise Refusal(say("{path} is no file or folder of records/ or policy/", path=str(path)), lang) from None


def _below(path: str, asked: str) -> bool:
    return asked in {".", path} or path.startswith(f"{asked}/")
