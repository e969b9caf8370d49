"""Which text encoding a file is in.

Rules, first hit wins: a byte order mark; zero bytes in every second place (UTF-16 without a mark); valid UTF-8;
GB18030 when what it decodes to is everyday Chinese; then charset-normalizer among the legacy encodings of trade;
last UTF-8 or GB18030 with a few unreadable places, which are counted and shown, never guessed.

Almost any bytes decode as GB18030 (the ü of "Müller" in Latin-1 becomes one rare character together with its
neighbour), so decodable is not enough: nine of ten double bytes must lie in the GB 2312 block.
"""

from __future__ import annotations

import codecs
import mmap
from collections.abc import Iterator
from dataclasses import dataclass

from charset_normalizer import from_bytes

Buffer = bytes | mmap.mmap
STEP_BYTES = 8 * 1024 * 1024
SAMPLE_BYTES = 256 * 1024
LOSSY_SHARE_MAX = 0.001
LOSSY_PLACES = 3  # in a small file one odd byte is already a large share
BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LEGACY = ("cp1252", "big5", "shift_jis", "euc_kr", "cp1251", "cp1250", "latin_1")


@dataclass(frozen=True)
class Encoding:
    """name: a Python codec; start: bytes of the mark to leave out; lossy: places that cannot be decoded."""

    name: str
    start: int = 0
    lossy: int = 0


def detect_encoding(data: Buffer) -> Encoding | None:
    """Return how to decode the bytes, or None when they are not text."""
    head = bytes(data[:SAMPLE_BYTES])
    for mark, name in BOMS:
        if head.startswith(mark):
            return Encoding(name, len(mark), _undecodable(data, name, len(mark)))
    wide = _wide_without_mark(head)
    if wide:
        return Encoding(wide, 0, _undecodable(data, wide, 0))
    if _looks_binary(head):
        return None
    utf8_losses = _undecodable(data, "utf-8", 0)
    if utf8_losses == 0:
        return Encoding("utf-8")
    gb_losses = _undecodable(data, "gb18030", 0)
    chinese = _is_everyday_chinese(data)
    if gb_losses == 0 and chinese:
        return Encoding("gb18030")
    high = sum(1 for byte in head if byte >= 0x80) or 1
    if utf8_losses <= max(3, high * 0.02) and utf8_losses / len(data) <= LOSSY_SHARE_MAX:
        return Encoding("utf-8", 0, utf8_losses)
    if chinese and (gb_losses <= LOSSY_PLACES or gb_losses / len(data) <= LOSSY_SHARE_MAX):
        return Encoding("gb18030", 0, gb_losses)
    return _legacy(data)


def _legacy(data: Buffer) -> Encoding | None:
    sample = _high_lines(data)
    best = from_bytes(sample, cp_isolation=list(LEGACY)).best()
    name = best.encoding if best is not None else "cp1252"
    losses = _undecodable(data, name, 0)
    if losses / len(data) > LOSSY_SHARE_MAX:
        return None
    return Encoding(name, 0, losses)


def _steps(data: Buffer, start: int) -> Iterator[bytes]:
    for at in range(start, len(data), STEP_BYTES):
        yield bytes(data[at : at + STEP_BYTES])


def _undecodable(data: Buffer, name: str, start: int) -> int:
    """Return how many places do not decode; a plain ASCII step costs one scan."""
    strict = codecs.getincrementaldecoder(name)("strict")
    try:
        for step in _steps(data, start):
            strict.decode(step)
        strict.decode(b"", True)
        return 0
    except UnicodeDecodeError:
        lenient = codecs.getincrementaldecoder(name)("replace")
        count = sum(lenient.decode(step).count("�") for step in _steps(data, start))
        return max(1, count + lenient.decode(b"", True).count("�"))


def _wide_without_mark(head: bytes) -> str | None:
    sample = head[: len(head) // 2 * 2]
    if len(sample) < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.3 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.3 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _looks_binary(head: bytes) -> bool:
    controls = sum(
        head.count(bytes([code])) for code in range(32) if code not in (9, 10, 11, 12, 13, 26, 28, 30, 31)
    )
    return controls > max(8, len(head) * 0.05)


def _high_lines(data: Buffer) -> bytes:
    """Return up to SAMPLE_BYTES of the lines that hold non-ASCII bytes: the only ones that tell encodings apart."""
    picked: list[bytes] = []
    size = 0
    for step in _steps(data, 0):
        if step.isascii():
            continue
        for line in step.splitlines(keepends=True):
            if not line.isascii():
                picked.append(line)
                size += len(line)
                if size >= SAMPLE_BYTES:
                    return b"".join(picked)
    return b"".join(picked)


def _is_everyday_chinese(data: Buffer) -> bool:
    sample = _high_lines(data)
    pairs = common = at = 0
    while at < len(sample) - 1:
        if sample[at] < 0x80:
            at += 1
            continue
        second = sample[at + 1]
        if 0x30 <= second <= 0x39:  # a four-byte character
            at += 4
            continue
        pairs += 1
        common += (0xA1 <= sample[at] <= 0xF7) and second >= 0xA1
        at += 2
    return pairs > 0 and common >= pairs * 0.9
