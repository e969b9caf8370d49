"""What the API takes and answers about drafts and staged rows. Bounds are those of the file itself."""

from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from jieqing.claims.receivables.engine.ledger_types import Limits
from jieqing.claims.receivables.schemas import BatchOut, ImportAnswer, StagedRowOut
from jieqing.plumbing.bodies import Body

_LIMITS = Limits()
CELLS_MAX = 1_000
REASON_CHARS_MAX = 200


class ColumnsIn(Body):
    """The answers about a file, all of them: what is left out is asked or guessed again.

    ``columns``: header (or ``#n``, the column counted from 0) to a field, ``ignore`` to leave it out, null to keep it as it is.
    """

    sheet: str | None = Field(None, max_length=255)
    header_line: int | None = Field(None, ge=1, le=200)
    currency: str | None = Field(None, max_length=8)
    date_order: Literal["ymd", "mdy", "dmy"] | None = None
    columns: dict[str, str | None] = Field(default_factory=dict, max_length=_LIMITS.columns_max)
    multi_line: Literal["sum", "stage"] | None = None
    accepts: list[str] = Field(default_factory=list, max_length=50)


class ColumnOut(Schema):
    """``header``: how to name the column in an answer; ``confidence`` 0 to 100."""

    index: int
    header: str
    field: str | None
    confidence: int


class ProblemOut(Schema):
    code: str
    text: dict[str, str]
    todo: dict[str, str]
    details: dict[str, Any]


class ColumnsOut(Schema):
    """How a draft is read now. ``missing`` must be empty before it can be checked; ``said`` is what was answered."""

    batch: UUID
    sheet: str | None
    sheets: list[str]
    header_line: int
    currency: str | None
    currency_source: str
    lines: int = Field(description="Lines of the table, about: header and last line end included.")
    columns: list[ColumnOut]
    fields: list[str]
    missing: list[str]
    questions: list[ProblemOut]
    notices: list[ProblemOut]
    said: dict[str, Any]


class CellIn(Body):
    line: int = Field(ge=1, le=_LIMITS.rows_max)
    column: int = Field(ge=0, lt=_LIMITS.columns_max, description="Counted from 0.")
    text: str = Field(max_length=_LIMITS.cell_chars_max)


class CellsIn(Body):
    cells: list[CellIn] = Field(min_length=1, max_length=CELLS_MAX)


class CellsOut(Schema):
    """How many cells of the draft stand corrected now. The check that was made before them is out of date."""

    corrected: int


class CheckOut(Schema):
    """What committing would do. ``seen`` names the answers it was made for; a commit gives it back."""

    seen: str
    rows: int
    accepted: int
    updated: int
    duplicates: int
    waiting: int
    fixed: int
    skipped: int
    debtors: int
    amount_minor: dict[str, int]
    open_minor: dict[str, int]
    groups: list[dict[str, Any]]
    totals: list[dict[str, Any]]
    notices: list[dict[str, Any]]


class CommitIn(Body):
    seen: str = Field(max_length=64, description="`seen` of the check that was looked at.")


class WorkOut(Schema):
    """Where a draft's work stands: idle, running, done or failed (``problem`` says why). ``result`` once it is committed."""

    batch: BatchOut
    work: Literal["idle", "running", "done", "failed"]
    done: int
    total: int
    problem: ProblemOut | None
    result: ImportAnswer | None


class StagedOut(StagedRowOut):
    id: UUID


class StagedKindOut(Schema):
    """Waiting rows with the same problem in the same field; an empty code is corrected and waits for its run."""

    code: str
    field: str
    rows: int
    first_line: int


class StagedListOut(Schema):
    """``next`` is the line to ask on from, as ``after_line``."""

    kinds: list[StagedKindOut]
    rows: list[StagedOut]
    next: int | None


class StagedCellsIn(Body):
    """All cells of the row, in the order of the file."""

    cells: list[str] = Field(max_length=_LIMITS.columns_max)


class DiscardIn(Body):
    """Rows by their ids, or all waiting rows of one kind."""

    reason: str = Field(max_length=REASON_CHARS_MAX)
    rows: list[UUID] | None = Field(None, max_length=CELLS_MAX)
    code: str | None = Field(None, max_length=64)
    field: str | None = Field(None, max_length=64)


class DiscardOut(Schema):
    discarded: int


class AcceptIn(Body):
    code: str = Field(
        max_length=64, description="A problem that may be right as it stands, like `row.overpaid`."
    )
