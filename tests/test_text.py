"""Texts: values are put in and never read as templates, and nothing unseen reaches a terminal."""

from __future__ import annotations

import re
import string
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpigen.text import Label, Lang, Text, catalogue, say, visible

BRACES = ["{agent}", "{0}", "{", "}", "{{", "{agent.__class__}", "%s", "{agent!r:>9999999}"]


@pytest.mark.parametrize("name", BRACES)
def test_a_value_is_never_read_as_a_template(name: str) -> None:
    text = say("For {agent}: {reason}", agent=name, reason=say("{name} is not applicable here", name=Label(name, name)))
    assert text.said(Lang.EN) == f"For {name}: {name} is not applicable here"
    assert name in text.said(Lang.ZH)


def test_doubled_braces_of_a_template_are_braces() -> None:
    assert say("Add decided: {{on: …, by: …}}.").said(Lang.EN) == "Add decided: {on: …, by: …}."


def test_a_label_is_said_in_its_language() -> None:
    text = say("{name}!", name=Label("早", "early"))
    assert (text.said(Lang.ZH), text.said(Lang.EN)) == ("早!", "early!")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain 文字 é", "plain 文字 é"),
        ("a\x1b[31mb", "a\\u001b[31mb"),
        ("a\u202e b", "a\\u202e b"),
        ("a\nb\r\tc", "a\\u000ab\\u000d\\u0009c"),
        ("a\u200bb\u3000c\xa0d", "a\\u200bb\\u3000c\\u00a0d"),
        ("a\udc80b", "a\\udc80b"),
        ("\U000e0041", "\\ue0041"),
    ],
)
def test_what_is_not_seen_is_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters(codec=None)))
def test_whatever_a_file_says_can_be_printed(text: str) -> None:
    assert all(char == " " or char.isprintable() for char in visible(text))
    assert say("{text}", text=text).said(Lang.EN) == visible(text)


def test_numbers_are_written_plainly() -> None:
    assert say("{a} {b}", a=Decimal("1E+2"), b=3).said(Lang.EN) == "100 3"


def fields(template: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(template) if name is not None)


@pytest.mark.parametrize(("english", "chinese"), sorted(catalogue(Lang.ZH).items()))
def test_a_translation_has_the_fields_of_its_template(english: str, chinese: str) -> None:
    assert set(fields(chinese)) <= set(fields(english))
    assert all(re.fullmatch(r"[a-z_]+", name) for name in fields(english))


def test_texts_are_values() -> None:
    assert say("{a}", a=1) == Text("{a}", (("a", 1),))
    assert len({say("{a}", a=1), say("{a}", a=1)}) == 1
