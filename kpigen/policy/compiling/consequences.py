"""Compiling pay lines, actions and ladders."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kpigen.expression import Number
from kpigen.finding import Finding, Rule
from kpigen.policy.compiling.compiler import Wanted
from kpigen.policy.compiling.scorecards import unknown
from kpigen.policy.rounding import CENTS
from kpigen.policy.rules import ActionRule, Deduction, LadderRule, PayRule
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpigen.policy.compiling.compiler import Compiler, Location
    from kpigen.policy.computed import Computed
    from kpigen.policy.ladder import Ladder
    from kpigen.policy.pay import PayLine

__all__ = ["compile_actions", "compile_ladders", "compile_pay"]

PAY_LINE = Rule("pay-line")
ACTION = Rule("action")
LADDER = Rule("ladder")


def compile_pay(compiler: Compiler) -> tuple[PayRule, ...]:
    """Compile the pay lines."""
    return tuple(_pay(compiler, index, line) for index, line in enumerate(compiler.version.pay))


def _pay(compiler: Compiler, index: int, line: PayLine) -> PayRule:
    where: Location = ("pay", index)
    owner = (line.id, line.clause)
    money = Number(compiler.version.currency)
    text, key = (line.amount, "amount") if line.amount is not None else (line.deduct, "deduct")
    if (line.amount is None) == (line.deduct is None):
        compiler.find(PAY_LINE, where, say("A pay line needs either an amount or a deduct, and exactly one of them."))
    deduction = None
    if line.deduct is not None:
        limited = Wanted(money, more={"gross": money})
        deduction = Deduction(
            limits=tuple(
                compiler.formula(owner, (*where, "at_most", place), limit, limited)
                for place, limit in enumerate(line.at_most)
            ),
            carry=line.excess == "carry",
        )
    _pay_line_is_whole(compiler, where, line)
    when = None if line.when is None else compiler.condition(owner, (*where, "when"), line.when)
    amount = compiler.amount(owner, (*where, key), text or "0", CENTS)
    if line.unassessed:
        _known_unassessed(compiler, (amount, *((when,) if when else ()), *(deduction.limits if deduction else ())))
    return PayRule(
        id=line.id,
        clause=line.clause,
        when=when,
        amount=amount,
        deduction=deduction,
        prorated=line.prorate is not None,
        prorate_clause=line.prorate_clause or line.clause,
        unassessed=line.unassessed,
        every=line.every,
        place=compiler.place(*where),
    )


def _pay_line_is_whole(compiler: Compiler, where: Location, line: PayLine) -> None:
    if line.deduct is None and (line.at_most or line.excess):
        compiler.find(PAY_LINE, where, say("at_most and excess belong to a deduct; this line pays an amount."))
    if line.deduct is not None and line.prorate:
        compiler.find(PAY_LINE, (*where, "prorate"), say("A deduction is not prorated."))
    if line.at_most and not line.excess:
        compiler.find(
            PAY_LINE,
            where,
            say("The deduction has limits, but not what becomes of the excess."),
            say("Add `excess: carry` (to the next months) or `excess: waive`."),
        )


def _known_unassessed(compiler: Compiler, parts: Iterable[Computed]) -> None:
    """Refuse what a line that is paid also in a month without assessment cannot know in such a month."""
    for part in parts:
        if names := unknown(compiler, (part,)):
            message = say(
                "This line is paid also in a month without assessment, where {names} cannot be known.",
                names=", ".join(names),
            )
            hint = say("Leave out `unassessed`, or make two lines of it.")
            compiler.findings.append(Finding.of(PAY_LINE, part.place, message, hint))


def compile_actions(compiler: Compiler) -> tuple[ActionRule, ...]:
    """Compile the actions; one without a condition is a ladder's."""
    on_ladders = {step.action for ladder in compiler.version.ladders for step in ladder.steps}
    rules = []
    for index, action in enumerate(compiler.version.actions):
        where: Location = ("actions", index)
        when = action.when and compiler.condition((action.id, action.clause), (*where, "when"), action.when)
        if not when and action.id not in on_ladders:
            message = say("Nothing leads to {action}: it has no condition, and no ladder names it.", action=action.id)
            compiler.find(ACTION, where, message, say("Add `when:`, or a step of a ladder."))
        if action.unassessed and when and (names := unknown(compiler, (when,))):
            message = say(
                "This action is due also in a month without assessment, where {names} cannot be known.",
                names=", ".join(names),
            )
            compiler.find(ACTION, (*where, "when"), message, say("Leave out `unassessed`."))
        for kind in action.settled_by:
            if kind not in compiler.version.events:
                message = say("There is no event {event}.", event=kind)
                hint = say("The events are: {events}.", events=", ".join(compiler.version.events))
                compiler.find(ACTION, (*where, "settled_by"), message, hint)
        rules.append(
            ActionRule(
                id=action.id,
                clause=action.clause,
                when=when or None,
                unassessed=action.unassessed,
                every=action.every,
                due_days=action.due_days,
                lapses_months=action.lapses_months,
                settled_by=action.settled_by,
            )
        )
    return tuple(rules)


def compile_ladders(compiler: Compiler, actions: tuple[ActionRule, ...]) -> tuple[LadderRule, ...]:
    """Compile the ladders, whose steps are actions."""
    by_id = {action.id: action for action in actions}
    return tuple(_ladder(compiler, index, each, by_id) for index, each in enumerate(compiler.version.ladders))


def _ladder(compiler: Compiler, index: int, ladder: Ladder, actions: dict[str, ActionRule]) -> LadderRule:
    where: Location = ("ladders", index)
    owner = (ladder.id, ladder.clause)
    now = compiler.formula(owner, (*where, "counts"), ladder.counts, Wanted())
    mistakes = len(compiler.findings)
    total = compiler.formula(owner, (*where, "counts"), f"total({ladder.counts}, {ladder.within})", Wanted())
    del compiler.findings[mistakes:]  # they are those of `counts`, said already
    if names := unknown(compiler, (now,)):
        message = say(
            "A ladder counts what is known of everybody; {names} cannot be known of whoever was not assessed.",
            names=", ".join(names),
        )
        compiler.find(LADDER, (*where, "counts"), message, say("Count events or complaints."))
    if not ladder.steps:
        compiler.find(LADDER, (*where, "steps"), say("The ladder has no steps."))
    for at, (before, step) in enumerate(pairwise(ladder.steps), start=1):
        if step.from_ <= before.from_:
            message = say(
                "{bound} does not come after {before}; write them ascending.", bound=step.from_, before=before.from_
            )
            compiler.find(LADDER, (*where, "steps", at, "from"), message)
    for at, step in enumerate(ladder.steps):
        if step.action not in actions:
            message = say("There is no action {action}.", action=step.action)
            hint = say("The actions are: {actions}.", actions=", ".join(actions))
            compiler.find(LADDER, (*where, "steps", at, "action"), message, hint)
    return LadderRule(
        id=ladder.id,
        clause=ladder.clause,
        now=now,
        total=total,
        steps=tuple((step.from_, actions[step.action]) for step in ladder.steps if step.action in actions),
        within=ladder.within,
        place=compiler.place(*where),
    )
