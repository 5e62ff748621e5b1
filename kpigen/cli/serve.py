"""``kpigen serve``: show the site on this machine while somebody edits."""

from __future__ import annotations

import errno
import time
from typing import TYPE_CHECKING

import click

from kpigen.cli.build import make_site
from kpigen.cli.findings import report
from kpigen.cli.live import Live, serving
from kpigen.cli.options import option, verb
from kpigen.cli.refusal import Refusal, cannot_use
from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kpigen.cli.keeping import Kept
    from kpigen.text import Lang

__all__ = ["command", "seen"]

WATCHED = ("records", "policy", "site", "mkdocs.yml")
INTERVAL = 0.5


@verb(say("Serve the site on this machine while you edit."), name="serve")
@option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    about=say("The port; 0 for any that is free."),
)
def command(root: Path, lang: Lang, port: int) -> None:
    """Build and serve; build again when a file changes, and let the open pages know."""
    live = Live()
    site = root / "build" / "site"
    state = seen(root)
    _rebuild(root, site, lang, live)
    if not site.is_dir():
        click.get_current_context().exit(1)
    try:
        with serving(site.resolve(), live, port) as address:
            click.echo(say("Serving {address} until Ctrl-C is pressed.", address=address).said(lang))
            while True:
                time.sleep(INTERVAL)
                if (now := seen(root)) != state:
                    state = now
                    _rebuild(root, site, lang, live)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Refusal(say("port {port} is taken; choose another with --port", port=port), lang) from error
        raise cannot_use(error, lang) from error
    except KeyboardInterrupt:
        click.echo()


def seen(root: Path) -> dict[str, tuple[int, int]]:
    """Return what tells whether a watched file changed: when it was written, and its size."""
    return dict(_stamps(root))


def _stamps(root: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    for top in WATCHED:
        for path in (root / top, *(root / top).rglob("*")):
            try:
                status = path.lstat()
            except OSError:  # gone between listing and looking
                continue
            yield str(path), (status.st_mtime_ns, status.st_size)


def _rebuild(root: Path, site: Path, lang: Lang, live: Live) -> None:
    """Build; whatever stands in the way is printed and shown on the open pages, and the old site stays."""
    try:
        kept = make_site(root, site, lang)
    except click.ClickException as refusal:
        refusal.show()
        live.failed(refusal.message)
        return
    report(kept, lang)
    if kept.clean:
        live.built()
    else:
        live.failed(_in_words(kept, lang))


def _in_words(kept: Kept, lang: Lang) -> str:
    lines = (f"{each.place}: {each.message.said(lang)} [{each.rule.id}]" for each in kept.findings)
    return "\n".join(lines)
