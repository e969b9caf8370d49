"""Real XLS files: the workbook stream taken out of its OLE container, checked, and put into a clean one.

The reader trusts what an OLE container and BIFF records say about sizes and asks for that much memory at once; one
wrong byte can end the process. So the container is walked here, with every chain bounded by the file's own size, the
records are looked at one by one, and only then the stream goes on, in a container that we wrote ourselves.

Source: [MS-CFB] 2.2-2.6 (header, sector chains, directory, mini stream), [MS-XLS] 2.4 (records).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from jieqing.claims.receivables.engine import file_problems as problems
from jieqing.claims.receivables.engine.ledger_types import Limits
from jieqing.kernel.outcomes import Problem

DIRECTORY_ENTRY_BYTES = 128
SECTOR_MAX = 0xFFFFFFFA
END_OF_CHAIN, FREE, FAT_SECTOR, LIST_SECTOR = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFC
OUR_SECTOR = 512
MINI_STREAM_BELOW = 4_096
LISTED_IN_HEADER = 109
BOF = (0x0809, 0x0409, 0x0209, 0x0009)
FILEPASS, DIMENSIONS, SHARED_STRINGS, DATEMODE = 0x002F, 0x0200, 0x00FC, 0x0022
ONE_CELL = frozenset({0x0203, 0x0204, 0x0205, 0x0206, 0x0006, 0x027E, 0x00FD, 0x00D6, 0x0201, 0x0003, 0x0004})
MANY_CELLS = frozenset({0x00BD, 0x00BE})
COLUMNS_MAX = 256
SHARED_STRING_BYTES_MIN = 3


class BrokenContainer(ValueError):
    """A container or stream that does not hold together; the message is for the sentence."""


@dataclass(frozen=True)
class OldWorkbook:
    """data: the workbook in a container of ours; is_1904: its dates count from 1904."""

    data: bytes
    is_1904: bool


def old_workbook(data: bytes, limits: Limits) -> OldWorkbook | Problem:
    """Return a real XLS in a form that is safe to open, or what it is instead."""
    try:
        streams = _Container(data)
        names = set(streams.entries)
        if "EncryptedPackage" in names:
            return Problem.of(problems.PASSWORD)
        name = next((name for name in ("Workbook", "WORKBOOK", "Book", "BOOK") if name in names), None)
        if name is None:
            if names & {"WordDocument", "PowerPoint Document"}:
                return Problem.of(
                    problems.NOT_A_TABLE,
                    what=" Word 或 PowerPoint 文档",
                    what_en="a Word or PowerPoint document",
                )
            return Problem.of(problems.BROKEN, format="XLS", reason="没有工作簿内容 / no workbook inside")
        stream = bytearray(streams.read(name))
        return _checked(stream, limits)
    except (BrokenContainer, struct.error) as error:
        return Problem.of(problems.BROKEN, format="XLS", reason=str(error))


class _Container:
    """The directory and sectors of an OLE file. Every chain is shorter than the file has sectors."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise BrokenContainer("扇区大小不对 / wrong sector size")
        self.sector = 1 << shift
        self.sectors = max(0, -(-(len(data) - self.sector) // self.sector))
        directory, cutoff, mini_fat = struct.unpack_from("<I4xII", data, 48)
        self.cutoff = cutoff
        self.fat = self._fat()
        self.entries = self._directory(directory)
        self.mini_fat = self._numbers(self._chain(mini_fat, self.fat)) if mini_fat <= SECTOR_MAX else ()

    def read(self, name: str) -> bytes:
        start, size = self.entries[name]
        if size > len(self.data):
            raise BrokenContainer("内容比文件还长 / a stream longer than the file")
        if size >= self.cutoff:
            return self._bytes(self._chain(start, self.fat))[:size]
        root_start, root_size = self.entries["Root Entry"]
        mini = self._bytes(self._chain(root_start, self.fat))[:root_size]
        places = self._chain(start, self.mini_fat)
        return b"".join(mini[place * 64 : place * 64 + 64] for place in places)[:size]

    def _fat(self) -> tuple[int, ...]:
        listed = [number for number in struct.unpack_from("<109I", self.data, 76) if number <= SECTOR_MAX]
        following, _count = struct.unpack_from("<II", self.data, 68)
        per_sector = self.sector // 4
        visited = 0
        while following <= SECTOR_MAX:
            visited += 1
            if visited > self.sectors:
                raise BrokenContainer("扇区表成环 / the sector table runs in a circle")
            numbers = struct.unpack(f"<{per_sector}I", self._sector(following))
            listed += [number for number in numbers[:-1] if number <= SECTOR_MAX]
            following = numbers[-1]
        return self._numbers(listed[: self.sectors])

    def _numbers(self, sectors: list[int]) -> tuple[int, ...]:
        data = self._bytes(sectors)
        return struct.unpack(f"<{len(data) // 4}I", data)

    def _chain(self, start: int, table: tuple[int, ...]) -> list[int]:
        chain: list[int] = []
        place = start
        while place <= SECTOR_MAX:
            if place >= len(table) or len(chain) > len(table):
                raise BrokenContainer("扇区链断开或成环 / a sector chain is broken or runs in a circle")
            chain.append(place)
            place = table[place]
        return chain

    def _bytes(self, sectors: list[int]) -> bytes:
        return b"".join(self._sector(number) for number in sectors)

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self.sector
        if at >= len(self.data):
            raise BrokenContainer("扇区在文件之外 / a sector outside the file")
        return self.data[at : at + self.sector].ljust(self.sector, b"\x00")

    def _directory(self, start: int) -> dict[str, tuple[int, int]]:
        data = self._bytes(self._chain(start, self.fat))
        entries: dict[str, tuple[int, int]] = {}
        for at in range(0, len(data), DIRECTORY_ENTRY_BYTES):
            length, kind = struct.unpack_from("<HB", data, at + 64)
            if kind not in (1, 2, 5) or not 2 <= length <= 64:
                continue
            name = data[at : at + length - 2].decode("utf-16-le", "replace")
            first, size = struct.unpack_from("<II", data, at + 116)
            entries["Root Entry" if kind == 5 else name] = (first, size)
        return entries


def _checked(stream: bytearray, limits: Limits) -> OldWorkbook | Problem:
    """Walk the records: refuse passwords and cells out of bounds, clear what only claims a size."""
    if len(stream) < 8 or struct.unpack_from("<H", stream)[0] not in BOF:
        raise BrokenContainer("不是工作簿 / not a workbook stream")
    at, is_1904 = 0, False
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        body = at + 4
        if body + size > len(stream):
            break
        if kind == FILEPASS:
            return Problem.of(problems.PASSWORD)
        if kind == DIMENSIONS:
            stream[body : body + size] = bytes(size)  # only a hint of how much to reserve
        elif kind == SHARED_STRINGS and size >= 8:
            unique = struct.unpack_from("<I", stream, body + 4)[0]
            if unique * SHARED_STRING_BYTES_MIN > len(stream):
                raise BrokenContainer("字符串数目不对 / a wrong count of strings")
        elif kind == DATEMODE and size >= 2:
            is_1904 = stream[body] == 1
        elif (kind in ONE_CELL and size >= 4) or (kind in MANY_CELLS and size >= 6):
            column = struct.unpack_from("<H", stream, body + (size - 2 if kind in MANY_CELLS else 2))[0]
            if column >= COLUMNS_MAX:
                return Problem.of(problems.TOO_MANY_COLUMNS, columns=column + 1, limit=COLUMNS_MAX)
        at = body + size
    return OldWorkbook(wrapped(bytes(stream)), is_1904)


def wrapped(stream: bytes, name: str = "Workbook") -> bytes:
    """Return a workbook stream in a fresh container of 512-byte sectors: stream, directory, FAT, then DIFAT."""
    stream = stream.ljust(MINI_STREAM_BELOW, b"\x00")  # shorter ones would have to live in the mini stream
    own = -(-len(stream) // OUR_SECTOR)
    per_sector = OUR_SECTOR // 4
    tables = lists = 0
    while tables * per_sector < own + 1 + tables + lists:
        tables = -(-(own + 1 + tables + lists) // per_sector)
        lists = max(0, -(-(tables - LISTED_IN_HEADER) // (per_sector - 1)))
    fat = [*range(1, own), END_OF_CHAIN, END_OF_CHAIN, *[FAT_SECTOR] * tables, *[LIST_SECTOR] * lists]
    places = [own + 1 + number for number in range(tables)]
    first_list = own + 1 + tables
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIII", 0, tables, own, 0, MINI_STREAM_BELOW, END_OF_CHAIN, 0)
    header += struct.pack("<II", first_list if lists else END_OF_CHAIN, lists)
    header += _numbers(places[:LISTED_IN_HEADER], LISTED_IN_HEADER)
    directory = _entry("Root Entry", 5, END_OF_CHAIN, 0, child=1) + _entry(name, 2, 0, len(stream))
    directory += _entry("", 0, 0, 0) * 2
    parts = [header, stream.ljust(own * OUR_SECTOR, b"\x00"), directory, _numbers(fat, tables * per_sector)]
    for number in range(lists):
        at = LISTED_IN_HEADER + number * (per_sector - 1)
        following = first_list + number + 1 if number + 1 < lists else END_OF_CHAIN
        parts.append(
            _numbers(places[at : at + per_sector - 1], per_sector - 1) + struct.pack("<I", following)
        )
    return b"".join(parts)


def _numbers(numbers: Sequence[int], count: int) -> bytes:
    return struct.pack(f"<{count}I", *numbers, *[FREE] * (count - len(numbers)))


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    raw = name.encode("utf-16-le")
    text = raw.ljust(64, b"\x00") + struct.pack("<H", len(raw) + 2 if name else 0)
    links = struct.pack("<BBIII", kind, 1, FREE, FREE, child)
    return text + links + bytes(36) + struct.pack("<IQ", start, size)
