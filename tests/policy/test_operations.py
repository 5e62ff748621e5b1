"""The operations of a policy, each by hand: what makes a figure's value from those of its inputs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpigen.exact import CENT, Mode
from kpigen.month import Month
from kpigen.policy.awards.prize import Prize, Rank
from kpigen.policy.items.bands import Bands
from kpigen.policy.items.line import Line
from kpigen.policy.pay import Deducted, Owed, Prorated, Remainder, Where
from kpigen.policy.references.streak import Run
from kpigen.policy.rounding import Rounded, Rounding
from kpigen.policy.score import GradeOf, ScoreOf, ZeroItems
from kpigen.policy.tally import Count, Sum
from kpigen.policy.tier import Held, Settle

if TYPE_CHECKING:
    from kpigen.figure import Value


def numbers(*texts: str | None) -> tuple[Decimal | None, ...]:
    return tuple(None if text is None else Decimal(text) for text in texts)


def pairs(*rows: tuple[str, str]) -> tuple[tuple[Decimal, Decimal], ...]:
    return tuple((Decimal(x), Decimal(y)) for x, y in rows)


LINE = Line(pairs(("70", "0"), ("76", "12"), ("85", "25")))
FALLING = Line(pairs(("200", "10"), ("250", "2")))
BANDS = Bands(pairs(("0", "15"), ("30", "9"), ("60", "0")))


@pytest.mark.parametrize(
    ("line", "at", "points"),
    [
        (LINE, "-5", "0"),
        (LINE, "70", "0"),
        (LINE, "73", "6"),
        (LINE, "76", "12"),
        (LINE, "80.5", "18.5"),
        (LINE, "85", "25"),
        (LINE, "85.01", "25"),
        (FALLING, "199", "10"),
        (FALLING, "225", "6"),
        (FALLING, "250", "2"),
        (FALLING, "900", "2"),
    ],
)
def test_a_line_is_straight_between_its_points_and_flat_beyond(line: Line, at: str, points: str) -> None:
    assert line.apply(Decimal(at)) == Decimal(points)


@pytest.mark.parametrize(
    ("at", "points"),
    [("-0.01", "0"), ("0", "15"), ("29.99", "15"), ("30", "9"), ("59.999", "9"), ("60", "0"), ("600", "0")],
)
def test_a_band_begins_at_its_bound_and_ends_before_the_next(at: str, points: str) -> None:
    assert BANDS.apply(Decimal(at)) == Decimal(points)


GRADES = GradeOf(((Decimal(0), "low"), (Decimal(60), "mid"), (Decimal(90), "high")))


@pytest.mark.parametrize(
    ("score", "grade"),
    [("0", "low"), ("59.9", "low"), ("60", "mid"), ("89.9", "mid"), ("90.0", "high"), ("100", "high")],
)
def test_grades(score: str, grade: str) -> None:
    assert GRADES.apply(Decimal(score)) == grade


def test_not_applicable_stays_so() -> None:
    assert [operation.apply(None) for operation in (LINE, BANDS, GRADES)] == [None, None, None]
    assert Rounded(LINE, Rounding(to=CENT)).apply(None) is None


@pytest.mark.parametrize(
    ("points", "score"),
    [
        (("60", "25", "15"), "100"),
        (("54", "25", None), "92.94117647"),
        ((None, "25", None), "100"),
        (("0", "0", "0"), "0"),
        ((None, None, None), None),
        ((None, "0", None), "0"),
    ],
)
def test_a_score_is_a_share_of_the_points_that_apply(points: tuple[str | None, ...], score: str | None) -> None:
    found = ScoreOf((Decimal(60), Decimal(25), Decimal(15)), Decimal(100)).apply(*numbers(*points))
    if score is None:
        assert found is None
    else:
        assert isinstance(found, Decimal)
        assert abs(found - Decimal(score)) < Decimal("1E-8")


def test_a_score_of_other_than_100_points() -> None:
    score = ScoreOf((Decimal(66), Decimal(44)), Decimal(110))
    assert score.apply(Decimal(33), Decimal(44)) == 77
    assert score.apply(None, Decimal(22)) == 55


def test_tallies() -> None:
    assert ZeroItems().apply(*numbers("0", "0.00", None, "1")) == 2
    assert Count().apply() == 0
    assert Count().apply(True, True) == 2  # noqa: FBT003
    assert Sum().apply() == 0
    assert Sum().apply(*numbers("0.1", "0.2", "-0.3")) == 0
    assert Owed(Decimal("46.00")).apply() == Decimal("46.00")


@pytest.mark.parametrize(
    ("held", "run"),
    [((), 0), ((False,), 0), ((True,), 1), ((True, True, False, True), 2), ((True, True, True), 3), ((False, True), 0)],
)
def test_a_streak_ends_at_the_first_no(held: tuple[bool, ...], run: int) -> None:
    assert Run().apply(*held) == run


@pytest.mark.parametrize(
    ("amount", "days", "of", "paid"),
    [
        ("1100", "1", "28", "39.29"),
        ("1100", "14", "29", "531.03"),
        ("1100", "15", "30", "550.00"),
        ("1100", "31", "31", "1100.00"),
        ("0.01", "15", "30", "0.01"),
        ("1100", "11", "31", "390.32"),
    ],
)
def test_proration(amount: str, days: str, of: str, paid: str) -> None:
    assert str(Prorated().apply(*numbers(amount, days, of))) == paid


@pytest.mark.parametrize(
    ("due", "limits", "deducted"),
    [
        ("86", (), "-86"),
        ("86", ("391.30", "540.00"), "-86"),
        ("900", ("320.00", "540.00"), "-320.00"),
        ("900", ("320.009", "40"), "-40.00"),
        ("900", ("320.009",), "-320.00"),
        ("900", ("-60",), "0"),
        ("0", ("320",), "0"),
        ("40.00", ("40.00",), "-40.00"),
    ],
)
def test_a_deduction_keeps_within_every_limit(due: str, limits: tuple[str, ...], deducted: str) -> None:
    value = Deducted().apply(*numbers(due, *limits))
    assert value == Decimal(deducted)
    assert str(value) != "-0"
    assert isinstance(value, Decimal)
    assert Remainder().apply(Decimal(due), value) == Decimal(due) + value


def test_where_and_prize() -> None:
    inner = Sum()
    assert Where(inner).apply(True, Decimal(5)) == 5  # noqa: FBT003
    assert Where(inner).apply(False, Decimal(5)) == 0  # noqa: FBT003
    assert Where(inner).apply(None, Decimal(5)) == 0
    prize = Prize(2, 2, inner)
    assert prize.apply(True, Decimal(2), Decimal(50)) == 50  # noqa: FBT003
    assert prize.apply(True, Decimal(1), Decimal(50)) == 0  # noqa: FBT003
    assert prize.apply(False, Decimal(2), Decimal(50)) == 0  # noqa: FBT003
    assert Rank().apply(Decimal("92.5"), Decimal(2)) == 3
    assert Held("middle", Month(2025, 1), None).apply() == "middle"


ORDER = ("junior", "middle", "senior")


@pytest.mark.parametrize(
    ("tier", "barred", "fired", "outcome"),
    [
        ("middle", False, "", ("middle", None)),
        ("middle", False, "up", ("senior", "up")),
        ("middle", False, "up down", ("junior", "down")),
        ("middle", False, "down again", ("junior", "down")),
        ("middle", False, "stay up", ("senior", "up")),
        ("middle", True, "up", ("middle", None)),
        ("middle", True, "up down", ("junior", "down")),
        ("senior", False, "half down", ("junior", "down")),
        ("senior", True, "half", ("middle", "half")),
    ],
)
def test_settling(tier: str, barred: bool, fired: str, outcome: tuple[str, str | None]) -> None:  # noqa: FBT001
    targets = (("up", "senior"), ("half", "middle"), ("stay", "middle"), ("down", "junior"), ("again", "junior"))
    held = tuple(name in fired.split() for name, _ in targets)
    settle = Settle(ORDER, targets)
    assert settle.decide(tier, barred, held) == outcome
    assert settle.apply(tier, barred, *held) == outcome[0]


VALUES = st.decimals(-1000, 1000, places=2)
ASCENDING = st.lists(st.tuples(VALUES, VALUES), min_size=2, max_size=6, unique_by=lambda row: row[0]).map(
    lambda rows: tuple(sorted(rows))
)


@given(ASCENDING, VALUES)
def test_a_line_stays_between_its_points(rows: tuple[tuple[Decimal, Decimal], ...], at: Decimal) -> None:
    height = Line(rows).apply(at)
    assert isinstance(height, Decimal)
    assert min(y for _, y in rows) <= height <= max(y for _, y in rows)
    for x, y in rows:
        assert Line(rows).apply(x) == y


@given(ASCENDING, VALUES)
def test_a_band_gives_the_points_of_the_last_bound_reached(
    rows: tuple[tuple[Decimal, Decimal], ...], at: Decimal
) -> None:
    reached = [points for bound, points in rows if bound <= at]
    assert Bands(rows).apply(at) == (reached[-1] if reached else 0)


@given(st.lists(st.one_of(st.none(), st.decimals(0, 10, places=1)), min_size=1, max_size=6), st.integers(0, 5))
def test_a_higher_item_never_lowers_the_score(points: list[Decimal | None], index: int) -> None:
    score = Rounded(ScoreOf((Decimal(10),) * len(points), Decimal(100)), Rounding(to=Decimal("0.1"), mode=Mode.HALF_UP))
    at = index % len(points)
    value = points[at]
    if value is None:
        return
    better: list[Value] = [*points]
    better[at] = min(value + 1, Decimal(10))
    before, after = score.apply(*points), score.apply(*better)
    assert isinstance(before, Decimal)
    assert isinstance(after, Decimal)
    assert after >= before
