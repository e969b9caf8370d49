"""One item: the facts as read from the file, the postings that make its figure, its past states, its evidence."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from jieqing.claims.receivables import access, selectors
from jieqing.claims.receivables.engine import ledger_problems as problems
from jieqing.claims.receivables.engine.accounts import Account, ItemKind, PostingSource
from jieqing.claims.receivables.pages.acts import acts_of, choices_of
from jieqing.claims.receivables.pages.charges import charges_of
from jieqing.claims.receivables.pages.words import (
    ACCOUNT_WORDS,
    KIND_WORDS,
    POSTING_WORDS,
    REVISION_WORDS,
    SOURCE_WORDS,
)
from jieqing.claims.receivables.selectors import EvidenceRef, PostingRow
from jieqing.claims.receivables.services.invoice_records import invoice_file
from jieqing.claims.receivables.services.original_rows import row_as_read
from jieqing.estate.accounts.selectors import display_names
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.trust.evidence import selectors as evidence


@requires("ledger.read")
def item(request: HttpRequest, site_slug: str, item_id: UUID) -> HttpResponse:
    found = access.item_by_id(request.actor, item_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    reading = selectors.reading_of(request.GET).with_currency(found.currency)
    detail = selectors.item_detail(found, as_of=reading.as_of)
    entries = {ref.revision: ref for ref in detail.evidence}
    names = display_names({ref.actor_id for ref in detail.evidence})
    may_decide = request.allow("ledger.decide") is None  # type: ignore[attr-defined]
    late_after = selectors.late_after_of(found, as_of=reading.as_of)
    context = {
        "reading": reading,
        "item": found,
        "detail": detail,
        "kind": KIND_WORDS[ItemKind(found.kind)],
        "acts": acts_of(found),
        "invoice": selectors.invoice_of(found),
        **charges_of(found),
        "may_decide": may_decide,
        "act_choices": choices_of(found, detail) if may_decide else [],
        "age_days": (reading.as_of - late_after).days,
        "recorded": entries.get(found.origin_rev),
        "row_digest": bytes(found.row_digest).hex(),
        "postings": [_posting(row, entries, reading.as_of) for row in detail.postings],
        "history": [
            {"state": state, "from": entries.get(state.origin_rev), "until": entries.get(state.voided_rev)}
            for state in reversed(detail.past)
        ],
        "evidence": [
            (ref, REVISION_WORDS.get(ref.kind, ref.kind), names.get(ref.actor_id, _("系统")))
            for ref in reversed(detail.evidence)
        ],
    }
    return render(request, "receivables/item.html", context)


@requires("ledger.read")
def item_source(request: HttpRequest, site_slug: str, item_id: UUID) -> HttpResponse:
    """The line of the file behind an item, as a fragment: it is read from the file when the page asks."""
    found = access.item_by_id(request.actor, item_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    context = {"item": found, "row": row_as_read(found)}
    return render(request, "receivables/item_source.html", context)


@requires("ledger.read")
def item_invoice(request: HttpRequest, site_slug: str, item_id: UUID) -> HttpResponse:
    """The e-invoice's own file as it came, always a download."""
    found = access.item_by_id(request.actor, item_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    told = selectors.invoice_of(found)
    if told is None or not told.invoice.file_key:
        return problem_response(request, Problem.of(problems.NO_INVOICE_FILE), 404)
    response = HttpResponse(
        invoice_file(found.site_id, told.invoice), content_type="application/octet-stream"
    )
    response["Content-Disposition"] = content_disposition_header(True, told.invoice.file_name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


@requires("evidence.read")
def item_proof(request: HttpRequest, site_slug: str, item_id: UUID) -> HttpResponse:
    """The proof of this item's row, with the row itself inside when it can be read again."""
    found = access.item_by_id(request.actor, item_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    entry_id = selectors.entry_of_revision(found.origin_rev)
    source = row_as_read(found)
    data = evidence.proof_bundle(
        entry_id,
        found.leaf_index,
        row=source.canonical if source else None,
        row_digest=bytes(found.row_digest),
    )
    if is_problem(data):
        return problem_response(request, data, 409)
    response = HttpResponse(data, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{found.id}.evidence.zip"'
    return response


def _posting(row: PostingRow, entries: Mapping[int, EvidenceRef], as_of: date) -> dict[str, object]:
    """A posting as accountants write it: a positive amount, and the account that is debited first."""
    sides = [(code, ACCOUNT_WORDS.get(Account(code), "")) for code in (row.account, row.contra)]
    debit, credit = sides if row.amount_minor > 0 else reversed(sides)
    return {
        "row": row,
        "kind": POSTING_WORDS[row.kind],
        "source": SOURCE_WORDS[PostingSource(row.source)],
        "debit": debit,
        "credit": credit,
        "size_minor": abs(row.amount_minor),
        "entry": entries.get(row.recorded_rev),
        "counts": row.voided_rev is None and row.effective_on <= as_of,
    }
