"""Addresses of a site: its subdomain, and own domains that are proved by a file."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jieqing.estate.sites import access, selectors, services
from jieqing.estate.sites.models import Site, SiteDomain
from jieqing.estate.sites.pages.forms import DomainForm, say
from jieqing.estate.sites.services.domains import PROOF_PATH, not_proved
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import open_while, requires

OPEN = ("draft", "submitted", "filed")


@requires("site.manage")
@open_while(*OPEN)
@require_http_methods(["GET", "HEAD", "POST"])
def domains(request: HttpRequest, site_slug: str) -> HttpResponse:
    site: Site = request.site  # type: ignore[assignment]
    form = DomainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = services.ask_domain(actor=request.actor, site=site, host=form.cleaned_data["host"])  # type: ignore[attr-defined]
        if not is_problem(asked):
            return redirect("rental-domains", site_slug=site.slug)
        say(form, "host", asked)
    return _show(request, form)


@requires("site.manage")
@open_while(*OPEN)
@require_POST
def verify(request: HttpRequest, site_slug: str, domain_id: UUID) -> HttpResponse:
    """Ask a worker to read the proof; the page shows that it is being read and then what was found."""
    services.begin_check(actor=request.actor, domain=_domain(request, domain_id))  # type: ignore[attr-defined]
    return redirect("rental-domains", site_slug=site_slug)


@requires("site.manage")
@open_while(*OPEN)
@require_POST
def end(request: HttpRequest, site_slug: str, domain_id: UUID) -> HttpResponse:
    services.end_domain(actor=request.actor, domain=_domain(request, domain_id))  # type: ignore[attr-defined]
    messages.success(request, _("域名已停用。"))
    return redirect("rental-domains", site_slug=site_slug)


def _domain(request: HttpRequest, domain_id: UUID) -> SiteDomain:
    found = access.domain_by_id(request.actor, domain_id)  # type: ignore[attr-defined]
    if is_problem(found):
        raise Http404
    return found


def _show(request: HttpRequest, form: DomainForm) -> HttpResponse:
    site: Site = request.site  # type: ignore[assignment]
    base = settings.BASE_DOMAIN
    rows = selectors.domains_of(site.id)
    context = {
        "form": form,
        "subdomain": f"{site.slug}.{base}" if base else "",
        "rows": [{"domain": row, "found": not_proved(row) if row.found else None} for row in rows],
        "proof_path": PROOF_PATH,
        "is_checking": any(row.is_checking for row in rows),
    }
    if request.headers.get("HX-Request"):
        return render(request, "sites/domain_rows.html", context)
    return render(request, "sites/domains.html", context, status=422 if form.errors else 200)
