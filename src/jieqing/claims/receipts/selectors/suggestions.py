"""What the lines on the screen could pay, worked out now: from open documents, and from who paid for whom before.

Nothing is stored: a suggestion that was right an hour ago may be wrong now. What a person rejected is left out.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from jieqing.claims.parties.engine.names import name_key
from jieqing.claims.receipts.engine.matching import suggest
from jieqing.claims.receipts.engine.open_book import Book, Incoming, OpenItem, Suggestion
from jieqing.claims.receipts.engine.payer_names import core_key, pinyin_core
from jieqing.claims.receipts.engine.reference_texts import numbers_in
from jieqing.claims.receipts.engine.statement_types import LineKind, digits_of
from jieqing.claims.receipts.models import BankLine, Match, MatchKind, Rejection
from jieqing.claims.receivables.selectors.open_documents import open_documents

START_CHARS_MIN = 2


def suggestions_for(lines: Sequence[BankLine]) -> dict[UUID, tuple[Suggestion, ...]]:
    """Suggestions of these undecided lines, best first, by line; lines of money out get none."""
    incoming = [_incoming(line) for line in lines if line.amount_minor > 0 and line.kind in PAYABLE]
    found: dict[UUID, tuple[Suggestion, ...]] = {}
    history = _payers(incoming)
    for currency in sorted({line.currency for line in incoming}):
        some = [line for line in incoming if line.currency == currency]
        found |= suggest(some, Book(_documents(some, currency, history), history))
    refused = _refused(list(found))
    return {
        line_id: tuple(one for one in suggestions if suggestion_key(one) not in refused[line_id])
        for line_id, suggestions in found.items()
    }


PAYABLE = (LineKind.PAYMENT.value, LineKind.UNKNOWN.value)


def suggestion_key(one: Suggestion) -> str:
    """A suggestion by what it would post: the same facts, the same key."""
    parts = sorted([str(part.item_id), part.amount_minor] for part in one.parts)
    text = json.dumps([str(one.line_id), str(one.debtor_id), parts, one.rest_minor])
    return hashlib.sha256(text.encode()).hexdigest()


def _incoming(line: BankLine) -> Incoming:
    return Incoming(
        line_id=line.id,
        amount_minor=line.amount_minor,
        currency=line.currency,
        payer_name=line.counterparty_name,
        payer_account=line.counterparty_account,
        text=f"{line.purpose} {line.reference}",
    )


def _documents(
    lines: Sequence[Incoming], currency: str, history: dict[str, frozenset[UUID]]
) -> list[OpenItem]:
    names = {line.payer_name for line in lines if line.payer_name}
    keys = {key for name in names if (key := name_key(name))}
    starts = {core for name in names if len(core := core_key(name)) >= START_CHARS_MIN and not core.isascii()}
    starts |= {key for key in keys if key.isascii()}
    latin = {
        start
        for name in names
        if name_key(name).isascii() and len(start := pinyin_core(name)) > START_CHARS_MIN
    }
    numbers = {number for line in lines for number in numbers_in(line.text)}
    rows = open_documents(
        currency=currency,
        debtor_ids={debtor for debtors in history.values() for debtor in debtors},
        numbers=numbers,
        amounts={line.amount_minor for line in lines},
        name_keys=keys,
        name_starts=starts,
        pinyin_starts=latin | {key for key in keys if key.isascii()},
    )
    return [
        OpenItem(
            row.item_id, row.debtor_id, row.debtor_name, row.document_number, row.currency, row.open_minor,
            row.invoice_on, row.due_on,
        )
        for row in rows
    ]  # fmt: skip


def _payers(lines: Sequence[Incoming]) -> dict[str, frozenset[UUID]]:
    keys = set()
    for line in lines:
        account, name = digits_of(line.payer_account), name_key(line.payer_name)
        keys |= {f"account:{account}"[:200]} if account else set()
        keys |= {f"name:{name}"[:200]} if name else set()
    rows = Match.objects.filter(
        kind=MatchKind.PAYMENT, ended_at=None, line__payer_key__in=keys, debtor__isnull=False
    )
    found: dict[str, set[UUID]] = defaultdict(set)
    for key, debtor in rows.values_list("line__payer_key", "debtor_id").distinct():
        found[key].add(debtor)
    return {key: frozenset(debtors) for key, debtors in found.items()}


def _refused(line_ids: list[UUID]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = defaultdict(set)
    for line_id, key in Rejection.objects.filter(line_id__in=line_ids).values_list("line_id", "suggestion"):
        found[line_id].add(key)
    return found
