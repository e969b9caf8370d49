"""Verbs that write the ledger: keyword-only, ``actor`` first, ``T | Problem`` back. The doors of the room's writing."""

from jieqing.claims.receivables.services.batches import (
    OpenedBatch,
    not_ready,
    open_batch,
    preview_batch,
    preview_file,
    propose_batch,
)
from jieqing.claims.receivables.services.committing import commit_batch, import_file
from jieqing.claims.receivables.services.results import (
    ImportOptions,
    ImportResult,
    Preview,
    ProblemGroup,
    SampleRow,
)
from jieqing.claims.receivables.services.source_rows import SourceRow, source_row
from jieqing.claims.receivables.services.staged_rows import discard_staged_row, fix_staged_row, rerun_staged
from jieqing.claims.receivables.services.undoing import UndoResult, undo_batch, undo_refusal

__all__ = [
    "ImportOptions",
    "ImportResult",
    "OpenedBatch",
    "Preview",
    "ProblemGroup",
    "SampleRow",
    "SourceRow",
    "UndoResult",
    "commit_batch",
    "discard_staged_row",
    "fix_staged_row",
    "import_file",
    "not_ready",
    "open_batch",
    "preview_batch",
    "preview_file",
    "propose_batch",
    "rerun_staged",
    "source_row",
    "undo_batch",
    "undo_refusal",
]
