"""Charges on pages: the terms and the order in force with their versions, and decisions that two people make on an item."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from jieqing.claims.entitlements.engine.facts import RateBasis
from jieqing.claims.entitlements.engine.rules import Part
from jieqing.claims.receivables import access
from jieqing.claims.receivables.engine.accruing import ChargeMode
from jieqing.claims.receivables.engine.charge_plan import DecisionKind
from jieqing.claims.receivables.models import ChargeDecision, DecisionState, Item
from jieqing.claims.receivables.pages import charge_forms as shown
from jieqing.claims.receivables.pages.import_forms import ReasonForm
from jieqing.claims.receivables.pages.overdue_terms import words_of
from jieqing.claims.receivables.selectors.appropriation import (
    appropriation_orders,
    appropriations_on,
    creditors,
    policy_of,
)
from jieqing.claims.receivables.selectors.charges import all_charge_terms, decisions
from jieqing.claims.receivables.selectors.overdue_terms import overdue_terms_versions
from jieqing.claims.receivables.services import charge_decisions, charges
from jieqing.claims.receivables.services.appropriation_orders import set_order
from jieqing.estate.accounts.selectors import display_names
from jieqing.kernel.money import to_minor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires

STATE_WORDS = {
    DecisionState.ASKED: gettext_lazy("待批准"),
    DecisionState.APPROVED: gettext_lazy("已批准"),
    DecisionState.REFUSED: gettext_lazy("未批准"),
    DecisionState.TAKEN_BACK: gettext_lazy("已撤回"),
}


@requires("ledger.read")
@require_GET
def charge_rules(request: HttpRequest, site_slug: str) -> HttpResponse:
    orders, terms, late = appropriation_orders(), all_charge_terms(), overdue_terms_versions()
    setters = [row.set_by for row in orders] + [row.set_by for row in terms] + [row.set_by for row in late]
    names = display_names(set(setters))
    context = {
        "orders": [
            (
                row,
                shown.BETWEEN_WORDS[policy_of(row).between],
                shown.order_words(policy_of(row).within),
                names.get(row.set_by, _("系统")),
            )
            for row in orders
        ],
        "terms": [
            (
                row,
                shown.MODE_WORDS[ChargeMode(row.mode)],
                shown.BASIS_WORDS[RateBasis(row.rate_basis)] if row.rate_basis else "",
                names.get(row.set_by, _("系统")),
            )
            for row in terms
        ],
        "late": [(row, words_of(row), names.get(row.set_by, _("系统"))) for row in late],
        "waiting": told_decisions(decisions(state=DecisionState.ASKED)),
        "may_decide": request.allow("ledger.decide") is None,  # type: ignore[attr-defined]
    }
    return render(request, "receivables/charge_rules.html", context)


@requires("ledger.decide")
@require_http_methods(["GET", "HEAD", "POST"])
def charge_terms_new(request: HttpRequest, site_slug: str) -> HttpResponse:
    form = shown.TermsForm(request.POST or None)
    problem: Problem | None = None
    if request.method == "POST" and form.is_valid():
        done = charges.set_charge_terms(
            actor=request.actor,  # type: ignore[attr-defined]
            terms=form.terms(),
            reason=form.cleaned_data["reason"],
        )
        if not is_problem(done):
            messages.success(request, _("息费条款第 %(number)s 版已生效并存证。") % {"number": done.number})
            return redirect("charge-rules", site_slug)
        problem = done
    return _form(
        request,
        form,
        problem,
        _("设定息费条款"),
        _("新条款从现在起适用；旧版本保留。"),
        "charge-rules",
        [site_slug],
    )


@requires("ledger.decide")
@require_http_methods(["GET", "HEAD", "POST"])
def order_new(request: HttpRequest, site_slug: str) -> HttpResponse:
    form = shown.OrderForm(request.POST or None, creditors())
    problem: Problem | None = None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = set_order(
            actor=request.actor,  # type: ignore[attr-defined]
            policy=form.policy(),
            effective_from=told["effective_from"],
            reason=told["reason"],
            creditor_id=UUID(told["creditor"]) if told["creditor"] else None,
        )
        if not is_problem(done):
            messages.success(
                request, _("抵充顺序第 %(number)s 版已生效并存证。") % {"number": done.order.number}
            )
            return redirect("charge-rules", site_slug)
        problem = done
    help_text = _(
        "设定后，未指定单据的回款按此顺序抵充；从过去的日期起算时，已有的抵充会重算，旧的保留为历史。"
    )
    return _form(request, form, problem, _("设定抵充顺序"), help_text, "charge-rules", [site_slug])


@requires("ledger.decide")
@require_http_methods(["GET", "HEAD", "POST"])
def charge_ask(request: HttpRequest, site_slug: str, item_id: UUID, kind: str) -> HttpResponse:
    """Ask for a fee, a waiver or a cancellation; another person decides."""
    actor, wanted = request.actor, DecisionKind(kind)  # type: ignore[attr-defined]
    item = access.item_by_id(actor, item_id)
    if is_problem(item):
        return problem_response(request, item, 404)
    form = shown.AskForm(request.POST or None, wanted)
    problem: Problem | None = None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        minor = to_minor(told["amount"], item.currency) if "amount" in told else None
        done = (
            minor
            if is_problem(minor)
            else charge_decisions.ask_for_decision(
                actor=actor, item=item, kind=wanted, amount_minor=minor, on=told["on"], reason=told["reason"]
            )
        )
        if not is_problem(done):
            messages.success(request, _("已提请，等待另一位同事决定。"))
            return redirect("item", site_slug, item.id)
        problem = done
    title = f"{shown.KIND_WORDS[wanted]} {item.document_number}"
    return _form(
        request, form, problem, title, _("提请后由另一人批准；批准前账目不变。"), "item", [site_slug, item.id]
    )


@requires("ledger.decide")
@require_http_methods(["GET", "HEAD", "POST"])
def charge_decision(request: HttpRequest, site_slug: str, charge_decision_id: UUID) -> HttpResponse:
    """Approve or refuse as a second person, or take an approved decision back with a reason."""
    actor = request.actor  # type: ignore[attr-defined]
    found = access.charge_decision_by_id(actor, charge_decision_id)
    if is_problem(found):
        return problem_response(request, found, 404)
    problem: Problem | None = None
    step = request.POST.get("step", "")
    form = ReasonForm(request.POST if step == "take_back" else None)
    if request.method == "POST" and (step != "take_back" or form.is_valid()):
        done = charge_decisions.take_step(
            actor=actor, decision=found, step=step, reason=request.POST.get("reason", "")
        )
        if not is_problem(done):
            messages.success(request, _("已决定，账目已按决定重算。"))
            return redirect("item", site_slug, found.item_id)
        problem = done
    context = {"one": told_decisions([found])[0], "form": form, "problem": problem}
    status = 422 if request.method == "POST" else 200
    return render(request, "receivables/charge_decision.html", context, status=status)


def charges_of(item: Item) -> dict[str, Any]:
    """What an item's page shows of charges: decisions, and which part of which payment covers what."""
    return {
        "charge_decisions": told_decisions(decisions(item_id=item.id)),
        "charge_kinds": [(kind.value, word) for kind, word in shown.KIND_WORDS.items()],
        "appropriations": [(row, shown.PART_WORDS[Part(row.part)]) for row in appropriations_on(item.id)],
    }


def told_decisions(rows: list[ChargeDecision]) -> list[dict[str, Any]]:
    names = display_names({row.asked_by for row in rows} | {row.decided_by for row in rows if row.decided_by})
    return [
        {
            "decision": row,
            "kind": shown.KIND_WORDS[DecisionKind(row.kind)],
            "state": STATE_WORDS[DecisionState(row.state)],
            "tone": "warn" if row.state == DecisionState.ASKED else "",
            "asked_by": names.get(row.asked_by, _("系统")),
            "decided_by": names.get(row.decided_by, _("系统")) if row.decided_by else "",
        }
        for row in rows
    ]


def _form(
    request: HttpRequest,
    form: Any,
    problem: Problem | None,
    title: str,
    help_text: str,
    back: str,
    at: list[Any],
) -> HttpResponse:
    context = {
        "form": form,
        "problem": problem,
        "title": title,
        "help": help_text,
        "back": reverse(back, args=at),
    }
    status = 422 if request.method == "POST" and (problem or form.errors) else 200
    return render(request, "receivables/charge_form.html", context, status=status)
