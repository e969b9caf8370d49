"""One deed on one case: a short form in a dialog (a page of its own where no script runs), sent once.

The form names its write by a hidden key: the same key again, from a double click or a lost answer, does nothing more and
leads to the same place. A refusal comes back in the same dialog, in words, with everything that was typed.
"""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing import idempotency
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.listing import cells
from jieqing.plumbing.templatetags.kit import date_cell, lang
from jieqing.plumbing.toasts import toast
from jieqing.recovery.cases import access, selectors
from jieqing.recovery.cases.engine import codes, complaints
from jieqing.recovery.cases.engine import words as code_words
from jieqing.recovery.cases.models import Case
from jieqing.recovery.cases.pages.case_rows import item_rows
from jieqing.recovery.cases.pages.deed_forms import DeedForm
from jieqing.recovery.cases.pages.deeds import Deed
from jieqing.recovery.cases.pages.words import word
from jieqing.recovery.cases.selectors import staff
from jieqing.recovery.cases.selectors.days import working_day

Choices = Iterable[tuple[str, Any]]


def deed_view(deed: Deed) -> Callable[..., HttpResponse]:
    """The view of a deed, with the permission that the deed names."""

    @requires(deed.permission)
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, site_slug: str, case_id: UUID) -> HttpResponse:
        found = access.case_by_id(request.actor, case_id)  # type: ignore[attr-defined]
        if is_problem(found):
            return problem_response(request, found, 404)
        return _do(request, deed, found) if request.method == "POST" else _ask(request, deed, found)

    return view


def _ask(request: HttpRequest, deed: Deed, case: Case) -> HttpResponse:
    options = options_of(deed, case)
    which = request.GET.get("which", "")
    form = deed.form(None, case, options, initial={"which": which, **_initial(deed, case)})
    return _shown(request, deed, case, form if _can_ask(deed, options) else None)


def _do(request: HttpRequest, deed: Deed, case: Case) -> HttpResponse:
    form = deed.form(request.POST, case, options_of(deed, case), files=request.FILES)
    if not form.is_valid():
        return _shown(request, deed, case, form)
    claim = idempotency.begin(request, holder=request.actor.id, key=f"page:{request.POST.get('key', '')}")  # type: ignore[attr-defined]
    if isinstance(claim, HttpResponse):
        return _went(request, case)  # the first of the two did it
    if isinstance(claim, idempotency.Refusal):
        return (
            _went(request, case) if claim.status == 409 else _shown(request, deed, case, form, claim.problem)
        )
    done = deed.perform(request.actor, case, form.cleaned_data)  # type: ignore[attr-defined]
    if is_problem(done):
        return _shown(request, deed, case, form, done)
    idempotency.finish(claim, HttpResponse(status=204))
    toast(request, str(deed.said))
    return _went(request, case)


def _went(request: HttpRequest, case: Case) -> HttpResponse:
    """Back to where the dialog was opened; a script-less browser is redirected."""
    address = next_of(request, case)
    if getattr(request, "htmx", None):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def _shown(
    request: HttpRequest, deed: Deed, case: Case, form: DeedForm | None, problem: Problem | None = None
) -> HttpResponse:
    context = {
        "deed": deed,
        "case": case,
        "form": form,
        "problem": problem,
        "nothing": "" if form else _("这里没有可以办理的事项。"),
        "key": request.POST.get("key") or uuid4(),
        "next": next_of(request, case),
    }
    name = "cases/deed_dialog.html" if getattr(request, "htmx", None) else "cases/deed_page.html"
    return render(request, name, context, status=422 if request.method == "POST" else 200)


def next_of(request: HttpRequest, case: Case) -> str:
    """The page that the form came from, when it is one of ours; else the case."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    is_ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours else reverse("case", args=[request.site.slug, case.id])  # type: ignore[attr-defined]


def _can_ask(deed: Deed, options: dict[str, list[tuple[str, Any]]]) -> bool:
    return not deed.offers or bool(options["which"])


def _initial(deed: Deed, case: Case) -> dict[str, Any]:
    """What the form starts with: the case's own next step, owner and stage."""
    if deed.path == "next":
        return {"action": case.next_action, "on": case.next_action_on, "note": case.next_action_note}
    if deed.path == "promise":
        return {"amount": cells.amount(case.overdue_minor, case.currency).replace(",", "")}
    return {"assign": {"owner": str(case.owner_id or "")}, "stage": {"stage": case.stage}}.get(deed.path, {})


def options_of(deed: Deed, case: Case) -> dict[str, list[tuple[str, Any]]]:
    """What the selects of a form list, read only where the form has such a select."""
    names, found = deed.form.base_fields, {}
    if "owner" in names:
        found["owner"] = [("", _("无人负责")), *workers()]
    if "about" in names:
        found["about"] = [("", _("不涉及本站人员")), *workers()]
    if "stage" in names:
        found["stage"] = list(selectors.stage_names(lang()).items())
    if "items" in names:
        found["items"] = [
            (str(row.id), f"{row.document_number} · {cells.amount(row.open_minor, row.currency)}")
            for row in item_rows(case, working_day())
            if row.open_minor > 0
        ]
    if deed.offers:
        found["which"] = _OFFERS[deed.offers](case)
    return found


def workers() -> list[tuple[str, Any]]:
    """The people of the site who may work on cases."""
    return [(str(worker.user_id), worker.name) for worker in staff.workers()]


def _promises(case: Case) -> list[tuple[str, Any]]:
    rows = case.promises.filter(state=codes.PromiseState.OPEN).order_by("due_on")
    return [
        (str(row.id), f"{date_cell(row.due_on)} {cells.amount(row.amount_minor, case.currency)}")
        for row in rows
    ]


def _disputes(case: Case) -> list[tuple[str, Any]]:
    rows = case.disputes.filter(closed_at=None).order_by("due_on")
    return [
        (str(row.id), f"{word(code_words.DISPUTE_NAMES, row.code)} · {date_cell(row.due_on)}") for row in rows
    ]


def _holds(case: Case) -> list[tuple[str, Any]]:
    rows = case.holds.filter(released_at=None, dispute=None, complaint=None).order_by("from_on")
    return [
        (str(row.id), f"{word(code_words.HOLD_NAMES, row.kind)} · {date_cell(row.from_on)}") for row in rows
    ]


def _complaints(case: Case) -> list[tuple[str, Any]]:
    rows = case.complaints.filter(answered_at=None).order_by("due_on")
    return [
        (str(row.id), f"{word(complaints.COMPLAINT_NAMES, row.kind)} · {date_cell(row.due_on)}")
        for row in rows
    ]


_OFFERS: dict[str, Callable[[Case], list[tuple[str, Any]]]] = {
    "promises": _promises,
    "disputes": _disputes,
    "holds": _holds,
    "complaints": _complaints,
}
