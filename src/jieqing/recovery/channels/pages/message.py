"""One e-mail: what was written, every step of it with its evidence, what came back; and settling what is uncertain."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jieqing.estate.accounts.selectors import display_names
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.channels import selectors, services
from jieqing.recovery.channels.access import message_by_id
from jieqing.recovery.channels.engine.states import STEP_NAMES, TONES, WHY_NAMES, Step, Why, state_of
from jieqing.recovery.channels.models import Message

KINDS = {
    "reply": gettext_lazy("回复"),
    "bounce": gettext_lazy("退信"),
    "delivered": gettext_lazy("送达回执"),
    "automatic": gettext_lazy("自动回复"),
}
CATEGORIES = {
    "opt_out": gettext_lazy("要求停止发送"),
    "dispute": gettext_lazy("提出异议"),
    "complaint": gettext_lazy("投诉"),
    "hardship": gettext_lazy("有困难"),
    "says_paid": gettext_lazy("称已付款"),
    "representation": gettext_lazy("已委托律师"),
    "deceased": gettext_lazy("当事人去世"),
    "human_wanted": gettext_lazy("要求人工"),
    "self_harm": gettext_lazy("有自伤风险"),
    "contact_hours": gettext_lazy("约定联系时间"),
    "third_party_refuses": gettext_lazy("第三人拒绝联系"),
    "reports_breach": gettext_lazy("反映违规"),
}


@never_cache
@requires("cases.read")
@require_safe
def message(request: HttpRequest, site_slug: str, message_id: UUID) -> HttpResponse:
    row = message_by_id(request.actor, message_id)  # type: ignore[attr-defined]
    return problem_response(request, row, 404) if is_problem(row) else _shown(request, row)


@requires("cases.work")
@require_POST
def resolve(request: HttpRequest, site_slug: str, message_id: UUID) -> HttpResponse:
    row = message_by_id(request.actor, message_id)  # type: ignore[attr-defined]
    if is_problem(row):
        return problem_response(request, row, 404)
    reason = request.POST.get("reason", "")
    done = services.resolve(
        actor=request.actor,  # type: ignore[attr-defined]
        message_id=message_id,
        has_arrived=request.POST.get("arrived") == "yes",
        reason=reason,
    )
    if is_problem(done):
        return _shown(request, row, problem=done, kept=reason)
    messages.success(request, _("已认定并存证，可以继续联系。"))
    return redirect("message", site_slug, message_id)


def _shown(
    request: HttpRequest, row: Message, problem: Problem | None = None, kept: str = ""
) -> HttpResponse:
    place = 0 if lang() == "zh" else 1
    steps = selectors.steps_of(row)
    state = state_of(one.step for one in steps)
    people = display_names({one.by for one in steps})
    context: dict[str, Any] = {
        "row": row,
        "case": row.case,
        "subject": selectors.opened(row.subject_sealed),
        "body": selectors.opened(row.body_sealed),
        "state": STEP_NAMES[state][place],
        "tone": TONES.get(state, ""),
        "is_uncertain": state is Step.UNCERTAIN and not request.allow("cases.work"),  # type: ignore[attr-defined]
        "steps": [
            {
                "row": one,
                "name": STEP_NAMES[Step(one.step)][place],
                "why": WHY_NAMES[Why(one.why)][place] if one.why else "",
                "who": people.get(one.by, _("系统")),
            }
            for one in steps
        ],
        "received": [
            {
                "row": one,
                "kind": KINDS[one.kind],
                "text": selectors.opened(one.text_sealed),
                "categories": [CATEGORIES.get(code, code) for code in one.categories],
            }
            for one in selectors.received_of(row)
        ],
        "problem": problem,
        "kept": kept,
    }
    return render(request, "channels/message.html", context, status=200 if problem is None else 422)
