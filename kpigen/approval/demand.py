"""Demands: for each file that a proposal changes, whose approval it takes. Pure.

The files that the base holds and those that the proposal holds are both asked who had a hand in something, so that
nobody gets out of the way by changing a name in the proposal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kpigen.month import Period
from kpigen.records import (
    AboutAward,
    AboutComplaint,
    AboutEvent,
    AboutInput,
    AboutTransition,
    Adjustment,
    Appeal,
    Complaint,
    Event,
)
from kpigen.repository import read_record, read_sheet
from kpigen.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kpigen.approval.ownership import Staff
    from kpigen.reading.decode import Record
    from kpigen.snapshot import Snapshot

__all__ = ["Demand", "Proposal", "demands"]

_PERIOD: Final = r"[0-9]{4}(?:-(?:[0-9]{2}|[A-Z][0-9]))?"
_DEPARTMENT_PATH: Final = re.compile(rf"records/([a-z][a-z0-9.-]*)/({_PERIOD})/(?:([a-z]+)/([^/]+)\.yaml|close\.yaml)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One approval that is needed.

    Attributes:
        what: what is to be approved.
        paths: the files that it is about.
        may: the persons of whom one must approve.
        barred: those who could, had they no hand in it, and why they may not.
        administrative: whether it is the administrators' to approve.
    """

    what: Text
    paths: tuple[str, ...]
    may: frozenset[str]
    barred: tuple[tuple[str, Text], ...] = ()
    administrative: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed.

    Attributes:
        base: the files as they are approved.
        head: the files as they are to be.
        changed: every path of the whole repository that is changed, added or removed.
    """

    base: Snapshot
    head: Snapshot
    changed: Collection[str]


def demands(proposal: Proposal, staff: Staff, submitters: Collection[str]) -> tuple[Demand, ...]:
    """Return the approvals that a proposal needs, in the order of its files.

    Args:
        proposal: what is proposed.
        staff: who there is, by the base.
        submitters: who submits it; empty for a robot or a stranger.
    """
    asking = _Asking((_Files(proposal.base), _Files(proposal.head)), staff, frozenset(submitters))
    together: dict[object, Demand] = {}
    for path in sorted(proposal.changed):
        for each in asking.of(path):
            key = (each.what, each.may, each.barred)
            before = together.get(key)
            paths = (*before.paths, path) if before else (path,)
            together[key] = Demand(
                what=each.what, paths=paths, may=each.may, barred=each.barred, administrative=each.administrative
            )
    return tuple(together.values())


class _Files:
    """A snapshot whose files may not be there."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.paths = frozenset(entry.path for entry in snapshot.entries if entry.kind == "file")

    def record(self, path: str, model: type[Record]) -> Record | None:
        """Return a record, or None for one that is not there or cannot be read."""
        filed = read_record(self.snapshot, path, model)[0] if path in self.paths else None
        return filed.record if filed else None


@dataclass(frozen=True, slots=True)
class _Asking:
    sides: tuple[_Files, ...]
    staff: Staff
    submitters: frozenset[str]

    def of(self, path: str) -> Iterator[Demand]:
        """Yield what one file takes."""
        match = _DEPARTMENT_PATH.fullmatch(path)
        if match is None or match[1] not in self.staff.departments:
            yield self._administrative(path)
            return
        department, period, folder, name = match.groups()
        match folder:
            case None:
                what = say("the close of {month} of {department}", month=period, department=department)
                yield self._reviewed(path, department, what, self._assessors(department, period))
            case "adjustments":
                what = say("the adjustment {id}", id=name)
                yield self._reviewed(path, department, what, self._had_a_hand(path, department, Adjustment))
            case "appeals":
                what = say("the appeal {id}", id=name)
                yield self._reviewed(path, department, what, self._had_a_hand(path, department, Appeal))
            case "events":
                yield self._event(path, department, name)
            case "complaints":
                yield self._known(path, department, say("the complaint {id}", id=name))
            case "scores":
                yield from self._sheet(path, department, period, name)
            case _:
                yield self._administrative(path)

    # Who is asked

    def _administrative(self, path: str) -> Demand:
        top = path.partition("/")[0]
        if top == "policy":
            what = say("a change of the policy, which takes an administrator")
        elif top == "records":
            what = say("a change of people, departments or agents, which takes an administrator")
        else:
            what = say("a change of what checks and publishes, which takes an administrator")
        administrators = self.staff.people.administrators
        return self._one_of(path, what, administrators, {}, administrative=True)

    def _reviewed(self, path: str, department: str, what: Text, barred: dict[str, Text]) -> Demand:
        return self._one_of(path, what, self.staff.reviewers(department), barred)

    def _known(self, path: str, department: str, what: Text) -> Demand:
        people = (*self.staff.supervisors(department), *self.staff.reviewers(department))
        return self._one_of(path, what, people, {})

    def _event(self, path: str, department: str, name: str) -> Demand:
        """An event that is reviewed, or no more, takes a reviewer who did not propose it."""
        what, found = say("the event {id}", id=name), [side.record(path, Event) for side in self.sides]
        events = [each for each in found if isinstance(each, Event)]
        if not all(path in side.paths for side in self.sides[1:]) or any(each.reviewed for each in events):
            barred = {each.proposed: say("proposed it") for each in events}
            return self._reviewed(path, department, what, barred)
        return self._known(path, department, what)

    def _sheet(self, path: str, department: str, period: str, team: str) -> Iterator[Demand]:
        """A sheet is submitted or approved by the team's supervisor, and a second person knows of it."""
        teams = self.staff.departments[department].teams
        if team not in teams:
            yield self._administrative(path)
            return
        supervisor, members = teams[team].supervisor, self.staff.members(department)
        what = say("the sheet of {team}, {month}", team=team, month=period)
        if supervisor not in self.submitters:
            word = say("the sheet of {team}, {month}, by its supervisor", team=team, month=period)
            yield self._one_of(path, word, (supervisor,), {})
        if supervisor in self.submitters or not self.submitters & members:
            yield self._one_of(path, what, sorted(members - {supervisor}), {})

    def _one_of(
        self, path: str, what: Text, people: Iterable[str], barred: dict[str, Text], *, administrative: bool = False
    ) -> Demand:
        asked = tuple(dict.fromkeys(people))
        why = {**barred, **dict.fromkeys(self.submitters, say("submits it"))}
        return Demand(
            what=what,
            paths=(path,),
            may=frozenset(asked).difference(why),
            barred=tuple((person, why[person]) for person in asked if person in why),
            administrative=administrative,
        )

    # Who had a hand in it

    def _assessors(self, department: str, period: str, agents: Collection[str] | None = None) -> dict[str, Text]:
        """Return who assessed a period; with ``agents`` only whoever assessed one of them."""
        found: dict[str, Text] = {}
        for month in _months(period):
            for side in self.sides:
                for path in sorted(side.paths):
                    if path.startswith(f"records/{department}/{month}/scores/"):
                        found |= self._assessor(side, path, department, agents)
        return found

    def _assessor(self, side: _Files, path: str, department: str, agents: Collection[str] | None) -> dict[str, Text]:
        """Return who signed a sheet; of one that cannot be read the team's supervisor."""
        team = path.rpartition("/")[2].removesuffix(".yaml")
        filed, _ = read_sheet(side.snapshot, path)
        why = say("assessed {team}", team=team)
        if filed is None:
            teams = self.staff.departments[department].teams
            return {teams[team].supervisor: why} if team in teams else {}
        if agents is not None and not set(agents) & filed.record.agents.keys():
            return {}
        return {filed.record.assessor: why}

    def _had_a_hand(self, path: str, department: str, model: type[Record]) -> dict[str, Text]:
        """Return who made what an appeal or an adjustment is about."""
        found: dict[str, Text] = {}
        for side in self.sides:
            match side.record(path, model):
                case Appeal(about=AboutComplaint(complaint=stated)):
                    found |= self._signed(department, stated, "complaints")
                case Appeal(about=AboutEvent(event=stated)):
                    found |= self._signed(department, stated, "events")
                case Appeal(about=AboutInput() | AboutAward() | AboutTransition() as about, agent=agent):
                    found |= self._assessors(department, str(about.month), (agent,))
                case Adjustment() as record:
                    found |= self._assessors(department, str(record.corrects), (record.agent,))
                    for stated in getattr(record, "complaints", None) or ():
                        found |= self._signed(department, stated, "complaints")
                    for stated in getattr(record, "events", None) or ():
                        found |= self._signed(department, stated, "events")
                case None if path in side.paths:  # it cannot be read: whoever might have a hand in it is left out
                    found |= dict.fromkeys(self.staff.supervisors(department), say("may have assessed it"))
        return found

    def _signed(self, department: str, stated: str, folder: str) -> dict[str, Text]:
        """Return who signed a complaint or an event."""
        found: dict[str, Text] = {}
        for side in self.sides:
            path = f"records/{department}/{stated[2:9]}/{folder}/{stated}.yaml"
            match side.record(path, Complaint if folder == "complaints" else Event):
                case Complaint(decided=decided) if decided:
                    found[decided.by] = say("decided {id}", id=stated)
                case Event(proposed=proposed, reviewed=reviewed):
                    found[proposed] = say("proposed {id}", id=stated)
                    if reviewed:
                        found[reviewed] = say("reviewed {id}", id=stated)
        return found


def _months(period: str) -> tuple[str, ...]:
    """Return the months of ``2026-09``, ``2026-Q3``, ``2026-H2`` or ``2026``."""
    longer = Period.parse(period)
    return tuple(map(str, longer.months)) if longer else (period,)
