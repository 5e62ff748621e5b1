"""One agent's month as a statement: its lines, what they were made from, and what changed since the last."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kpigen.exact import ZERO
from kpigen.month import Month
from kpigen.site.working import worked
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kpigen.site.documents import AgentMonth, Figure, Line
    from kpigen.site.wording import Words

__all__ = [
    "OWN_SECTION",
    "Change",
    "Comparison",
    "CorrectingLine",
    "StatementLine",
    "Step",
    "compare",
    "correcting",
    "deduction",
    "explain",
    "records_of",
    "sections_of",
    "statement",
    "zero_items",
]

#: Figures with a section of their own on every page: an explanation stops there and refers to it.
OWN_SECTION: Final[Mapping[str, str]] = {"score": "score"}
#: How many lines of records a statement names before it leaves the rest to the explanation.
MOST_PLACES = 6
#: How many causes of a change the first screen names.
CAUSES: Final = 2
_CORRECTIONS: Final = "@"


@dataclass(frozen=True, slots=True)
class Step:
    """One figure of an explanation: what it is, how it was made, by which clause, and where it was read.

    ``section`` is the anchor of the place that explains it; a record that was counted has no ``value``.
    """

    name: str
    value: str
    how: str
    clause: str | None
    place: str | None
    section: str | None


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A line of the statement: what went in, by which rule, and every step; ``places`` are lines of records.

    ``clauses`` are the line's own and, where it was shaped by another (a part month, say), that one.
    """

    name: str
    clauses: tuple[str, ...]
    amount: str
    inputs: tuple[tuple[str, str], ...]
    rule: str
    places: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def taken(self) -> bool:
        """Whether it is deducted."""
        return self.amount.startswith("-")


@dataclass(frozen=True, slots=True)
class CorrectingLine:
    """A line that corrects a closed month: how it was made then, and how it would have been made."""

    name: str
    clause: str
    amount: str
    before: tuple[Step, ...]
    after: tuple[Step, ...]

    @property
    def taken(self) -> bool:
        """Whether it takes back what was paid."""
        return self.amount.startswith("-")


@dataclass(frozen=True, slots=True)
class Change:
    """A named number that is not what it was."""

    name: str
    before: str | None
    after: str | None
    difference: Decimal


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed since an earlier month, the largest causes first; ``pay`` is None where none is published."""

    since: str
    pay: Decimal | None
    lines: tuple[Change, ...]
    score: Decimal | None
    items: tuple[Change, ...]
    tier_before: str | None

    @property
    def pay_causes(self) -> tuple[Change, ...]:
        """The lines that changed most."""
        return self.lines[:CAUSES]

    @property
    def score_causes(self) -> tuple[Change, ...]:
        """The items that changed most."""
        return self.items[:CAUSES]


def statement(
    month: AgentMonth,
    figures: Sequence[Figure],
    words: Words,
    sections: Mapping[str, str] = OWN_SECTION,
    *,
    gone: bool = False,
) -> tuple[StatementLine, ...]:
    """Return the lines of an agent's month, each explained; those that correct a closed month are told apart from them.

    Args:
        month: the agent's month.
        figures: its figures.
        words: what to call things.
        sections: the figures that are explained elsewhere, with the anchor of that place.
        gone: it is the agent's last month.
    """
    lines = (line for line in month.lines if line.corrects is None)
    return tuple(_line(line, figures, words, sections, gone=gone) for line in lines)


def correcting(
    month: AgentMonth, corrected: str, figures: Sequence[Figure], words: Words
) -> tuple[CorrectingLine, ...]:
    """Return the lines of an agent's month that correct a closed one; ``words`` are those of the closed month."""
    lines = (line for line in month.lines if line.corrects == corrected)
    return tuple(_correcting(line, figures, words) for line in lines)


def _correcting(line: Line, figures: Sequence[Figure], words: Words) -> CorrectingLine:
    figure = figures[line.figure] if line.figure is not None else None
    after: tuple[Step, ...] = ()
    before: tuple[Step, ...] = ()
    if figure and figure.op and figure.op.get("kind") == "difference":
        # Nothing of another month is explained elsewhere on the page; a line that was not there says nothing.
        after, before = (explain(figures, side, words, {}) if figures[side].op else () for side in figure.of)
    return CorrectingLine(words.name("pay", line.id), line.clause, line.amount, before, after)


def sections_of(month: AgentMonth) -> Mapping[str, str]:
    """Return the figures that a page explains in a place of their own, with its anchor: the score and the results."""
    return {**OWN_SECTION, **{each.id: f"result-{each.id}" for each in month.results if each.figure is not None}}


def _line(
    line: Line, figures: Sequence[Figure], words: Words, sections: Mapping[str, str], *, gone: bool
) -> StatementLine:
    inputs, rule = _applied(figures, line, words, gone=gone)
    shaped = figures[line.figure].clause if line.figure is not None else None
    return StatementLine(
        name=words.name("pay", line.id),
        clauses=tuple(dict.fromkeys((line.clause, shaped or line.clause))),
        amount=line.amount,
        inputs=inputs,
        rule=rule,
        places=records_of(figures, line.figure),
        steps=explain(figures, line.figure, words, sections),
    )


def _applied(
    figures: Sequence[Figure], line: Line, words: Words, *, gone: bool
) -> tuple[tuple[tuple[str, str], ...], str]:
    """Return what went into a line, and its rule in words, its condition's included."""
    if line.figure is None:
        return (), ""
    figure = figures[line.figure]
    if figure.op and figure.op.get("kind") == "deducted" and figure.of:
        return deduction(figures, line, words, gone=gone)
    rule, given = words.operation(figure.op), list(figure.of)
    if figure.op and figure.op.get("kind") == "where":
        condition = figures[given.pop(0)]
        rule = words.where(condition.op, rule)
        given = [*condition.of, *given]
    told = [figures[one] for one in dict.fromkeys(given)]
    inputs = [(words.figure(one), words.shown(one)) for one in told if not one.op or one.op.get("kind") != "applicable"]
    return tuple(inputs), "" if _bare(rule) or [name for name, _ in inputs] == [rule] else rule


def deduction(
    figures: Sequence[Figure], line: Line, words: Words, *, gone: bool
) -> tuple[tuple[tuple[str, str], ...], str]:
    """Return what a deduction was made from, each limit with its rule, and what became of the rest."""
    due, *limits = (figures[one] for one in (figures[line.figure].of if line.figure is not None else ()))
    taken = -Decimal(line.amount)
    rest = Decimal(str(due.value)) - taken
    parts = [(say("due in all").said(words.lang), words.value(due.value))]
    for limit in limits:
        rule = words.operation(limit.op) or words.figure(limit)
        parts.append((say("limit: {rule} =", rule=rule).said(words.lang), words.shown(limit)))
    said = say("{amount} deducted", amount=f"{taken:,.2f}")
    if rest > 0:
        carried = next((rule.excess for rule in words.policy.pay if rule.id == line.id), None) == "carry"
        amount = f"{rest:,.2f}"
        if not carried:
            left = say("{amount} waived", amount=amount)
        elif gone:
            left = say("{amount} left undeducted", amount=amount)
        else:
            left = say("{amount} carried over", amount=amount)
        said = say("{one}, {other}", one=said, other=left)
    return tuple(parts), said.said(words.lang)


def zero_items(month: AgentMonth, words: Words) -> tuple[str, ...]:
    """Return the items at 0 points where these are why the tier changes."""
    rule = next(
        (rule for rule in words.policy.transitions if month.transition and rule.id == month.transition.id), None
    )
    if rule is None or "items_at_zero" not in rule.when:
        return ()
    return tuple(words.name("item", item.id) for item in month.items if item.points and not Decimal(item.points))


def explain(
    figures: Sequence[Figure], root: int | None, words: Words, sections: Mapping[str, str] = OWN_SECTION
) -> tuple[Step, ...]:
    """Return the steps that led to a figure, inputs before what they make.

    Args:
        figures: the agent's figures; each is made of earlier ones.
        root: the position of the figure to explain; None for nothing to explain.
        words: what to call things.
        sections: figures that are explained elsewhere, with the anchor of that place, if it is another: what they
            were made of is left out.
    """
    return tuple(
        _step(figure, figures, words, None if position == root else sections.get(figure.name))
        for position, figure in _made_of(figures, root, sections)
        if position == root or not _idle(figure, figures, words)
    )


def _step(figure: Figure, figures: Sequence[Figure], words: Words, section: str | None) -> Step:
    of = [figures[one] for one in figure.of]
    name, how = words.figure(figure), words.made(figure, of)
    if section is not None:
        how = ""
    elif working := worked(figure, of):
        how = say("{rule}: {worked}", rule=how, worked=working).said(words.lang)
    if figure.op is None and any(given.id == figure.name and given.stated for given in words.policy.inputs):
        how = say("stated once for the whole team").said(words.lang)
    breach = words.breach(figure, of)
    return Step(
        name=name,
        value=words.shown(figure),
        how="" if how == name or _bare(how) else how,
        clause=words.clause(breach or figure),
        place=figure.at if figure.op is None else None,
        section=section or None,
    )


def _bare(rule: str) -> bool:
    """Tell whether a rule is nothing but a number, which stands there as the amount anyway."""
    return rule.replace(".", "").isdecimal()


def _idle(figure: Figure, figures: Sequence[Figure], words: Words) -> bool:
    """Tell whether a step would say nothing: a number that is read as it stands, a month that repeats its figure."""
    if figure.op is None or figure.op.get("kind") != "formula":
        return False
    if not figure.of:
        return words.operation(figure.op) == words.shown(figure)
    repeated = len(figure.of) == 1 and figures[figure.of[0]].value == figure.value
    return repeated and Month.parse(figure.name) is not None


def _made_of(figures: Sequence[Figure], root: int | None, closed: Collection[str]) -> list[tuple[int, Figure]]:
    """Return a figure and all it was made of, in order; what a ``closed`` figure was made of is left out.

    So are the months, of those that are added up over a window, that add nothing.
    """
    if root is None:
        return []
    wanted = {root}
    for position in range(root, -1, -1):
        if position in wanted and (position == root or figures[position].name not in closed):
            wanted.update(_parts(figures[position], figures))
    return [(position, figures[position]) for position in sorted(wanted)]


def _parts(figure: Figure, figures: Sequence[Figure]) -> Iterable[int]:
    if figure.op is None or figure.op.get("kind") != "sum":
        return figure.of
    return (one for one in figure.of if figures[one].value != "0")


def records_of(figures: Sequence[Figure], root: int | None) -> tuple[str, ...]:
    """Return the lines of records that a figure was read from, the score's own left to the score's section.

    Each line is named once, with every column that was read: ``records/….yaml:10:37, 74, 97``.
    """
    columns: dict[str, dict[str, None]] = {}
    for _, figure in _made_of(figures, root, OWN_SECTION):
        if figure.op is None and figure.at and figure.at.startswith("records/"):
            line, _, column = figure.at.rpartition(":")
            columns.setdefault(line, {})[column] = None
    named = [f"{line}:{', '.join(read)}" for line, read in columns.items()]
    return tuple(named if len(named) <= MOST_PLACES else [*named[: MOST_PLACES - 1], "…"])


def compare(before: AgentMonth, since: str, now: AgentMonth, words: Words) -> Comparison:
    """Return what changed between two months of an agent."""
    lines = _changes(*([(_kind(line), line.amount) for line in each.lines] for each in (before, now)))
    items = _changes(
        [(item.id, item.points) for item in before.items if item.points is not None],
        [(item.id, item.points) for item in now.items if item.points is not None],
        only_both=True,
    )
    return Comparison(
        since=since,
        pay=Decimal(now.pay.total) - Decimal(before.pay.total) if now.pay and before.pay else None,
        lines=tuple(_named(lines, words, "pay")),
        score=Decimal(now.score) - Decimal(before.score) if now.score and before.score else None,
        items=tuple(_named(items, words, "item")),
        tier_before=before.tier if before.tier != now.tier else None,
    )


def _kind(line: Line) -> str:
    """Return what a line is compared as: those that correct closed months all together, whichever they are."""
    return line.id if line.corrects is None else _CORRECTIONS


def _named(changes: Iterable[Change], words: Words, kind: str) -> Iterable[Change]:
    for change in changes:
        corrections = change.name == _CORRECTIONS
        name = say("corrections").said(words.lang) if corrections else words.name(kind, change.name)
        yield Change(name, change.before, change.after, change.difference)


def _changes(
    before: Sequence[tuple[str, str]], now: Sequence[tuple[str, str]], *, only_both: bool = False
) -> list[Change]:
    """Return what differs, the greatest difference first; of equal ones, the first named first."""
    was, is_ = _sums(before), _sums(now)
    names = [name for name in {**is_, **was} if not only_both or (name in was and name in is_)]
    changes = [
        Change(name, _text(was, name), _text(is_, name), is_.get(name, ZERO) - was.get(name, ZERO)) for name in names
    ]
    return sorted((change for change in changes if change.difference), key=lambda change: -abs(change.difference))


def _sums(amounts: Sequence[tuple[str, str]]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for name, amount in amounts:
        sums[name] = sums.get(name, ZERO) + Decimal(amount)
    return sums


def _text(amounts: dict[str, Decimal], name: str) -> str | None:
    return f"{amounts[name]:f}" if name in amounts else None
