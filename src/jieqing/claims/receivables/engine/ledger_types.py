"""The values that pass between the steps of an import: what was read, what was proposed, what was understood.

Words. A *table* is one sheet (or the one table of a text file) as raw text cells. A *layout* says which column
means what and how its dates and numbers are written; it is what a person confirms and what is remembered per
source. A *good* row became an item, a *staged* row waits for a person, a *skipped* row holds no receivable (title,
total, blank line, repeated header, identical twin) and says so.

Invariant: every line of a table that holds any text ends as exactly one of good, staged or skipped, whatever the
order of the rows and however the file was cut into slices.

Source: issue 2 numbers 8 and 11; the rules of each step stand in the module of that step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Protocol

import polars as pl

from jieqing.kernel.outcomes import Problem

DATE_ORDERS = ("ymd", "mdy", "dmy")
ROW_DIGEST_FORMAT = "jieqing-ledger-row/v1"

KIND_INVOICE = "invoice"
KIND_CREDIT_NOTE = "credit_note"
KIND_UNAPPLIED_PAYMENT = "unapplied_payment"


@dataclass(frozen=True)
class Limits:
    """Bounds on hostile input; each is far above any honest ledger and far below what hurts the machine."""

    bytes_max: int = 512 * 1024 * 1024
    columns_max: int = 700  # a worksheet column "ZZ" is 702; more is a matrix, not a ledger
    rows_max: int = 5_000_000
    cell_chars_max: int = 32_767  # Excel's own bound for one cell
    grid_cells_max: int = 60_000_000
    archive_entries_max: int = 5_000
    archive_bytes_max: int = 1024 * 1024 * 1024
    archive_ratio_max: int = 200  # honest worksheets deflate 5 to 60 times
    archive_ratio_free_bytes: int = 16 * 1024 * 1024  # below this total the ratio does not matter
    slice_bytes: int = 12 * 1024 * 1024
    slice_rows: int = 100_000


@dataclass(frozen=True)
class RawSlice:
    """Consecutive rows of one table as text.

    Shapes: line_numbers Int64 (rows,); cells String columns c0..cN, (rows, width), never null.
    odd_rows: line number -> (problem code, all cells as split) for rows the reader could not fit into the table.
    """

    line_numbers: pl.Series
    cells: pl.DataFrame
    odd_rows: Mapping[int, tuple[str, tuple[str, ...]]] = field(default_factory=dict)


class Table(Protocol):
    """One sheet. `head` is the first rows with their line numbers; `slices` reads everything, again each time."""

    @property
    def name(self) -> str: ...
    @property
    def hidden(self) -> bool: ...
    @property
    def width(self) -> int: ...
    @property
    def head(self) -> tuple[tuple[int, tuple[str, ...]], ...]: ...
    @property
    def row_count(self) -> int: ...  # an estimate for text, exact for workbooks

    def slices(self) -> Iterator[RawSlice]: ...


@dataclass(frozen=True)
class ReadFile:
    """A file opened and decoded: `kind` is what the bytes say (csv, tsv, xlsx, xls, xlsb, ods, html, xml2003, einvoice)."""

    name: str
    kind: str
    digest: bytes  # SHA-256 of the file's bytes
    tables: tuple[Table, ...]
    encoding: str | None = None
    delimiter: str | None = None
    is_1904: bool = False
    notices: tuple[Problem, ...] = ()
    fields: Mapping[str, str | None] = field(
        default_factory=dict
    )  # what the format itself says of its columns


@dataclass(frozen=True)
class ColumnUse:
    """What one column means. `field` None keeps the column as an extra under its own header."""

    index: int
    header: str
    field: str | None = None
    date_order: str | None = None  # for dates written with the year last; None = not yet known
    decimal_mark: str | None = "."  # "," as in 1.234,56; None = the column does not tell 1.234 from 1234
    unit: int = 1  # 10_000 for a column headed 万元


@dataclass(frozen=True)
class Layout:
    """The confirmed reading of a source: remembered under `fingerprint`, changed by a person, stored as JSON."""

    fingerprint: str
    header_line: int
    columns: tuple[ColumnUse, ...]
    sheet: str | None = None
    currency: str | None = None
    multi_line: str = "stage"  # or "sum": several lines of one document are added up
    accepts: frozenset[str] = frozenset()  # codes of confirmable problems that a person has confirmed
    is_1904: bool = False

    def column_of(self, field_name: str) -> ColumnUse | None:
        return next((column for column in self.columns if column.field == field_name), None)

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "columns": [asdict(c) for c in self.columns], "accepts": sorted(self.accepts)}

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Layout:
        fields = dict(data)
        fields["columns"] = tuple(ColumnUse(**column) for column in data["columns"])
        fields["accepts"] = frozenset(data.get("accepts", ()))
        return Layout(**fields)


@dataclass(frozen=True)
class FieldGuess:
    """Why a column was read as it was: confidence 0..100, a sentence, and a few of its cells."""

    index: int
    header: str
    field: str | None
    confidence: int
    reason_zh: str
    reason_en: str
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class SkippedRow:
    """A line that holds no receivable. reason: title, header_repeat, blank, total, subtotal, footer, heading, duplicate,
    known (an e-invoice that the ledger holds)."""

    line_no: int
    reason: str
    cells: tuple[str, ...]
    zh: str
    en: str


@dataclass(frozen=True)
class Proposal:
    """What the program believes about a file, for a person to confirm. `missing` empty means ready to parse."""

    layout: Layout
    guesses: tuple[FieldGuess, ...]
    skipped_above: tuple[SkippedRow, ...]
    missing: tuple[str, ...]  # fields without which no row can be read: debtor, amount, date, currency
    questions: tuple[Problem, ...]  # what a person should answer, each with its sentence
    notices: tuple[Problem, ...]
    currency_source: str  # column, header, title, remembered, hint, or none
    is_remembered: bool
    stated_as_of: date | None  # 截止日期 in a title row
    other_sheets: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class StagedRow:
    """A row that waits: its cells by column index as text (fix them, then reparse_row), and every problem found."""

    line_no: int
    cells: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class TotalCheck:
    """The file's own total row against our sum of the same column; `matches` None when it cannot be compared."""

    line_no: int | None
    currency: str | None
    stated_minor: int | None
    summed_minor: int | None
    matches: bool | None
    zh: str
    en: str


@dataclass(frozen=True)
class Counts:
    """lines = good + staged + skipped; data_rows = good + staged + duplicates (duplicates are among skipped)."""

    lines: int
    good: int
    staged: int
    skipped: int
    duplicates: int

    @property
    def data_rows(self) -> int:
        return self.good + self.staged + self.duplicates


@dataclass(frozen=True)
class ParsedLedger:
    """Shapes: good has the columns of ledger_rows.GOOD_SCHEMA, one row per item, in line order."""

    good: pl.DataFrame
    staged: tuple[StagedRow, ...]
    skipped: tuple[SkippedRow, ...]
    counts: Counts
    totals: tuple[TotalCheck, ...] = ()
    notices: tuple[Problem, ...] = ()
