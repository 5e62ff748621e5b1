"""Hostile texts on a terminal: nothing steers it, nothing is styled, nothing is swallowed."""

from __future__ import annotations

import io
import unicodedata

import pytest
from rich.console import Console

from kpigen.explanation import Subject, explanation
from kpigen.payroll.month import Payroll  # noqa: TC001 - a fixture
from kpigen.text import Lang, say, visible
from tests.hostile import TEXTS, UNSEEN
from tests.payroll.shop import files, paid
from tests.payroll.test_hostile import called

STYLED = ("[red]x[/red]", "[/]", "[link=https://evil.example]x[/link]", ":skull:", "[bold")
ALL = (*TEXTS, *UNSEEN, *STYLED)


@pytest.fixture(scope="module")
def harmless() -> Payroll:
    return paid(files())


@pytest.mark.parametrize("text", ALL)
def test_an_explanation_shows_each_as_it_is(harmless: Payroll, text: str) -> None:
    hostile = called(harmless, text)
    subject = Subject(
        agent=hostile.document.agents[0],
        document=hostile.document,
        department=hostile.department,
        policy=hostile.policy,
        earlier={"2025-01": hostile.policy},
    )
    out = io.StringIO()
    Console(file=out, force_terminal=False, color_system=None, width=10_000).print(explanation(subject, Lang.EN))
    shown = out.getvalue()
    assert visible(text) in shown
    assert not {char for char in shown if unicodedata.category(char) in {"Cc", "Cf"}} - {"\n"}


@pytest.mark.parametrize("text", ALL)
def test_a_message_shows_each_as_it_is(text: str) -> None:
    said = say("{path} is no folder", path=text).said(Lang.EN)
    assert said == f"{visible(text)} is no folder"
    assert not [char for char in said if unicodedata.category(char) in {"Cc", "Cf"}]
