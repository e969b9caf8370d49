"""Revalue: one reading of the ledger, vectorised scores, one COPY back, one evidence entry over all rows that changed.

Everybody is revalued when the day or the models change, else only the debtors that an event touched. Two revaluations of a
site queue behind an advisory lock. A rating that says what the current one says writes no row: history grows with news,
not with runs.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
import polars as pl
from django.db import connection, transaction

from jieqing.claims.receivables import selectors as ledger_selectors
from jieqing.claims.receivables.engine.ledger_arrays import LedgerArrays, day_number
from jieqing.claims.valuation.engine import loss
from jieqing.claims.valuation.engine.behaviour import Behaviour
from jieqing.claims.valuation.engine.models_kept import is_learning_due, read_models
from jieqing.claims.valuation.engine.portfolio_rating import rate_books
from jieqing.claims.valuation.engine.rating_rows import ROW_FORMAT, array_texts, debtor_rows, digests
from jieqing.claims.valuation.models import Run, Trigger
from jieqing.claims.valuation.selectors.losses import loss_statements
from jieqing.claims.valuation.services import writing
from jieqing.claims.valuation.services.alarms import write_alarms
from jieqing.claims.valuation.services.valuing import Valued, value_ledger
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence


def revalue(
    *,
    actor: Actor,
    trigger: Trigger,
    debtors: Sequence[UUID] | None = None,
    as_of: date | None = None,
) -> Run | None:
    """Rate debtors and books, renew warnings, keep the expected loss. None for a ledger without items.

    ``debtors`` narrows to some while the day and the models stand; ``as_of`` is the site's reporting day by default.
    """
    if actor.site_id is None:
        raise ValueError("a revaluation belongs to a site")
    with site_scope(actor.site_id), transaction.atomic():
        lock_runs(actor.site_id)
        # Before the ledger: whatever is written meanwhile is read by the next run, perhaps twice, never not at all.
        revision = ledger_selectors.last_revision()
        day = as_of or reporting_day()
        before = Run.objects.order_by("-number").first()
        models = read_models(before.norms) if before else None
        is_full = (
            debtors is None
            or before is None
            or before.as_of != day
            or models is None
            or is_learning_due(models, day)
        )
        valued = value_ledger(day, models, debtors=None if is_full else debtors)
        if valued is None or not valued.ledger.items:
            return None if before is None or is_full else before
        return _write(actor, trigger, day, valued, before, revision, is_full=is_full)


def _write(
    actor: Actor,
    trigger: Trigger,
    day: date,
    valued: Valued,
    before: Run | None,
    revision: int,
    *,
    is_full: bool,
) -> Run:
    number = before.number + 1 if before else 1
    parties = ledger_selectors.party_keys()
    rows, books = _rows(valued, day, parties, is_full=is_full)
    summary = dict(before.summary) if before and not is_full else {}
    # In the order of the indexes: rows that lie side by side there are written side by side.
    everything = pl.concat([rows, books]).sort("kind", "party")
    assert actor.site_id is not None
    found = digests(everything)
    news = writing.stage_ratings(everything, found, site_id=actor.site_id)
    entry_id = evidence.record_bulk(
        actor=actor,
        action="claims.valuation.revalued",
        subject=f"claims.valuation.run:{actor.site_id}/{number}",
        row_digests=b"".join(found[place] for place in news),
        facts={
            "number": number,
            "as_of": day.isoformat(),
            "trigger": trigger.value,
            "revision": revision,
            "row_format": ROW_FORMAT,
            "rated": rows.height,
            "changed": len(news),
            "models": valued.models.as_dict(),
        },
    )
    writing.write_ratings(site_id=actor.site_id, run_number=number)
    warned = write_alarms(valued, day, parties, site_id=actor.site_id, run_number=number, is_full=is_full)
    summary |= {"warnings": warned} if is_full else {}
    if is_full:
        summary["losses"] = _losses(valued.ledger, day)
    return Run.objects.create(
        id=new_id(),
        site_id=actor.site_id,
        number=number,
        as_of=day,
        at=clock.now(),
        actor_id=actor.id,
        trigger=trigger.value,
        revision=revision,
        is_full=is_full,
        norms=valued.models.as_dict(),
        summary=summary,
        rated=rows.height,
        changed=len(news),
        entry_id=entry_id,
    )


def _losses(ledger: LedgerArrays, day: date) -> dict[str, dict[str, int]]:
    return loss.totals_by_currency(
        {code: one.statement for code, one in loss_statements(ledger, day).items()}
    )


def _rows(
    valued: Valued, day: date, ids: Mapping[int, str], *, is_full: bool
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows of debtors and, where everybody was read, of creditors' books."""
    ledger = valued.ledger
    rows = debtor_rows(valued.scored, [ids[key] for key in ledger.debtor_keys.tolist()], day.isoformat())
    currency, open_minor, overdue_minor = exposures(ledger, valued.seen, day)
    rows = rows.with_columns(
        pl.Series("currency", currency),
        pl.Series("open_minor", open_minor),
        pl.Series("overdue_minor", overdue_minor),
    ).select(writing.COLUMNS)
    if not is_full:
        return rows, rows.clear()
    found = rate_books(ledger, day_number(day), valued.scored.probability, valued.models.line)
    books = pl.DataFrame(
        {
            "kind": pl.Series([2] * len(found), dtype=pl.Int16),
            "party": [ids[int(ledger.creditor_keys[one.creditor])] for one in found],
            "as_of": [day.isoformat()] * len(found),
            "currency": [one.currency for one in found],
            "open_minor": [one.open_minor for one in found],
            "overdue_minor": [one.overdue_minor for one in found],
            "score": [one.score for one in found],
            "grade": [one.grade for one in found],
            "probability_millionths": [round(one.probability * 1_000_000) for one in found],
            "invoices_due": [0] * len(found),
            "values": array_texts(np.array([one.values for one in found]).reshape(-1, 3)),
            "points": ["{}"] * len(found),
        },
        schema=rows.schema,
    ).select(writing.COLUMNS)
    return rows, books


def exposures(ledger: LedgerArrays, seen: Behaviour, day: date) -> tuple[list[str], Any, Any]:
    """The currency in which each debtor owes most, and what: no adding across currencies."""
    if len(ledger.currencies) == 1:
        return [ledger.currencies[0]] * ledger.debtors, seen.open_minor, seen.overdue_minor
    number = day_number(day)
    opening = np.where(ledger.invoice_on <= number, ledger.open_minor(number), 0)
    late = np.where((number > ledger.due_on) & (ledger.kind == 1), np.maximum(opening, 0), 0)
    owed = np.zeros((len(ledger.currencies), ledger.debtors), np.int64)
    overdue = np.zeros_like(owed)
    np.add.at(owed, (ledger.currency, ledger.debtor), opening)
    np.add.at(overdue, (ledger.currency, ledger.debtor), late)
    best, everyone = np.abs(owed).argmax(axis=0), np.arange(ledger.debtors)
    codes = [ledger.currencies[at] for at in best]
    return codes, owed[best, everyone], overdue[best, everyone]


def reporting_day() -> date:
    """The day a site is valued at: the day it replays, or today."""
    return ledger_selectors.replay_day() or clock.today()


def lock_runs(site_id: UUID) -> None:
    """One revaluation of a site at a time, until the transaction ends."""
    digest = hashlib.sha256(f"claims.valuation.run/{site_id}".encode()).digest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(digest[:8], "big", signed=True)])
