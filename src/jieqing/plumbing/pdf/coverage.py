"""Which characters a font file can draw: its ``cmap`` table, read as ranges.

Only what decides "box or no box" is read: the segments of the full Unicode table (format 12; format 4 where a font has
no other) of the first face in the file. Any file that is not such a font raises ValueError.

Source: OpenType specification, ``cmap`` and "TrueType collections".
"""

import struct
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Coverage:
    """Sorted, separate ranges of code points, both ends inside."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def has(self, character: str) -> bool:
        at = bisect_right(self.starts, ord(character)) - 1
        return at >= 0 and ord(character) <= self.ends[at]

    @property
    def count(self) -> int:
        return sum(end - start + 1 for start, end in zip(self.starts, self.ends, strict=True))


def read_coverage(font: Path) -> Coverage:
    """Return what the first face of a TTF, OTF or TTC file draws."""
    data = font.read_bytes()
    try:
        table = _cmap(data)
        ranges = _ranges(data, table)
    except struct.error as error:
        raise ValueError(f"{font.name} is cut short") from error
    return Coverage(tuple(start for start, _end in ranges), tuple(end for _start, end in ranges))


def _cmap(data: bytes) -> int:
    """Where the ``cmap`` table starts."""
    head = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
    (tables,) = struct.unpack_from(">H", data, head + 4)
    for index in range(tables):
        tag, _checksum, offset, _length = struct.unpack_from(">4sIII", data, head + 12 + 16 * index)
        if tag == b"cmap":
            return int(offset)
    raise ValueError("no cmap table")


def _ranges(data: bytes, table: int) -> list[tuple[int, int]]:
    (count,) = struct.unpack_from(">H", data, table + 2)
    found: dict[int, int] = {}
    for index in range(count):
        _platform, _encoding, offset = struct.unpack_from(">HHI", data, table + 4 + 8 * index)
        (form,) = struct.unpack_from(">H", data, table + offset)
        found[form] = table + offset
    if 12 in found:
        return _long_segments(data, found[12])
    if 4 in found:
        return _short_segments(data, found[4])
    raise ValueError("no Unicode cmap")


def _long_segments(data: bytes, at: int) -> list[tuple[int, int]]:
    (groups,) = struct.unpack_from(">I", data, at + 12)
    rows = struct.iter_unpack(">III", data[at + 16 : at + 16 + 12 * groups])
    # Glyph 0 is the box itself.
    return sorted((start, end) for start, end, glyph in rows if glyph)


def _short_segments(data: bytes, at: int) -> list[tuple[int, int]]:
    (double,) = struct.unpack_from(">H", data, at + 6)
    segments = double // 2
    ends = struct.unpack_from(f">{segments}H", data, at + 14)
    starts = struct.unpack_from(f">{segments}H", data, at + 16 + double)
    return sorted((start, end) for start, end in zip(starts, ends, strict=True) if start != 0xFFFF)
