"""The words of the library that reads the command line, in the language of the rest.

Click looks each of its sentences up with gettext, by functions that its modules import under the names ``_`` and
``ngettext``, in the language of the environment. ``--lang`` may ask for another one; so our own look-up, in the one
catalogue that there is, takes the place of both names.
"""

from __future__ import annotations

from typing import Final

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

from kpigen.text import Lang, Text, catalogue, say

__all__ = ["CLICKS_WORDS", "HELP", "SHOW_VERSION", "speak"]

HELP: Final = say("Show this message and exit.")
SHOW_VERSION: Final = say("Show the version and exit.")

#: What click can say of our verbs, so that the catalogue holds it; the fields are click's.
CLICKS_WORDS: Final[tuple[Text, ...]] = (
    say("Usage:"),
    say("Options"),
    say("Commands"),
    say("Aborted!"),
    say("Error: {message}"),
    say("Try '{command} {option}' for help."),
    say("Missing argument"),
    say("Missing option"),
    say("Missing command."),
    say("No such option {name!r}."),
    say("No such command {name!r}."),
    say("Did you mean {possibility}?"),
    say("(Did you mean one of: {possibilities}?)"),
    say("Invalid value: {message}"),
    say("Invalid value for {param_hint}: {message}"),
    say("{value!r} is not {choice}."),
    say("{value!r} is not one of {choices}."),
    say("{value!r} is not a valid {number_type}."),
    say("{value} is not in the range {range}."),
    say("Got unexpected extra argument ({args})"),
    say("Got unexpected extra arguments ({args})"),
    say("Option {name!r} requires an argument."),
    say("Option {name!r} does not take a value."),
    say("{name} {filename!r} does not exist."),
    say("{name} {filename!r} is a file."),
    say("{name} {filename!r} is a directory."),
    say("{name} {filename!r} is not readable."),
    say("default: {default}"),
    say("required"),
    say("Choose from:\n\t{choices}"),
)

_MODULES: Final = (
    click.core,
    click.decorators,
    click.exceptions,
    click.formatting,
    click.parser,
    click.types,
)


class _Speaker:
    """The look-up, and the language in which it looks up."""

    def __init__(self) -> None:
        self.lang = Lang.EN

    def one(self, message: str) -> str:
        """Look up what stands for ``gettext``."""
        return catalogue(self.lang).get(message, message)

    def several(self, singular: str, plural: str, count: int) -> str:
        """Look up what stands for ``ngettext``."""
        return self.one(singular if count == 1 else plural)


_SPEAKER: Final = _Speaker()
for _module in _MODULES:
    vars(_module).update(_=_SPEAKER.one, ngettext=_SPEAKER.several)


def speak(lang: Lang) -> None:
    """Let click speak a language from now on."""
    _SPEAKER.lang = lang
