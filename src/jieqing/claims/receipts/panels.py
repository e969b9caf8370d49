"""What the bank's lines show on a desk: what waits for a decision, and what came in lately."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from jieqing.claims.receipts import selectors
from jieqing.claims.receipts.selectors import LineFilter

ROWS = 8


def waiting_lines(request: HttpRequest) -> SafeString:
    """Lines that nobody decided yet, the newest first, with their sums for each currency."""
    page = selectors.lines_page(LineFilter(state="open"), limit=ROWS)
    context = {"rows": page.rows, "total": page.total, "totals": selectors.totals(LineFilter())}
    return _render(request, "waiting", context)


def received(request: HttpRequest) -> SafeString:
    """The newest lines that were matched, each with the documents that it paid."""
    page = selectors.lines_page(LineFilter(state="done"), limit=ROWS)
    return _render(request, "received", {"rows": page.rows})


def _render(request: HttpRequest, name: str, context: dict[str, object]) -> SafeString:
    return SafeString(
        render_to_string(f"receipts/panels/{name}.html", {"site": request.site, **context}, request)
    )
