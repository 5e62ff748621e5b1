"""The charter: what is decided before a repository is founded, and everything that follows from it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpigen.approval.ownership import CODE_OWNERS, code_owners, read_staff
from kpigen.founding.offer import NOTHING
from kpigen.founding.papers import papers
from kpigen.founding.sample import sample
from kpigen.hosting import Install, files
from kpigen.ledger import keep
from kpigen.schema import schema_files
from kpigen.snapshot import Overlaid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.founding.offer import Offer
    from kpigen.month import Month
    from kpigen.text import Lang

__all__ = ["Charter", "found"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Charter:
    """What is decided.

    Attributes:
        department: the department's id.
        name: its name for people; None for a general one.
        offer: the policy's version.
        month: the month of the sample, which the policy assesses.
        lang: the language of the README, the host's files and the invented names.
        requirement: the line for pip that installs kpigen.
    """

    department: str
    name: str | None
    offer: Offer
    month: Month
    lang: Lang
    requirement: str


def found(charter: Charter) -> Mapping[str, str]:
    """Return every file of a new repository, by path.

    The records are checked, and the month is sealed as a close would, so that the README quotes what the verbs say.
    """
    policy = charter.offer.policy
    records = {
        policy.path: charter.offer.text,
        **sample(policy, charter.month, charter.department, charter.name, charter.lang),
    }
    snapshot = Overlaid(NOTHING, {path: text.encode() for path, text in records.items()})
    ledger = keep(snapshot, closing=(charter.department, charter.month))
    staff, _ = read_staff(snapshot)
    if staff is None or ledger.sealed is None or ledger.findings:
        raise ValueError(f"the sample of {policy.id} is not clean: {ledger.findings[:1]}")
    made = {
        **records,
        **schema_files(),
        **files(Install.pinned(charter.requirement), charter.lang),
        CODE_OWNERS: code_owners(staff),
        **papers(charter, ledger),
    }
    return dict(sorted(made.items()))
