"""Compiling what follows from the score: results, awards, transitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.expression import FLAG, Choice
from kpigen.finding import Rule
from kpigen.policy.awards import Placed, WhenAward
from kpigen.policy.compiling.compiler import Wanted, derived
from kpigen.policy.compiling.scorecards import compile_grades, measure_rule, unknown
from kpigen.policy.measures import PotMeasure
from kpigen.policy.rounding import CENTS
from kpigen.policy.rules import AwardRule, PotRule, ResultRule, TransitionRule
from kpigen.text import say

if TYPE_CHECKING:
    from kpigen.policy.compiling.compiler import Compiler, Location

__all__ = ["compile_awards", "compile_results", "compile_transitions"]

UNKNOWN_TIER = Rule("unknown-tier")
AWARD = Rule("award")
TRANSITION = Rule("transition")


def compile_results(compiler: Compiler) -> tuple[ResultRule, ...]:
    """Compile the results; each can be read by those after it, its grade as ``<name>_grade``."""
    rules = []
    for name, result in compiler.version.results.items():
        where: Location = ("results", name)
        pot = None
        if isinstance(result, PotMeasure):
            among = result.among and compiler.condition((name, result.clause), (*where, "among"), result.among)
            pot = PotRule(among=among or None, by_team=result.within == "team")
        measure = measure_rule(compiler, where, name, result)
        grade = compile_grades(compiler, (*where, "grades"), result.grades)
        if grade:
            compiler.names[f"{name}_grade"] = Choice("grade", tuple(result.grades))
            compiler.always |= {f"{name}_grade"} if measure.always else set()
        rules.append(
            ResultRule(
                measure=measure,
                every=result.every,
                grade=grade,
                pot=pot,
                references=derived((*measure.reads, pot.among if pot else None)),
            )
        )
    return tuple(rules)


def compile_awards(compiler: Compiler) -> tuple[AwardRule, ...]:
    """Compile the awards; whether one was won can be read by those after it."""
    rules = []
    for index, award in enumerate(compiler.version.awards):
        where: Location = ("awards", index)
        owner = (award.id, award.clause)
        by = among = None
        if isinstance(award, WhenAward):
            among = compiler.condition(owner, (*where, "when"), award.when)
        elif isinstance(award, Placed):
            among = compiler.condition(owner, (*where, "among"), award.among) if award.among else None
            by = compiler.formula(owner, (*where, "by"), award.by, Wanted())
            if award.of == "teams" and award.within == "team":
                message = say("Teams are ranked in the department, not within a team.")
                compiler.find(AWARD, (*where, "within"), message, say("Leave `within` out."))
        amount = compiler.amount(owner, (*where, "amount"), award.amount, CENTS)
        unassessed = isinstance(award, WhenAward) and award.unassessed
        if unassessed and (names := unknown(compiler, (amount, *((among,) if among else ())))):
            message = say(
                "This award is for those not assessed too, of whom {names} cannot be known.", names=", ".join(names)
            )
            compiler.find(AWARD, (*where, "unassessed"), message, say("Leave out `unassessed`."))
        rules.append(
            AwardRule(
                id=award.id,
                clause=award.clause,
                stated=award,
                by=by,
                among=among,
                amount=amount,
                by_team=isinstance(award, Placed) and award.within == "team",
                of_teams=isinstance(award, Placed) and award.of == "teams",
                split=isinstance(award, Placed) and award.ties == "split",
                unassessed=unassessed,
                every=award.every,
                references=derived((by, among, amount)),
                place=compiler.place(*where),
            )
        )
        compiler.won = (*compiler.won, award.id)
    return tuple(rules)


def compile_transitions(compiler: Compiler) -> tuple[TransitionRule, ...]:
    """Compile the transitions."""
    rules = []
    for index, transition in enumerate(compiler.version.transitions):
        where: Location = ("transitions", index)
        for tier in transition.from_:
            _tier_exists(compiler, (*where, "from"), tier)
        _tier_exists(compiler, (*where, "to"), transition.to)
        owner = (transition.id, transition.clause)
        when = compiler.formula(owner, (*where, "when"), transition.when, Wanted(FLAG))
        if transition.unassessed and (names := unknown(compiler, (when,))):
            message = say(
                "This transition is for those not assessed too, of whom {names} cannot be known.",
                names=", ".join(names),
            )
            compiler.find(TRANSITION, (*where, "when"), message, say("Leave out `unassessed`."))
        rules.append(
            TransitionRule(
                id=transition.id,
                clause=transition.clause,
                origins=frozenset(transition.from_),
                to=transition.to,
                when=when,
                every=transition.every,
                unassessed=transition.unassessed,
            )
        )
    return tuple(rules)


def _tier_exists(compiler: Compiler, where: Location, tier: str) -> None:
    if tier not in compiler.version.tiers:
        listed = ", ".join(compiler.version.tiers)
        message = say("There is no tier {tier}.", tier=tier)
        compiler.find(UNKNOWN_TIER, where, message, say("The tiers are: {tiers}.", tiers=listed))
