"""Score sheets: cells put into a sheet that is there, or into a new one; nothing else of it changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kpigen.checks.context import MonthContext
from kpigen.finding import Finding, Place, Rule
from kpigen.intake.desk import MisuseError
from kpigen.intake.fresh import fresh, prose, table
from kpigen.layout import alike, arrange
from kpigen.policy.inputs import read_cell
from kpigen.reading.decode import decode
from kpigen.reading.faults import Fault
from kpigen.reading.hygiene import inspect
from kpigen.reading.nodes import Document, Scalar, Table
from kpigen.reading.refusals import EMPTY_VALUE
from kpigen.reading.syntax import parse
from kpigen.records import NOT_ASSESSED, Sheet
from kpigen.repository import MonthRecords
from kpigen.roster import role_of, team_of
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kpigen.intake.desk import Task
    from kpigen.policy.inputs import InputSpec

__all__ = ["Entered", "blank_sheet", "enter", "sheet_path"]

UNWRITABLE: Final = Rule("unwritable")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A sheet with new cells.

    Attributes:
        path: where it lies.
        text: what it says now.
        added: the agents that got a line.
        changed: how many cells of other agents differ from before.
        new: whether there was no sheet.
        same: whether the sheet is already as it is to be.
    """

    path: str
    text: str
    added: tuple[str, ...]
    changed: int
    new: bool
    same: bool


def sheet_path(task: Task, team: str) -> str:
    """Return where a team's sheet lies."""
    return f"records/{task.desk.folder}/{task.month}/scores/{team}.yaml"


def blank_sheet(task: Task, team: str) -> str:
    """Return a sheet to fill in: every agent of the team who can be assessed, every input, no value.

    Raises:
        MisuseError: nobody is in the team in the month.
    """
    agents = [
        agent
        for agent, filed, _ in task.desk.roster.employed(task.month)
        if team_of(filed.record, task.month) == team and not _excluded(task, agent)
    ]
    if not agents:
        raise MisuseError(say("nobody is in team {team} in {month}", team=team, month=str(task.month)))
    root = _new(task, team)
    root[fresh("agents")] = table({agent: table(dict.fromkeys(_own(task, agent), "")) for agent in agents})
    return arrange(Document(sheet_path(task, team), root), "", _names(task, agents))


def enter(
    task: Task, team: str, lines: Mapping[str, Mapping[str, str]], present: bytes | None
) -> tuple[Entered | None, tuple[Finding, ...]]:
    """Put cells into a team's sheet.

    Args:
        task: what is entered; a new sheet of a task without a day takes the first day of the window.
        team: the team.
        lines: texts by input by agent, each of them valid; what is not among them stays as it is.
        present: the sheet as it is, or None when there is none.

    Returns:
        The sheet; or None and the findings of the sheet that is there.
    """
    text, root = "", _new(task, team)
    if present is not None:
        document, text, findings = _read(task, team, present)
        if document is None:
            return None, findings
        root = document.root
        if task.assessed is not None and root.get(fresh("assessed")) != str(task.assessed):
            root[fresh("assessed")] = fresh(str(task.assessed))
    sheet = root.get(fresh("agents"))
    if not isinstance(sheet, Table):
        sheet = root[fresh("agents")] = table({})
    added, changed = _fill(sheet, lines, task.policy.inputs)
    document = Document(sheet_path(task, team), root)
    written = arrange(document, text, _names(task, added))
    entered = Entered(
        path=document.path,
        text=written,
        added=added,
        changed=changed,
        new=present is None,
        same=present == written.encode(),
    )
    return _proved(document, entered)


def _new(task: Task, team: str) -> Table:
    """Make a sheet without lines, of the team's supervisor."""
    day = task.assessed or task.month.plus(1).first.replace(day=task.policy.version.assess.opens)
    supervisor = task.desk.roster.department.record.teams[team].supervisor
    head = {"month": str(task.month), "team": team, "assessor": supervisor, "assessed": str(day)}
    together = task.policy.team_inputs(task.month)
    return table(head | ({"together": table(dict.fromkeys(together, ""))} if together else {}))


def _excluded(task: Task, agent: str) -> bool:
    """Tell whether an agent is not assessed whatever the sheet says."""
    records = MonthRecords(department=task.desk.folder, month=task.month)
    return MonthContext(roster=task.desk.roster, records=records, policy=task.policy, known=()).excluded(agent)


def _own(task: Task, agent: str) -> Iterable[str]:
    """Return the inputs of an agent's line, which depend on the role."""
    record = task.desk.roster.agents[agent].record
    return task.policy.own_inputs(role_of(task.policy, record, task.month), task.month)


def _names(task: Task, agents: Iterable[str]) -> dict[str, str]:
    return {agent: task.desk.roster.agents[agent].record.name.zh for agent in agents}


def _read(task: Task, team: str, present: bytes) -> tuple[Document | None, str, tuple[Finding, ...]]:
    """Read the sheet that is there; cells that are still empty are no fault of it."""
    path = sheet_path(task, team)
    text, findings = inspect(path, present)
    if text is None:
        return None, "", findings
    document, findings = parse(path, present)
    wrong = tuple(finding for finding in findings if finding.rule is not EMPTY_VALUE)
    if document is not None and not wrong:
        wrong = decode(document, Sheet)[1]
    if document is None or wrong:
        return None, "", wrong
    for key, named in (("month", str(task.month)), ("team", team)):
        said = document.root.get(fresh(key))
        if said != named:
            message = say("The file says {said}, its path says {named}.", said=str(said), named=named)
            wrong += (Finding.of(UNWRITABLE, document.place([key]), message, say("Make the two agree.")),)
    return (None, "", wrong) if wrong else (document, text, ())


def _fill(
    sheet: Table, lines: Mapping[str, Mapping[str, str]], inputs: Mapping[str, InputSpec]
) -> tuple[tuple[str, ...], int]:
    """Put the cells in; return the agents that are new, and how many cells of the others differ."""
    added, changed = [], 0
    for agent, cells in sorted(lines.items()):
        line = sheet.get(fresh(agent))
        if line is None:
            added.append(agent)
        if isinstance(line, Table) and (NOT_ASSESSED in line) == (NOT_ASSESSED in cells):
            new = {name: text for name, text in cells.items() if not _says(line, name, text, inputs)}
            changed += len(new)
            sheet[fresh(agent)] = _with(line, new, inputs)
        else:
            changed += len(cells) if line is not None else 0
            sheet[fresh(agent)] = _with(table({}), cells, inputs)
    return tuple(added), changed


def _says(line: Table, name: str, text: str, inputs: Mapping[str, InputSpec]) -> bool:
    """Tell whether a cell says the same already: 67.2 is 67.20."""
    there = line.get(fresh(name))
    if not isinstance(there, Scalar) or name not in inputs:
        return there == text
    old, new = read_cell(inputs[name], there), read_cell(inputs[name], text)
    return not isinstance(old, Fault) and old == new


def _with(line: Table, cells: Mapping[str, str], inputs: Mapping[str, InputSpec]) -> Table:
    """Return a line with cells replaced, and new ones where the policy's order has them."""
    if not cells:
        return line
    order = {name: number for number, name in enumerate(inputs)}
    merged = Table(line)
    merged.line, merged.column = line.line, line.column
    for name, text in cells.items():
        merged[fresh(name)] = prose(text) if name == NOT_ASSESSED else fresh(text)
    ranks = [order.get(str(name), len(order)) for name in line]
    if ranks == sorted(ranks):
        merged = Table(sorted(merged.items(), key=lambda pair: order.get(str(pair[0]), len(order))))
        merged.line, merged.column = line.line, line.column
    return merged


def _proved(document: Document, entered: Entered) -> tuple[Entered | None, tuple[Finding, ...]]:
    """Read what is to be written, and compare it with what was meant."""
    again, findings = parse(entered.path, entered.text.encode())
    wrong = tuple(finding for finding in findings if finding.rule is not EMPTY_VALUE)
    if again is not None and not wrong:
        wrong = decode(again, Sheet)[1]
        if not wrong and alike(again.root, document.root):
            return entered, ()
    message = say("The sheet cannot be written so that it says what was meant.")
    hint = say("Write its long texts and comments more simply, or enter the values by hand.")
    return None, (*wrong, Finding.of(UNWRITABLE, Place(entered.path), message, hint))
