"""The secret link of an enquiry: what a visitor keeps instead of an account.

The link carries the enquiry's id and a MAC over site and id under a key that lies outside the database. Nothing secret is
stored with the enquiry, so a copy of the database opens no receipt, a second submit of the same form finds the same
link, and a link of one site opens nothing on another.

Refuses: every text that is not exactly such a token; it is compared in constant time.
"""

import base64
import binascii
import hmac
from hashlib import sha256
from uuid import UUID

_ID_BYTES, _MAC_BYTES = 16, 24


def receipt_token(key: bytes, site_id: UUID, enquiry_id: UUID) -> str:
    """The last part of the link.

    Example:
        >>> token = receipt_token(bytes(32), UUID(int=1), UUID(int=2))
        >>> len(token), read_receipt(bytes(32), UUID(int=1), token), read_receipt(bytes(32), UUID(int=9), token)
        (54, UUID('00000000-0000-0000-0000-000000000002'), None)
    """
    return _text(enquiry_id.bytes + _mac(key, site_id, enquiry_id.bytes))


def read_receipt(key: bytes, site_id: UUID, token: str) -> UUID | None:
    """The enquiry that a token opens on this site, or None."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    if len(raw) != _ID_BYTES + _MAC_BYTES or _text(raw) != token:
        return None
    named, mac = raw[:_ID_BYTES], raw[_ID_BYTES:]
    return UUID(bytes=named) if hmac.compare_digest(mac, _mac(key, site_id, named)) else None


def source_digest(key: bytes, site_id: UUID, address: str) -> bytes:
    """What stands for a visitor's network address while tries are counted: useless without the key, and per site."""
    return hmac.new(key, b"jieqing source\x00" + site_id.bytes + address.encode(), sha256).digest()


def _text(raw: bytes) -> str:
    """The one spelling of a token."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _mac(key: bytes, site_id: UUID, enquiry: bytes) -> bytes:
    return hmac.new(key, b"jieqing enquiry\x00" + site_id.bytes + enquiry, sha256).digest()[:_MAC_BYTES]
