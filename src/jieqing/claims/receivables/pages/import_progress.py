"""The page of a large file while it is checked or confirmed: live where scripts run, reloading itself where they do not.

The state lies in the database, so a reload, another tab or another day shows the same; the live line only says "look again".
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from jieqing.claims.receivables import access
from jieqing.claims.receivables.models import BatchState, ImportBatch
from jieqing.claims.receivables.pages.import_sheet import steps_of
from jieqing.claims.receivables.pages.import_views import done_address
from jieqing.claims.receivables.services import drafts, jobs
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing import sse
from jieqing.plumbing.http import problem_response, requires

RELOAD_SECONDS = 5


@requires("ledger.import")
@require_GET
def import_progress(request: HttpRequest, site_slug: str, batch_id: UUID) -> HttpResponse:
    batch = access.batch_by_id(request.actor, batch_id)  # type: ignore[attr-defined]
    if is_problem(batch):
        return problem_response(request, batch, 404)
    onward = _onward(site_slug, batch)
    if onward:
        return HttpResponseRedirect(onward)
    context = {
        "batch": batch,
        "steps": steps_of("check"),
        "standing": jobs.standing(batch),
        "reload_seconds": RELOAD_SECONDS,
    }
    return render(request, "receivables/import_progress.html", context)


@requires("ledger.import")
@require_GET
def import_progress_bar(request: HttpRequest, site_slug: str, batch_id: UUID) -> HttpResponse:
    """The moving part of the page; sends the reader on when the work is over."""
    batch = access.batch_by_id(request.actor, batch_id)  # type: ignore[attr-defined]
    if is_problem(batch):
        return problem_response(request, batch, 404)
    onward = _onward(site_slug, batch)
    if onward:
        return HttpResponse(headers={"HX-Redirect": onward})
    return render(
        request, "receivables/import_progress_bar.html", {"batch": batch, "standing": jobs.standing(batch)}
    )


@requires("ledger.import")
@require_GET
def import_progress_news(request: HttpRequest, site_slug: str, batch_id: UUID) -> HttpResponseBase:
    batch = access.batch_by_id(request.actor, batch_id)  # type: ignore[attr-defined]
    if is_problem(batch):
        return problem_response(request, batch, 404)
    return sse.stream(jobs.channel_of(batch))


def _onward(site_slug: str, batch: ImportBatch) -> str | None:
    """Where to go when nothing runs any more."""
    if batch.state != BatchState.DRAFT:
        return done_address(site_slug, batch.id)
    if jobs.is_running(batch):
        return None
    step = "import-check" if drafts.checked(batch) else "import-columns"
    return reverse(step, args=[site_slug, batch.id])
