"""Keys to sealed pay: one for each agent, and one for the reviewers of a department, which opens all of it.

A key is what a passphrase gives, slowly, together with its salt. Passphrases are made by chance, told once, and kept
nowhere; the file of keys holds what is derived from them, from which no passphrase can be had. Whoever has the file
can open all that is sealed with it.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from msgspec import Struct

from kpigen.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

__all__ = ["Holder", "Key", "Keys", "KeysError", "Ring", "canonical", "derive", "make", "read_keys", "write_keys"]

#: What OWASP's password storage cheat sheet asks of PBKDF2 with HMAC-SHA-256, of 2023.
ITERATIONS: Final = 600_000
#: Bits of chance in a passphrase: beyond what can be tried, even where the page is copied and there is no hurry.
ENTROPY: Final = 100
_SALT, _KEY = 16, 32  # bytes
#: Crockford's: no I, L, O or U, which are taken for others; each sign is five bits.
_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BITS: Final = 5
_GROUP: Final = 4


class KeysError(Exception):
    """A file holds no keys, or keys that are no defence; ``text`` says what is wrong and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.template)
        self.text = text


class Holder(NamedTuple):
    """Whose key it is: an agent's, or where ``agent`` is None that of the department's reviewers."""

    department: str
    agent: str | None = None

    def __str__(self) -> str:
        """Return the id by which people know the holder."""
        return self.agent or self.department


class Key(Struct, frozen=True, forbid_unknown_fields=True):
    """What a passphrase gives with ``salt``."""

    salt: bytes
    key: bytes

    def __repr__(self) -> str:
        """Tell nothing: what is printed of a broken program may be read by others."""
        return "Key(…)"


class Ring(Struct, frozen=True, forbid_unknown_fields=True):
    """The keys of a department.

    Attributes:
        secret: what contents are encrypted from, which no passphrase gives.
        reviewers: the key of the department's reviewers.
        agents: the key of each agent.
    """

    secret: bytes
    reviewers: Key
    agents: dict[str, Key]

    def __repr__(self) -> str:
        """Tell nothing, as :meth:`Key.__repr__`."""
        return "Ring(…)"


class Keys(Struct, frozen=True, forbid_unknown_fields=True):
    """A file of keys: how slowly passphrases give keys, how much chance is in them, and the keys by department."""

    schema: Literal["kpigen/keys/v1"]
    iterations: int
    entropy: int
    departments: dict[str, Ring]

    def holders(self) -> Iterator[tuple[Holder, Key]]:
        """Yield whoever has a key, and the key."""
        for department, ring in self.departments.items():
            yield Holder(department), ring.reviewers
            yield from ((Holder(department, agent), key) for agent, key in ring.agents.items())


_ANEW: Final = say("make all keys anew, into another file: kpigen keys --keys FILE")


def read_keys(content: bytes, where: str) -> Keys:
    """Return the keys that a file holds.

    Args:
        content: the file's.
        where: what the file is called in a refusal.

    Raises:
        KeysError: the file is none, or weaker than what is made today.
    """
    try:
        keys = msgspec.json.decode(content, type=Keys)
    except msgspec.MsgspecError:  # whose text may hold a piece of a key
        raise KeysError(say("{where} is no file of keys; kpigen keys makes one", where=where)) from None
    if keys.iterations < ITERATIONS:
        found = {"found": keys.iterations, "least": ITERATIONS}
        text = say(
            "{where}: keys are derived in {found} steps, fewer than {least}; {do}", where=where, do=_ANEW, **found
        )
        raise KeysError(text)
    if keys.entropy < ENTROPY:
        found = {"found": keys.entropy, "least": ENTROPY}
        text = say(
            "{where}: passphrases hold {found} bits of chance, fewer than {least}; {do}", where=where, do=_ANEW, **found
        )
        raise KeysError(text)
    _be_whole(keys, where)
    return keys


def _be_whole(keys: Keys, where: str) -> None:
    """Refuse a salt, a key or a secret that is too short, or that two have together."""
    seen: dict[bytes, str] = {}
    parts = [
        *((department, say("the secret"), ring.secret, _KEY) for department, ring in keys.departments.items()),
        *((str(holder), say("the salt"), key.salt, _SALT) for holder, key in keys.holders()),
        *((str(holder), say("the key"), key.key, _KEY) for holder, key in keys.holders()),
    ]
    for holder, what, value, least in parts:
        if len(value) < least or (least == _KEY and len(value) != _KEY):
            text = say(
                "{where}: {what} of {holder} has {found} bytes, not {least}; {do}",
                where=where,
                what=what,
                holder=holder,
                found=len(value),
                least=least,
                do=_ANEW,
            )
            raise KeysError(text)
        if value in seen:
            text = say(
                "{where}: {what} of {holder} is also that of {other}; {do}",
                where=where,
                what=what,
                holder=holder,
                other=seen[value],
                do=_ANEW,
            )
            raise KeysError(text)
        seen[value] = holder


def write_keys(keys: Keys) -> bytes:
    """Return the content of a file that holds keys: one line a key, in an order that nothing else changes."""
    return msgspec.json.format(msgspec.json.encode(keys, order="deterministic"), indent=1) + b"\n"


def make(
    keys: Keys | None,
    wanted: Mapping[str, Iterable[str]],
    renewed: Collection[Holder],
    chance: Callable[[int], bytes],
    advance: Callable[[int, int], None] = lambda _done, _of: None,
) -> tuple[Keys, dict[Holder, str]]:
    """Make the keys that are missing or to be renewed; all others stay.

    Args:
        keys: those that there are; None for none.
        wanted: the agents of each department that seals its pay.
        renewed: who gets another key, so that the old passphrase opens nothing that is built from now on.
        chance: gives so many bytes that nobody can foresee.
        advance: told how many keys of how many are derived.

    Returns:
        all keys, and the passphrase of each that was made.
    """
    there = dict(keys.holders()) if keys else {}
    holders = [Holder(department, agent) for department in wanted for agent in (None, *wanted[department])]
    missing = [each for each in holders if each not in there or each in renewed]
    iterations = keys.iterations if keys else ITERATIONS
    passphrases = {each: _passphrase(chance) for each in missing}
    salts = [chance(_SALT) for _ in missing]
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # what derives keys lets other threads go on
        derived = pool.map(lambda phrase, salt: derive(phrase, salt, iterations), passphrases.values(), salts)
        for done, (holder, salt, key) in enumerate(zip(missing, salts, derived, strict=True), start=1):
            there[holder] = Key(salt, key)
            advance(done, len(missing))
    rings = dict(keys.departments) if keys else {}
    secrets = {name: rings[name].secret if name in rings else chance(_KEY) for name in (*rings, *wanted)}
    rings = {
        name: Ring(
            secret,
            there[Holder(name)],
            {who.agent: key for who, key in there.items() if who.department == name and who.agent},
        )
        for name, secret in secrets.items()
    }
    return Keys("kpigen/keys/v1", iterations, keys.entropy if keys else ENTROPY, rings), passphrases


def _passphrase(chance: Callable[[int], bytes]) -> str:
    """Return a new passphrase: groups of signs that can be told apart on paper."""
    number, signs = int.from_bytes(chance(-(-ENTROPY // 8))), ENTROPY // _BITS
    drawn = "".join(_SIGNS[(number >> _BITS * place) % len(_SIGNS)] for place in range(signs))
    return "-".join(drawn[at : at + _GROUP] for at in range(0, signs, _GROUP))


def canonical(passphrase: str) -> str:
    """Return a passphrase of ours as it is derived from, without the hyphens between its groups.

    The page does the same, and forgives more: ``site/assets/seal.js``.
    """
    return passphrase.replace("-", "")


def derive(passphrase: str, salt: bytes, iterations: int) -> bytes:
    """Return the key that a passphrase gives, by PBKDF2 (RFC 8018) with HMAC-SHA-256."""
    return PBKDF2HMAC(SHA256(), _KEY, salt, iterations).derive(canonical(passphrase).encode("ascii"))
