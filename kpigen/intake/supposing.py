"""Supposing: an agent's line of a sheet as it would be with other values. Nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.intake.desk import Desk, MisuseError, Task, open_desk, require_policy
from kpigen.intake.sheets import enter, sheet_path
from kpigen.reading.faults import Fault
from kpigen.roster import role_of, team_of
from kpigen.text import Text, nearest, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.month import Month
    from kpigen.policy import Policy
    from kpigen.policy.inputs import InputSpec
    from kpigen.snapshot import Snapshot

__all__ = ["suppose"]


def suppose(
    snapshot: Snapshot, department: str, agent: str, month: Month, stated: Mapping[str, str]
) -> dict[str, bytes] | Text:
    """Return the sheet with other values in an agent's line, by its path; or why that cannot be.

    Args:
        snapshot: the files, free of errors.
        department: the agent's department.
        agent: the agent's id.
        month: a month in which the agent is employed.
        stated: the values by input.
    """
    try:
        desk, _ = open_desk(snapshot, department)
        if desk is None:
            return say("the department cannot be read; kpigen check says why")
        return _supposed(snapshot, desk, agent, month, stated)
    except MisuseError as error:
        return error.text


def _supposed(
    snapshot: Snapshot, desk: Desk, agent: str, month: Month, stated: Mapping[str, str]
) -> dict[str, bytes] | Text:
    policy = require_policy(desk, month)
    record = desk.roster.agents[agent].record
    own = policy.own_inputs(role_of(policy, record, month), month)
    for name, value in stated.items():
        wrong = _wrong(policy, own, name, value)
        if wrong:
            return wrong
    team = team_of(record, month) or ""
    task = Task(desk=desk, policy=policy, month=month)
    path = sheet_path(task, team)
    present = path in desk.files.months.get(month, ())
    if not present:
        return say("there is no sheet of team {team} in {month}", team=team, month=str(month))
    entered, _ = enter(task, team, {agent: stated}, snapshot.read(path))
    if entered is None:
        return say("the sheet cannot be read; kpigen check says why")
    return {path: entered.text.encode()}


def _wrong(policy: Policy, own: Mapping[str, InputSpec], name: str, value: str) -> Text | None:
    """Say what is wrong with a value, or with the input that it is for."""
    if name not in own:
        near = nearest(name, own)
        if near:
            return say("there is no input {input}; did you mean {near}?", input=name, near=near)
        return say("there is no input {input}; there are: {inputs}", input=name, inputs=", ".join(own))
    read = policy.readers[name](value)
    if isinstance(read, Fault):
        return say("{input}: {reason}", input=name, reason=read.message)
    return None
