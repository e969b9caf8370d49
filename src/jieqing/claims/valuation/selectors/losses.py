"""Expected loss of a day from the ledger: the ageing report's own amounts, the ledger's own rates, live judgements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

import numpy as np

from jieqing.claims.receivables import selectors as ledger_selectors
from jieqing.claims.receivables.engine.ledger_arrays import LedgerArrays, day_number
from jieqing.claims.valuation.engine.loss import (
    ONE,
    JudgedItem,
    LossStatement,
    rates_or_example,
    statement,
)
from jieqing.claims.valuation.engine.rolls import BUCKETS, EDGES, LossRates, bucket_of, rates_at
from jieqing.claims.valuation.models import Decision, DecisionKind


@dataclass(frozen=True, slots=True)
class Loss:
    """One currency: how the rates came about and what they give."""

    currency: str
    rates: LossRates
    statement: LossStatement
    overlay: Decision | None
    judged: tuple[tuple[Decision, JudgedItem], ...]


def loss_statements(ledger: LedgerArrays, as_of: date, *, currency: str | None = None) -> dict[str, Loss]:
    """Every currency with something open, or the one asked for. ``ledger`` is read once by the caller."""
    decisions = list(
        Decision.objects.filter(
            ended_at=None, kind__in=[DecisionKind.OVERLAY.value, DecisionKind.ITEM_RATE.value]
        ).order_by("at", "id")
    )
    keys = item_keys([one.subject_id for one in decisions if one.subject_id])
    day = day_number(as_of)
    opening = ledger.open_minor(day)
    found = {}
    for place, code in enumerate(ledger.currencies):
        if currency and code != currency:
            continue
        buckets = buckets_at(ledger, opening, day, place)
        if not currency and not any(items for *_rest, items in buckets):
            continue
        rates = rates_at(ledger, as_of, place)
        used, is_example = rates_or_example(rates, ledger, day, place)
        own = [one for one in decisions if one.currency == code]
        overlay = next((one for one in own if one.kind == DecisionKind.OVERLAY), None)
        judged = _judged(ledger, opening, day, place, own, keys)
        found[code] = Loss(
            code,
            rates,
            statement(
                buckets,
                used,
                overlay=Decimal(overlay.value) if overlay else ONE,
                judged=[item for _decision, item in judged],
                is_example=is_example,
            ),
            overlay,
            judged,
        )
    return found


def losses(*, as_of: date, currency: str | None = None) -> dict[str, Loss]:
    """The same from the database, reading the ledger once."""
    return loss_statements(ledger_selectors.ledger_arrays(), as_of, currency=currency)


def item_keys(ids: Sequence[UUID]) -> dict[UUID, int]:
    return ledger_selectors.keys_of_ids(ids)


def buckets_at(
    ledger: LedgerArrays,
    opening: np.ndarray,
    day: int,
    currency: int,
) -> list[tuple[int | None, int | None, int, int]]:
    """Amounts and items as the ageing report by due day counts them: everything open, credits included."""
    chosen = (ledger.currency == currency) & (opening != 0)
    bucket = bucket_of(day - ledger.due_on[chosen])
    amounts = np.zeros(BUCKETS, np.int64)
    np.add.at(amounts, bucket, opening[chosen])
    items = np.bincount(bucket, minlength=BUCKETS)
    lows = [None, *(edge + 1 for edge in EDGES)]
    highs = [*EDGES, None]
    return [
        (low, high, int(amount), int(count))
        for low, high, amount, count in zip(lows, highs, amounts, items, strict=True)
    ]


def _judged(
    ledger: LedgerArrays,
    opening: np.ndarray,
    day: int,
    currency: int,
    decisions: Sequence[Decision],
    keys: dict[UUID, int],
) -> tuple[tuple[Decision, JudgedItem], ...]:
    found = []
    for decision in decisions:
        key = keys.get(decision.subject_id) if decision.subject_id else None
        if decision.kind != DecisionKind.ITEM_RATE or key is None:
            continue
        place = int(np.searchsorted(ledger.item_key, key))
        if place >= ledger.items or ledger.item_key[place] != key or ledger.currency[place] != currency:
            continue
        if opening[place] == 0:
            continue
        bucket = int(bucket_of(np.array([day - ledger.due_on[place]]))[0])
        found.append(
            (
                decision,
                JudgedItem(str(decision.subject_id), bucket, int(opening[place]), Decimal(decision.value)),
            )
        )
    return tuple(found)
