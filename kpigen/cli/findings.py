"""Printing findings, in the format that was asked for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol

import click

from kpigen import report as form
from kpigen.cli.terminal import paper
from kpigen.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kpigen.finding import Finding
    from kpigen.text import Lang

__all__ = ["report"]


class Reported(Protocol):
    """What is reported on."""

    @property
    def root(self) -> Path:
        """Where the files stand."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found."""

    @property
    def months(self) -> int:
        """How many months there are."""

    @property
    def agents(self) -> int:
        """How many agents there are."""


def report(on: Reported, lang: Lang, form: str) -> None:
    ...
