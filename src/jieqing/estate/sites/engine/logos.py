"""A logo as somebody sent it: taken apart, checked, and put together again from the parts that draw.

PNG and JPEG only. SVG is refused because it is a program (scripts, outside addresses); everything else because letters
and pages need no more. The bytes are walked by their own format, every length and checksum checked, and written anew
with drawing parts only: comments, metadata (place, camera), colour profiles and whatever hangs behind the end are left
behind, so a file that is two things at once (an image and a script) comes out as an image or not at all.

Limits: 512 KB, 16 to 2048 pixels a side; the pixels of a PNG are unpacked under a bound, so a small file cannot
swell. Source: PNG (ISO/IEC 15948), JPEG (ITU-T T.81).
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

from jieqing.kernel.outcomes import Problem

BYTES_MAX = 512 * 1024
SIDE_MIN, SIDE_MAX = 16, 2048
_PNG = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}
_DRAWING = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
# Baseline and progressive frames; arithmetic coding and lossless JPEG are read by almost no browser.
_FRAMES = {0xC0, 0xC1, 0xC2}
_JPEG_KEPT = {0xC4, 0xDB, 0xDD, *_FRAMES}
_JFIF, _ADOBE = 0xE0, 0xEE


@dataclass(frozen=True, slots=True)
class Logo:
    data: bytes
    media_type: str
    width: int
    height: int


class _Broken(Exception):
    """The bytes do not follow their format; never leaves this file."""


def read_logo(data: bytes) -> Logo | Problem:
    """The logo in these bytes, rewritten."""
    if len(data) > BYTES_MAX:
        return _refused("too_large", "文件超过 512 KB", "the file is larger than 512 KB")
    head = data[:512].lstrip().lower()
    if head.startswith((b"<svg", b"<?xml", b"<!doctype")):
        return _refused("svg", "SVG 里可以藏脚本，不接受", "an SVG can carry scripts and is not taken")
    try:
        if data.startswith(_PNG):
            found = _png(data)
        elif data.startswith(b"\xff\xd8\xff"):
            found = _jpeg(data)
        else:
            return _refused("kind", "不是 PNG 或 JPEG 图片", "it is neither PNG nor JPEG")
    except (_Broken, struct.error, IndexError, zlib.error):
        return _refused("broken", "图片文件已损坏或不符合格式", "the image is damaged or out of form")
    if not all(SIDE_MIN <= side <= SIDE_MAX for side in (found.width, found.height)):
        return _refused(
            "size",
            f"图片为 {found.width}×{found.height} 像素，边长须在 {SIDE_MIN} 至 {SIDE_MAX} 之间",
            f"it has {found.width}×{found.height} pixels; a side must be {SIDE_MIN} to {SIDE_MAX}",
        )
    return found


def _png(data: bytes) -> Logo:
    chunks = _png_chunks(data)
    if chunks[0][0] != b"IHDR" or chunks[-1] != (b"IEND", b"") or len(chunks[0][1]) != 13:
        raise _Broken
    width, height, depth, colour, packing, filtering, interlace = struct.unpack(">IIBBBBB", chunks[0][1])
    if depth not in _DEPTHS.get(colour, set()) or packing or filtering or interlace > 1:
        raise _Broken
    if not (0 < width <= SIDE_MAX and 0 < height <= SIDE_MAX):
        return Logo(b"", "image/png", width, height)
    names = [name for name, _body in chunks]
    if names.count(b"IHDR") != 1 or (colour == 3) > (b"PLTE" in names) or b"IDAT" not in names:
        raise _Broken
    pixels = b"".join(body for name, body in chunks if name == b"IDAT")
    _check_pixels(pixels, -(-width * _CHANNELS[colour] * depth // 8) + 1, height, bool(interlace))
    before = [(name, body) for name, body in chunks if name in {b"IHDR", b"PLTE", b"tRNS"}]
    parts = [_png_chunk(name, body) for name, body in [*before, (b"IDAT", pixels), (b"IEND", b"")]]
    return Logo(_PNG + b"".join(parts), "image/png", width, height)


def _png_chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    """The drawing chunks up to the end mark; what follows it is dropped."""
    at, chunks = len(_PNG), []
    while True:
        length, name = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack_from(">I", data, at + 8 + length)
        if len(body) != length or zlib.crc32(name + body) != checksum:
            raise _Broken
        is_critical = not name[0] & 0x20
        if is_critical and name not in _DRAWING:
            raise _Broken
        if name in _DRAWING:
            chunks.append((name, body))
        if name == b"IEND":
            return chunks
        at += 12 + length


def _check_pixels(packed: bytes, row_bytes: int, rows: int, is_interlaced: bool) -> None:
    """Unpack no more than the header promises (an interlaced image has a little more filter bytes)."""
    promised = row_bytes * rows
    bound = promised * 2 + 64 if is_interlaced else promised
    engine = zlib.decompressobj()
    size = len(engine.decompress(packed, bound + 1))
    if size > bound or not engine.eof or (not is_interlaced and size != promised):
        raise _Broken


def _png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _jpeg(data: bytes) -> Logo:
    kept, at, size = [b"\xff\xd8"], 2, (0, 0)
    while True:
        if data[at] != 0xFF:
            raise _Broken
        marker = data[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        segment = data[at : at + 2 + length]
        if length < 2 or len(segment) != length + 2:
            raise _Broken
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", segment, 5)
            size = (width, height)
        if marker == 0xDA:
            if not all(size):
                raise _Broken
            kept.append(_scans(data, at))
            return Logo(b"".join(kept), "image/jpeg", *size)
        if marker in _JPEG_KEPT or _is_plain_app(marker, segment):
            kept.append(segment)
        elif not (marker == 0xFE or _JFIF <= marker <= 0xEF):
            raise _Broken
        at += 2 + length


def _is_plain_app(marker: int, segment: bytes) -> bool:
    """JFIF without a thumbnail and Adobe's colour mark: both say how to read the colours."""
    if marker == _JFIF:
        return segment[4:9] == b"JFIF\0" and len(segment) == 18
    return marker == _ADOBE and segment[4:9] == b"Adobe" and len(segment) == 16


def _scans(data: bytes, start: int) -> bytes:
    """From the first scan to the end mark: entropy-coded bytes, tables and further scans of a progressive image."""
    at, kept = start, []
    while True:
        marker = data[at + 1]
        if data[at] != 0xFF:
            raise _Broken
        if marker == 0xD9:
            kept.append(b"\xff\xd9")
            return b"".join(kept)
        (length,) = struct.unpack_from(">H", data, at + 2)
        if marker not in {0xDA, 0xC4, 0xDB, 0xDD, 0xFE} or length < 2:
            raise _Broken
        end = at + 2 + length
        if marker == 0xDA:
            end = _end_of_entropy(data, end)
        if marker != 0xFE:
            kept.append(data[at:end])
        at = end


def _end_of_entropy(data: bytes, at: int) -> int:
    while True:
        at = data.find(b"\xff", at)
        if at < 0:
            raise _Broken
        follower = data[at + 1]
        if follower and not 0xD0 <= follower <= 0xD7:
            return at
        at += 2


def _refused(what: str, zh: str, en: str) -> Problem:
    return Problem(
        code=f"site.logo_{what}",
        zh=f"标志图片不能使用：{zh}。",
        en=f"The logo cannot be used: {en}.",
        todo_zh="请上传 512 KB 以内、边长 16 至 2048 像素的 PNG 或 JPEG 图片。",
        todo_en="Upload a PNG or JPEG of at most 512 KB, 16 to 2048 pixels a side.",
    )
