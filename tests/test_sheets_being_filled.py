"""A score sheet that is being filled in: empty cells are missing inputs; elsewhere an empty value is an error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from kpigen.repository import read_sheet
from kpigen.text import Lang
from tests.engine.mini import changed, findings_of

if TYPE_CHECKING:
    from kpigen.snapshot import Entry


@dataclass(frozen=True)
class OneFile:
    text: str
    entries: tuple[Entry, ...] = ()

    def read(self, _: str) -> bytes:
        return self.text.encode()


HEAD = "month: 2026-11\nteam: day\nassessor: wang.min\nassessed: 2026-12-05\nagents:\n"


def read(lines: str) -> tuple[dict[str, dict[str, str]] | None, list[str]]:
    filed, findings = read_sheet(OneFile(HEAD + lines), "s.yaml")
    said = [f"{f.place.line}:{f.place.column} {f.message.said(Lang.EN)} [{f.rule.id}]" for f in findings]
    return ({k: dict(v) for k, v in filed.record.agents.items()} if filed else None), said


def test_cells_may_be_empty() -> None:
    agents, said = read("  A001: {response: 14, attitude: , bonus: }\n  A002: {response: }\n")
    assert (agents, said) == ({"A001": {"response": "14", "attitude": "", "bonus": ""}, "A002": {"response": ""}}, [])


def test_in_a_block_too() -> None:
    assert read("  A001:\n    response:\n    attitude: 12\n") == ({"A001": {"response": "", "attitude": "12"}}, [])


DAY = "records/shop/2025-01/scores/day.yaml"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("care: 1,54", "“54” after the comma has no value. [number-form]"),
        ("care: 1,54.78", "“54.78” stands after a comma, as if it were another input. [unknown-key]"),
        ("care: 1, 54.78", "“54.78” stands after a comma, as if it were another input. [unknown-key]"),
        ("care:54", "“care:54” has no space after the colon. [unknown-key]"),
        ("care: 54, cares: ", "The policy has no input cares. [unknown-key]"),
        ("care: 54, remark", "The policy has no input remark. [unknown-key]"),
    ],
)
def test_an_empty_cell_that_is_no_input_is_never_passed_over(written: str, said: str) -> None:
    """A mistyped number must not lose its thousands, nor a mistyped input its value, in silence."""
    errors = [
        line.partition(": error: ")[2]
        for line in findings_of(changed((DAY, "care: 54", written)))
        if ": error: " in line
    ]
    assert errors == [said]


def test_an_empty_input_is_missing_once_a_line() -> None:
    (finding,) = findings_of(changed((DAY, "care: 54", "care: ")))
    assert finding.endswith(": warning: A001 lacks care. [missing-input]")


def test_a_reason_may_not_be_empty() -> None:
    assert read("  A001: {not_assessed: }\n") == (None, ["6:10 “not_assessed” has no value. [empty-value]"])


def test_a_line_may_not_be_empty() -> None:
    agents, said = read("  A001:\n")
    assert (agents, said) == (None, ["6:3 “A001” has no value. [empty-value]"])


def test_quotes_with_nothing_in_them_are_a_value() -> None:
    assert read('  A001: {response: ""}\n') == ({"A001": {"response": ""}}, [])


def test_a_comma_in_a_number_is_no_empty_cell() -> None:
    agents, said = read("  A001: {commission: 1,000}\n")
    assert (agents, said) == (None, ["6:24 “000” after the comma has no value. [number-form]"])


def test_another_fault_of_the_sheet_still_counts() -> None:
    agents, said = read("  A001: {response: , response: 3}\n")
    assert agents is None
    assert said == ["6:22 “response” stands twice in the table of line 6. [duplicate-key]"]
