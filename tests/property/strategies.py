"""Departments made up by chance: every rule of the small policy has its chance to apply."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from kpigen.month import Month
from tests.engine.mini import ABSENT, BASE, DEPARTMENT, POLICY, agent, complaint, event, sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

FIRST = Month(2025, 11)
TIERS = st.sampled_from(["senior", "middle", "junior"])
MONEY = st.decimals(0, 600, places=2).map(str)
CARE = st.one_of(st.sampled_from(["0", "20", "60", "59.5", "n/a", "49.95"]), st.decimals(0, 60, places=1).map(str))
WAIT = st.one_of(st.sampled_from(["0", "0.5", "30", "60", "n/a"]), st.decimals(0, 90, places=2).map(str))


@st.composite
def lines(draw: st.DrawFn) -> str:
    """A line of a sheet; now and then the agent was not assessed."""
    if draw(st.integers(0, 7)) == 7:
        return ABSENT
    calls = draw(st.integers(1, 300))
    answered = calls - draw(st.integers(0, calls * 3 // 10))
    return (
        f"{{care: {draw(CARE)}, calls: {calls}, answered: {answered}, wait: {draw(WAIT)},"
        f" commission: {draw(MONEY)}, full_attendance: {draw(st.sampled_from(['yes', 'no']))}}}"
    )


@st.composite
def repositories(
    draw: st.DrawFn, *, department: str = "shop", letter: str = "A", policy: str = POLICY
) -> dict[str, str]:
    """A department with a few agents and months: joiners and leavers, complaints, losses and slips."""
    files = {policy: BASE[POLICY], DEPARTMENT: BASE[DEPARTMENT]}
    months = [FIRST.plus(index) for index in range(draw(st.sampled_from([4, 5, 3, 1])))]
    numbers = [f"{letter}{number:03}" for number in range(1, draw(st.integers(1, 4)) + 1)]
    here: dict[str, tuple[Month, Month]] = {}
    for index, number in enumerate(numbers):
        begin, end = sorted(draw(st.tuples(st.sampled_from(months), st.sampled_from(months))))
        stated = {}
        # The first is there throughout, so that no month is left out.
        if index and draw(st.integers(0, 3)) == 0:
            stated = {
                "joined": f"{begin}-{draw(st.integers(1, 15)):02}",
                "left": f"{end}-{draw(st.sampled_from([15, 27, 28])):02}",
            }
            here[number] = (begin, end)
        else:
            here[number] = (months[0], months[-1])
        team = draw(st.sampled_from(["day", "night"]))
        history = f"[{{from: 2024-06, team: {team}, tier: {draw(TIERS)}}}]"
        files[f"records/shop/agents/{number}.yaml"] = agent(number, "", history=history, **stated)
    for month in months:
        present = [number for number in numbers if here[number][0] <= month <= here[number][1]]
        for team in ("day", "night"):
            mine = [number for number in present if f"team: {team}" in files[f"records/shop/agents/{number}.yaml"]]
            stated_lines = {number: draw(lines()) for number in mine}
            if mine:
                files[f"records/shop/{month}/scores/{team}.yaml"] = sheet(str(month), stated_lines, team)
        if not present:
            continue
        for index in range(draw(st.integers(0, 3))):
            files |= complaint(str(month), index + 1, agent=draw(st.sampled_from(present)))
        for index in range(draw(st.integers(0, 3))):
            files |= draw(_events(str(month), index + 1, present))
    return {
        path.replace("records/shop", f"records/{department}"): text.replace(
            "department: shop", f"department: {department}"
        )
        for path, text in files.items()
    }


@st.composite
def _events(draw: st.DrawFn, month: str, number: int, present: list[str]) -> dict[str, str]:
    if draw(st.integers(0, 3)) == 0:
        return event(month, number, kind="slip", amount="", agent="", team=draw(st.sampled_from(["day", "night"])))
    if draw(st.booleans()):
        return event(month, number, kind="slip", amount="", agent=draw(st.sampled_from(present)))
    amount = draw(st.decimals(Decimal("0.01"), 1500, places=2))
    return event(month, number, agent=draw(st.sampled_from(present)), amount=str(amount))


def sheets_of(files: Mapping[str, str]) -> list[str]:
    """The paths of the sheets."""
    return sorted(path for path in files if "/scores/" in path)
