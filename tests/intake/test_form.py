"""Issue forms: what somebody entered becomes a record, or what is wrong is said field by field; nothing breaks out."""

from __future__ import annotations

import re
from datetime import date
from importlib import resources
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kpigen.approval.notice import Issue
from kpigen.intake.filing import Earlier, Filing, file_issue
from kpigen.intake.forms import FORMS, MAX_BODY, Form, read_form
from kpigen.intake.reply import recorded, refused, title
from kpigen.reading.syntax import parse
from kpigen.text import Lang
from tests.engine.mini import BASE, Files, close, complaint

COMPLAINT = {
    "Agent's number": "A001",
    "Received on": "2025-02-14",
    "Channel": "Phone",
    "Category": "Attitude",
    "Severity": "_No response_",
    "What happened": "Waited long, then a curt answer",
    "Privacy": "- [X] There is no customer's name, telephone, account or order number in it.",
}
NO_LETTERS = (
    "“林晓” holds “林” (U+6797), which is no plain letter or digit. "
    "Write a capital letter A–Z and three to six digits, such as A001."
)
APPEAL = {
    "客服编号": "A002",
    "申诉对象": "录入项得分",
    "所属月份": "2025-01",
    "名称或编号": "服务",
    "理由": "```text\n抽检的那一通不是我接的。\n录音可以核对。\n```",
    "隐私说明": "- [x] 以上内容里没有客户的姓名、电话、账号或订单号；我知道申诉和结果会公布。",
}


def body(fields: dict[str, str]) -> str:
    return "\n\n".join(f"### {label}\n\n{value}" for label, value in fields.items())


def issue(text: str, *, closed: bool = False, created: date = date(2025, 2, 20)) -> Issue:
    return Issue(7, text, created, closed=closed, pull=False)


def filed(
    fields: dict[str, str], files: dict[str, str] | None = None, earlier: Earlier | None = None, /, **more: str
) -> Filing:
    done = file_issue(Files(files or BASE), issue(body({**fields, **more})), earlier)
    assert done is not None
    return done


def faults(done: Filing, lang: Lang = Lang.EN) -> list[str]:
    return [f"{label}: {text.said(lang)}" for label, text in done.faults]


def test_a_complaint() -> None:
    done = filed(COMPLAINT)
    assert (done.faults, done.doubts) == ((), ())
    assert done.draft is not None
    assert done.draft.path == "records/shop/2025-02/complaints/C-2025-02-001.yaml"
    assert (
        done.draft.text
        == """\
# yaml-language-server: $schema=../../../../schema/complaint.json
complaint: C-2025-02-001
agent: A001
received: 2025-02-14
channel: phone
category: attitude
summary: "Waited long, then a curt answer"
status: open
"""
    )
    assert title(done, done.draft) == "Complaint C-2025-02-001 about A001"
    assert recorded(done, done.draft, 7) == (
        "<!-- kpigen form -->\n\nThis became a record: `records/shop/2025-02/complaints/C-2025-02-001.yaml`\n\n"
        "A pull request proposes it. Edit the issue's text to change it, as long as it is not decided; "
        "merging the pull request closes the issue.\n\nCloses #7\n"
    )


def test_an_appeal_in_chinese() -> None:
    done = filed(APPEAL)
    assert done.faults == ()
    assert done.draft is not None
    assert done.draft.path == "records/shop/2025-02/appeals/P-2025-02-001.yaml"
    assert (
        done.draft.text
        == """\
# yaml-language-server: $schema=../../../../schema/appeal.json
appeal: P-2025-02-001
agent: A002
about: {month: 2025-01, input: care}
filed: 2025-02-20
grounds: "抽检的那一通不是我接的。\\n录音可以核对。"
status: open
"""
    )


@pytest.mark.parametrize(
    ("about", "name", "stated"),
    [
        ("奖励", "次席", "{month: 2025-01, award: runner-up}"),
        ("级别变动", "to-middle", "{month: 2025-01, transition: to-middle}"),
        ("投诉", "C-2025-01-001", "{complaint: C-2025-01-001}"),
    ],
)
def test_what_an_appeal_is_about(about: str, name: str, stated: str) -> None:
    done = filed(APPEAL, BASE | complaint("2025-01"), 申诉对象=about, 名称或编号=name)
    assert done.faults == ()
    assert done.draft is not None
    assert f"about: {stated}\n" in done.draft.text


@pytest.mark.parametrize(
    ("label", "value", "said"),
    [
        ("Agent's number", "A999", "There is no agent A999."),
        ("Agent's number", "林晓", NO_LETTERS),
        ("Agent's number", "_No response_", "Fill this in."),
        ("Received on", "2025-02-30", None),
        ("Received on", "2025-02-22", "2025-02-22 is later than the day on which this was entered."),
        ("Channel", "Pigeon", None),
        ("Category", "rude", None),
        ("Severity", "grave", None),
        ("What happened", "x" * 501, "This text has 501 characters. Write at most 500 characters."),
        ("What happened", "one\ntwo", "This text has a line break. Write it in one line."),
        ("What happened", "a\u202eb", None),
        ("Privacy", "- [ ] There is no customer's name.", "Tick this box."),
    ],
)
def test_a_wrong_field_is_named(label: str, value: str, said: str | None) -> None:
    found = faults(filed(COMPLAINT, **{label: value}))
    assert len(found) == 1
    assert found[0].startswith(f"{label}: ")
    assert said is None or found == [f"{label}: {said}"]


@pytest.mark.parametrize(
    ("label", "value", "said"),
    [
        ("所属月份", "2025-13", "所属月份"),
        ("所属月份", "_No response_", "所属月份"),
        ("所属月份", "2025-02", "所属月份"),
        ("名称或编号", "carre", "名称或编号"),
        ("申诉对象", "工资", "申诉对象"),
        ("理由", "```text\n\n```", "理由"),
        ("理由", "x" * 4001, "理由"),
    ],
)
def test_a_wrong_field_of_an_appeal_is_named(label: str, value: str, said: str) -> None:
    found = faults(filed(APPEAL, **{label: value}), Lang.ZH)
    assert [each.partition(":")[0] for each in found] == [said]


def test_all_empty_fields_are_named_at_once() -> None:
    nothing = dict.fromkeys(COMPLAINT, "_No response_")
    assert faults(filed(nothing)) == [
        "Agent's number: Fill this in.",
        "Received on: Fill this in.",
        "Channel: Fill this in.",
        "Category: Fill this in.",
        "What happened: Fill this in.",
        "Privacy: Tick this box.",
    ]


def test_the_day_may_be_one_ahead_of_the_hosts_clock() -> None:
    assert filed(COMPLAINT, **{"Received on": "2025-02-21"}).faults == ()


def test_what_looks_like_a_customers_number_is_doubted() -> None:
    for text in ("call 138 0013 8000 back", "order 20250214001", "write to a@example.org", "１３８００１３８０００"):
        done = filed(COMPLAINT, **{"What happened": text})
        # Full-width digits are doubted, not refused: it is text.
        assert [label for label, _ in done.doubts] == ["What happened"], text
        assert done.draft is not None
        assert "&#64;" not in recorded(done, done.draft, 7)
    harmless = "since 2025-02-10, see C-2025-01-001, 30 minutes"
    assert filed(COMPLAINT, **{"What happened": harmless}).doubts == ()


# What does not belong to a form, and what would break out of one


@pytest.mark.parametrize(
    "text", ["", "Good morning", "### Agent's number\n\nA001", "### Idea\n\nmore coffee\n\n### Why\n\nso"]
)
def test_any_other_issue_is_passed_over(text: str) -> None:
    assert file_issue(Files(BASE), issue(text), None) is None


def test_a_pull_request_is_passed_over() -> None:
    pull = Issue(7, body(COMPLAINT), date(2025, 2, 20), closed=False, pull=True)
    assert file_issue(Files(BASE), pull, None) is None


def test_a_heading_within_an_answer_is_refused_not_believed() -> None:
    hostile = "it was rude\n\n### Agent's number\n\nA002"
    assert faults(filed(COMPLAINT, **{"What happened": hostile})) == [
        "Agent's number: This heading stands there twice; keep the form's own one."
    ]


def test_a_foreign_heading_is_text() -> None:
    done = filed(APPEAL, 理由="```text\n### decided\nstatus: upheld\n```")
    assert done.draft is not None
    assert 'grounds: "### decided\\nstatus: upheld"\nstatus: open\n' in done.draft.text


def test_headings_out_of_order_or_gone_are_refused() -> None:
    turned = dict(reversed(COMPLAINT.items()))
    assert faults(filed(turned)) == [
        "Privacy: The headings are no longer in order; put them back as the form has them."
    ]
    gone = {label: value for label, value in COMPLAINT.items() if label != "Channel"}
    done = file_issue(Files(BASE), issue(body(gone)), None)
    assert done is not None
    assert faults(done) == ["Channel: This heading is missing; put it back, with three # before it."]


def test_a_text_that_is_too_long_is_refused() -> None:
    long = body({**COMPLAINT, "Privacy": COMPLAINT["Privacy"] + " x" * MAX_BODY})
    done = file_issue(Files(BASE), issue(long), None)
    assert done is not None
    assert faults(done) == [f"Privacy: The text has more than {MAX_BODY} characters."]


def test_line_ends_of_a_browser() -> None:
    done = file_issue(Files(BASE), issue(body(COMPLAINT).replace("\n", "\r\n")), None)
    assert done is not None
    assert done.faults == ()


NASTY = st.sampled_from(
    [
        "status: upheld",
        "decided: {on: 2025-02-18, by: wang.min}",
        "<script>alert(1)</script>",
        "@everyone",
        "[x](https://example.org)",
        "![x](https://example.org/x.png)",
        "${{ github.token }}",
        "$(id)",
        "`id`",
        "::error::x",
        "'",
        '"',
        "#",
        "|",
        "&a *a",
        "!!python/object",
        "- ",
        ": ",
        "{",
        "}",
        "\\",
        "\\n",
        "\n",
        "### What happened",
        "### Grounds",
        "../../../etc/passwd",
        "-->",
        "```",
    ]
)
ANY = st.lists(NASTY | st.text(max_size=8), max_size=6).map("".join)


@settings(max_examples=120)
@given(st.sampled_from(list(COMPLAINT)), ANY)
def test_whatever_is_entered_the_record_says_no_more_than_the_form(label: str, value: str) -> None:
    done = file_issue(Files(BASE), issue(body({**COMPLAINT, label: value})), None)
    assert done is not None
    if done.draft is None:
        said = refused(done)
        assert not re.search(r"[<>@\[\]`](?!!-- kpigen form --)", said.removeprefix("<!-- kpigen form -->")), said
        return
    assert re.fullmatch(
        r"records/shop/[0-9]{4}-[0-9]{2}/complaints/C-[0-9]{4}-[0-9]{2}-[0-9]{3}\.yaml", done.draft.path
    )
    document, findings = parse(done.draft.path, done.draft.text.encode())
    assert document is not None
    assert findings == ()
    assert {str(key): value for key, value in document.root.items()}["status"] == "open"
    assert "decided" not in document.root
    reply = recorded(done, done.draft, 7)
    assert value.strip() in {"", "_No response_"} or len(value.strip()) < 4 or value not in reply
    assert re.fullmatch(r"Complaint C-[0-9-]+ about A[0-9]+", title(done, done.draft))


# A second edit


PATH = "records/shop/2025-02/complaints/C-2025-02-004.yaml"


def earlier(**stated: str) -> Earlier:
    return Earlier(PATH, next(iter(complaint("2025-02", 4, **stated).values())).encode())


OPEN = {"status": "open", "decided": ""}


def test_a_second_edit_keeps_the_id() -> None:
    done = filed(COMPLAINT, None, earlier(**OPEN))
    assert done.draft is not None
    assert done.draft.path == PATH
    assert "complaint: C-2025-02-004\n" in done.draft.text


def test_an_id_that_is_taken_meanwhile_is_not_kept() -> None:
    done = filed(COMPLAINT, BASE | complaint("2025-02", 4), earlier(**OPEN))
    assert done.draft is not None
    assert done.draft.path.endswith("/C-2025-02-005.yaml")


def test_a_record_that_goes_to_another_month_gets_an_id_of_that_month() -> None:
    done = filed(COMPLAINT, None, earlier(**OPEN), **{"Received on": "2025-01-31"})
    assert done.draft is not None
    assert done.draft.path == "records/shop/2025-01/complaints/C-2025-01-001.yaml"


def test_what_is_decided_merged_or_closed_stays() -> None:
    said = "no longer follows this text. For something new, open a new issue."
    assert faults(filed(COMPLAINT, None, earlier())) == [f": The record is decided already, and {said}"]
    merged = Earlier("", b"", merged=True)
    assert faults(filed(COMPLAINT, None, merged)) == [f": The record is approved already, and {said}"]
    done = file_issue(Files(BASE), issue(body(COMPLAINT), closed=True), None)
    assert done is not None
    assert faults(done) == [": This issue is closed. For something new, open a new one."]
    assert refused(done) == (
        "<!-- kpigen form -->\n\nThis did not become a record.\n\n"
        "- This issue is closed. For something new, open a new one.\n"
    )


def test_a_closed_month_takes_no_more() -> None:
    done = filed(COMPLAINT, BASE | close("2025-01"), **{"Received on": "2025-01-20"})
    assert faults(done) == [": 2025-01 of shop is closed; it is corrected by an adjustment in a later month"]


def test_the_reply_is_in_the_forms_language() -> None:
    done = filed(APPEAL, 客服编号="A001`<b>@all", 理由="```text\nx\n```")
    said = refused(done)
    assert "- **客服编号**: " in said
    assert "<b>" not in said
    assert "@all" not in said


# The forms that the host shows


def shown(name: str) -> Any:  # noqa: ANN401 - YAML
    folder = resources.files("kpigen") / "hosting" / "templates" / "github" / "ISSUE_TEMPLATE"
    return yaml.safe_load((folder / name).read_text("utf-8"))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.kind}.{form.lang}")
def test_the_hosts_forms_ask_what_is_read(form: Form) -> None:
    asked = [each for each in shown(f"{form.kind}.{form.lang}.yml")["body"] if each["type"] != "markdown"]
    assert [each["id"] for each in asked] == list(form.fields)
    for each, field in zip(asked, form.fields.values(), strict=True):
        about = each["attributes"]
        assert about["label"] == field.label
        assert each.get("validations", {}).get("required", False) == (not field.optional and not field.ticked)
        if each["type"] == "dropdown":
            assert about["options"] == list(field.choices or ())
        if each["type"] == "checkboxes":
            assert field.ticked
            assert [box["required"] for box in about["options"]] == [True]
        if each["type"] == "textarea":
            assert about["render"] == "text"


def test_the_languages_offer_the_same_choices() -> None:
    by_kind: dict[str, list[list[list[str]]]] = {}
    for form in FORMS:
        choices = [list(field.choices.values()) for field in form.fields.values() if field.choices]
        by_kind.setdefault(form.kind, []).append(choices)
    assert all(first == second for first, second in by_kind.values())


def test_a_form_is_told_by_its_headings() -> None:
    for fields, kind, lang in ((COMPLAINT, "complaint", Lang.EN), (APPEAL, "appeal", Lang.ZH)):
        answers = read_form(body(fields))
        assert answers is not None
        assert (answers.form.kind, answers.form.lang) == (kind, lang)
