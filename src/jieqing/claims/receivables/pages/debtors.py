"""One debtor: balance, ageing, items and payments."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jieqing.claims.parties import access as parties
from jieqing.claims.receivables import selectors
from jieqing.claims.receivables.engine.accounts import PostingSource
from jieqing.claims.receivables.engine.ageing import Bucket
from jieqing.claims.receivables.pages.words import SOURCE_WORDS
from jieqing.claims.receivables.selectors import ItemFilter, ItemState, Reading
from jieqing.claims.receivables.selectors.charges import charges_of_debtor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import problem_response, requires

ITEM_ROWS = 20
PAYMENT_ROWS = 20


@requires("ledger.read")
def debtor(request: HttpRequest, site_slug: str, debtor_id: UUID) -> HttpResponse:
    party = parties.party_by_id(request.actor, debtor_id)  # type: ignore[attr-defined]
    if is_problem(party):
        return problem_response(request, party, 404)
    reading = selectors.reading_of(request.GET)
    figures = selectors.debtor_figures(party.id, as_of=reading.as_of, known_at=reading.known_at)
    if figures and not request.GET.get("currency"):
        # A debtor who owes in one currency only is read in that currency, whatever the ledger's own is.
        reading = reading.with_currency(figures[0].currency)
    wanted = ItemFilter(
        currency=reading.currency, debtor_id=party.id, basis=reading.basis, edges=reading.edges
    )
    items = reverse("items", args=[site_slug])
    charges = charges_of_debtor(
        party.id, as_of=reading.as_of, revision=reading.known if reading.known_at else None
    )
    context: dict[str, Any] = {
        "reading": reading,
        "charges_minor": charges.get(reading.currency, 0),
        "party": party,
        "name": party.name or party.code,
        "figures": figures,
        "now": next((row for row in figures if row.currency == reading.currency), None),
        "chart": _chart(reading, party.id, items),
        "page": selectors.items_page(wanted, as_of=reading.as_of, limit=ITEM_ROWS, known_at=reading.known_at),
        "payments": [
            (row, SOURCE_WORDS[PostingSource(row.source)])
            for row in selectors.payments_of_debtor(
                party.id, as_of=reading.as_of, limit=PAYMENT_ROWS, known_at=reading.known_at
            )
        ],
        "items_href": items + reading.query(debtor=party.id),
        "overdue_href": items + reading.query(debtor=party.id, state=ItemState.OVERDUE.value),
        "settled_href": items + reading.query(debtor=party.id, state=ItemState.SETTLED.value),
    }
    return render(request, "receivables/debtor.html", context)


def _chart(reading: Reading, debtor_id: UUID, items: str) -> Any:
    sums = selectors.debtor_ageing(
        debtor_id,
        as_of=reading.as_of,
        currency=reading.currency,
        basis=reading.basis,
        edges=reading.edges,
        known_at=reading.known_at,
    )
    buckets: tuple[Bucket, ...] = reading.buckets
    links = [items + reading.query(debtor=debtor_id, bucket=index) for index in range(len(buckets))]
    return selectors.bucket_chart(buckets, reading.basis, reading.currency, sums, links, name="debtor-ageing")
