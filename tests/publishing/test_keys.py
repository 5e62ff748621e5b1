"""The file of keys: what is made by chance, what stays, and what is refused as no defence."""

from __future__ import annotations

import hashlib
import itertools
import json
from base64 import b64encode
from typing import TYPE_CHECKING, Any

import pytest

from kpigen.publishing.keys import Holder, Keys, KeysError, derive, make, read_keys, write_keys
from kpigen.text import Lang

if TYPE_CHECKING:
    from collections.abc import Callable

ANEW = "make all keys anew, into another file: kpigen keys --keys FILE"


def counted() -> Callable[[int], bytes]:
    """Return a chance that counts: known, and never twice the same."""
    numbers = itertools.count(1)
    return lambda length: hashlib.shake_256(str(next(numbers)).encode()).digest(length)


def made(wanted: dict[str, list[str]]) -> tuple[Keys, dict[Holder, str]]:
    return make(None, wanted, (), counted())


def stated(**changed: Any) -> bytes:  # noqa: ANN401 - whatever a file may hold
    document = {"schema": "kpigen/keys/v1", "iterations": 600_000, "entropy": 100, "departments": {}}
    return json.dumps({**document, **changed}).encode()


def ring(**changed: Any) -> dict[str, Any]:  # noqa: ANN401
    def text(sign: str, length: int) -> str:
        return b64encode(sign.encode() * length).decode()

    def key(sign: str) -> dict[str, str]:
        return {"salt": text(sign, 16), "key": text(sign, 32)}

    return {"secret": text("s", 32), "reviewers": key("r"), "agents": {"A001": key("a"), "A002": key("b")}, **changed}


def refused(content: bytes) -> str:
    with pytest.raises(KeysError) as refusal:
        read_keys(content, "k.json")
    return refusal.value.text.said(Lang.EN)


def test_a_passphrase_gives_the_key_that_the_standard_library_derives() -> None:
    keys, passphrases = made({"desk": ["A001"]})
    for holder, key in keys.holders():
        plain = passphrases[holder].replace("-", "")
        assert key.key == hashlib.pbkdf2_hmac("sha256", plain.encode(), key.salt, 600_000, 32)


def test_a_passphrase_holds_a_hundred_bits_in_signs_that_nobody_mistakes() -> None:
    always = {0: "0000-0000-0000-0000-0000", 255: "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ"}
    for byte, told in always.items():
        found = make(None, {"desk": []}, (), lambda length, byte=byte: bytes([byte]) * length)[1]  # type: ignore[misc]
        assert found == {Holder("desk"): told}
    drawn = "".join(made({"desk": [f"A{number:03}" for number in range(1, 20)]})[1].values())
    assert set(drawn) - {"-"} <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def test_everybody_has_another_key_salt_and_passphrase() -> None:
    keys, passphrases = made({"desk": ["A001", "A002"], "office": ["B001"]})
    assert [str(holder) for holder in passphrases] == ["desk", "A001", "A002", "office", "B001"]
    assert len(set(passphrases.values())) == len({key.key for _, key in keys.holders()}) == 5
    assert len({key.salt for _, key in keys.holders()}) == 5
    assert keys.departments["desk"].secret != keys.departments["office"].secret


def test_the_file_holds_no_passphrase_and_is_read_as_it_was_written() -> None:
    keys, passphrases = made({"desk": ["A001"]})
    content = write_keys(keys)
    assert read_keys(content, "k.json") == keys
    for passphrase in passphrases.values():
        assert passphrase.encode() not in content
        assert passphrase.replace("-", "").encode() not in content
    secret = b64encode(keys.departments["desk"].reviewers.key).decode()
    assert secret not in repr(keys)
    assert repr(keys.departments["desk"].reviewers) == "Key(…)"


def test_only_what_is_missing_is_made() -> None:
    first, _ = made({"desk": ["A001"]})
    chance = counted()
    chance(1)
    second, passphrases = make(first, {"desk": ["A001", "A009"]}, (), chance)
    assert list(passphrases) == [Holder("desk", "A009")]
    assert second.departments["desk"].agents["A001"] == first.departments["desk"].agents["A001"]
    assert second.departments["desk"].secret == first.departments["desk"].secret
    assert make(second, {"desk": ["A001", "A009"]}, (), chance) == (second, {})


def test_renewing_changes_one_key_and_leaves_those_who_are_gone() -> None:
    first, old = made({"desk": ["A001", "A002"]})
    second, new = make(first, {"desk": ["A001"]}, [Holder("desk", "A001")], lambda length: b"\x07" * length)
    assert list(new) == [Holder("desk", "A001")]
    assert new[Holder("desk", "A001")] != old[Holder("desk", "A001")]
    assert second.departments["desk"].agents["A001"] != first.departments["desk"].agents["A001"]
    assert second.departments["desk"].agents["A002"] == first.departments["desk"].agents["A002"]
    assert second.departments["desk"].reviewers == first.departments["desk"].reviewers


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "k.json is no file of keys; kpigen keys makes one"),
        (b"{}", "k.json is no file of keys; kpigen keys makes one"),
        (stated(schema="kpigen/keys/v2"), "k.json is no file of keys; kpigen keys makes one"),
        (stated(word="x"), "k.json is no file of keys; kpigen keys makes one"),
        (stated(iterations=599_999), f"k.json: keys are derived in 599999 steps, fewer than 600000; {ANEW}"),
        (stated(entropy=99), f"k.json: passphrases hold 99 bits of chance, fewer than 100; {ANEW}"),
        (
            stated(departments={"desk": ring(secret=b64encode(b"s" * 31).decode())}),
            f"k.json: the secret of desk has 31 bytes, not 32; {ANEW}",
        ),
        (
            stated(departments={"desk": ring(reviewers={"salt": "c2FsdA==", "key": b64encode(b"k" * 32).decode()})}),
            f"k.json: the salt of desk has 4 bytes, not 16; {ANEW}",
        ),
        (
            stated(
                departments={
                    "desk": ring(
                        agents={"A001": {"salt": b64encode(b"x" * 16).decode(), "key": b64encode(b"k" * 16).decode()}}
                    )
                }
            ),
            f"k.json: the key of A001 has 16 bytes, not 32; {ANEW}",
        ),
        (
            stated(
                departments={
                    "desk": ring(
                        agents={"A001": {"salt": b64encode(b"x" * 16).decode(), "key": b64encode(b"r" * 32).decode()}}
                    )
                }
            ),
            f"k.json: the key of A001 is also that of desk; {ANEW}",
        ),
    ],
)
def test_what_is_no_defence_is_refused(content: bytes, said: str) -> None:
    assert refused(content) == said


def test_what_is_strong_enough_is_taken() -> None:
    keys = read_keys(stated(iterations=700_000, departments={"desk": ring()}), "k.json")
    assert keys.iterations == 700_000
    more, passphrases = make(keys, {"desk": ["A001", "A003"]}, (), counted())
    holder = Holder("desk", "A003")
    key = more.departments["desk"].agents["A003"]
    assert key.key == derive(passphrases[holder], key.salt, 700_000), "as slowly as the file states"
