"""One member of a site: their roles and clearances; attesting a clearance and ending it."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jieqing.estate.accounts import access, selectors, services
from jieqing.estate.accounts.engine.clearances import ClearanceKind, clearance_name
from jieqing.estate.accounts.engine.roles import role_name
from jieqing.estate.accounts.models import Clearance, Membership
from jieqing.estate.accounts.pages.forms import ClearanceForm, EndForm
from jieqing.kernel import clock
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import requires
from jieqing.plumbing.templatetags.kit import lang


@require_http_methods(["GET", "HEAD", "POST"])
@requires("people.manage")
def member(request: HttpRequest, site_slug: str, membership_id: UUID) -> HttpResponse:
    found = access.membership_by_id(membership_id)
    if is_problem(found):
        raise Http404
    form = ClearanceForm(request.POST or None, request.FILES or None)
    problem = None
    if form.is_valid():
        attested = _attest(request, found, form)
        if not is_problem(attested):
            messages.success(request, _("已核发，并写入存证。"))
            return redirect("member", site_slug=site_slug, membership_id=membership_id)
        problem = attested
    context = {
        "form": form,
        "problem": problem,
        "person": found.user,
        "role": role_name(found.role, lang()),
        "since": found.created_at,
        "membership_id": found.pk,
        "clearances": [_row(row) for row in selectors.clearances_of(found.user_id)],
    }
    return render(request, "accounts/member.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("people.manage")
def end_clearance(request: HttpRequest, site_slug: str, clearance_id: UUID) -> HttpResponse:
    found = access.clearance_by_id(clearance_id)
    if is_problem(found):
        raise Http404
    form = EndForm(request.POST or None)
    problem = None
    if form.is_valid():
        ended = services.end_clearance(
            actor=request.actor,  # type: ignore[attr-defined]
            clearance=found,
            reason=form.cleaned_data["reason"],
        )
        if not is_problem(ended):
            messages.success(request, _("从业许可已结束。"))
            return redirect("people", site_slug=site_slug)
        problem = ended
    context = {
        "form": form,
        "problem": problem,
        "person": found.user,
        "name": clearance_name(found.kind, lang()),
    }
    return render(request, "accounts/end_clearance.html", context)


def _attest(request: HttpRequest, membership: Membership, form: ClearanceForm) -> Clearance | Problem:
    digest = sha256()
    for chunk in form.cleaned_data["document"].chunks():
        digest.update(chunk)
    return services.attest_clearance(
        actor=request.actor,  # type: ignore[attr-defined]
        membership=membership,
        kind=ClearanceKind(form.cleaned_data["kind"]),
        from_on=form.cleaned_data["from_on"],
        to_on=form.cleaned_data["to_on"],
        source_digest=digest.digest(),
        reason=form.cleaned_data["reason"],
    )


def _row(row: Clearance) -> dict[str, Any]:
    today = clock.today()
    if row.ended_at:
        state = "ended"
    elif row.to_on < today:
        state = "expired"
    else:
        state = "coming" if row.from_on > today else "live"
    return {
        "id": row.pk,
        "name": clearance_name(row.kind, lang()),
        "from_on": row.from_on,
        "to_on": row.to_on,
        "state": state,
        "reason": row.end_reason or row.reason,
        "digest": bytes(row.source_digest).hex()[:12],
        "entry_id": row.entry_id,
    }
