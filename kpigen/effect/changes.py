"""The effect: what two states of a repository compute differently, agent by agent, with what caused it. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Raw, Struct

from kpigen.comparison import consequences, rows
from kpigen.effect.causes import Causes, Setting
from kpigen.effect.stated import stated
from kpigen.exact import ZERO
from kpigen.site.changes import changes
from kpigen.site.documents import AgentMonth, Index, Pay, Totals
from kpigen.site.rulebook import Policy, PolicyRef
from kpigen.site.wording import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpigen.comparison import Row
    from kpigen.effect.sides import Side
    from kpigen.effect.stated import Cause
    from kpigen.finding import Finding
    from kpigen.site.changes import Changes
    from kpigen.text import Label, Lang

__all__ = ["Change", "Changed", "Effect", "MonthChange", "Uncompared", "effect"]


@dataclass(frozen=True, slots=True)
class Changed:
    """A row that differs, and the positions of its causes among those of its agent's month."""

    row: Row
    causes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """An agent's month that is computed otherwise, is new, or is no more.

    Attributes:
        department: the department.
        month: the month.
        agent: the agent's id.
        name: the agent's name.
        pay: the total before and after; None on the side on which there is no such month of the agent.
        rows: what differs; of what is new or gone, what there is to tell of it.
        causes: what it follows from; nothing of what is new or gone.
    """

    department: str
    month: str
    agent: str
    name: str
    pay: tuple[str | None, str | None]
    rows: tuple[Changed, ...]
    causes: tuple[Cause, ...]

    @property
    def state(self) -> str:
        """``changed``, ``new`` or ``gone``."""
        return "new" if self.pay[0] is None else "gone" if self.pay[1] is None else "changed"

    @property
    def difference(self) -> Decimal:
        """What the pay differs by."""
        before, after = self.pay
        return Decimal(after or 0) - Decimal(before or 0)


@dataclass(frozen=True, slots=True)
class MonthChange:
    """A department's month of which something differs.

    Attributes:
        department: the department.
        called: what the department is called.
        month: the month.
        pay: what all are paid before and after; None on the side on which there is no such month.
        status: ``draft`` or ``closed``, before and after.
        agents: how many agents it has, before and after.
        changes: its agents, those whose pay differs most first.
        rank_only: the ids of those of whom nothing but the rank differs.
    """

    department: str
    called: str
    month: str
    pay: tuple[Decimal | None, Decimal | None]
    status: tuple[str | None, str | None]
    agents: tuple[int, int]
    changes: tuple[Change, ...]
    rank_only: tuple[str, ...]

    @property
    def state(self) -> str:
        """``changed``, ``new`` or ``gone``."""
        return "new" if self.pay[0] is None else "gone" if self.pay[1] is None else "changed"

    @property
    def difference(self) -> Decimal:
        """What the pay of all differs by."""
        before, after = self.pay
        return (after or ZERO) - (before or ZERO)


@dataclass(frozen=True, slots=True)
class Uncompared:
    """A department's months that findings keep from being computed, in the base (``before``) or the proposal."""

    department: str
    months: tuple[str, ...]
    before: bool
    after: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """Everything that differs.

    Attributes:
        months: by department and month.
        new: the findings that the base does not have; that a line moved makes none.
        solved: the findings that only the base has.
        uncompared: what could not be compared.
    """

    months: tuple[MonthChange, ...]
    new: tuple[Finding, ...] = ()
    solved: tuple[Finding, ...] = ()
    uncompared: tuple[Uncompared, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether nothing differs."""
        return not (self.months or self.new or self.solved or self.uncompared)

    @property
    def difference(self) -> Decimal:
        """What the pay of all months differs by."""
        return sum((month.difference for month in self.months), ZERO)


def effect(before: Side, after: Side, lang: Lang) -> Effect:
    """Compare two states.

    Args:
        before: the base.
        after: the proposal.
        lang: the language of names.
    """
    months: list[MonthChange] = []
    uncompared: list[Uncompared] = []
    called = {**_called(before), **_called(after)}
    for department in sorted({*before.months, *after.months}):
        comparing = _Comparing(before, after, department, lang)
        failed: dict[tuple[bool, bool], list[str]] = {}
        for month in sorted(before.months.get(department, frozenset()) | after.months.get(department, frozenset())):
            lacks = (before.lacks(department, month), after.lacks(department, month))
            if any(lacks):
                failed.setdefault(lacks, []).append(month)
                continue
            found = comparing.month(month, called[department].said(lang) if department in called else department)
            months.extend([found] if found else [])
        uncompared += [Uncompared(department, tuple(each), *lacks) for lacks, each in failed.items()]
    new, solved = _only_in(after.findings, before.findings), _only_in(before.findings, after.findings)
    return Effect(tuple(months), new, solved, tuple(uncompared))


def _called(side: Side) -> Mapping[str, Label]:
    index = msgspec.json.decode(side.documents["v1/index.json"], type=Index)
    return {each.department: each.name for each in index.departments}


def _only_in(findings: tuple[Finding, ...], others: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings that the others lack, line and column aside."""
    there = Counter(_key(finding) for finding in others)
    only = []
    for finding in findings:
        key = _key(finding)
        there[key] -= 1
        if there[key] < 0:
            only.append(finding)
    return tuple(only)


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.place.path, finding.rule.id, finding.severity, finding.message


class _Month(Struct, frozen=True):
    """A month whose agents are not read yet: most of them are the same on both sides."""

    department: str
    month: str
    status: str
    policy: PolicyRef
    agents: tuple[Raw, ...]
    totals: Totals


class _Who(Struct, frozen=True):
    agent: str


_MONTH: Final = msgspec.json.Decoder(_Month)
_WHO: Final = msgspec.json.Decoder(_Who)
_AGENT: Final = msgspec.json.Decoder(AgentMonth)

#: What tells enough of a month that is there on one side only.
_TELLING: Final = frozenset({"score", "tier", "next_tier", "pay", "award", "action"})
_LISTINGS: Final = frozenset({"awards", "actions"})


class _Comparing:
    """Compares the months of a department, one after the other."""

    def __init__(self, before: Side, after: Side, department: str, lang: Lang) -> None:
        self.before, self.after, self.department, self.lang = before, after, department, lang
        self.earlier: dict[str, str] = {}
        self._policies: dict[tuple[int, PolicyRef], Policy] = {}
        self._words: dict[tuple[int, PolicyRef], Words] = {}

    def month(self, month: str, called: str) -> MonthChange | None:
        """Compare a month; None when nothing that is told of it differs."""
        path = f"v1/{self.department}/{month}.json"
        documents = (self.before.documents.get(path), self.after.documents.get(path))
        if documents[0] == documents[1]:
            return None
        was, is_ = (None if each is None else _MONTH.decode(each) for each in documents)
        pairs = tuple(_differing(was, is_))
        changes = tuple(self._agents(was, is_, pairs))
        told = [each for each in changes if [row.row.kind for row in each.rows] != ["rank"]]
        ranks = tuple(each.agent for each in changes if each not in told)
        self.earlier |= {each.agent: month for each in told if each.state == "changed"}
        pay = tuple(None if each is None else Decimal(each.totals.total) for each in (was, is_))
        status = tuple(None if each is None else each.status for each in (was, is_))
        counts = tuple(0 if each is None else len(each.agents) for each in (was, is_))
        if not changes and pay[0] == pay[1] and status[0] == status[1]:
            return None
        return MonthChange(
            self.department,
            called,
            month,
            (pay[0], pay[1]),
            (status[0], status[1]),
            (counts[0], counts[1]),
            tuple(sorted(told, key=lambda each: (-abs(each.difference), each.agent))),
            ranks,
        )

    def _agents(
        self, was: _Month | None, is_: _Month | None, pairs: tuple[tuple[AgentMonth | None, AgentMonth | None], ...]
    ) -> Iterator[Change]:
        """Yield what differs of each agent; of a pair of which one is None, what is new or gone."""
        one = is_ or was
        if one is None:
            return
        words = self._spoken(1 if is_ else 0, one.policy)
        both = [(old, new) for old, new in pairs if old and new]
        others = [new.agent for old, new in both if stated(old, new, self.department, words)]
        others += [each.agent for old, new in pairs if not (old and new) and (each := old or new)]
        setting = Setting(
            words=words,
            department=self.department,
            policy=self._changes(was, is_),
            earlier=self.earlier,
            others=sorted(others) if was and is_ else (),
        )
        for old, new in pairs:
            change = self._agent(one.month, old, new, setting)
            if change:
                yield change

    def _agent(self, month: str, old: AgentMonth | None, new: AgentMonth | None, setting: Setting) -> Change | None:
        one = new or old
        if one is None:
            return None
        changed: tuple[Changed, ...]
        causes: tuple[Cause, ...] = ()
        if old and new:
            known = Causes(old, new, setting)
            changed = tuple(_caused(known, self._rows(old, new, setting.words)))
            causes = tuple(known.found)
            if not changed:
                return None
        else:
            told = self._rows(old or _nobody(one), new or _nobody(one), setting.words)
            changed = tuple(Changed(row, ()) for row in told if row.kind in _TELLING)
        pay = (old.paid.total if old else None, new.paid.total if new else None)
        return Change(self.department, month, one.agent, one.name.said(self.lang), pay, changed, causes)

    def _rows(self, old: AgentMonth, new: AgentMonth, words: Words) -> Iterator[Row]:
        """Yield what differs; an item that the sheet states is a cause and no row."""
        for row in rows(old, new, words):
            if row.differs and row.kind not in _LISTINGS and not _is_stated(row, old, new):
                yield row
        yield from consequences(old, new, words)

    def _changes(self, was: _Month | None, is_: _Month | None) -> Changes | None:
        """Return how the policy of a month differs, where it does."""
        if was is None or is_ is None:
            return None
        same = was.policy == is_.policy and self.before.version(was.policy) == self.after.version(is_.policy)
        return None if same else changes(self._policy(0, was.policy), self._policy(1, is_.policy), self.lang)

    def _policy(self, side: int, ref: PolicyRef) -> Policy:
        if (side, ref) not in self._policies:
            self._policies[side, ref] = (self.before, self.after)[side].policy(ref)
        return self._policies[side, ref]

    def _spoken(self, side: int, ref: PolicyRef) -> Words:
        if (side, ref) not in self._words:
            self._words[side, ref] = Words(self._policy(side, ref), self.lang)
        return self._words[side, ref]


def _differing(was: _Month | None, is_: _Month | None) -> Iterator[tuple[AgentMonth | None, AgentMonth | None]]:
    """Yield each agent whose part of the document differs, before and after, by id."""
    old, new = ({_WHO.decode(raw).agent: bytes(raw) for raw in each.agents} if each else {} for each in (was, is_))
    for agent in sorted({*old, *new}):
        before, after = old.get(agent), new.get(agent)
        if before != after:
            yield before and _AGENT.decode(before), after and _AGENT.decode(after)  # type: ignore[misc]


def _caused(causes: Causes, differing: Iterator[Row]) -> Iterator[Changed]:
    """Yield the rows with their causes; the pay has those of its lines, an award those of the line that pays it."""
    of_lines: dict[str, tuple[int, ...]] = {}
    for row in differing:
        if row.kind == "pay":
            found = causes.of_all(of_lines.values())
        elif row.kind == "award" and row.id in of_lines:
            found = of_lines[row.id]
        else:
            found = causes.of(row)
        if row.kind == "line":
            of_lines[row.id] = found
        yield Changed(row, found)


def _is_stated(row: Row, old: AgentMonth, new: AgentMonth) -> bool:
    """Tell whether a row only says again what the sheet states."""
    if row.kind != "item":
        return False
    tables = (old.figures(), new.figures())
    read = [table[at].op is None for table, at in zip(tables, row.figures, strict=True) if at is not None]
    return all(read)


def _nobody(agent: AgentMonth) -> AgentMonth:
    """Return the month of somebody who is not there."""
    return msgspec.structs.replace(
        agent,
        assessed=False,
        score=None,
        grade=None,
        rank=None,
        tier=None,
        next_tier=None,
        transition=None,
        pay=Pay("0.00", "0.00", "0.00"),
        awards=(),
        actions=(),
        items=(),
        results=(),
    )
