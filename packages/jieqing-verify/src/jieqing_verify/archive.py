"""Reads the one exact zip form of a bundle.

Zip lets the same file be told in many ways, and two readers may see two contents. A bundle therefore has one form
only (contracts/evidence/bundle.md): every header byte is checked against the contents, so each byte of the file is
either content that has a digest or form that has one value. Anything else is refused, a re-packed file included.
"""

import struct
import zlib

from jieqing_verify.result import Invalid

BUNDLE_BYTES_MAX = 1 << 30
MEMBERS_MAX = 1_000
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_FLAGS, _VERSION, _MADE_BY, _DATE, _MODE = 0x0800, 20, 3 << 8 | 20, 0x0021, 0o100644 << 16


def read_archive(data: bytes) -> dict[str, bytes]:
    """The members in file order.

    Errors: Invalid when a byte is not what the form says.
    """
    if len(data) > BUNDLE_BYTES_MAX:
        raise _damaged("larger than 1 GiB")
    members: dict[str, bytes] = {}
    offset = 0
    directory = b""
    while data[offset : offset + 4] == b"PK\x03\x04":
        name, content, central, offset = _member(data, offset)
        if name in members or len(members) >= MEMBERS_MAX:
            raise _damaged("a member stands twice, or there are too many")
        members[name] = content
        directory += central
    count = len(members)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), offset, 0)
    if not members or data[offset:] != directory + end:
        raise _damaged("the directory does not match the members")
    return members


def _member(data: bytes, start: int) -> tuple[str, bytes, bytes, int]:
    if len(data) < start + _LOCAL.size:
        raise _damaged("a header is cut off")
    fields = _LOCAL.unpack_from(data, start)
    _, _, _, _, _, _, crc, size, _, path_length, _ = fields
    path_start = start + _LOCAL.size
    content_start = path_start + path_length
    content = data[content_start : content_start + size]
    path = data[path_start:content_start]
    shared = (_VERSION, _FLAGS, 0, 0, _DATE, zlib.crc32(content), len(content), len(content), len(path), 0)
    if fields[1:] != shared or len(content) != size or crc != shared[5]:
        raise _damaged("a member does not match its header")
    central = _CENTRAL.pack(b"PK\x01\x02", _MADE_BY, *shared, 0, 0, 0, _MODE, start) + path
    try:
        return path.decode("ascii"), content, central, content_start + size
    except UnicodeDecodeError as error:
        raise _damaged("a member's name is not ASCII") from error


def _damaged(detail: str) -> Invalid:
    return Invalid(
        f"文件不是原样的存证包（可能已损坏、被改动或被重新压缩）：{detail}",
        f"the file is not an evidence bundle in its exact form (damaged, changed or re-packed): {detail}",
    )
