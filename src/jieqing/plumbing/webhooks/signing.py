"""The signature of a webhook: that a message came from us, unchanged and lately.

Standard Webhooks 1.0: the headers ``webhook-id``, ``webhook-timestamp`` and ``webhook-signature``; signed is
``id.timestamp.body`` with HMAC-SHA256 under a secret written ``whsec_<base64>``. While a secret is being replaced the
header carries two signatures, so that a receiver may change over at any moment in between.

Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import hmac
import secrets
from collections.abc import Sequence
from hashlib import sha256

SECRET_BYTES = 32
TOLERANCE_SECONDS = 300
_PREFIX = "whsec_"


def new_secret() -> str:
    """A secret as its holder keeps it."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signature(secret: str, *, message_id: str, timestamp: int, body: bytes) -> str:
    """One signature in the form ``v1,<base64>``.

    Example:
        >>> secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        >>> signature(secret, message_id="msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp=1614265330, body=b'{"test": 2432232314}')
        'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    """
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, sha256)).decode()


def headers(valid: Sequence[str], *, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers, signed with every secret that is valid now."""
    signatures = [signature(one, message_id=message_id, timestamp=timestamp, body=body) for one in valid]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }


def verify(secret: str, given: dict[str, str], body: bytes, *, now: int) -> bool:
    """What a receiver does: any signature of the header may be ours, and the message must be fresh."""
    timestamp = given.get("webhook-timestamp", "")
    if not timestamp.isdecimal() or abs(now - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    wanted = signature(secret, message_id=given.get("webhook-id", ""), timestamp=int(timestamp), body=body)
    return any(
        hmac.compare_digest(wanted.encode(), one.encode())
        for one in given.get("webhook-signature", "").split(" ")
    )
