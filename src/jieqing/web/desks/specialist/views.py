"""The specialist's desk composes panels of the case room; the worklist itself is the room's own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jieqing.estate.reception import panels as reception
from jieqing.plumbing.http import requires
from jieqing.recovery.cases import panels


@requires("cases.work")
@require_safe
def desk(request: HttpRequest, site_slug: str) -> HttpResponse:
    context = {
        "enquiries": reception.enquiries(request),
        "queue": panels.queue(request),
        "clocks": panels.clocks(request),
        "promises": panels.promises(request),
    }
    return render(request, "web/desks/specialist.html", context)
