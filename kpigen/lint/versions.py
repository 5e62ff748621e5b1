"""Versions: when each begins, and which clause numbers come back."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kpigen.finding import Finding, Rule, Severity
from kpigen.remark import Remark
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.finding import Place
    from kpigen.lint.subject import Subject
    from kpigen.month import Month
    from kpigen.policy import Policy
    from kpigen.reading.nodes import Document

__all__ = ["Closed", "check_adoption", "check_versions"]

VERSION_TWICE = Rule("version-twice")
VERSION_BEFORE_ADOPTION = Rule("version-before-adoption")
VERSION_IN_CLOSED_MONTH = Rule("version-in-closed-month")
CLAUSE_REUSED = Rule("clause-reused", Severity.WARNING)
DATES_OUT_OF_ORDER = Rule("dates-out-of-order", Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Closed:
    """A month that is closed: of which department, by which version of the policy, and where that is written."""

    department: str
    month: Month
    version: Month
    place: Place


def check_adoption(subject: Subject) -> Iterator[Remark]:
    """Yield a version that begins before it was adopted, and dates in an order that cannot be."""
    policy = subject.policy
    adopted = policy.version.adopted
    if policy.month.first < adopted.on:
        yield subject.remark(
            VERSION_BEFORE_ADOPTION,
            subject.place("adopted", "on"),
            say(
                "The version is in force from {month}, before it was adopted on {day}.",
                month=str(policy.month),
                day=str(adopted.on),
            ),
            say("Let it begin with a month after its adoption: nobody can follow a rule that is not there yet."),
            about=(None, "adopted"),
        )
    for earlier, later in (("consulted", "on"), ("consulted", "published"), ("on", "published")):
        one, other = getattr(adopted, earlier), getattr(adopted, later)
        if one is not None and other is not None and one > other:
            yield subject.remark(
                DATES_OUT_OF_ORDER,
                subject.place("adopted", later),
                say("`{later}` lies before `{earlier}`.", later=later, earlier=earlier),
                say("Staff are consulted first, then the policy is adopted, then published: correct the dates."),
                about=(None, "adopted"),
            )


def check_versions(
    versions: Mapping[Month, tuple[Policy, Document]], closed: tuple[Closed, ...] = ()
) -> Iterator[Remark]:
    """Yield what is wrong between the versions of one policy.

    Args:
        versions: each version by the month in its file's name.
        closed: the closed months that the policy governs.
    """
    ordered = sorted(versions.items())
    for (_, (before, earlier)), (_, (policy, document)) in pairwise(ordered):
        if before.month == policy.month:
            finding = Finding.of(
                VERSION_TWICE,
                document.place(("version",)),
                say("Two versions are in force from {month}.", month=str(policy.month)),
                say("Merge the two, or let one begin later."),
                related=(earlier.place(("version",)),),
            )
            yield Remark(finding=finding)
    for month in closed:
        in_force = [each for each, _ in ordered if each <= month.month]
        if in_force and in_force[-1] != month.version:
            yield _in_closed_month(versions[in_force[-1]][1], in_force[-1], month)
    yield from _reused(ordered)


def _in_closed_month(document: Document, version: Month, closed: Closed) -> Remark:
    message = say(
        "The version begins in {version}, but {department} has closed {month} by version {closed}.",
        version=str(version),
        department=closed.department,
        month=str(closed.month),
        closed=str(closed.version),
    )
    hint = say("Let the version begin with the first month that is still open.")
    place = document.place(("version",))
    return Remark(finding=Finding.of(VERSION_IN_CLOSED_MONTH, place, message, hint, related=(closed.place,)))


def _reused(ordered: list[tuple[Month, tuple[Policy, Document]]]) -> Iterator[Remark]:
    """Yield clause numbers that an earlier version withdrew and a later one uses again."""
    hint = say("Give the new clause a number that was never used, so that old statements keep their meaning.")
    withdrawn: dict[str, Place] = {}
    current: Mapping[str, object] = {}
    before: Document | None = None
    for _, (policy, document) in ordered:
        clauses = policy.version.clauses
        for number in withdrawn.keys() & clauses.keys() - current.keys():
            message = say("Clause {number} was withdrawn once, and its number is used again.", number=number)
            place = document.place(("clauses", number), key=True)
            finding = Finding.of(CLAUSE_REUSED, place, message, hint, related=(withdrawn.pop(number),))
            yield Remark(finding=finding, clause=number)
        if before is not None:
            gone = current.keys() - clauses.keys()
            withdrawn |= {number: before.place(("clauses", number), key=True) for number in gone}
        current, before = clauses, document
