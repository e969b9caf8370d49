"""Ids: UUIDv7, so that rows made together lie together in an index and sort by the moment they were made.

An id carries the millisecond of its making (RFC 9562), nothing else; it is no secret and no proof of time. Ids made by
one process grow strictly; a forked child draws fresh randomness, so two workers never make the same id.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def new_id() -> UUID:
    """Return a new UUIDv7 as the standard library's UUID."""
    return uuid7()


def made_at(identifier: UUID) -> datetime:
    """Return the instant, to the millisecond, that a UUIDv7 carries.

    Errors: ValueError for a UUID of another version.

    Example:
        >>> made_at(UUID("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")).isoformat()
        '2022-02-22T19:22:22+00:00'
    """
    if identifier.version != 7:
        raise ValueError(f"{identifier} is not a UUIDv7")
    return _EPOCH + timedelta(milliseconds=identifier.int >> 80)
