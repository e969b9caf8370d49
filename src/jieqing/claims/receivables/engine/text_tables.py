"""Text tables: CSV, TSV and their relatives, read in slices that never hold the whole file as objects.

The definition is Python's csv module. A slice whose quoting is regular, whose lines all have the same number of
cells and which holds no NUL and no lone carriage return is read by Polars instead, about ten times faster; the
test `test_fast_reader_equals_csv_module` compares both on generated text.

A line whose quotes do not balance is not allowed to swallow the lines below it: it alone becomes an odd row.
Line numbers are those an editor shows.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from jieqing.claims.receivables.engine import file_problems as problems
from jieqing.claims.receivables.engine.encodings import Buffer, Encoding, detect_encoding
from jieqing.claims.receivables.engine.grids import HEAD_ROWS, cell_names, frame_of
from jieqing.claims.receivables.engine.ledger_types import Limits, RawSlice, ReadFile
from jieqing.kernel.outcomes import Problem

DELIMITERS = (",", "\t", ";", "|")
HEAD_BYTES = 512 * 1024
HEAD_BYTES_MAX = 32 * 1024 * 1024
HEAD_LINES_MIN = 50
QUOTED_LINES_MAX = 40  # one cell over more lines than this is an unbalanced quote, not an address
PARITY_BYTES_MAX = 1024 * 1024
NUL_SHOWN = "␀"
LONE_RETURN = re.compile(rb"\r(?!\n)")

csv.field_size_limit(2**31 - 1)  # the module's own 128 KiB bound raises; ours is a sentence for the one cell

Row = tuple[int, tuple[str, ...]]
OddRows = dict[int, tuple[str, tuple[str, ...]]]


def read_text(data: Buffer, name: str, digest: bytes, limits: Limits) -> ReadFile | Problem:
    """Return the one table of a text file."""
    encoding = detect_encoding(data)
    if encoding is None:
        binary = bytes(data[:4096]).count(0) > 8
        return Problem.of(problems.BINARY if binary else problems.UNKNOWN_ENCODING)
    if encoding.name.startswith(("utf-16", "utf-32")) or _has_only_returns(data):
        text = bytes(data[encoding.start :]).decode(encoding.name, "replace")
        data = text.replace("\r\n", "\n").replace("\r", "\n").encode()
        encoding = Encoding("utf-8", 0, encoding.lossy)
    nul_count = _count(data, b"\x00") if data.find(b"\x00") >= 0 else 0
    shown_name = "utf-8" if encoding.name == "utf-8" else encoding.name
    head_text = _head_text(data, encoding)
    if not head_text.strip().strip(NUL_SHOWN):
        return Problem.of(problems.EMPTY)
    delimiter = _delimiter(head_text)
    rows, _ = _split(head_text, delimiter, 1)
    width = max((len(_trim(cells)) for _, cells in rows[:HEAD_ROWS]), default=0)
    if width > limits.columns_max:
        return Problem.of(problems.TOO_MANY_COLUMNS, columns=width, limit=limits.columns_max)
    table = TextTable(data, encoding, delimiter, max(width, 1), limits)
    if table.row_count > limits.rows_max:
        return Problem.of(problems.TOO_MANY_ROWS, limit=limits.rows_max)
    notices = []
    if encoding.lossy:
        notices.append(Problem.of(problems.LOSSY_ENCODING, encoding=shown_name, count=encoding.lossy))
    if nul_count:
        notices.append(Problem.of(problems.NUL_BYTES, count=nul_count))
    kind = "tsv" if delimiter == "\t" else "csv"
    return ReadFile(name, kind, digest, (table,), shown_name, delimiter, False, tuple(notices))


@dataclass(frozen=True)
class TextTable:
    """The table of one text file; holds the bytes, not the cells."""

    data: Buffer = field(repr=False)
    encoding: Encoding
    delimiter: str
    width: int
    limits: Limits
    name: str = ""
    hidden: bool = False

    @cached_property
    def head(self) -> tuple[Row, ...]:
        rows, odd = _split(_head_text(self.data, self.encoding), self.delimiter, 1)
        kept = [(line, _trim(cells)[: self.width]) for line, cells in rows if line not in odd]
        return tuple(
            (line, tuple(cell[: self.limits.cell_chars_max + 1] for cell in cells))
            for line, cells in kept[:HEAD_ROWS]
        )

    @cached_property
    def row_count(self) -> int:
        return _count(self.data, b"\n") + 1

    def slices(self) -> Iterator[RawSlice]:
        line_no = 1
        for chunk in self._chunks():
            plain = self._utf8(chunk)
            lines = plain.count(b"\n") + (not plain.endswith(b"\n"))
            frame = self._fast(plain, lines)
            if frame is not None:
                numbers = pl.int_range(line_no, line_no + lines, eager=True, dtype=pl.Int64).alias("line_no")
                yield RawSlice(numbers, frame)
                line_no += lines
            else:
                piece, line_no = self._careful(plain, line_no)
                yield piece

    def _chunks(self) -> Iterator[bytes]:
        """Cut at line ends outside quotes, as far as the count of quotes can tell."""
        at, size = self.encoding.start, len(self.data)
        while at < size:
            end = self._line_end(at + self.limits.slice_bytes)
            chunk = bytes(self.data[at:end])
            if chunk.count(b'"') % 2:
                limit = min(size, end + PARITY_BYTES_MAX)
                longer = end
                while longer < limit:
                    further = self._line_end(longer)
                    odd = bytes(self.data[longer:further]).count(b'"') % 2
                    longer = further
                    if odd:
                        end, chunk = longer, bytes(self.data[at:longer])
                        break
            yield chunk
            at = end

    def _line_end(self, at: int) -> int:
        found = self.data.find(b"\n", at) if at < len(self.data) else -1
        return len(self.data) if found < 0 else found + 1

    def _utf8(self, chunk: bytes) -> bytes:
        if self.encoding.name == "utf-8" and not self.encoding.lossy:
            return chunk
        return chunk.decode(self.encoding.name, "replace").encode()

    def _fast(self, chunk: bytes, lines: int) -> pl.DataFrame | None:
        if self.width < 2 or b"\x00" in chunk or LONE_RETURN.search(chunk):
            return None
        if b'"' in chunk and not _regular_quotes(chunk, self.delimiter):
            return None
        schema = dict.fromkeys(cell_names(self.width), pl.String)
        try:
            frame = pl.read_csv(chunk, has_header=False, separator=self.delimiter, schema=schema)
        except pl.exceptions.PolarsError:
            return None
        if frame.height != lines:
            return None
        frame = frame.fill_null("")
        longest = frame.select(pl.max_horizontal(pl.all().str.len_bytes().max())).item()
        return frame if (longest or 0) <= self.limits.cell_chars_max else None

    def _careful(self, chunk: bytes, line_no: int) -> tuple[RawSlice, int]:
        text = chunk.decode("utf-8", "replace")
        rows, odd = _split(text, self.delimiter, line_no)
        limit = self.limits.cell_chars_max + 1
        lines: list[int] = []
        kept: list[tuple[str, ...]] = []
        for line, cells in rows:
            cells = tuple(cell[:limit] for cell in _trim(cells))
            if line not in odd and len(cells) > self.width:
                odd[line] = ("row.too_many_cells", cells)
            lines.append(line)
            kept.append(cells[: self.width])
        numbers = pl.Series("line_no", lines, dtype=pl.Int64)
        universal = text.replace("\r\n", "\n").replace("\r", "\n")
        next_line = line_no + universal.count("\n") + (not universal.endswith("\n"))
        return RawSlice(numbers, frame_of(kept, self.width), odd), next_line


def _split(text: str, delimiter: str, first_line: int) -> tuple[list[Row], OddRows]:
    """Return the rows of a text with the line each starts on, and the lines whose quotes do not balance."""
    if "\x00" in text:
        text = text.replace("\x00", NUL_SHOWN)
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    for cells in reader:
        if reader.line_num - before > QUOTED_LINES_MAX:
            return _split_line_by_line(text, delimiter, first_line)
        rows.append((first_line + before, tuple(cells)))
        before = reader.line_num
    if rows and text.count('"') % 2:
        return _split_line_by_line(text, delimiter, first_line)
    return rows, {}


def _split_line_by_line(text: str, delimiter: str, first_line: int) -> tuple[list[Row], OddRows]:
    rows: list[Row] = []
    odd: OddRows = {}
    for offset, line in enumerate(
        text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    ):
        number = first_line + offset
        if _quotes_balance(line, delimiter):
            rows.append((number, tuple(next(csv.reader([line], delimiter=delimiter), []))))
        else:
            cells = tuple(line.split(delimiter))
            rows.append((number, cells))
            odd[number] = ("row.quotes", cells)
    return rows, odd


def _quotes_balance(line: str, delimiter: str) -> bool:
    """Say whether no quoted cell of the line is left open. A quote inside an unquoted cell (5" pipe) is a character."""
    if '"' not in line:
        return True
    mark = re.escape(delimiter)
    rest = re.sub(rf'(?:(?<=^)|(?<={mark}))"(?:[^"]|"")*"(?={mark}|$)', "", line)
    return re.search(rf'(?:^|{mark})"', rest) is None


def _regular_quotes(chunk: bytes, delimiter: str) -> bool:
    """Say whether each quote opens or closes a whole cell, the only form on which all readers agree."""
    mark = delimiter.encode()
    single = chunk.replace(b'""', b"")
    total = single.count(b'"')
    opening = single.count(mark + b'"') + single.count(b'\n"') + single.startswith(b'"')
    closing = single.count(b'"' + mark) + single.count(b'"\n') + single.count(b'"\r') + single.endswith(b'"')
    return opening == closing and opening + closing == total


def _delimiter(text: str) -> str:
    """Return the delimiter under which most lines have the same number (at least two) of cells."""
    first = text.split("\n", 1)[0].strip().lower()
    if first.startswith("sep=") and len(first) == 5:
        return first[4]
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        rows, _ = _split(text, delimiter, 1)
        counts = Counter(len(cells) for _, cells in rows[:HEAD_ROWS] if any(cell.strip() for cell in cells))
        wide = {count: hits for count, hits in counts.items() if count > 1}
        if not wide:
            continue
        count, hits = max(wide.items(), key=lambda item: (item[1], item[0]))
        score = hits / sum(counts.values()) + min(count, 20) / 1000
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _head_text(data: Buffer, encoding: Encoding) -> str:
    size = HEAD_BYTES
    while (
        size < min(HEAD_BYTES_MAX, len(data))
        and bytes(data[encoding.start : encoding.start + size]).count(b"\n") < HEAD_LINES_MIN
    ):
        size *= 4  # a line of many columns or one enormous cell: look further, the rows below it must be seen
    end = encoding.start + size
    if end < len(data):
        cut = data.rfind(b"\n", encoding.start, end)
        end = len(data) if cut < 0 else cut + 1
    return bytes(data[encoding.start : end]).decode(encoding.name, "replace").replace("\x00", NUL_SHOWN)


def _trim(cells: tuple[str, ...]) -> tuple[str, ...]:
    last = len(cells)
    while last and not cells[last - 1].strip():
        last -= 1
    return cells[:last]


def _has_only_returns(data: Buffer) -> bool:
    sample = bytes(data[:HEAD_BYTES])
    return b"\n" not in sample and b"\r" in sample


def _count(data: Buffer, what: bytes) -> int:
    step = 16 * 1024 * 1024
    return sum(bytes(data[at : at + step]).count(what) for at in range(0, len(data), step))
