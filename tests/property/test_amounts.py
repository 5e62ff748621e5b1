"""Laws of amounts: pots add up, rates grow without a jump, prizes stay within what was put up, weights are exact."""

from __future__ import annotations

import itertools
import math
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given
from hypothesis import strategies as st

from kpigen.exact import ZERO, arithmetic
from kpigen.policy.awards.best import BestAward
from kpigen.policy.awards.prize import Prize, SharedPrize
from kpigen.policy.measures.pot import PotShare, places
from kpigen.policy.measures.rates import Rates
from kpigen.policy.score import WeightedScore
from kpigen.policy.tally import Sum

if TYPE_CHECKING:
    from kpigen.figure import Value

CENTS = st.decimals(0, 100000, places=2)
# Scores, counts, and shares that hardly differ.
SHARES = st.one_of(st.decimals(0, 100, places=1), st.integers(0, 3).map(Decimal), st.decimals(0, 1, places=6))


def parts_of(pot: Decimal, by: list[Decimal]) -> list[Decimal]:
    """The part of each, as the engine makes them."""
    with arithmetic():
        cents, order = places(pot, by)
        everybody = sum(by, ZERO)
        parts = [
            PotShare().apply(pot, each, everybody, Decimal(cents), Decimal(p))
            for each, p in zip(by, order, strict=True)
        ]
    assert all(isinstance(part, Decimal) for part in parts)
    return [part for part in parts if isinstance(part, Decimal)]


# Pots


@given(CENTS, st.lists(SHARES, min_size=1, max_size=8))
def test_the_parts_of_a_pot_add_up_exactly(pot: Decimal, by: list[Decimal]) -> None:
    assume(any(by))
    assert sum(parts_of(pot, by)) == pot


@given(CENTS, st.lists(SHARES, min_size=1, max_size=8))
def test_each_part_is_its_share_to_within_a_cent(pot: Decimal, by: list[Decimal]) -> None:
    assume(any(by))
    everybody = sum(map(Fraction, by))
    for part, mine in zip(parts_of(pot, by), by, strict=True):
        exact = Fraction(pot) * Fraction(mine) / everybody
        assert exact - Fraction(1, 100) < Fraction(part) < exact + Fraction(1, 100)
        assert part == round(part, 2)


@given(CENTS, st.lists(SHARES, min_size=2, max_size=8))
def test_a_larger_share_never_gets_less(pot: Decimal, by: list[Decimal]) -> None:
    assume(any(by))
    parts = parts_of(pot, by)
    pairs = sorted(zip(by, parts, strict=True))
    assert [part for _, part in pairs] == sorted(part for _, part in pairs)
    for mine, part in zip(by, parts, strict=True):
        equal = [other for their, other in zip(by, parts, strict=True) if their == mine]
        assert max(equal) - part <= Decimal("0.01")


@given(CENTS, st.lists(SHARES, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_only_equal_remainders_depend_on_the_order(pot: Decimal, by: list[Decimal], random: object) -> None:
    assume(any(by))
    shuffled = list(range(len(by)))
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    before, after = parts_of(pot, by), parts_of(pot, [by[index] for index in shuffled])
    assert sorted(zip(by, before, strict=True)) == sorted(
        (by[index], part) for index, part in zip(shuffled, after, strict=True)
    )


@given(CENTS, CENTS, st.lists(SHARES, min_size=1, max_size=6))
def test_a_larger_pot_leaves_nobody_more_than_a_cent_worse(pot: Decimal, more: Decimal, by: list[Decimal]) -> None:
    assume(any(by))
    # Largest remainders may take one cent from somebody when the pot grows, never more.
    for small, large in zip(parts_of(pot, by), parts_of(pot + more, by), strict=True):
        assert large >= small - Decimal("0.01")


# Rates


@st.composite
def tables(draw: st.DrawFn) -> tuple[tuple[Decimal, Decimal], ...]:
    bounds = sorted(draw(st.sets(st.decimals(0, 50000, places=2), min_size=1, max_size=5)))
    return tuple((bound, draw(st.decimals(0, 1, places=3))) for bound in bounds)


AMOUNTS = st.decimals(0, 100000, places=2)


def marginal(rows: tuple[tuple[Decimal, Decimal], ...], amount: Decimal) -> Fraction:
    """The same in fractions, cent by cent of each band."""
    bounds = [Fraction(bound) for bound, _ in rows] + [Fraction(10**9)]
    total = Fraction(0)
    for (low, high), (_, rate) in zip(itertools.pairwise(bounds), rows, strict=True):
        if amount > low:
            total += (min(Fraction(amount), high) - low) * Fraction(rate)
    return total


def at(rows: tuple[tuple[Decimal, Decimal], ...], amount: Decimal, *, each_part: bool = True) -> Fraction:
    with arithmetic():
        value = Rates(rows, each_part).apply(amount)
    assert isinstance(value, Decimal)
    return Fraction(value)


@given(tables(), AMOUNTS)
def test_marginal_rates_are_the_sum_of_the_parts(rows: tuple[tuple[Decimal, Decimal], ...], amount: Decimal) -> None:
    assert at(rows, amount) == marginal(rows, amount)


@given(tables(), AMOUNTS, AMOUNTS)
def test_marginal_rates_grow_without_a_jump(
    rows: tuple[tuple[Decimal, Decimal], ...], one: Decimal, other: Decimal
) -> None:
    low, high = sorted((one, other))
    highest = max(Fraction(rate) for _, rate in rows)
    grown = at(rows, high) - at(rows, low)
    assert 0 <= grown <= highest * (Fraction(high) - Fraction(low))


@given(tables(), st.data())
def test_marginal_rates_meet_at_every_bound(rows: tuple[tuple[Decimal, Decimal], ...], data: st.DataObject) -> None:
    bound, _ = data.draw(st.sampled_from(rows))
    cent = Decimal("0.01")
    assert at(rows, bound + cent) - at(rows, bound) <= Fraction(cent)
    assert at(rows, bound) - at(rows, bound - cent) <= Fraction(cent)


@given(tables(), AMOUNTS)
def test_a_cliff_is_the_whole_at_one_rate(rows: tuple[tuple[Decimal, Decimal], ...], amount: Decimal) -> None:
    reached = [rate for bound, rate in rows if bound <= amount]
    assert at(rows, amount, each_part=False) == (Fraction(amount) * Fraction(reached[-1]) if reached else 0)


@given(st.decimals(0, 1, places=3), AMOUNTS)
def test_with_one_rate_from_0_both_are_the_same(rate: Decimal, amount: Decimal) -> None:
    rows = ((ZERO, rate),)
    assert at(rows, amount) == at(rows, amount, each_part=False) == Fraction(amount) * Fraction(rate)


@given(tables(), AMOUNTS)
def test_a_cliff_of_rising_rates_is_never_less(rows: tuple[tuple[Decimal, Decimal], ...], amount: Decimal) -> None:
    rising = tuple(zip((bound for bound, _ in rows), sorted(rate for _, rate in rows), strict=True))
    assert at(rising, amount, each_part=False) >= at(rising, amount)


# Prizes


@given(st.integers(1, 5), st.integers(0, 4), st.lists(st.integers(0, 4), min_size=1, max_size=9), CENTS)
def test_split_prizes_are_never_more_than_were_put_up(
    first: int, more: int, scores: list[int], amount: Decimal
) -> None:
    last = first + more
    paid, places_taken = ZERO, 0
    for score in scores:
        rank = sum(1 for other in scores if other > score) + 1
        tied = scores.count(score)
        if not first <= rank <= last:
            continue
        with arithmetic():
            prize = SharedPrize(Prize(first, last, Sum()), tied).apply(True, Decimal(rank), amount)  # noqa: FBT003
        assert isinstance(prize, Decimal)
        paid += prize
        places_taken += 1
    put_up = amount * (last - first + 1)
    assert paid <= put_up
    # What is lost is less than a cent for each winner, where all places of the range are taken.
    ranks = {sum(1 for other in scores if other > score) + 1 for score in scores}
    if first in ranks and len(scores) >= last:
        assert put_up - paid < Decimal("0.01") * max(places_taken, 1)


@given(st.decimals("0.001", 1, places=3), st.integers(1, 200))
def test_the_best_share_is_rounded_down_and_at_least_one(share: Decimal, admitted: int) -> None:
    award: Any = BestAward
    with arithmetic():
        first, last = award.model_construct(best=share).places(admitted)
    assert first == 1
    assert last == max(1, math.floor(Fraction(share) * admitted)) <= admitted


# Weights


@st.composite
def weighted(draw: st.DrawFn) -> tuple[tuple[Decimal, ...], tuple[Fraction, ...], tuple[Value, ...]]:
    parts = draw(st.lists(st.integers(1, 30), min_size=1, max_size=6))
    weights = tuple(Fraction(part, sum(parts)) for part in parts)
    most = tuple(draw(st.decimals(1, 120, places=1)) for _ in parts)
    points = tuple(draw(st.one_of(st.none(), st.decimals(0, each, places=1))) for each in most)
    return most, weights, points


@given(weighted(), st.sampled_from(["5", "100", "110"]))
def test_a_weighted_score_is_the_one_in_fractions(
    case: tuple[tuple[Decimal, ...], tuple[Fraction, ...], tuple[Value, ...]], scale: str
) -> None:
    most, weights, points = case
    score = WeightedScore(most, weights, Decimal(scale)).apply(*points)
    there = [
        (Fraction(value) / Fraction(of), weight)
        for value, of, weight in zip(points, most, weights, strict=True)
        if isinstance(value, Decimal)
    ]
    if not there:
        assert score is None
        return
    whole = sum((weight for _, weight in there), Fraction(0))
    exact = sum((share * weight for share, weight in there), Fraction(0)) / whole * Fraction(scale)
    assert isinstance(score, Decimal)
    assert abs(Fraction(score) - exact) < Fraction(1, 10**40)
    assert min(share for share, _ in there) * Fraction(scale) - Fraction(1, 10**40) <= Fraction(score)
    assert Fraction(score) <= max(share for share, _ in there) * Fraction(scale) + Fraction(1, 10**40)
