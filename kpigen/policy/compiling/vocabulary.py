"""Vocabulary: what expressions may read, and from when on it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpigen.expression import FLAG, Choice, Number, Signature, Words
from kpigen.policy.inputs import kind_of
from kpigen.policy.references import OF_TEAM, REFERENCES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.expression import Kind
    from kpigen.policy.version import Version

__all__ = ["COUNTED", "facts", "known_of_everybody", "reserved", "results", "signatures", "stated"]

_PEOPLE: Final = ("service_months", "service_years", "anniversary")

COUNTED: Final = ("events", "amount", "complaints")
"""The references that count a month's records."""


def stated(version: Version) -> Mapping[str, Kind]:
    """Return what the policy and the sheet state: parameters and inputs."""
    parameters: dict[str, Kind] = {name: Number(given.unit) for name, given in version.parameters.items()}
    return parameters | {name: kind_of(spec) for name, spec in version.inputs.items()}


def facts(version: Version) -> Mapping[str, Kind]:
    """Return what is known of a month before there is a score."""
    known: dict[str, Kind] = {
        "assessed": FLAG,
        "upheld_complaints": Number(),
        "days_employed": Number(),
        "days_in_month": Number(),
        "service_months": Number(),
        "service_years": Number(),
        "anniversary": FLAG,
    }
    for name, words in (("tier", version.tiers), ("employment", version.employment), ("role", version.roles)):
        if words:
            known[name] = Choice(name, tuple(words))
    return known


def results(version: Version) -> Mapping[str, Kind]:
    """Return what is known once there is a score."""
    known: dict[str, Kind] = {}
    if version.score:
        known |= {"score": Number("points"), "items_at_zero": Number(), "rank": Number()}
    if version.grades:
        known["grade"] = Choice("grade", tuple(version.grades))
    return known


def reserved(version: Version) -> tuple[str, ...]:
    """Return the names that nothing of a policy may have: they are read without being declared."""
    graded = tuple(f"{name}_grade" for name, each in version.results.items() if each.grades)
    return (*facts(version), "tier", "employment", "role", "score", "items_at_zero", "rank", "grade", "gross", *graded)


def known_of_everybody(version: Version) -> frozenset[str]:
    """Return what is known also of an agent who was not assessed."""
    return frozenset((*facts(version), *version.parameters, "gross"))


def signatures(version: Version, *, scored: bool, won: tuple[str, ...]) -> Mapping[str, Signature]:
    """Return the references.

    Args:
        version: the policy's version.
        scored: whether everybody has a score by then.
        won: the awards that are decided by then.
    """
    found = {name: kind.signature for name, kind in REFERENCES.items() if scored or name not in OF_TEAM}
    kinds = tuple(version.events)
    with_amount = {name: Number(kind.amount) for name, kind in version.events.items() if kind.amount}
    if kinds:
        found["events"] = Signature((Words(kinds),), Number())
    if with_amount:
        found["amount"] = Signature((Words(tuple(with_amount)),), Number(version.currency), with_amount)
    if version.complaints and (words := (*version.complaints.categories, *version.complaints.severities)):
        found["complaints"] = Signature((Words(words),), Number())
    if won:
        found["won"] = Signature((Words(won),), Number())
    return found
