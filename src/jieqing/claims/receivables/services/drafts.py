"""Verbs of a draft: answer what the file leaves open, correct cells, check, confirm, give up.

A draft is a file and what a person said about it (``batch.options``: ``said`` and ``fixes``); its layout follows. Corrected
cells never change the file: the rows enter through staging, so that evidence tells what the file said and who said otherwise.

Refuses: any change of a batch that has left the draft state; a confirmation of something other than what was shown.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from jieqing.claims.receivables.engine import ledger_problems as problems
from jieqing.claims.receivables.engine.ledger_types import Layout
from jieqing.claims.receivables.models import BatchState, ImportBatch, StagedRow, StagedState
from jieqing.claims.receivables.selectors.drafts import (
    FIXES,
    SAID,
    Draft,
    Said,
    fixes_of,
    read_draft,
    seen_digest,
)
from jieqing.claims.receivables.services.batches import preview_batch
from jieqing.claims.receivables.services.checking import fixed_cells, summary_of
from jieqing.claims.receivables.services.committing import commit_batch
from jieqing.claims.receivables.services.loading import Progress
from jieqing.claims.receivables.services.results import ImportResult
from jieqing.claims.receivables.services.staged_rows import fix_staged_row, rerun_staged
from jieqing.kernel.actor import Actor
from jieqing.kernel.canonical import canonical_bytes, sha256
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.trust.evidence import services as evidence

CHECK = "check"


def answer_draft(*, actor: Actor, batch: ImportBatch, said: Said) -> Draft | Problem:
    """Keep the answers about a file and return how it is understood now; corrections of another table are let go."""
    with transaction.atomic():
        locked = _locked_draft(batch)
        if is_problem(locked):
            return locked
        draft = read_draft(locked, said)
        if is_problem(draft):
            return draft
        before = Said.of(locked)
        kept = {**locked.options, SAID: said.as_dict(), "row_count": draft.table.row_count}
        if (before.sheet, before.header_line) != (said.sheet, said.header_line):
            kept[FIXES] = {}
        if kept == locked.options and draft.layout.as_dict() == locked.mapping:
            return draft
        locked.options, locked.mapping = kept, draft.layout.as_dict()
        locked.fingerprint = draft.layout.fingerprint
        locked.save(update_fields=["options", "mapping", "fingerprint"])
        _record(actor, locked, "answered", {"layout": sha256(canonical_bytes(locked.mapping)).hex()})
        return draft


def fix_draft(
    *, actor: Actor, batch: ImportBatch, cells: Mapping[int, Mapping[int, str]]
) -> ImportBatch | Problem:
    """Keep corrected cells (line -> column -> text) of a draft; an earlier correction of the same cell gives way."""
    with transaction.atomic():
        locked = _locked_draft(batch)
        if is_problem(locked):
            return locked
        fixes: dict[str, dict[str, str]] = {
            str(line): {str(index): text for index, text in row.items()}
            for line, row in fixes_of(locked).items()
        }
        for line, row in cells.items():
            fixes.setdefault(str(line), {}).update({str(index): text for index, text in row.items()})
        locked.options = {**locked.options, FIXES: fixes}
        locked.save(update_fields=["options"])
        _record(
            actor, locked, "cells_corrected", {"lines": sorted(cells), "cells": sum(map(len, cells.values()))}
        )
        return locked


def check_draft(
    *, actor: Actor, batch: ImportBatch, progress: Progress | None = None
) -> dict[str, Any] | Problem:
    """Read the whole file against the ledger, write nothing of it, and keep what was found with the draft."""
    with transaction.atomic():
        locked = _locked_draft(batch)
        if is_problem(locked):
            return locked
        preview = preview_batch(actor=actor, batch=locked, progress=progress)
        if is_problem(preview):
            return preview
        layout = Layout.from_dict(locked.mapping)
        summary = summary_of(preview, layout, fixes_of(locked), seen=seen_digest(locked))
        locked.counts = {CHECK: summary}
        locked.save(update_fields=["counts"])
        told = ("rows", "accepted", "updated", "duplicates", "waiting", "fixed", "skipped")
        _record(actor, locked, "checked", {name: summary[name] for name in told})
        return summary


def commit_draft(
    *, actor: Actor, batch: ImportBatch, seen: str, progress: Progress | None = None
) -> ImportResult | Problem:
    """Confirm a draft as it was ``seen``: the file's good rows, then the corrected ones; all of it or nothing.

    Confirming again gives the first answer.
    """
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(id=batch.id)
        if locked.state == BatchState.DRAFT and seen_digest(locked) != seen:
            return Problem.of(problems.CHANGED_SINCE)
        fixes = fixes_of(locked) if locked.state == BatchState.DRAFT else {}
        result = commit_batch(actor=actor, batch=locked, progress=progress)
        if is_problem(result) or not fixes:
            return result
        rows = StagedRow.objects.filter(batch=locked, line__in=list(fixes), state=StagedState.OPEN)
        for row in rows.select_related("batch").order_by("line"):
            fix_staged_row(actor=actor, row=row, cells=fixed_cells(row.cells, fixes[row.line]))
        rerun_staged(actor=actor, batch=locked)
        return result


def drop_draft(*, actor: Actor, batch: ImportBatch) -> ImportBatch | Problem:
    """Give a draft up. Its file stays as evidence of what was received; the ledger never saw it."""
    with transaction.atomic():
        locked = _locked_draft(batch)
        if is_problem(locked):
            return locked
        locked.state = BatchState.DROPPED
        locked.save(update_fields=["state"])
        _record(actor, locked, "dropped", {"number": locked.number})
        return locked


def checked(batch: ImportBatch) -> dict[str, Any] | None:
    """What the last check of a draft found, when it is still about the answers that stand now."""
    found = batch.counts.get(CHECK)
    return found if found and found["seen"] == seen_digest(batch) else None


def _locked_draft(batch: ImportBatch) -> ImportBatch | Problem:
    locked = ImportBatch.objects.select_for_update().get(id=batch.id)
    return (
        locked if locked.state == BatchState.DRAFT else Problem.of(problems.NOT_A_DRAFT, number=locked.number)
    )


def _record(actor: Actor, batch: ImportBatch, step: str, facts: Mapping[str, object]) -> None:
    evidence.record(
        actor=actor,
        action=f"claims.receivables.draft_{step}",
        subject=f"claims.receivables.batch:{batch.id}",
        facts=facts,
    )
