"""``kpigen form``: make a record of a complaint or an appeal that somebody entered into a form of the host."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpigen.cli.approval import read_notice
from kpigen.cli.editing import editing
from kpigen.cli.options import option, verb
from kpigen.cli.refusal import Refusal
from kpigen.text import say

if TYPE_CHECKING:
    from kpigen.approval.notice import Issue
    from kpigen.intake.filing import Earlier
    from kpigen.text import Lang

__all__ = ["command"]

_FILE = click.Path(path_type=Path)


@verb(say("Make a record of an issue form: a complaint or an appeal that somebody entered at the host."), name="form")
@click.argument("event", type=_FILE)
@option("--output", type=_FILE, about=say("Append the branch, the path and the title to this file, a line each."))
def command(root: Path, lang: Lang, *, event: Path, output: Path | None) -> None:
    """Write the record and print the reply, or print what is wrong with each field and exit 1."""
    from kpigen.approval.notice import NoticeError, read_issue  # noqa: PLC0415
    from kpigen.intake.filing import file_issue  # noqa: PLC0415 - help does without
    from kpigen.intake.reply import recorded, refused, title  # noqa: PLC0415
    from kpigen.intake.writing import add  # noqa: PLC0415
    from kpigen.snapshot import FolderSnapshot  # noqa: PLC0415

    try:
        issue = read_issue(str(event), read_notice(event, lang))
    except NoticeError as error:
        raise Refusal(error.text, lang) from error
    with editing(root, lang):
        filing = file_issue(FolderSnapshot.of(root), issue, _earlier(root, issue))
        if filing is None:
            return
        draft = filing.draft
        if draft is None:
            click.echo(refused(filing), nl=False)
            click.get_current_context().exit(1)
        add(root, draft.path, draft.text)
        if output is not None:
            with output.open("a", encoding="utf-8") as stream:
                stream.write(f"branch={_branch(issue)}\npath={draft.path}\ntitle={title(filing, draft)}\n")
    click.echo(recorded(filing, draft, issue.number), nl=False)


def _branch(issue: Issue) -> str:
    return f"form/{issue.number}"


def _earlier(root: Path, issue: Issue) -> Earlier | None:
    """Return the record that the issue's branch has at the host, if there is one."""
    from kpigen.intake.filing import Earlier  # noqa: PLC0415 - help does without
    from kpigen.revision import RevisionError, changed_between, file_at, merge_base, resolve  # noqa: PLC0415

    name = f"refs/remotes/origin/{_branch(issue)}"
    try:
        tip, start = resolve(root, name), merge_base(root, name)
        if tip == start:
            return Earlier("", b"", merged=True)
        for path in changed_between(root, start, tip):
            data = file_at(root, tip, path)
            if data is not None and path.startswith("records/"):
                return Earlier(path, data, merged=file_at(root, "HEAD", path) == data)
    except RevisionError:
        return None  # there is no such branch, or no repository
    return None
