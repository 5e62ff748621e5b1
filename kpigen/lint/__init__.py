"""The lint: what is wrong or doubtful in a policy itself, one module a family of rules; and what is proved of it.

:func:`lint_version` looks at one version alone, :func:`lint_versions` at all versions of a policy together. What they
find are :class:`Remark` values: findings with the clause beside which they are published; errors block, warnings stand
beside their clause unless the policy acknowledges them with a reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpigen.examples import check_examples
from kpigen.finding import ordered
from kpigen.lint.acknowledgement import acknowledge
from kpigen.lint.arithmetic import check_arithmetic
from kpigen.lint.branches import check_branches
from kpigen.lint.coverage import check_coverage
from kpigen.lint.figures import check_figures
from kpigen.lint.law import check_law
from kpigen.lint.printed import check_printed
from kpigen.lint.proofs import Proof, proofs_of
from kpigen.lint.rows import check_rows
from kpigen.lint.subject import Subject
from kpigen.lint.tiers import check_tiers
from kpigen.lint.usage import check_usage
from kpigen.lint.versions import Closed, check_adoption, check_versions
from kpigen.lint.wages import check_wages
from kpigen.lint.wording import check_wording
from kpigen.remark import Remark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kpigen.finding import Finding
    from kpigen.month import Month
    from kpigen.policy import Policy
    from kpigen.reading.nodes import Document

__all__ = [
    "Closed",
    "Proof",
    "Remark",
    "findings_of",
    "lint_version",
    "lint_versions",
    "prove",
]

FAMILIES: Final[tuple[Callable[[Subject], Iterator[Remark]], ...]] = (
    check_arithmetic,
    check_rows,
    check_printed,
    check_branches,
    check_tiers,
    check_usage,
    check_wording,
    check_figures,
    check_adoption,
    check_coverage,
)
"""What every policy is linted by."""

PACKS: Final[Mapping[str, tuple[Callable[[Subject], Iterator[Remark]], ...]]] = {"cn": (check_law, check_wages)}
"""What a policy is linted by besides, for its jurisdiction."""


def lint_version(policy: Policy, document: Document, *, examples_hold: bool | None = None) -> tuple[Remark, ...]:
    """Look at one version of a policy.

    Args:
        policy: the version, which is sound.
        document: its file.
        examples_hold: whether its examples come out as they say, for whoever knows; else they are checked.

    Returns:
        the remarks, in the order of the file; those that the policy acknowledges have its reason.
    """
    if examples_hold is None:
        examples_hold = not any(check_examples(policy, document))
    subject = Subject(policy=policy, document=document, shows=examples_hold)
    stated = policy.version.lint
    packs = PACKS.get(stated.jurisdiction, ()) if stated and stated.jurisdiction else ()
    remarks = [remark for family in (*FAMILIES, *packs) for remark in family(subject)]
    return _in_order(acknowledge(subject, remarks))


def lint_versions(
    versions: Mapping[Month, tuple[Policy, Document]], closed: Iterable[Closed] = ()
) -> tuple[Remark, ...]:
    """Look at all versions of one policy together.

    Args:
        versions: its sound versions, by the month that their files are named by.
        closed: the closed months that the policy governs.
    """
    return _in_order(check_versions(versions, tuple(closed)))


def prove(policy: Policy, document: Document) -> tuple[Proof, ...]:
    """Return what is proved of a version of a policy, which is sound."""
    return tuple(proofs_of(Subject(policy=policy, document=document)))


def findings_of(remarks: Iterable[Remark]) -> tuple[Finding, ...]:
    """Return the findings of the remarks that nobody acknowledges."""
    return ordered(remark.finding for remark in remarks if remark.reason is None)


def _in_order(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    return tuple(sorted(remarks, key=lambda remark: (remark.finding.place, remark.finding.rule.id)))
