"""``kpigen import`` and ``kpigen new``: bring in a spreadsheet, or make one record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpigen.cli.cells import stated_cells
from kpigen.cli.editing import DAY, MONTH, editing
from kpigen.cli.findings import print_findings
from kpigen.cli.options import Verb, option, verb
from kpigen.cli.refusal import Refusal
from kpigen.cli.terminal import paper, width_of
from kpigen.text import Label, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from kpigen.finding import Finding
    from kpigen.intake.desk import Desk
    from kpigen.intake.drafts import Draft
    from kpigen.intake.entry import Brought, Entry
    from kpigen.month import Month
    from kpigen.snapshot import FolderSnapshot
    from kpigen.text import Lang, Text

__all__ = ["import_command", "new_command"]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_department = option("--department", about=say("The department; may be left out where only one is possible."))


# Import


@verb(say("Put a spreadsheet's figures into the score sheets of a month."), name="import")
@click.argument("sheet", type=_FILE)
@option("--department", required=True, about=say("The department whose sheets are filled."))
@option("--month", required=True, type=MONTH, about=say("The month that was assessed, such as 2026-09."))
@option("--team", about=say("Take the agents of this team only."))
@option("--mapping", type=_FILE, about=say("A YAML file that says which column is which input."))
@option("--assessed", type=DAY, about=say("The day of the assessment; a new sheet has the first day of the window."))
def import_command(  # noqa: PLR0913 - one for each option
    root: Path,
    lang: Lang,
    *,
    sheet: Path,
    department: str,
    month: Month,
    team: str | None,
    mapping: Path | None,
    assessed: date | None,
) -> None:
    """Write the sheets, all of them or none."""
    from kpigen.intake.desk import choose_department, open_task  # noqa: PLC0415 - help does without
    from kpigen.intake.entry import enter_sheet  # noqa: PLC0415
    from kpigen.intake.writing import replace  # noqa: PLC0415

    with editing(root, lang):
        snapshot = _snapshot(root)
        choose_department(snapshot, department, None)
        task = open_task(_desk(snapshot, department, root, lang), month, team=team, assessed=assessed)
        entry = enter_sheet(snapshot, task, _brought(sheet), _brought(mapping) if mapping else None)
        _print(entry.findings, root, sheet, mapping, lang)
        if not entry.sound:
            click.echo(say("Nothing was written.").said(lang))
            click.get_current_context().exit(1)
        replace(root, {each.path: each.text for each in entry.sheets if not each.same})
    for line in _summary(entry):
        click.echo(line.said(lang))


def _brought(path: Path) -> Brought:
    from kpigen.intake.entry import Brought  # noqa: PLC0415 - help does without
    from kpigen.intake.grid import MAX_FILE  # noqa: PLC0415

    with path.open("rb") as stream:
        return Brought(str(path), stream.read(MAX_FILE + 1))


def _print(findings: Sequence[Finding], root: Path, sheet: Path, mapping: Path | None, lang: Lang) -> None:
    """Print findings; of a spreadsheet no line is quoted, as its places are rows and columns."""
    from kpigen.report import as_text  # noqa: PLC0415 - help does without

    brought = [finding for finding in findings if finding.place.path == str(sheet)]
    console = paper()
    for shown in as_text(brought, lang, lambda _: (), width_of(console)):
        console.print(shown)
    mapped = [finding for finding in findings if mapping and finding.place.path == str(mapping)]
    print_findings(mapped, Path(), lang)
    print_findings([finding for finding in findings if finding not in brought + mapped], root, lang)


def _summary(entry: Entry) -> Iterator[Text]:
    """Yield what was done, and what was passed over."""
    for sheet in entry.sheets:
        if sheet.new:
            yield say("{path}: new, agents: {agents}", path=sheet.path, agents=len(sheet.added))
        elif sheet.same:
            yield say("{path}: unchanged", path=sheet.path)
        else:
            yield say(
                "{path}: cells changed: {changed}, agents added: {added}",
                path=sheet.path,
                changed=sheet.changed,
                added=len(sheet.added),
            )
    gathered = entry.gathered
    if gathered and gathered.other_months:
        yield say("rows of other months passed over: {count}", count=gathered.other_months)
    if gathered and gathered.other_teams:
        yield say("rows of other teams passed over: {count}", count=gathered.other_teams)
    if gathered and gathered.blank:
        yield say("empty cells passed over: {count}", count=gathered.blank)
    if entry.absent:
        yield say("inputs without a column: {inputs}", inputs=", ".join(entry.absent))
    yield say("next: kpigen check, look at the changes, and submit them")


# New


class _Kinds(Verb, click.Group):
    """The kinds of record that can be made."""


@click.group(
    name="new",
    cls=_Kinds,
    about=say("Make a new record: a sheet, a complaint, an event, an appeal, an adjustment or an agent."),
)
def new_command() -> None:
    """Make a new record."""


@verb(say("Make a team's score sheet. It has an empty cell for each input of each agent."), name="scores")
@click.argument("team")
@click.argument("month", type=MONTH)
@_department
@option("--assessed", type=DAY, about=say("The day of the assessment; the first day of the window unless stated."))
def _scores(  # noqa: PLR0913 - one for each option
    root: Path, lang: Lang, *, team: str, month: Month, department: str | None, assessed: date | None
) -> None:
    from kpigen.intake.desk import choose_department, open_task  # noqa: PLC0415 - help does without
    from kpigen.intake.sheets import blank_sheet, sheet_path  # noqa: PLC0415

    with editing(root, lang):
        snapshot = _snapshot(root)
        chosen = choose_department(snapshot, department, team)
        task = open_task(_desk(snapshot, chosen, root, lang), month, team=team, assessed=assessed)
        meant = task.team or team
        _add(root, sheet_path(task, meant), blank_sheet(task, meant), lang)
    click.echo(say("next: fill in every cell, or not_assessed: with the reason; kpigen check names what is missing")
               .said(lang))  # fmt: skip


@verb(say("Make a complaint about an agent. It is open until somebody decides it."), name="complaint")
@click.argument("agent")
@_department
@option("--received", required=True, type=DAY, about=say("The day on which it was received."))
@option("--channel", required=True, about=say("How it came: phone, chat, email, …"))
@option("--category", required=True, about=say("What it is about, from the policy's list."))
@option("--severity", about=say("How grave it is, from the policy's list."))
@option("--summary", required=True, about=say("What happened; never a customer's name, number or order."))
def _complaint(
    root: Path, lang: Lang, *, agent: str, department: str | None, received: date, **stated: str | None
) -> None:
    from kpigen.intake.desk import choose_department  # noqa: PLC0415 - help does without
    from kpigen.intake.drafts import draft_complaint  # noqa: PLC0415

    keys = ("channel", "category", "severity", "summary")
    with editing(root, lang):
        snapshot = _snapshot(root)
        desk = _desk(snapshot, choose_department(snapshot, department, agent), root, lang)
        draft = draft_complaint(desk, agent, received, {key: stated[key] for key in keys})
        _keep(root, draft, lang)
    click.echo(say("next: once it is decided, write status: upheld or dismissed, and decided: {{on: …, by: …}}")
               .said(lang))  # fmt: skip


@verb(say("Make an event about an agent or a team. A reviewer then adds reviewed:."), name="event")
@click.argument("subject")
@click.argument("kind")
@_department
@option("--on", required=True, type=DAY, about=say("The day on which it happened."))
@option("--proposed", required=True, about=say("Who proposes it."))
@option("--amount", about=say("The amount, where the kind carries one."))
@option("--note", about=say("What happened, in a few words."))
def _event(root: Path, lang: Lang, *, subject: str, department: str | None, on: date, **stated: str | None) -> None:
    from kpigen.intake.desk import choose_department  # noqa: PLC0415 - help does without
    from kpigen.intake.drafts import draft_event  # noqa: PLC0415

    keys = ("kind", "amount", "note", "proposed")
    with editing(root, lang):
        snapshot = _snapshot(root)
        desk = _desk(snapshot, choose_department(snapshot, department, subject), root, lang)
        draft = draft_event(desk, subject, on, {key: stated[key] for key in keys})
        _keep(root, draft, lang)
    click.echo(say("next: a reviewer, not who proposed it, adds reviewed: with their name").said(lang))


@verb(say("Make an appeal. It is open until somebody decides it who did not assess."), name="appeal")
@click.argument("agent")
@click.argument("about")
@_department
@option("--month", type=MONTH, about=say("The month that it is about; not with a complaint or an event."))
@option("--filed", required=True, type=DAY, about=say("The day on which it was filed."))
@option("--grounds", required=True, about=say("Why the agent appeals."))
def _appeal(  # noqa: PLR0913 - one for each option
    root: Path,
    lang: Lang,
    *,
    agent: str,
    about: str,
    department: str | None,
    month: Month | None,
    filed: date,
    grounds: str,
) -> None:
    from kpigen.intake.desk import choose_department  # noqa: PLC0415 - help does without
    from kpigen.intake.drafts import draft_appeal  # noqa: PLC0415

    with editing(root, lang):
        snapshot = _snapshot(root)
        desk = _desk(snapshot, choose_department(snapshot, department, agent), root, lang)
        _keep(root, draft_appeal(desk, agent, (about, month), filed, grounds), lang)
    click.echo(say("next: a reviewer decides: status: upheld or rejected, decided: {{on: …, by: …}} and outcome:")
               .said(lang))  # fmt: skip


@verb(say("Make an adjustment: restate what a closed month got wrong; the difference is paid."), name="adjustment")
@click.argument("agent")
@click.argument("corrects", type=MONTH)
@click.argument("restated", nargs=-1, required=True, metavar="INPUT=VALUE...")
@_department
@option("--month", required=True, type=MONTH, about=say("The open month in which the difference is paid."))
@option("--reason", required=True, about=say("Why, for the agent to read."))
@option("--appeal", about=say("The appeal that it follows from."))
def _adjustment(  # noqa: PLR0913 - one for each option
    root: Path,
    lang: Lang,
    *,
    agent: str,
    corrects: Month,
    restated: tuple[str, ...],
    department: str | None,
    month: Month,
    **stated: str | None,
) -> None:
    from kpigen.intake.desk import choose_department  # noqa: PLC0415 - help does without
    from kpigen.intake.drafts import draft_adjustment  # noqa: PLC0415

    cells = stated_cells(restated, lang)
    with editing(root, lang):
        snapshot = _snapshot(root)
        desk = _desk(snapshot, choose_department(snapshot, department, agent), root, lang)
        written = {key: stated[key] for key in ("reason", "appeal")}
        _keep(root, draft_adjustment(desk, agent, (corrects, month), cells, written), lang)
    click.echo(say("next: kpigen diff shows what is paid; submit it").said(lang))


@verb(say("Make an agent who joins a team. The agent gets the next free id."), name="agent")
@_department
@option("--name", required=True, about=say("The agent's name."))
@option("--name-en", about=say("The name in English, where it is another."))
@option("--joined", required=True, type=DAY, about=say("The first day employed."))
@option("--team", required=True, about=say("The team."))
@option("--tier", about=say("The tier that the agent enters with, where the policy has tiers."))
@option("--role", about=say("The role, where it is not the policy's first."))
@option("--employment", about=say("The form of employment, where it is not the policy's first."))
def _agent(  # noqa: PLR0913 - one for each option
    root: Path,
    lang: Lang,
    *,
    department: str | None,
    name: str,
    name_en: str | None,
    joined: date,
    team: str,
    **stated: str | None,
) -> None:
    from kpigen.intake.desk import choose_department  # noqa: PLC0415 - help does without
    from kpigen.intake.drafts import draft_agent  # noqa: PLC0415

    with editing(root, lang):
        snapshot = _snapshot(root)
        desk = _desk(snapshot, choose_department(snapshot, department, team), root, lang)
        draft = draft_agent(desk, Label(zh=name, en=name_en or name), joined, {"team": team, **stated})
        _keep(root, draft, lang)
    click.echo(say("next: kpigen check; from the month of joining on, the agent needs a line in the team's sheet")
               .said(lang))  # fmt: skip


for _command in (_scores, _complaint, _event, _appeal, _adjustment, _agent):
    new_command.add_command(_command)


# What both have in common


def _snapshot(root: Path) -> FolderSnapshot:
    from kpigen.snapshot import FolderSnapshot  # noqa: PLC0415 - help does without

    return FolderSnapshot.of(root)


def _desk(snapshot: FolderSnapshot, department: str, root: Path, lang: Lang) -> Desk:
    """Open a department's desk, or print what is wrong with its files and exit."""
    from kpigen.intake.desk import open_desk  # noqa: PLC0415 - help does without

    desk, findings = open_desk(snapshot, department)
    if desk is None:
        print_findings(findings, root, lang)
        click.echo(say("Nothing was written.").said(lang))
        click.get_current_context().exit(1)
    return desk


def _keep(root: Path, draft: Draft, lang: Lang) -> None:
    """Write a draft, unless something is wrong with it."""
    if not draft.sound:
        print_findings(draft.findings, root, lang)
        click.echo(say("Nothing was written.").said(lang))
        click.get_current_context().exit(1)
    _add(root, draft.path, draft.text, lang)


def _add(root: Path, path: str, text: str, lang: Lang) -> None:
    from kpigen.intake.writing import add  # noqa: PLC0415 - help does without

    try:
        add(root, path, text)
    except FileExistsError:
        raise Refusal(say("{path} is there already", path=path), lang) from None
    click.echo(path)
