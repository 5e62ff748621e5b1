"""The awards of a department: how each is won, and who won it, month by month."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kpigen.site import consequences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpigen.site.documents import AgentMonth, Award, MonthDocument
    from kpigen.site.rulebook import Award as Rule
    from kpigen.site.rulebook import PolicyRef
    from kpigen.site.wording import Words

__all__ = ["Prize", "Won", "prizes"]

MOST_NAMED: Final = 20


@dataclass(frozen=True, slots=True)
class Won:
    """A month in which an award was won: by whom, the best first; ``more`` of them are not named.

    ``tied`` are the ranks that several share; of an award that a team wins none is: its members won it together.
    """

    document: MonthDocument
    winners: tuple[tuple[AgentMonth, Award], ...]
    more: int
    tied: frozenset[int]


@dataclass(frozen=True, slots=True)
class Prize:
    """An award in the words of the newest policy that has it, and its months, the newest first."""

    id: str
    name: str
    clause: str
    policy: PolicyRef
    criterion: tuple[str, ...]
    months: tuple[Won, ...]


def prizes(documents: Sequence[MonthDocument], words_of: Callable[[PolicyRef], Words]) -> tuple[Prize, ...]:
    """Return the awards of a department, in the order of the newest policy.

    Args:
        documents: the months, oldest first.
        words_of: gives the words of a policy version.
    """
    versions = list(dict.fromkeys(document.policy for document in reversed(documents)))
    listed: dict[str, tuple[PolicyRef, Rule]] = {}
    for ref in versions:
        for rule in words_of(ref).policy.awards:
            listed.setdefault(rule.id, (ref, rule))
    won: dict[str, list[Won]] = {}
    for document in reversed(documents):
        held: dict[str, list[tuple[AgentMonth, Award]]] = {}
        for agent in document.agents:
            for award in agent.awards:
                held.setdefault(award.id, []).append((agent, award))
        for id_, winners in held.items():
            teams = id_ in listed and listed[id_][1].of == "teams"
            won.setdefault(id_, []).append(_won(document, winners, shared=not teams))
    return tuple(
        Prize(
            id=id_,
            name=words.name("award", id_),
            clause=rule.clause,
            policy=ref,
            criterion=tuple(text.said(words.lang) for text in consequences.award(rule, words)),
            months=tuple(won.get(id_, ())),
        )
        for id_, (ref, rule) in listed.items()
        for words in (words_of(ref),)
    )


def _won(document: MonthDocument, winners: Sequence[tuple[AgentMonth, Award]], *, shared: bool) -> Won:
    ranks = Counter(award.rank for _, award in winners if shared and award.rank is not None)
    best = sorted(winners, key=lambda each: (each[1].rank is None, each[1].rank or 0, each[0].agent))
    return Won(
        document=document,
        winners=tuple(best[:MOST_NAMED]),
        more=max(0, len(best) - MOST_NAMED),
        tied=frozenset(rank for rank, count in ranks.items() if count > 1),
    )
