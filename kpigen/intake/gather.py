"""Gathering: the rows of a sheet to what each agent's line is to say, or to findings with row and column."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kpigen.checks.context import NOT_EMPLOYED, UNKNOWN_AGENT, who_is_meant
from kpigen.finding import Finding, Place, Rule
from kpigen.month import Month
from kpigen.policy.inputs import NOT_APPLICABLE, FlagInput, read_cell, unit_of
from kpigen.reading.faults import Fault
from kpigen.reading.readers import MAX_DIGITS, read_agent, read_day, read_month, read_number, read_text
from kpigen.reading.refusals import MAX_FINDINGS, TOO_MANY
from kpigen.records import NOT_ASSESSED
from kpigen.roster import employed, role_of, team_of
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.intake.columns import Columns
    from kpigen.intake.desk import Task
    from kpigen.intake.grid import Grid
    from kpigen.policy.inputs import InputSpec
    from kpigen.text import Text

__all__ = ["Gathered", "gather"]

SHEET_ROW: Final = Rule("sheet-row")

_MAX_REASON: Final = 200
_TOTALS: Final = frozenset({"合计", "总计", "小计", "总和", "平均", "total", "totals", "subtotal", "grandtotal", "sum"})
# What spreadsheets say for yes, no and n/a; a file of the records says it in one way only.
_YES: Final = frozenset({"true", "yes", "y", "是", "√", "✓", "✔"})
_NO: Final = frozenset({"false", "no", "n", "否", "×", "✗", "✘"})
_NOT_APPLICABLE: Final = frozenset({"n/a", "na", "不适用"})
_CALCULATED: Final = 6
"""From so many decimals on, a number was calculated, not given."""


@dataclass(slots=True, kw_only=True)
class Gathered:
    """What a sheet says.

    Attributes:
        teams: for each team, the cells of its agents: texts by input.
        other_months: how many rows were passed over because they are of another month.
        other_teams: how many because they are of a team that was not asked for.
        blank: how many cells hold nothing.
    """

    teams: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    other_months: int = 0
    other_teams: int = 0
    blank: int = 0


def gather(grid: Grid, columns: Columns, task: Task) -> tuple[Gathered, tuple[Finding, ...]]:
    """Read the rows below the headers.

    Args:
        grid: the sheet.
        columns: what its columns are.
        task: what is entered; with a team, the agents of other teams are passed over.

    Returns:
        What was gathered, and every finding; with an error nothing of it may be used.
    """
    gatherer = _Gatherer(grid, columns, task)
    for number, row in grid.filled():
        if number > columns.header:
            gatherer.row(number, row)
        if len(gatherer.findings) >= MAX_FINDINGS:
            gatherer.too_many(number)
            break
    if not gatherer.gathered.teams and not gatherer.findings:
        gatherer.nothing()
    return gatherer.gathered, tuple(gatherer.findings)


class _Gatherer:
    """Takes the rows one after the other."""

    def __init__(self, grid: Grid, columns: Columns, task: Task) -> None:
        self.grid = grid
        self.columns = columns
        self.roster = task.desk.roster
        self.month = task.month
        self.policy = task.policy
        self.inputs = task.policy.inputs
        self.team = task.team
        self.gathered = Gathered()
        self.findings: list[Finding] = []
        self.seen: dict[str, Place] = {}
        self.names = self._names()

    def _names(self) -> dict[str, list[str]]:
        """Return the agents by name; where several have a name, those employed in the month."""
        names: dict[str, list[str]] = {}
        for agent, filed in self.roster.agents.items():
            for name in {filed.record.name.zh, filed.record.name.en}:
                names.setdefault(name.casefold(), []).append(agent)
        present = {agent for agent, _, _ in self.roster.employed(self.month)}
        return {name: [agent for agent in agents if agent in present] or agents for name, agents in names.items()}

    def row(self, number: int, row: tuple[str, ...]) -> None:
        """Take one row."""
        month = self._month(number, row)
        if month is None:
            return
        if month != self.month:
            self.gathered.other_months += 1
            return
        agent = self._agent(number, row)
        if agent is None:
            self._cells(number, row, _cell(row, self.columns.agents[0])[:40])  # its faults are reported all the same
            return
        team = team_of(self.roster.agents[agent].record, self.month)
        if self.team is not None and team != self.team:
            self.gathered.other_teams += 1
            return
        cells = self._cells(number, row, agent)
        here = self.grid.place(number, self.columns.agents[0] + 1)
        first = self.seen.setdefault(agent, here)
        if first is not here:
            message = say("{agent} has a row already, row {row}.", agent=agent, row=first.line)
            self._add(SHEET_ROW, here, message, say("Keep one of the two rows."), first)
        elif team is None:
            message = say("{agent} is in no team in {month}.", agent=agent, month=str(self.month))
            self._add(SHEET_ROW, here, message, say("Correct the agent's history."))
        elif cells:
            self.gathered.teams.setdefault(team, {})[agent] = cells

    def nothing(self) -> None:
        """Report that no row is of use."""
        message = say("No row of the sheet has anything for {month}.", month=str(self.month))
        if self.gathered.other_months:
            hint = say("Rows of other months: {count}. Is --month right?", count=self.gathered.other_months)
        elif self.gathered.other_teams:
            hint = say("Rows of other teams: {count}. Is --team right?", count=self.gathered.other_teams)
        else:
            hint = say("It needs a row of headers, and below it one row for each agent.")
        self._add(SHEET_ROW, Place(self.grid.path), message, hint)

    def too_many(self, number: int) -> None:
        """Report that the rest of the sheet was not read."""
        message = say("This file has {count} findings so far; the rest of it was not read.", count=MAX_FINDINGS)
        self._add(TOO_MANY, self.grid.place(number, 1), message, say("Mend these first."))

    def _add(self, rule: Rule, place: Place, message: Text, hint: Text, *related: Place) -> None:
        self.findings.append(Finding.of(rule, place, message, hint, related=related))

    # Month and agent

    def _month(self, number: int, row: tuple[str, ...]) -> Month | None:
        """Return the month of a row where there is a column of months; a day stands for its month."""
        if self.columns.month is None:
            return self.month
        text = _cell(row, self.columns.month)
        month = read_month(text)
        if isinstance(month, Month):
            return month
        day = read_day(text)
        if not isinstance(day, Fault):
            return Month.of(day)
        self.findings.append(month.at(self.grid.place(number, self.columns.month + 1)))
        return None

    def _agent(self, number: int, row: tuple[str, ...]) -> str | None:
        """Return the agent of a row; where it has an id and a name, both must be of the same one."""
        found: dict[str, str] = {}
        for column in self.columns.agents:
            word = _cell(row, column)
            if word:
                agent = self._known(word, self.grid.place(number, column + 1))
                if agent is None:
                    return None
                found[agent] = word
        here = self.grid.place(number, self.columns.agents[0] + 1)
        if not found:
            message = say("This row does not say whom it is about.")
            self._add(SHEET_ROW, here, message, say("Write the agent's id, or remove the row."))
            return None
        if len(found) > 1:
            message = say(
                "This row is about two agents: {agents}.", agents=", ".join(f"{found[a]} ({a})" for a in found)
            )
            self._add(SHEET_ROW, here, message, say("Correct the id or the name."))
            return None
        return next(iter(found))

    def _known(self, word: str, place: Place) -> str | None:
        """Return the agent that has an id or a name, if there is one and it works in the month."""
        agents = self.roster.agents
        named = [word] if word in agents else self.names.get(word.casefold(), [])
        if len(named) > 1:
            message = say("{name} is the name of {agents}.", name=word[:40], agents=", ".join(named))
            self._add(SHEET_ROW, place, message, say("Write the agent's id."))
            return None
        if not named:
            known = agents if isinstance(read_agent(word), str) else [f.record.name.zh for f in agents.values()]
            total = "".join(word.split()).rstrip(":：").casefold() in _TOTALS
            hint = say("Remove the row of totals.") if total else who_is_meant(word, known)
            message = say("There is no agent {agent} in this department.", agent=word[:40])
            self._add(UNKNOWN_AGENT, place, message, hint)
            return None
        record = agents[named[0]].record
        if employed(record, self.month) is None:
            message = say("{agent} is not employed in {month}.", agent=named[0], month=str(self.month))
            hint = say("See `joined` and `left` in {path}.", path=agents[named[0]].path)
            self._add(NOT_EMPLOYED, place, message, hint)
            return None
        return named[0]

    # Cells

    def _cells(self, number: int, row: tuple[str, ...], agent: str) -> dict[str, str]:
        """Return the cells that hold something, as texts of our own form."""
        cells: dict[str, str] = {}
        own = self._own(agent)
        for column, name in self.columns.inputs.items():
            text = _cell(row, column)
            place = self.grid.place(number, column + 1)
            if name not in own and text.casefold() in {"", NOT_APPLICABLE}:
                continue
            if (number, column + 1) in self.grid.unknown:
                message = say("The file does not have the result of this formula.")
                fault = Fault(
                    SHEET_ROW, message, say("Save the sheet again from the spreadsheet, or write the number.")
                )
                self._fault(fault, place, column, agent)
            elif not text:
                self.gathered.blank += 1
            else:
                spec = self.inputs[name]
                said = _as_in_records(spec, text)
                read = read_cell(spec, said) if name in own else _of_another_role(name)
                if isinstance(read, Fault):
                    self._fault(_explained(read, spec, said), place, column, agent)
                cells[name] = said
        return self._reason(number, row, agent, cells)

    def _own(self, agent: str) -> Mapping[str, InputSpec]:
        """Return the inputs of an agent's own line, which depend on the role."""
        filed = self.roster.agents.get(agent)
        role = role_of(self.policy, filed.record, self.month) if filed else None
        return self.policy.own_inputs(role, self.month)

    def _reason(self, number: int, row: tuple[str, ...], agent: str, cells: dict[str, str]) -> dict[str, str]:
        """Return the reason alone where the row says that the agent is not assessed."""
        column = self.columns.not_assessed
        text = "" if column is None else _cell(row, column)
        if column is None or not text:
            return cells
        place = self.grid.place(number, column + 1)
        reason = read_text(text, _MAX_REASON)
        if isinstance(reason, Fault):
            self._fault(reason, place, column, agent)
        elif cells:
            message = say("{agent} is not assessed, and yet has: {inputs}.", agent=agent, inputs=", ".join(cells))
            self._add(SHEET_ROW, place, message, say("Empty those cells, or the one with the reason."))
        return {NOT_ASSESSED: text}

    def _fault(self, fault: Fault, place: Place, column: int, agent: str) -> None:
        header = self.columns.headers[column][:40]
        message = say("“{header}” of {agent}: {fault}", header=header, agent=agent, fault=fault.message)
        self.findings.append(Finding.of(fault.rule, place, message, fault.hint))


def _of_another_role(name: str) -> Fault:
    message = say("{input} is not stated of this agent's role.", input=name)
    return Fault(SHEET_ROW, message, say("Empty the cell, or correct the agent's role in their history."))


def _as_in_records(spec: InputSpec, text: str) -> str:
    """Return a cell as the records say it, where a spreadsheet says the same in another way."""
    word = text.casefold()
    if isinstance(spec, FlagInput):
        return "yes" if word in _YES else "no" if word in _NO else text
    if word in _NOT_APPLICABLE:
        return NOT_APPLICABLE
    return text.removesuffix("%").rstrip() if unit_of(spec) == "%" else text


def _explained(fault: Fault, spec: InputSpec, text: str) -> Fault:
    """Say what is wrong with the number itself, if its sign is not all; and of a long tail where it comes from."""
    if text.endswith("%"):
        bare = read_cell(spec, text.removesuffix("%").rstrip())
        return bare if isinstance(bare, Fault) else fault
    number = read_number(text[:MAX_DIGITS])
    tail = text.partition(".")[2]
    if isinstance(number, Fault) or not tail.isdecimal() or len(tail) < _CALCULATED:
        return fault
    message = say("{text} is a calculated value that was not rounded.", text=text[:40])
    return Fault(fault.rule, message, say("Round it in the spreadsheet, with ROUND, or write the rounded number."))


def _cell(row: tuple[str, ...], column: int) -> str:
    return row[column] if column < len(row) else ""
