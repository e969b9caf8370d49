"""Canonical JSON: parse strictly, write back, compare bytes.

Only what entries use exists here: objects, arrays, text, integers within ±(2^53 - 1), true, false, null. A text with
two readings (duplicate keys, other spacing, other escapes) is refused, because its bytes would not come back.

Source: RFC 8785.
"""

import json
from typing import Any

from jieqing_verify.result import Invalid

INTEGER_MAX = 2**53 - 1
DEPTH_MAX = 64


def parse_canonical(data: bytes, what: str) -> dict[str, Any]:
    """The object in ``data``; Invalid unless ``data`` is its one canonical spelling."""
    try:
        value: dict[str, Any] = json.loads(
            data.decode("utf-8"), object_pairs_hook=_object, parse_float=_no_float, parse_constant=_no_float
        )
        same = isinstance(value, dict) and dump_canonical(value) == data
    except (ValueError, RecursionError):
        same = False
    if not same:
        raise Invalid(f"{what} 不是规范的 JSON", f"{what} is not canonical JSON")
    return value


def dump_canonical(value: object, depth: int = 0) -> bytes:
    """The canonical bytes of a parsed value."""
    if depth > DEPTH_MAX:
        raise ValueError("nested too deeply")
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return (
            b"{" + b",".join(_text(key) + b":" + dump_canonical(value[key], depth + 1) for key in keys) + b"}"
        )
    if isinstance(value, list):
        return b"[" + b",".join(dump_canonical(part, depth + 1) for part in value) + b"]"
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, bool):
        return json.dumps(value).encode()
    if isinstance(value, int) and abs(value) <= INTEGER_MAX:
        return b"%d" % value
    raise ValueError("a value without canonical form")


def _text(value: str) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_float(text: str) -> None:
    raise ValueError(f"{text} is not an integer")
