"""The generated stylesheet of a colour, and the logo of a site.

A sheet follows from its colour alone, so it needs no site, no session and no database, and its name changes with what
it says: browsers keep it for good.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jieqing.estate.sites import selectors
from jieqing.estate.sites.engine.theming import read_theme
from jieqing.estate.sites.models import Site
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import PUBLIC, requires

PREVIEW = "preview-"
FOR_GOOD = "public, max-age=31536000, immutable"


@require_safe
def sheet(request: HttpRequest, name: str) -> HttpResponse:
    wanted = name.removeprefix(PREVIEW)
    theme = read_theme("#" + wanted[:6])
    if is_problem(theme) or theme.sheet_name != wanted:
        raise Http404
    text = theme.sheet(".preview" if wanted != name else ":root")
    return HttpResponse(text, content_type="text/css", headers={"Cache-Control": FOR_GOOD})


@requires(PUBLIC)
@require_safe
def logo(request: HttpRequest, site_slug: str, digest: str) -> HttpResponse:
    site: Site = request.site  # type: ignore[assignment]
    data = selectors.logo_of(site) if site.logo_key and site.logo_key[-64:-52] == digest else None
    if data is None:
        raise Http404
    kind = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
    headers = {"Cache-Control": FOR_GOOD, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type=kind, headers=headers)
