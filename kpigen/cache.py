"""The cache: what is remembered of a result by the content it depends on. It can be deleted at any time.

Entries lie outside the repository, so that no pull request can bring one along, and are plain data.
"""

from __future__ import annotations

import contextlib
import os
from decimal import Decimal
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import msgspec

from kpigen.engine import OpenAction, Outcome, Standing
from kpigen.finding import Finding, Place, Rule, Severity
from kpigen.month import Month
from kpigen.policy.references import Past
from kpigen.text import Label, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kpigen.figure import Value

__all__ = ["Cache", "Entry", "FolderCache", "NoCache", "digest", "key_of"]


class Entry(msgspec.Struct, frozen=True):
    """What is remembered: findings, and for a month that could be computed its outcomes.

    When its document was made too, ``document`` is the document's digest, and ``told`` one of what went into it
    besides what the findings and outcomes depend on. ``restated`` is what those bring into the month, by agent, for
    whom it holds adjustments.
    """

    findings: tuple[Finding, ...]
    outcomes: dict[str, Outcome] | None = None
    document: str | None = None
    told: str | None = None
    restated: dict[str, Standing] | None = None


class Cache(Protocol):
    """A place for entries."""

    def get(self, key: str) -> Entry | None:
        """Return the entry of a key, if it is there and whole."""

    def put(self, key: str, entry: Entry) -> None:
        """Remember an entry."""


_DIGEST: Final = 40


def digest(data: bytes) -> str:
    """Return the digest of some bytes."""
    return blake2b(data, digest_size=20).hexdigest()


def key_of(parts: Iterable[str]) -> str:
    """Return the key that several texts make together."""
    joined = blake2b(digest_size=20)
    for part in parts:
        joined.update(part.encode())
        joined.update(b"\0")
    return joined.hexdigest()


class NoCache:
    """Remembers nothing."""

    def get(self, key: str) -> Entry | None:  # noqa: ARG002 - the protocol's
        """Return None."""
        return None

    def put(self, key: str, entry: Entry) -> None:
        """Do nothing."""


class FolderCache:
    """Entries as files of a folder; used ones are kept, the others are removed by :meth:`prune`."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``, which is made when the first entry is put."""
        self.folder = folder
        self._used: set[str] = set()

    @classmethod
    def of(cls, root: Path) -> FolderCache:
        """Return the cache of the repository at ``root``, below the user's cache folder."""
        base = (
            os.environ.get("KPIGEN_CACHE")
            or Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "kpigen"
        )
        return cls(Path(base) / digest(os.fsencode(root.resolve()))[:16])

    def get(self, key: str) -> Entry | None:
        """Return the entry of a key; one that cannot be read counts as missing."""
        try:
            seal, packed = _parted((self.folder / key).read_bytes())
        except OSError:
            return None
        if seal != digest(packed).encode():
            return None
        entry = _decoded(packed)
        self._used.add(key)
        return entry

    def put(self, key: str, entry: Entry) -> None:
        """Remember an entry; a folder that cannot be written to is no reason to fail."""
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            aside = self.folder / f"{key}.{os.getpid()}"
            packed = _encoded(entry)
            aside.write_bytes(digest(packed).encode() + packed)
            aside.replace(self.folder / key)
            self._used.add(key)

    def prune(self) -> None:
        """Remove the entries that were not used since this object was made."""
        with contextlib.suppress(OSError):
            for file in self.folder.iterdir():
                if file.name not in self._used:
                    file.unlink()


def _parted(data: bytes) -> tuple[bytes, bytes]:
    """Part the digest, by which a damaged file is told, from the entry."""
    return data[:_DIGEST], data[_DIGEST:]


def _numbers(values: Mapping[str, Value]) -> dict[str, Decimal]:
    return {name: value for name, value in values.items() if isinstance(value, Decimal)}


def _words(values: Mapping[str, Value]) -> dict[str, bool | str | None]:
    return {name: value for name, value in values.items() if not isinstance(value, Decimal)}


def _values(numbers: Mapping[str, Decimal], words: Mapping[str, bool | str | None]) -> dict[str, Value]:
    """Put numbers and words together again, in the order in which they were put."""
    return dict(sorted({**numbers, **words}.items()))


class _Row(msgspec.Struct, array_like=True):
    """An outcome as it lies in a file.

    Read by msgspec itself: to check one month, the outcomes of all the months before it are read. Numbers and
    words stand apart, because a number is written as a word too.
    """

    tier: str
    by: str | None
    demoted: bool
    owed: dict[str, Decimal]
    month: Month
    assessed: bool
    numbers: dict[str, Decimal]
    words: dict[str, bool | str | None]
    place: Place | None
    open: tuple[OpenAction, ...]

    @classmethod
    def of(cls, outcome: Outcome) -> _Row:
        past = outcome.past
        return cls(
            tier=outcome.tier,
            by=outcome.by,
            demoted=outcome.demoted,
            owed=dict(outcome.owed),
            month=past.month,
            assessed=past.assessed,
            numbers=_numbers(past.values),
            words=_words(past.values),
            place=past.place,
            open=outcome.open,
        )

    def outcome(self) -> Outcome:
        values = _values(self.numbers, self.words)
        past = Past(month=self.month, assessed=self.assessed, values=values, place=self.place)
        return Outcome(tier=self.tier, by=self.by, demoted=self.demoted, owed=self.owed, past=past, open=self.open)


class _Then(msgspec.Struct, array_like=True):
    """An earlier month of an agent as it lies in a file; see :class:`_Row`."""

    month: Month
    assessed: bool
    numbers: dict[str, Decimal]
    words: dict[str, bool | str | None]
    place: Place | None


class _Brought(msgspec.Struct, array_like=True):
    """A standing as it lies in a file."""

    tier: str
    since: Month
    by: str | None
    demoted: tuple[Month, ...]
    owed: dict[str, Decimal]
    past: tuple[_Then, ...]
    open: tuple[OpenAction, ...]

    @classmethod
    def of(cls, standing: Standing) -> _Brought:
        return cls(
            tier=standing.tier,
            since=standing.since,
            by=standing.by,
            demoted=standing.demoted,
            owed=dict(standing.owed),
            past=tuple(
                _Then(past.month, past.assessed, _numbers(past.values), _words(past.values), past.place)
                for past in standing.past
            ),
            open=standing.open,
        )

    def standing(self) -> Standing:
        past = tuple(
            Past(month=each.month, assessed=each.assessed, values=_values(each.numbers, each.words), place=each.place)
            for each in self.past
        )
        return Standing(
            tier=self.tier,
            since=self.since,
            by=self.by,
            demoted=self.demoted,
            owed=self.owed,
            past=past,
            open=self.open,
        )


class _File(msgspec.Struct, array_like=True):
    """An entry as it lies in a file."""

    findings: list[Any]
    outcomes: dict[str, _Row] | None
    document: str | None
    told: str | None
    restated: dict[str, _Brought] | None = None


_DECODER: Final = msgspec.msgpack.Decoder(_File)


def _encoded(entry: Entry) -> bytes:
    outcomes = None if entry.outcomes is None else {agent: _Row.of(each) for agent, each in entry.outcomes.items()}
    findings = [_finding(each) for each in entry.findings]
    restated = None if entry.restated is None else {agent: _Brought.of(each) for agent, each in entry.restated.items()}
    return msgspec.msgpack.encode(_File(findings, outcomes, entry.document, entry.told, restated))


def _decoded(data: bytes) -> Entry:
    found = _DECODER.decode(data)
    outcomes = None if found.outcomes is None else {agent: row.outcome() for agent, row in found.outcomes.items()}
    restated = None if found.restated is None else {agent: each.standing() for agent, each in found.restated.items()}
    return Entry(tuple(map(_read_finding, found.findings)), outcomes, found.document, found.told, restated)


def _place(place: Place | None) -> list[Any] | None:
    return None if place is None else [place.path, place.line, place.column]


def _read_place(row: list[Any] | None) -> Place | None:
    return None if row is None else Place(*row)


def _finding(finding: Finding) -> list[Any]:
    return [
        _place(finding.place),
        [finding.rule.id, finding.rule.severity.value],
        _text(finding.message),
        _text(finding.hint),
        [_place(place) for place in finding.related],
        finding.severity.value,
    ]


def _read_finding(row: list[Any]) -> Finding:
    place, (rule, usual), message, hint, related, severity = row
    return Finding(
        place=Place(*place),
        rule=Rule(rule, Severity(usual)),
        message=_read_text(message),
        hint=None if hint is None else _read_text(hint),
        related=tuple(Place(*each) for each in related),
        severity=Severity(severity),
    )


def _text(text: Text | None) -> list[Any] | None:
    return None if text is None else [text.template, [[name, _said(value)] for name, value in text.values]]


def _said(value: object) -> list[Any]:
    match value:
        case Text():
            return ["t", _text(value)]
        case Label(zh=zh, en=en):
            return ["l", zh, en]
        case Decimal():
            return ["d", str(value)]
        case _:
            return ["v", value]


def _read_text(row: list[Any]) -> Text:
    template, values = row
    return Text(template, tuple((name, _read_said(value)) for name, value in values))


def _read_said(row: list[Any]) -> Any:  # noqa: ANN401 - any of the values that a text may hold
    match row:
        case ["t", text]:
            return _read_text(text)
        case ["l", zh, en]:
            return Label(zh, en)
        case ["d", number]:
            return Decimal(number)
        case _:
            return row[1]
