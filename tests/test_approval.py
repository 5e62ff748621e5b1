"""Who may approve what: people are the base's, whoever submits does not approve, and only the last word counts."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from kpigen.approval.demand import Proposal
from kpigen.approval.notice import MAX_NOTICE, NoticeError, Pull, Review, read_pull, read_reviews
from kpigen.approval.report import as_json, as_markdown, as_text
from kpigen.approval.verdict import Verdict, judge
from kpigen.text import Lang
from tests.engine.mini import BASE, Files, changed, close, complaint, event

PEOPLE = """\
administrators: [gu.an, ding.wei]
accounts: {gu.an: gu-an, ding.wei: dingwei, wang.min: wang-min, chen.jun: chenjun, zhao.lei: zhaolei, li.na: lina}
"""
DEPARTMENT = BASE["records/shop/department.yaml"].replace("reviewers: [zhao.lei]", "reviewers: [zhao.lei, li.na]")
OFFICE = BASE | {"records/people.yaml": PEOPLE, "records/shop/department.yaml": DEPARTMENT}
SHEET = "records/shop/2025-02/scores/day.yaml"
CLOSE = "records/shop/2025-01/close.yaml"
HEAD = "a" * 40
OLD = "b" * 40


def said(account: str, state: str = "APPROVED", commit: str | None = HEAD) -> Review:
    return Review(account, state, commit)


def verdict(
    author: str | None,
    paths: dict[str, str | None] | str,
    *reviews: Review,
    base: dict[str, str] | None = None,
    signers: tuple[str, ...] = (),
) -> Verdict:
    """Judge a proposal: a path alone stands for a change that nobody looks into."""
    approved = base or OFFICE
    stated = {paths: approved.get(paths, "x: 1\n")} if isinstance(paths, str) else paths
    head = {path: text for path, text in (approved | stated).items() if text is not None}
    proposal = Proposal(Files(approved), Files(head), frozenset(stated))
    return judge(proposal, Pull(7, author, HEAD), reviews, signers)


def missing(found: Verdict) -> list[str]:
    return [
        f"{each.place}: {each.severity}: {each.message.said(Lang.EN)} [{each.rule.id}] "
        f"{each.hint.said(Lang.EN) if each.hint else ''}"
        for each in found.findings
    ]


def may(found: Verdict) -> list[list[str]]:
    return [sorted(each.demand.may) for each in found.answers]


# Sheets


def test_a_supervisor_submits_and_another_person_approves() -> None:
    assert missing(verdict("wang-min", SHEET)) == [
        (
            f"{SHEET}: error: An approval is missing: the sheet of day, "
            f"2025-02. [approval-missing] Ask for a review by "
            "one of: chen.jun (chenjun), ding.wei (dingwei), gu.an (gu-an), li.na (lina), zhao.lei (zhaolei)."
        )
    ]
    assert missing(verdict("wang-min", SHEET, said("zhaolei"))) == []


def test_hosts_do_not_tell_capitals_in_accounts() -> None:
    assert missing(verdict("Wang-Min", SHEET, said("ZhaoLei"))) == []


def test_another_person_submits_and_the_supervisor_approves() -> None:
    assert may(verdict("zhaolei", SHEET)) == [["wang.min"]]
    assert missing(verdict("zhaolei", SHEET, said("wang-min"))) == []
    assert missing(verdict("zhaolei", SHEET, said("lina"))) == [
        (
            f"{SHEET}: error: An approval is missing: the sheet of day, 2025-02, by its supervisor. [approval-missing] "
            "Ask for a review by one of: wang.min (wang-min)."
        )
    ]


@pytest.mark.parametrize("author", ["github-actions[bot]", "stranger", None])
def test_a_robot_or_a_stranger_counts_as_nobody(author: str | None) -> None:
    found = verdict(author, SHEET, said("wang-min"))
    assert (found.given, len(found.answers)) == (1, 2)
    assert missing(verdict(author, SHEET, said("wang-min"), said("zhaolei"))) == []
    assert len(missing(verdict(author, SHEET, said("zhaolei")))) == 1


def test_of_another_team_or_an_unknown_one() -> None:
    night = "records/shop/2025-02/scores/night.yaml"
    assert may(verdict("wang-min", night)) == [["chen.jun"]]
    assert may(verdict("wang-min", "records/shop/2025-02/scores/noon.yaml")) == [["ding.wei", "gu.an"]]


# Whose word counts


@pytest.mark.parametrize(
    ("reviews", "given"),
    [
        ((said("zhaolei"),), 1),
        ((said("zhaolei", commit=OLD),), 0),
        ((said("zhaolei", commit=None),), 0),
        ((said("zhaolei"), said("zhaolei", "CHANGES_REQUESTED")), 0),
        ((said("zhaolei"), said("zhaolei", "DISMISSED")), 0),
        ((said("zhaolei", "CHANGES_REQUESTED", OLD), said("zhaolei")), 1),
        ((said("zhaolei"), said("zhaolei", "COMMENTED")), 1),
        ((said("zhaolei", "COMMENTED"),), 0),
        ((said("zhaolei", "PENDING"),), 0),
        ((said("zhaolei", commit=OLD), said("zhaolei")), 1),
        ((said("zhaolei"), said("zhaolei", commit=OLD)), 0),
        ((said("wang-min"),), 0),  # they submit it
        ((said("stranger"),), 0),
        ((said("github-actions[bot]"),), 0),
        ((said("zhaolei"), said("lina", "CHANGES_REQUESTED")), 1),
    ],
)
def test_the_last_word_on_the_newest_commit(reviews: tuple[Review, ...], given: int) -> None:
    assert verdict("wang-min", SHEET, *reviews).given == given


def test_who_does_not_count_is_said_and_why() -> None:
    found = verdict("wang-min", SHEET, said("stranger"), said("wang-min"), said("lina", commit=OLD))
    assert [(account, why.said(Lang.EN)) for account, why in found.uncounted] == [
        ("stranger", "no account of records/people.yaml in the base"),
        ("wang-min", "submits it"),
        ("lina", "approved an earlier commit"),
    ]
    assert missing(found)[0].endswith("li.na approved an earlier commit, and must look again.")


def test_whoever_signed_a_commit_submits_it_too() -> None:
    assert missing(verdict("wang-min", SHEET, said("zhaolei"), signers=("zhao.lei",))) != []
    assert missing(verdict("wang-min", SHEET, said("lina"), signers=("zhao.lei",))) == []
    # A robot opened it, and the supervisor signed: that is the supervisor's submission.
    assert may(verdict("x[bot]", SHEET, signers=("wang.min",))) == [
        ["chen.jun", "ding.wei", "gu.an", "li.na", "zhao.lei"]
    ]


def test_the_proposals_own_people_do_not_count() -> None:
    own = PEOPLE.replace("li.na: lina", "li.na: lina, mallory: mallory").replace("[gu.an", "[mallory, gu.an")
    found = verdict("wang-min", {"records/people.yaml": own}, said("mallory"))
    assert [account for account, _ in found.uncounted] == ["mallory"]
    assert may(found) == [["ding.wei", "gu.an"]]


# Closes


def test_a_close_takes_a_reviewer() -> None:
    close_file: dict[str, str | None] = dict(close("2025-01"))
    assert may(verdict("x[bot]", close_file)) == [["li.na", "zhao.lei"]]
    assert may(verdict("zhaolei", close_file)) == [["li.na"]]
    assert missing(verdict("zhaolei", close_file, said("lina"))) == []
    assert missing(verdict("x[bot]", close_file, said("wang-min"), said("gu-an"))) == [
        (
            f"{CLOSE}: error: An approval is missing: the close of 2025-01 of shop. [approval-missing] "
            "Ask for a review by one of: li.na (lina), zhao.lei (zhaolei)."
        )
    ]


def test_a_reviewer_who_assessed_the_month_does_not_close_it() -> None:
    base = changed(("records/shop/2025-01/scores/day.yaml", "assessor: wang.min", "assessor: zhao.lei"), base=OFFICE)
    assert may(verdict("x[bot]", dict(close("2025-01")), base=base)) == [["li.na"]]
    assert may(verdict("x[bot]", dict(close("2025-02")) | {CLOSE: None}, base=base)) == [
        ["li.na"],
        ["li.na", "zhao.lei"],
    ]


def test_a_name_changed_in_the_proposal_does_not_help() -> None:
    day = "records/shop/2025-01/scores/day.yaml"
    base = changed((day, "assessor: wang.min", "assessor: zhao.lei"), base=OFFICE)
    both: dict[str, str | None] = {**close("2025-01"), day: OFFICE[day]}
    assert may(verdict("x[bot]", both, base=base))[0] == ["li.na"]


@pytest.mark.parametrize("period", ["2025-Q1", "2025-H1", "2025"])
def test_a_longer_period_has_the_assessors_of_all_its_months(period: str) -> None:
    base = changed(("records/shop/2025-02/scores/day.yaml", "assessor: wang.min", "assessor: zhao.lei"), base=OFFICE)
    assert may(verdict("x[bot]", f"records/shop/{period}/close.yaml", base=base)) == [["li.na"]]
    other = period.replace("1", "2").replace("2025", "2026") if period == "2025" else period.replace("1", "2")
    assert may(verdict("x[bot]", f"records/shop/{other}/close.yaml", base=base)) == [["li.na", "zhao.lei"]]


def test_nobody_may_approve() -> None:
    base = OFFICE | {"records/shop/department.yaml": BASE["records/shop/department.yaml"]}
    assert missing(verdict("zhaolei", dict(close("2025-01")), base=base)) == [
        (
            f"{CLOSE}: error: Nobody may approve this: the close of 2025-01 of shop; zhao.lei submits it. "
            "[nobody-may-approve] Name another person for it in department.yaml, in a proposal of its own that an "
            "administrator approves."
        )
    ]
    without = base | {"records/people.yaml": PEOPLE.replace(", zhao.lei: zhaolei", "")}
    assert missing(verdict("x[bot]", dict(close("2025-01")), base=without)) == [
        (
            f"{CLOSE}: error: Nobody may approve this: the close of 2025-01 of shop. [nobody-may-approve] "
            "Add an account to records/people.yaml for one of: zhao.lei."
        )
    ]


# Corrections


ADJUSTMENT = """\
adjustment: J-2025-02-001
corrects: 2025-01
agent: A001
inputs: {care: 60}
reason: a call was another's
"""
APPEAL = """\
appeal: P-2025-02-001
agent: A001
about: {month: 2025-01, input: care}
filed: 2025-02-12
grounds: it was not my call
status: upheld
decided: {on: 2025-02-14, by: zhao.lei}
outcome: it was not
"""
J = "records/shop/2025-02/adjustments/J-2025-02-001.yaml"
P = "records/shop/2025-02/appeals/P-2025-02-001.yaml"


def test_an_adjustment_takes_a_reviewer_who_did_not_assess_it() -> None:
    assert may(verdict("wang-min", {J: ADJUSTMENT})) == [["li.na", "zhao.lei"]]
    assert may(verdict("zhaolei", {J: ADJUSTMENT})) == [["li.na"]]
    day, night = (f"records/shop/2025-01/scores/{team}.yaml" for team in ("day", "night"))
    assessed = changed((day, "assessor: wang.min", "assessor: zhao.lei"), base=OFFICE)
    assert may(verdict("wang-min", {J: ADJUSTMENT}, base=assessed)) == [["li.na"]]
    another = changed((night, "assessor: chen.jun", "assessor: zhao.lei"), base=OFFICE)
    assert may(verdict("wang-min", {J: ADJUSTMENT}, base=another)) == [["li.na", "zhao.lei"]]


def test_an_appeal_takes_a_reviewer_who_had_no_hand_in_it() -> None:
    assert may(verdict("wang-min", {P: APPEAL})) == [["li.na", "zhao.lei"]]
    decided = OFFICE | complaint("2025-01", decided="{on: 2025-01-18, by: zhao.lei}")
    about = APPEAL.replace("{month: 2025-01, input: care}", "{complaint: C-2025-01-001}")
    found = verdict("wang-min", {P: about}, base=decided)
    assert may(found) == [["li.na"]]
    assert [(person, why.said(Lang.EN)) for person, why in found.answers[0].demand.barred] == [
        ("zhao.lei", "decided C-2025-01-001")
    ]
    proposed = OFFICE | event("2025-01", proposed="li.na", reviewed="zhao.lei")
    about = APPEAL.replace("{month: 2025-01, input: care}", "{event: E-2025-01-001}")
    assert may(verdict("wang-min", {P: about}, base=proposed)) == [[]]


def test_the_subject_of_an_appeal_cannot_be_changed_to_get_a_reviewer_in() -> None:
    decided = OFFICE | complaint("2025-01", decided="{on: 2025-01-18, by: zhao.lei}")
    about = APPEAL.replace("{month: 2025-01, input: care}", "{complaint: C-2025-01-001}")
    assert may(verdict("wang-min", {P: APPEAL}, base=decided | {P: about})) == [["li.na"]]


def test_what_cannot_be_read_keeps_the_supervisors_out() -> None:
    base = OFFICE | {"records/shop/department.yaml": DEPARTMENT.replace("[zhao.lei, li.na]", "[wang.min, li.na]")}
    assert may(verdict("zhaolei", {J: "nonsense"}, base=base)) == [["li.na"]]


# Complaints and events


def test_a_complaint_takes_a_supervisor_or_reviewer() -> None:
    stated: dict[str, str | None] = dict(complaint("2025-02"))
    assert may(verdict("wang-min", stated)) == [["chen.jun", "li.na", "zhao.lei"]]
    assert may(verdict("x[bot]", stated)) == [["chen.jun", "li.na", "wang.min", "zhao.lei"]]


def test_an_event_that_is_reviewed_takes_a_reviewer() -> None:
    reviewed, waiting = dict(event("2025-02")), dict(event("2025-02", reviewed=""))
    path = next(iter(reviewed))
    assert may(verdict("wang-min", dict(waiting))) == [["chen.jun", "li.na", "zhao.lei"]]
    assert may(verdict("wang-min", dict(reviewed))) == [["li.na", "zhao.lei"]]
    assert may(verdict("wang-min", {path: None}, base=OFFICE | waiting)) == [["li.na", "zhao.lei"]]
    assert may(verdict("wang-min", dict(waiting), base=OFFICE | reviewed)) == [["li.na", "zhao.lei"]]
    own = dict(event("2025-02", proposed="li.na"))
    assert may(verdict("wang-min", dict(own))) == [["zhao.lei"]]


# What administrators answer for


@pytest.mark.parametrize(
    "path",
    [
        "policy/mini/2025-01.yaml",
        "policy/mini/2026-01.yaml",
        "records/people.yaml",
        "records/shop/department.yaml",
        "records/shop/agents/A001.yaml",
        "records/new/department.yaml",
        "records/new/2025-01/scores/day.yaml",
        "records/shop/2025-01/other/x.yaml",
        "records/shop/2025-01/close.yaml/x",
        "records/shop/notes.txt",
        ".github/workflows/check.yml",
        "kpigen/engine/month.py",
        "README.md",
        "sub/records/shop/2025-01/close.yaml",
    ],
)
def test_all_else_takes_another_administrator(path: str) -> None:
    assert may(verdict("wang-min", path)) == [["ding.wei", "gu.an"]]
    assert may(verdict("gu-an", path)) == [["ding.wei"]]
    assert missing(verdict("gu-an", path, said("zhaolei"))) != []
    assert missing(verdict("gu-an", path, said("dingwei"))) == []


def test_one_administrator_alone_is_told_that_it_takes_two() -> None:
    base = OFFICE | {"records/people.yaml": PEOPLE.replace("[gu.an, ding.wei]", "[gu.an]")}
    path = "policy/mini/2025-01.yaml"
    assert missing(verdict("gu-an", path, base=base)) == [
        (
            f"{path}: error: Nobody may approve this: a change of the "
            f"policy, which takes an administrator; gu.an submits "
            "it. [nobody-may-approve] It takes two administrators. With one alone, let somebody else submit it and the "
            "administrator approve it; the first such change may name the second administrator in records/people.yaml."
        )
    ]
    assert missing(verdict("wang-min", path, said("gu-an"), base=base)) == []


def test_each_kind_of_file_takes_its_own() -> None:
    found = verdict("wang-min", {SHEET: OFFICE[SHEET], J: ADJUSTMENT, "README.md": "x"}, said("zhaolei"))
    assert [(each.demand.what.said(Lang.EN), each.given) for each in found.answers] == [
        ("a change of what checks and publishes, which takes an administrator", ()),
        ("the adjustment J-2025-02-001", ("zhao.lei",)),
        ("the sheet of day, 2025-02", ("zhao.lei",)),
    ]


def test_without_people_nobody_is_told_apart() -> None:
    assert missing(verdict("wang-min", SHEET, base=BASE)) == [
        (
            "records/people.yaml: warning: The base has no people.yaml, "
            "so that nobody can be told apart: approvals are "
            "not checked. [no-people] Write records/people.yaml: the administrators, and the account of each person."
        )
    ]
    # The proposal that brings it does not decide about itself.
    assert [each.rule.id for each in verdict("x", {"records/people.yaml": PEOPLE}, base=BASE).findings] == ["no-people"]
    # One that cannot be read lets nothing pass.
    broken = OFFICE | {"records/people.yaml": "administrators: gu.an\n"}
    assert all(each.severity == "error" for each in verdict("wang-min", SHEET, base=broken).findings)
    assert verdict("wang-min", SHEET, base=broken).findings


# How it is said


def test_as_text_markdown_and_json() -> None:
    found = verdict("wang-min", {SHEET: OFFICE[SHEET], "README.md": "x"}, said("zhaolei"), said("<b>@all`"))
    assert as_text(found, Lang.EN) == (
        "approved by zhao.lei: the sheet of day, 2025-02\n"
        "does not count: <b>@all`: no account of records/people.yaml in the base\n"
        "approvals: 1 of 2"
    )
    assert as_markdown(found, Lang.EN) == (
        "<!-- kpigen approval -->\n\n**approvals: 1 of 2**\n\n| what | files | approved by |\n|---|---|---|\n"
        "| a change of what checks and publishes, which takes an administrator | `README.md` | nobody yet |\n"
        "| the sheet of day, 2025-02 | `records/shop/2025-02/scores/day.yaml` | zhao.lei |\n\n"
        "- An approval is missing: a change of what checks and publishes, which takes an administrator. Ask for a "
        "review by one of: ding.wei &#40;dingwei&#41;, gu.an &#40;gu-an&#41;.\n"
        "- does not count: &#60;b&#62;&#64;&#8203;all&#96;: no account of records/people.yaml in the base\n"
    )
    made = json.loads(as_json(found, Lang.EN))
    assert (made["given"], made["needed"]) == (1, 2)
    assert made["approvals"][1] == {
        "what": "the sheet of day, 2025-02",
        "paths": [SHEET],
        "may": ["chen.jun", "ding.wei", "gu.an", "li.na", "zhao.lei"],
        "given": ["zhao.lei"],
    }


def test_a_path_of_a_stranger_is_inert_in_markdown() -> None:
    found = verdict("wang-min", {f"x`|<b>{number}@all\n.md": "x" for number in range(9)})
    shown = as_markdown(found, Lang.EN)
    row = next(line for line in shown.splitlines() if line.startswith("| a change"))
    assert row.count("`") == 10
    assert "and 4 more" in row
    assert row.replace("\\|", "").count("|") == 4


def test_nothing_changed_needs_nothing() -> None:
    assert as_text(verdict("wang-min", {}), Lang.EN) == "no approval is needed"


# What the host says


def listed(*reviews: dict[str, object]) -> bytes:
    return json.dumps(reviews).encode()


def one(login: str, state: str, minutes: int, **more: object) -> dict[str, object]:
    when = datetime(2025, 2, 20, 8, tzinfo=UTC) + timedelta(minutes=minutes)
    return {"user": {"login": login}, "state": state, "commit_id": HEAD, "submitted_at": when.isoformat()} | more


def test_reviews_come_in_pages_and_are_put_in_order() -> None:
    first, second = one("zhaolei", "APPROVED", 5), one("zhaolei", "REQUEST_CHANGES", 1)
    expected = (said("zhaolei", "CHANGES_REQUESTED"), said("zhaolei"))
    assert read_reviews("f", listed(first, second)) == expected
    assert read_reviews("f", listed(first) + b"\n" + listed(second)) == expected
    assert read_reviews("f", listed(first) + listed(second)) == expected
    assert read_reviews("f", json.dumps([[first], [second]]).encode()) == expected
    assert read_reviews("f", b"[][]") == read_reviews("f", b"[]") == read_reviews("f", b"") == ()


def test_a_review_without_a_user_or_a_time() -> None:
    gone = one("x", "APPROVED", 1) | {"user": None}
    pending: dict[str, object] = {"user": {"login": "zhaolei"}, "state": "PENDING"}
    dismissed = one("zhaolei", "APPROVED", 1, dismissed=True)
    assert read_reviews("f", listed(gone, dismissed, pending)) == (
        said("zhaolei", "PENDING", None),
        said("zhaolei", "DISMISSED"),
    )


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"x", "f is no JSON"),
        (b"\xff", "f is no JSON"),
        (b"[" * 50_000, "f is no JSON"),
        (b"[1" + b"0" * 5000 + b"]", None),
        (b"{}", "f is no list of reviews"),
        (b"[{}]", "f is not what the host sends: $[0].state is missing or of another form"),
        (b'[{"state": 1}]', "f is not what the host sends: $[0].state is missing or of another form"),
        (b'[{"state": "APPROVED", "submitted_at": "2025-02-20T08:00:00"}]', None),
        (b'[{"state": "APPROVED", "user": "zhaolei"}]', None),
        (b" " * (MAX_NOTICE + 1), f"f has more than {MAX_NOTICE} bytes"),
    ],
)
def test_reviews_of_another_form_are_refused(data: bytes, told: str | None) -> None:
    with pytest.raises(NoticeError) as refusal:
        read_reviews("f", data)
    assert told is None or refusal.value.text.said(Lang.EN) == told


@pytest.mark.parametrize(
    ("data", "at"),
    [
        ({}, "$.pull_request"),
        ({"pull_request": {"number": 7}}, "$.pull_request.head"),
        ({"pull_request": {"number": 7, "head": {"sha": "main; rm"}}}, "$.pull_request.head.sha"),
        ({"pull_request": {"number": 7, "head": {"sha": f"{HEAD}\n"}}}, "$.pull_request.head.sha"),
        ({"pull_request": {"number": 0, "head": {"sha": HEAD}}}, "$.pull_request.number"),
        ({"pull_request": {"number": 7, "head": {"sha": HEAD}, "user": {}}}, "$.pull_request.user.login"),
        ([], "$"),
    ],
)
def test_a_pull_request_of_another_form_is_refused(data: object, at: str) -> None:
    with pytest.raises(NoticeError) as refusal:
        read_pull("f", json.dumps(data).encode())
    told = refusal.value.text.said(Lang.EN)
    assert told == f"f is not what the host sends: {at} is missing or of another form"


def test_a_pull_request_of_an_account_that_is_gone() -> None:
    data = {"pull_request": {"number": 7, "head": {"sha": HEAD}, "user": None}, "sender": {"login": "x" * 9999}}
    assert read_pull("f", json.dumps(data).encode()) == Pull(7, None, HEAD)
