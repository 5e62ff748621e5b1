"""The comment that shows a proposal's effect: where it goes, and a text in which nothing acts. Pure.

The text was made by a run of the proposal's own workflow, so that a stranger may have written all of it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeVar

import msgspec
from msgspec import Meta, Struct

from kpigen.text import say, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.text import Lang, Text

__all__ = ["MOST_CHARACTERS", "Comment", "NoCommentError", "Pull", "Request", "Run", "listed", "place", "read", "tame"]

MOST_CHARACTERS: Final = 65_400
"""How long a comment may be; the host refuses one of more than 65,536 characters."""

_Count = Annotated[int, Meta(ge=1, le=10**15)]
_Name = Annotated[str, Meta(pattern=r"^[A-Za-z0-9._-]{1,100}/[A-Za-z0-9._-]{1,100}$")]
_Sha = Annotated[str, Meta(pattern="^(?:[0-9a-f]{40}|[0-9a-f]{64})$")]

T = TypeVar("T")


class _Repository(Struct):
    full_name: _Name


class _Run(Struct):
    run_number: _Count
    run_attempt: _Count
    head_sha: _Sha
    head_repository: _Repository


class Run(Struct):
    """The event: a run has come to its end."""

    workflow_run: _Run
    repository: _Repository


class _Head(Struct):
    sha: _Sha
    repo: _Repository | None = None


class Pull(Struct):
    """A pull request as it stands now."""

    number: _Count
    state: str
    head: _Head


class _User(Struct):
    login: str


class Comment(Struct):
    """What was said under the pull request."""

    id: _Count
    body: str | None = None
    user: _User | None = None


class NoCommentError(Exception):
    """Nothing is to be written: ``text`` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.template)
        self.text = text


class Request(Struct, frozen=True):
    """What to ask of the host: ``method`` at ``place``, with a comment of this ``body``."""

    number: int
    method: str
    place: str
    body: str


#: The accounts under which workflows write: what anybody else says is no mark of ours.
_ROBOTS: Final = ("github-actions[bot]", "gitea-actions")
_MARK: Final = re.compile(r"<!-- kpigen effect ([0-9]{1,15})\.([0-9]{1,15}) -->")


def read(data: bytes, kind: type[T]) -> T:
    """Read what the host gave.

    Raises:
        ValueError: it is something else.
    """
    return msgspec.json.decode(data, type=kind)


def listed(data: bytes) -> tuple[Comment, ...]:
    """Read the comments of a pull request: lists one after the other, as the host's pages come.

    Raises:
        ValueError: they are something else.
    """
    return tuple(msgspec.convert(each, Comment) for page in _pages(data.decode()) for each in page)


def _pages(text: str) -> Iterator[list[Any]]:
    decoder = json.JSONDecoder()
    rest = text.strip()
    while rest:
        page, end = decoder.raw_decode(rest)
        if not isinstance(page, list):
            raise ValueError("a page is no list")  # noqa: TRY004 - of the data, not of the program
        yield page
        rest = rest[end:].lstrip()


def place(run: Run, pull: Pull, comments: tuple[Comment, ...], text: str, lang: Lang) -> Request:
    """Say where the comment of a run goes.

    Args:
        run: the run that made the text.
        pull: the pull request that the run says it belongs to.
        comments: what stands there already.
        text: the effect.
        lang: the language in which is said that something does not fit.

    Raises:
        NoCommentError: the run is not of this pull request as it stands now, or a newer one has commented.
    """
    ran, head = run.workflow_run, pull.head
    if pull.state != "open":
        raise NoCommentError(say("The pull request is no longer open."))
    if head.sha != ran.head_sha or head.repo is None or head.repo.full_name != ran.head_repository.full_name:
        raise NoCommentError(say("The run is not of the pull request's newest commit."))
    ours = (ran.run_number, ran.run_attempt)
    marked = {each.id: found for each in comments if (found := _run_of(each))}
    if any(theirs > ours for theirs in marked.values()):
        raise NoCommentError(say("A newer run has commented."))
    body = tame(f"{text.strip()}\n", lang)
    whole = f"<!-- kpigen effect {ours[0]}.{ours[1]} -->\n{body}"
    where = f"repos/{run.repository.full_name}/issues"
    if marked:
        return Request(pull.number, "PATCH", f"{where}/comments/{max(marked)}", whole)
    return Request(pull.number, "POST", f"{where}/{pull.number}/comments", whole)


def _run_of(comment: Comment) -> tuple[int, int] | None:
    """Return the run that a comment of ours is of."""
    if comment.user is None or comment.user.login not in _ROBOTS:
        return None
    found = _MARK.match(comment.body or "")
    return (int(found[1]), int(found[2])) if found else None


#: Folding stays as it is, and a sign that kpigen has already made plain.
_OURS: Final = r"(?P<ours></?(?:details|summary)>|<br>)|&#(?P<sign>[0-9]{1,4});"
#: HTML, mentions, mathematics; links and pictures; references to issues; blocks of a language, such as diagrams.
_ACTIVE: Final = re.compile(
    rf"{_OURS}|[<@$&\\]|\](?=[(\[:])|!(?=\[)|://|www\.|#(?=[0-9])|GH-(?=[0-9])|`{{3,}}(?=[^`\n])|~{{3,}}", re.IGNORECASE
)
_APART: Final = 8203  # a space without width
#: What kpigen makes plain, and nothing else: written as its number, a letter could hide an address.
_SIGNS: Final = frozenset({*map(ord, "!#$&()*<>@[\\]^_`|~:/.-"), _APART})
#: What a host looks for in what is shown, where ``&#64;`` is an ``@`` again: set apart from what follows.
_CALLING: Final = frozenset(map(ord, "!#$@~/.-"))


def tame(text: str, lang: Lang) -> str:
    """Return a text in which no HTML but folding, no link, picture, mention, diagram or reference is left.

    Args:
        text: Markdown.
        lang: the language in which is said that something does not fit.
    """
    shown = "\n".join(visible(line) for line in text.split("\n"))
    return _fitting(_ACTIVE.sub(_plain, shown), lang)


def _plain(found: re.Match[str]) -> str:
    if found["ours"]:
        return found["ours"]
    if not found["sign"]:
        written = "".join(f"&#{ord(sign)};" for sign in found[0])
        last = ord(found[0][-1])
    elif (last := int(found["sign"])) in _SIGNS:
        written = f"&#{last};"
    else:
        return f"&#38;{found[0][1:]}"
    rest = found.string[found.end() : found.end() + 7]
    return (
        written if last not in _CALLING or rest[:1].strip() == "" or rest.startswith("&#") else f"{written}&#{_APART};"
    )


def _fitting(text: str, lang: Lang) -> str:
    """Cut a text that is too long before the first line, outside of what is folded, that does not fit."""
    if len(text) <= MOST_CHARACTERS:
        return text
    said = say("… and more; the run's summary has all of it.").said(lang)
    more = f"\n{said}\n"
    size = kept = depth = 0
    for line in text.splitlines(keepends=True):
        size += len(line)
        depth += line.count("<details>") - line.count("</details>")
        if size + len(more) > MOST_CHARACTERS:
            break
        if depth == 0:
            kept = size
    return f"{text[:kept]}{more}"
