"""The records: what supervisors and reviewers write, one model for each kind of file."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from kpigen.reading.account import Account
from kpigen.reading.decode import Record, by_key
from kpigen.reading.faults import Fault
from kpigen.reading.readers import NUMBER, read_number
from kpigen.reading.scalars import (
    AdjustmentId,
    AgentId,
    AppealId,
    ComplaintId,
    Day,
    EventId,
    LabelField,
    LongProse,
    MonthField,
    Number,
    PeriodField,
    Prose,
    Raw,
    Read,
    Slug,
    Whole,
)
from kpigen.reading.wording import UNKNOWN_WORD
from kpigen.text import say

if TYPE_CHECKING:
    from kpigen.reading.nodes import Scalar

__all__ = [
    "KINDS",
    "NOT_ASSESSED",
    "WITHDRAWN",
    "Adjustment",
    "Agent",
    "Appeal",
    "Close",
    "Complaint",
    "Department",
    "Event",
    "People",
    "PeriodClose",
    "Publish",
    "Sheet",
]


class Governs(Record):
    """Which policy governs from which month."""

    from_: MonthField = Field(alias="from")
    use: Slug


class Team(Record):
    """A team and who assesses it."""

    name: LabelField
    supervisor: Slug


class DutyDone(Record):
    """A duty of the policy, done for the period that ends with this month."""

    duty: Slug
    period: MonthField
    on: Day
    by: Slug
    note: Prose | None = None


class Publish(Record):
    """What the pages show of a department: its agents' names or their ids alone, and what they are paid.

    ``sealed`` pay can be read only with a passphrase. What is not said is the least: ids, and no pay.
    """

    names: Literal["full", "id"] = "id"
    pay: Literal["full", "hidden", "sealed"] = "hidden"


class Department(Record):
    """``department.yaml``; ``people`` are others who sign records, such as supervisors of earlier years.

    ``publish`` says what the pages show, ``duties`` when and by whom a duty of the policy was done.
    """

    department: Slug
    name: LabelField
    publish: Publish = Publish()
    policy: tuple[Governs, ...]
    teams: Mapping[Slug, Team]
    reviewers: tuple[Slug, ...]
    people: tuple[Slug, ...] = ()
    duties: tuple[DutyDone, ...] = ()


class Stay(Record):
    """From which month an agent is in a team; ``tier`` is the tier that the agent enters with.

    ``role`` and ``employment`` hold until a later line states them anew; at first they are the policy's first.
    """

    from_: MonthField = Field(alias="from")
    team: Slug
    tier: Slug | None = None
    role: Slug | None = None
    employment: Slug | None = None


class Agent(Record):
    """``agents/<agent>.yaml``; ``left`` is the last day employed."""

    agent: AgentId
    name: LabelField
    joined: Day
    left: Day | None = None
    history: tuple[Stay, ...]


NOT_ASSESSED = "not_assessed"
"""The key of a sheet's line that gives the reason why there is no assessment, instead of inputs."""


def vacant(cell: Scalar) -> bool:
    """Tell whether a cell is left empty: its input is still missing."""
    return not cell and not cell.quoted


class Sheet(Record):
    """``scores/<team>.yaml``: one line an agent; its cells are typed by the policy in force.

    ``together`` has what is stated once for the whole team.
    """

    month: MonthField
    team: Slug
    assessor: Slug
    assessed: Day
    together: Mapping[str, Raw] = Field(default_factory=dict)
    agents: Mapping[AgentId, Mapping[str, Raw]]


class Decision(Record):
    """When and by whom something was decided."""

    on: Day
    by: Slug


class Complaint(Record):
    """``complaints/<id>.yaml``; it counts in the month in which it was received, once upheld."""

    complaint: ComplaintId
    agent: AgentId
    received: Day
    channel: Slug
    category: Slug
    severity: Slug | None = None
    summary: Prose
    status: Literal["open", "upheld", "dismissed"]
    decided: Decision | None = None
    followed_up: Day | None = None


class Event(Record):
    """``events/<id>.yaml``, about an agent or a team; ``kind`` is one that the policy declares."""

    event: EventId
    agent: AgentId | None = None
    team: Slug | None = None
    kind: Slug
    on: Day
    amount: Number | None = None
    note: Prose | None = None
    proposed: Slug
    reviewed: Slug | None = None
    reviewed_on: Day | None = None


class AboutInput(Record):
    """An appeal about an input of a month."""

    month: MonthField
    input: str


class AboutAward(Record):
    """An appeal about an award of a month."""

    month: MonthField
    award: Slug


class AboutTransition(Record):
    """An appeal about a transition at the end of a month."""

    month: MonthField
    transition: Slug


class AboutComplaint(Record):
    """An appeal about a complaint."""

    complaint: ComplaintId


class AboutEvent(Record):
    """An appeal about an event."""

    event: EventId


About = Annotated[
    AboutInput | AboutAward | AboutTransition | AboutComplaint | AboutEvent,
    by_key(
        input=AboutInput,
        award=AboutAward,
        transition=AboutTransition,
        complaint=AboutComplaint,
        event=AboutEvent,
    ),
]
"""What an appeal is about, told by its key."""


class Appeal(Record):
    """``appeals/<id>.yaml``; decided by somebody who did not assess it."""

    appeal: AppealId
    agent: AgentId
    about: About
    filed: Day
    grounds: LongProse
    status: Literal["open", "upheld", "rejected"]
    decided: Decision | None = None
    outcome: LongProse | None = None


WITHDRAWN = "withdrawn"
"""The word by which an adjustment says that an event does not count."""


def _restated_event(text: str) -> str | Decimal | Fault:
    if text == WITHDRAWN:
        return text
    amount = read_number(text)
    if isinstance(amount, Fault):
        message = say("“{text}” is neither an amount nor the word withdrawn.", text=text[:40])
        return Fault(UNKNOWN_WORD, message, say("Write withdrawn, or the right amount."))
    return amount


_WITHDRAWN_OR_AMOUNT = {
    "anyOf": [{"const": WITHDRAWN}, {"type": "number"}, {"type": "string", "pattern": f"^(?:{NUMBER})$"}]
}
RestatedEvent = Annotated[Decimal | str, Read(Decimal, _restated_event, _WITHDRAWN_OR_AMOUNT)]
"""What an adjustment makes of an event: its right amount, or ``withdrawn``."""


class Adjustment(Record):
    """``adjustments/<id>.yaml``: what of a closed month is restated for an agent, never a total.

    At least one of: ``inputs`` of the sheet; ``complaints`` with the status that is right; ``events`` that are
    withdrawn, or their right amounts.
    """

    adjustment: AdjustmentId
    corrects: MonthField
    agent: AgentId
    inputs: Mapping[str, Raw] = Field(default_factory=dict)
    complaints: Mapping[ComplaintId, Literal["upheld", "dismissed"]] = Field(default_factory=dict)
    events: Mapping[EventId, RestatedEvent] = Field(default_factory=dict)
    reason: LongProse
    appeal: AppealId | None = None


class Governing(Record):
    """The policy version that governed a closed month."""

    id: Slug
    version: MonthField


class Totals(Record):
    """The sums of a month's statements; deductions as a positive amount."""

    gross: Number
    deductions: Number
    total: Number


class Approved(Record):
    """One agent's line of a close; ``score`` is left out of whoever was not assessed, tiers where there are none."""

    score: Number | None = None
    tier: Slug | None = None
    next_tier: Slug | None = None
    pay: Number


class Close(Record):
    """``close.yaml``: what was approved, and the git blob ids and digests that prove it."""

    department: Slug
    month: MonthField
    policy: Governing
    inputs: Mapping[str, str]
    result: str
    previous: str | None = None
    totals: Totals
    agents: Mapping[AgentId, Approved]


class PaidInPeriod(Record):
    """One agent's line of a period's close: in how many of its months there, what was paid, the tier at its end."""

    months: Whole
    tier: Slug | None = None
    pay: Number


class PeriodClose(Record):
    """``close.yaml`` of a quarter, a half-year or a year: the sums of its closed months, and their digests."""

    department: Slug
    period: PeriodField
    months: Mapping[MonthField, str]
    previous: str | None = None
    totals: Totals
    agents: Mapping[AgentId, PaidInPeriod]


class People(Record):
    """``people.yaml``: who administers the repository, and each person's account at the git host.

    People are those that the departments name, and the administrators.
    """

    administrators: tuple[Slug, ...]
    accounts: Mapping[Slug, Account]


KINDS: Mapping[str, type[Record]] = {
    "department": Department,
    "agent": Agent,
    "scores": Sheet,
    "complaint": Complaint,
    "event": Event,
    "appeal": Appeal,
    "adjustment": Adjustment,
    "close": Close,
    "period-close": PeriodClose,
    "people": People,
}
"""The kinds of record by the name of their schema."""
