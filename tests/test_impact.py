"""The impact of a drafted policy, on a small department whose results are worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from jsonschema import validate

from kpigen.effect.sides import sides
from kpigen.finding import Severity
from kpigen.impact.document import ImpactDocument, as_json
from kpigen.impact.drafting import DraftError, UnusedError, drafted
from kpigen.impact.report import MOST_CHARACTERS, as_markdown, as_text
from kpigen.impact.trial import Decided, Gain, Impact, MonthPaid, impact
from kpigen.text import Lang, catalogue
from tests.engine.mini import POLICY, Files, closed, scored, shop

EXPECTED = Path(__file__).parent / "impact_expected"
# A001 with 85 has the bonus of 400 and the star, A002 with 55 falls to junior and still has the second prize.
LINES = {"A001": scored("85", "100"), "A002": scored("55")}
TIERS = {"A001": "middle", "A002": "middle"}
BASE = shop(TIERS, {"2025-01": LINES, "2025-02": LINES, "2025-03": LINES})
RULES = BASE[POLICY]
PATH = "draft.yaml"


def draft(*edits: tuple[str, str]) -> str:
    """The policy with some words exchanged, as a version of a later month; its example left out."""
    text = RULES[: RULES.index("examples:")]
    for old, new in (("version: 2025-01", "version: 2025-06"), *edits):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def tried(text: str, months: int = 3, files: dict[str, str] = BASE, lang: Lang = Lang.EN) -> Impact:
    """What a draft would have changed."""
    snapshot = Files(files)
    found = drafted(snapshot, PATH, text.encode(), months)
    return impact(*sides(snapshot, found.snapshot), found, lang)


BONUS = ("600 if grade == high else 400", "600 if grade == high else 450")
LENIENT = ("from: [middle, senior], when: score < 60", "from: [middle, senior], when: score < 50")


def test_the_same_again_changes_nothing() -> None:
    found = tried(draft())
    assert (found.gains, found.moved, found.decided, found.missing, found.findings) == ((), (), (), (), ())
    assert as_text(found, Lang.EN).splitlines() == [
        "Draft of mini: draft.yaml",
        "In force from January 2025 to March 2025, it would have changed nothing.",
        "",
        "Pay of all, month by month",
        "  month      before     after  difference",
        "  2025-01  2,850.00  2,850.00          ±0",
        "  2025-02  2,850.00  2,850.00          ±0",
        "  2025-03  2,850.00  2,850.00          ±0",
    ]


def test_a_higher_amount_month_by_month() -> None:
    """The bonus of 450 is paid to A001 in the last two months: 2 × 50."""
    found = tried(draft(BONUS), months=2)
    assert found.months == (
        MonthPaid("shop", "2025-02", Decimal("2850.00"), Decimal("2900.00")),
        MonthPaid("shop", "2025-03", Decimal("2850.00"), Decimal("2900.00")),
    )
    assert found.gains == (Gain("A001", "Agent A001", Decimal("3400.00"), Decimal("3500.00")),)
    assert (found.moved, found.decided) == ((), ())  # the same rules applied, one of them to another amount
    assert (found.begin, found.last, found.agents) == ("2025-02", "2025-03", 2)


def test_a_tier_that_would_have_been_kept() -> None:
    """With 50 as the bound, A002 stays middle: neither demotion nor its bar on promotion, and nothing is paid more."""
    found = tried(draft(LENIENT))
    assert [(each.agent, each.tiers) for each in found.moved] == [("A002", ("junior", "middle"))]
    assert found.decided == (Decided("transition", "below-60", "3", "Middle, Senior → Junior", 1, 0),)
    assert found.gains == ()


def test_what_it_would_have_cost_somebody() -> None:
    found = tried(
        draft(("amount: 100, ties: all", "amount: 20, ties: all"), ("amount: 50, ties: all", "amount: 60, ties: all"))
    )
    assert [(each.agent, each.difference) for each in found.gains] == [("A002", Decimal(30)), ("A001", Decimal(-240))]
    assert "1 gain, 1 lose, 0 as before, 0 in another tier" in as_text(found, Lang.EN)
    gained, lost = (line for line in as_text(found, Lang.EN).splitlines() if "Agent A00" in line)
    assert gained.endswith("+30.00  ███")
    assert lost.endswith(f"−240.00  {'░' * 24}")


def test_an_input_that_past_sheets_lack_is_named_and_the_rest_is_computed() -> None:
    more = ("  wait: ", '  patience: {points: 10, name: {zh: 耐心, en: Patience}, clause: "2"}\n  wait: ')
    found = tried(draft(more, ("of: 100, round", "of: 110, round")))
    assert [(each.input, each.name, each.agent_months) for each in found.missing] == [("patience", "Patience", 6)]
    assert found.unassessed == 6
    # only the base is paid unassessed: 2 × 1,100 in each month
    assert [month.after for month in found.months] == [Decimal("2200.00")] * 3
    assert (
        "The past sheets lack Patience (patience): not assessed with this draft in 6 months of agents."
        in as_text(found, Lang.EN).splitlines()
    )
    assert not [each for each in found.findings if each.severity is Severity.ERROR]


def test_what_the_draft_has_no_input_for_is_left_aside() -> None:
    without = draft(
        ('  full_attendance: {flag: yes, name: {zh: 全勤, en: Full attendance}, clause: "4"}\n', ""),
        (
            '  - {id: attendance, name: {zh: 全勤, en: Attendance}, clause: "4", when: full_attendance, amount: 100}\n',
            "",
        ),
    )
    found = tried(without)
    assert (found.uncompared, found.findings, found.gains) == ((), (), ())


def test_a_closed_month_is_tried_as_well() -> None:
    found = tried(draft(BONUS), files=closed(BASE, "2025-01"))
    assert found.months[0].difference == Decimal(50)
    assert found.findings == ()  # the close holds what was approved, which is not what is asked here


def test_more_months_than_there_are() -> None:
    assert tried(draft(BONUS), months=120).begin == "2025-01"


def test_a_draft_that_cannot_be_computed_says_where() -> None:
    found = tried(draft(("when: score < 60, to: junior", "when: scoer < 60, to: junior")))
    assert found.months == ()
    assert found.uncompared == ("shop 2025-01", "shop 2025-02", "shop 2025-03")
    (finding,) = [each for each in found.findings if each.severity is Severity.ERROR]
    assert (finding.place.path, finding.place.line) == (PATH, 62)
    said = as_text(found, Lang.EN).splitlines()
    assert said[1] == "Nothing could be computed with this draft."
    assert said[2] == "Not computed, for there are errors: shop 2025-01, shop 2025-02, shop 2025-03"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a\n- b\n", None),
        ("policy: mini\n", "This is no policy version: it does not state `version`."),
        ("month: 2025-01\nteam: day\n", "This is no policy version: it does not state `policy`."),
        ("policy: mini\nversion: June\n", "“June” is no month; write it like 2026-09"),
    ],
)
def test_what_is_no_policy_version(text: str, said: str | None) -> None:
    with pytest.raises(DraftError) as caught:
        drafted(Files(BASE), PATH, text.encode(), 3)
    assert all(each.place.path == PATH for each in caught.value.findings)
    if said:
        assert [each.message.said(Lang.EN) for each in caught.value.findings] == [said]


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ("mimi", "There is no policy mimi; did you mean mini?"),
        ("zzz", "No department has months under zzz."),
    ],
)
def test_a_draft_of_another_policy(policy: str, said: str) -> None:
    with pytest.raises(UnusedError) as caught:
        drafted(Files(BASE), PATH, f"policy: {policy}\nversion: 2025-06\n".encode(), 3)
    (finding,) = caught.value.findings
    assert (finding.message.said(Lang.EN), str(finding.place)) == (said, "draft.yaml:1:9")


def test_the_comment_is_short_however_many_there_are() -> None:
    lines = {f"A{number:03}": scored("85") for number in range(1, 120)}
    many = shop(dict.fromkeys(lines, "middle"), {"2025-01": lines})
    found = tried(draft(BONUS, LENIENT), files=many)
    written = as_markdown([found] * 3, Lang.EN)
    assert len(written) <= MOST_CHARACTERS + 3
    assert written.count("#### Draft of mini: draft.yaml") == 3
    assert "… and 109 more between" in as_markdown([found], Lang.EN)


def test_as_json_everything_fits_its_schema() -> None:
    document = msgspec.json.decode(as_json([tried(draft(BONUS))], Lang.EN))
    validate(document, msgspec.json.schema(ImpactDocument))
    (one,) = document["drafts"]
    assert (one["before"], one["after"], one["difference"]) == ("8550.00", "8700.00", "150.00")
    assert one["gains"] == [
        {"agent": "A001", "name": "Agent A001", "before": "5100.00", "after": "5250.00", "difference": "150.00"}
    ]


@pytest.mark.parametrize("lang", list(Lang))
def test_the_comment_word_for_word(lang: Lang, *, bless: bool) -> None:
    if lang is Lang.ZH and "Who gains and who loses" not in catalogue(lang):
        pytest.skip("the catalogue does not have these texts yet")
    written = as_markdown([tried(draft(BONUS, LENIENT), lang=lang)], lang)
    file = EXPECTED / f"comment.{lang}.md"
    if bless:
        file.parent.mkdir(exist_ok=True)
        file.write_text(written, "utf-8")
    assert written == file.read_text("utf-8")
