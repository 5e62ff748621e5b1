"""``kpigen keys``: make the passphrases that open sealed pay, and the file of keys that a build seals with."""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kpigen.cli.findings import print_findings
from kpigen.cli.keeping import be_a_repository
from kpigen.cli.options import option, verb
from kpigen.cli.refusal import Refusal, cannot_use
from kpigen.text import Label, nearest, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kpigen.finding import Finding
    from kpigen.publishing.keys import Holder, Keys
    from kpigen.text import Lang

__all__ = ["KEYS", "command", "given_keys"]

#: The environment's word for the file of keys, or for all that stands in it.
KEYS: Final = "KPIGEN_KEYS"
_FILE: Final = click.Path(path_type=Path)


@verb(say("Make the passphrases that open sealed pay, for whoever has none yet."), name="keys")
@option(
    "--keys", "place", type=_FILE, about=say("The file of keys, outside of the repository; KPIGEN_KEYS unless stated.")
)
@option(
    "--out",
    type=_FILE,
    about=say("A new file for the passphrases, outside of the repository, instead of the terminal."),
)
@option("--renew", metavar="ID", multiple=True, about=say("An agent or a department that gets a new passphrase."))
def command(root: Path, lang: Lang, *, place: Path | None, out: Path | None, renew: Sequence[str]) -> None:
    """Write the file of keys; tell the new passphrases, this once."""
    from kpigen.publishing.keys import make, write_keys  # noqa: PLC0415 - help does without

    be_a_repository(root, lang)
    place = place or _named(lang)
    sealed = _sealed(root, lang)
    for path in filter(None, (place, out)):
        _be_outside(root, path, lang)
    if out and (out.exists() or out.is_symlink()):
        raise Refusal(say("{path} is there already; name another file", path=str(out)), lang)
    if not out and not _is_terminal():
        text = say("the passphrases would be left in a file or a log; name a file of their own with --out")
        raise Refusal(text, lang)
    before = _read(place.read_bytes(), str(place), lang) if place.exists() else None
    renewed = [_holder(stated, sealed, lang) for stated in renew]
    wanted = {department: sorted(people) for department, people in sealed.items()}
    with _progress(lang) as advance:
        keys, passphrases = make(before, wanted, renewed, secrets.token_bytes, advance)
    if not passphrases:
        click.echo(say("{path}: everybody has a key already", path=str(place)).said(lang))
        return
    lines = [_line(holder, passphrase, sealed, lang) for holder, passphrase in passphrases.items()]
    _hand_over(place, write_keys(keys), out, "".join(f"{line}\n" for line in lines), lang)
    if not out:
        click.echo("\n".join(lines))
    click.echo(
        say(
            "{path}: new keys {new}, keys in all {count}. Keep the file out of every repository: it opens all that is "
            "sealed. The passphrases are kept nowhere; hand each to its owner alone.",
            path=str(place),
            new=len(passphrases),
            count=sum(1 for _ in keys.holders()),
        ).said(lang)
    )


def given_keys(root: Path, stated: Path | None, lang: Lang) -> Keys | None:
    """Return the keys that a build is given: by its option, or by the environment; None without.

    Args:
        root: the repository, in which they must not lie.
        stated: the file that the option names.
        lang: the language of refusals.

    Raises:
        Refusal: they cannot be used, and what to do.
    """
    told = os.environ.get(KEYS, "").strip()
    if stated is None and told.startswith("{"):
        return _read(told.encode(), KEYS, lang)
    if stated is None and not told:
        return None
    place = stated or Path(told)
    _be_outside(root, place, lang)
    try:
        return _read(place.read_bytes(), str(place), lang)
    except OSError as error:
        raise cannot_use(error, lang) from error


def _named(lang: Lang) -> Path:
    """Return the file that the environment names."""
    told = os.environ.get(KEYS, "").strip()
    if not told or told.startswith("{"):
        raise Refusal(say("no file of keys is named; name it with --keys, outside of the repository"), lang)
    return Path(told)


def _read(content: bytes, where: str, lang: Lang) -> Keys:
    from kpigen.publishing.keys import KeysError, read_keys  # noqa: PLC0415 - help does without

    try:
        return read_keys(content, where)
    except KeysError as error:
        raise Refusal(error.text, lang) from error


def _be_outside(root: Path, path: Path, lang: Lang) -> None:
    """Refuse a place from which keys could get into a repository, and so to everybody."""
    folder = root.resolve()
    tops = [folder, *(each for each in folder.parents if (each / ".git").exists())]
    if any(path.resolve().is_relative_to(top) for top in tops):
        text = say("{path} lies in the repository, where everybody finds it; keys belong outside", path=str(path))
        raise Refusal(text, lang)


def _sealed(root: Path, lang: Lang) -> Mapping[str, Mapping[str, Label]]:
    """Return the agents' names of each department that seals its pay.

    Raises:
        Refusal: no department does.
    """
    from kpigen.records import Department  # noqa: PLC0415 - help does without
    from kpigen.repository import read_agents, read_record, survey  # noqa: PLC0415
    from kpigen.snapshot import FolderSnapshot  # noqa: PLC0415

    sealed: dict[str, dict[str, Label]] = {}
    try:
        snapshot = FolderSnapshot.of(root)
        found = survey(snapshot.entries)[0]
        findings: list[Finding] = []
        for name, files in found.departments.items():
            if files.department is None:
                continue
            filed, more = read_record(snapshot, files.department, Department)
            findings += more
            if filed and filed.record.publish.pay == "sealed":
                agents, more = read_agents(snapshot, files.agents)
                findings += more
                sealed[name] = {agent: each.record.name for agent, each in agents.items()}
    except OSError as error:
        raise cannot_use(error, lang) from error
    if findings:
        print_findings(findings, root, lang)
        click.get_current_context().exit(1)
    if not sealed:
        text = say(
            "no department seals its pay; one that does says so in its department.yaml: publish: {rule}", rule=_RULE
        )
        raise Refusal(text, lang)
    return sealed


_RULE: Final = "{names: id, pay: sealed}"


def _holder(stated: str, sealed: Mapping[str, Mapping[str, Label]], lang: Lang) -> Holder:
    from kpigen.publishing.keys import Holder  # noqa: PLC0415 - help does without

    if stated in sealed:
        return Holder(stated)
    for department, people in sealed.items():
        if stated in people:
            return Holder(department, stated)
    near = nearest(stated, [*sealed, *(agent for people in sealed.values() for agent in people)])
    if near:
        text = say("{stated} is no agent or department with sealed pay; did you mean {near}?", stated=stated, near=near)
    else:
        text = say("{stated} is no agent or department with sealed pay", stated=stated)
    raise Refusal(text, lang)


def _line(holder: Holder, passphrase: str, sealed: Mapping[str, Mapping[str, Label]], lang: Lang) -> str:
    if holder.agent is None:
        return say(
            "{department}, the reviewers: {passphrase}", department=holder.department, passphrase=passphrase
        ).said(lang)
    name = sealed[holder.department][holder.agent]
    return say("{agent} {name}: {passphrase}", agent=holder.agent, name=name, passphrase=passphrase).said(lang)


def _hand_over(place: Path, keys: bytes, out: Path | None, told: str, lang: Lang) -> None:
    """Write the keys, and the passphrases where they have a file; both or neither, readable by nobody else.

    Raises:
        Refusal: the system does not let us.
    """
    aside = place.with_name(f".{place.name}.{os.getpid()}.new")
    try:
        _write(aside, keys)
        if out:
            _write(out, told.encode())
        try:
            aside.replace(place)
        except OSError:
            if out:
                out.unlink()
            raise
    except OSError as error:
        raise cannot_use(error, lang) from error
    finally:
        with suppress(OSError):
            aside.unlink()


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _is_terminal() -> bool:
    return sys.stdout.isatty()


@contextmanager
def _progress(lang: Lang) -> Iterator[Callable[[int, int], None]]:
    """Show how far it is, on a terminal only: a thousand keys take a minute."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(say("Deriving keys").said(lang), total=None)
        yield lambda done, of: bars.update(task, completed=done, total=of)
