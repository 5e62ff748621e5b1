"""Appeals: what each is about, until when it could be filed, who decided it, and what carries it out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from kpigen.month import Month

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kpigen.site.documents import Adjustment, Appeal, Department, MonthDocument, Person, Published
    from kpigen.site.rulebook import Policy, PolicyRef
    from kpigen.site.wording import Words

__all__ = ["Filed", "appeal_by", "appeals"]


@dataclass(frozen=True, slots=True)
class Filed:
    """An appeal as the pages tell it.

    Attributes:
        document: the month in which it was filed.
        person: who filed it.
        appeal: the record.
        about: what it is about, in words.
        deadline: the last day on which it could be filed; None where the policy gives none.
        adjustments: the adjustments that carry it out.
        closed: whether the month that it is about was closed before, so that only an adjustment can carry it out.
    """

    document: MonthDocument
    person: Person
    appeal: Appeal
    about: str
    deadline: str | None
    adjustments: tuple[Adjustment, ...]
    closed: bool

    @property
    def waiting(self) -> bool:
        """Whether it is upheld and nothing carries it out yet."""
        return self.appeal.status == "upheld" and self.closed and not self.adjustments

    @property
    def late(self) -> bool:
        """Whether it was filed after the deadline."""
        return self.deadline is not None and self.appeal.filed > self.deadline


def appeals(published: Published, department: Department, words_of: Callable[[PolicyRef], Words]) -> tuple[Filed, ...]:
    """Return a department's appeals, the last filed first."""
    people = {person.agent: person for person in department.agents}
    documents = [document for document in published.months.values() if document.department == department.department]
    closed = {ref.month for ref in department.months if ref.status == "closed"}
    carried: dict[str, list[Adjustment]] = {}
    for document in documents:
        for adjustment in document.adjustments:
            if adjustment.appeal:
                carried.setdefault(adjustment.appeal, []).append(adjustment)
    found = [
        Filed(
            document=document,
            person=people[agent],
            appeal=appeal,
            about=words_of(ref).about(appeal.about),
            deadline=appeal_by(published.policies[ref], month),
            adjustments=tuple(carried.get(appeal.appeal, ())),
            closed=month in closed and month < document.month,
        )
        for document in documents
        for agent, appeal in _filed(document)
        if agent in people
        for month in (_month_in_question(appeal.about),)
        for ref in (department.policy(month) or document.policy,)
    ]
    return tuple(sorted(found, key=lambda filed: (filed.appeal.filed, filed.appeal.appeal), reverse=True))


def _filed(document: MonthDocument) -> Iterator[tuple[str, Appeal]]:
    """Yield the appeals of a month with whose they are; somebody may have left before."""
    for agent in document.agents:
        yield from ((agent.agent, appeal) for appeal in agent.appeals)
    yield from ((appeal.agent, appeal) for appeal in document.appeals if appeal.agent)


def _month_in_question(about: Mapping[str, str]) -> str:
    """Return the month that an appeal is about: a complaint and an event have theirs in their number."""
    record = about.get("complaint") or about.get("event")
    return record[2:9] if record else about.get("month", "")


def appeal_by(policy: Policy, month: str) -> str | None:
    """Return the last day on which the month can be appealed against, or None when the policy does not say."""
    parsed = Month.parse(month)
    if parsed is None or policy.appeals is None:
        return None
    closes, within = policy.assess.get("closes"), policy.appeals.get("within_days")
    if closes is None or within is None:
        return None
    return (parsed.plus(1).first + timedelta(days=int(closes) - 1 + int(within))).isoformat()
