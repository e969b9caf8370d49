"""Pictures made by hand, so that every byte of a hostile one is known."""

import struct
import zlib

END = b"\x00\x00\x00\x00IEND\xaeB`\x82"


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int = 32, height: int = 32, *, pixels: bytes | None = None, extra: bytes = b"") -> bytes:
    """A grey picture; ``extra`` are chunks before the pixels."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    data = zlib.compress(b"".join(b"\0" + bytes(width) for _ in range(height)) if pixels is None else pixels)
    return b"\x89PNG\r\n\x1a\n" + head + extra + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(width: int = 32, height: int = 32, *, extra: bytes = b"") -> bytes:
    """The skeleton of a baseline picture: tables are dummies, the structure is real."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + bytes([1, 0x11, 0])
    return b"".join(
        [
            b"\xff\xd8",
            segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
            extra,
            segment(0xDB, bytes(65)),
            segment(0xC0, frame),
            segment(0xC4, bytes(20)),
            segment(0xDA, bytes([1, 1, 0, 0, 63, 0])),
            b"\x12\x34\xff\x00\x56\xff\xd9",
        ]
    )
