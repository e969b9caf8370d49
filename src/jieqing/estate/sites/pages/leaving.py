"""The full export: ask for it, watch it, take it. Open also while the site is suspended or, for its days, closed."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from jieqing.estate.sites import access, selectors, services
from jieqing.estate.sites.models import Site
from jieqing.estate.sites.services.exporting import KEPT_FOR, NOT_READY, file_of
from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import open_while, problem_response, requires

ANY_STATE = ("draft", "submitted", "filed", "suspended", "closed")


@requires("site.manage")
@open_while(*ANY_STATE)
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest, site_slug: str) -> HttpResponse:
    site: Site = request.site  # type: ignore[assignment]
    if request.method == "POST":
        services.request_export(actor=request.actor, site=site)  # type: ignore[attr-defined]
        return redirect("rental-export", site_slug=site.slug)
    now = clock.now()
    rows = [
        {
            "export": row,
            "is_ready": row.finished_at is not None and now - row.at < KEPT_FOR and file_of(row).exists(),
            "is_running": row.finished_at is None and not row.problem,
            "digest": bytes(row.digest).hex() if row.digest else "",
            "until": row.at + KEPT_FOR,
        }
        for row in selectors.exports()[:20]
    ]
    is_running = any(row["is_running"] for row in rows)
    template = "sites/export_rows.html" if request.headers.get("HX-Request") else "sites/export.html"
    return render(request, template, {"rows": rows, "is_running": is_running, "days": KEPT_FOR.days})


@requires("site.manage")
@open_while(*ANY_STATE)
@require_safe
def download(request: HttpRequest, site_slug: str, export_id: UUID) -> HttpResponse | FileResponse:
    found = access.export_by_id(export_id)
    if is_problem(found):
        raise Http404
    file = file_of(found)
    if found.finished_at is None or not file.exists():
        return problem_response(request, NOT_READY, 409)
    name = f"{site_slug}-{found.finished_at:%Y%m%d}.zip"
    return FileResponse(file.open("rb"), as_attachment=True, filename=name, content_type="application/zip")
