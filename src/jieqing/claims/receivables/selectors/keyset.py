"""Keyset pagination: a cursor names the last row shown, so pages neither skip nor repeat while rows come and go.

A cursor travels in an address, so it is data from outside: what cannot be read is treated as "from the start". It
carries its sort, and a cursor of another sort is ignored.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

KeyValue = int | str | date

CURSOR_CHARS_MAX = 1_000
BIGINT_MAX = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Cursor:
    sort: str
    key: KeyValue
    id: UUID


def cursor_text(cursor: Cursor) -> str:
    key = cursor.key.isoformat() if isinstance(cursor.key, date) else cursor.key
    raw = json.dumps([cursor.sort, key, str(cursor.id)], ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def read_cursor(text: str | None, sort: str, key_type: type) -> Cursor | None:
    """The cursor, or None when there is none, when it belongs to another sort, or when it is not one of ours."""
    if not text or len(text) > CURSOR_CHARS_MAX:
        return None
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        found_sort, key, row_id = json.loads(raw)
        value: KeyValue = date.fromisoformat(key) if key_type is date else key
        if found_sort != sort or type(value) is not key_type:
            return None
        if isinstance(value, int) and abs(value) > BIGINT_MAX:
            return None
        return Cursor(sort, value, UUID(row_id))
    except (ValueError, TypeError, AttributeError, binascii.Error):
        return None
