"""The members' inbox: what waits by what ends first, one enquiry, its answer or the reason for none."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jieqing.estate.reception import access, selectors, services
from jieqing.estate.reception.engine.enquiries import (
    ASKER_NAMES,
    STATE_NAMES,
    TOPIC_NAMES,
    Asker,
    State,
    Topic,
    words,
)
from jieqing.estate.reception.models import Enquiry
from jieqing.estate.reception.pages.consultation import receipt_link
from jieqing.estate.reception.pages.forms import AnswerForm, DeclineForm, InboxFilter
from jieqing.estate.reception.pages.receipt import told
from jieqing.kernel import clock
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.templatetags.kit import lang

PAGE_ROWS = 30


@never_cache
@require_safe
@requires("enquiries.read")
def enquiries(request: HttpRequest, site_slug: str) -> HttpResponse:
    form = InboxFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    state = chosen.get("state") or selectors.OPEN
    rows = selectors.inbox(state=state, topic=chosen.get("topic", ""), asker=chosen.get("asker", ""))
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [_row(enquiry) for enquiry in page],
        "is_open": state == selectors.OPEN,
        "waiting": selectors.waiting(),
        "share": selectors.measured_share(),
        "can_manage_page": not request.allow("public_page.manage"),  # type: ignore[attr-defined]
    }
    return render(request, "reception/enquiries.html", context)


@never_cache
@require_safe
@requires("enquiries.read")
def enquiry(request: HttpRequest, site_slug: str, enquiry_id: UUID) -> HttpResponse:
    found = access.enquiry_by_id(enquiry_id)
    return problem_response(request, found, 404) if is_problem(found) else _detail(request, found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires("enquiries.answer")
def answer(request: HttpRequest, site_slug: str, enquiry_id: UUID) -> HttpResponse:
    found = access.enquiry_by_id(enquiry_id)
    if is_problem(found):
        return problem_response(request, found, 404)
    form, problem = AnswerForm(request.POST or None), None
    if form.is_valid():
        problem = _replied(services.answer_enquiry(text=form.cleaned_data["text"], **_by(request, found)))
        if problem is None:
            messages.success(request, _("已答复；对方凭链接可以看到。"))
            return redirect("enquiry", site_slug=site_slug, enquiry_id=enquiry_id)
    return _detail(request, found, answer_form=form, problem=problem)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires("enquiries.answer")
def decline(request: HttpRequest, site_slug: str, enquiry_id: UUID) -> HttpResponse:
    found = access.enquiry_by_id(enquiry_id)
    if is_problem(found):
        return problem_response(request, found, 404)
    form, problem = DeclineForm(request.POST or None), None
    if form.is_valid():
        problem = _replied(
            services.decline_enquiry(reason=form.cleaned_data["reason"], **_by(request, found))
        )
        if problem is None:
            messages.success(request, _("已记录不予办理及理由；对方凭链接可以看到。"))
            return redirect("enquiry", site_slug=site_slug, enquiry_id=enquiry_id)
    return _detail(request, found, decline_form=form, problem=problem)


@never_cache
@require_POST
@requires("enquiries.answer")
def contact(request: HttpRequest, site_slug: str, enquiry_id: UUID) -> HttpResponse:
    """The contact in full, on this one response; that it was opened is evidence."""
    found = access.enquiry_by_id(enquiry_id)
    if is_problem(found):
        return problem_response(request, found, 404)
    shown = services.show_contact(actor=request.actor, enquiry=found)  # type: ignore[attr-defined]
    if is_problem(shown):
        return _detail(request, found, problem=shown)
    return _detail(request, found, shown_contact=shown)


def _detail(
    request: HttpRequest,
    enquiry: Enquiry,
    *,
    answer_form: AnswerForm | None = None,
    decline_form: DeclineForm | None = None,
    problem: Problem | None = None,
    shown_contact: str = "",
) -> HttpResponse:
    sees_no_cases = request.allow("cases.read")  # type: ignore[attr-defined]
    context = told(enquiry) | {
        "answer_form": answer_form or AnswerForm(),
        "decline_form": decline_form or DeclineForm(),
        "is_declining": decline_form is not None,
        "problem": problem,
        "shown_contact": shown_contact,
        "can_answer": not request.allow("enquiries.answer"),  # type: ignore[attr-defined]
        "triage": _address_above(request, enquiry, "consultation-triage"),
        "outcome_of": "" if sees_no_cases else _address_above(request, enquiry, "enquiry-cases"),
    }
    return render(request, "reception/enquiry.html", context, status=409 if problem else 200)


def _address_above(request: HttpRequest, enquiry: Enquiry, name: str) -> str:
    """The address where a room above this one goes on with the enquiry, where one does."""
    site: Any = request.site
    try:
        return reverse(name, args=[site.slug, enquiry.pk])
    except NoReverseMatch:
        return ""


def _by(request: HttpRequest, enquiry: Enquiry) -> dict[str, Any]:
    site: Any = request.site
    return {
        "actor": request.actor,  # type: ignore[attr-defined]
        "enquiry": enquiry,
        "answerer": request.user.display_name,  # type: ignore[union-attr]
        "site_name": site.name,
        "link_of": lambda token: receipt_link(request, token),
    }


def _replied(outcome: object) -> Problem | None:
    return outcome if isinstance(outcome, Problem) else None


def _row(enquiry: Enquiry) -> dict[str, Any]:
    contents = selectors.contents_of(enquiry)
    state = State(enquiry.ending) if enquiry.ending else State.RECEIVED  # type: ignore[attr-defined]
    return {
        "enquiry": enquiry,
        "topic": words(TOPIC_NAMES[Topic(enquiry.topic)], lang()),
        "asker": words(ASKER_NAMES[Asker(enquiry.asker)], lang()),
        "name": contents.masked_name if contents else "",
        "contact": contents.masked_contact if contents else "",
        "state_name": words(STATE_NAMES[state], lang()),
        "clock": selectors.clock_of(enquiry, clock.now()),
    }
