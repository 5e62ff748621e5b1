"""Entry: a spreadsheet and a month to the sheets of its teams, all of them or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpigen.finding import Severity, ordered
from kpigen.intake.columns import ROLES, find_columns
from kpigen.intake.delimited import read_csv
from kpigen.intake.gather import gather
from kpigen.intake.grid import MAX_FILE, refused
from kpigen.intake.mapping import read_mapping
from kpigen.intake.sheets import enter, sheet_path
from kpigen.intake.workbook import read_workbook
from kpigen.text import say

if TYPE_CHECKING:
    from kpigen.finding import Finding
    from kpigen.intake.desk import Task
    from kpigen.intake.gather import Gathered
    from kpigen.intake.grid import Grid
    from kpigen.intake.mapping import SheetMapping
    from kpigen.intake.sheets import Entered
    from kpigen.repository import Filed
    from kpigen.snapshot import Snapshot

__all__ = ["Brought", "Entry", "enter_sheet", "read_sheet"]


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that somebody brings: as it was named, and its bytes, one more than is read at most."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What comes of a spreadsheet; with an error there are no sheets.

    Attributes:
        sheets: the sheets as they are to be; also those that stay as they are.
        findings: errors and warnings.
        gathered: what was passed over, once rows were read.
        absent: the inputs for which there is no column.
    """

    sheets: tuple[Entered, ...] = ()
    findings: tuple[Finding, ...] = ()
    gathered: Gathered | None = None
    absent: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether no finding is an error."""
        return _sound(self.findings)


def enter_sheet(snapshot: Snapshot, task: Task, sheet: Brought, mapping: Brought | None = None) -> Entry:
    """Read a spreadsheet and put what it says into the sheets of a month. Nothing is written.

    Args:
        snapshot: the repository.
        task: what is entered.
        sheet: the spreadsheet, CSV or XLSX.
        mapping: the mapping file.

    Returns:
        What came of it.
    """
    mapped: Filed[SheetMapping] | None = None
    faults: tuple[Finding, ...] = ()
    if mapping is not None:
        mapped, faults = read_mapping(mapping.path, mapping.data, (*task.policy.own_inputs(None, task.month), *ROLES))
    grid, findings = read_sheet(sheet.path, sheet.data)
    if grid is None or faults:
        return Entry(findings=ordered((*faults, *findings)))
    columns, findings = find_columns(grid, task.policy.own_inputs(None, task.month), mapped)
    findings = (*grid.notes, *findings)
    if not _sound(findings):
        return Entry(findings=ordered(findings))
    gathered, more = gather(grid, columns, task)
    findings = (*findings, *more)
    sheets: tuple[Entered, ...] = ()
    if _sound(findings):
        sheets, more = _entered(snapshot, task, gathered)
        findings = (*findings, *more)
    absent = tuple(name for name in task.policy.own_inputs(None, task.month) if name not in columns.inputs.values())
    return Entry(sheets=sheets, findings=ordered(findings), gathered=gathered, absent=absent)


def read_sheet(path: str, data: bytes) -> tuple[Grid | None, tuple[Finding, ...]]:
    """Read a file by its name's ending.

    Args:
        path: the file as it was named.
        data: its bytes.

    Returns:
        The grid, or None and the findings.
    """
    if len(data) > MAX_FILE:
        return refused(path, say("The file has more than {limit} bytes.", limit=MAX_FILE), say("Keep one sheet in it."))
    match path.lower().rpartition(".")[2]:
        case "csv":
            return read_csv(path, data)
        case "xlsx":
            return read_workbook(path, data)
    hint = say("In the spreadsheet choose “Save as”, and XLSX or “CSV UTF-8”.")
    return refused(path, say("This is neither a .csv nor an .xlsx file."), hint)


def _entered(snapshot: Snapshot, task: Task, gathered: Gathered) -> tuple[tuple[Entered, ...], tuple[Finding, ...]]:
    """Make the sheets of all teams; none when one of them cannot be made."""
    sheets: list[Entered] = []
    findings: list[Finding] = []
    for team, lines in sorted(gathered.teams.items()):
        path = sheet_path(task, team)
        present = snapshot.read(path) if path in task.desk.files.months.get(task.month, ()) else None
        entered, wrong = enter(task, team, lines, present)
        findings.extend(wrong)
        if entered is not None:
            sheets.append(entered)
    return (() if findings else tuple(sheets)), tuple(findings)


def _sound(findings: tuple[Finding, ...]) -> bool:
    return all(finding.severity is not Severity.ERROR for finding in findings)
