"""The month of a department that is to be paid, with all that its lines cite."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from kpigen.site.documents import AgentMonth, Index, MonthDocument, Pay, Totals
from kpigen.site.rulebook import Policy
from kpigen.site.wording import Words
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.site.documents import Department, Line
    from kpigen.site.rulebook import PolicyRef
    from kpigen.text import Lang, Text

__all__ = ["PaidAgent", "PaidMonth", "Payroll", "departments", "payroll"]


class PaidAgent(AgentMonth, frozen=True):
    """An agent's month, with its pay whatever of it may be published."""

    pay: Pay


class PaidMonth(MonthDocument, frozen=True):
    """A month's document as it was computed."""

    agents: tuple[PaidAgent, ...]
    totals: Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class Payroll:
    """A department's month in one language.

    Attributes:
        document: the month.
        department: the department.
        policies: every version, those of the months that are corrected among them.
        lang: the language of everything that is said.
    """

    document: PaidMonth
    department: Department
    policies: Mapping[PolicyRef, Policy]
    lang: Lang
    _words: dict[PolicyRef, Words] = field(default_factory=dict)

    @property
    def policy(self) -> Policy:
        """The version in force."""
        return self.policies[self.document.policy]

    @property
    def closed(self) -> bool:
        """Whether the month was approved; if not, its amounts may still change."""
        return self.document.status == "closed"

    @property
    def close(self) -> str | None:
        """The digest of the close, which proves what was approved; None of a draft."""
        return next((each.close for each in self.department.months if each.month == self.document.month), None)

    @property
    def status(self) -> Text:
        """Whether it is closed, in words."""
        return say("closed") if self.closed else say("draft, not closed yet")

    def words(self, ref: PolicyRef | None = None) -> Words:
        """Return the words of a policy version, of the one in force unless stated."""
        ref = ref or self.document.policy
        if ref not in self._words:
            self._words[ref] = Words(self.policies[ref], self.lang)
        return self._words[ref]

    def governing(self, month: str | None) -> PolicyRef:
        """Return the version whose clauses a line cites: that of the closed ``month`` which it corrects, if any."""
        return (self.department.policy(month) if month else None) or self.document.policy

    def named(self, line: Line) -> str:
        """Return what a line is called."""
        return self.words(self.governing(line.corrects)).name("pay", line.id)

    def team(self, team: str) -> str:
        """Return the name of a team; of one that is no more, its id."""
        found = next((each.name for each in self.department.teams if each.team == team), None)
        return found.said(self.lang) if found else team


def departments(documents: Mapping[str, bytes]) -> Mapping[str, Department]:
    """Return the departments of the documents by id."""
    index = msgspec.json.decode(documents["v1/index.json"], type=Index)
    return {each.department: each for each in index.departments}


def payroll(documents: Mapping[str, bytes], department: Department, month: str, lang: Lang) -> Payroll | None:
    """Return a department's month, or None when there is no such month.

    Args:
        documents: the documents as they are computed, by path.
        department: one of theirs.
        month: ``2026-09``.
        lang: the language.
    """
    document = documents.get(f"v1/{department.department}/{month}.json")
    if document is None:
        return None
    versions = (
        msgspec.json.decode(each, type=Policy) for path, each in documents.items() if path.startswith("v1/policy/")
    )
    return Payroll(
        document=msgspec.json.decode(document, type=PaidMonth),
        department=department,
        policies={version.ref: version for version in versions},
        lang=lang,
    )
