"""The effect, on a small department whose results are worked out by hand: who changes, by which rule and line."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from jsonschema import validate

from kpigen.comparison import Row
from kpigen.effect.changes import Change, Changed, Effect, MonthChange, Uncompared, effect
from kpigen.effect.document import EffectDocument, as_json
from kpigen.effect.report import MOST_CHARACTERS, as_markdown, as_text
from kpigen.effect.sides import sides
from kpigen.effect.stated import Cause
from kpigen.finding import Finding, Place, Rule
from kpigen.text import Lang, catalogue, say
from tests.engine.mini import ABSENT, POLICY, Files, closed, complaint, event, scored, shop

if TYPE_CHECKING:
    from collections.abc import Mapping

EXPECTED = Path(__file__).parent / "effect_expected"
SHEET = "records/shop/2025-01/scores/day.yaml"
# 85: middle, 1100 + 400. A001 leads: the star, 100. A002 comes second: 50. A003 has 70: no bonus.
JANUARY = {"A001": scored("85", "100"), "A002": scored("84"), "A003": scored("70")}
TIERS = {"A001": "middle", "A002": "middle", "A003": "middle"}
BASE = shop(TIERS, {"2025-01": JANUARY, "2025-02": JANUARY})


def compared(old: dict[str, str], new: dict[str, str], lang: Lang = Lang.EN) -> Effect:
    """What differs between two repositories."""
    return effect(*sides(Files(old), Files(new)), lang)


def with_line(month: str, agent: str, line: str, base: Mapping[str, str] = BASE) -> dict[str, str]:
    """The base with another line of an agent in a month."""
    path = f"records/shop/{month}/scores/day.yaml"
    lines = [f"  {agent}: {line}" if each.startswith(f"  {agent}:") else each for each in base[path].split("\n")]
    assert lines != base[path].split("\n")
    return {**base, path: "\n".join(lines)}


def rows(change: Change) -> list[tuple[str, ...]]:
    """Kind, id, before, after and the kinds of the causes of each row."""
    return [
        (
            *(each.row.kind, each.row.id, each.row.now, each.row.then),
            " ".join(f"{change.causes[at].kind}:{change.causes[at].id}" for at in each.causes),
        )
        for each in change.rows
    ]


def test_nothing_differs() -> None:
    found = compared(BASE, BASE)
    assert found.nothing
    assert as_text(found, Lang.EN) == "Nothing is computed differently."
    assert as_markdown(found, Lang.EN).startswith("**Nothing is computed differently.**\n")


def test_a_comment_in_a_sheet_or_another_line_ending_changes_nothing() -> None:
    assert compared(BASE, {**BASE, SHEET: f"# 一月\n\n{BASE[SHEET]}"}).nothing
    assert compared(BASE, {**BASE, SHEET: BASE[SHEET].replace("\n", "\r\n")}).nothing


def test_an_amount_touches_its_month_alone() -> None:
    found = compared(BASE, with_line("2025-01", "A001", scored("85", "130.50")))
    (month,) = found.months
    (change,) = month.changes
    assert (month.month, month.pay, month.difference) == (
        "2025-01",
        (Decimal("4350.00"), Decimal("4380.50")),
        Decimal("30.50"),
    )
    assert rows(change) == [
        ("line", "commission", "100.00", "130.50", "input:commission"),
        ("pay", "", "1,700.00", "1,730.50", "input:commission"),
    ]
    (cause,) = change.causes
    assert (cause.name, cause.before, cause.after, cause.at) == ("Commission", "100", "130.50", f"{SHEET}:6:67")


def test_a_score_moves_the_tier_the_awards_and_the_next_month() -> None:
    """A001 falls from 85 to 55: no bonus and no star, junior from February on, where juniors have no commission."""
    found = compared(BASE, with_line("2025-01", "A001", scored("55", "100")))
    january, february = found.months
    first, second, third = january.changes
    by = "input:care"
    assert rows(first) == [
        ("score", "", "85.0", "55.0", by),
        ("grade", "", "Mid", "Low", by),
        ("next_tier", "below-60", "Middle", "Junior", by),
        ("rank", "", "1", "3", by),
        ("line", "bonus", "400.00", "0.00", by),
        ("line", "star", "100.00", "0.00", by),
        ("pay", "", "1,700.00", "1,200.00", by),
        ("award", "star", "yes", "–", by),
    ]
    # A002 is first now: the star instead of the second prize, and nothing of A002's own was touched
    others = "others:A001"
    assert (second.agent, [each for each in rows(second) if each[0] != "item"]) == (
        "A002",
        [
            ("rank", "", "2", "1", others),
            ("line", "runner-up", "50.00", "0.00", others),
            ("line", "star", "0.00", "100.00", others),
            ("pay", "", "1,550.00", "1,600.00", others),
            ("award", "runner-up", "yes", "–", others),
            ("award", "star", "–", "yes", others),
        ],
    )
    # A003 comes second with 70, and wins 50
    assert (third.agent, third.pay) == ("A003", ("1100.00", "1150.00"))
    assert january.difference == Decimal(-400)
    (later,) = february.changes
    before = "earlier:2025-01"
    assert rows(later) == [
        ("tier", "", "Middle", "Junior", before),
        ("next_tier", "", "Middle", "Junior", before),  # no promotion in the quarter of a demotion
        ("line", "bonus", "400.00", "0.00", before),
        ("line", "commission", "100.00", "0.00", before),
        ("pay", "", "1,700.00", "1,200.00", before),
    ]
    assert found.difference == Decimal(-900)


def test_a_complaint_is_the_cause_of_what_it_costs_and_of_nothing_else() -> None:
    """One upheld complaint bars A001 from the star; the bonus and the commission stay."""
    found = compared(BASE, {**BASE, **complaint("2025-02")})
    (month,) = found.months
    first = next(each for each in month.changes if each.agent == "A001")
    assert rows(first) == [
        ("line", "star", "100.00", "0.00", "complaint:C-2025-02-001"),
        ("pay", "", "1,700.00", "1,600.00", "complaint:C-2025-02-001"),
        ("award", "star", "yes", "–", "complaint:C-2025-02-001"),
    ]
    assert first.causes[0].at == "records/shop/2025-02/complaints/C-2025-02-001.yaml:7:9"
    assert (first.causes[0].before, first.causes[0].after) == ("–", "upheld, Attitude")
    assert [each.agent for each in month.changes] == ["A001", "A002", "A003"]  # −100, +50, +50


def test_of_two_causes_each_row_has_its_own() -> None:
    """More commission, and a loss of 86 that is deducted: 20 % of 1,750 and 690 above the minimum allow it."""
    changed = {**with_line("2025-02", "A001", scored("85", "150")), **event("2025-02")}
    ((change,),) = ([*month.changes] for month in compared(BASE, changed).months)
    assert rows(change) == [
        ("line", "commission", "100.00", "150.00", "input:commission"),
        ("line", "loss", "0.00", "−86.00", "input:commission event:E-2025-02-001"),
        ("pay", "", "1,700.00", "1,664.00", "input:commission event:E-2025-02-001"),
    ]
    assert as_text(compared(BASE, changed), Lang.EN).splitlines()[2:] == [
        "Shop service · February 2025 · pay 4,350.00 → 4,314.00 (−36.00)",
        "  A001 Agent A001 · pay 1,700.00 → 1,664.00 (−36.00)",
        "    because  1.  Commission 100 → 150                records/shop/2025-02/scores/day.yaml:6:67",
        "             2.  event E-2025-02-001 – → Loss 86.00  records/shop/2025-02/events/E-2025-02-001.yaml:3:7",
        "    Commission  100.00 → 150.00  +50.00  clause 4 commission         ← 1",
        "    Loss        0.00 → −86.00    −86.00  now applies: clause 4 loss  ← 1, 2",
    ]


def test_only_the_rank_of_others_changes_is_one_line() -> None:
    # A003 from 70 to 88 leads; but a slip bars A003 from the awards, so that the others keep theirs
    base = {**BASE, **event("2025-02", agent="A003", kind="slip", amount="")}
    found = compared(base, with_line("2025-02", "A003", scored("75"), base))
    assert found.months[0].rank_only == ()
    found = compared(base, with_line("2025-02", "A003", scored("84.5"), base))
    (month,) = found.months
    assert [each.agent for each in month.changes] == ["A003"]
    assert month.rank_only == ("A002",)
    assert "Only the rank changes of 1 agent: A002" in as_text(found, Lang.EN)
    assert as_text(found, Lang.EN).startswith("1 agent in 1 month: pay +400.00. Only the rank changes of 1 agent.\n")


def test_a_month_that_is_new_is_a_table() -> None:
    new = shop(TIERS, {"2025-01": JANUARY, "2025-02": JANUARY, "2025-03": {**JANUARY, "A003": ABSENT}})
    found = compared(BASE, new)
    (month,) = found.months
    assert (month.state, month.pay, month.status) == ("new", (None, Decimal("4350.00")), (None, "draft"))
    assert as_text(found, Lang.EN).splitlines() == [
        "1 month new: 3 agents, pay 4,350.00.",
        "",
        "Shop service · March 2025 · new · pay 4,350.00",
        "  agent            score  tier         pay  awards and what is to be done",
        "  A001 Agent A001   85.0  Middle  1,700.00  Star",
        "  A002 Agent A002   84.0  Middle  1,550.00  Runner-up",
        "  A003 Agent A003      –  Middle  1,100.00",
    ]
    assert as_text(compared(new, BASE), Lang.EN).splitlines()[:3] == [
        "1 month gone: 3 agents, pay 4,350.00.",
        "",
        "Shop service · March 2025 · gone · pay 4,350.00",
    ]


def test_the_first_month_of_all_and_a_department_that_is_gone() -> None:
    nothing = {POLICY: BASE[POLICY]}
    assert [(each.month, each.state) for each in compared(nothing, BASE).months] == [
        ("2025-01", "new"),
        ("2025-02", "new"),
    ]
    gone = compared(BASE, nothing)
    assert [(each.month, each.state, each.difference) for each in gone.months] == [
        ("2025-01", "gone", Decimal("-4350.00")),
        ("2025-02", "gone", Decimal("-4350.00")),
    ]
    assert gone.uncompared == ()


def test_an_agent_with_another_id_is_one_gone_and_one_new() -> None:
    renamed = {path.replace("A003", "A009"): text.replace("A003", "A009") for path, text in BASE.items()}
    found = compared(BASE, renamed)
    assert [(each.agent, each.state) for month in found.months for each in month.changes] == [
        *(("A003", "gone"), ("A009", "new")),
        *(("A003", "gone"), ("A009", "new")),
    ]
    assert found.difference == 0
    assert {month.difference for month in found.months} == {0}


def test_a_month_that_is_closed_in_between_differs_in_its_status_only() -> None:
    found = compared(BASE, closed(BASE, "2025-01"))
    (month,) = found.months
    assert (month.status, month.changes, month.rank_only) == (("draft", "closed"), (), ())
    assert as_text(found, Lang.EN).splitlines() == [
        "1 month closed.",
        "",
        "Shop service · January 2025 · closed · pay 4,350.00",
    ]


def test_a_changed_rule_of_the_policy_is_named_by_its_clause() -> None:
    changed = {**BASE, POLICY: BASE[POLICY].replace("600 if grade == high else 400", "600 if grade == high else 450")}
    found = compared(BASE, changed)
    change = found.months[0].changes[0]
    assert rows(change) == [
        ("line", "bonus", "400.00", "450.00", "policy:4"),
        ("pay", "", "1,700.00", "1,750.00", "policy:4"),
    ]
    (cause,) = change.causes
    assert (cause.name, cause.at) == ("Bonus", f"{POLICY}:68:5")
    assert "400" in cause.before
    assert "450" in cause.after
    assert len(found.months) == 2
    assert [len(each.changes) for each in found.months] == [2, 2]  # A003 has no bonus


def test_an_adjustment_is_paid_in_the_month_that_holds_it() -> None:
    """97 points instead of 85 in January: a bonus of 600 instead of 400, and senior from February on."""
    base = closed(BASE, "2025-01")
    path = "records/shop/2025-02/adjustments/J-2025-02-001.yaml"
    adjustment = "adjustment: J-2025-02-001\ncorrects: 2025-01\nagent: A001\ninputs: {care: 57}\nreason: counted anew\n"
    found = compared(base, {**base, path: adjustment})
    assert as_text(found, Lang.EN).splitlines() == [
        "1 agent in 1 month: pay +200.00.",
        "",
        "Shop service · February 2025 · pay 4,350.00 → 4,550.00 (+200.00)",
        "  A001 Agent A001 · pay 1,700.00 → 1,900.00 (+200.00)",
        f"    because    J-2025-02-001, January 2025: Care 45 → 57  {path}:4:16",
        "    tier                               Middle → Senior",
        "    tier from next month               Middle → Senior",
        "    Bonus, correction of January 2025  0.00 → 200.00    +200.00  clause 4 bonus",
    ]


def test_errors_come_first_and_what_can_be_compared_is() -> None:
    wrong = with_line("2025-02", "A001", scored("185"), with_line("2025-01", "A001", scored("85", "130")))
    found = compared(BASE, wrong)
    assert [each.month for each in found.months] == ["2025-01"]
    assert [(each.department, each.months, each.before, each.after) for each in found.uncompared] == [
        ("shop", ("2025-02",), False, True)
    ]
    said = as_text(found, Lang.EN).splitlines()
    assert said[0] == "Errors that this brings (1):"
    assert said[2] == "shop, February 2025: not compared, for errors keep it from being computed."
    assert said[3] == "1 agent in 1 month: pay +30.00."
    solved = compared(wrong, BASE)
    assert solved.new == ()
    assert len(solved.solved) == 1
    assert "for the base has errors" in as_text(solved, Lang.EN)
    both = compared(wrong, with_line("2025-02", "A002", scored("50"), wrong))
    assert both.months == ()
    assert "for both sides have errors" in as_text(both, Lang.EN)


def test_a_finding_that_only_moved_to_another_line_is_neither_new_nor_solved() -> None:
    wrong = with_line("2025-02", "A001", scored("185"))
    path = "records/shop/2025-02/scores/day.yaml"
    found = compared(wrong, {**wrong, path: f"# one line more\n{wrong[path]}"})
    assert (found.new, found.solved) == ((), ())


def test_what_cannot_differ_is_not_compared() -> None:
    before, after = sides(Files(BASE), Files(with_line("2025-02", "A001", scored("85", "150"))))
    assert [path for path in before.documents if path != "v1/index.json"] == ["v1/shop/2025-02.json"]
    assert before.documents.keys() == after.documents.keys()
    unchanged, _ = sides(Files(BASE), Files(BASE))
    assert list(unchanged.documents) == ["v1/index.json"]


HOSTILE = (
    "@everyone #1 <img src=x> | `x` [x](http://a.example) ![] www.a.example </details> GH-12 *b* _i_ ~s~ a@b.example "
    "\u202e\n# x"
)


@pytest.mark.parametrize("state", ["changed", "new"])
def test_nothing_of_a_record_is_live_in_the_comment(state: str) -> None:
    bad = HOSTILE
    cause = Cause("input", bad, bad, bad, bad, bad)
    kinds = ("score", "next_tier", "line", "award", "action")
    told = tuple(Changed(Row(kind, bad, bad, bad, bad, (bad, bad), bad, bad), (0, 1)) for kind in kinds)
    pay = ("1.00", "2.00") if state == "changed" else (None, "2.00")
    change = Change(bad, "2025-01", "A001", bad, pay, told, (cause, Cause("others", bad, bad)))
    paid = (Decimal(1) if state == "changed" else None, Decimal(2))
    month = MonthChange(bad, bad, "2025-01", paid, ("draft", "draft"), (1, 1), (change,), ("A002",))
    finding = Finding.of(Rule("cell"), Place(bad, 1, 1), say("It is {bad}.", bad=bad))
    uncompared = Uncompared(bad, ("2025-01",), before=True, after=False)
    written = as_markdown(Effect((month,), (finding,), (finding,), (uncompared,)), Lang.EN)
    # What stands as code is live nowhere; it must only not end too early.
    bare = re.sub(r"`[^`\n]*`", "", written).replace("&#", "").replace("#### ", "").replace("**", "")
    for sign in ("@", "<img", "://", "![", "www.", "`", "[", "*", "_", "~", "\u202e", "#", "GH-", "\n# x"):
        assert sign not in bare, sign
    assert "&#64;&#8203;everyone" in written
    folded = 1 if state == "changed" else 0
    assert [bare.count(tag) for tag in ("<details>", "</details>", "<summary>", "</summary>")] == [folded] * 4
    assert {line.count("|") for line in written.splitlines() if line.startswith("|")} <= {6, 8}
    assert "\u202e" not in as_text(Effect((month,), (finding,)), Lang.EN)


def test_a_hostile_name_of_a_real_record_is_inert_too() -> None:
    name = "@everyone <img src=x> | `x` [x](http://a.example) </details>"
    path = "records/shop/agents/A001.yaml"
    base = {**BASE, path: BASE[path].replace("Agent A001", f"'{name}'")}
    found = compared(base, with_line("2025-01", "A001", scored("55", "100"), base))
    assert found.months[0].changes[0].name == name
    assert "&#64;&#8203;everyone &#60;img src=x&#62; &#124; &#96;x&#96; &#91;x&#93;" in as_markdown(found, Lang.EN)


def test_a_comment_is_cut_with_a_count() -> None:
    cause = Cause("input", "care", "Care", "1", "2", "records/shop/2025-01/scores/day.yaml:5:1")
    row = Row("score", "", "score", "1", "2", ("1", "2"), "+1")
    changes = tuple(
        Change("shop", "2025-01", f"A{number:04}", "x" * 30, ("1.00", "2.00"), (Changed(row, (0,)),), (cause,))
        for number in range(1000)
    )
    month = MonthChange(
        "shop", "Shop", "2025-01", (Decimal(1), Decimal(2)), ("draft", "draft"), (1000, 1000), changes, ()
    )
    written = as_markdown(Effect((month,)), Lang.EN)
    assert MOST_CHARACTERS - 1000 < len(written) <= MOST_CHARACTERS
    shown = written.count("<details>")
    assert written.endswith(f"\n… and {1000 - shown} more; kpigen diff shows all.\n")
    assert written.count("</details>") == shown


def test_as_json_everything_is_in_a_fixed_order_and_fits_its_schema() -> None:
    found = compared(BASE, {**with_line("2025-01", "A001", scored("55", "100")), **complaint("2025-02")})
    written = as_json(found, Lang.EN)
    assert written == as_json(
        compared(BASE, {**complaint("2025-02"), **with_line("2025-01", "A001", scored("55", "100"))}), Lang.EN
    )
    document = msgspec.json.decode(written)
    validate(document, msgspec.json.schema(EffectDocument))
    assert list(document) == ["schema", "difference", "months", "findings", "uncompared"]
    row = document["months"][0]["changes"][0]["rows"][2]
    assert row == {
        "kind": "next_tier",
        "id": "below-60",
        "name": "tier from next month",
        "before": "middle",
        "after": "junior",
        "clause": "3",
        "applied": [False, True],
        "causes": [0],
    }


@pytest.mark.parametrize("lang", list(Lang))
def test_the_comment_word_for_word(lang: Lang, *, bless: bool) -> None:
    if lang is Lang.ZH and "Nothing is computed differently." not in catalogue(lang):
        pytest.skip("the catalogue does not have these texts yet")
    changed = {**with_line("2025-01", "A001", scored("55", "100")), **complaint("2025-02", agent="A002")}
    written = as_markdown(compared(BASE, changed, lang), lang)
    file = EXPECTED / f"comment.{lang}.md"
    if bless:
        file.parent.mkdir(exist_ok=True)
        file.write_text(written, "utf-8")
    assert written == file.read_text("utf-8")
