"""What is found between versions."""

from __future__ import annotations

from kpigen.finding import Place
from kpigen.lint import Closed, lint_versions
from kpigen.month import Month
from tests.lint.mini import CLEAN, between, edited, read, said

CLOSED = "The version begins in 2025-02, but shop has closed 2025-03 by version 2025-01."
EIGHTH = '  "8": {zh: 附则。, en: Final.}\ninputs:\n'
MORE = edited(("inputs:\n", EIGHTH))
OTHER = edited(("inputs:\n", EIGHTH.replace("附则", "另一条").replace("Final", "Another")))


def test_versions_that_follow_each_other() -> None:
    assert between(CLEAN, MORE, MORE) == []
    assert between(MORE, CLEAN, CLEAN) == []


def test_a_number_that_was_withdrawn_and_is_used_again() -> None:
    assert between(MORE, CLEAN, OTHER) == [
        "policy/demo/2025-03.yaml:19:3: Clause 8 was withdrawn once, and its number is used again. [clause-reused]"
    ]


def test_a_version_that_begins_in_a_month_that_is_closed() -> None:
    first, second = Month(2025, 1), Month(2025, 2)
    later = CLEAN.replace("version: 2025-01", "version: 2025-02")
    versions = {first: read(CLEAN), second: read(later, "policy/demo/2025-02.yaml")}
    place = Place("records/shop/2025-02/close.yaml", 3, 30)
    assert lint_versions(versions, [Closed("shop", second, second, place), Closed("shop", first, first, place)]) == ()
    remarks = lint_versions(versions, [Closed("shop", Month(2025, 3), first, place)])
    assert said(tuple(remark.finding for remark in remarks)) == [
        f"policy/demo/2025-02.yaml:3:10: {CLOSED} [version-in-closed-month]",
    ]
    assert remarks[0].finding.related == (place,)


def test_two_versions_for_one_month() -> None:
    versions = {Month(2025, 1): read(CLEAN), Month(2025, 2): read(CLEAN, "policy/demo/2025-01.yaml")}
    (remark,) = lint_versions(versions)
    assert remark.finding.rule.id == "version-twice"
