"""The platform operator's pages: every tenant, one tenant's papers, a decision with its reason.

The operator sees the rental's own tables of a tenant and nothing else of its site: no ledger, no debtor, no member. That
they looked is written into that site's evidence, once a day.
"""

from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jieqing.estate.sites import access, selectors, services
from jieqing.estate.sites.engine.states import LACKS, STEPS, Mover
from jieqing.estate.sites.engine.tenancy import KIND_NAMES, STATE_NAMES, SiteKind, SiteState
from jieqing.estate.sites.models import Site
from jieqing.estate.sites.pages.forms import ReceivedForm, StepForm
from jieqing.estate.sites.pages.rental import history_rows
from jieqing.estate.sites.pages.wizard import tenant_summary
from jieqing.estate.sites.services.deciding import OPERATORS, note_review
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.http import problem_response
from jieqing.plumbing.storage import open_stored
from jieqing.plumbing.templatetags.kit import lang

View = Callable[..., HttpResponse]


def operators_only(view: View) -> View:
    """A stranger gets the 404 of a page that does not exist."""

    @login_required
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, **values: Any) -> HttpResponse:
        assert request.user.is_authenticated
        found = access.operator_actor(request.user.pk)
        if is_problem(found):
            return problem_response(request, found, 404)
        return view(request, found, **values)

    return guarded


@operators_only
@require_safe
def tenants(request: HttpRequest, operator: Actor) -> HttpResponse:
    """Every site, those that wait for a decision first."""
    index = 0 if lang() == "zh" else 1
    sites = selectors.all_sites()
    asked = request.GET.get("state", "")
    order = {
        state: place
        for place, state in enumerate(("submitted", "filed", "suspended", "draft", "live", "closed"))
    }
    rows = [
        {
            "site": site,
            "kind": KIND_NAMES[SiteKind(site.kind)][index],
            "state": STATE_NAMES[SiteState(site.state)][index],
        }
        for site in sorted(sites, key=lambda one: (order[one.state], one.created_at))
        if not asked or site.state == asked
    ]
    counts = Counter(site.state for site in sites)
    states = [
        {"code": state.value, "name": names[index], "count": counts[state.value]}
        for state, names in STATE_NAMES.items()
    ]
    context = {"rows": rows[:500], "states": states, "asked": asked, "all_count": len(sites)}
    return render(request, "sites/tenants.html", context)


@operators_only
@require_safe
def tenant(request: HttpRequest, operator: Actor, slug: str) -> HttpResponse:
    return _show(request, operator, _site(operator, slug))


@operators_only
@require_POST
def decide(request: HttpRequest, operator: Actor, slug: str) -> HttpResponse:
    site = _site(operator, slug)
    form = StepForm(request.POST)
    step = request.POST.get("step", "")
    if step not in {*OPERATORS, "renewal", "retest"} or not form.is_valid():
        raise Http404
    problem: Problem | None = None
    if step == "renewal":
        services.confirm_renewal(actor=operator, site=site)
    elif step == "retest":
        services.begin_self_test(site=site)
    else:
        moved = services.operator_step(actor=operator, site_id=site.id, **form.cleaned_data)
        problem = moved if is_problem(moved) else None
    if problem:
        return _show(request, operator, _site(operator, slug), problem, form)
    messages.success(request, _("已执行，并进入该站点的存证。"))
    return redirect("operator-tenant", slug=slug)


@operators_only
@require_POST
def received(request: HttpRequest, operator: Actor, slug: str) -> HttpResponse:
    """The rent of an invoice has come in on the platform's own account."""
    site = _site(operator, slug)
    form = ReceivedForm(request.POST)
    if not form.is_valid():
        return _show(request, operator, site, received_form=form)
    paid = services.mark_received(actor=operator, site_id=site.id, **form.cleaned_data)
    if is_problem(paid):
        return _show(request, operator, site, paid)
    services.settle(site_id=site.id)
    messages.success(request, _("已登记到账。"))
    return redirect("operator-tenant", slug=slug)


@operators_only
@require_safe
def licence(request: HttpRequest, operator: Actor, slug: str) -> HttpResponse:
    """The licence as it was uploaded: always a download, never shown in a page."""
    site = _site(operator, slug)
    with site_scope(site.id):
        note_review(actor=operator, site=site)
        found = selectors.newest_licence()
        if found is None:
            raise Http404
        data = open_stored(site.id, found.file_key)
    endings = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}
    headers = {
        "Content-Disposition": f'attachment; filename="licence-{site.slug}.{endings[found.media_type]}"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(data, content_type=found.media_type, headers=headers)


def _site(operator: Actor, slug: str) -> Site:
    found = access.tenant_by_slug(operator, slug)
    if is_problem(found):
        raise Http404
    return found


def _show(
    request: HttpRequest,
    operator: Actor,
    site: Site,
    problem: Problem | None = None,
    form: StepForm | None = None,
    received_form: ReceivedForm | None = None,
) -> HttpResponse:
    index = 0 if lang() == "zh" else 1
    with site_scope(site.id):
        note_review(actor=operator, site=site)
        ready = selectors.readiness_of(site)
        stages = selectors.rent_stages()
        context = {
            "tenant": site,
            "problem": problem,
            "state": STATE_NAMES[SiteState(site.state)][index],
            "given": tenant_summary(site),
            "readiness": [{"name": LACKS[name][index], "holds": getattr(ready, name)} for name in LACKS],
            "history": history_rows(),
            "steps": _steps(site),
            "reason": form.cleaned_data.get("reason", "") if form else "",
            "invoices": selectors.invoice_rows(stages),
            "received_form": received_form
            or ReceivedForm(initial={"received_on": clock.today().isoformat()}),
        }
        return render(request, "sites/tenant.html", context, status=409 if problem else 200)


def _steps(site: Site) -> list[str]:
    """What the operator may decide on the present state."""
    possible = []
    for name, (to, cause) in OPERATORS.items():
        if (Mover.OPERATOR, cause) in STEPS.get((SiteState(site.state), to), frozenset()):
            possible.append(name)
    return possible
