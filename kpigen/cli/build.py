"""``kpigen build``: check, compute and publish the site."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpigen.cli.keeping import publish, stop_at_errors
from kpigen.cli.options import option, verb
from kpigen.cli.refusal import Refusal, cannot_use
from kpigen.shipped import shipped
from kpigen.text import say, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kpigen.cli.keeping import Kept
    from kpigen.text import Lang, Text

__all__ = ["SiteRefusal", "command", "make_site"]


class SiteRefusal(Refusal):
    """The pages cannot be made: not for a wrong use, but for what stands in them."""

    exit_code = 1


@verb(say("Check, compute, and build the site."), name="build")
@option(
    "--out",
    type=click.Path(path_type=Path),
    about=say("The folder for the site; build/site of the repository unless stated."),
)
@option(
    "--source",
    "address",
    metavar="URL",
    about=say("The address of the repository at its git host, to which the pages link; origin's unless stated."),
)
@option(
    "--keys",
    type=click.Path(path_type=Path),
    about=say("The file of keys with which pay is sealed, outside of the repository; KPIGEN_KEYS unless stated."),
)
def command(root: Path, lang: Lang, *, out: Path | None, address: str | None, keys: Path | None) -> None:
    """Build the site; with an error, print the findings and leave the old site as it was."""
    place = out or root / "build" / "site"
    stop_at_errors(make_site(root, place, lang, address, keys), lang)
    click.echo(say("The site: {path}", path=str(place / "index.html")).said(lang))


def make_site(root: Path, out: Path, lang: Lang, address: str | None = None, keys: Path | None = None) -> Kept:
    """Publish the documents and make the site of them, unless a finding is an error.

    Args:
        root: the repository.
        out: the folder for the site.
        lang: the language of what is said.
        address: the address of the repository at its host; origin's unless stated.
        keys: the file of keys; what the environment names unless stated.

    Raises:
        Refusal: when there is nothing to build from, or ``out`` cannot take it.
        SiteRefusal: when the pages cannot be made.
    """
    from kpigen.cli.keys import given_keys  # noqa: PLC0415 - help does without

    _be_replaceable(out, lang)
    held = given_keys(root, keys, lang)
    data = root / "build" / "data"
    kept = publish(root, data, lang).kept
    if not kept.clean:
        return kept
    from kpigen.cli.history import tell_history  # noqa: PLC0415 - help does without
    from kpigen.cli.publication import publish_documents  # noqa: PLC0415
    from kpigen.store import LinkInTheWayError  # noqa: PLC0415

    source, published = _source(root, lang), root / "build" / "published"
    try:
        publish_documents(data, published)
        tell_history(root, published, address)
    except LinkInTheWayError as link:
        raise Refusal(say("{path} is a link; results go into plain folders only", path=str(link)), lang) from link
    except OSError as error:
        raise cannot_use(error, lang) from error
    from kpigen.publishing.sealing import Vault  # noqa: PLC0415
    from kpigen.site import SiteError, build  # noqa: PLC0415 - only a build needs all of it
    from kpigen.site.sealed import Sealing  # noqa: PLC0415

    try:
        with _progress(lang) as progress:
            memory = (root / "build" / "memory").absolute()
            build(
                source.resolve(),
                published.resolve(),
                out.absolute(),
                progress,
                borrowed=source is not root,
                memory=memory,
                sealing=Sealing(Vault(held), data.resolve()) if held else None,
            )
    except SiteError as error:
        details = "".join(f"\n  {visible(line)}" for line in error.details.splitlines())
        raise SiteRefusal(error.text, lang, details) from error
    except OSError as error:
        raise cannot_use(error, lang) from error
    return kept


def _source(root: Path, lang: Lang) -> Path:
    """Return what the pages are made from: the repository's own, or else what comes with the program.

    Raises:
        Refusal: when the repository has a part of it only.
    """
    own = {name: (root / name).exists() for name in ("mkdocs.yml", "site")}
    if not any(own.values()):
        return shipped()
    for name, there in own.items():
        if not there:
            raise Refusal(say("{root} has no {name}, from which the site is built", root=str(root), name=name), lang)
    return root


def _be_replaceable(out: Path, lang: Lang) -> None:
    """Refuse a place that holds anything but a site: the site takes the place of all that is there."""
    if out.is_symlink():
        raise Refusal(say("{path} is a link; results go into plain folders only", path=str(out)), lang)
    if out.exists() and not out.is_dir():
        raise Refusal(say("{path} is no folder", path=str(out)), lang)
    try:
        holds_other_files = out.exists() and not (out / ".inputs").exists() and any(out.iterdir())
    except OSError as error:
        raise cannot_use(error, lang) from error
    if holds_other_files:
        raise Refusal(say("{path} holds other files, which a site would replace", path=str(out)), lang)


@contextmanager
def _progress(lang: Lang) -> Iterator[Callable[[Text], None]]:
    """Show what is being done, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it

    with Console(stderr=True, markup=False).status("") as status:
        yield lambda text: status.update(text.said(lang))
