"""Rows: bands, lines, steps, rates and grades against what they look up: gaps below, rows that nothing reaches."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from kpigen.exact import plain
from kpigen.finding import Rule, Severity
from kpigen.lint.span import ANY, Span
from kpigen.reading.nodes import Scalar, Series, Table
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.lint.subject import Location, Stated, Subject
    from kpigen.remark import Remark

__all__ = ["Rows", "check_rows", "rows_of"]

BAND_GAP = Rule("band-gap")
UNREACHABLE_ROW = Rule("unreachable-row")
OPEN_END = Rule("open-end", Severity.WARNING)

_STEPPED: Final = ("bands", "steps", "rates")
_BEYOND: Final = (
    *(
        "及以上",
        "以上",
        "及以下",
        "以下",
        "以内",
        "不到",
        "不足",
        "低于",
        "高于",
        "超过",
        "不少于",
        "不超过",
        "至少",
        "最多",
    ),
    *("or more", "or less", "below", "above", "at least", "at most", "up to", "beyond", "more than", "less than"),
    *("under", "over"),
)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a rule: what they are called, the bounds with what stands beside them, and what is looked up."""

    rule: Stated
    key: str
    bounds: tuple[tuple[Decimal, Decimal | None, Location], ...]
    span: Span

    def unreached(self, index: int) -> bool:
        """Tell whether nothing reaches a row: it lies beyond the greatest figure, or the next one begins at the least.

        A row of a line is reached from the one before it on.
        """
        low, high, line = self.span.low, self.span.high, self.key == "line"
        at = self.bounds[index][0] if not line else self.bounds[index - 1][0] if index else None
        if high is not None and at is not None and (at >= high if line else at > high):
            return True
        return low is not None and index + 1 < len(self.bounds) and self.bounds[index + 1][0] <= low


def rows_of(subject: Subject) -> Iterator[Rows]:
    """Yield every table of rows in the policy."""
    ranges = subject.ranges
    for rule in subject.rules:
        for key in (*_STEPPED, "line") if rule.section != "ladders" else ():
            node = rule.table.get(Scalar(key))
            if isinstance(node, Series):
                expression = subject.expression(*rule.where, "of")
                where = (*rule.where, key)
                bounds = tuple(
                    (*pair, (*where, index))
                    for index, row in enumerate(node)
                    if (pair := _row(row, subject)) is not None
                )
                yield Rows(rule, key, bounds, ranges.span(expression))
    for where, table in _graded(subject):
        span = ranges.names.get("score", ANY) if where == ("grades",) else ranges.names.get(str(where[-2]), ANY)
        first = next((rule for rule in subject.rules if rule.where[: len(where)] == where), None)
        if first is not None:
            grades = tuple(
                (bound, None, (*where, str(name), "from"))
                for name, grade in table.items()
                if isinstance(grade, Table) and (bound := _number(grade.get(Scalar("from")), subject)) is not None
            )
            yield Rows(first, "grades", grades, span if isinstance(span, Span) else ANY)


def check_rows(subject: Subject) -> Iterator[Remark]:
    """Yield what is wrong with rows."""
    for rows in rows_of(subject):
        if rows.key != "grades":
            yield from _gap(subject, rows)
        yield from _unreachable(subject, rows)
        if rows.key == "line":
            yield from _open_ends(subject, rows)


def _gap(subject: Subject, rows: Rows) -> Iterator[Remark]:
    low = rows.span.low
    if rows.key in _STEPPED and low is not None and rows.bounds and rows.bounds[0][0] > low:
        first, _, where = rows.bounds[0]
        yield subject.remark(
            BAND_GAP,
            subject.place(*where),
            say("The rows begin at {first}, but the figure can be as low as {low}.", first=first, low=low),
            say("Add a row that begins at {low} and says what it is worth, even if that is 0.", low=low),
            about=(rows.rule.clause, rows.rule.id),
        )


def _unreachable(subject: Subject, rows: Rows) -> Iterator[Remark]:
    for index, (bound, _, where) in enumerate(rows.bounds):
        if rows.unreached(index):
            yield subject.remark(
                UNREACHABLE_ROW,
                subject.place(*where),
                say(
                    "Nothing reaches the row of {bound}: the figure lies between {low} and {high}.",
                    bound=bound,
                    low=_end(rows.span.low),
                    high=_end(rows.span.high),
                ),
                say("Leave the row out, or correct its bound or the limits of the input."),
                about=(rows.rule.clause, rows.rule.id),
            )


def _end(value: Decimal | None) -> str:
    return "…" if value is None else plain(value)


def _open_ends(subject: Subject, rows: Rows) -> Iterator[Remark]:
    """Yield the ends of a line that go on flat at neither none nor all of the points, where no clause says so."""
    most = _number(rows.rule.table.get(Scalar("points")), subject)
    if any(word in text for text in subject.texts(rows.rule.clause) for word in _BEYOND) or len(rows.bounds) < 2:  # noqa: PLR2004 - two ends
        return
    for (bound, points, where), end in ((rows.bounds[0], rows.span.low), (rows.bounds[-1], rows.span.high)):
        if points is not None and points not in {Decimal(0), most} and bound != end:
            yield subject.remark(
                OPEN_END,
                subject.place(*where),
                say(
                    "Beyond {bound} the line stays at {points}, and the clause does not say so.",
                    bound=bound,
                    points=points,
                ),
                say(
                    "Go on with the line to the end of the measure, or let clause {clause} say it.",
                    clause=rows.rule.clause,
                ),
                about=(rows.rule.clause, rows.rule.id),
            )


def _graded(subject: Subject) -> Iterator[tuple[Location, Table]]:
    """Yield every table of grades: the score's, and those of results."""
    root = subject.document.root
    grades = root.get(Scalar("grades"))
    if isinstance(grades, Table):
        yield ("grades",), grades
    results = root.get(Scalar("results"))
    for name, result in results.items() if isinstance(results, Table) else ():
        own = result.get(Scalar("grades")) if isinstance(result, Table) else None
        if isinstance(own, Table):
            yield ("results", str(name), "grades"), own


def _row(row: object, subject: Subject) -> tuple[Decimal, Decimal | None] | None:
    cells: tuple[object, ...] = ()
    if isinstance(row, Series):
        cells = tuple(row)
    elif isinstance(row, Table):
        cells = (row.get(Scalar("from")), row.get(Scalar("points")))
    numbers = [_number(cell, subject) for cell in cells]
    return (numbers[0], numbers[1]) if len(numbers) == 2 and numbers[0] is not None else None  # noqa: PLR2004


def _number(node: object, subject: Subject) -> Decimal | None:
    """Return a number as it is stated, or the value of the parameter that stands for it."""
    if not isinstance(node, Scalar):
        return None
    parameter = subject.policy.version.parameters.get(node)
    if parameter is not None:
        return parameter.value
    text, percent = node.removesuffix("%"), node.endswith("%")
    try:
        return Decimal(str(text)).scaleb(-2 if percent else 0)
    except InvalidOperation:
        return None
