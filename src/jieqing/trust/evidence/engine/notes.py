"""Signed notes: the text form in which the log puts its name to a checkpoint.

A note is text ending in a newline, a blank line, and signature lines ``— <name> base64(key id ‖ signature)``.
The key id is the first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key); type 0x01 is Ed25519. The verifier
key (vkey) ``<name>+<key id in hex>+<base64(type ‖ public key)>`` is what a policy file lists.

The signing key lives only in the sequencer process; this module gets the 32-byte seed as a value.
Refuses: names that are empty or hold a space or a plus (ValueError), text without a final newline.
Source: C2SP signed-note.
"""

import base64
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ED25519_TYPE = b"\x01"
SEED_BYTES = 32
_DASH = "\u2014"


def key_id(name: str, kind: bytes, public_key: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + kind + public_key).digest()[:4]


def vkey_of(name: str, public_key: bytes, kind: bytes = ED25519_TYPE) -> str:
    """The verifier key, one token without spaces."""
    _check_name(name)
    material = base64.b64encode(kind + public_key).decode()
    return f"{name}+{key_id(name, kind, public_key).hex()}+{material}"


@dataclass(frozen=True, slots=True)
class NoteSigner:
    """An Ed25519 key under a name; made from a seed by ``from_seed``."""

    name: str
    public_key: bytes
    _key: Ed25519PrivateKey

    @classmethod
    def from_seed(cls, name: str, seed: bytes) -> "NoteSigner":
        _check_name(name)
        if len(seed) != SEED_BYTES:
            raise ValueError("an Ed25519 seed has 32 bytes")
        key = Ed25519PrivateKey.from_private_bytes(seed)
        return cls(name, key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw), key)

    @property
    def vkey(self) -> str:
        return vkey_of(self.name, self.public_key)

    def sign(self, text: str) -> str:
        """The whole note: text, blank line, our signature line."""
        if not text.endswith("\n"):
            raise ValueError("the text of a note ends in a newline")
        signature = self._key.sign(text.encode())
        blob = base64.b64encode(key_id(self.name, ED25519_TYPE, self.public_key) + signature).decode()
        return f"{text}\n{_DASH} {self.name} {blob}\n"


def _check_name(name: str) -> None:
    if not name or "+" in name or any(character.isspace() for character in name):
        raise ValueError("a key name is not empty and holds neither space nor plus")
