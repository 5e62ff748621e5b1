"""What every verb has in common: its root, its language, and help in either language."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kpigen.cli.words import HELP, speak
from kpigen.text import Lang, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kpigen.text import Text

__all__ = [
    "HelpSaid",
    "SaidOption",
    "Verb",
    "format_option",
    "language",
    "note_language",
    "option",
    "preferred",
    "verb",
]

F = TypeVar("F", bound="Callable[..., Any]")

META = "kpigen.lang"
_LANGS = [lang.value for lang in Lang]


def preferred(environ: Mapping[str, str]) -> Lang:
    """Return the language that the environment asks for: the first of its settings that is made decides."""
    asked = filter(None, map(environ.get, ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE")))
    return Lang.ZH if next(asked, "").lower().startswith("zh") else Lang.EN


def language(ctx: click.Context) -> Lang:
    """Return the language of a context: what ``--lang`` says, else the environment."""
    found = ctx.meta.get(META)
    return found if isinstance(found, Lang) else preferred(os.environ)


def note_language(ctx: click.Context, args: Sequence[str]) -> None:
    """Note the language before anything is parsed, so that help and refusals are said in it too."""
    for word, following in zip(args, [*args[1:], ""], strict=False):
        name, _, value = word.partition("=")
        if name == "--lang" and (value or following) in _LANGS:
            ctx.meta[META] = Lang(value or following)
    speak(language(ctx))


class SaidOption(click.Option):
    """An option whose help is a :class:`Text`."""

    def __init__(self, *args: Any, about: Text, **kwargs: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(*args, **kwargs)
        self.about = about

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option and its help in the language of the context."""
        self.help = self.about.said(language(ctx))
        return super().get_help_record(ctx)


class HelpSaid(click.Command):
    """A command that says in the language of the context what its ``--help`` is."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option; click makes it once, whatever the language is then."""
        found = super().get_help_option(ctx)
        if found:
            found.help = HELP.said(language(ctx))
        return found


class Verb(HelpSaid):
    """A command whose help is a :class:`Text`."""

    def __init__(self, *args: Any, about: Text, **kwargs: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(*args, **kwargs)
        self.about = about

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, in the language that the arguments ask for."""
        note_language(ctx, args)
        return super().parse_args(ctx, args)

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the line for the list of verbs, in the language of the list."""
        self.help = self.about.said(language(click.get_current_context()))
        return super().get_short_help_str(limit)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the language of the context."""
        self.help = self.about.said(language(ctx))
        super().format_help_text(ctx, formatter)


def option(*names: str, about: Text, **settings: Any) -> Callable[[F], F]:  # noqa: ANN401 - click's own
    """Give a verb an option; ``about`` is its help, everything else is as for :func:`click.option`."""
    return click.option(*names, cls=SaidOption, about=about, **settings)


def format_option(*formats: str) -> Callable[[F], F]:
    """Give a verb ``--format``; the first of ``formats`` is the default."""
    return option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        about=say("How to write the result."),
    )


_lang_option = option(
    "--lang",
    type=click.Choice(_LANGS),
    callback=lambda ctx, _, value: Lang(value) if value else language(ctx),
    about=say("The language of what is said; follows the locale unless stated."),
)
_root_option = option(
    "--root",
    type=click.Path(path_type=Path),
    default=Path(),
    about=say("The repository: the folder that holds records/ and policy/; this folder unless stated."),
)


def verb(about: Text, name: str | None = None) -> Callable[[Callable[..., None]], click.Command]:
    """Make a function a verb that takes ``root: Path`` and ``lang: Lang`` besides its own parameters.

    Args:
        about: what the verb does; the first sentence stands in the list of verbs.
        name: the verb, unless it is the function's name.
    """

    def make(function: Callable[..., None]) -> click.Command:
        return click.command(name, cls=Verb, about=about)(_root_option(_lang_option(function)))

    return make
