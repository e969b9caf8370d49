"""The finance desk composes panels of the bank lines, the ledger's acts and the cases."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jieqing.claims.receipts import panels as receipts
from jieqing.claims.receivables import panels as ledger
from jieqing.plumbing.http import requires
from jieqing.recovery.cases import panels


@requires("ledger.decide")
@require_safe
def desk(request: HttpRequest, site_slug: str) -> HttpResponse:
    context = {
        "waiting": receipts.waiting_lines(request),
        "approvals": ledger.waiting_acts(request),
        "received": receipts.received(request),
        "promises": panels.promises(request),
        "money": panels.money(request),
    }
    return render(request, "web/desks/finance.html", context)
