"""Digests of originals and salted commitments of personal fields.

An original (a file, a recording) goes into an entry as its length and two digests, SHA-256 and SM3, so that the
ageing of one algorithm or a rule that asks for the other never leaves it unproved.

A personal field goes in only as a commitment: HMAC over the field's name and its text with a 16-byte random salt
as key, again in both algorithms. The salt is kept off the log, in the site's own table. Whoever holds field and
salt can show that this was the text; once the salt is destroyed the commitment says nothing about anybody, and
the proofs over the entry stay whole.

Refuses: salts of another length (ValueError).
Source: 个人信息保护法 47, 51 (erasure, security); GB/T 32905 (SM3); RFC 2104 (HMAC).
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from jieqing.kernel.canonical import sm3

SALT_BYTES = 16
COMMITMENT_LABEL = b"jieqing/evidence/v1/commitment"
_BLOCK_BYTES = 64
_INNER = bytes(0x36 ^ value for value in range(256))
_OUTER = bytes(0x5C ^ value for value in range(256))


@dataclass(frozen=True, slots=True)
class Artefact:
    """An original by length and digests; never its bytes."""

    size_bytes: int
    sha256: bytes
    sm3: bytes

    def as_json(self) -> dict[str, int | str]:
        return {"bytes": self.size_bytes, "sha256": self.sha256.hex(), "sm3": self.sm3.hex()}


def artefact_of(data: bytes) -> Artefact:
    return Artefact(len(data), sha256(data).digest(), sm3(data))


@dataclass(frozen=True, slots=True)
class Commitment:
    """What an entry says of one personal field."""

    sha256: bytes
    sm3: bytes

    def as_json(self) -> dict[str, str]:
        return {"sha256": self.sha256.hex(), "sm3": self.sm3.hex()}


def commit(field: str, text: str, salt: bytes) -> Commitment:
    """Bind ``field`` to ``text`` without showing it."""
    if len(salt) != SALT_BYTES:
        raise ValueError("a salt has 16 bytes")
    message = b"\x00".join([COMMITMENT_LABEL, field.encode(), text.encode()])
    return Commitment(hmac.digest(salt, message, "sha256"), hmac_sm3(salt, message))


def commit_all(personal: Mapping[str, str], salts: Mapping[str, bytes]) -> dict[str, Commitment]:
    return {field: commit(field, text, salts[field]) for field, text in personal.items()}


def hmac_sm3(key: bytes, message: bytes) -> bytes:
    """HMAC with SM3; written out because ``hmac`` knows only the digests of the linked OpenSSL."""
    padded = (sm3(key) if len(key) > _BLOCK_BYTES else key).ljust(_BLOCK_BYTES, b"\x00")
    return sm3(padded.translate(_OUTER) + sm3(padded.translate(_INNER) + message))
