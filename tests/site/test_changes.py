"""What changed between two versions of a policy, from the two documents alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from kpigen.site.changes import changes, neighbours, pieces
from kpigen.site.documents import read
from kpigen.site.rulebook import Left
from kpigen.text import Label, Lang
from tests.site import quarterly

if TYPE_CHECKING:
    from pathlib import Path

    from kpigen.site.rulebook import Policy


@pytest.fixture(scope="module")
def versions(data: Path) -> tuple[Policy, Policy]:
    policies = read(data / "v1").policies.values()
    old, new = sorted((one for one in policies if one.policy == quarterly.POLICY), key=lambda one: one.version)
    return old, new


def test_each_version_is_compared_with_the_one_before(data: Path, versions: tuple[Policy, Policy]) -> None:
    policies = read(data / "v1").policies.values()
    assert list(neighbours(policies)) == [versions]


def test_parameters_weights_rules_and_clauses(versions: tuple[Policy, Policy]) -> None:
    found = changes(*versions, Lang.EN)
    assert found.page == "weighing_2026-01_2026-07"
    assert [(one.name, one.before, one.after, one.clause) for one in found.parameters] == [
        ("Least shifts", "15 shifts", "20 shifts", "8")
    ]
    assert [(one.name, one.before, one.after) for one in found.weights] == [
        ("Answering", "60%", "70%"),
        ("Conduct", "40%", "30%"),
    ]
    (duty,) = found.rules
    assert (duty.sort, duty.name) == ("duty", "Survey")
    assert ("-", "supervisor") in duty.pieces
    assert ("+", "reviewer") in duty.pieces
    assert [(one.name, one.after) for one in found.clauses] == [
        ("1.1", "Answering weighs 70%."),
        ("8", "Assessed from 20 shifts on."),
        ("10", None),
    ]
    assert found.readings == ()


def test_a_version_does_not_differ_from_itself(versions: tuple[Policy, Policy]) -> None:
    found = changes(versions[0], versions[0], Lang.ZH)
    assert [found.parameters, found.weights, found.rules, found.clauses, found.readings] == [()] * 5


def test_what_came_what_was_renamed_and_what_moved(versions: tuple[Policy, Policy]) -> None:
    old = versions[0]
    renamed = msgspec.structs.replace(old.parameters[0], name=Label("最少班数", "Fewest shifts"))
    moved = msgspec.structs.replace(old.ladders[0], clause="9")
    more = Left("7", Label("由人决定", "People decide."))
    new = msgspec.structs.replace(
        old, parameters=(renamed,), ladders=(moved,), left_to_people=(*old.left_to_people, more)
    )
    found = changes(old, new, Lang.EN)
    assert [(one.before, one.after) for one in found.parameters] == [
        ("Least shifts 15 shifts", "Fewest shifts 15 shifts")
    ]
    came = next(one for one in found.rules if one.before is None)
    assert (came.sort, came.after, came.clause) == ("left to people", "People decide.", "7")
    stayed = next(one for one in found.rules if one.sort == "ladder")
    assert stayed.before == stayed.after
    assert stayed.clause == "9"


def test_pieces_of_a_text() -> None:
    assert pieces("weight 1/3: a", "weight 30%: a") == (
        ("=", "weight "),
        ("-", "1/3"),
        ("+", "30%"),
        ("=", ": a"),
    )
    assert pieces("满15班", "满20班") == (("=", "满"), ("-", "15"), ("+", "20"), ("=", "班"))
    assert pieces("nothing alike", "一个字也不同") == ()
