"""The impact as JSON: what another program may rely on. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from kpigen.effect.document import FindingOf, finding_of, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpigen.impact.trial import Impact
    from kpigen.text import Lang

__all__ = ["ImpactDocument", "as_json"]


class PaidOf(Struct, kw_only=True):
    """A department's month."""

    department: str
    month: str
    before: str
    after: str
    difference: str


class GainOf(Struct, kw_only=True):
    """An agent whose pay would have been another in all."""

    agent: str
    name: str
    before: str
    after: str
    difference: str


class MovedOf(Struct, kw_only=True):
    """An agent whose tier would have been another after the last month."""

    agent: str
    name: str
    before: str | None
    after: str | None


class DecidedOf(Struct, kw_only=True):
    """How often a rule applied; ``kind`` is ``line``, ``award``, ``action`` or ``transition``."""

    kind: str
    id: str
    clause: str
    before: int
    after: int


class MissingOf(Struct, kw_only=True):
    """An input of the draft that past sheets lack."""

    input: str
    agent_months: int


class DraftOf(Struct, kw_only=True):
    """What one draft would have changed."""

    path: str
    policy: str
    begin: str
    last: str
    agents: int
    before: str
    after: str
    difference: str
    months: list[PaidOf]
    gains: list[GainOf]
    moved: list[MovedOf]
    rules: list[DecidedOf]
    missing: list[MissingOf]
    unassessed: int
    uncompared: list[str]
    findings: list[FindingOf]


class ImpactDocument(Struct, kw_only=True):
    """All drafts; ``schema`` is ``kpigen/impact/v1``."""

    schema: str
    drafts: list[DraftOf]


def as_json(found: Sequence[Impact], lang: Lang) -> str:
    """Return the impact of some drafts as JSON, its keys and lists in a fixed order."""
    return written(ImpactDocument(schema="kpigen/impact/v1", drafts=[_draft(each, lang) for each in found]))


def _draft(found: Impact, lang: Lang) -> DraftOf:
    return DraftOf(
        path=found.path,
        policy=found.policy,
        begin=found.begin,
        last=found.last,
        agents=found.agents,
        before=f"{found.before:.2f}",
        after=f"{found.after:.2f}",
        difference=f"{found.after - found.before:.2f}",
        months=[
            PaidOf(
                department=each.department,
                month=each.month,
                before=f"{each.before:.2f}",
                after=f"{each.after:.2f}",
                difference=f"{each.difference:.2f}",
            )
            for each in found.months
        ],
        gains=[
            GainOf(
                agent=each.agent,
                name=each.name,
                before=f"{each.before:.2f}",
                after=f"{each.after:.2f}",
                difference=f"{each.difference:.2f}",
            )
            for each in found.gains
        ],
        moved=[
            MovedOf(agent=each.agent, name=each.name, before=each.tiers[0], after=each.tiers[1]) for each in found.moved
        ],
        rules=[
            DecidedOf(kind=each.kind, id=each.id, clause=each.clause, before=each.before, after=each.after)
            for each in found.decided
        ],
        missing=[MissingOf(input=each.input, agent_months=each.agent_months) for each in found.missing],
        unassessed=found.unassessed,
        uncompared=list(found.uncompared),
        findings=[finding_of(each, lang) for each in found.findings],
    )
