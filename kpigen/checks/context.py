"""What the checks of a month look at, and the checks that all kinds of record share."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from kpigen.engine import Case, Standing
from kpigen.engine.eligibility import barred_by_person
from kpigen.finding import Finding, Rule, Severity
from kpigen.roster import employed, employment_of, role_of
from kpigen.text import nearest, say

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import date

    from kpigen.finding import Place
    from kpigen.month import Month
    from kpigen.policy import Policy
    from kpigen.reading.decode import Record
    from kpigen.repository import Filed, MonthRecords
    from kpigen.roster import Roster
    from kpigen.text import Text

__all__ = ["MonthContext", "who_is_meant"]

PATH_DISAGREES = Rule("path-disagrees")
UNKNOWN_AGENT = Rule("unknown-agent")
NOT_EMPLOYED = Rule("not-employed")
UNKNOWN_PERSON = Rule("unknown-person")
DATE_ORDER = Rule("date-order")
OTHER_MONTH = Rule("other-month")

_NEAREST: Final = 3
_LONGEST: Final = 64


def who_is_meant(agent: str, known: Iterable[str]) -> Text:
    """Return the hint for an agent's id or name that nobody has: those nearest to it, and how to add somebody."""
    near = sorted(get_close_matches(agent[:_LONGEST].upper(), sorted({*known}), _NEAREST, 0))
    if not near:
        return say("kpigen new agent makes the agent's file.")
    named = ", ".join(near)
    return say("Is it written right? The nearest are: {near}. For somebody new: kpigen new agent.", near=named)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthContext:
    """A month's records, the department's roster and the policy in force.

    ``known`` holds the paths of all the department's files, for references to records of other months; ``other``
    gives the records of another month, where it has any.
    """

    roster: Roster
    records: MonthRecords
    policy: Policy
    known: Collection[str]
    other: Callable[[Month], MonthRecords | None] = lambda _: None

    def blocks_close(self, rule: Rule, place: Place, message: Text, hint: Text) -> Finding:
        """Make a finding for what a month may lack while it is a draft, and may not when it is closed."""
        severity = Severity.ERROR if self.records.closed else Severity.WARNING
        return Finding(place=place, rule=rule, message=message, hint=hint, severity=severity)

    def role(self, agent: str) -> str | None:
        """Return an agent's role in the month."""
        filed = self.roster.agents.get(agent)
        return role_of(self.policy, filed.record, self.records.month) if filed else None

    def excluded(self, agent: str) -> bool:
        """Tell whether an agent is not assessed whatever the sheet says: by role, employment or service."""
        filed, month = self.roster.agents.get(agent), self.records.month
        if filed is None:
            return False
        days = employed(filed.record, month)
        if days is None:
            return False
        case = Case(
            agent=agent,
            team="",
            standing=Standing(tier="", since=month),
            joined=filed.record.joined,
            role=self.role(agent),
            employment=employment_of(self.policy, filed.record, month),
            first=days[0],
            last=days[1],
        )
        return case.role not in self.policy.cards or barred_by_person(self.policy, month, case) is not None

    def agent(
        self,
        filed: Filed[Record],
        agent: str,
        *location: str | int,
        key: bool = False,
        month: Month | None = None,
    ) -> Iterator[Finding]:
        """Check that an agent exists and is employed in ``month``, which is the records' own unless it is given."""
        month = month or self.records.month
        known = self.roster.agents.get(agent)
        if agent in self.roster.unread:
            return  # what is wrong with the agent's own file is said there
        if known is None:
            place = filed.place(*location, key=key)
            message = say("There is no agent {agent} in this department.", agent=agent)
            yield Finding.of(UNKNOWN_AGENT, place, message, who_is_meant(agent, self.roster.agents))
        elif employed(known.record, month) is None:
            place = filed.place(*location, key=key)
            message = say("{agent} is not employed in {month}.", agent=agent, month=str(month))
            yield Finding.of(NOT_EMPLOYED, place, message, say("See `joined` and `left` in {path}.", path=known.path))

    def person(self, filed: Filed[Record], person: str, *location: str | int) -> Iterator[Finding]:
        """Check that whoever signs is known to the department."""
        people = self.roster.people
        if person not in people:
            near = nearest(person, people)
            hint = (
                say("Did you mean {near}?", near=near)
                if near
                else say("Name them in department.yaml: as a supervisor, a reviewer, or under `people`.")
            )
            yield Finding.of(
                UNKNOWN_PERSON,
                filed.place(*location),
                say("{person} is nobody of this department.", person=person),
                hint,
            )

    def own_id(self, filed: Filed[Record], stated: str, key: str) -> Iterator[Finding]:
        """Check that a record's id is its file's name and is of the folder's month."""
        if stated != filed.stem:
            message = say("The file says {said}, its path says {named}.", said=stated, named=filed.stem)
            yield Finding.of(PATH_DISAGREES, filed.place(key), message, say("Make the two agree."))
        elif stated[2:9] != str(self.records.month):
            message = say(
                "{id} is an id of another month than its folder {month}.",
                id=stated,
                month=str(self.records.month),
            )
            yield Finding.of(PATH_DISAGREES, filed.place(key), message, say("Use the folder's month in the id."))

    def in_month(self, filed: Filed[Record], day: date, *location: str | int) -> Iterator[Finding]:
        """Check that a day lies in the folder's month."""
        if not self.records.month.holds(day):
            message = say(
                "{day} does not lie in {month}, the month of its folder.",
                day=str(day),
                month=str(self.records.month),
            )
            yield Finding.of(
                OTHER_MONTH,
                filed.place(*location),
                message,
                say("Correct the date, or move the file to the other month."),
            )

    def in_order(
        self, filed: Filed[Record], earlier: date, later: date | None, *location: str | int
    ) -> Iterator[Finding]:
        """Check that a day does not come before another."""
        if later and later < earlier:
            message = say("{later} is before {earlier}.", later=str(later), earlier=str(earlier))
            yield Finding.of(DATE_ORDER, filed.place(*location), message, say("Correct one of the two dates."))
