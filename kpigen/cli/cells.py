"""Cells as they are stated on the command line: ``attitude=15``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.cli.refusal import Refusal
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpigen.text import Lang

__all__ = ["stated_cells"]


def stated_cells(inputs: tuple[str, ...], lang: Lang) -> Mapping[str, str]:
    """Return the inputs by name.

    Raises:
        Refusal: one is not written ``name=value``, or stands twice.
    """
    stated: dict[str, str] = {}
    for each in inputs:
        name, sign, value = each.partition("=")
        if not sign or not name.strip() or not value.strip():
            raise Refusal(say("“{text}” says no input; write it like attitude=15", text=each), lang)
        if name.strip() in stated:
            raise Refusal(say("{input} is stated twice", input=name.strip()), lang)
        stated[name.strip()] = value.strip()
    return stated
