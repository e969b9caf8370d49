"""The visitor's own page behind the secret link: the answer, the clock, what they wrote, taking it back, erasing it.

Never cached, never indexed, and its address is not passed on (the platform's referrer policy is same-origin).
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

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
from jieqing.estate.reception.pages.frame import problem_page, public_page
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import PUBLIC, requires
from jieqing.plumbing.templatetags.kit import lang
from jieqing.trust.evidence import selectors as evidence


@never_cache
@require_safe
@requires(PUBLIC)
def receipt(request: HttpRequest, site_slug: str, token: str) -> HttpResponse:
    enquiry = access.enquiry_by_token(token)
    if is_problem(enquiry):
        return problem_page(request, enquiry, 404)
    response = public_page(
        request,
        "reception/receipt.html",
        description=_("咨询 %(reference)s") % {"reference": enquiry.reference},
        token=token,
        link=receipt_link(request, token),
        **told(enquiry),
    )
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@never_cache
@require_POST
@requires(PUBLIC)
def withdraw(request: HttpRequest, site_slug: str, token: str) -> HttpResponse:
    enquiry = access.enquiry_by_token(token)
    if is_problem(enquiry):
        return problem_page(request, enquiry, 404)
    done = services.withdraw_enquiry(actor=request.actor, enquiry=enquiry)  # type: ignore[attr-defined]
    if is_problem(done):
        return problem_page(request, done, 409)
    messages.success(request, _("咨询已撤回，不再需要答复。"))
    return redirect("receipt", site_slug=site_slug, token=token)


@never_cache
@require_POST
@requires(PUBLIC)
def erase(request: HttpRequest, site_slug: str, token: str) -> HttpResponse:
    enquiry = access.enquiry_by_token(token)
    if is_problem(enquiry):
        return problem_page(request, enquiry, 404)
    services.erase_enquiry(
        actor=request.actor,  # type: ignore[attr-defined]
        enquiry=enquiry,
        reason="asked by the visitor",
    )
    messages.success(request, _("您的信息已删除。"))
    return redirect("receipt", site_slug=site_slug, token=token)


@never_cache
@require_safe
@requires(PUBLIC)
def proof(request: HttpRequest, site_slug: str, token: str) -> HttpResponse:
    """The proof that the enquiry was received when it was; it holds nothing of what was written."""
    enquiry = access.enquiry_by_token(token)
    if is_problem(enquiry):
        return problem_page(request, enquiry, 404)
    data = evidence.proof_bundle(enquiry.entry_id)
    if is_problem(data):
        return problem_page(request, data, 409)
    response = HttpResponse(data, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{enquiry.reference}.evidence.zip"'
    return response


def told(enquiry: Enquiry) -> dict[str, Any]:
    """An enquiry in words: for the visitor's page and, masked further, for the inbox."""
    steps = selectors.steps_of(enquiry)
    reply = next((step for step in steps if step.state in (State.ANSWERED, State.DECLINED)), None)
    state = State(enquiry.ending) if enquiry.ending else State.RECEIVED  # type: ignore[attr-defined]
    is_erased = any(step.state == State.ERASED for step in steps)
    return {
        "enquiry": enquiry,
        "topic": words(TOPIC_NAMES[Topic(enquiry.topic)], lang()),
        "asker": words(ASKER_NAMES[Asker(enquiry.asker)], lang()),
        "state": state.value,
        "state_name": words(STATE_NAMES[state], lang()),
        "clock": selectors.clock_of(enquiry),
        "contents": selectors.contents_of(enquiry),
        "is_erased": is_erased,
        "reply": reply,
        "reply_text": selectors.text_of(reply) if reply else "",
        "steps": [
            {
                "name": words(STATE_NAMES[State(step.state)], lang())
                if step.state != State.RECEIVED
                else _("收到"),
                "at": step.at,
                "by": step.by_name or (_("系统") if step.by_id else _("咨询人")),
                "entry_id": step.entry_id,
            }
            for step in steps
        ],
    }
