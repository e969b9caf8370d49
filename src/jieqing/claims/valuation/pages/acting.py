"""What a person does here: recompute, judge, withdraw. Each is a POST that comes back to the page it was asked from."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jieqing.claims.receivables.selectors import ItemFilter, items_page, reading_of
from jieqing.claims.valuation import access, services
from jieqing.claims.valuation.engine.decision_problems import DECISION_UNKNOWN
from jieqing.claims.valuation.models import DecisionKind, Trigger
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires

_BACK = {"ratings", "alarms", "loss"}


@requires("valuation.decide")
@require_POST
def revalue(request: HttpRequest, site_slug: str) -> HttpResponse:
    run = services.revalue(actor=request.actor, trigger=Trigger.BY_HAND)  # type: ignore[attr-defined]
    if run:
        messages.success(
            request,
            _("已重算 %(rated)d 个债务人，%(changed)d 条评级有变化。")
            % {"rated": run.rated, "changed": run.changed},
        )
    asked = request.POST.get("back", "")
    return HttpResponseRedirect(reverse(asked if asked in _BACK else "ratings", args=[site_slug]))


@requires("valuation.decide")
@require_POST
def decide(request: HttpRequest, site_slug: str) -> HttpResponse:
    """An overlay on a currency's rates, or the rate of one item named by its document number."""
    reading = reading_of(request.POST)
    asked = request.POST.get("kind", "")
    kind = DecisionKind.ITEM_RATE if asked == DecisionKind.ITEM_RATE else DecisionKind.OVERLAY
    subject = _item(request, reading.currency) if kind is DecisionKind.ITEM_RATE else None
    if kind is DecisionKind.ITEM_RATE and subject is None:
        return problem_response(request, Problem.of(DECISION_UNKNOWN), 422)
    made = services.decide(
        actor=request.actor,  # type: ignore[attr-defined]
        kind=kind,
        subject_id=subject,
        currency=reading.currency,
        value=request.POST.get("value", ""),
        reason=request.POST.get("reason", ""),
    )
    if is_problem(made):
        return problem_response(request, made, 422)
    messages.success(request, _("判断已记录并存证。"))
    return HttpResponseRedirect(reverse("loss", args=[site_slug]) + reading.query())


@requires("valuation.decide")
@require_POST
def end(request: HttpRequest, site_slug: str, decision_id: UUID) -> HttpResponse:
    found = access.decision_by_id(request.actor, decision_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    ended = services.withdraw(
        actor=request.actor,  # type: ignore[attr-defined]
        decision=found,
        reason=request.POST.get("reason", ""),
    )
    if is_problem(ended):
        return problem_response(request, ended, 422)
    messages.success(request, _("判断已撤回，恢复为计算值。"))
    return HttpResponseRedirect(reverse("loss", args=[site_slug]))


def _item(request: HttpRequest, currency: str) -> UUID | None:
    number = request.POST.get("document_number", "").strip()[:120]
    day = reading_of(request.POST).as_of
    rows = (
        items_page(ItemFilter(currency=currency, search=number), as_of=day, limit=20).rows if number else ()
    )
    return next((row.id for row in rows if row.document_number == number), None)
