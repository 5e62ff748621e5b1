"""What stands in the middle of a team's points, counted by hand."""

from __future__ import annotations

import json

import msgspec
import pytest

from kpigen.site.documents import AgentMonth
from kpigen.site.medians import medians, of_teams
from tests.site.conftest import agent_month


def member(points: str | None, of: str = "60", team: str = "day") -> AgentMonth:
    items = [{"id": "response", "points": points, "of": of, "figure": None}]
    month = agent_month("A001", "2026-09", "91.7", "ordinary", items=items, team=team)
    return msgspec.json.decode(json.dumps(month), type=AgentMonth)


@pytest.mark.parametrize(
    ("points", "median"),
    [
        (["9", "1", "5", "3", "7"], "5"),
        (["10", "9", "8", "2", "1", "3"], "5.5"),  # between 3 and 8
        (["9", "9.5", "10", "8.25", "8"], "9"),
        (["0.1", "0.2", "0.3", "0.4", "0.5", "0.6"], "0.35"),
        (["9", "1", "5", "3"], None),
        (["9", "1", "5", "3", None], None),
        (["9", "1", "5", None, "3", "7"], "5"),
    ],
)
def test_the_middle_of_five_or_more(points: list[str | None], median: str | None) -> None:
    assert medians(map(member, points)) == ((("response", "60", median),) if median else ())


def test_points_of_another_scale_are_not_compared() -> None:
    team = [*(member(points) for points in "13579"), *(member(points, "50") for points in "2468")]
    assert medians(team) == (("response", "60", "5"),)


def test_each_team_has_its_own() -> None:
    day, night = [member(points) for points in "13579"], [member(points, team="night") for points in "45678"]
    assert of_teams([*day, *night]) == {"day": (("response", "60", "5"),), "night": (("response", "60", "6"),)}
