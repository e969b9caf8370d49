"""The operator's desk composes panels of the case room for whoever gives cases out; it holds no rule and no query."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jieqing.estate.reception import panels as reception
from jieqing.plumbing.http import requires
from jieqing.recovery.cases import panels


@requires("cases.assign")
@require_safe
def desk(request: HttpRequest, site_slug: str) -> HttpResponse:
    context = {
        "enquiries": reception.enquiries(request),
        "money": panels.money(request),
        "clocks": panels.clocks(request),
        "stages": panels.stages(request),
        "team": panels.team(request),
        "queue": panels.queue(request),
        "promises": panels.promises(request),
    }
    return render(request, "web/desks/operator.html", context)
