"""What is sealed in this room: opened here and nowhere else, and found again by a keyed digest.

The lookup digest is keyed outside the database and takes the site in: a copy of the table tells no number, and two sites
that hold one number do not hold one digest.
"""

import hmac
from collections.abc import Callable
from uuid import UUID

from jieqing.claims.parties.models import ContactPoint
from jieqing.plumbing import keys, sealing

SEAL = "parties"
LOOKUP_KEY = "parties.lookup"


def lookup_of(site_id: UUID, key: str) -> bytes:
    """The digest under which a site finds a canonical point."""
    return lookups(site_id)(key)


def lookups(site_id: UUID) -> Callable[[str], bytes]:
    """The same for many: the key is read once."""
    secret = keys.seed(LOOKUP_KEY)
    prefix = site_id.bytes
    return lambda key: hmac.digest(secret, prefix + key.encode(), "sha256")


def opened(point: ContactPoint) -> str:
    """A point's value; empty once it was erased."""
    return open_sealed(point.value_sealed)


def holder_of(point: ContactPoint) -> str:
    """The name of whoever answers there, when it is not the party."""
    return open_sealed(point.holder_sealed)


def open_sealed(sealed: bytes | memoryview | None) -> str:
    """What was sealed in this room; empty once it was erased."""
    return sealing.unseal(SEAL, bytes(sealed)).decode() if sealed else ""
