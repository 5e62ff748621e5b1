"""Policy files: what they may say, what an expression may read, and that nothing in one breaks the program."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpigen.policy import Policy, compile_policy
from kpigen.policy.inputs import Amount, Count, InputSpec, Measure, Points, read_cell
from kpigen.policy.version import Version
from kpigen.reading.decode import Record, decode
from kpigen.reading.faults import Fault
from kpigen.reading.syntax import parse
from kpigen.repository import read_policy
from kpigen.text import Lang
from tests.engine.mini import BASE, POLICY, Files, changed, findings_of, rules_of


def compiled(text: str) -> tuple[Policy | None, list[str]]:
    policy, _, findings = read_policy(Files({POLICY: text}), POLICY)
    return policy, [finding.rule.id for finding in findings]


def test_the_base_compiles() -> None:
    policy, findings = compiled(BASE[POLICY])
    assert findings == []
    assert policy is not None
    assert policy.sound
    assert policy.order == ("junior", "middle", "senior")
    assert [item.id for item in policy.items] == ["care", "answering", "promptness"]
    assert {reference.key for reference in policy.references} == {"events(slip)", "amount(loss)", "streak(score < 60)"}
    assert policy.remembered == {"score"}


def test_references_within_references_are_known() -> None:
    policy, _ = compiled(
        BASE[POLICY].replace("streak(score < 60)", "streak(events(loss) > 0 and streak(tier == junior) > 1)")
    )
    assert policy is not None
    keys = [reference.key for reference in policy.references]
    assert keys.index("streak(tier == junior)") < keys.index("streak(events(loss) > 0 and streak(tier == junior) > 1)")
    assert "events(loss)" in keys
    assert policy.remembered == {"events(loss)", "streak(tier == junior)", "tier"}


def test_a_policy_with_mistakes_is_read_and_not_sound() -> None:
    policy, findings = compiled(BASE[POLICY].replace("when: score < 80", "when: scoer < 80"))
    assert policy is not None
    assert not policy.sound
    assert findings == ["expression"]


def test_the_records_are_checked_by_a_policy_with_mistakes() -> None:
    day = "records/shop/2025-01/scores/day.yaml"
    files = changed(
        (POLICY, "when: score < 80", "when: scoer < 80"), (day, "care: 54", "care: 61"), (day, "wang.min", "nobody")
    )
    assert rules_of(files) == ["cell", "expression", "unknown-person"]


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("score", "score"),
        ("care", "care"),
        ("answering", "answering"),
        ("answer_rate", "answer_rate"),
        ("items_at_zero", "items_at_zero"),
        ("5 if grade == low else 6", "grade"),
        ("5 if full_attendance else 6", "full_attendance"),
        ("streak(tier == junior)", "streak(tier == junior)"),
    ],
)
def test_what_is_paid_in_any_month_reads_only_what_is_known_in_any_month(expression: str, said: str) -> None:
    files = changed((POLICY, "amount: 1100, prorate", f"amount: number({expression}), prorate"))
    (finding,) = [finding for finding in findings_of(files) if "[pay-line]" in finding]
    assert f"where {said} cannot be known" in finding


@pytest.mark.parametrize(
    "expression",
    [
        "days_employed * 30",
        "minimum_wage + 5 * upheld_complaints",
        "events(slip) + 1100",
        "900 if assessed else 800",
        "900 if tier > junior else 800",
    ],
)
def test_what_is_known_in_any_month(expression: str) -> None:
    files = changed(
        (POLICY, "amount: 1100, prorate", f"amount: {expression}, prorate"),
        (
            POLICY,
            "expect: {next_tier: middle, pay: {base: 1100, bonus: 400, commission: 200, attendance: 100}, total: 1800}",
            "expect: {next_tier: middle}",
        ),
    )
    assert findings_of(files) == []


@pytest.mark.parametrize("word", ["score", "tier", "assessed", "gross", "rank", "grade", "days_employed"])
def test_no_input_takes_a_name_that_results_have(word: str) -> None:
    files = changed(
        (POLICY, "  wait:            {measure", f"  {word}:           {{measure"), (POLICY, "of: wait", f"of: {word}")
    )
    assert "twice-named" in rules_of(files)


def test_a_quoted_expression_is_found_where_it_stands() -> None:
    quoted = BASE[POLICY].replace("when: score < 80", 'when: "score < 80"')
    policy, findings = compiled(quoted)
    assert findings == []
    assert policy is not None
    place = next(rule.when.place for rule in policy.transitions if rule.id == "below-80")
    line = quoted.splitlines()[place.line - 1]
    assert line[place.column - 1 :].startswith("score < 80")


@pytest.mark.parametrize(
    ("spec", "text", "fault"),
    [
        ({"points": "15"}, "15.01", "15.01 is not between 0 and 15."),
        ({"points": "15"}, "-0.5", "-0.5 is not between 0 and 15."),
        ({"points": "15"}, "15.00", None),
        ({"points": "15"}, "n/a", None),
        ({"points": "15"}, "N/A", "“N/A” is no number."),
        ({"amount": "CNY"}, "0.10", None),
        ({"amount": "CNY"}, "0.101", "0.101 has fractions of a cent."),
        ({"amount": "CNY"}, "n/a", "“n/a” is only for what is scored."),
        ({"amount": "CNY", "min": "-5"}, "-5.00", None),
        ({"count": "calls", "max": "9"}, "10", "10 is not between 0 and 9."),
        ({"count": "calls"}, "1.0", None),
        ({"count": "calls"}, "1.5", "1.5 is not a whole number."),
        ({"measure": "s", "min": "1", "max": "5"}, "n/a", None),
        ({"measure": "s", "min": "1"}, "0.99", "0.99 is below 1, the least that the policy allows."),
    ],
)
def test_cells(spec: dict[str, str], text: str, fault: str | None) -> None:
    kinds: dict[str, type[Record]] = {"points": Points, "amount": Amount, "count": Count, "measure": Measure}
    model = next(kinds[key] for key in spec if key in kinds)
    stated = model.model_validate(spec | {"name": "x", "clause": "1"})
    assert isinstance(stated, InputSpec)
    read = read_cell(stated, text)
    assert (read.message.said(Lang.EN) if isinstance(read, Fault) else None) == fault


LINES = BASE[POLICY].splitlines(keepends=True)


@given(st.data())
def test_a_policy_that_lost_or_doubled_lines_gets_findings_and_never_breaks(data: st.DataObject) -> None:
    lines = [*LINES]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        if data.draw(st.booleans()):
            del lines[at]
        else:
            lines.insert(at, data.draw(st.sampled_from(LINES)))
    findings_of({**BASE, POLICY: "".join(lines)})


WORDS = [
    "score",
    "tier",
    "junior",
    "streak(score < 60)",
    "events(slip)",
    "amount(loss)",
    "0",
    "1",
    "7.5%",
    "care",
    "calls",
    "wait",
    "gross",
    "answer_rate",
    "full_attendance",
    "assessed",
    "grade",
    "low",
    "yes",
    "minimum_wage",
    "items_at_zero",
    "(",
    ")",
    "+",
    "-",
    "*",
    "/",
    "<",
    ">=",
    "==",
    "and",
    "or",
    "not",
    "if",
    "else",
    "min(1, 2)",
    "round(score, 0.1)",
    "number(wait)",
]
PLACES = [
    "answered / calls * 100",
    "of: answer_rate",
    "when: score >= 80, to",
    "600 if grade == high else 400",
    "amount: 1100, prorate",
    "deduct: amount(loss)",
    "[gross * 20%, gross - minimum_wage]",
    "streak(score < 60) >= 2",
    "rank: 1, by: score",
]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7), st.sampled_from(PLACES))
def test_whatever_stands_in_an_expression_gets_findings_and_never_breaks(words: list[str], place: str) -> None:
    expression = " ".join(words)
    new = {
        "of: answer_rate": f'of: "{expression}"',
        "when: score >= 80, to": f'when: "{expression}", to',
        "amount: 1100, prorate": f'amount: "{expression}", prorate',
        "deduct: amount(loss)": f'deduct: "{expression}"',
        "[gross * 20%, gross - minimum_wage]": f'["{expression}"]',
        "rank: 1, by: score": f'rank: 1, by: "{expression}"',
    }.get(place, f'"{expression}"')
    findings_of(changed((POLICY, place, new)))


def test_a_version_is_read_from_text_alone() -> None:
    document, findings = parse(POLICY, BASE[POLICY].encode())
    assert document is not None
    assert findings == ()
    version, findings = decode(document, Version)
    assert version is not None
    assert findings == ()
    assert compile_policy(document, version)[1] == ()


@pytest.mark.parametrize("numbers", ["[]", "[1, 2]", "-1", "0.5"])
def test_an_example_states_how_many_events_there_were(numbers: str) -> None:
    files = changed((POLICY, "score: 80, inputs:", f"score: 80, events: {{slip: {numbers}}}, inputs:"))
    assert rules_of(files) == ["example-case"]


def test_a_percent_sign_out_of_range_is_told_the_range() -> None:
    """Without its sign the number would not fit either: hinting at it would send the reader astray."""
    spec = next(iter(compiled(BASE[POLICY])[0].inputs.values()))  # type: ignore[union-attr]
    fault = read_cell(spec, "93%")
    assert isinstance(fault, Fault)
    assert fault.message.said(Lang.EN) == "93% is not between 0 and 60."
    fits = read_cell(spec, "43%")
    assert isinstance(fits, Fault)
    assert "43" in fits.hint.said(Lang.EN)
