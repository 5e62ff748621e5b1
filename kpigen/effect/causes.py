"""Causes: why an agent's month is computed otherwise, and which of its rows follow from which of them. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kpigen.effect.stated import Cause, stated
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kpigen.comparison import Row
    from kpigen.site.changes import Changes
    from kpigen.site.documents import AgentMonth, Figure
    from kpigen.site.wording import Words

__all__ = ["Causes", "Setting"]

MOST_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Setting:
    """What is the same for all agents of a department's month.

    Attributes:
        words: the words of the policy that governs the month.
        department: its folder.
        policy: what differs between the versions that govern the month before and after; None where nothing does.
        earlier: the newest earlier month in which each agent is computed otherwise.
        others: the agents of whom records of this month state something else.
    """

    words: Words
    department: str
    policy: Changes | None
    earlier: Mapping[str, str]
    others: Sequence[str]


@dataclass
class Causes:
    """The causes of one agent's changed month, those that records state first; others come up as rows ask for them."""

    old: AgentMonth
    new: AgentMonth
    setting: Setting
    found: list[Cause] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with what records state."""
        self.found.extend(stated(self.old, self.new, self.setting.department, self.setting.words))
        self._stated = len(self.found)

    def of(self, row: Row) -> tuple[int, ...]:
        """Return the positions of the causes of a row."""
        below = self._below(row)
        names = {figure.name for figure in below}
        own = [at for at, cause in enumerate(self.found[: self._stated]) if _reaches(cause, names, row)]
        more = [*self._earlier(row, below), *self._policy(row, below)]
        if own or more:
            return tuple(sorted({*own, *map(self._position, more)}))
        if self._stated and (self.old.score != self.new.score or row.kind not in {"rank", "award"}):
            return tuple(range(self._stated))
        return (self._position(self._elsewhere()),)

    def of_all(self, positions: Iterable[Sequence[int]]) -> tuple[int, ...]:
        """Return the causes of what is made of several rows, as the pay is made of its lines."""
        return tuple(sorted({each for some in positions for each in some}))

    def _position(self, cause: Cause) -> int:
        if cause not in self.found:
            self.found.append(cause)
        return self.found.index(cause)

    @cached_property
    def _tables(self) -> tuple[Sequence[Figure], Sequence[Figure]]:
        return self.old.figures(), self.new.figures()

    def _below(self, row: Row) -> list[Figure]:
        """Return the figures that a row was made of, before and after."""
        found: list[Figure] = []
        for table, start in zip(self._tables, row.figures, strict=True):
            seen: set[int] = set()
            pending = [] if start is None else [start]
            while pending:
                index = pending.pop()
                if index not in seen and index < len(table):
                    seen.add(index)
                    pending.extend(table[index].of)
            found.extend(table[index] for index in sorted(seen))
        return found

    def _earlier(self, row: Row, below: Sequence[Figure]) -> Iterator[Cause]:
        """Yield that a row follows from an earlier month: from the tier that it left, or from what looks back at it."""
        month = self.setting.earlier.get(self.new.agent)
        if month is None:
            return
        words = self.setting.words
        if self.old.tier != self.new.tier and (row.kind == "tier" or any(_held(figure) for figure in below)):
            tiers = [words.name("tier", each.tier) for each in (self.old, self.new)]
            yield Cause("earlier", month, say("tier").said(words.lang), *tiers)
        elif any(_past(figure) for figure in self._differing(below)):
            yield Cause("earlier", month, words.month(month))

    def _differing(self, below: Sequence[Figure]) -> Iterator[Figure]:
        """Yield the figures that are not the same on both sides."""
        old, new = ({figure.name: figure.value for figure in table if not figure.of} for table in self._tables)
        for figure in below:
            if not figure.of and old.get(figure.name) != new.get(figure.name):
                yield figure

    def _policy(self, row: Row, below: Sequence[Figure]) -> Iterator[Cause]:
        """Yield the rules of the policy that were changed and that a row was made by."""
        policy, words = self.setting.policy, self.setting.words
        if policy is None:
            return
        names = {row.name, *(words.figure(figure) for figure in below)}
        clauses = {row.clause, *(figure.clause for figure in below)} - {None}
        listed = (*policy.parameters, *policy.weights, *policy.rules)
        named = [each for each in listed if each.name and each.name in names]
        for each in named or [each for each in listed if each.clause in clauses or each.clause is None]:
            place = next((figure.at for figure in reversed(below) if words.figure(figure) == each.name), None)
            version = policy.after
            at = place if place and place.startswith("policy/") else f"policy/{version.policy}/{version.version}.yaml"
            name = each.name or each.sort
            yield Cause("policy", each.clause or "", name, each.before or "–", each.after or "–", at)

    def _elsewhere(self) -> Cause:
        """Return the cause of what nothing of the agent's own explains."""
        month = self.setting.earlier.get(self.new.agent)
        others = [agent for agent in self.setting.others if agent != self.new.agent]
        if month is not None and not others:
            return Cause("earlier", month, self.setting.words.month(month))
        lang = self.setting.words.lang
        if not others or len(others) > MOST_NAMED:
            text = say("other agents ({count})", count=len(others)) if others else say("other changes")
            return Cause("others", "", text.said(lang))
        return Cause("others", " ".join(others), say(", ").said(lang).join(others))


def _held(figure: Figure) -> bool:
    return figure.op is not None and figure.op.get("kind") == "held"


def _past(figure: Figure) -> bool:
    """Tell whether a figure is of an earlier month: what is still owed, or something with the month in its name."""
    owed = figure.op is not None and figure.op.get("kind") in {"owed", "demoted"}
    return owed or (figure.name[-7:-5].isdecimal() and figure.name[-8:-7] == " ")


def _reaches(cause: Cause, names: set[str], row: Row) -> bool:
    """Tell whether a row was made of what a cause is about."""
    corrects = "@" in row.id  # whose figures are another month's, by the same names
    match cause.kind:
        case "input":
            return not corrects and (cause.id in names or (row.kind, row.id) == ("item", cause.id))
        case "complaint":
            return not corrects and any("complaint" in name or name == cause.id for name in names)
        case "event":
            return not corrects and any(f"({cause.about})" in name or name == cause.id for name in names)
        case "adjustment":
            return corrects or row.kind in {"tier", "next_tier"}
        case "absence":
            return not corrects and row.kind != "rank"
        case _:  # the agent's own file: whatever is paid by days, team or role
            return (not corrects and bool(names & _OF_AGENT)) or row.kind == "tier"


_OF_AGENT: Final = frozenset({"days_employed", "role", "employment", "service_months", "service_years", "anniversary"})
