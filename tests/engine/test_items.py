"""Conversions in a whole policy: from a line of a sheet to the item's points, and what a policy may not say."""

from __future__ import annotations

import pytest

from tests.engine.mini import BASE, POLICY, changed, findings_of, month

DAY = "records/shop/2025-01/scores/day.yaml"
NIGHT = "records/shop/2025-01/scores/night.yaml"
ITEM = next(line for line in BASE[POLICY].splitlines() if line.startswith("  promptness:"))
WAIT = next(line for line in BASE[POLICY].splitlines() if line.startswith("  wait:"))
ABOUT = 'name: {zh: 应答, en: Promptness}, clause: "2"}'


Cells = tuple[str, str, str]


def with_item(conversion: str, *, wait: str = WAIT, cells: Cells = ("20", "45", "n/a")) -> dict[str, str]:
    """The base's first month, its item of 15 points converted otherwise."""
    files = changed(
        (POLICY, ITEM, f"  promptness: {{points: 15, {conversion}, {ABOUT}"),
        (POLICY, WAIT, wait),
        (DAY, "wait: 20", f"wait: {cells[0]}"),
        (DAY, "wait: 45", f"wait: {cells[1]}"),
        (NIGHT, "wait: n/a", f"wait: {cells[2]}"),
    )
    return {path: text for path, text in files.items() if "/2025-02/" not in path and "/2025-03/" not in path}


def points(files: dict[str, str]) -> dict[str, str | None]:
    agents = month(files)
    return {
        name: next(item["points"] for item in agent["items"] if item["id"] == "promptness")
        for name, agent in agents.items()
    }


def rating(words: str, extra: str = "") -> str:
    return f'  wait: {{rating: [{words}]{extra}, name: {{zh: 等待, en: Wait}}, clause: "2"}}'


def test_ratings() -> None:
    files = with_item(
        "of: wait, ratings: {poor: 0, fair: 8, good: 15}",
        wait=rating("poor, fair, good"),
        cells=("good", "fair", "n/a"),
    )
    assert points(files) == {"A001": "15", "A002": "8", "A003": None}


def test_a_word_that_is_no_rating() -> None:
    words = "of: wait, ratings: {poor: 0, fair: 8, good: 15}"
    files = with_item(words, wait=rating("poor, fair, good"), cells=("goood", "fair", "n/a"))
    assert findings_of(files) == [
        "records/shop/2025-01/scores/day.yaml:6:53: error: goood is no word of this rating. [cell]"
    ]


def test_the_share_of_a_target() -> None:
    # 12 points for 40; 20/40 × 12 = 6, 45/40 × 12 = 13.5, 60/40 × 12 = 18, at most 15
    files = with_item("of: wait, share_of: 40, full: 12", cells=("20", "45", "60"))
    assert points(files) == {"A001": "6", "A002": "13.5", "A003": "15"}


def test_deductions_for_every_occurrence() -> None:
    event = (
        "event: E-2025-01-00{n}\nagent: {agent}\nkind: slip\non: 2025-01-1{n}\nproposed: wang.min\nreviewed: zhao.lei\n"
    )
    files = with_item("less: [{per: events(slip), points: 4}, {per: upheld_complaints * 2, points: 1}], floor: 3")
    files |= {
        f"records/shop/2025-01/events/E-2025-01-00{n}.yaml": event.replace("{n}", str(n)).replace("{agent}", agent)
        for n, agent in enumerate(["A001", "A002", "A002", "A002", "A002"], start=4)
    }
    found = points(files)
    assert (found["A001"], found["A002"]) == ("11", "3")  # 15 - 4; 15 - 16 is below the floor


def test_parts_and_a_part_that_does_not_apply() -> None:
    files = with_item(
        "parts: [{of: wait / 60 * 10, points: 10}, {of: answered / calls * 5, points: 5}], round: {to: 0.01}"
    )
    # 20/60 × 10 = 3.333… + 170/200 × 5 = 4.25; 45/60 × 10 = 7.5 + 0.8 × 5 = 4; only 0.9 × 5 = 4.5 of 5, × 15 ÷ 5
    assert points(files) == {"A001": "7.58", "A002": "11.50", "A003": "13.50"}


@pytest.mark.parametrize(("missing", "third"), [("reweigh", "13.50"), ("drop", None)])
def test_a_rater_who_did_not_rate(missing: str, third: str | None) -> None:
    two = "raters: [{of: wait / 4, weight: 40}, {of: answered / calls * 15, weight: 60}]"
    files = with_item(f"{two}, missing: {missing}, round: {{to: 0.01}}")
    # 0.4 × 5 + 0.6 × 12.75 = 9.65; 0.4 × 11.25 + 0.6 × 12 = 11.7; 0.9 × 15 alone
    assert points(files) == {"A001": "9.65", "A002": "11.70", "A003": third}


def test_an_input_that_may_be_left_out_is_not_applicable_never_zero() -> None:
    wait = WAIT.replace("measure: s,", "measure: s, missing: allowed,")
    files = with_item("of: wait, bands: [{from: 0, points: 15}]", wait=wait)
    files[NIGHT] = files[NIGHT].replace("wait: n/a, ", "")
    assert points(files) == {"A001": "15", "A002": "15", "A003": None}


def test_an_input_that_always_applies() -> None:
    wait = WAIT.replace("measure: s,", "measure: s, applicable: always,")
    assert findings_of(with_item("of: wait, bands: [{from: 0, points: 15}]", wait=wait)) == [
        "records/shop/2025-01/scores/night.yaml:6:55: error: The policy does not let this be “n/a”. [cell]"
    ]


def test_a_breach_is_an_automatic_zero_and_cites_its_record() -> None:
    files = with_item("of: wait, bands: [{from: 0, points: 15}], zero_when: events(slip) >= 1")
    files["records/shop/2025-01/events/E-2025-01-009.yaml"] = (
        "event: E-2025-01-009\nagent: A001\nkind: slip\non: 2025-01-19\nproposed: wang.min\nreviewed: zhao.lei\n"
    )
    agent = month(files)["A001"]
    item = next(each for each in agent["items"] if each["id"] == "promptness")
    assert item["points"] == "0"
    rows = agent["figures"]
    breach = rows[rows[item["figure"]]["of"][0]]
    counted = rows[breach["of"][0]]
    assert [rows[each]["at"] for each in counted["of"]] == ["records/shop/2025-01/events/E-2025-01-009.yaml:3:7"]


@pytest.mark.parametrize(
    ("conversion", "said"),
    [
        ("of: wait, line: [[0, 15]]", "A line needs at least two points."),
        ("of: full_attendance, bands: [{from: 0, points: 15}]", "Only a number can be converted like this."),
        ("of: wait, bands: []", "There are no bands."),
        ("of: wait, ratings: {good: 15}", "Only an input that is a rating has words to be converted."),
        ("of: wait, share_of: 40, full: 16", "16 points are not between 0 and the item's 15."),
        ("of: wait, share_of: minimum_wage", "The target is stated in another unit than what was reached."),
        ("less: []", "There is nothing to deduct."),
        ("less: [{per: events(slip), points: 2}], floor: 15", "15 points are not between 0 and the item's 15."),
        ("parts: [{of: wait, points: 10}]", "The parts add up to 10 points, the item has 15."),
        ("raters: [{of: wait, weight: 90}], missing: drop", "The raters' weights add up to 90, not to 100."),
    ],
)
def test_what_a_conversion_may_not_say(conversion: str, said: str) -> None:
    found = [line.partition(": error: ")[2] for line in findings_of(with_item(conversion))]
    assert f"{said} [conversion]" in found


@pytest.mark.parametrize(
    ("ratings", "said"),
    [
        ("poor: 0, good: 15", "The points of fair are missing."),
        ("poor: 0, fair: 8, good: 15, best: 15", "best is no word of this rating."),
        ("poor: 9, fair: 8, good: 15", "A better rating has fewer points than a worse one."),
        ("poor: 0, fair: 8, good: 14", "No value of the measure reaches the item's 15 points."),
        ("poor: 0, fair: 16, good: 15", "16 points are not between 0 and the item's 15."),
    ],
)
def test_what_ratings_may_not_say(ratings: str, said: str) -> None:
    files = with_item(
        f"of: wait, ratings: {{{ratings}}}", wait=rating("poor, fair, good"), cells=("good", "fair", "n/a")
    )
    assert f"{said} [conversion]" in [line.partition(": error: ")[2] for line in findings_of(files)]


def test_points_that_add_up_to_more_than_the_scale_are_scaled_openly() -> None:
    files = changed(
        (POLICY, "score: {sum: points, of: 100,", "score: {sum: points, points: 110, of: 100,"),
        (POLICY, "care:            {points: 60", "care:            {points: 70"),
    )
    # 54 + 18.75 + 15 = 87.75 of 110 = 79.77…; 40 + 12.5 + 9 = 61.5 = 55.90…; n/a drops 15: (57.5 + 25) ÷ 95 = 86.84…
    assert {name: agent["score"] for name, agent in month(files).items()} == {
        "A001": "79.8",
        "A002": "55.9",
        "A003": "86.8",
    }
