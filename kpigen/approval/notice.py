"""Notices: what the git host says happened, read from the files that it hands to a workflow.

Everything in them was typed by strangers. Only what is named here is read, and every part of it has a form.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeVar

import msgspec
from msgspec import Meta, Struct

from kpigen.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpigen.text import Text

__all__ = ["MAX_NOTICE", "Issue", "NoticeError", "Pull", "Review", "read_issue", "read_pull", "read_reviews"]

MAX_NOTICE: Final = 32 * 1024 * 1024
"""How many bytes a notice may have; hosts send at most 25 MB."""

T = TypeVar("T")

_Login = Annotated[str, Meta(min_length=1, max_length=255)]
_Number = Annotated[int, Meta(ge=1, le=10**12)]
_Commit = Annotated[str, Meta(pattern=r"^(?:[0-9a-f]{40}|[0-9a-f]{64})\Z")]
_Moment = Annotated[datetime, Meta(tz=True)]

_AT = re.compile(r"`(\$[^`]*)`$")
_FIELD = re.compile(r"required field `([^`]+)`")


class NoticeError(Exception):
    """A file is not the notice that it should be: ``text`` says where."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.template)
        self.text = text


class _User(Struct):
    login: _Login


class _Head(Struct):
    sha: _Commit


class _Pull(Struct):
    number: _Number
    head: _Head
    user: _User | None = None


class _PullEvent(Struct):
    pull_request: _Pull


class _Review(Struct):
    state: str
    user: _User | None = None
    commit_id: str | None = None
    submitted_at: _Moment | None = None
    dismissed: bool = False


class _Issue(Struct):
    number: _Number
    created_at: _Moment
    state: str
    body: str | None = None
    pull_request: object = None


class _IssueEvent(Struct):
    issue: _Issue


class Pull(Struct, frozen=True):
    """A pull request: its number, the account that opened it (None: deleted since), and its newest commit."""

    number: int
    author: str | None
    head: str


class Review(Struct, frozen=True):
    """What an account said of a commit: ``state`` is ``APPROVED``, ``CHANGES_REQUESTED``, ``DISMISSED`` or another."""

    account: str
    state: str
    commit: str | None


class Issue(Struct, frozen=True):
    """An issue: its number, what it says, the day on which it was opened (UTC), and whether it is closed by now."""

    number: int
    body: str
    created: date
    closed: bool
    pull: bool


def read_pull(path: str, data: bytes) -> Pull:
    """Read the event of a pull request, or of a review of one.

    Raises:
        NoticeError: it is none.
    """
    event = _read(path, data, _PullEvent).pull_request
    return Pull(event.number, event.user.login if event.user else None, event.head.sha)


def read_reviews(path: str, data: bytes) -> tuple[Review, ...]:
    """Read the reviews of a pull request, the earliest first.

    Args:
        path: the file, for messages.
        data: JSON lists one after the other, as the host's pages come; a list of lists will do.

    Raises:
        NoticeError: it is something else.
    """
    found = []
    for page in _pages(path, data):
        try:
            found += msgspec.convert(page, list[_Review])
        except msgspec.ValidationError as error:
            raise _refused(path, error) from error
    listed = sorted(enumerate(found), key=lambda each: (_when(each[1]), each[0]))
    return tuple(
        Review(each.user.login, "DISMISSED" if each.dismissed else _STATES.get(each.state, each.state), each.commit_id)
        for _, each in listed
        if each.user
    )


# Gitea's word for the same.
_STATES: Final = {"REQUEST_CHANGES": "CHANGES_REQUESTED"}


def read_issue(path: str, data: bytes) -> Issue:
    """Read the event of an issue.

    Raises:
        NoticeError: it is none.
    """
    issue = _read(path, data, _IssueEvent).issue
    closed, pull = issue.state != "open", issue.pull_request is not None
    return Issue(issue.number, issue.body or "", issue.created_at.date(), closed, pull)


def _when(review: _Review) -> float:
    return review.submitted_at.timestamp() if review.submitted_at else 0.0


def _pages(path: str, data: bytes) -> Iterator[list[Any]]:
    """Yield the lists of reviews."""
    text = _text(path, data)
    decoder, at = json.JSONDecoder(), 0
    while at < len(text):
        try:
            page, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            raise NoticeError(say("{path} is no JSON", path=path)) from error
        if not isinstance(page, list):
            raise NoticeError(say("{path} is no list of reviews", path=path))
        nested = [each for each in page if isinstance(each, list)]
        yield from nested if len(nested) == len(page) else [page]
        at += len(text[at:]) - len(text[at:].lstrip())


def _text(path: str, data: bytes) -> str:
    if len(data) > MAX_NOTICE:
        raise NoticeError(say("{path} has more than {limit} bytes", path=path, limit=MAX_NOTICE))
    try:
        return data.decode().strip()
    except UnicodeDecodeError as error:
        raise NoticeError(say("{path} is no JSON", path=path)) from error


def _read(path: str, data: bytes, kind: type[T]) -> T:
    text = _text(path, data)
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.ValidationError as error:
        raise _refused(path, error) from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise NoticeError(say("{path} is no JSON", path=path)) from error


def _refused(path: str, error: msgspec.ValidationError) -> NoticeError:
    """Say where a notice is not as it should be; the library's own words are not shown."""
    place, missing = _AT.search(str(error)), _FIELD.search(str(error))
    at = (place[1] if place else "$") + (f".{missing[1]}" if missing else "")
    return NoticeError(say("{path} is not what the host sends: {at} is missing or of another form", path=path, at=at))
