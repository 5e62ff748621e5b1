"""A score sheet that is being filled in: empty cells are missing inputs; elsewhere an empty value is an error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpigen.repository import read_sheet
from kpigen.text import Lang

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


def test_empty_cells_are_left_out() -> None:
    agents, said = read("  A001: {response: 14, attitude: , bonus: }\n  A002: {response: }\n")
    assert (agents, said) == ({"A001": {"response": "14"}, "A002": {}}, [])


def test_a_block_line_may_be_empty_too() -> None:
    assert read("  A001:\n    response:\n    attitude: 12\n") == ({"A001": {"attitude": "12"}}, [])


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
