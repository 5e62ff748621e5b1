"""What is found between versions, and what changed from one to the next."""

from __future__ import annotations

from kpigen.finding import Place
from kpigen.lint import Change, Closed, changes, lint_versions
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


def test_what_changed() -> None:
    old = read(CLEAN)[1]
    new = read(
        edited(
            ("when: present, amount: 100", "when: present, amount: 120"),
            ("opens: 5", "opens: 6"),
            ("value: 1800", "value: 1900"),
            ("  present: {flag", '  late: {count: times, name: {zh: 迟到, en: Late}, clause: "5"}\n  present: {flag'),
            (
                '  - {id: star, name: {zh: 之星, en: Star}, clause: "6", rank: 1, by: score, amount: 200, ties: all}\n',
                "",
            ),
            ("第一名奖200元。", "没有奖。"),
        ).replace("awards:\n", "awards: []\n")
    )[1]
    assert list(changes(old, new)) == [
        Change("assess", "", "opens", "5", "6"),
        Change("parameters", "minimum_wage", "value", "1800", "1900"),
        Change("clauses", "6", "zh", "第一名奖200元。", "没有奖。"),
        Change("inputs", "late", "", None, "{count: times, name: {zh: 迟到, en: Late}, clause: 5}"),
        Change("pay", "attendance", "amount", "100", "120"),
        Change(
            "awards",
            "star",
            "",
            "{id: star, name: {zh: 之星, en: Star}, clause: 6, rank: 1, by: score, amount: 200, ties: all}",
            None,
        ),
    ]
    assert changes(old, old) == ()
