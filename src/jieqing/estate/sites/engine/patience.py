"""How often one network address may do something before it is asked to wait: enough for an office, too few for a flood.

Counted without a third party and without keeping the address: by a keyed digest that is destroyed after two days. Many
people may stand behind one address, so limits are wide and a refusal always says until when.
"""

import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

Limit = tuple[int, timedelta]
SIGN_UPS: tuple[Limit, ...] = ((6, timedelta(hours=1)), (12, timedelta(days=1)))
SOURCE_KEPT = timedelta(days=2)


def wait_until(earlier: Sequence[datetime], now: datetime, limits: Sequence[Limit]) -> datetime | None:
    """None when another may come now; else the moment from which one may.

    Example:
        >>> at = datetime(2026, 11, 22, 8, 0)
        >>> wait_until([at] * 5, at, SIGN_UPS), wait_until([at] * 6, at, SIGN_UPS)
        (None, datetime.datetime(2026, 11, 22, 9, 0))
    """
    moments = []
    for count, span in limits:
        within = sorted(at for at in earlier if at > now - span)
        if len(within) >= count:
            moments.append(within[-count] + span)
    return max(moments, default=None)


def address_digest(key: bytes, address: str) -> bytes:
    """What stands for a network address while its tries are counted: useless without the key.

    Example:
        >>> len(address_digest(bytes(32), "203.0.113.7"))
        32
    """
    return hmac.new(key, b"jieqing sign-up\x00" + address.encode(), sha256).digest()
