"""What the star-tier policy promises an agent: better work never pays less, and a complaint never pays more."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.mini import ABSENT, BASE, DEPARTMENT, agent, complaint, event, month, sheet
from tests.oracle.small import line, yaml_of

POLICY = "policy/star-tier/2025-01.yaml"
TEXT = Path(__file__).parents[2].joinpath(POLICY).read_text("utf-8").split("\nexamples:")[0] + "\n"
FEWER = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
TIERS = st.sampled_from(["probation", "ordinary", "one-star", "two-star"])
SCORES = st.one_of(
    st.sampled_from(["69.9", "70", "79.9", "80", "89.9", "89.95", "90", "94.9", "95", "100"]),
    st.decimals(7, 100, places=1).map(str),
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[dict[str, str], dict[str, str], str]:
    """A month of A001 with two colleagues: the files without A001's sheet, A001's cells, and the colleagues' lines."""
    files = {POLICY: TEXT, DEPARTMENT: BASE[DEPARTMENT].replace("use: mini", "use: star-tier")}
    files |= {f"records/shop/agents/{number}.yaml": agent(number, draw(TIERS)) for number in ("A001", "A002", "A003")}
    for index in range(draw(st.integers(0, 2))):
        files |= complaint("2025-01", index + 1, agent=draw(st.sampled_from(["A001", "A002"])))
    if draw(st.booleans()):
        amount = draw(st.decimals(Decimal("0.01"), 900, places=2))
        files |= event("2025-01", amount=str(amount))
    if draw(st.booleans()):
        files |= event("2025-01", 2, agent=draw(st.sampled_from(["A001", "A003"])), kind="nonconformance", amount="")
    cells = {
        "commission": str(draw(st.decimals(0, 500, places=2))),
        "full_attendance": draw(st.sampled_from(["yes", "no"])),
    }
    others = "".join(
        f"  {number}: {draw(st.one_of(st.just(ABSENT), SCORES.map(lambda score: yaml_of(line(score)))))}\n"
        for number in ("A002", "A003")
    )
    return files, cells, others


def total(files: dict[str, str], cells: dict[str, str], others: str, score: str) -> tuple[Decimal, Any]:
    stated = yaml_of(line(score, **cells))
    files = files | {"records/shop/2025-01/scores/day.yaml": sheet("2025-01", {"A001": stated}) + others}
    row = month(files)["A001"]
    return Decimal(row["pay"]["total"]), row


@FEWER
@given(cases(), SCORES, SCORES)
def test_a_higher_score_never_lowers_pay(
    case: tuple[dict[str, str], dict[str, str], str], one: str, other: str
) -> None:
    low, high = sorted((one, other), key=Decimal)
    (less, before), (more, after) = total(*case, low), total(*case, high)
    assert more >= less
    assert after["tier"] == before["tier"]
    assert after["rank"] <= before["rank"]


@FEWER
@given(cases(), SCORES)
def test_a_complaint_more_never_raises_pay(case: tuple[dict[str, str], dict[str, str], str], score: str) -> None:
    files, cells, others = case
    before, _ = total(files, cells, others, score)
    after, _ = total(files | complaint("2025-01", 9), cells, others, score)
    assert after <= before


@FEWER
@given(cases(), SCORES, st.decimals(Decimal("0.01"), 900, places=2))
def test_commission_more_is_never_pay_less(
    case: tuple[dict[str, str], dict[str, str], str], score: str, more: Decimal
) -> None:
    files, cells, others = case
    before, _ = total(files, cells, others, score)
    after, _ = total(files, cells | {"commission": str(Decimal(cells["commission"]) + more)}, others, score)
    assert after >= before
