"""A line as other programs read it, on the command line and in the API: ids, amounts, reasons by code."""

from collections.abc import Iterable
from typing import Any

from jieqing.claims.receipts.engine.open_book import Suggestion
from jieqing.claims.receipts.selectors.lines import LineRow
from jieqing.claims.receipts.selectors.suggestions import suggestion_key


def told_line(row: LineRow, suggestions: Iterable[Suggestion] = ()) -> dict[str, Any]:
    line, match = row.line, row.match
    return {
        "line": str(line.id),
        "account": line.account.tail,
        "statement": str(line.statement_id),
        "booked_on": line.booked_on.isoformat(),
        "amount_minor": line.amount_minor,
        "balance_minor": line.balance_minor,
        "currency": line.currency,
        "kind": line.kind,
        "counterparty": line.counterparty_name,
        "purpose": line.purpose,
        "reference": line.reference,
        "state": "open" if match is None else match.kind,
        "match": str(match.id) if match else None,
        "parts": [{"item": str(part.item_id), "amount_minor": part.amount_minor} for part in row.parts],
        "suggestions": [_told(one) for one in suggestions],
    }


def _told(one: Suggestion) -> dict[str, Any]:
    return {
        "suggestion": suggestion_key(one),
        "debtor": str(one.debtor_id),
        "score": one.score,
        "is_certain": one.is_certain,
        "parts": [{"item": str(part.item_id), "amount_minor": part.amount_minor} for part in one.parts],
        "rest_minor": one.rest_minor,
        "reasons": [list(reason) for reason in one.reasons],
        "flags": [list(flag) for flag in one.flags],
    }
