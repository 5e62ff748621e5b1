"""The policies that are shipped: no error, and every warning settled or acknowledged."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpigen.lint.reading import Linted, read_policies
from kpigen.snapshot import FolderSnapshot
from kpigen.text import Lang

SHIPPED = read_policies(FolderSnapshot.of(Path(__file__).parents[2]))


@pytest.mark.parametrize("linted", SHIPPED, ids=lambda linted: linted.id)
def test_a_shipped_policy_is_clean(linted: Linted) -> None:
    assert [f"{each.place}: {each.message.said(Lang.EN)} [{each.rule.id}]" for each in linted.findings] == []
