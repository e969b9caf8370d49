"""The days of one claim: its limitation step by step, what is watched, and two short forms to record more."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jieqing.claims.deadlines import access, selectors, services
from jieqing.claims.deadlines.models import LimitationAct, Watch
from jieqing.claims.deadlines.pages.forms import ActForm, WatchForm
from jieqing.claims.deadlines.pages.overview import today_here
from jieqing.claims.deadlines.pages.words import GRADE_TONES, GRADES, MATERIALS, STATES, act_words, kind_words
from jieqing.claims.entitlements.engine.deadlines import count_down
from jieqing.claims.entitlements.engine.limitation_proof import judge_proof
from jieqing.claims.entitlements.selectors import article_words
from jieqing.claims.parties import access as parties
from jieqing.claims.receivables import access as ledger
from jieqing.claims.receivables.selectors.claim_facts import payment_days
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.templatetags.kit import lang

MANAGE = "deadlines.manage"


@requires("ledger.read")
@require_safe
def claim(request: HttpRequest, site_slug: str, item_id: UUID) -> HttpResponse:
    item = ledger.item_by_id(request.actor, item_id)  # type: ignore[attr-defined]
    return problem_response(request, item, 404) if is_problem(item) else _claim_page(request, item)


@requires("ledger.read")
@require_safe
def debtor(request: HttpRequest, site_slug: str, debtor_id: UUID) -> HttpResponse:
    """What is watched of a debtor as a whole, and every day of the debtor's documents within three years."""
    party = parties.party_by_id(request.actor, debtor_id)  # type: ignore[attr-defined]
    return problem_response(request, party, 404) if is_problem(party) else _debtor_page(request, party)


@requires(MANAGE)
@require_http_methods(["POST"])
def watch_item(request: HttpRequest, site_slug: str, item_id: UUID) -> HttpResponse:
    item = ledger.item_by_id(request.actor, item_id)  # type: ignore[attr-defined]
    if is_problem(item):
        return problem_response(request, item, 404)
    form = WatchForm(request.POST, prefix="watch")
    made = _watch(request, form, item.debtor_id, item.id)
    if made is not None:
        return _claim_page(request, item, watch_form=form, problem=made if is_problem(made) else None)
    return HttpResponseRedirect(reverse("deadlines-claim", args=[site_slug, item.id]))


@requires(MANAGE)
@require_http_methods(["POST"])
def watch_debtor(request: HttpRequest, site_slug: str, debtor_id: UUID) -> HttpResponse:
    party = parties.party_by_id(request.actor, debtor_id)  # type: ignore[attr-defined]
    if is_problem(party):
        return problem_response(request, party, 404)
    form = WatchForm(request.POST, prefix="watch")
    made = _watch(request, form, party.id, None)
    if made is not None:
        return _debtor_page(request, party, watch_form=form, problem=made if is_problem(made) else None)
    return HttpResponseRedirect(reverse("deadlines-debtor", args=[site_slug, party.id]))


@requires(MANAGE)
@require_http_methods(["POST"])
def record_act(request: HttpRequest, site_slug: str, item_id: UUID) -> HttpResponse:
    item = ledger.item_by_id(request.actor, item_id)  # type: ignore[attr-defined]
    if is_problem(item):
        return problem_response(request, item, 404)
    form = ActForm(request.POST, prefix="act")
    if not form.is_valid():
        return _claim_page(request, item, act_form=form)
    made = services.record_act(
        actor=request.actor,  # type: ignore[attr-defined]
        item_id=item.id,
        due_on=item.due_on,
        facts=form.facts(),
        note=form.cleaned_data["note"],
    )
    if is_problem(made):
        return _claim_page(request, item, act_form=form, problem=made)
    messages.success(request, _("已登记并存证；时效已重新计算。"))
    return HttpResponseRedirect(reverse("deadlines-claim", args=[site_slug, item.id]))


@requires(MANAGE)
@require_POST
def end_watch(request: HttpRequest, site_slug: str, watch_id: UUID) -> HttpResponse:
    return _end(request, site_slug, access.watch_by_id(request.actor, watch_id))  # type: ignore[attr-defined]


@requires(MANAGE)
@require_POST
def withdraw_act(request: HttpRequest, site_slug: str, limitation_act_id: UUID) -> HttpResponse:
    found = access.limitation_act_by_id(request.actor, limitation_act_id)  # type: ignore[attr-defined]
    return _end(request, site_slug, found)


def _end(request: HttpRequest, site_slug: str, row: Watch | LimitationAct | Problem) -> HttpResponse:
    if is_problem(row):
        return problem_response(request, row, 404)
    done = services.end_record(actor=request.actor, row=row, reason=request.POST.get("reason", ""))  # type: ignore[attr-defined]
    if is_problem(done):
        return problem_response(request, done, 422)
    messages.success(request, _("已办结并存证。"))
    if row.item_id:
        return HttpResponseRedirect(reverse("deadlines-claim", args=[site_slug, row.item_id]))
    return HttpResponseRedirect(reverse("deadlines-debtor", args=[site_slug, row.debtor_id]))  # type: ignore[union-attr]


def _watch(
    request: HttpRequest, form: WatchForm, debtor_id: UUID, item_id: UUID | None
) -> Problem | forms.Form | None:
    """None when it was recorded; else what is wrong, in the form or as a problem."""
    if not form.is_valid():
        return form
    made = services.watch(
        actor=request.actor,  # type: ignore[attr-defined]
        debtor_id=debtor_id,
        item_id=item_id,
        facts=form.facts(),
        note=form.cleaned_data["note"],
    )
    if is_problem(made):
        return made
    messages.success(request, _("期限已登记并存证，将按提醒日通知。"))
    return None


def _claim_page(
    request: HttpRequest,
    item: Any,
    *,
    watch_form: forms.Form | None = None,
    act_form: forms.Form | None = None,
    problem: Problem | None = None,
) -> HttpResponse:
    today = today_here()
    found = selectors.limitation_now(item.id, item.due_on)
    watched = selectors.watches_of(debtor_id=item.debtor_id, item_id=item.id)
    results = [(found.deadline, count_down(found.deadline, today))] if found and found.deadline else []
    context = {
        "item": item,
        "name": item.debtor.name or item.debtor.code,
        "today": today,
        "found": found,
        "state": str(STATES[found.state.value]) if found else "",
        "results": results,
        "arguable": found.arguable if found else None,
        "payments": payment_days([item.id]).get(item.id, ()),
        "acts": [_act_row(row) for row in selectors.acts_of(item.id)],
        "watches": _watch_rows(watched, today),
        "articles": article_words(_citations(found, watched)),
        "lang": lang(),
        "watch_form": watch_form or WatchForm(prefix="watch"),
        "act_form": act_form or ActForm(prefix="act"),
        "problem": problem,
    }
    status = 422 if watch_form or act_form or problem else 200
    return render(request, "deadlines/claim.html", context, status=status)


def _debtor_page(
    request: HttpRequest, party: Any, *, watch_form: forms.Form | None = None, problem: Problem | None = None
) -> HttpResponse:
    today = today_here()
    watched = selectors.watches_of(debtor_id=party.id)
    days = selectors.near_days(as_of=today, within_days=1095, debtor_id=party.id)
    context = {
        "party": party,
        "name": party.name or party.code,
        "today": today,
        "watches": _watch_rows(watched, today),
        "days": [row for row in days if row.watch_id is None],
        "watch_form": watch_form or WatchForm(prefix="watch"),
        "problem": problem,
    }
    return render(request, "deadlines/debtor.html", context, status=422 if watch_form or problem else 200)


def _watch_rows(rows: list[Watch], today: Any) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "kind": kind_words(row.kind),
            "days": [(one, count_down(one, today)) for one in selectors.days_of_watch(row)],
        }
        for row in rows
    ]


def _act_row(row: LimitationAct) -> dict[str, Any]:
    facts = selectors.facts_of_act(row)
    judged = judge_proof(facts.act, facts.material)
    return {
        "row": row,
        "act": act_words(facts.act),
        "paper": MATERIALS[facts.material],
        "grade": GRADES[int(judged.grade)],
        "tone": GRADE_TONES[int(judged.grade)],
        "why": judged.reason.text(lang()),
        "wanted": judged.missing.text(lang()) if judged.missing else "",
    }


def _citations(found: Any, watched: list[Watch]) -> list[Any]:
    reasons: list[Any] = [*found.chain, *found.missing, *found.warnings] if found else []
    if found and found.deadline:
        reasons += found.deadline.reasons
    for row in watched:
        for one in selectors.days_of_watch(row):
            reasons += [*one.reasons, *one.missing, *one.warnings]
    return [reason.citation for reason in reasons]
