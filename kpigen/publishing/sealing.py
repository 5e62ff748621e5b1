"""Sealing: a piece of a page encrypted so that one passphrase opens it, or that of the department's reviewers.

Each piece has a content key of its own, made from the department's secret, from where the piece stands, and from the
piece itself: the same piece gives the same bytes, and no two pieces are ever encrypted with the same key and nonce.
The content is encrypted with AES-256-GCM (NIST SP 800-38D), the content key with AES key wrap (RFC 3394), which needs
no nonce, under the key of each who may open it.
"""

from __future__ import annotations

import hmac
import zlib
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import aes_key_wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpigen.publishing.keys import Keys

__all__ = ["BLOCK", "Envelope", "Vault"]

#: A piece is filled up to a multiple of so many bytes, so that its length tells next to nothing.
BLOCK: Final = 4096
_KEY, _NONCE, _LENGTH = 32, 12, 4  # bytes
_FORM: Final = "kpigen/seal/v1"


@dataclass(frozen=True, slots=True)
class Envelope:
    """A sealed piece as it stands in a page; ``site/assets/seal.js`` opens it.

    Attributes:
        department: whose it is.
        agent: whom it is about; empty for the department.
        page: the page that it stands in, from the site's root.
        iterations: how slowly a passphrase gives a key.
        keys: the content key for each who may open it: salt and wrapped key, Base64.
        content: nonce, encrypted content and tag, Base64.
    """

    department: str
    agent: str
    page: str
    iterations: int
    keys: tuple[tuple[str, str], ...]
    content: str


class Vault:
    """The keys, and what is sealed with them."""

    def __init__(self, keys: Keys) -> None:
        """Seal with ``keys``."""
        self._keys = keys

    def lacking(self, department: str, agents: Iterable[str]) -> list[str]:
        """Return those of a department's agents who have no key."""
        ring = self._keys.departments.get(department)
        return [agent for agent in agents if ring is None or agent not in ring.agents]

    def fingerprint(self, department: str, agent: str | None = None) -> str:
        """Return what changes with the keys of a department, or of one agent in it, and cannot be guessed.

        It tells nothing of them, nor does a digest of it together with what may be guessed, such as an amount.
        """
        ring = self._keys.departments[department]
        told = msgspec.json.encode(ring if agent is None else (ring.reviewers, ring.agents[agent]))
        return hmac.digest(ring.secret, told + str(self._keys.iterations).encode(), "sha256").hex()

    def sealed(self, department: str, agent: str | None, page: str, html: str) -> Envelope:
        """Seal a piece of a page.

        Args:
            department: whose reviewers may open it.
            agent: the agent who may open it too; None for nobody else.
            page: the page that it stands in, from the site's root.
            html: the piece.
        """
        ring = self._keys.departments[department]
        bound = "\n".join((_FORM, department, agent or "", page)).encode()
        filled = _filled(html.encode())
        made = HKDF(SHA256(), _KEY + _NONCE, None, bound + sha256(filled).digest()).derive(ring.secret)
        key, nonce = made[:_KEY], made[_KEY:]
        content = nonce + AESGCM(key).encrypt(nonce, filled, bound)
        openers = (ring.reviewers,) if agent is None else (ring.agents[agent], ring.reviewers)
        return Envelope(
            department,
            agent or "",
            page,
            self._keys.iterations,
            tuple((_text(each.salt), _text(aes_key_wrap(each.key, key))) for each in openers),
            _text(content),
        )


def _filled(content: bytes) -> bytes:
    """Return a content, compressed, behind its length in four bytes, filled up with zeros to whole blocks."""
    packed = zlib.compress(content, 9)
    filled = len(packed).to_bytes(_LENGTH) + packed
    return filled + bytes(-len(filled) % BLOCK)


def _text(value: bytes) -> str:
    return b64encode(value).decode()
