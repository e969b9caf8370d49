"""Finding the message that an answer belongs to: a Message-ID that carries its site, its row and a keyed digest of both.

The mailbox is one for the whole platform, so an answer must say by itself where it belongs, and nobody may point it elsewhere:
only whoever received the message (or a server on its way) knows the digest. Nothing personal stands in it.

Form: ``<site.message.digest@domain>``, ids in hex, 16 bytes of HMAC-SHA-256 under the platform's key.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

_DOMAIN = b"jieqing.message.v1\x00"
_TOKEN = re.compile(r"<([0-9a-f]{32})\.([0-9a-f]{32})\.([0-9a-f]{32})@[^<>\s]{1,255}>")
_DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True)
class Thread:
    """Whose message: the site and the row."""

    site_id: UUID
    message_id: UUID


def message_header(thread: Thread, domain: str, secret: bytes) -> str:
    """The Message-ID of a message that leaves."""
    return f"<{thread.site_id.hex}.{thread.message_id.hex}.{_digest(thread, secret)}@{domain}>"


def thread_of(references: Iterable[str], secret: bytes) -> Thread | None:
    """The first of the references that is one of ours and was not forged; None when there is none.

    Example:
        >>> ours = Thread(UUID(int=1), UUID(int=2))
        >>> thread_of(["<x@y>", message_header(ours, "example.org", b"k")], b"k") == ours
        True
        >>> thread_of([message_header(ours, "example.org", b"k")], b"another") is None
        True
    """
    for text in references:
        for site, message, digest in _TOKEN.findall(text):
            found = Thread(UUID(site), UUID(message))
            if hmac.compare_digest(digest, _digest(found, secret)):
                return found
    return None


def _digest(thread: Thread, secret: bytes) -> str:
    text = _DOMAIN + thread.site_id.bytes + thread.message_id.bytes
    return hmac.new(secret, text, sha256).digest()[:_DIGEST_BYTES].hex()
