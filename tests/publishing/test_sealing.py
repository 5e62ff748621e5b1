"""Sealed pieces: opened here by other means than they were sealed with, and by nobody else."""

from __future__ import annotations

import zlib
from base64 import b64decode
from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB, GCM
from hypothesis import given, settings
from hypothesis import strategies as st

from kpigen.publishing.keys import Key, Keys, Ring
from kpigen.publishing.sealing import Envelope, Vault

DESK = Ring(
    b"s" * 32,
    Key(b"r" * 16, b"R" * 32),
    {"A001": Key(b"1" * 16, b"a" * 32), "A002": Key(b"2" * 16, b"b" * 32)},
)
KEYS = Keys("kpigen/keys/v1", 600_000, 100, {"desk": DESK})
VAULT = Vault(KEYS)
PAGE = "agents/A001.html"


def unwrapped(kek: bytes, wrapped: bytes) -> bytes:
    """Return the key within, by RFC 3394's own steps (2.2.2); an AssertionError where the key is another."""
    cipher = Cipher(AES(kek), ECB()).decryptor()  # noqa: S305 - the one step that the RFC is made of
    blocks = [wrapped[at : at + 8] for at in range(0, len(wrapped), 8)]
    first, rest = blocks[0], blocks[1:]
    for turn in reversed(range(6)):
        for place in reversed(range(len(rest))):
            count = (len(rest) * turn + place + 1).to_bytes(8)
            mixed = bytes(one ^ other for one, other in zip(first, count, strict=True))
            opened = cipher.update(mixed + rest[place])
            first, rest[place] = opened[:8], opened[8:]
    assert first == b"\xa6" * 8
    return b"".join(rest)


def opened(sealed: Envelope, holder: Key, at: int = 0) -> str:
    """Return what a key opens."""
    salt, wrapped = (b64decode(part) for part in sealed.keys[at])
    assert salt == holder.salt
    content = b64decode(sealed.content)
    bound = f"kpigen/seal/v1\n{sealed.department}\n{sealed.agent}\n{sealed.page}".encode()
    cipher = Cipher(AES(unwrapped(holder.key, wrapped)), GCM(content[:12], content[-16:])).decryptor()
    cipher.authenticate_additional_data(bound)
    filled = cipher.update(content[12:-16]) + cipher.finalize()
    length = int.from_bytes(filled[:4])
    assert not any(filled[4 + length :])
    return zlib.decompress(filled[4 : 4 + length]).decode()


def test_the_agent_and_the_reviewers_open_it() -> None:
    sealed = VAULT.sealed("desk", "A001", PAGE, "<p>应发 2056.50</p>")
    assert opened(sealed, DESK.agents["A001"]) == "<p>应发 2056.50</p>"
    assert opened(sealed, DESK.reviewers, 1) == "<p>应发 2056.50</p>"
    assert len(sealed.keys) == 2
    assert (sealed.department, sealed.agent, sealed.page, sealed.iterations) == ("desk", "A001", PAGE, 600_000)


def test_what_is_the_departments_opens_for_its_reviewers_alone() -> None:
    sealed = VAULT.sealed("desk", None, "months/desk_2026-09.html", "<p>8224.00</p>")
    assert opened(sealed, DESK.reviewers) == "<p>8224.00</p>"
    assert len(sealed.keys) == 1


@pytest.mark.parametrize("at", [0, 1])
def test_another_agents_key_opens_nothing(at: int) -> None:
    sealed = VAULT.sealed("desk", "A001", PAGE, "<p>1</p>")
    with pytest.raises(AssertionError):
        unwrapped(DESK.agents["A002"].key, b64decode(sealed.keys[at][1]))


@pytest.mark.parametrize(
    "moved", [{"department": "office"}, {"agent": "A002"}, {"page": "agents/A002.html"}, {"page": f"en/{PAGE}"}]
)
def test_a_piece_opens_only_where_it_belongs(moved: dict[str, str]) -> None:
    sealed = VAULT.sealed("desk", "A001", PAGE, "<p>1</p>")
    with pytest.raises(InvalidTag):
        opened(replace(sealed, **moved), DESK.agents["A001"])  # type: ignore[arg-type]


@pytest.mark.parametrize("place", [0, 12, 2000, -17, -1])
def test_one_changed_byte_opens_nothing(place: int) -> None:
    from base64 import b64encode  # noqa: PLC0415 - this test's alone

    sealed = VAULT.sealed("desk", "A001", PAGE, "<p>1</p>")
    content = bytearray(b64decode(sealed.content))
    content[place] ^= 1
    with pytest.raises(InvalidTag):
        opened(replace(sealed, content=b64encode(content).decode()), DESK.agents["A001"])


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_the_same_is_sealed_the_same_and_what_differs_with_another_key_and_nonce(one: str, other: str) -> None:
    first, second = (Vault(KEYS).sealed("desk", "A001", PAGE, html) for html in (one, other))
    assert Vault(KEYS).sealed("desk", "A001", PAGE, one) == first
    assert opened(first, DESK.agents["A001"]) == one
    if one != other:
        assert b64decode(first.content)[:12] != b64decode(second.content)[:12]
        assert first.keys[0][1] != second.keys[0][1]


def test_the_same_text_of_another_agent_or_page_has_another_key_and_nonce() -> None:
    places = [("A001", PAGE), ("A002", PAGE), ("A001", f"en/{PAGE}"), (None, PAGE)]
    sealed = [VAULT.sealed("desk", agent, page, "<p>1</p>") for agent, page in places]
    assert len({b64decode(each.content)[:12] for each in sealed}) == 4
    assert len({each.keys[-1][1] for each in sealed}) == 4


def test_its_length_tells_next_to_nothing() -> None:
    lengths = {len(b64decode(VAULT.sealed("desk", "A001", PAGE, "<p>1</p>" * times).content)) for times in (0, 1, 900)}
    assert lengths == {12 + 4096 + 16}


def test_who_has_no_key_is_named() -> None:
    assert VAULT.lacking("desk", ["A001", "A003", "A002", "A004"]) == ["A003", "A004"]
    assert VAULT.lacking("office", ["B001"]) == ["B001"]


def test_a_fingerprint_follows_the_keys() -> None:
    renewed = Ring(DESK.secret, DESK.reviewers, {**DESK.agents, "A002": Key(b"3" * 16, b"c" * 32)})
    other = Vault(Keys("kpigen/keys/v1", 600_000, 100, {"desk": renewed}))
    assert other.fingerprint("desk") != VAULT.fingerprint("desk")
    assert other.fingerprint("desk", "A001") == VAULT.fingerprint("desk", "A001")
    assert other.fingerprint("desk", "A002") != VAULT.fingerprint("desk", "A002")
    slower = Vault(Keys("kpigen/keys/v1", 700_000, 100, {"desk": DESK}))
    assert slower.fingerprint("desk", "A001") != VAULT.fingerprint("desk", "A001")
