"""Compiling: a policy version as stated, to rules ready to run, or to findings.

Sections are compiled in the order in which they are computed, so that an expression reads only what is known by then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.figure import given
from kpigen.policy.compiling.compiler import Compiler, needed
from kpigen.policy.compiling.consequences import compile_actions, compile_ladders, compile_pay
from kpigen.policy.compiling.consistency import check_consistency
from kpigen.policy.compiling.rewards import compile_awards, compile_results, compile_transitions
from kpigen.policy.compiling.scorecards import (
    compile_cards,
    compile_eligible,
    compile_grades,
    compile_items,
    compile_measures,
)
from kpigen.policy.compiling.vocabulary import facts, reserved, results, stated
from kpigen.policy.references import REFERENCES
from kpigen.policy.rules import Policy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kpigen.expression import Reference
    from kpigen.figure import Figure
    from kpigen.finding import Finding
    from kpigen.policy.version import Version
    from kpigen.reading.nodes import Document

__all__ = ["compile_policy"]


def compile_policy(document: Document, version: Version) -> tuple[Policy, tuple[Finding, ...]]:
    """Compile a version.

    Args:
        document: the file it was read from, for the places.
        version: the file's content.

    Returns:
        the policy, which is not sound when there are findings, and every finding.
    """
    compiler = Compiler(document=document, version=version, names={**stated(version), **facts(version)})
    compiler.findings.extend(check_consistency(document, version, reserved(version)))
    policy = _policy(compiler)
    return policy, tuple(compiler.findings)


def _policy(compiler: Compiler) -> Policy:
    version = compiler.version
    eligible = compile_eligible(compiler)
    measures = compile_measures(compiler)
    items = compile_items(compiler, measures)
    cards = compile_cards(compiler, items)
    grade = compile_grades(compiler, ("grades",), version.grades)
    early = compiler.newly_needed()
    compiler.names.update(results(version))
    compiler.scored = True
    result_rules = compile_results(compiler)
    awards = compile_awards(compiler)
    transitions = compile_transitions(compiler)
    pay = compile_pay(compiler)
    actions = compile_actions(compiler)
    ladders = compile_ladders(compiler, actions)
    always = [
        *(rule.amount for rule in pay if rule.unassessed),
        *(rule.when for rule in pay if rule.unassessed and rule.when),
        *(limit for rule in pay if rule.unassessed and rule.deduction for limit in rule.deduction.limits),
        *(rule.when for rule in actions if rule.unassessed and rule.when),
        *(rule.when for rule in transitions if rule.unassessed),
        *(part for rule in awards if rule.unassessed for part in (rule.amount, rule.among) if part),
        *(part for rule in ladders for part in (rule.now, rule.total)),
    ]
    return Policy(
        id=version.policy,
        month=version.version,
        path=compiler.document.path,
        version=version,
        inputs=version.inputs,
        constants=_constants(compiler),
        eligible=eligible,
        measures=measures,
        items=items,
        cards=cards,
        score_place=compiler.place("score") if version.score else compiler.place("policy"),
        grade=grade,
        results=result_rules,
        order=tuple(version.tiers),
        transitions=transitions,
        pay=pay,
        awards=awards,
        actions=actions,
        ladders=ladders,
        early=early,
        late=compiler.newly_needed(),
        unassessed=_derived(needed(always)),
        references=tuple(compiler.references.values()),
        sound=not compiler.findings,
    )


def _constants(compiler: Compiler) -> Mapping[str, Figure]:
    return {
        name: given(name, parameter.value, compiler.place("parameters", name, "value"), parameter.clause)
        for name, parameter in compiler.version.parameters.items()
    }


def _derived(references: Iterable[Reference]) -> tuple[Reference, ...]:
    found = {reference.key: reference for reference in references if reference.function in REFERENCES}
    return tuple(found.values())
