"""``kpigen init``: make a new repository for a company."""

from __future__ import annotations

import shlex
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpigen.cli.editing import MONTH
from kpigen.cli.options import option, verb
from kpigen.cli.refusal import Refusal, cannot_use
from kpigen.text import nearest, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.founding import Charter, Offer
    from kpigen.month import Month
    from kpigen.text import Lang, Text

__all__ = ["command"]


@verb(
    say("Make a new repository in an empty folder: a policy, a department, a sample month, what the host needs."),
    name="init",
)
@click.argument("folder", type=click.Path(path_type=Path))
@option("--policy", default="", about=say("The policy to begin with; without it they are listed."))
@option("--department", required=True, about=say("The department's id, such as ecommerce."))
@option("--name", about=say("The department's name for people."))
@option("--month", type=MONTH, about=say("The sample's month; the first that the policy assesses unless stated."))
@option("--requirement", about=say("The line for pip that installs kpigen; this very version unless stated."))
def command(  # noqa: PLR0913 - one for each option
    root: Path,
    lang: Lang,
    *,
    folder: Path,
    policy: str,
    department: str,
    name: str | None,
    month: Month | None,
    requirement: str | None,
) -> None:
    """Write the repository, all of it or nothing, and say what comes next."""
    from kpigen.founding import Charter, found, settle, taken_by  # noqa: PLC0415 - help does without

    place = root / folder
    offer = _offer(policy, month, lang)
    charter = Charter(
        department=_department(department, lang),
        name=_name(name, lang),
        offer=offer,
        month=month or offer.first_sample,
        lang=lang,
        requirement=_line(requirement or f"kpigen=={metadata.version('kpigen')}", lang),
    )
    try:
        if (taken := taken_by(place)) is not None:
            raise Refusal(_in_the_way(place, taken), lang)
        made = found(charter)
        settle(place, made)
    except OSError as error:
        raise cannot_use(error, lang) from error
    for line in _said(charter, place, len(made)):
        click.echo(line.said(lang))


def _offer(policy: str, month: Month | None, lang: Lang) -> Offer:
    """Return the version of the policy that is meant.

    Raises:
        Refusal: there is no such policy, none of its versions is in force in the month, or it does not assess it.
    """
    from kpigen.founding import offers, version_for  # noqa: PLC0415 - help does without
    from kpigen.policy.period import last_month  # noqa: PLC0415
    from kpigen.shipped import shipped  # noqa: PLC0415

    offered = offers(shipped())
    names = ", ".join(offered)
    if not policy:
        raise Refusal(say("say --policy with one of: {names}", names=names), lang)
    if policy not in offered:
        near = nearest(policy, offered)
        if near:
            text = say("no policy {policy} comes with kpigen; did you mean {near}? There are: {names}",
                       policy=policy, near=near, names=names)  # fmt: skip
        else:
            text = say("no policy {policy} comes with kpigen; there are: {names}", policy=policy, names=names)
        raise Refusal(text, lang)
    offer = version_for(offered[policy], month)
    if offer is None:
        first = str(min(offered[policy]))
        raise Refusal(say("{policy} begins with {first}; name a month from then on", policy=policy, first=first), lang)
    if month is not None and not offer.assesses(month):
        last = last_month(month, offer.policy.version.assess.every)
        raise Refusal(
            say("{month} is not assessed by itself; the period ends with {last}", month=str(month), last=str(last)),
            lang,
        )
    return offer


def _department(text: str, lang: Lang) -> str:
    """Return the department's id.

    Raises:
        Refusal: it has no form that a folder of records may have.
    """
    from kpigen.reading.faults import Fault  # noqa: PLC0415 - help does without
    from kpigen.reading.readers import read_slug  # noqa: PLC0415

    read = read_slug(text)
    if isinstance(read, Fault):
        hint = say("The name for people goes to --name.")
        raise Refusal(say("{fault} {hint} {more}", fault=read.message, hint=read.hint, more=hint), lang)
    if read.endswith(".yaml"):
        raise Refusal(say("{department} is the name of a file; choose an id without .yaml", department=read), lang)
    return read


def _name(text: str | None, lang: Lang) -> str | None:
    """Return the name, which must be one line of text.

    Raises:
        Refusal: it is empty, or has characters that would not be seen.
    """
    from kpigen.reading.faults import Fault  # noqa: PLC0415 - help does without
    from kpigen.reading.readers import read_text  # noqa: PLC0415
    from kpigen.reading.scalars import MAX_PROSE  # noqa: PLC0415

    read = text if text is None else read_text(text, MAX_PROSE)
    if isinstance(read, Fault):
        raise Refusal(say("{fault} {hint}", fault=read.message, hint=read.hint), lang)
    if read is not None and not read.isprintable():
        raise Refusal(say("the name has characters that nobody sees: {text}", text=read), lang)
    return read


def _line(text: str, lang: Lang) -> str:
    """Return the line for pip.

    Raises:
        Refusal: it is not one line.
    """
    if not text.isprintable() or not text.strip():
        raise Refusal(say("the requirement is not one line: {text}", text=text), lang)
    return text.strip()


def _in_the_way(place: Path, taken: Path) -> Text:
    if place.is_symlink():
        return say("{path} is a link; files go into plain folders only", path=str(place))
    if taken == place:
        return say("{path} is no folder", path=str(place))
    return say("{path} is not empty: there is {name}; name a new folder", path=str(place), name=taken.name)


def _said(charter: Charter, folder: Path, count: int) -> Iterator[Text]:
    """Yield what was made, and the next three steps."""
    policy, department, month = charter.offer.policy, charter.department, str(charter.month)
    yield say(
        "{folder}: {count} files; policy {policy} {version}, department {department}, sample month {month}",
        folder=str(folder),
        count=count,
        policy=policy.id,
        version=str(policy.month),
        department=department,
        month=month,
    )
    yield say("1. cd {folder}, then try it: kpigen check, kpigen build", folder=shlex.quote(str(folder)))
    yield say("2. git init -b main, git add -A, git commit: the repository begins")
    yield say("3. README.md says how the three users work, and how your own people take the sample's place")
