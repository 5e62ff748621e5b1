"""Compiling: a policy version as stated, to rules ready to run, or to findings.

Sections are compiled in the order in which they are computed, so that an expression reads only what is known by then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.figure import given
from kpigen.policy.compiling.compiler import Compiler, derived
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
from kpigen.policy.rules import Policy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.figure import Figure
    from kpigen.finding import Finding
    from kpigen.policy.computed import Computed
    from kpigen.policy.rules import PayRule
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
    compiler.names.update(results(version))
    compiler.scored = True
    result_rules = compile_results(compiler)
    awards = compile_awards(compiler)
    transitions = compile_transitions(compiler)
    pay = compile_pay(compiler)
    actions = compile_actions(compiler)
    ladders = compile_ladders(compiler, actions)
    always = [
        *(part for rule in pay if rule.unassessed for part in _parts(rule)),
        *(rule.when for rule in actions if rule.unassessed),
        *(rule.when for rule in transitions if rule.unassessed),
        *(part for rule in awards if rule.unassessed for part in (rule.amount, rule.among)),
        *(part for rule in ladders for part in (rule.now, rule.total)),
    ]
    late = [
        *(part for rule in pay for part in _parts(rule)),
        *(rule.when for rule in actions),
        *(rule.when for rule in transitions),
        *(part for rule in ladders for part in (rule.now, rule.total)),
    ]
    read = [*(part for rule in measures for part in rule.reads), *(part for rule in items for part in rule.reads)]
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
        barring=derived(eligible),
        early=derived((*read, *(rule.breach for rule in items))),
        late=derived(late),
        unassessed=derived(always),
        references=tuple(compiler.references.values()),
        sound=not compiler.findings,
    )


def _constants(compiler: Compiler) -> Mapping[str, Figure]:
    return {
        name: given(name, parameter.value, compiler.place("parameters", name, "value"), parameter.clause)
        for name, parameter in compiler.version.parameters.items()
    }


def _parts(rule: PayRule) -> Iterator[Computed | None]:
    """Yield the expressions of a pay line."""
    yield from (rule.when, rule.amount, *(rule.deduction.limits if rule.deduction else ()))
