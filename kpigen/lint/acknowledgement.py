"""Acknowledgements: warnings that a policy leaves as they are, with a reason; and those that fit nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.finding import Rule, Severity
from kpigen.text import Label, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpigen.lint.subject import Subject
    from kpigen.policy.acknowledgement import Acknowledged
    from kpigen.remark import Remark

__all__ = ["acknowledge"]

ACKNOWLEDGEMENT = Rule("acknowledgement")


def acknowledge(subject: Subject, remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Return the remarks, those that the policy acknowledges with its reason, and its acknowledgements that fit none.

    An error is never acknowledged: it blocks.
    """
    stated = subject.policy.version.lint
    acknowledged = () if stated is None else stated.acknowledge
    used: set[int] = set()
    settled: list[Remark] = []
    for remark in remarks:
        index = next((index for index, each in enumerate(acknowledged) if _fits(each, remark)), None)
        if index is None:
            settled.append(remark)
            continue
        used.add(index)
        reason = acknowledged[index].reason
        settled.append(remark.acknowledged(Label(zh=reason.zh, en=reason.en)))
    kept = {remark.finding.rule.id for remark in settled if remark.finding.severity is Severity.ERROR}
    for index, each in enumerate(acknowledged):
        if index not in used:
            message = (
                say("{rule} is an error, which cannot be acknowledged.", rule=each.rule)
                if each.rule in kept
                else say("Nothing is found that this acknowledges.")
            )
            settled.append(
                subject.remark(
                    ACKNOWLEDGEMENT,
                    subject.place("lint", "acknowledge", index),
                    message,
                    say("Take it out, or correct its rule, clause or id."),
                    about=(each.clause, each.id),
                )
            )
    return tuple(settled)


def _fits(acknowledged: Acknowledged, remark: Remark) -> bool:
    if remark.finding.severity is Severity.ERROR or remark.finding.rule.id != acknowledged.rule:
        return False
    return acknowledged.clause in {None, remark.clause} and acknowledged.id in {None, remark.id}
