"""The composer's e-mail tab: filed scripts, the letter as it would leave with its scan, and the verdict before the button.

A page of its own, and the panel alone for the case page (htmx). Every change posts the form and gets the letter anew: what is
typed is somebody's data and never stands in an address. Sending posts the same form with its button.
"""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jieqing.claims.parties.engine.choices import Channel
from jieqing.claims.parties.engine.contact_points import BELONGS_TO_NAMES, PointKind
from jieqing.claims.parties.selectors import contact_points_of
from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.cases.access import case_by_id
from jieqing.recovery.channels import services
from jieqing.recovery.channels.engine.states import STEP_NAMES, TONES
from jieqing.recovery.channels.selectors import messages_of
from jieqing.recovery.outreach.engine.contact_verdict import told
from jieqing.recovery.outreach.engine.contents import Content
from jieqing.recovery.outreach.engine.purposes import PURPOSE_NAMES, Purpose
from jieqing.recovery.outreach.engine.spoken import Wording
from jieqing.recovery.outreach.services import Refused, preview_contact
from jieqing.recovery.scripts.engine.variables import VARIABLES
from jieqing.recovery.scripts.selectors import usable_scripts

PURPOSES = (Purpose.IDENTITY_CHECK, Purpose.COLLECT, Purpose.PLAN_OFFER, Purpose.LEGAL_NOTICE)


@never_cache
@requires("cases.work")
@require_http_methods(["GET", "HEAD", "POST"])
def email(request: HttpRequest, site_slug: str, case_id: UUID) -> HttpResponse:
    refused = request.allow("contacts.read")  # type: ignore[attr-defined]
    if refused:
        return problem_response(request, refused, 403)
    case = case_by_id(request.actor, case_id)  # type: ignore[attr-defined]
    if is_problem(case):
        return problem_response(request, case, 404)
    asked = _asked(request)
    context: dict[str, Any] = {
        "case": case,
        "here": reverse("case-email", args=[site_slug, case.id]),
        "key": request.POST.get("key") or uuid4().hex,
        **_choices(case, asked),
    }
    if "send" in request.POST and asked["script"] and asked["point"]:
        done = _send(request, case_id, asked, context["key"])
        if not is_problem(done) and not isinstance(done, Refused):
            messages.success(request, _("邮件已交付发送，结果写入案件经过。"))
            target = reverse("message", args=[site_slug, done.pk])
            return _moved(target) if getattr(request, "htmx", None) else redirect(target)
        if is_problem(done):
            context["problem"] = done
        else:
            context["verdict"] = told(done.verdict, clock.now()).shown(lang())
    if asked["script"]:
        context |= _drafted(request, case_id, asked, context)
    alone = getattr(request, "htmx", None)
    if not alone:
        context["listed"] = _listed(case.id)
    return render(request, "channels/email_panel.html" if alone else "channels/email.html", context)


def _moved(target: str) -> HttpResponse:
    return HttpResponse(status=204, headers={"HX-Redirect": target})


def _asked(request: HttpRequest) -> dict[str, Any]:
    """The form as it came; nothing of it is believed."""
    post = request.POST
    purpose = post.get("purpose", "")
    return {
        "purpose": Purpose(purpose) if purpose in {one.value for one in PURPOSES} else PURPOSES[0],
        "script": _uuid(post.get("script", "")),
        "point": _uuid(post.get("point", "")),
        "is_verified": post.get("verified") == "on",
        "typed": {name: post.get(f"value-{name}", "") for name in VARIABLES if post.get(f"value-{name}")},
    }


def _choices(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    place = 0 if lang() == "zh" else 1
    points = [
        (view.id, view.shown, BELONGS_TO_NAMES[view.belongs_to][place])
        for view in contact_points_of([case.debtor_id]).get(case.debtor_id, [])
        if view.kind is PointKind.EMAIL and view.is_valid
    ]
    if asked["point"] is None and points:
        asked["point"] = points[0][0]
    return {
        "asked": asked,
        "points": points,
        "purposes": [(one.value, PURPOSE_NAMES[one][place]) for one in PURPOSES],
        "scripts": usable_scripts(Channel.EMAIL.value, asked["purpose"].value, clock.now()),
    }


def _send(request: HttpRequest, case_id: UUID, asked: dict[str, Any], key: str) -> Any:
    return services.send_email(
        actor=request.actor,  # type: ignore[attr-defined]
        case_id=case_id,
        point_id=asked["point"],
        script_id=asked["script"],
        purpose=asked["purpose"],
        typed=asked["typed"],
        is_verified=asked["is_verified"],
        key=key,
    )


def _drafted(
    request: HttpRequest, case_id: UUID, asked: dict[str, Any], context: dict[str, Any]
) -> dict[str, Any]:
    """The letter, its scan, and what the gate would say to it now."""
    if asked["script"] not in {one.script_id for one in context["scripts"]}:
        return {}
    actor = request.actor  # type: ignore[attr-defined]
    draft = services.draft_email(
        actor=actor,
        case_id=case_id,
        script_id=asked["script"],
        purpose=asked["purpose"],
        typed=asked["typed"],
    )
    if is_problem(draft):
        return {"problem": context.get("problem") or draft}
    place = 0 if lang() == "zh" else 1
    shown = {
        "draft": draft,
        "fields": [
            (name, (VARIABLES[name].zh, VARIABLES[name].en)[place], asked["typed"].get(name, ""))
            for name in draft.typed
        ],
        "findings": [
            (draft.scan.words_of(one), one.why[place], ", ".join(one.articles)) for one in draft.scan.findings
        ],
    }
    if draft.missing or not asked["point"] or "verdict" in context:
        return shown
    verdict = preview_contact(
        actor=actor,
        case=case_id,
        point=asked["point"],
        channel=Channel.EMAIL,
        purpose=asked["purpose"],
        content=Content(identity_verified=asked["is_verified"]),
        wording=Wording(asked["script"], draft.values),
    )
    if is_problem(verdict):
        return shown | {"problem": verdict}
    may_send = verdict.code.value == "allow" and draft.scan.verdict != "block"
    return shown | {"verdict": verdict.shown(lang()), "may_send": may_send}


def _listed(case_id: UUID) -> list[dict[str, Any]]:
    place = 0 if lang() == "zh" else 1
    return [
        {
            "id": one.message.pk,
            "at": one.message.at,
            "entry": one.message.entry_id,
            "state": STEP_NAMES[one.state][place],
            "tone": TONES.get(one.state, ""),
        }
        for one in messages_of(case_id)
    ]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
