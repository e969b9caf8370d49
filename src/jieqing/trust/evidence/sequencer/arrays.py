"""Whole columns as PostgreSQL's binary arrays.

Binding a batch value by value costs more than writing it. Here a column travels as one parameter whose bytes are joined in
one go and read by the server without parsing any text. Each kind is a subclass of ``bytes`` with its own dumper.

Source: PostgreSQL ``array_send`` (dimensions, null flag, element type, then length and bytes of each element).
"""

import struct
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from psycopg import Connection
from psycopg.abc import Buffer
from psycopg.adapt import Dumper
from psycopg.pq import Format

_BYTEA, _TEXT, _UUID, _TIMESTAMPTZ = 17, 25, 2950, 1184
_NULL = struct.pack("!i", -1)
_LENGTH = struct.Struct("!i")
_UUID_LENGTH, _TIME_LENGTH = struct.pack("!i", 16), struct.pack("!i", 8)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class UuidArray(bytes):
    """``uuid[]``"""


class TextArray(bytes):
    """``text[]``"""


class ByteaArray(bytes):
    """``bytea[]``"""


class InstantArray(bytes):
    """``timestamptz[]``"""


def uuid_array(values: Sequence[UUID | None]) -> UuidArray:
    parts = (_NULL if value is None else _UUID_LENGTH + value.bytes for value in values)
    return UuidArray(_array(_UUID, len(values), parts))


def text_array(values: Sequence[str]) -> TextArray:
    return TextArray(_array(_TEXT, len(values), _sized(value.encode() for value in values)))


def bytea_array(values: Sequence[bytes]) -> ByteaArray:
    return ByteaArray(_array(_BYTEA, len(values), _sized(values)))


def instant_array(values: Sequence[datetime]) -> InstantArray:
    parts = (_TIME_LENGTH + struct.pack("!q", (value - _EPOCH) // _MICROSECOND) for value in values)
    return InstantArray(_array(_TIMESTAMPTZ, len(values), parts))


def register(connection: Connection) -> None:
    """Teach a connection to send these columns."""
    for dumper in (_UuidArrayDumper, _TextArrayDumper, _ByteaArrayDumper, _InstantArrayDumper):
        connection.adapters.register_dumper(dumper.column, dumper)


class _ColumnDumper(Dumper):
    format = Format.BINARY
    column: type[bytes]

    def dump(self, obj: bytes) -> Buffer:
        return obj


class _UuidArrayDumper(_ColumnDumper):
    oid, column = 2951, UuidArray


class _TextArrayDumper(_ColumnDumper):
    oid, column = 1009, TextArray


class _ByteaArrayDumper(_ColumnDumper):
    oid, column = 1001, ByteaArray


class _InstantArrayDumper(_ColumnDumper):
    oid, column = 1185, InstantArray


def _sized(values: Iterable[bytes]) -> Iterable[bytes]:
    for value in values:
        yield _LENGTH.pack(len(value))
        yield value


def _array(element_type: int, count: int, parts: Iterable[bytes]) -> bytes:
    return struct.pack("!iiIii", 1, 1, element_type, count, 1) + b"".join(parts)
