"""CODEOWNERS: whose approval the host asks for, generated from the departments and the accounts."""

from __future__ import annotations

import fnmatch
import re
from pathlib import Path

import pytest

from kpigen.approval.ownership import Staff, code_owners, read_staff
from kpigen.layout import rearranged
from kpigen.snapshot import FolderSnapshot
from kpigen.text import Lang
from tests.engine.mini import BASE, Files

ROOT = Path(__file__).parents[1]
PEOPLE = """\
administrators: [gu.an]
accounts: {gu.an: gu-an, wang.min: wang-min, zhao.lei: zhaolei}
"""


def staff(**more: str) -> Staff:
    found, findings = read_staff(Files({**BASE, "records/people.yaml": PEOPLE, **more}))
    assert findings == ()
    assert found is not None
    return found


def test_each_line() -> None:
    lines = [line for line in code_owners(staff()).splitlines() if not line.startswith("#")]
    assert lines == [
        "",
        "* @gu-an",
        "",
        "/records/shop/department.yaml @gu-an @zhaolei",
        "/records/shop/agents/ @gu-an @zhaolei",
        "/records/shop/*/scores/day.yaml @wang-min @zhaolei",
        "/records/shop/*/scores/night.yaml @zhaolei",
        "/records/shop/*/complaints/ @wang-min @zhaolei",
        "/records/shop/*/events/ @wang-min @zhaolei",
        "/records/shop/*/appeals/ @zhaolei",
        "/records/shop/*/adjustments/ @zhaolei",
        "/records/shop/*/close.yaml @zhaolei",
    ]


def test_no_line_is_without_an_owner() -> None:
    alone = PEOPLE.replace(", wang.min: wang-min, zhao.lei: zhaolei", "")
    text = code_owners(staff(**{"records/people.yaml": alone}))
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert all(line.endswith(" @gu-an") for line in lines)


def owners(text: str, path: str) -> list[str]:
    """As the host reads it: the last line that fits decides."""
    found: list[str] = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            pattern, *people = line.split()
            steps, parts = pattern.strip("/").split("/"), path.split("/")
            beneath = pattern == "*" or (
                len(parts) > len(steps) - (not pattern.endswith("/"))
                and all(fnmatch.fnmatchcase(part, step) for part, step in zip(parts, steps, strict=False))
                and (pattern.endswith("/") or len(parts) == len(steps))
            )
            found = people if beneath else found
    return found


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("records/ecommerce/2026-09/scores/day.yaml", ["@wang-min", "@zhaolei"]),
        ("records/ecommerce/2026-09/scores/other.yaml", ["@dingwei", "@song-jia"]),
        ("records/ecommerce/2026-09/close.yaml", ["@zhaolei"]),
        ("records/ecommerce/2026-Q3/close.yaml", ["@zhaolei"]),
        ("records/ecommerce/2026-09/adjustments/J-2026-09-001.yaml", ["@zhaolei"]),
        ("records/people.yaml", ["@dingwei", "@song-jia"]),
        ("policy/star-tier/2025-01.yaml", ["@dingwei", "@song-jia"]),
        (".github/workflows/check.yml", ["@dingwei", "@song-jia"]),
        ("kpigen/guarding.py", ["@dingwei", "@song-jia"]),
    ],
)
def test_who_owns_what_here(path: str, expected: list[str]) -> None:
    assert owners((ROOT / ".github/CODEOWNERS").read_text("utf-8"), path) == expected


def test_this_repositorys_own_file_is_up_to_date() -> None:
    found, _ = read_staff(FolderSnapshot.of(ROOT))
    assert found is not None
    assert (ROOT / ".github/CODEOWNERS").read_text("utf-8") == code_owners(found)


def test_no_path_needs_quoting() -> None:
    text = code_owners(staff())
    for line in text.splitlines():
        assert line.startswith("#") or not line or re.fullmatch(r"(\*|/[A-Za-z0-9./*-]+)( @[A-Za-z0-9._-]+)+", line)


def test_without_people_there_is_nobody() -> None:
    assert read_staff(Files(BASE)) == (None, ())


def test_what_cannot_be_read_is_said() -> None:
    found, findings = read_staff(Files({**BASE, "records/people.yaml": "accounts: {}\n"}))
    assert found is None
    assert [each.message.said(Lang.EN) for each in findings] == ["The key “administrators” is missing from this file."]
    broken = {**BASE, "records/people.yaml": PEOPLE, "records/shop/department.yaml": "department: shop\n"}
    assert read_staff(Files(broken))[0] is None


def test_an_account_is_found_however_it_is_written() -> None:
    assert [staff().person(each) for each in ("Wang-Min", "WANG-MIN", "wangmin", "wang-min[bot]", "")] == [
        "wang.min",
        "wang.min",
        None,
        None,
        None,
    ]


def test_people_are_laid_out_one_account_a_line() -> None:
    text, findings = rearranged("records/people.yaml", PEOPLE.encode())
    assert findings == ()
    assert text == (
        "# yaml-language-server: $schema=../schema/people.json\n"
        "administrators: [gu.an]\n"
        "accounts:\n"
        "  gu.an: gu-an\n"
        "  wang.min: wang-min\n"
        "  zhao.lei: zhaolei\n"
    )
