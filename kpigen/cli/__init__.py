"""The command line: one verb a module, imported when it is asked for."""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module, metadata
from typing import Any, cast

import click

from kpigen.cli.options import HelpSaid, SaidOption, language, note_language, preferred
from kpigen.cli.words import SHOW_VERSION, speak
from kpigen.text import Lang, say

__all__ = ["main"]

#: Each verb and where its command stands, in the order in which people need them.
_VERBS = {
    "check": "check:command",
    "compute": "compute:command",
    "build": "build:command",
    "explain": "explain:command",
    "what-if": "what_if:command",
    "diff": "diff:command",
    "export": "export:command",
    "keys": "keys:command",
    "impact": "impact:command",
    "close": "close:command",
    "guard": "guard:command",
    "approval": "approval:command",
    "owners": "owners:command",
    "form": "form:command",
    "comment": "comment:command",
    "due": "due:command",
    "upgrade": "upgrade:command",
    "lint": "lint:command",
    "import": "intake:import_command",
    "new": "intake:new_command",
    "fmt": "layout:command",
    "schema": "schema:command",
    "init": "init:command",
    "serve": "serve:command",
}


class _Verbs(HelpSaid, click.Group):
    """All verbs; what a verb needs is imported when the verb is."""

    def main(self, *args: Any, **settings: Any) -> Any:  # noqa: ANN401 - click's own
        """Run; a character that the output's encoding lacks is written as an escape."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        speak(preferred(os.environ))
        return super().main(*args, **settings)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, in the language that the arguments ask for."""
        note_language(ctx, args)
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own
        """Return the verbs."""
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's own
        """Import a verb."""
        module, _, attribute = _VERBS.get(cmd_name, "").partition(":")
        if not module:
            return None
        return cast("click.Command", getattr(import_module(f"kpigen.cli.{module}"), attribute))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the language of the context."""
        self.help = _ABOUT.said(language(ctx))
        super().format_help_text(ctx, formatter)


def _show_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - click's own
    """Print the version, and no more."""
    if asked:
        click.echo(f"kpigen {metadata.version('kpigen')}")
        ctx.exit()


_ABOUT = say("Keep a customer-service department's assessment: check the records, compute tiers and pay, publish them.")

main = _Verbs(
    "kpigen",
    params=[
        SaidOption(
            ["--lang"],
            type=click.Choice([lang.value for lang in Lang]),
            expose_value=False,
            about=say("The language of what is said; follows the locale unless stated."),
        ),
        SaidOption(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_version,
            about=SHOW_VERSION,
        ),
    ],
)
