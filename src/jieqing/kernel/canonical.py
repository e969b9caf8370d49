"""Canonical bytes: one value, one sequence of bytes, in every language (RFC 8785).

What is signed, hashed or compared goes through `canonical_bytes`. RFC 8785 sorts keys by UTF-16 code unit, writes text
as UTF-8 with the shortest escapes and leaves no space. We narrow it: no floats at all (amounts are integers in minor
units, rates are text), no integer beyond 2^53 - 1 (JavaScript would lose it), no keys but text, no half of a surrogate
pair. UUIDs, dates, decimals and bytes have no JSON form of their own, so they are refused until `canonical_value`
turned them, on purpose, into the text this project uses for each.

Two writers give the same bytes. Most values are plain (exact built-in types, keys without characters beyond U+FFFF);
for those the standard library's C encoder already sorts and escapes as RFC 8785 asks, more than twice as fast. Everything
else goes through `rfc8785`. A property test holds the two together.

Source: RFC 8785 (JSON Canonicalization Scheme); GB/T 32905 and ISO/IEC 10118-3 for SM3.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Literal
from uuid import UUID

import rfc8785

from jieqing.kernel.outcomes import JSON, Problem, ProblemKind

MAX_INTEGER = 2**53 - 1

BytesForm = Literal["hex", "base64"]


class NotCanonical(ValueError):
    """A value that has no canonical form: a bug in the code that built it. The message says where it stands."""


def canonical_bytes(value: object) -> bytes:
    """Return the RFC 8785 bytes of a value made of text, integers, booleans, None, lists, tuples and dicts.

    Errors: NotCanonical for everything else, with the place of the offender.

    Example:
        >>> canonical_bytes({"b": 1, "a": "结清"}).decode()
        '{"a":"结清","b":1}'
    """
    try:
        if _is_plain(value):
            return _encode_plain(value).encode()
        _require_canonical(value, "$")
        return rfc8785.dumps(value)  # type: ignore[arg-type]  # checked just above
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise NotCanonical(f"text with half of a surrogate pair: {error}") from error


def read_canonical(data: bytes) -> JSON | Problem:
    """Return the value of bytes that claim to be canonical; a Problem when they are not, byte for byte.

    So no document has two readings: doubled keys, spaces, other escapes, floats and other orders are all refused.
    """
    try:
        value: JSON = json.loads(data.decode("utf-8"))
        if canonical_bytes(value) == data:
            return value
    except (ValueError, RecursionError):
        pass
    return Problem.of(NOT_CANONICAL, size=len(data))


def canonical_value(value: object, *, bytes_as: BytesForm = "hex") -> JSON:
    """Return a value with every UUID, date, instant, decimal, enum member and byte string turned into text.

    UUID → lower-case text; date → ISO; datetime → UTC, six digits of microseconds and Z; Decimal → plain digits as
    they stand (no exponent); bytes → hex or base64; sets are refused because they have no order.

    Example:
        >>> canonical_value({"on": date(2026, 11, 22), "rate": Decimal("0.0345"), "root": b"\\x01\\xff"})
        {'on': '2026-11-22', 'rate': '0.0345', 'root': '01ff'}
    """
    kind = type(value)
    if kind is str or kind is int:
        return value  # type: ignore[return-value]
    if isinstance(value, Enum):
        return canonical_value(value.value, bytes_as=bytes_as)
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, Mapping):
        return {_key(key): canonical_value(item, bytes_as=bytes_as) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [canonical_value(item, bytes_as=bytes_as) for item in value]
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return _decimal_text(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value).hex() if bytes_as == "hex" else b64encode(value).decode("ascii")
    raise NotCanonical(f"{type(value).__name__} has no canonical form")


def instant_text(instant: datetime) -> str:
    """Return an instant as UTC text of fixed width, so that text order is time order.

    Example:
        >>> instant_text(datetime(2026, 11, 22, 10, 31, 7, tzinfo=UTC))
        '2026-11-22T10:31:07.000000Z'
    """
    if instant.tzinfo is None or instant.utcoffset() is None:
        raise NotCanonical("an instant needs a time zone")
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")


def sha256(data: bytes) -> bytes:
    """Return the SHA-256 digest."""
    return hashlib.sha256(data).digest()


def sm3(data: bytes) -> bytes:
    """Return the SM3 digest, from the linked OpenSSL or, where that lacks SM3, from `cryptography`'s own."""
    if "sm3" in hashlib.algorithms_available:
        return hashlib.new("sm3", data).digest()
    return _sm3_of_cryptography(data)


def _sm3_of_cryptography(data: bytes) -> bytes:
    from cryptography.hazmat.primitives import hashes

    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize()


_encode_plain = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False
).encode


def _is_plain(value: object) -> bool:
    """Say whether the standard encoder writes a value exactly as RFC 8785 does (see the module text)."""
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return True
    if kind is int:
        return -MAX_INTEGER <= value <= MAX_INTEGER  # type: ignore[operator]
    # Loops, not generators, and texts passed over at once: entries are made thousands of times a second.
    if kind is dict:
        for key, item in value.items():  # type: ignore[attr-defined]
            # Beyond U+FFFF the order of UTF-16 units, which RFC 8785 asks for, is not that of code points.
            if type(key) is not str or not (key.isascii() or max(key) <= "\uffff"):
                return False
            if type(item) is not str and not _is_plain(item):
                return False
        return True
    if kind is list or kind is tuple:
        return all(type(item) is str or _is_plain(item) for item in value)  # type: ignore[attr-defined]
    return False


def _require_canonical(value: object, where: str) -> None:
    if value is None or isinstance(value, (bool, str)):
        return
    if isinstance(value, int):
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            raise NotCanonical(f"{where}: integer beyond 2^53 - 1; write it as text")
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise NotCanonical(f"{where}: key of type {type(key).__name__}; keys are text")
            _require_canonical(item, f"{where}.{key}")
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            _require_canonical(item, f"{where}[{index}]")
    else:
        raise NotCanonical(f"{where}: {type(value).__name__} is refused; see canonical_value")


def _key(key: object) -> str:
    if isinstance(key, Enum):
        key = key.value
    if not isinstance(key, str):
        raise NotCanonical(f"key of type {type(key).__name__}; keys are text")
    return key


def _decimal_text(value: Decimal) -> str:
    if not value.is_finite():
        raise NotCanonical(f"{value} is not a number that can be written")
    return format(value, "f")


NOT_CANONICAL = ProblemKind(
    "canonical.not_canonical",
    "这 {size} 个字节不是规范 JSON（RFC 8785）。",
    "These {size} bytes are not canonical JSON (RFC 8785).",
    "请使用原始文件，不要用编辑器另存。",
    "Use the original file, not one saved again by an editor.",
)
