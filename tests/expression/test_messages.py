"""Every message of the expression language, word for word, with its place and its hint."""

from __future__ import annotations

import pytest

from kpigen.expression import FLAG, Kind, Number
from tests.expression.words import TIER, mistakes

Expected = list[tuple[int, int, str, str | None]]

SPELLING: list[tuple[str, Expected]] = [
    ("score = 80", [(6, 1, "= is not part of the policy language", "write ==")]),
    ("score === 80", [(6, 3, "=== is not part of the policy language", "write ==")]),
    ("score <> 80", [(6, 2, "<> is not part of the policy language", "write !=")]),
    ("score => 80", [(6, 2, "=> is not part of the policy language", "write >=")]),
    ("score =< 80", [(6, 2, "=< is not part of the policy language", "write <=")]),
    (
        "yes && no || !yes",
        [
            (4, 2, "&& is not part of the policy language", "write and"),
            (10, 2, "|| is not part of the policy language", "write or"),
            (13, 1, "! is not part of the policy language", "write not"),
        ],
    ),
    (
        "yes & no | yes",
        [
            (4, 1, "& is not part of the policy language", "write and"),
            (9, 1, "| is not part of the policy language", "write or"),
        ],
    ),
    ("9**9", [(1, 2, "** is not part of the policy language", "there are no powers: write x * x")]),
    ("9 // 2", [(2, 2, "// is not part of the policy language", "write floor(x / y, 1)")]),
    (
        "7 % 2",
        [
            (
                2,
                1,
                "% is not part of the policy language",
                "write a percentage without a space, as in 20%; there is no remainder",
            )
        ],
    ),
    ("9^9", [(1, 1, "^ is not part of the policy language", "there are no powers: write x * x")]),
    (
        "a.b",
        [(1, 1, ". is not part of the policy language", "write the name alone, as the policy declares it")],
    ),
    (
        "a[0]",
        [
            (1, 1, "[ is not part of the policy language", "write round brackets"),
            (3, 1, "] is not part of the policy language", "write round brackets"),
        ],
    ),
    (
        "__import__('os')",
        [
            (0, 10, "__import__ is not a name: a name is small letters, digits, _ and inner hyphens", None),
            (11, 4, "'os' is in quotes", "write os"),
        ],
    ),
    ("lambda x: x", [(8, 1, ": is not part of the policy language", "write: a if condition else b")]),
    ("(x := 5)", [(3, 2, ":= is not part of the policy language", None)]),
    (
        "{1: 2}",
        [
            (0, 1, "{ is not part of the policy language", "write round brackets"),
            (2, 1, ": is not part of the policy language", "write: a if condition else b"),
            (5, 1, "} is not part of the policy language", "write round brackets"),
        ],
    ),
    ("score >= 80; yes", [(11, 1, "; is not part of the policy language", None)]),
    ("years >= 5 ? yes", [(11, 1, "? is not part of the policy language", "write: a if condition else b")]),
    ("@x", [(0, 1, "@ is not part of the policy language", None)]),
    ('tier == "ordinary"', [(8, 10, '"ordinary" is in quotes', "write ordinary")]),
    ('"and"', [(0, 5, '"and" is in quotes', None)]),
    ('"score', [(0, 1, '" is not part of the policy language', None)]),
    ("True", [(0, 4, "True has capital letters", "write yes")]),
    (
        "NOT Full-Attendance",
        [
            (0, 3, "NOT has capital letters", "write not"),
            (4, 15, "Full-Attendance has capital letters", "write full-attendance"),
        ],
    ),
    ("None", [(0, 4, "None has capital letters", "write none"), (0, 4, "there is no none here", None)]),
    (
        "Tier >= Ordinary",
        [
            (0, 4, "Tier has capital letters", "write tier"),
            (8, 8, "Ordinary has capital letters", "write ordinary"),
        ],
    ),
    ("_x", [(0, 2, "_x is not a name: a name is small letters, digits, _ and inner hyphens", None)]),
    ("a-", [(2, 0, "expected a value, but the expression ends", None)]),
    (
        "1e5",
        [
            (
                0,
                3,
                "1e5 is not a number of the policy language",
                "write digits with at most one point between them: 1000, 0.5, 20%",
            )
        ],
    ),
    (
        "0x10",
        [
            (
                0,
                4,
                "0x10 is not a number of the policy language",
                "write digits with at most one point between them: 1000, 0.5, 20%",
            )
        ],
    ),
    ("1_000", [(0, 5, "1_000 is not a number of the policy language", "write 1000")]),
    (".5", [(0, 2, ".5 is not a number of the policy language", "write 0.5")]),
    ("5.", [(0, 2, "5. is not a number of the policy language", "write 5")]),
    (
        "1.2.3",
        [
            (
                0,
                5,
                "1.2.3 is not a number of the policy language",
                "write digits with at most one point between them: 1000, 0.5, 20%",
            )
        ],
    ),
    ("007", [(0, 3, "007 is not a number of the policy language", "write 7")]),
    ("00", [(0, 2, "00 is not a number of the policy language", "write 0")]),
    ("1234567890123", [(0, 13, "a number has at most 12 digits; 1234567890123 has 13", None)]),
    ("1234567.890123", [(0, 14, "a number has at most 12 digits; 1234567.890123 has 13", None)]),
    ("1 + 5% 2", [(7, 1, "expected an operator or the end, but read 2", None)]),
    ("\x00", [(0, 1, "\\u0000 is not part of the policy language", None)]),
]

LOOKALIKES: list[tuple[str, Expected]] = [
    ("\uff15 > 1", [(0, 1, "\uff15 has characters that the policy language does not know", "write 5")]),
    (
        "score \u2265 \uff18\uff10",
        [
            (6, 1, "\u2265 has characters that the policy language does not know", "write >="),
            (8, 2, "\uff18\uff10 has characters that the policy language does not know", "write 80"),
        ],
    ),
    (
        "sc\u043ere > 1",
        [(0, 5, "sc\u043ere has characters that the policy language does not know", "write score")],
    ),
    (
        "score\uff0c1",
        [
            (0, 7, "score\uff0c1 has characters that the policy language does not know", "write score,1"),
            (0, 7, "expected an operator or the end, but read ,", "write a number without commas: 1000"),
        ],
    ),
    (
        "min(\uff08score\uff09, 1)",
        [(4, 7, "\uff08score\uff09 has characters that the policy language does not know", "write (score)")],
    ),
    (
        "score\xa080",
        [
            (0, 8, "score\\u00a080 has characters that the policy language does not know", "write score 80"),
            (0, 8, "expected an operator or the end, but read 80", None),
        ],
    ),
    (
        "score\u3000> 1",
        [(0, 6, "score\\u3000 has characters that the policy language does not know", "write score")],
    ),
    (
        "\u201cordinary\u201d == tier",
        [
            (
                0,
                10,
                "\u201cordinary\u201d has characters that the policy language does not know",
                "write ordinary",
            )
        ],
    ),
    (
        "\u5f97\u5206 > 80",
        [
            (
                0,
                2,
                "\u5f97\u5206 has characters that the policy language does not know",
                "write the id that the policy declares, in the letters a\u2013z",
            )
        ],
    ),
    (
        "score\xb2 > 1",
        [
            (
                0,
                6,
                "score\xb2 has characters that the policy language does not know",
                "write the id that the policy declares, in the letters a\u2013z",
            )
        ],
    ),
    (
        "\xbd < score",
        [
            (
                0,
                1,
                "\xbd has characters that the policy language does not know",
                "write the id that the policy declares, in the letters a\u2013z",
            )
        ],
    ),
    (
        "\U0001f600",
        [
            (
                0,
                1,
                "\U0001f600 has characters that the policy language does not know",
                "write the id that the policy declares, in the letters a\u2013z",
            )
        ],
    ),
    (
        "\U0001d42c\U0001d41c\U0001d428re > 1",
        [
            (
                0,
                5,
                "\U0001d42c\U0001d41c\U0001d428re has characters that the policy language does not know",
                "write score",
            )
        ],
    ),
    (
        "sco\u200bre > 1",
        [(0, 6, "sco\\u200bre has characters that the policy language does not know", "write score")],
    ),
    (
        "score > 1\u202e",
        [(8, 2, "1\\u202e has characters that the policy language does not know", "write 1")],
    ),
    (
        "\u200b",
        [
            (
                0,
                1,
                "\\u200b has characters that the policy language does not know",
                "write a plain space, or nothing",
            ),
            (1, 0, "expected a value, but the expression ends", None),
        ],
    ),
    (
        "score\u22125 > 1",
        [
            (0, 7, "score\u22125 has characters that the policy language does not know", "write score-5"),
            (0, 7, "there is no score-5 here", "put spaces around minus: score - 5"),
        ],
    ),
    (
        "score \xd7 2 \xf7 4 > 1 \uff06 yes",
        [
            (6, 1, "\xd7 has characters that the policy language does not know", "write *"),
            (10, 1, "\xf7 has characters that the policy language does not know", "write /"),
            (18, 1, "\uff06 has characters that the policy language does not know", "write &"),
        ],
    ),
    (
        "\ud800",
        [
            (
                0,
                1,
                "\\ud800 has characters that the policy language does not know",
                "write the id that the policy declares, in the letters a–z",
            )
        ],
    ),
]

SYNTAX: list[tuple[str, Expected]] = [
    ("", [(0, 0, "expected a value, but the expression ends", None)]),
    ("   ", [(3, 0, "expected a value, but the expression ends", None)]),
    ("0 < score < 5", [(0, 13, "comparisons cannot be chained", "write 0 < score and score < 5")]),
    ("1 == 1 == 1 == 1", [(0, 16, "comparisons cannot be chained", "write 1 == 1 and 1 == 1 and 1 == 1")]),
    (
        "1 < (2 < 3 < 4) < 5",
        [
            (0, 15, "1 is a number, but 2 < 3 is a yes or no", None),
            (0, 19, "comparisons cannot be chained", "write 1 < (2 < 3) and (2 < 3) < 5"),
            (5, 9, "comparisons cannot be chained", "write 2 < 3 and 3 < 4"),
        ],
    ),
    ("score >", [(7, 0, "expected a value, but the expression ends", None)]),
    ("> 5", [(0, 1, "expected a value, but read >", None)]),
    (
        "(score > 1",
        [(10, 0, "expected ), but the expression ends", "the bracket opened at character 1 is not closed")],
    ),
    ("score > 1)", [(9, 1, "expected an operator or the end, but read )", None)]),
    ("score 5", [(6, 1, "expected an operator or the end, but read 5", None)]),
    ("score > 1 and", [(13, 0, "expected a value, but the expression ends", None)]),
    ("and", [(0, 3, "expected a value, but read and", None)]),
    ("1 if yes", [(8, 0, "expected else, but the expression ends", "write: a if condition else b")]),
    ("1 if yes then 2", [(9, 4, "expected else, but read then", "write: a if condition else b")]),
    (
        "min(1 2)",
        [(6, 1, "expected ) or an operator, but read 2", "the bracket opened at character 4 is not closed")],
    ),
    ("a - not b", [(4, 3, "expected a value, but read not", "put brackets around not and what it denies")]),
    ("not", [(3, 0, "expected a value, but the expression ends", None)]),
    (
        "1,000",
        [
            (1, 1, "expected an operator or the end, but read ,", "write a number without commas: 1000"),
            (2, 3, "000 is not a number of the policy language", "write 0"),
        ],
    ),
    ("()", [(1, 1, "expected a value, but read )", None)]),
    ("min(1,)", [(6, 1, "expected a value, but read )", None)]),
    (
        "streak(score < 70",
        [(17, 0, "expected ), but the expression ends", "the bracket opened at character 7 is not closed")],
    ),
    ("yes no", [(4, 2, "expected an operator or the end, but read no", None)]),
    ("1 if yes else", [(13, 0, "expected a value, but the expression ends", None)]),
]

NAMES: list[tuple[str, Expected]] = [
    ("scor >= 80", [(0, 4, "there is no scor here", "did you mean score?")]),
    ("score >= 80 and comission > 0", [(16, 9, "there is no comission here", "did you mean commission?")]),
    ("xyzzy", [(0, 5, "there is no xyzzy here", None)]),
    ("score-80", [(0, 8, "there is no score-80 here", "put spaces around minus: score - 80")]),
    ("base-commission", [(0, 15, "there is no base-commission here", "did you mean commission?")]),
    (
        "sales-commission-80",
        [(0, 19, "there is no sales-commission-80 here", "put spaces around minus: sales - commission - 80")],
    ),
    ("x--y", [(0, 1, "there is no x here", None), (3, 1, "there is no y here", None)]),
    (
        "tier >= one",
        [(8, 3, "one is not an option of tier", "the options are: probation, ordinary, one-star, two-star")],
    ),
    (
        "tier >= gold",
        [(8, 4, "gold is not an option of tier", "the options are: probation, ordinary, one-star, two-star")],
    ),
    ("tier >= ordinari", [(8, 8, "ordinari is not an option of tier", "did you mean ordinary?")]),
    ("ordinary", [(0, 8, "ordinary stands alone, but is an option of tier", "compare: tier == ordinary")]),
    (
        "excellent == ordinary",
        [
            (0, 9, "excellent stands alone, but is an option of grade", "compare: grade == excellent"),
            (13, 8, "ordinary stands alone, but is an option of tier", "compare: tier == ordinary"),
        ],
    ),
    ("streak", [(0, 6, "streak needs an argument", "write streak(…)")]),
    ("round", [(0, 5, "round needs an argument", "write round(…)")]),
    (
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        [
            (
                0,
                74,
                "there is no aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa here",
                None,
            )
        ],
    ),
]

KINDS: list[tuple[str, Expected]] = [
    ("tier == grade", [(0, 13, "tier is an option of tier, but grade is an option of grade", None)]),
    (
        "tier >= 80",
        [
            (
                0,
                10,
                "tier is an option of tier, but 80 is a number",
                "the options are: probation, ordinary, one-star, two-star",
            )
        ],
    ),
    (
        "80 == tier",
        [
            (
                0,
                10,
                "80 is a number, but tier is an option of tier",
                "the options are: probation, ordinary, one-star, two-star",
            )
        ],
    ),
    (
        "tier == full-attendance",
        [
            (
                0,
                23,
                "tier is an option of tier, but full-attendance is a yes or no",
                "the options are: probation, ordinary, one-star, two-star",
            )
        ],
    ),
    (
        "full-attendance > demoted",
        [(0, 25, "> needs an order, but full-attendance is a yes or no", "write == or !=")],
    ),
    ("full-attendance + 1", [(0, 15, "+ needs a number, but full-attendance is a yes or no", None)]),
    ("-tier", [(1, 4, "- needs a number, but tier is an option of tier", None)]),
    (
        "score and yes",
        [(0, 5, "and needs a condition, but score is a number in points", "compare it, as in score > 0")],
    ),
    (
        "tier and yes",
        [
            (
                0,
                4,
                "and needs a condition, but tier is an option of tier",
                "compare it, as in tier == probation",
            )
        ],
    ),
    (
        "not score",
        [(4, 5, "not needs a condition, but score is a number in points", "compare it, as in score > 0")],
    ),
    (
        "demoted or commission / rate",
        [
            (
                11,
                17,
                "or needs a condition, but commission / rate is a number in order",
                "compare it, as in commission / rate > 0",
            )
        ],
    ),
    (
        "(score + 1) * 2 - score * 4 + 1000000000 - 20000000 and yes",
        [
            (
                0,
                51,
                "and needs a condition, but (score + 1) * 2 - score * 4 + 100000000… is a number in points",
                "compare it, as in (score + 1) * 2 - score * 4 + 100000000… > 0",
            )
        ],
    ),
    (
        "1 if score else 2",
        [(5, 5, "if needs a condition, but score is a number in points", "compare it, as in score > 0")],
    ),
    (
        "score if yes else tier",
        [
            (
                0,
                22,
                "score is a number in points, but tier is an option of tier",
                "the options are: probation, ordinary, one-star, two-star",
            )
        ],
    ),
    (
        "tier if yes else gold",
        [
            (
                17,
                4,
                "gold is not an option of tier",
                "the options are: probation, ordinary, one-star, two-star",
            )
        ],
    ),
    ("commission - score - yes", [(21, 3, "- needs a number, but yes is a yes or no", None)]),
    ("xyzzy + 1 > yes", [(0, 5, "there is no xyzzy here", None)]),
    ("score / 0", [(8, 1, "0 is 0, and nothing can be divided by it", None)]),
    ("score / (1 - 1)", [(9, 5, "1 - 1 is 0, and nothing can be divided by it", None)]),
]

UNITS: list[tuple[str, Expected]] = [
    (
        "score if yes else commission",
        [
            (
                0,
                28,
                "score is a number in points, but commission is a number in CNY",
                "only numbers in the same unit go together",
            )
        ],
    ),
    (
        "commission + score",
        [
            (
                13,
                5,
                "commission is a number in CNY, but score is a number in points",
                "only numbers in the same unit go together",
            )
        ],
    ),
    (
        "1 + commission + score",
        [
            (
                17,
                5,
                "commission is a number in CNY, but score is a number in points",
                "only numbers in the same unit go together",
            )
        ],
    ),
    (
        "min(1, commission, score)",
        [
            (
                19,
                5,
                "commission is a number in CNY, but score is a number in points",
                "only numbers in the same unit go together",
            )
        ],
    ),
    (
        "commission > score",
        [
            (
                0,
                18,
                "commission is a number in CNY, but score is a number in points",
                "only numbers in the same unit go together",
            )
        ],
    ),
    (
        "commission * sales",
        [(13, 5, "CNY times CNY has no meaning", "number(x) is x without its unit, as in number(sales)")],
    ),
    (
        "commission * sales * 2",
        [(13, 5, "CNY times CNY has no meaning", "number(x) is x without its unit, as in number(sales)")],
    ),
    (
        "score * 2 * commission",
        [
            (
                12,
                10,
                "points times CNY has no meaning",
                "number(x) is x without its unit, as in number(commission)",
            )
        ],
    ),
    (
        "score / rate",
        [
            (
                8,
                4,
                "points divided by CNY/order has no meaning",
                "number(x) is x without its unit, as in number(rate)",
            )
        ],
    ),
    (
        "answer_rate >= 95%",
        [
            (
                0,
                18,
                "answer_rate is a number in %, but 95% is a share",
                "leave out the % sign: the unit is % already",
            )
        ],
    ),
    (
        "commission + 20%",
        [(13, 3, "commission is a number in CNY, but 20% is a share", "say of what, as in 20% * x")],
    ),
    (
        "score + 1 + 20%",
        [(12, 3, "score is a number in points, but 20% is a share", "say of what, as in 20% * x")],
    ),
    (
        "1 + 20% + score",
        [(10, 5, "20% is a share, but score is a number in points", "say of what, as in 20% * x")],
    ),
]

CALLS: list[tuple[str, Expected]] = [
    ("min(score)", [(0, 10, "the number of arguments of min is two or more, not 1", None)]),
    ("max()", [(0, 5, "the number of arguments of max is two or more, not 0", None)]),
    ("min(tier, 1)", [(4, 4, "min needs a number, but tier is an option of tier", None)]),
    ("abs(1, 2)", [(0, 9, "the number of arguments of abs is 1, not 2", None)]),
    ("abs(yes)", [(4, 3, "abs needs a number, but yes is a yes or no", None)]),
    ("number(tier)", [(7, 4, "number needs a number, but tier is an option of tier", None)]),
    (
        "round(score)",
        [
            (
                0,
                12,
                "the number of arguments of round is 2, not 1",
                "write round(x, 0.1): the second number is the step",
            )
        ],
    ),
    (
        "round(score, years)",
        [(13, 5, "the step of round must be a number above zero, not years", "write round(score, 0.1)")],
    ),
    (
        "floor(score, 0)",
        [(13, 1, "the step of floor must be a number above zero, not 0", "write floor(score, 0.1)")],
    ),
    ("round(tier, 1)", [(6, 4, "round needs a number, but tier is an option of tier", None)]),
    ("strek(score < 70)", [(0, 17, "there is no function strek here", "did you mean streak?")]),
    ("score(1)", [(0, 8, "score takes no argument", "write score")]),
    ("foo(1)", [(0, 6, "there is no function foo here", "did you mean floor?")]),
    (
        "streak(score)",
        [(7, 5, "streak needs a condition, but score is a number in points", "compare it, as in score > 0")],
    ),
    ("streak(score < 70, 3)", [(0, 21, "the number of arguments of streak is 1, not 2", None)]),
    ("streak()", [(0, 8, "the number of arguments of streak is 1, not 0", None)]),
    ("streak(scor < 70)", [(7, 4, "there is no scor here", "did you mean score?")]),
    ("mean(tier)", [(5, 4, "mean needs a number, but tier is an option of tier", None)]),
    ("previous(scor) > 1", [(9, 4, "there is no scor here", "did you mean score?")]),
    (
        "previous(tier) > 1",
        [
            (
                0,
                18,
                "previous(tier) is an option of tier, but 1 is a number",
                "the options are: probation, ordinary, one-star, two-star",
            )
        ],
    ),
    ("previous(xyzzy, 1) > yes", [(0, 18, "the number of arguments of previous is 1, not 2", None)]),
    ("events(los)", [(7, 3, "los is not a word that events takes", "did you mean loss?")]),
    (
        "events(fire)",
        [(7, 4, "fire is not a word that events takes", "it takes one of: loss, nonconformance")],
    ),
    (
        "events(1 + 1)",
        [(7, 5, "1 + 1 is not a word that events takes", "it takes one of: loss, nonconformance")],
    ),
    (
        "count(demoted, month)",
        [(15, 5, "month is not a word that count takes", "it takes one of: quarter, year")],
    ),
]

EXPECTED: list[tuple[str, Kind, Expected]] = [
    ("score", Number("CNY"), [(0, 5, "expected a number in CNY, but this is a number in points", None)]),
    ("tier", Number("CNY"), [(0, 4, "expected a number in CNY, but this is an option of tier", None)]),
    ("score", FLAG, [(0, 5, "expected a yes or no, but this is a number in points", None)]),
    ("score >= 80", TIER, [(0, 11, "expected an option of tier, but this is a yes or no", None)]),
    (
        "1 if yes else ordinary",
        TIER,
        [
            (
                0,
                22,
                "1 is a number, but ordinary is an option of tier",
                "the options are: probation, ordinary, one-star, two-star",
            )
        ],
    ),
    (
        "gold",
        TIER,
        [(0, 4, "gold is not an option of tier", "the options are: probation, ordinary, one-star, two-star")],
    ),
    (
        "20%",
        Number("CNY"),
        [(0, 3, "expected a number in CNY, but this is a share", "say of what, as in 20% * x")],
    ),
    (
        "95%",
        Number("%"),
        [
            (
                0,
                3,
                "expected a number in %, but this is a share",
                "leave out the % sign: the unit is % already",
            )
        ],
    ),
    ("gold", Number("CNY"), [(0, 4, "there is no gold here", None)]),
]


@pytest.mark.parametrize(("text", "expected"), SPELLING)
def test_spelling(text: str, expected: Expected) -> None:
    assert mistakes(text) == expected


@pytest.mark.parametrize(("text", "expected"), LOOKALIKES)
def test_lookalikes(text: str, expected: Expected) -> None:
    assert mistakes(text) == expected


@pytest.mark.parametrize(("text", "expected"), SYNTAX)
def test_syntax(text: str, expected: Expected) -> None:
    assert mistakes(text) == expected


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_names(text: str, expected: Expected) -> None:
    assert mistakes(text) == expected


@pytest.mark.parametrize(("text", "expected"), KINDS)
def test_kinds(text: str, expected: Expected) -> None:
    assert mistakes(text) == expected


@pytest.mark.parametrize(("text", "expected"), UNITS)
def test_units(text: str, expected: Expected) -> None:
    assert mistakes(text) == expected


@pytest.mark.parametrize(("text", "expected"), CALLS)
def test_calls(text: str, expected: Expected) -> None:
    assert mistakes(text) == expected


@pytest.mark.parametrize(("text", "kind", "expected"), EXPECTED)
def test_expected_kinds(text: str, kind: Kind, expected: Expected) -> None:
    assert mistakes(text, kind) == expected
