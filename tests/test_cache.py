"""The cache: what is put comes back the same, and whatever happens to its files changes no result."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpigen import ledger
from kpigen.cache import Entry, FolderCache, NoCache, key_of
from kpigen.engine import OpenAction, Outcome, Standing
from kpigen.finding import Finding, Place, Rule, Severity
from kpigen.ledger import keep
from kpigen.month import Month
from kpigen.policy.references import Past
from kpigen.text import Label, Text
from tests.engine.mini import ABSENT, BASE, POLICY, Documents, Files, Published, changed, complaint, event, scored, shop

MONTHS = [f"2025-{number:02}" for number in range(1, 6)]
STORY = shop(
    {"A001": "senior", "A002": "junior"},
    {
        month: {"A001": scored(score, "12.50"), "A002": ABSENT if number == 2 else scored("25")}
        for number, (month, score) in enumerate(zip(MONTHS, ("70", "95", "95", "50", "50"), strict=True))
    },
    event("2025-01", amount="1500") | complaint("2025-03", status="open", decided=""),
)

PLACES = st.builds(Place, st.text(), st.integers(0, 9), st.integers(0, 9))
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=2)
TEXTS = st.recursive(
    st.builds(Text, st.text()),
    lambda inner: st.builds(
        Text,
        st.text(),
        st.lists(
            st.tuples(
                st.text(),
                st.one_of(st.text(), st.integers(0, 99), NUMBERS, st.builds(Label, st.text(), st.text()), inner),
            )
        ).map(tuple),
    ),
    max_leaves=3,
)
FINDINGS = st.builds(
    Finding,
    place=PLACES,
    rule=st.builds(Rule, st.text(), st.sampled_from(Severity)),
    message=TEXTS,
    hint=st.one_of(st.none(), TEXTS),
    related=st.lists(PLACES, max_size=2).map(tuple),
    severity=st.sampled_from(Severity),
)

if TYPE_CHECKING:
    from pathlib import Path
VALUES = st.one_of(st.none(), st.booleans(), st.text(), NUMBERS, st.sampled_from(["1", "1.50", "yes", "NaN"]))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    month = Month(2025, draw(st.integers(1, 12)))
    pasts = st.builds(
        Past,
        month=st.just(month),
        assessed=st.booleans(),
        values=st.dictionaries(st.text(), VALUES, max_size=4).map(lambda values: dict(sorted(values.items()))),
        place=st.one_of(st.none(), PLACES),
    )
    outcomes = st.builds(
        Outcome,
        tier=st.text(),
        by=st.one_of(st.none(), st.text()),
        demoted=st.booleans(),
        owed=st.dictionaries(st.text(), NUMBERS, max_size=2),
        past=pasts,
    )
    standings = st.builds(
        Standing,
        tier=st.text(),
        since=st.just(month),
        by=st.one_of(st.none(), st.text()),
        demoted=st.lists(st.just(month), max_size=2).map(tuple),
        owed=st.dictionaries(st.text(), NUMBERS, max_size=2),
        past=st.lists(pasts, max_size=2).map(tuple),
        open=st.lists(
            st.builds(
                OpenAction,
                action=st.text(),
                month=st.just(month),
                due=st.one_of(st.none(), st.dates()),
                settled_by=st.lists(st.text(), max_size=2).map(tuple),
            ),
            max_size=2,
        ).map(tuple),
    )
    return Entry(
        draw(st.lists(FINDINGS, max_size=3).map(tuple)),
        draw(st.one_of(st.none(), st.dictionaries(st.text(), outcomes, max_size=3))),
        draw(st.one_of(st.none(), st.text())),
        restated=draw(st.one_of(st.none(), st.dictionaries(st.text(), standings, max_size=2))),
    )


@given(entries())
def test_what_is_put_comes_back_the_same(tmp_path_factory: pytest.TempPathFactory, entry: Entry) -> None:
    cache = FolderCache(tmp_path_factory.mktemp("cache", numbered=True))
    cache.put("key", entry)
    found = cache.get("key")
    assert found == entry
    assert found is not None
    # Equal is not enough: 1.50 is written differently from 1.5, and the key of the next month is made of it.
    assert repr(found) == repr(entry)


def test_keys_keep_their_parts_apart() -> None:
    assert key_of(["ab", "c"]) != key_of(["a", "bc"])
    assert key_of([]) != key_of([""])


class Counting(FolderCache):
    """Counts what it knew and what it did not."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.known = self.unknown = 0

    def get(self, key: str) -> Entry | None:
        found = super().get(key)
        self.known += found is not None
        self.unknown += found is None
        return found


def run(files: dict[str, str], folder: Path | None) -> tuple[tuple[Finding, ...], dict[str, bytes], Counting | None]:
    sink, cache = Documents(), Counting(folder) if folder else None
    found = keep(Files(files), cache or NoCache(), sink)
    if cache:
        cache.prune()
    return found.findings, sink.written, cache


@pytest.mark.parametrize("files", [BASE, STORY], ids=["base", "story"])
def test_cold_or_warm_it_gives_the_same(tmp_path: Path, files: dict[str, str]) -> None:
    expected = run(files, None)[:2]
    for _ in range(3):
        assert run(files, tmp_path)[:2] == expected


def test_what_is_warm_is_not_computed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert keep(Files(STORY), Counting(tmp_path)).findings
    for _ in range(2):
        cache = Counting(tmp_path)
        with monkeypatch.context() as patch:
            patch.setattr(ledger, "compute_month", lambda *_: pytest.fail("computed again"))
            patch.setattr(ledger, "check_examples", lambda *_: pytest.fail("checked again"))
            keep(Files(STORY), cache)
        assert (cache.known, cache.unknown) == (len(MONTHS) + 1, 0)


def test_a_change_computes_only_what_depends_on_it(tmp_path: Path) -> None:
    keep(Files(STORY), Counting(tmp_path))
    path = "records/shop/2025-05/scores/day.yaml"
    cache = Counting(tmp_path)
    keep(Files(STORY | {path: STORY[path].replace("12.50", "13.00")}), cache)
    assert cache.unknown == 1
    # In April A002 gets the same score: the tier, the streak and what is owed stay as they were.
    path = "records/shop/2025-04/scores/day.yaml"
    cache = Counting(tmp_path)
    keep(Files(STORY | {path: STORY[path].replace("answered: 70, wait: 60", "answered: 70, wait: 61")}), cache)
    assert cache.unknown == 1
    cache = Counting(tmp_path)
    keep(Files(STORY | {path: STORY[path].replace("care: 25", "care: 60")}), cache)
    assert cache.unknown > 1


@pytest.mark.parametrize("seed", range(8))
def test_damaged_files_change_nothing(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - damage needs no secrecy
    expected = run(STORY, tmp_path)[:2]
    for file in tmp_path.iterdir():
        data = bytearray(file.read_bytes())
        match chance.randrange(5):
            case 0:
                data = data[: chance.randrange(len(data))]
            case 1:
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            case 2:
                data = bytearray(chance.randbytes(50))
            case 3:
                data += b"\x00"
            case _:
                data = bytearray()
        file.write_bytes(data)
    assert run(STORY, tmp_path)[:2] == expected
    assert run(STORY, tmp_path)[:2] == expected


def test_entries_that_were_mixed_up_are_told_apart(tmp_path: Path) -> None:
    """A folder of files that somebody renamed is no reason for wrong pay: this is about damage, not about malice."""
    expected = run(STORY, tmp_path)[:2]
    for file in list(tmp_path.iterdir())[:3]:
        file.rename(tmp_path / f"{file.name}x")
    assert run(STORY, tmp_path)[:2] == expected


def test_a_sink_is_given_what_an_earlier_run_without_one_did_not_make(tmp_path: Path) -> None:
    keep(Files(STORY), Counting(tmp_path))
    assert run(STORY, tmp_path)[1] == run(STORY, None)[1]


def test_pruning_keeps_what_was_used(tmp_path: Path) -> None:
    run(STORY, tmp_path)
    before = {file.name for file in tmp_path.iterdir()}
    run(changed(), tmp_path)
    assert len(before & {file.name for file in tmp_path.iterdir()}) == 1, "the policy is the same"


def test_a_folder_that_cannot_be_used_is_no_reason_to_fail(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    assert run(BASE, blocked / "cache")[:2] == run(BASE, None)[:2]


def test_the_cache_lies_outside_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPIGEN_CACHE", str(tmp_path / "caches"))
    one, other = FolderCache.of(tmp_path / "one"), FolderCache.of(tmp_path / "other")
    assert one.folder.parent == tmp_path / "caches"
    assert one.folder != other.folder
    monkeypatch.delenv("KPIGEN_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert FolderCache.of(tmp_path).folder.parent == tmp_path / "xdg" / "kpigen"


def test_money_keeps_its_digits(tmp_path: Path) -> None:
    past = Past(month=Month(2025, 1), assessed=True, values={"score": Decimal("70.0")}, place=None)
    outcome = Outcome(tier="x", by=None, demoted=False, owed={"loss": Decimal("46.00")}, past=past)
    cache = FolderCache(tmp_path)
    cache.put("key", Entry((), {"A001": outcome}))
    found = cache.get("key")
    assert found is not None
    assert found.outcomes is not None
    assert str(found.outcomes["A001"].owed["loss"]) == "46.00"


@pytest.mark.parametrize(
    ("tier", "before", "after"),
    [
        ("junior", "65", "55"),  # the next month's streak sees the score alone
        ("middle", "85", "95"),  # another tier from the next month on
        ("senior", "85", "75"),
    ],
)
def test_what_a_later_month_sees_is_part_of_its_key(tmp_path: Path, tier: str, before: str, after: str) -> None:
    months = ["2025-01", "2025-02", "2025-03"]
    files, changed_files = (
        shop({"A001": tier}, {name: {"A001": scored(score if name == "2025-01" else "55")} for name in months})
        for score in (before, after)
    )
    published = Published()
    for stage in (files, changed_files, files):
        found = keep(Files(stage), Counting(tmp_path), published)
        fresh = Documents()
        assert found == keep(Files(stage), sink=fresh)
        assert published.written == fresh.written


def test_every_demotion_that_bars_is_part_of_the_key(tmp_path: Path) -> None:
    """Both ways lead to the lowest tier in the same month by the same transition, one of them in two steps."""
    old = "from: senior, when: upheld_complaints >= 2, to: middle"
    new = "from: [middle, senior], when: upheld_complaints >= 1, to: junior"
    more = {POLICY: changed((POLICY, old, new))[POLICY]} | complaint("2025-04")
    published = Published()
    for first in ("85", "75", "85"):
        scores = {"2025-03": first, "2025-04": "85", "2025-05": "85"}
        files = shop({"A001": "senior"}, {name: {"A001": scored(score)} for name, score in scores.items()}, more)
        keep(Files(files), Counting(tmp_path), published)
        fresh = Documents()
        keep(Files(files), sink=fresh)
        assert published.written == fresh.written
