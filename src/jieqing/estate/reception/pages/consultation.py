"""The consultation form: ask without an account, lose nothing on an error, get a number and a link."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jieqing.estate.reception import services
from jieqing.estate.reception.engine.consent import CONSENT
from jieqing.estate.reception.engine.promise import due_at
from jieqing.estate.reception.pages.forms import AskForm
from jieqing.estate.reception.pages.frame import public_page, site_of
from jieqing.estate.reception.problems import ALREADY_SENT, LOOKS_AUTOMATIC
from jieqing.estate.reception.services import Asked, Received
from jieqing.kernel import clock
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import PUBLIC, requires
from jieqing.plumbing.templatetags.kit import lang


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(PUBLIC)
def consultation(request: HttpRequest, site_slug: str) -> HttpResponse:
    form = AskForm(request.POST or None, initial=_suggested(request))
    problem: Problem | None = None
    if form.is_valid():
        received = _send(request, form)
        if not is_problem(received):
            return redirect("receipt", site_slug=site_slug, token=received.token)
        problem = received
        if problem is ALREADY_SENT:
            form.data = _with_new_key(request)
    elif form.is_bound and "form_key" in form.errors:
        form.data = _with_new_key(request)
    return public_page(
        request,
        "reception/consultation.html",
        description=_("向%(name)s咨询：核实来电来函、核对欠款、协商还款、投诉。72 小时内由具名人员答复。")
        % {"name": site_of(request).name},
        status=200 if not form.is_bound else 429 if problem and problem.code == "enquiry.too_many" else 422,
        form=form,
        problem=problem,
        consent=CONSENT[0 if lang() == "zh" else 1],
        due=due_at(clock.now()),
    )


def _send(request: HttpRequest, form: AskForm) -> Received | Problem:
    if form.cleaned_data["website"]:
        return LOOKS_AUTOMATIC
    site: Any = site_of(request)
    topic, asker = form.chosen
    return services.receive_enquiry(
        actor=request.actor,  # type: ignore[attr-defined]
        asked=Asked(
            topic=topic,
            asker=asker,
            name=form.cleaned_data["name"],
            contact=form.cleaned_data["contact"],
            story=form.cleaned_data["story"],
            language=lang(),
            form_key=form.cleaned_data["form_key"],
        ),
        address=request.META.get("REMOTE_ADDR", ""),
        site_name=site.name,
        link_of=lambda token: receipt_link(request, token),
    )


def receipt_link(request: HttpRequest, token: str) -> str:
    """The whole address of a visitor's page."""
    return request.build_absolute_uri(reverse("receipt", args=[site_of(request).slug, token]))


def _with_new_key(request: HttpRequest) -> dict[str, Any]:
    """What was written, as the data of another form."""
    return {**request.POST.dict(), "form_key": str(uuid4())}


def _suggested(request: HttpRequest) -> dict[str, Any]:
    """A page that leads here may say what about: ``?topic=genuine``."""
    return {"topic": request.GET.get("topic", "")}
