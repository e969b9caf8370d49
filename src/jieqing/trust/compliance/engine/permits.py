"""Permits: leave for exactly one contact, signed, for a few minutes, saying by what it was given.

A permit names the facts' digest, the packs' digest, every rule that was decided for this contact with its article, who
approved where a rule asked for it, the channel and purpose, and its end. Whoever holds the facts can replay the verdict; who
holds the public key can tell a permit from a forgery. It is used once: the database knows, not the paper.

Form: RFC 8785 bytes of `body()`, Ed25519 over ``jieqing.permit.v1`` NUL and those bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from jieqing.kernel.canonical import canonical_bytes, instant_text
from jieqing.kernel.outcomes import JSON

_DOMAIN = b"jieqing.permit.v1\x00"


@dataclass(frozen=True, slots=True)
class Permit:
    """One permit. `contact` is the caller's plain reference to whom and where, without personal data."""

    id: UUID
    site_id: UUID
    decision_id: UUID
    contact: str
    channel: str
    purpose: str
    verdict: str
    rules: tuple[tuple[str, str], ...]
    facts_digest: str
    pack_digest: str
    issued_at: datetime
    expires_at: datetime
    approved_by: UUID | None = None
    signature: bytes = b""

    def body(self) -> Mapping[str, JSON]:
        """Return what is signed."""
        return {
            "permit": str(self.id),
            "site": str(self.site_id),
            "decision": str(self.decision_id),
            "contact": self.contact,
            "channel": self.channel,
            "purpose": self.purpose,
            "verdict": self.verdict,
            "rules": [{"rule": rule, "article": article} for rule, article in self.rules],
            "facts_digest": self.facts_digest,
            "pack_digest": self.pack_digest,
            "issued_at": instant_text(self.issued_at),
            "expires_at": instant_text(self.expires_at),
            "approved_by": str(self.approved_by) if self.approved_by else None,
        }

    def to_sign(self) -> bytes:
        return _DOMAIN + canonical_bytes(self.body())


def sign(permit: Permit, seed: bytes) -> bytes:
    """Return the signature of a permit under the platform's seed."""
    return _key(seed).sign(permit.to_sign())


@lru_cache(maxsize=8)
def _key(seed: bytes) -> Ed25519PrivateKey:
    """The key of a seed: making it anew costs as much as a signature."""
    return Ed25519PrivateKey.from_private_bytes(seed)


def is_signed(permit: Permit, seed: bytes) -> bool:
    """Say whether a permit carries the platform's own signature."""
    return verifies(permit, _key(seed).public_key().public_bytes_raw())


def verifies(permit: Permit, public_key: bytes) -> bool:
    """Say whether a permit's signature is of this public key."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(permit.signature, permit.to_sign())
    except InvalidSignature:
        return False
    return True
