"""What expressions compute: every value here was worked out by hand."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest

from kpigen.expression import FLAG, Choice, Formula, Number, Signature, Undefined, Vocabulary, compile_formula
from kpigen.figure import Figure, Operation, Value, given, replay
from kpigen.text import Lang
from tests.expression.words import TIER, VALUES, formula, value

NUMBERS = [
    ("1100", "1100"),
    ("0.1 + 0.2", "0.3"),
    ("20%", "0.2"),
    ("12.5%", "0.125"),
    ("0%", "0"),
    ("20% * sales", "2400"),
    ("score - 2.5", "90"),
    ("-score", "-92.5"),
    ("--score", "92.5"),
    ("3 - -2", "5"),
    ("rate * orders", "48"),
    ("orders * rate", "48"),
    ("sales / orders", "300"),
    ("sales / commission * commission", "12000"),
    ("number(score) * factor", "46.25"),
    ("abs(score - 100)", "7.5"),
    ("min(score, 90)", "90"),
    ("max(score, 90)", "92.5"),
    ("max(1, 5, years, 4)", "5"),
    ("min(years, 5, 4)", "3"),
    ("round(score, 1)", "93"),
    ("round(-score, 1)", "-93"),
    ("floor(score, 1)", "92"),
    ("ceiling(score, 5)", "95"),
    ("floor(score, 5)", "90"),
    ("round(0.125, 1%)", "0.13"),
    ("round(2 / 3, 0.01)", "0.67"),
    ("floor(2 / 3 * 3, 1)", "2"),
    ("400 if tier >= ordinary else 0", "400"),
    ("1 if score >= 95 else 2 if score >= 90 else 3", "2"),
    ("300 if tier == two-star and score >= 95 else 200", "200"),
    ("999999999999 * 999999999999", "999999999998000000000001"),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_numbers(text: str, expected: str) -> None:
    assert value(text) == Decimal(expected)


PRECEDENCE = [
    ("2 + 3 * 4", "14"),
    ("(2 + 3) * 4", "20"),
    ("2 * 3 + 4", "10"),
    ("20 - 3 - 4", "13"),
    ("20 - (3 - 4)", "21"),
    ("24 / 4 / 2", "3"),
    ("24 / (4 / 2)", "12"),
    ("24 / 4 * 2", "12"),
    ("-2 * 3", "-6"),
    ("2 * -3", "-6"),
    ("-2 - 3", "-5"),
    ("-(2 - 3)", "1"),
    ("1 + 1 if yes else 5", "2"),
    ("1 + (1 if no else 5)", "6"),
    ("1 if no else 5 + 1", "6"),
    ("1 if no else 2 if no else 3", "3"),
    ("(1 if yes else 2) if no else 3", "3"),
]


@pytest.mark.parametrize(("text", "expected"), PRECEDENCE)
def test_precedence_of_arithmetic(text: str, expected: str) -> None:
    assert value(text) == Decimal(expected)


FLAGS = [
    ("yes", True),
    ("no", False),
    ("full-attendance", True),
    ("not full-attendance", False),
    ("not not yes", True),
    ("not yes or yes", True),
    ("not (yes or yes)", False),
    ("yes or yes and no", True),
    ("(yes or yes) and no", False),
    ("not no and no", False),
    ("no and no or yes", True),
    ("yes and yes and no", False),
    ("no or no or yes", True),
    ("no or no or no", False),
    ("not 1 == 2", True),
    ("1 + 1 == 2", True),
    ("1 < 2 and 2 < 1", False),
    ("(1 < 2) == yes", True),
    ("demoted != full-attendance", True),
    ("full-attendance == yes", True),
    ("yes == demoted", False),
    ("score < 92.5", False),
    ("score <= 92.5", True),
    ("score > 92.5", False),
    ("score >= 92.5", True),
    ("score == 92.50", True),
    ("score != 92.5", False),
    ("90 < score", True),
    ("90 >= score", False),
    ("commission < sales", True),
    ("score > years", True),
    ("tier == one-star", True),
    ("one-star == tier", True),
    ("tier != one-star", False),
    ("tier >= ordinary", True),
    ("tier < two-star", True),
    ("two-star > tier", True),
    ("probation >= tier", False),
    ("tier > last_tier", True),
    ("tier == last_tier", False),
    ("tier >= (two-star if score >= 95 else one-star)", True),
    ("(last_tier if demoted else tier) == one-star", True),
    ("(two-star if score >= 95 else one-star) <= tier", True),
    ("(two-star if score >= 95 else tier) <= one-star", True),
    ("20% == 0.2", True),
]


@pytest.mark.parametrize(("text", "expected"), FLAGS)
def test_flags(text: str, *, expected: bool) -> None:
    assert value(text) is expected


def test_an_expected_choice_gives_the_bare_words_a_meaning() -> None:
    assert value("two-star if score >= 95 else one-star", TIER) == "one-star"
    assert value("ordinary", TIER) == "ordinary"
    assert value("tier if demoted else last_tier", TIER) == "ordinary"


def test_a_name_that_is_also_an_option_is_an_option_only_beside_its_choice() -> None:
    both = Vocabulary(
        {"size": Choice("size", ("small", "large")), "large": FLAG}, {"previous": Signature(("any",), None)}
    )
    compared, alone = compile_formula("large <= size", both), compile_formula("large", both)
    referred = compile_formula("large != previous(size)", both)
    assert isinstance(compared, Formula)
    assert isinstance(alone, Formula)
    assert compared.evaluate({"size": "small", "large": True}) is False
    assert compared.names == ("size",)
    assert isinstance(referred, Formula)
    assert referred.evaluate({"previous(size)": "small"}) is True
    assert alone.evaluate({"size": "small", "large": True}) is True


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_the_same_under_the_default_context(text: str, expected: str) -> None:
    with localcontext():
        result = formula(text).evaluate(VALUES)
    assert isinstance(result, Decimal)
    assert abs(result - Decimal(expected)) < Decimal("1e-20")


UNDEFINED = [
    ("100 / (years - 3)", 7, "years - 3 is 0 here, and nothing can be divided by it", {}),
    ("1 + score / years / 2", 12, "years is 0 here, and nothing can be divided by it", {"years": Decimal(0)}),
    ("100 - score", 6, "score is not applicable here", {"score": None}),
    ("years + 1 > 2 and score >= 80", 18, "score is not applicable here", {"score": None}),
    ("tier >= ordinary", 0, "tier is not applicable here", {"tier": None}),
    ("tier > last_tier", 7, "last_tier is not applicable here", {"last_tier": None}),
    (
        "tier >= ordinary",
        0,
        "tier is gold, not one of: probation, ordinary, one-star, two-star",
        {"tier": "gold"},
    ),
    (
        "last_tier < tier",
        12,
        "tier is gold, not one of: probation, ordinary, one-star, two-star",
        {"tier": "gold"},
    ),
    (
        "1 + round(" + " * ".join(["999999999999"] * 5) + ", 0.01)",
        4,
        "the number is too large to round to 0.01",
        {},
    ),
    ("years * years", 0, "the number grows too large to be computed", {"years": Decimal("1e600000")}),
]


@pytest.mark.parametrize(("text", "offset", "message", "changed"), UNDEFINED)
def test_undefined(text: str, offset: int, message: str, changed: dict[str, Value]) -> None:
    with pytest.raises(Undefined) as caught:
        value(text, None, **changed)
    assert (caught.value.offset, caught.value.message.said(Lang.EN)) == (offset, message)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no and score > 1", False),
        ("yes or score > 1", True),
        ("no and yes and score > 1", False),
        ("1 if yes else score", Decimal(1)),
        ("score if no else 2", Decimal(2)),
        ("years > 5 and 1 / (years - 3) > 0", False),
    ],
)
def test_what_is_not_needed_is_not_read(text: str, expected: object) -> None:
    assert value(text, score=None) == expected


def test_references_are_inputs_under_their_canonical_text() -> None:
    made = formula("streak( score<70.0 ) >= 2 and count(demoted,quarter) == 0 and streak(score < 70) < 12")
    assert made.names == ("count(demoted, quarter)", "streak(score < 70)")
    assert made.kinds == (Number(), Number())
    streak = made.references[1]
    assert (streak.key, streak.function) == ("streak(score < 70)", "streak")
    (condition,) = streak.arguments
    assert isinstance(condition, Formula)
    assert (condition.text, condition.names, condition.result) == ("score < 70", ("score",), FLAG)
    assert condition.evaluate({"score": Decimal(69)}) is True
    assert made.references[0].arguments[1] == "quarter"
    assert made.evaluate({"streak(score < 70)": Decimal(2), "count(demoted, quarter)": Decimal(0)}) is True
    assert made.thresholds("streak(score < 70)") == (Decimal(2), Decimal(12))
    assert made.thresholds("score") == ()
    assert condition.thresholds("score") == (Decimal(70),)


def test_a_reference_may_be_of_the_kind_of_its_argument_and_stand_in_another() -> None:
    made = formula("previous(tier) >= one-star and streak(previous(score) < 70) > 0")
    assert made.names == ("previous(tier)", "streak(previous(score) < 70)")
    assert made.kinds[0] == TIER
    argument = made.references[1].arguments[0]
    assert isinstance(argument, Formula)
    assert argument.names == ("previous(score)",)
    assert made.evaluate({"previous(tier)": "one-star", "streak(previous(score) < 70)": Decimal(1)}) is True
    with pytest.raises(Undefined) as caught:
        argument.evaluate({"previous(score)": None})
    assert caught.value.offset == 38


def test_words_are_arguments() -> None:
    made = formula("events(loss) + mean(score - 10)")
    assert made.result == Number("points")
    assert made.references[0].arguments == ("loss",)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("tier == ordinary and score >= 90", "score", ["90"]),
        ("score < 95 or 80 <= score or score < 95", "score", ["80", "95"]),
        ("years > -5", "years", ["-5"]),
        ("score >= 100 - 20 and score > 1 / 4", "score", ["0.25", "80"]),
        ("factor > 15%", "factor", ["0.15"]),
        ("score > number(commission)", "score", []),
        ("tier >= ordinary", "tier", []),
        ("demoted == yes", "demoted", []),
        ("score >= 80", "tier", []),
    ],
)
def test_thresholds(text: str, name: str, expected: list[str]) -> None:
    assert formula(text).thresholds(name) == tuple(map(Decimal, expected))


def test_a_constant_without_a_value_is_no_threshold() -> None:
    made = formula("demoted and score > round(" + " * ".join(["999999999999"] * 5) + ", 1)")
    assert made.thresholds("score") == ()
    assert made.evaluate({"demoted": False}) is False


def test_a_formula_is_an_operation_of_figures() -> None:
    made = formula("number(score) * 2 + number(commission)")
    operation: Operation = made
    inputs = tuple(given(name, VALUES[name], None) for name in made.names)
    assert made.names == ("commission", "score")
    figure = Figure("pay", operation.apply(*[each.value for each in inputs]), operation, inputs)
    assert figure.value == Decimal("541.50")
    assert replay(figure) == figure.value
    assert (operation.kind, operation.spec()) == (
        "formula",
        {"text": "number(score) * 2 + number(commission)"},
    )


def test_formulas_are_equal_by_text_and_kinds() -> None:
    one, same, other = formula("score >= 80"), formula("score >= 80"), formula("score >= 81")
    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    seconds = compile_formula("score >= 80", Vocabulary({"score": Number("s")}))
    assert seconds != one


def test_results_have_kinds() -> None:
    assert formula("score").result == Number("points")
    assert formula("20%").result == Number()
    assert formula("rate * orders").result == Number("CNY")
    assert formula("sales / rate").result == Number("order")
    assert formula("sales / orders").result == Number("CNY/order")
    assert formula("sales / commission").result == Number()
    assert formula("1 / orders").result == Number()
    assert formula("20% / score").result == Number()
    assert formula("20% / 5").result == Number()
    assert formula("commission / 20%").result == Number("CNY")
    assert formula("commission * 20%").result == Number("CNY")
    assert formula("5 * 20%").result == Number()
    assert formula("20% * 20%").result == Number()
    assert formula("1 + score").result == Number("points")
    assert formula("min(0, score)").result == Number("points")
    assert formula("tier").result == TIER
    assert formula("score < 1").result == FLAG


def test_printing_is_canonical() -> None:
    made = formula("  ((score)>=80.00)   and(not(demoted))")
    assert str(made) == "score >= 80 and not demoted"
    assert made.text == "  ((score)>=80.00)   and(not(demoted))"
