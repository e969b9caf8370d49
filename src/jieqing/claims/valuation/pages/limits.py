"""A customer's limits: where the exposure stands, the rows behind it, and three short forms for those who may."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from jieqing.claims.parties import access as parties
from jieqing.claims.receivables.selectors import ItemFilter, items_page, reading_of
from jieqing.claims.valuation import access, selectors, services
from jieqing.claims.valuation.engine.limits import BLOCKS
from jieqing.claims.valuation.models import CustomerLimit, LimitKind
from jieqing.claims.valuation.services import LimitOrder
from jieqing.estate.accounts.selectors import display_names
from jieqing.kernel import clock
from jieqing.kernel.money import to_minor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.templatetags.kit import lang

ITEM_ROWS = 20
_DAY = {"type": "date"}


class LimitForm(forms.Form):
    amount = forms.DecimalField(label=gettext_lazy("额度"), localize=False, min_value=0)
    from_on = forms.DateField(label=gettext_lazy("起"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
    to_on = forms.DateField(
        label=gettext_lazy("止"),
        required=False,
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
    )
    reason = forms.CharField(label=gettext_lazy("理由"), min_length=4, max_length=400)


class OverrideForm(LimitForm):
    amount = forms.DecimalField(label=gettext_lazy("特批到多少敞口"), localize=False, min_value=0)
    to_on = forms.DateField(
        label=gettext_lazy("有效到"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )


@requires("ledger.read")
def limits(request: HttpRequest, site_slug: str, debtor_id: UUID) -> HttpResponse:
    party = parties.party_by_id(request.actor, debtor_id)  # type: ignore[attr-defined]
    return problem_response(request, party, 404) if is_problem(party) else _page(request, party)


@requires("limits.set")
@require_POST
def set_limit(request: HttpRequest, site_slug: str, debtor_id: UUID) -> HttpResponse:
    return _enter(request, site_slug, debtor_id, LimitKind.LIMIT)


@requires("limits.override")
@require_POST
def override_limit(request: HttpRequest, site_slug: str, debtor_id: UUID) -> HttpResponse:
    return _enter(request, site_slug, debtor_id, LimitKind.OVERRIDE)


@requires("limits.set")
@require_POST
def end_limit(request: HttpRequest, site_slug: str, limit_id: UUID) -> HttpResponse:
    found = access.limit_by_id(request.actor, limit_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    done = services.end_limit(actor=request.actor, limit=found, reason=request.POST.get("reason", ""))  # type: ignore[attr-defined]
    if is_problem(done):
        return problem_response(request, done, 422)
    messages.success(request, _("已终止并存证。"))
    return HttpResponseRedirect(reverse("limits", args=[site_slug, found.debtor_id]))


def _enter(request: HttpRequest, site_slug: str, debtor_id: UUID, kind: LimitKind) -> HttpResponse:
    party = parties.party_by_id(request.actor, debtor_id)  # type: ignore[attr-defined]
    if is_problem(party):
        return problem_response(request, party, 404)
    is_limit = kind is LimitKind.LIMIT
    form = (LimitForm if is_limit else OverrideForm)(request.POST, prefix=kind.value)
    if not form.is_valid():
        return _page(request, party, form=form, kind=kind, status=422)
    currency = reading_of(request.POST).currency
    amount = to_minor(form.cleaned_data["amount"], currency)
    done: CustomerLimit | Problem = (
        amount
        if is_problem(amount)
        else (services.set_limit if is_limit else services.override_limit)(
            actor=request.actor,  # type: ignore[attr-defined]
            order=LimitOrder(
                debtor_id=party.id,
                currency=currency,
                amount_minor=amount,
                from_on=form.cleaned_data["from_on"],
                to_on=form.cleaned_data["to_on"],
                reason=form.cleaned_data["reason"],
            ),
        )
    )
    if is_problem(done):
        return _page(request, party, form=form, kind=kind, problem=done, status=422)
    messages.success(request, _("额度已记录并存证。") if is_limit else _("特批已记录并存证。"))
    return HttpResponseRedirect(
        reverse("limits", args=[site_slug, party.id]) + reading_of(request.POST).query()
    )


def _page(
    request: HttpRequest,
    party: Any,
    *,
    form: forms.Form | None = None,
    kind: LimitKind | None = None,
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    reading = reading_of(request.POST if request.method == "POST" else request.GET)
    states = selectors.limit_states(party.id, as_of=reading.as_of, known_at=reading.known_at)
    if states and "currency" not in request.GET and request.method == "GET":
        reading = reading.with_currency(states[0].currency)
    state = next((one for one in states if one.currency == reading.currency), None)
    history = selectors.limit_history(party.id)
    names = display_names({row.by for row in history} | {row.ended_by for row in history if row.ended_by})
    today: dict[str, date] = {"from_on": clock.today()}
    rows = items_page(
        ItemFilter(currency=reading.currency, debtor_id=party.id),
        as_of=reading.as_of,
        sort="amount",
        limit=ITEM_ROWS,
        known_at=reading.known_at,
    )
    context: dict[str, Any] = {
        "reading": reading,
        "party": party,
        "name": party.name or party.code,
        "state": state,
        "message": state.told.text(lang()) if state else "",
        "todo": state.told.todo(lang()) if state and state.rule in BLOCKS else "",
        "others": [one for one in states if one.currency != reading.currency],
        "history": [
            (row, names.get(row.by, ""), names.get(row.ended_by, "") if row.ended_by else "")
            for row in history
        ],
        "items": [row for row in rows.rows if row.open_minor > 0],
        "items_href": reverse("items", args=[request.site.slug]) + reading.query(debtor=party.id),  # type: ignore[attr-defined]
        "has_limit": state is not None and state.limit_minor is not None,
        "problem": problem,
        "limit_form": form if kind is LimitKind.LIMIT else LimitForm(prefix="limit", initial=today),
        "override_form": form
        if kind is LimitKind.OVERRIDE
        else OverrideForm(prefix="override", initial=today),
    }
    return render(request, "valuation/limits.html", context, status=status)
