"""A department or a team month by month: averages, pay, complaints and awards, and small line charts of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Final

from kpigen.exact import ZERO, arithmetic, round_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kpigen.site.documents import AgentMonth, MonthDocument

__all__ = ["Line", "Monthly", "average", "lines", "monthly"]

TENTH: Final = Decimal("0.1")
MOST_MONTHS: Final = 24
WIDTH, HEIGHT = 300, 130
LEFT, RIGHT, TOP, BOTTOM = 8, 8, 24, 34


@dataclass(frozen=True, slots=True)
class Monthly:
    """A month in numbers; ``pay`` is None where none is published, ``average`` where nobody has a score."""

    document: MonthDocument
    agents: int
    assessed: int
    average: Decimal | None
    pay: Decimal | None
    complaints: int
    awards: int


@dataclass(frozen=True, slots=True)
class Line:
    """A small chart: lines without gaps, their dots, and the lowest, highest and newest value with their places."""

    kind: str
    runs: tuple[str, ...]
    dots: tuple[tuple[int, int], ...]
    low: Decimal
    high: Decimal
    newest: tuple[int, int, Decimal]
    first: str
    last: str


def average(agents: Iterable[AgentMonth]) -> Decimal | None:
    """Return the mean score of those who have one, to a tenth, half up."""
    scores = [Decimal(agent.score) for agent in agents if agent.score]
    if not scores:
        return None
    with arithmetic():
        return round_to(sum(scores, ZERO) / len(scores), TENTH)


def monthly(months: Sequence[tuple[MonthDocument, Sequence[AgentMonth]]]) -> tuple[Monthly, ...]:
    """Return the numbers of each month, oldest first.

    Months without anybody are left out, and those of a longer period in which nothing happened.
    """
    return tuple(
        Monthly(
            document=document,
            agents=len(agents),
            assessed=sum(agent.assessed for agent in agents),
            average=average(agents),
            pay=_pay(agents),
            complaints=sum(complaint.status == "upheld" for agent in agents for complaint in agent.complaints),
            awards=sum(len(agent.awards) for agent in agents),
        )
        for document, agents in months
        if agents and not all(agent.waits and not agent.complaints and not agent.awards for agent in agents)
    )


def _pay(agents: Sequence[AgentMonth]) -> Decimal | None:
    """Return what they are paid; None where that is not published."""
    pays = [agent.pay for agent in agents if agent.pay]
    with arithmetic():
        return sum((Decimal(pay.total) for pay in pays), ZERO) if pays else None


def lines(rows: Sequence[Monthly]) -> tuple[Line, ...]:
    """Return the charts of score, pay and complaints that have at least two months and are not always 0."""
    newest = rows[-MOST_MONTHS:]
    values: tuple[tuple[str, list[Decimal | None]], ...] = (
        ("average", [row.average for row in newest]),
        ("pay", [row.pay for row in newest]),
        ("complaints", [Decimal(row.complaints) for row in newest]),
    )
    months = [row.document.month for row in newest]
    return tuple(
        _line(kind, months, each) for kind, each in values if sum(value is not None for value in each) > 1 and any(each)
    )


def _line(kind: str, months: Sequence[str], values: Sequence[Decimal | None]) -> Line:
    known = [value for value in values if value is not None]
    low, high = _bounds(kind, known)
    step = Decimal(WIDTH - LEFT - RIGHT) / max(1, len(values) - 1)
    deep = HEIGHT - TOP - BOTTOM
    places = [
        None if value is None else (round(LEFT + step * place), TOP + round((high - value) / (high - low) * deep))
        for place, value in enumerate(values)
    ]
    runs: list[list[str]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(f"{place[0]},{place[1]}")
    dots = tuple(place for place in places if place is not None)
    return Line(
        kind=kind,
        runs=tuple(" ".join(run) for run in runs if len(run) > 1),
        dots=dots,
        low=min(known),
        high=max(known),
        newest=(*dots[-1], known[-1]),
        first=months[0],
        last=months[-1],
    )


def _bounds(kind: str, values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Return the lowest and the highest value of the chart: scores between tens, all else from 0."""
    if kind != "average":
        return min(ZERO, *values), max(*values, ZERO)
    low = (min(values) / 10).to_integral_value(ROUND_FLOOR) * 10
    return low, max((max(values) / 10).to_integral_value(ROUND_CEILING) * 10, low + 10)
