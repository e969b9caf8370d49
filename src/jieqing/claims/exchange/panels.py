"""What exchange shows on a desk: the total in the reporting currency, with the rates it was made of, named."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from jieqing.claims.exchange import selectors
from jieqing.claims.receivables.selectors import Reading
from jieqing.kernel.outcomes import is_problem


def total(request: HttpRequest, reading: Reading) -> SafeString | None:
    """None for a ledger in one currency: its figures say it all."""
    if len(reading.facts.currencies) < 2:
        return None
    found = selectors.portfolio_total(as_of=reading.as_of, known_at=reading.known_at)
    context = {
        "site": request.site,
        "reading": reading,
        "unset": is_problem(found),
        "total": None if is_problem(found) else found,
        "missing": "" if is_problem(found) else "、".join(found.missing),
    }
    return SafeString(render_to_string("exchange/panels/total.html", context, request=request))
