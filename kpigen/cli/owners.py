"""``kpigen owners``: write ``.github/CODEOWNERS`` from the departments and the accounts of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpigen.cli.editing import editing
from kpigen.cli.findings import print_findings
from kpigen.cli.options import option, verb
from kpigen.cli.refusal import Refusal
from kpigen.text import say

if TYPE_CHECKING:
    from pathlib import Path

    from kpigen.text import Lang

__all__ = ["command"]


@verb(say("Write .github/CODEOWNERS: who must approve which files at the host."), name="owners")
@option("--check", is_flag=True, about=say("Write nothing; exit 1 when the file is not what the records say."))
def command(root: Path, lang: Lang, *, check: bool) -> None:
    """Write the file, or with ``check`` compare it."""
    from kpigen.approval.ownership import CODE_OWNERS, code_owners, read_staff  # noqa: PLC0415
    from kpigen.checks.people import check_people  # noqa: PLC0415 - help does without
    from kpigen.finding import Severity  # noqa: PLC0415
    from kpigen.intake.writing import replace  # noqa: PLC0415
    from kpigen.repository import survey  # noqa: PLC0415
    from kpigen.snapshot import FolderSnapshot  # noqa: PLC0415

    with editing(root, lang):
        snapshot = FolderSnapshot.of(root)
        staff, findings = read_staff(snapshot)
        if staff is None and not findings:
            raise Refusal(say("records/people.yaml is not there; it says which account each person has"), lang)
        findings = findings or tuple(check_people(snapshot, survey(snapshot.entries)[0], None))
        if staff is None or any(each.severity is Severity.ERROR for each in findings):
            print_findings(findings, root, lang)
            click.get_current_context().exit(1)
        text = code_owners(staff)
        place = root / CODE_OWNERS
        same = place.is_file() and place.read_bytes().replace(b"\r\n", b"\n") == text.encode()
        if not check and not same:
            replace(root, {CODE_OWNERS: text})
    if same:
        said = say("{path} is up to date", path=CODE_OWNERS)
    elif check:
        said = say("{path}: out of date; run kpigen owners", path=CODE_OWNERS)
    else:
        said = say("{path}: written", path=CODE_OWNERS)
    click.echo(said.said(lang))
    click.get_current_context().exit(1 if check and not same else 0)
