"""Inclusion in an RFC 6962 tree, checked from the leaf upwards.

Source: RFC 9162 section 2.1.3.2.
"""

import hashlib
from collections.abc import Sequence


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def root_from_path(index: int, size: int, leaf: bytes, path: Sequence[bytes]) -> bytes | None:
    """The root that leaf and siblings lead to; None when the path cannot belong to this place and size."""
    if not 0 <= index < size:
        return None
    place, last, head = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            head = hashlib.sha256(b"\x01" + sibling + head).digest()
            while not place & 1 and place:
                place >>= 1
                last >>= 1
        else:
            head = hashlib.sha256(b"\x01" + head + sibling).digest()
        place >>= 1
        last >>= 1
    return head if last == 0 else None
