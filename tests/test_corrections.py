"""Closed months corrected by adjustments: every result is worked out by hand.

In the mini policy base is 1100, the bonus of whoever is middle or senior 400 from 80 points and 600 from 90, and
the best two of a month win 100 and 50. A008 and A009 are ahead of everybody unless a story is about awards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from kpigen import correcting
from kpigen.cache import FolderCache
from kpigen.engine import compute_month
from kpigen.ledger import keep
from kpigen.month import Month
from tests.engine.mini import (
    ABSENT,
    BASE,
    POLICY,
    Files,
    Published,
    agent,
    closed,
    complaint,
    documents,
    event,
    findings_of,
    month,
    rules_of,
    scored,
    shop,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

AHEAD = {"A008": scored("100"), "A009": scored("99")}
SENIORS = {"A008": "senior", "A009": "senior"}


def department(tier: str, *lines: str, others: Mapping[str, str] = AHEAD) -> dict[str, str]:
    """A001 month after month from January 2025, among others."""
    months = {f"2025-{number:02}": {"A001": line, **others} for number, line in enumerate(lines, 1)}
    return shop({"A001": tier, **SENIORS}, months)


def close_all(files: dict[str, str], *months: str) -> dict[str, str]:
    for name in months:
        files = closed(files, name)
    return files


def adjustment(folder: str, corrects: str, number: int = 1, who: str = "A001", **stated: str) -> dict[str, str]:
    name = f"J-{folder}-{number:03}"
    record = {"adjustment": name, "corrects": corrects, "agent": who, **stated, "reason": "misread"}
    text = "".join(f"{key}: {value}\n" for key, value in record.items())
    return {f"records/shop/{folder}/adjustments/{name}.yaml": text}


def paid(row: dict[str, Any]) -> dict[str, str]:
    return {line["id"]: line["amount"] for line in row["pay"]["lines"]}


def test_a_restated_input_is_paid_in_the_open_month() -> None:
    files = department("middle", scored("85", "100"), scored("85", "20")) | event("2025-02", amount="1000")
    files = closed(files, "2025-01") | adjustment("2025-02", "2025-01", inputs="{commission: 250.50}")
    row = month(files, "2025-02")["A001"]
    # The loss is limited to a fifth of February's own 1520, not of what is paid for January.
    assert paid(row) == {
        "base": "1100.00",
        "bonus": "400.00",
        "commission": "20.00",
        "loss": "-304.00",
        "commission@2025-01": "150.50",
    }
    assert row["pay"]["gross"] == "1670.50"
    assert row["pay"]["deductions"] == "304.00"
    assert row["pay"]["total"] == "1366.50"
    assert row["pay"]["lines"][-1] | {"figure": 0} == {
        "id": "commission@2025-01",
        "clause": "4",
        "amount": "150.50",
        "corrects": "2025-01",
        "figure": 0,
    }
    place = "records/shop/2025-02/adjustments/J-2025-02-001.yaml:4:22"
    assert row["corrections"] == [
        {
            "month": "2025-01",
            "adjustments": ["J-2025-02-001"],
            "inputs": [{"name": "commission", "before": "100", "after": "250.50", "at": place}],
            "score": {"before": "85.0", "after": "85.0"},
            "tier": {"before": "middle", "after": "middle"},
            "next_tier": {"before": "middle", "after": "middle"},
            "lines": [
                {
                    "id": "commission",
                    "clause": "4",
                    "before": "100.00",
                    "after": "250.50",
                    "amount": "150.50",
                    "award": False,
                }
            ],
            "amount": "150.50",
        }
    ]
    assert documents(files)["v1/shop/2025-02.json"]["adjustments"] == [
        {
            "adjustment": "J-2025-02-001",
            "agent": "A001",
            "corrects": "2025-01",
            "reason": "misread",
            "appeal": None,
            "at": "records/shop/2025-02/adjustments/J-2025-02-001.yaml:2:11",
        }
    ]


def test_the_closed_month_stays_as_it_was_approved() -> None:
    before = closed(department("middle", scored("85"), scored("85")), "2025-01")
    after = before | adjustment("2025-02", "2025-01", inputs="{care: 55}")
    assert documents(before)["v1/shop/2025-01.json"] == documents(after)["v1/shop/2025-01.json"]
    assert findings_of(after) == []


def test_the_figure_of_a_correction_leads_to_the_adjustment() -> None:
    files = closed(department("middle", scored("85"), scored("85")), "2025-01")
    row = month(files | adjustment("2025-02", "2025-01", inputs="{care: 55}"), "2025-02")["A001"]
    (line,) = [line for line in row["pay"]["lines"] if line["id"] == "bonus@2025-01"]
    figures = row["figures"]
    top = figures[line["figure"]]
    assert (top["value"], top["op"], top["clause"]) == ("200.00", {"kind": "difference"}, "4")
    after, before = (figures[index] for index in top["of"])
    assert (after["value"], before["value"]) == ("600.00", "400.00")

    def leaves(index: int) -> set[str]:
        of = figures[index]["of"]
        return {figures[index]["at"]} if not of else {place for part in of for place in leaves(part)}

    now, then = (leaves(index) for index in top["of"])
    assert "records/shop/2025-02/adjustments/J-2025-02-001.yaml:4:16" in now - then
    assert "records/shop/2025-01/scores/day.yaml:6:16" in then - now


def test_a_tier_moves_through_several_closed_months() -> None:
    """In January 75 points keep a junior; with 82 A001 is middle in February, senior in March and still in April."""
    files = department("junior", scored("75"), scored("92", "10"), scored("85"), scored("85"))
    files = close_all(files, "2025-01", "2025-02", "2025-03")
    before = month(files, "2025-04")["A001"]
    assert (before["tier"], paid(before)) == ("middle", {"base": "1100.00", "bonus": "400.00"})
    row = month(files | adjustment("2025-04", "2025-01", inputs="{care: 42}"), "2025-04")["A001"]
    assert (row["tier"], row["next_tier"]) == ("senior", "senior")
    assert paid(row) == {
        "base": "1100.00",
        "bonus": "400.00",
        "bonus@2025-02": "600.00",
        "commission@2025-02": "10.00",
    }
    january, february, march = row["corrections"]
    assert (january["next_tier"], january["lines"]) == ({"before": "junior", "after": "middle"}, [])
    assert (february["adjustments"], february["amount"]) == ([], "610.00")
    assert february["next_tier"] == {"before": "middle", "after": "senior"}
    assert (march["adjustments"], march["lines"], march["amount"]) == ([], [], "0.00")
    assert march["tier"] == {"before": "middle", "after": "senior"}
    figure = row["figures"][row["next_tier_figure"]]
    assert row["figures"][figure["of"][0]]["op"] == {
        "kind": "held",
        "tier": "senior",
        "since": "2025-03",
        "by": "to-senior",
    }


def test_the_tier_of_the_replay_is_carried_on() -> None:
    files = department("junior", scored("75"), scored("75"), scored("75"))
    files = closed(files, "2025-01") | adjustment("2025-02", "2025-01", inputs="{care: 42}")
    assert month(files, "2025-02")["A001"]["tier"] == "middle"
    march = month(files, "2025-03")["A001"]
    assert march["tier"] == "middle"
    assert "corrections" not in march


def test_an_award_that_is_won_now_is_paid_and_nobody_elses_is_taken_back() -> None:
    files = department("middle", scored("85"), scored("85"), others={"A008": scored("92"), "A009": scored("88")})
    files = closed(files, "2025-01") | adjustment("2025-02", "2025-01", inputs="{care: 53}")
    rows = month(files, "2025-02")
    # 93 points are the first place. A008, who won it, and A009, who was second, keep what they have.
    assert {line: amount for line, amount in paid(rows["A001"]).items() if "@" in line} == {
        "bonus@2025-01": "200.00",
        "star@2025-01": "100.00",
    }
    assert rows["A001"]["corrections"][0]["awards"] == {"before": [], "after": ["star"]}
    assert [line["award"] for line in rows["A001"]["corrections"][0]["lines"]] == [False, True]
    assert not any("@" in line for who in ("A008", "A009") for line in paid(rows[who]))


def test_an_award_that_is_lost_is_deducted_and_nobody_else_wins_it() -> None:
    files = department("middle", scored("95"), scored("85"), others={"A008": scored("92"), "A009": scored("88")})
    files = closed(files, "2025-01") | adjustment("2025-02", "2025-01", inputs="{care: 50}")
    rows = month(files, "2025-02")
    # 90 points: still 600, but the second place instead of the first.
    assert {line: amount for line, amount in paid(rows["A001"]).items() if "@" in line} == {
        "runner-up@2025-01": "50.00",
        "star@2025-01": "-100.00",
    }
    assert rows["A001"]["pay"] | {"lines": []} == {
        "gross": "1550.00",
        "deductions": "100.00",
        "total": "1450.00",
        "lines": [],
    }
    assert not any("@" in line for who in ("A008", "A009") for line in paid(rows[who]))


def test_what_is_carried_over_follows_the_replay() -> None:
    """500 are due in January, a fifth of 1500 is taken; the rest of 200 in February. It ought to have been 200."""
    files = department("middle", scored("85"), scored("85"), scored("85")) | event("2025-01", amount="500")
    files = close_all(files, "2025-01", "2025-02")
    assert paid(month(files, "2025-02")["A001"])["loss"] == "-200.00"
    row = month(files | adjustment("2025-03", "2025-01", events="{E-2025-01-001: 200}"), "2025-03")["A001"]
    assert {line: amount for line, amount in paid(row).items() if "@" in line} == {
        "loss@2025-01": "100.00",
        "loss@2025-02": "200.00",
    }
    assert row["corrections"][0]["events"] == [
        {
            "id": "E-2025-01-001",
            "before": "500.00",
            "after": "200.00",
            "at": "records/shop/2025-03/adjustments/J-2025-03-001.yaml:4:25",
        }
    ]


def test_a_withdrawn_event_leaves_nothing_to_deduct() -> None:
    files = department("middle", scored("85"), scored("85")) | event("2025-01", amount="500")
    files = closed(files, "2025-01")
    assert paid(month(files, "2025-02")["A001"])["loss"] == "-200.00"
    row = month(files | adjustment("2025-02", "2025-01", events="{E-2025-01-001: withdrawn}"), "2025-02")["A001"]
    assert paid(row) == {"base": "1100.00", "bonus": "400.00", "loss@2025-01": "300.00"}
    assert row["carried"] == {}
    assert [row["corrections"][0]["events"][0][side] for side in ("before", "after")] == ["500.00", "withdrawn"]


def test_each_month_is_replayed_under_the_version_that_was_in_force_in_it() -> None:
    newer = BASE[POLICY].replace("version: 2025-01", "version: 2025-02").replace("on: 2024-12-20", "on: 2025-01-20")
    newer = newer.replace("amount: 600 if", "amount: 900 if")
    version = {"policy/mini/2025-02.yaml": newer}
    files = department("junior", scored("75"), scored("92"), scored("92")) | version
    files = close_all(files, "2025-01", "2025-02")
    row = month(files | adjustment("2025-03", "2025-01", inputs="{care: 42}"), "2025-03")["A001"]
    # January stays a junior's month; February, as a middle one, is paid by the version of February.
    assert {line: amount for line, amount in paid(row).items() if "@" in line} == {"bonus@2025-02": "900.00"}
    files = closed(department("middle", scored("85"), scored("85")) | version, "2025-01")
    row = month(files | adjustment("2025-02", "2025-01", inputs="{care: 52}"), "2025-02")["A001"]
    assert paid(row)["bonus@2025-01"] == "200.00"


def test_whoever_has_left_gets_a_statement_of_corrections_alone() -> None:
    files = department("middle", scored("85"))
    files |= {"records/shop/agents/A001.yaml": agent("A001", "middle", left="2025-01-31")}
    only = shop(SENIORS, {"2025-02": AHEAD, "2025-03": AHEAD})
    files = close_all({**only, **files}, "2025-01", "2025-02")
    files |= adjustment("2025-03", "2025-01", inputs="{care: 55}")
    rows = month(files, "2025-03")
    row = rows["A001"]
    assert paid(row) == {"bonus@2025-01": "200.00"}
    assert (row["assessed"], row["score"], row["rank"], row["tier"], row["next_tier"]) == (
        False,
        None,
        None,
        "senior",
        "senior",
    )
    assert row["not_assessed"] == {
        "reason": "left",
        "left": "2025-01-31",
        "at": "records/shop/agents/A001.yaml:4:7",
    }
    assert row["employed"] == {"from": "2024-06-03", "to": "2025-01-31", "days": 0, "of": 31}
    assert list(rows) == ["A001", "A008", "A009"]
    assert rows["A008"]["rank"] == 1
    again = closed(files, "2025-03")
    assert "A001: {tier: senior, next_tier: senior, pay: 200.00}" in again["records/shop/2025-03/close.yaml"].replace(
        '"', ""
    )
    assert findings_of(again) == []


def test_whoever_was_not_assessed_is_assessed_after_all() -> None:
    files = closed(department("middle", ABSENT, scored("85")), "2025-01")
    line = scored("95", "30", "yes")
    row = month(files | adjustment("2025-02", "2025-01", inputs=line), "2025-02")["A001"]
    assert {name: amount for name, amount in paid(row).items() if "@" in name} == {
        "bonus@2025-01": "600.00",
        "commission@2025-01": "30.00",
        "attendance@2025-01": "100.00",
    }
    found = row["corrections"][0]
    assert found["score"] == {"before": None, "after": "95.0"}
    assert (row["tier"], found["next_tier"]) == ("senior", {"before": "middle", "after": "senior"})
    assert {"name": "care", "before": None, "after": "55"}.items() <= found["inputs"][0].items()
    assert found["inputs"][-1] == {
        "name": "not_assessed",
        "before": "long sick leave",
        "after": None,
        "at": "records/shop/2025-02/adjustments/J-2025-02-001.yaml:4:9",
    }


def test_whoever_was_assessed_is_not_assessed_after_all() -> None:
    files = closed(department("senior", scored("75"), scored("85")), "2025-01")
    assert month(files, "2025-02")["A001"]["tier"] == "middle"
    found = adjustment("2025-02", "2025-01", inputs="{not_assessed: on leave}")
    row = month(files | found, "2025-02")["A001"]
    assert row["tier"] == "senior"
    assert row["corrections"][0]["score"] == {"before": "75.0", "after": None}
    assert row["corrections"][0]["amount"] == "0.00"
    assert [row["corrections"][0]["inputs"][0][side] for side in ("before", "after")] == [None, "on leave"]


def test_a_complaint_that_is_dismissed_after_all() -> None:
    """Two complaints move a senior to middle and bar the first place; one of them is dismissed, then the other."""
    files = department("senior", scored("95"), scored("85"), others={"A008": scored("92"), "A009": scored("88")})
    files = closed(files | complaint("2025-01", 1) | complaint("2025-01", 2), "2025-01")
    assert month(files, "2025-02")["A001"]["tier"] == "middle"
    one = adjustment("2025-02", "2025-01", complaints="{C-2025-01-001: dismissed}")
    row = month(files | one, "2025-02")["A001"]
    assert (row["tier"], row["corrections"][0]["lines"]) == ("senior", [])
    assert row["corrections"][0]["complaints"] == [
        {
            "id": "C-2025-01-001",
            "before": "upheld",
            "after": "dismissed",
            "at": "records/shop/2025-02/adjustments/J-2025-02-001.yaml:4:29",
        }
    ]
    both = adjustment("2025-02", "2025-01", complaints="{C-2025-01-001: dismissed, C-2025-01-002: dismissed}")
    row = month(files | both, "2025-02")["A001"]
    assert {line: amount for line, amount in paid(row).items() if "@" in line} == {"star@2025-01": "100.00"}


def test_a_complaint_that_is_upheld_after_all() -> None:
    files = department("senior", scored("95"), scored("85"), others={"A008": scored("92"), "A009": scored("88")})
    files = closed(files | complaint("2025-01", 1, status="dismissed"), "2025-01")
    found = adjustment("2025-02", "2025-01", complaints="{C-2025-01-001: upheld}")
    row = month(files | found, "2025-02")["A001"]
    assert {line: amount for line, amount in paid(row).items() if "@" in line} == {"star@2025-01": "-100.00"}


def test_two_adjustments_about_one_month_in_two_months_come_to_the_last_one() -> None:
    """85 points were paid 400; first they are put right to 92, then, finally, to 78: in all nothing of it is due."""
    files = department("middle", scored("85"), scored("85"), scored("85"))
    files = closed(files, "2025-01") | adjustment("2025-02", "2025-01", inputs="{care: 52}")
    assert paid(month(files, "2025-02")["A001"])["bonus@2025-01"] == "200.00"
    assert month(files, "2025-02")["A001"]["tier"] == "senior"
    files = closed(files, "2025-02") | adjustment("2025-03", "2025-01", inputs="{care: 38}")
    row = month(files, "2025-03")["A001"]
    assert {line: amount for line, amount in paid(row).items() if "@" in line} == {"bonus@2025-01": "-600.00"}
    january, february = row["corrections"]
    assert [january["inputs"][0][side] for side in ("before", "after")] == ["52", "38"]
    assert january["score"] == {"before": "92.0", "after": "78.0"}
    assert (february["tier"], february["lines"]) == ({"before": "senior", "after": "middle"}, [])
    assert row["tier"] == "middle"


def test_a_month_that_holds_corrections_is_corrected_itself() -> None:
    """What is paid in February for January is none of February's own result."""
    files = department("middle", scored("85"), scored("85"), scored("85"))
    files = closed(files, "2025-01") | adjustment("2025-02", "2025-01", inputs="{care: 52}")
    files = closed(files, "2025-02") | adjustment("2025-03", "2025-02", inputs="{care: 55, commission: 7}")
    row = month(files, "2025-03")["A001"]
    assert {line: amount for line, amount in paid(row).items() if "@" in line} == {
        "bonus@2025-02": "200.00",
        "commission@2025-02": "7.00",
    }
    assert [found["month"] for found in row["corrections"]] == ["2025-02"]
    assert row["corrections"][0]["tier"] == {"before": "senior", "after": "senior"}
    assert findings_of(closed(files, "2025-03")) == []


def test_others_who_are_corrected_too_are_left_as_they_were_approved() -> None:
    """A001 and A002 are both restated to 93, ahead of A008 with 92: each wins the first place, alone."""
    lines = {"A001": scored("85"), "A002": scored("85"), "A008": scored("92"), "A009": scored("88")}
    files = shop({"A001": "middle", "A002": "middle", **SENIORS}, dict.fromkeys(("2025-01", "2025-02"), lines))
    files = closed(files, "2025-01")
    one = adjustment("2025-02", "2025-01", inputs="{care: 53}")
    other = adjustment("2025-02", "2025-01", 2, who="A002", inputs="{care: 54}")
    rows = month(files | one | other, "2025-02")
    for who in ("A001", "A002"):
        assert paid(rows[who])["star@2025-01"] == "100.00"
    assert paid(rows["A001"]) == paid(month(files | one, "2025-02")["A001"])


def test_a_total_below_zero_is_a_warning() -> None:
    files = department("middle", scored("85", "2000"), ABSENT)
    files = closed(files, "2025-01") | adjustment("2025-02", "2025-01", inputs="{commission: 0, care: 30}")
    place = "records/shop/2025-02/adjustments/J-2025-02-001.yaml:2:11"
    assert findings_of(files) == [f"{place}: warning: A001 is paid -1300.00 in 2025-02. [total-below-zero]"]


def test_what_has_no_value_when_it_is_restated_is_said_at_the_adjustment() -> None:
    files = closed(department("middle", scored("85"), scored("85")), "2025-01")
    files |= adjustment("2025-02", "2025-01", inputs="{calls: 0, answered: 0}")
    (found,) = keep(Files(files)).findings
    assert (found.rule.id, str(found.place).rpartition(":")[0]) == ("undefined", "policy/mini/2025-01.yaml:40")
    assert [str(place) for place in found.related] == ["records/shop/2025-02/adjustments/J-2025-02-001.yaml:2:11"]


def test_what_is_remembered_needs_no_replay(tmp_path: Path) -> None:
    files = department("junior", scored("75"), scored("92"), scored("85"), scored("85"))
    files = closed(files, "2025-01") | adjustment("2025-02", "2025-01", inputs="{care: 42}")
    cache, published = FolderCache(tmp_path), Published()
    keep(Files(files), cache, published)
    with patch.object(correcting, "compute_month", wraps=compute_month) as computed:
        again = Published(dict(published.written))
        keep(Files(files), cache, again)
        assert computed.call_count == 0
        # A change of the month before is one of the replay.
        changed = files | {
            "records/shop/2025-01/scores/day.yaml": files["records/shop/2025-01/scores/day.yaml"].replace(
                "care: 35", "care: 34"
            )
        }
        keep(Files(changed), cache, again)
        assert computed.call_count == 2
    fresh = Published()
    keep(Files(files), None, fresh)
    assert fresh.written == published.written


def test_a_later_month_is_the_same_from_what_is_remembered(tmp_path: Path) -> None:
    files = department("junior", scored("75"), scored("92"), scored("85"), scored("85"))
    files = closed(files, "2025-01") | adjustment("2025-02", "2025-01", inputs="{care: 42}")
    cache = FolderCache(tmp_path)
    keep(Files(files), cache, Published())
    last = "records/shop/2025-04/scores/day.yaml"
    changed = files | {last: files[last].replace("care: 45", "care: 52")}
    warm, fresh = Published(), Published()
    keep(Files(changed), cache, warm)
    keep(Files(changed), None, fresh)
    assert warm.written == fresh.written
    assert month(changed, "2025-04")["A001"]["tier"] == "senior"


def appeal(folder: str, about: str, **stated: str) -> dict[str, str]:
    name = f"P-{folder}-001"
    record = {
        "appeal": name,
        "agent": "A001",
        "about": about,
        "filed": f"{folder}-09",
        "grounds": "a call was left out",
        "status": "upheld",
        "decided": f"{{on: {folder}-12, by: zhao.lei}}",
        "outcome": "misread",
    } | stated
    text = "".join(f"{key}: {value}\n" for key, value in record.items())
    return {f"records/shop/{folder}/appeals/{name}.yaml": text}


def test_an_upheld_appeal_blocks_the_close_until_an_adjustment_names_it() -> None:
    files = closed(department("middle", scored("85"), scored("85")), "2025-01")
    files |= appeal("2025-02", "{month: 2025-01, input: care}")
    ledger = keep(Files(files), closing=("shop", Month(2025, 2)))
    assert [(each.rule.id, str(each.severity)) for each in ledger.findings] == [("not-adjusted", "error")]
    unnamed = files | adjustment("2025-02", "2025-01", inputs="{care: 50}")
    assert not keep(Files(unnamed), closing=("shop", Month(2025, 2))).clean
    named = files | adjustment("2025-02", "2025-01", inputs="{care: 50}", appeal="P-2025-02-001")
    assert keep(Files(named), closing=("shop", Month(2025, 2))).findings == ()


def test_an_appeal_upheld_about_a_month_that_is_open_needs_none() -> None:
    files = department("middle", scored("85"), scored("85")) | appeal("2025-02", "{month: 2025-01, input: care}")
    assert findings_of(files) == []


def test_an_appeal_that_went_without_its_adjustment_has_it_later() -> None:
    """A month that was closed before this was asked for is put right by a later month's adjustment."""
    files = department("middle", scored("85"), scored("85"), scored("85"))
    files = closed(files, "2025-01") | appeal("2025-02", "{month: 2025-01, input: care}", status="rejected")
    files = closed(files, "2025-02")
    files |= appeal("2025-02", "{month: 2025-01, input: care}")
    assert "not-adjusted" in rules_of(files)
    files |= adjustment("2025-03", "2025-01", inputs="{care: 50}", appeal="P-2025-02-001")
    assert "not-adjusted" not in rules_of(files)


def test_whoever_signed_the_sheet_does_not_decide_the_appeal() -> None:
    files = department("middle", scored("85"), scored("85"))
    path = "records/shop/2025-01/scores/day.yaml"
    files[path] = files[path].replace("assessor: wang.min", "assessor: chen.jun")
    for person, rules in (("chen.jun", ["self-review"]), ("wang.min", ["self-review"]), ("zhao.lei", [])):
        about = "{month: 2025-01, input: care}"
        found = appeal("2025-02", about, decided=f"{{on: 2025-02-12, by: {person}}}")
        assert rules_of(files | found) == rules


def test_a_later_id_comes_after_one_that_is_shorter() -> None:
    """J-2025-02-1000 is filed after J-2025-02-999, and a cell that both state is stated twice."""
    files = closed(department("middle", scored("85"), scored("85")), "2025-01")
    files |= adjustment("2025-02", "2025-01", 999, inputs="{care: 50}")
    files |= adjustment("2025-02", "2025-01", 1000, inputs="{care: 51}")
    (found,) = keep(Files(files)).findings
    assert (found.rule.id, found.place.path) == (
        "restated-twice",
        "records/shop/2025-02/adjustments/J-2025-02-1000.yaml",
    )
