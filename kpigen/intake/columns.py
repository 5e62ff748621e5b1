"""Columns: which column of a sheet is what, by the mapping, the inputs' ids, or their names in either language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kpigen.finding import Finding, Rule, Severity
from kpigen.records import NOT_ASSESSED
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.intake.grid import Grid
    from kpigen.intake.mapping import SheetMapping
    from kpigen.policy.inputs import InputSpec
    from kpigen.repository import Filed

__all__ = ["AGENT", "MONTH", "ROLES", "Columns", "find_columns"]

SHEET_COLUMN: Final = Rule("sheet-column")

AGENT: Final = "agent"
MONTH: Final = "month"
ROLES: Final = (AGENT, MONTH, NOT_ASSESSED)
"""What a column may be besides an input."""

_HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    AGENT: ("agent", "agent id", "name", "agent name", "客服", "工号", "客服工号", "员工工号", "姓名", "客服姓名"),
    MONTH: ("month", "月份", "考核月份", "月"),
    NOT_ASSESSED: (NOT_ASSESSED, "not assessed", "未考核", "未考核原因", "不考核", "不考核原因"),
}


@dataclass(slots=True, kw_only=True)
class Columns:
    """The columns of a sheet, counted from 0.

    Attributes:
        header: the number of the row of headers.
        headers: the headers.
        agents: the columns that say who a row is about: an id, a name, or both.
        month: the column of the month.
        not_assessed: the column with the reason for which somebody is not assessed.
        inputs: the input of each column that holds one.
    """

    header: int
    headers: tuple[str, ...]
    agents: list[int] = field(default_factory=list)
    month: int | None = None
    not_assessed: int | None = None
    inputs: dict[int, str] = field(default_factory=dict)


def find_columns(
    grid: Grid, inputs: Mapping[str, InputSpec], mapping: Filed[SheetMapping] | None
) -> tuple[Columns, tuple[Finding, ...]]:
    """Find out what each column is; the first row that is not empty has the headers.

    Args:
        grid: the sheet.
        inputs: the inputs of the policy.
        mapping: what the mapping file says.

    Returns:
        The columns, and the findings: warnings for columns that nothing is made of.
    """
    return _Finder(grid, inputs, mapping).run()


class _Finder:
    """Takes the columns one after the other."""

    def __init__(self, grid: Grid, inputs: Mapping[str, InputSpec], mapping: Filed[SheetMapping] | None) -> None:
        number, headers = next(grid.filled())
        self.grid = grid
        self.inputs = inputs
        self.mapping = mapping
        self.columns = Columns(header=number, headers=headers)
        self.stated = {_plain(header): role for role, header in mapping.record.columns.items()} if mapping else {}
        self.findings: list[Finding] = []

    def run(self) -> tuple[Columns, tuple[Finding, ...]]:
        """Take all columns, then look at what is missing."""
        ignored = {_plain(header) for header in self.mapping.record.ignore} if self.mapping else set()
        unused = []
        for index, header in enumerate(self.columns.headers):
            if not header or (_plain(header) in ignored and _plain(header) not in self.stated):
                continue
            roles = self._roles(header)
            if len(roles) > 1:
                self._ambiguous(index, header, roles)
            elif roles:
                self._take(index, header, roles[0])
            else:
                unused.append(index)
        self.findings.extend(map(self._unused, unused))
        self._missing()
        return self.columns, tuple(self.findings)

    def _roles(self, header: str) -> list[str]:
        """Return what a column may be; what the mapping finds elsewhere is not looked for by name."""
        word = _plain(header)
        if word in self.stated:
            return [self.stated[word]]
        mapped = set(self.stated.values())
        roles = [role for role in ROLES if word in _HEADERS[role] and role not in mapped]
        roles += [name for name in self.inputs if name == word and name not in mapped]
        if not roles:
            roles = [
                name
                for name, spec in self.inputs.items()
                if word in {_plain(spec.name.zh), _plain(spec.name.en)} and name not in mapped
            ]
        return roles

    def _take(self, index: int, header: str, role: str) -> None:
        columns = self.columns
        taken = next((known for known, name in columns.inputs.items() if name == role), None)
        if role == AGENT:
            columns.agents.append(index)
        elif role == MONTH and columns.month is None:
            columns.month = index
        elif role == NOT_ASSESSED and columns.not_assessed is None:
            columns.not_assessed = index
        elif role in ROLES or taken is not None:
            first = {MONTH: columns.month, NOT_ASSESSED: columns.not_assessed}.get(role, taken) or 0
            message = say("Two columns are “{role}”: “{first}” and “{second}”.",
                          role=role, first=columns.headers[first][:40], second=header[:40])  # fmt: skip
            hint = say("Remove one of them, or name it under `ignore` in the mapping file.")
            related = (self.grid.place(columns.header, first + 1),)
            place = self.grid.place(columns.header, index + 1)
            self.findings.append(Finding.of(SHEET_COLUMN, place, message, hint, related=related))
        else:
            columns.inputs[index] = role

    def _ambiguous(self, index: int, header: str, roles: list[str]) -> None:
        message = say("The column “{header}” may be: {roles}.", header=header[:40], roles=", ".join(roles))
        hint = say(
            "Say which one in the mapping file: columns: {{{role}: {header}}}.", role=roles[0], header=header[:40]
        )
        self.findings.append(Finding.of(SHEET_COLUMN, self.grid.place(self.columns.header, index + 1), message, hint))

    def _unused(self, index: int) -> Finding:
        header = self.columns.headers[index][:40]
        return Finding(
            place=self.grid.place(self.columns.header, index + 1),
            rule=SHEET_COLUMN,
            message=say("Nothing is made of the column “{header}”.", header=header),
            hint=say("Name it in the mapping file: as an input under `columns`, or under `ignore`."),
            severity=Severity.WARNING,
        )

    def _missing(self) -> None:
        """Report what a sheet cannot do without, and headers of the mapping that are not there."""
        present = set(map(_plain, self.columns.headers))
        top = self.grid.place(self.columns.header, 1)
        if self.mapping:
            for role, header in self.mapping.record.columns.items():
                if _plain(header) not in present:
                    message = say("The sheet has no column “{header}”.", header=header[:40])
                    hint = say(
                        "Its columns are: {headers}.", headers=", ".join(filter(None, self.columns.headers))[:400]
                    )
                    self.findings.append(Finding.of(SHEET_COLUMN, self.mapping.place("columns", role), message, hint))
        if not self.columns.agents:
            hint = say("Give each agent's id or name in a column “agent”, or name its header in the mapping file.")
            self.findings.append(Finding.of(SHEET_COLUMN, top, say("No column says who a row is about."), hint))
        if not self.columns.inputs and self.columns.not_assessed is None:
            hint = say("The inputs are: {inputs}.", inputs=", ".join(self.inputs))
            self.findings.append(Finding.of(SHEET_COLUMN, top, say("No column is an input of the policy."), hint))


def _plain(header: str) -> str:
    """Return a header as it is compared: without regard to case and to blanks."""
    return " ".join(header.split()).casefold()
