"""Checks of score sheets: whose they are, whom they name, and what their cells say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpigen.checks.context import PATH_DISAGREES, MonthContext
from kpigen.checks.department import UNKNOWN_TEAM
from kpigen.engine.eligibility import not_due
from kpigen.finding import Finding, Place, Rule
from kpigen.policy.period import last_month
from kpigen.reading.decode import UNKNOWN_KEY
from kpigen.reading.faults import Fault
from kpigen.reading.nodes import Scalar
from kpigen.records import NOT_ASSESSED, vacant
from kpigen.roster import team_of
from kpigen.text import nearest, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kpigen.policy.inputs import InputSpec
    from kpigen.records import Sheet
    from kpigen.repository import Filed
    from kpigen.text import Text

__all__ = ["check_sheets"]

WRONG_TEAM = Rule("wrong-team")
MISSING_SHEET = Rule("missing-sheet")
MISSING_LINE = Rule("missing-line")
MISSING_INPUT = Rule("missing-input")
NOT_ASSESSED_ALONE = Rule("not-assessed-alone")
NOT_A_REASON = Rule("not-a-reason")
ASSESSMENT_WINDOW = Rule("assessment-window")
NOT_DUE = Rule("not-due")

_EMPTY = Scalar.at("", 0, 0)
# Whoever writes one of these means to switch something on or off, or to leave it empty, and gives no reason.
_NO_REASONS: Final = frozenset(
    {
        "yes",
        "no",
        "y",
        "n",
        "true",
        "false",
        "on",
        "off",
        "n/a",
        "na",
        "none",
        "null",
        "~",
        "-",
        "0",
        "1",
        "是",
        "否",
        "无",
    }
)


def check_sheets(context: MonthContext) -> Iterator[Finding]:
    """Yield what is wrong with the month's sheets."""
    due = not_due(context.policy, context.records.month, next(iter(context.policy.cards), None)) is None
    for sheet in context.records.sheets:
        if not due:
            yield _not_due(context, sheet)
            continue
        yield from _head(context, sheet)
        yield from _together(context, sheet)
        for agent in sheet.record.agents:
            yield from _line(context, sheet, agent)
    if due:
        yield from _nobody_is_left_out(context)


def _not_due(context: MonthContext, sheet: Filed[Sheet]) -> Finding:
    """Say that a month is not the one in which a period is assessed."""
    every, month = context.policy.version.assess.every, context.records.month
    message = say("Nobody is assessed in {month}.", month=str(month))
    hint = say("The policy has no score: remove the sheet.")
    if context.policy.cards:
        last = last_month(month, every)
        hint = say("The period ends with {last}: write its one sheet there.", last=str(last))
    return Finding.of(NOT_DUE, sheet.place("month"), message, hint)


def _together(context: MonthContext, sheet: Filed[Sheet]) -> Iterator[Finding]:
    """Check what is stated once for the whole team."""
    inputs, stated = context.policy.team_inputs(context.records.month), sheet.record.together
    yield from _read(context, sheet, stated, inputs, ("together",))
    missing = [name for name, spec in inputs.items() if not spec.missing and vacant(stated.get(name, _EMPTY))]
    if missing:
        yield context.blocks_close(
            MISSING_INPUT,
            sheet.place("team", key=True),
            say("The team's sheet lacks {inputs}.", inputs=", ".join(missing)),
            say("Add it under `together:`."),
        )


def _read(
    context: MonthContext,
    sheet: Filed[Sheet],
    cells: Mapping[str, Scalar],
    inputs: Mapping[str, InputSpec],
    where: tuple[str, ...],
) -> Iterator[Finding]:
    """Check that every cell is one of these inputs and can be read."""
    for name, cell in cells.items():
        if name not in inputs:
            known = name in context.policy.inputs
            message, hint = _elsewhere(context, name, where) if known else _no_input(name, cell, inputs)
            yield Finding.of(UNKNOWN_KEY, sheet.place(*where, name, key=True), message, hint)
        elif not vacant(cell):
            read = context.policy.readers[name](cell)
            if isinstance(read, Fault):
                yield read.at(sheet.place(*where, name))


def _head(context: MonthContext, sheet: Filed[Sheet]) -> Iterator[Finding]:
    record, month = sheet.record, context.records.month
    for key, said, named in (("month", str(record.month), str(month)), ("team", record.team, sheet.stem)):
        if said != named:
            message = say("The file says {said}, its path says {named}.", said=said, named=named)
            yield Finding.of(PATH_DISAGREES, sheet.place(key), message, say("Make the two agree."))
    teams = context.roster.department.record.teams
    if sheet.stem not in teams:
        near = nearest(sheet.stem, teams)
        hint = (
            say("Did you mean {near}?", near=near) if near else say("The teams are: {teams}.", teams=", ".join(teams))
        )
        yield Finding.of(UNKNOWN_TEAM, sheet.place("team"), say("There is no team {team}.", team=sheet.stem), hint)
    yield from context.person(sheet, record.assessor, "assessor")
    window, after = context.policy.version.assess, month.plus(1)
    if not (after.holds(record.assessed) and window.opens <= record.assessed.day <= window.closes):
        yield context.blocks_close(
            ASSESSMENT_WINDOW,
            sheet.place("assessed"),
            say("{day} is outside the assessment window.", day=str(record.assessed)),
            say(
                "{month} is assessed from day {opens} to day {closes} of {after}.",
                month=str(month),
                opens=window.opens,
                closes=window.closes,
                after=str(after),
            ),
        )


def _line(context: MonthContext, sheet: Filed[Sheet], agent: str) -> Iterator[Finding]:
    where = ("agents", agent)
    problems = tuple(context.agent(sheet, agent, *where, key=True))
    yield from problems
    known = context.roster.agents.get(agent)
    if known is not None and not problems:
        team = team_of(known.record, context.records.month)
        if team != sheet.stem and sheet.stem in context.roster.department.record.teams:
            message = say(
                "{agent} is in team {team} in {month}.",
                agent=agent,
                team=team or "?",
                month=str(context.records.month),
            )
            yield Finding.of(
                WRONG_TEAM,
                sheet.place(*where, key=True),
                message,
                say("Move the line to that team's sheet, or correct the agent's history."),
            )
    cells = sheet.record.agents[agent]
    if NOT_ASSESSED in cells:
        yield from no_reason(cells[NOT_ASSESSED], sheet.place(*where, NOT_ASSESSED))
        for name in cells:
            if name != NOT_ASSESSED:
                message = say("{agent} is not assessed, so that {input} has no meaning.", agent=agent, input=name)
                yield Finding.of(
                    NOT_ASSESSED_ALONE,
                    sheet.place(*where, name, key=True),
                    message,
                    say("Remove it, or remove not_assessed."),
                )
        return
    yield from _cells(context, sheet, agent)


def no_reason(cell: Scalar, place: Place) -> Iterator[Finding]:
    """Yield a word after ``not_assessed`` that cannot be the reason which the agent is told."""
    if cell.casefold() in _NO_REASONS:
        message = say("“{text}” is no reason why somebody is not assessed.", text=str(cell))
        hint = say("Write the reason, such as long sick leave; or remove not_assessed, and fill in every input.")
        yield Finding.of(NOT_A_REASON, place, message, hint)


def _cells(context: MonthContext, sheet: Filed[Sheet], agent: str) -> Iterator[Finding]:
    where, cells = ("agents", agent), sheet.record.agents[agent]
    inputs = context.policy.own_inputs(context.role(agent), context.records.month)
    yield from _read(context, sheet, cells, inputs, where)
    if context.excluded(agent):
        return
    open_cells = (name for name in inputs if name not in cells or vacant(cells[name]))
    missing = [name for name in open_cells if not inputs[name].missing]
    if missing:
        yield context.blocks_close(
            MISSING_INPUT,
            sheet.place(*where, key=True),
            say("{agent} lacks {inputs}.", agent=agent, inputs=", ".join(missing)),
            say("Fill it in; write n/a where it did not apply, or not_assessed: with the reason for the whole line."),
        )


def _elsewhere(context: MonthContext, name: str, where: tuple[str, ...]) -> tuple[Text, Text]:
    """Say that an input of the policy is not stated here."""
    if context.policy.inputs[name].stated and where != ("together",):
        return say("{input} is stated once for the whole team.", input=name), say("Write it under `together:`.")
    if where == ("together",):
        return say("{input} is stated for each agent.", input=name), say("Write it in the agents' lines.")
    message = say(
        "{input} does not belong to this line: it is stated at another time, or for another role.", input=name
    )
    return message, say("Remove it, or correct the agent's role in their history.")


def _no_input(name: str, cell: Scalar, inputs: Iterable[str]) -> tuple[Text, Text]:
    """Say that a key of a line is no input; one without a value is often the rest of something else."""
    listed = (*inputs, NOT_ASSESSED)
    before, colon, _ = name.partition(":")
    if vacant(cell) and colon and before in listed:
        return say("“{name}” has no space after the colon.", name=name), say(
            "Write “{name}: ” and then the value.", name=before
        )
    if vacant(cell) and name.replace(".", "", 1).isdecimal():
        message = say("“{name}” stands after a comma, as if it were another input.", name=name)
        return message, say("A number is written without commas: 1000, not 1,000.")
    message = say("The policy has no input {input}.", input=name)
    near = nearest(name, listed)
    if near:
        return message, say("Did you mean {near}?", near=near)
    return message, say("The inputs are: {inputs}.", inputs=", ".join(inputs))


def _nobody_is_left_out(context: MonthContext) -> Iterator[Finding]:
    """Everybody employed in the month stands in the sheet of their team."""
    sheets = {sheet.stem: sheet for sheet in context.records.sheets}
    absent: dict[str, list[str]] = {}
    for agent, filed, _ in context.roster.employed(context.records.month):
        team = team_of(filed.record, context.records.month)
        if team is None or team not in context.roster.department.record.teams:
            continue
        sheet = sheets.get(team)
        if sheet is None and f"{context.records.folder}/scores/{team}.yaml" in context.known:
            continue  # it is there and cannot be read, for reasons that are findings of their own
        if context.excluded(agent):
            continue
        if sheet is None:
            absent.setdefault(team, []).append(agent)
        elif agent not in sheet.record.agents:
            yield context.blocks_close(
                MISSING_LINE,
                sheet.place("agents", key=True),
                say("{agent} is employed in team {team} and has no line.", agent=agent, team=team),
                say("Add the line, or not_assessed: with the reason."),
            )
    for team, agents in absent.items():
        yield context.blocks_close(
            MISSING_SHEET,
            Place(f"{context.records.folder}/scores/{team}.yaml"),
            say("The sheet of team {team} is missing; it has {agents}.", team=team, agents=", ".join(agents)),
            say(
                "kpigen new scores {team} {month} makes one to fill in.",
                team=team,
                month=str(context.records.month),
            ),
        )
