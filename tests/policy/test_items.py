"""Each conversion of a measure into points: values worked out by hand, edges, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kpigen.policy.items.breach import ZeroWhen
from kpigen.policy.items.less import Less
from kpigen.policy.items.line import Line
from kpigen.policy.items.raters import Raters
from kpigen.policy.items.ratings import Ratings
from kpigen.policy.items.share import Share
from kpigen.policy.score import ScoreOf

if TYPE_CHECKING:
    from kpigen.figure import Value


def numbers(*texts: str | None) -> tuple[Value, ...]:
    return tuple(None if text is None else Decimal(text) for text in texts)


@pytest.mark.parametrize(
    ("occurrences", "points"),
    [
        (("0", "0"), "10"),
        (("1", "0"), "8"),  # 10 - 2
        (("2", "1"), "1"),  # 10 - 4 - 5
        (("3", "1"), "0"),  # 10 - 6 - 5 is below the floor
        (("0", None), "10"),  # what is not applicable takes nothing
    ],
)
def test_deductions_stop_at_the_floor(occurrences: tuple[str | None, ...], points: str) -> None:
    assert Less(Decimal(10), (Decimal(2), Decimal(5)), Decimal(0)).apply(*numbers(*occurrences)) == Decimal(points)


@pytest.mark.parametrize(
    ("reached", "points"),
    [
        ("0", "0"),
        ("10000", "8"),  # half the target: 16 × 0.5
        ("20000", "16"),
        ("24999", "19.9992"),  # 16 × 1.24995
        ("25000", "20"),
        ("40000", "20"),  # no more than the item has
        ("-1", "0"),
    ],
)
def test_the_share_of_a_target_is_capped(reached: str, points: str) -> None:
    assert Share(Decimal(16), Decimal(20)).apply(*numbers(reached, "20000")) == Decimal(points)


@pytest.mark.parametrize("pair", [(None, "20000"), ("5", None), ("5", "0"), ("5", "-1")])
def test_there_is_no_share_without_a_figure_or_a_target(pair: tuple[str | None, str | None]) -> None:
    assert Share(Decimal(16), Decimal(20)).apply(*numbers(*pair)) is None


def test_a_word_of_a_rating_has_its_points() -> None:
    ratings = Ratings((("poor", Decimal(0)), ("good", Decimal(16))))
    assert [ratings.apply(word) for word in ("poor", "good", None)] == [Decimal(0), Decimal(16), None]


@pytest.mark.parametrize(
    ("given", "reweigh", "points"),
    [
        (("80", "90", "70"), True, "82"),  # 0.2 × 80 + 0.5 × 90 + 0.3 × 70
        (("80", "90", None), True, Decimal(6100) / 70),  # (1600 + 4500) ÷ 70
        ((None, None, "70"), True, "70"),
        (("80", "90", None), False, None),
        (("80", "90", "0"), False, "61"),  # a zero is a rating
        ((None, None, None), True, None),
    ],
)
def test_a_missing_rater_is_no_zero(given: tuple[str | None, ...], reweigh: bool, points: object) -> None:  # noqa: FBT001 - a column
    value = Raters(numbers("20", "50", "30"), reweigh).apply(*numbers(*given))  # type: ignore[arg-type]
    assert value == (Decimal(points) if isinstance(points, str) else points) or (
        isinstance(value, Decimal) and isinstance(points, Decimal) and abs(value - points) < Decimal("1e-20")
    )


def test_parts_that_do_not_apply_are_stood_for_by_the_others() -> None:
    parts = ScoreOf(numbers("10", "10", "10"), Decimal(30))  # type: ignore[arg-type]
    assert parts.apply(*numbers("9", "8", "7")) == 24
    assert parts.apply(*numbers("9", "8", None)) == Decimal("25.5")  # 17 of 20, × 30
    assert parts.apply(*numbers(None, None, None)) is None


def test_a_breach_is_zero_whatever_the_measure_says() -> None:
    line = ZeroWhen(Line(((Decimal(0), Decimal(0)), (Decimal(10), Decimal(20)))))
    assert line.apply(True, Decimal(10)) == 0  # noqa: FBT003 - a value
    assert line.apply(True, None) == 0  # noqa: FBT003 - a value
    assert line.apply(False, Decimal(10)) == 20  # noqa: FBT003 - a value
    assert line.apply(False, None) is None  # noqa: FBT003 - a value
