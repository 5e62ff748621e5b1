"""Approval: whose word a proposal needs, and which of it has been given. Pure.

Who there is and who answers for what is the base's to say, never the proposal's. Whoever submits does not approve;
an approval counts for the commit that it was given for, and only the last word of each reviewer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kpigen.approval.demand import demands
from kpigen.approval.ownership import read_staff
from kpigen.finding import Finding, Place, Rule, Severity
from kpigen.repository import PEOPLE_FILE
from kpigen.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kpigen.approval.demand import Demand, Proposal
    from kpigen.approval.notice import Pull, Review
    from kpigen.approval.ownership import Staff

__all__ = ["Answer", "Verdict", "judge"]

APPROVAL_MISSING: Final = Rule("approval-missing")
NOBODY_MAY_APPROVE: Final = Rule("nobody-may-approve")
NO_PEOPLE: Final = Rule("no-people", Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Answer:
    """A demand, and who has met it."""

    demand: Demand
    given: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How a proposal stands: each demand with who met it, reviewers who do not count, and the findings."""

    answers: tuple[Answer, ...] = ()
    uncounted: tuple[tuple[str, Text], ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def given(self) -> int:
        """How many demands are met."""
        return sum(bool(each.given) for each in self.answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """What reviewers said: who approved the newest commit, who an earlier one, who takes no part."""

    approved: frozenset[str] = frozenset()
    earlier: frozenset[str] = frozenset()
    uncounted: Mapping[str, Text] = field(default_factory=dict)


def judge(proposal: Proposal, pull: Pull, reviews: Sequence[Review], signers: Collection[str] = ()) -> Verdict:
    """Say which approvals a proposal needs, and which it has.

    Args:
        proposal: what is proposed; people and departments are its base's.
        pull: the pull request.
        reviews: what was said of it, the earliest first.
        signers: the persons who signed its commits, who submit it as its author does.

    Returns:
        the verdict. Where the base names no people nobody can be told apart, and a warning says so.
    """
    staff, unread = read_staff(proposal.base)
    if staff is None:
        return Verdict(findings=unread or (_no_people(),))
    author = staff.person(pull.author) if pull.author else None
    submitters = frozenset({*signers, *([author] if author else [])})
    words = _words(staff, pull, reviews, submitters)
    answers = tuple(
        Answer(demand, tuple(sorted(words.approved & demand.may))) for demand in demands(proposal, staff, submitters)
    )
    findings = tuple(_missing(each.demand, staff, words) for each in answers if not each.given)
    return Verdict(answers=answers, uncounted=tuple(words.uncounted.items()), findings=findings)


def _no_people() -> Finding:
    message = say("The base has no people.yaml, so that nobody can be told apart: approvals are not checked.")
    hint = say("Write records/people.yaml: the administrators, and the account of each person.")
    return Finding.of(NO_PEOPLE, Place(PEOPLE_FILE), message, hint)


def _words(staff: Staff, pull: Pull, reviews: Iterable[Review], submitters: Collection[str]) -> _Words:
    """Take each reviewer's last word."""
    last: dict[str, Review] = {}
    for review in reviews:
        if review.state in _DECIDING:
            last[review.account.lower()] = review
    approved, earlier, uncounted = set(), set(), {}
    for review in last.values():
        person = staff.person(review.account)
        if review.state != _APPROVED:
            continue
        if person is None:
            uncounted[review.account] = say("no account of records/people.yaml in the base")
        elif person in submitters:
            uncounted[review.account] = say("submits it")
        elif review.commit != pull.head:
            earlier.add(person)
            uncounted[review.account] = say("approved an earlier commit")
        else:
            approved.add(person)
    return _Words(approved=frozenset(approved), earlier=frozenset(earlier), uncounted=uncounted)


_APPROVED: Final = "APPROVED"
# A comment takes nothing back.
_DECIDING: Final = frozenset({_APPROVED, "CHANGES_REQUESTED", "DISMISSED"})


def _missing(demand: Demand, staff: Staff, words: _Words) -> Finding:
    """Say who may give an approval that is missing, and what to do."""
    place = Place(demand.paths[0])
    reachable = [person for person in sorted(demand.may) if staff.account(person)]
    if not reachable:
        message = say("Nobody may approve this: {what}.", what=demand.what)
        if demand.barred:
            message = say(
                "Nobody may approve this: {what}; {barred}.", what=demand.what, barred=_joined(_barred(demand))
            )
        return Finding.of(NOBODY_MAY_APPROVE, place, message, _way_out(demand))
    message = say("An approval is missing: {what}.", what=demand.what)
    if again := sorted(words.earlier & demand.may):
        hint = say("{people} approved an earlier commit, and must look again.", people=_joined(again))
    else:
        hint = say(
            "Ask for a review by one of: {people}.",
            people=_joined([say("{person} ({account})", person=each, account=staff.account(each) or "")
                            for each in reachable]),
        )  # fmt: skip
    return Finding.of(APPROVAL_MISSING, place, message, hint)


def _barred(demand: Demand) -> list[Text | str]:
    return [say("{person} {why}", person=person, why=why) for person, why in demand.barred]


def _way_out(demand: Demand) -> Text:
    if demand.may:
        return say("Add an account to records/people.yaml for one of: {people}.", people=_joined(sorted(demand.may)))
    if demand.administrative:
        return say(
            "It takes two administrators. With one alone, let somebody else submit it and the administrator approve "
            "it; the first such change may name the second administrator in records/people.yaml."
        )
    return say(
        "Name another person for it in department.yaml, in a proposal of its own that an administrator approves."
    )


def _joined(parts: Sequence[Text | str]) -> Text | str:
    """Put texts behind each other, each to be said in its language."""
    joined = parts[0]
    for part in parts[1:]:
        joined = say("{some}, {one}", some=joined, one=part)
    return joined
