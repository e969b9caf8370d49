"""The overview of a site's rental: where it stands, what comes next, its history; and what an owner decides."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jieqing.estate.sites import selectors, services
from jieqing.estate.sites.engine.states import CAUSE_NAMES, LACKS, Cause
from jieqing.estate.sites.engine.tenancy import STATE_NAMES, SiteState
from jieqing.estate.sites.models import Site
from jieqing.estate.sites.pages.forms import StepForm
from jieqing.estate.sites.pages.wizard import missing_words, steps_of, tenant_summary
from jieqing.estate.sites.services.deciding import TENANTS
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing import vocabulary
from jieqing.plumbing.http import open_while, requires
from jieqing.plumbing.templatetags.kit import lang

ALWAYS = ("draft", "submitted", "filed", "suspended")


@requires("site.manage")
@open_while(*ALWAYS)
@require_safe
def overview(request: HttpRequest, site_slug: str) -> HttpResponse:
    return show(request)


@requires("site.manage")
@open_while(*ALWAYS)
@require_POST
def step(request: HttpRequest, site_slug: str) -> HttpResponse:
    """Take the application back, or leave."""
    site: Site = request.site  # type: ignore[assignment]
    form = StepForm(request.POST)
    if not form.is_valid() or form.cleaned_data["step"] not in {"withdraw", "leave"}:
        raise Http404
    moved = services.tenant_step(actor=request.actor, site=site, **form.cleaned_data)  # type: ignore[attr-defined]
    if is_problem(moved):
        return show(request, problem=moved)
    if form.cleaned_data["step"] == "leave":
        messages.success(request, _("站点已关闭。请在期限内导出数据。"))
        return redirect("rental-export", site_slug=site.slug)
    messages.success(request, _("已撤回，可以修改。"))
    return redirect("rental", site_slug=site.slug)


def show(request: HttpRequest, problem: Any = None) -> HttpResponse:
    site: Site = request.site  # type: ignore[assignment]
    site.refresh_from_db()
    index = 0 if lang() == "zh" else 1
    given = selectors.papers_of(site)
    context = {
        "problem": problem,
        "state": STATE_NAMES[SiteState(site.state)][index],
        "steps": steps_of(site, None) if site.state == "draft" else None,
        "go_on": f"rental-{given.first_open.value}",
        "missing": missing_words(given),
        "readiness": [
            {"name": LACKS[name][index], "holds": getattr(ready, name)}
            for ready in [selectors.readiness_of(site)]
            for name in LACKS
        ],
        "given": tenant_summary(site),
        "history": history_rows(),
        "own_debts": selectors.has_standing_placement(site.id),
        "can_leave": site.state != SiteState.CLOSED and "leave" in TENANTS,
        "step_form": StepForm(initial={"expected": site.state, "step": "leave"}),
    }
    return render(request, "sites/rental.html", context, status=409 if problem else 200)


def history_rows() -> list[dict[str, Any]]:
    """The steps of the active site's life with names for states, causes and people."""
    index = 0 if lang() == "zh" else 1
    rows = list(selectors.history()[:50])
    names = vocabulary.people(row.by for row in rows)
    return [
        {
            "at": row.at,
            "state": STATE_NAMES[SiteState(row.after)][index],
            "cause": CAUSE_NAMES[Cause(row.cause)][index],
            "reason": row.reason,
            "by": names.get(row.by, ""),
            "entry_id": row.entry_id,
        }
        for row in rows
    ]
