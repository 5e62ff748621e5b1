"""Forms: what somebody entered into one of the host's issue forms, field by field.

The host makes one text of a form: a heading for each field and below it what was entered, or a fixed phrase for
nothing. Whoever opened the issue can change all of it. So headings count only when each stands there once and in order;
what stands between two of them is text, whatever it looks like.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kpigen.text import Lang, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.text import Text

__all__ = ["FORMS", "MAX_BODY", "Answers", "Field", "Form", "read_form"]

MAX_BODY: Final = 65_536
"""How many characters an issue may have; the host refuses more."""

_EMPTY: Final = "_No response_"
_FENCE: Final = re.compile(r"`{3,}text\n(.*)\n`{3,}", re.DOTALL)
_TICKED: Final = re.compile(r"- \[[xX]\] [^\n]+")
_RECOGNISED: Final = 3


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its heading; for a choice what each word means; whether it may be empty, or is a box to be ticked."""

    label: str
    choices: Mapping[str, str] | None = None
    optional: bool = False
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A form: the kind of record that it makes, its language, and its fields by their names."""

    kind: str
    lang: Lang
    fields: Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class Answers:
    """What was entered: the values by field, without those left empty; and what is wrong with the form itself."""

    form: Form
    values: Mapping[str, str]
    faults: tuple[tuple[str, Text], ...]


FORMS: Final = (
    Form(
        "complaint",
        Lang.ZH,
        {
            "agent": Field("客服编号"),
            "received": Field("收到日期"),
            "channel": Field(
                "渠道",
                {
                    "电话": "phone",
                    "在线聊天": "chat",
                    "邮件": "email",
                    "微信": "wechat",
                    "应用": "app",
                    "柜台": "counter",
                    "上门": "visit",
                    "其他": "other",
                },
            ),
            "category": Field("类别"),
            "severity": Field("轻重", optional=True),
            "summary": Field("经过"),
            "privacy": Field("隐私确认", ticked=True),
        },
    ),
    Form(
        "complaint",
        Lang.EN,
        {
            "agent": Field("Agent's number"),
            "received": Field("Received on"),
            "channel": Field(
                "Channel",
                {
                    "Phone": "phone",
                    "Chat": "chat",
                    "Email": "email",
                    "WeChat": "wechat",
                    "App": "app",
                    "Counter": "counter",
                    "Visit": "visit",
                    "Other": "other",
                },
            ),
            "category": Field("Category"),
            "severity": Field("Severity", optional=True),
            "summary": Field("What happened"),
            "privacy": Field("Privacy", ticked=True),
        },
    ),
    Form(
        "appeal",
        Lang.ZH,
        {
            "agent": Field("客服编号"),
            "about": Field(
                "申诉对象",
                {
                    "录入项得分": "input",
                    "奖励": "award",
                    "级别变动": "transition",
                    "投诉": "complaint",
                    "事件": "event",
                },
            ),
            "month": Field("所属月份", optional=True),
            "name": Field("名称或编号"),
            "grounds": Field("理由"),
            "privacy": Field("隐私说明", ticked=True),
        },
    ),
    Form(
        "appeal",
        Lang.EN,
        {
            "agent": Field("Agent's number"),
            "about": Field(
                "About",
                {
                    "Score of an input": "input",
                    "Award": "award",
                    "Move to another tier": "transition",
                    "Complaint": "complaint",
                    "Event": "event",
                },
            ),
            "month": Field("Month", optional=True),
            "name": Field("Name or number"),
            "grounds": Field("Grounds"),
            "privacy": Field("Privacy and publication", ticked=True),
        },
    ),
)
"""The forms; their headings and choices are those of the files that the host shows, and a test compares them."""


def read_form(body: str) -> Answers | None:
    """Read what an issue says.

    Args:
        body: the issue's text, from anybody.

    Returns:
        what was entered, or None for an issue that is none of the forms.
    """
    lines = body[: MAX_BODY + 1].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    headings = [line[4:].strip() if line.startswith("### ") else None for line in lines]
    form = max(FORMS, key=lambda each: sum(field.label in headings for field in each.fields.values()))
    if sum(field.label in headings for field in form.fields.values()) < _RECOGNISED:
        return None
    if faults := _misplaced(form, headings, len(body)):
        return Answers(form, {}, faults)
    at = [headings.index(field.label) for field in form.fields.values()]
    parts = ["\n".join(lines[begin + 1 : end]).strip() for begin, end in zip(at, [*at[1:], len(lines)], strict=True)]
    values: dict[str, str] = {}
    found: list[tuple[str, Text]] = []
    for (name, field), part in zip(form.fields.items(), parts, strict=True):
        value = _value(field, part)
        if value:
            values[name] = value
        elif fault := _fault(field, part):
            found.append((field.label, fault))
    return Answers(form, values, tuple(found))


def _misplaced(form: Form, headings: list[str | None], length: int) -> tuple[tuple[str, Text], ...]:
    """Say what keeps the fields from being told apart."""
    faults = []
    for field in form.fields.values():
        count = headings.count(field.label)
        if not count:
            faults.append((field.label, say("This heading is missing; put it back, with three # before it.")))
        elif count > 1:
            faults.append((field.label, say("This heading stands there twice; keep the form's own one.")))
    labels = [field.label for field in form.fields.values()]
    stated = [heading for heading in headings if heading in labels]
    if not faults and stated != labels:
        first = next(heading or "" for heading, label in zip(stated, labels, strict=True) if heading != label)
        faults.append((first, say("The headings are no longer in order; put them back as the form has them.")))
    if length > MAX_BODY:
        faults.append((labels[-1], say("The text has more than {limit} characters.", limit=MAX_BODY)))
    return tuple(faults)


def _value(field: Field, part: str) -> str | None:
    """Return what was entered; None for nothing, and for what the field cannot hold."""
    if part in {"", _EMPTY}:
        return None
    if field.ticked:
        return "yes" if _TICKED.fullmatch(part) else None
    fenced = _FENCE.fullmatch(part)
    text = fenced[1].strip() if fenced else part
    return field.choices.get(text) if field.choices else text


def _fault(field: Field, part: str) -> Text | None:
    """Say what is wrong with a field that has no value."""
    if field.ticked:
        return say("Tick this box.")
    if field.choices and part not in {"", _EMPTY}:
        return say("Choose one of: {words}.", words=", ".join(field.choices))
    return None if field.optional else say("Fill this in.")
