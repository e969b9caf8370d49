"""Approvals: what waits for a second person, one request with the rules that ask for it, the answer, and the permit it leads to."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jieqing.claims.parties.engine.choices import CHANNEL_NAMES, Channel
from jieqing.claims.parties.selectors import contact_points_of
from jieqing.estate.accounts.selectors import display_names
from jieqing.kernel import clock
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.cases import access as cases
from jieqing.recovery.outreach import selectors, services
from jieqing.recovery.outreach.access import approval_by_id
from jieqing.recovery.outreach.engine.approvals import APPROVAL_NAMES, APPROVAL_TONES, ApprovalState
from jieqing.recovery.outreach.engine.contact_verdict import told
from jieqing.recovery.outreach.engine.contents import CAREFUL, Content
from jieqing.recovery.outreach.engine.purposes import PURPOSE_NAMES, Purpose
from jieqing.recovery.outreach.models import ApprovalRequest
from jieqing.recovery.outreach.services import Refused
from jieqing.recovery.outreach.shown import shown_verdict
from jieqing.recovery.outreach.sight import may_approve
from jieqing.trust.compliance.selectors import packs_of

CONTENT_NAMES: dict[str, Any] = {
    "discloses_debt": gettext_lazy("内容透露欠款"),
    "threatens_suit": gettext_lazy("内容提及起诉"),
    "identity_verified": gettext_lazy("已核实接听人身份"),
    "ai_label": gettext_lazy("已标明是智能语音"),
    "recording_notice": gettext_lazy("已告知录音"),
    "script_filed": gettext_lazy("话术已备案"),
    "scan_verdict": gettext_lazy("内容扫描"),
}
SCANS = {
    "clean": gettext_lazy("通过"),
    "needs_approval": gettext_lazy("须人工复核"),
    "block": gettext_lazy("拦截"),
}
STATES = {
    "": gettext_lazy("全部"),
    "waiting": gettext_lazy("待审批"),
    "approved": gettext_lazy("已同意、未使用"),
}


@requires("cases.read")
@require_safe
def approvals(request: HttpRequest, site_slug: str) -> HttpResponse:
    asked = request.GET.get("state", "")
    state = asked if asked in STATES else ""
    page = selectors.approvals_page(request.actor, state=state)  # type: ignore[attr-defined]
    people = display_names({row.asked_by for row in page.rows}) if page.rows else {}
    context = {
        "rows": [_line(row, people) for row in page.rows],
        "total": page.total,
        "state": state,
        "states": STATES.items(),
    }
    return render(request, "outreach/approvals.html", context)


@never_cache
@requires("cases.read")
@require_safe
def approval(request: HttpRequest, site_slug: str, approval_id: UUID) -> HttpResponse:
    row = approval_by_id(request.actor, approval_id)  # type: ignore[attr-defined]
    return problem_response(request, row, 404) if is_problem(row) else _shown(request, row)


@requires("cases.assign")
@require_POST
def answer(request: HttpRequest, site_slug: str, approval_id: UUID) -> HttpResponse:
    row = approval_by_id(request.actor, approval_id)  # type: ignore[attr-defined]
    if is_problem(row):
        return problem_response(request, row, 404)
    done = services.answer_approval(
        actor=request.actor,  # type: ignore[attr-defined]
        approval_id=approval_id,
        is_approved=request.POST.get("answer") == "yes",
        reason=request.POST.get("reason", ""),
    )
    if is_problem(done):
        return _shown(request, row, problem=done, kept=request.POST.get("reason", ""))
    messages.success(request, _("答复已记录并存证。"))
    return redirect("approval", site_slug, approval_id)


@requires("cases.work")
@require_POST
def permit(request: HttpRequest, site_slug: str, approval_id: UUID) -> HttpResponse:
    row = approval_by_id(request.actor, approval_id)  # type: ignore[attr-defined]
    if is_problem(row):
        return problem_response(request, row, 404)
    found = services.permit_by_approval(actor=request.actor, approval_id=approval_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return _shown(request, row, problem=found)
    if isinstance(found, Refused):
        return _shown(request, row, verdict=shown_verdict(told(found.verdict, clock.now())))
    messages.success(request, _("已取得触达许可，两分钟内有效，只用一次。"))
    return redirect("approval", site_slug, approval_id)


class AskForm(forms.Form):
    """One contact of a case that a rule leaves to a second person, and why it should be made."""

    contact = forms.ChoiceField(label=gettext_lazy("联系方式和渠道"))
    purpose = forms.ChoiceField(label=gettext_lazy("目的"))
    companion = forms.ChoiceField(label=gettext_lazy("上门同行人"), required=False)
    why = forms.CharField(
        label=gettext_lazy("为什么需要这次触达"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any, contacts: Any, colleagues: Any, initial: Any) -> None:
        super().__init__(data, initial=initial)
        place = 0 if lang() == "zh" else 1
        purposes = [(code.value, names[place]) for code, names in PURPOSE_NAMES.items()]
        lists = {"contact": contacts, "purpose": purposes, "companion": [("", _("无")), *colleagues]}
        for name, choices in lists.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        yes_no = [("yes", _("是")), ("no", _("否")), ("", _("未知"))]
        for name, label in CONTENT_NAMES.items():
            options = [*SCANS.items(), ("", _("未知"))] if name == "scan_verdict" else yes_no
            self.fields[name] = forms.ChoiceField(label=label, choices=options, required=False)

    def content(self) -> Content:
        said = {"yes": True, "no": False, "": None}
        found = {name: self.cleaned_data[name] for name in CONTENT_NAMES}
        scan = found.pop("scan_verdict") or None
        return Content(scan_verdict=scan, **{name: said[value] for name, value in found.items()})


@never_cache
@requires("cases.work")
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, site_slug: str, case_id: UUID) -> HttpResponse:
    refused = request.allow("contacts.read")  # type: ignore[attr-defined]
    if refused:
        return problem_response(request, refused, 403)
    actor = request.actor  # type: ignore[attr-defined]
    case = cases.case_by_id(actor, case_id)
    if is_problem(case):
        return problem_response(request, case, 404)
    form = _ask_form(request, case)
    problem: Problem | None = None
    if request.method == "POST" and form.is_valid():
        point, _sep, channel = form.cleaned_data["contact"].partition("|")
        companion = form.cleaned_data["companion"]
        found = services.ask_approval(
            actor=actor,
            case=case.id,
            point=UUID(point),
            channel=Channel(channel),
            purpose=Purpose(form.cleaned_data["purpose"]),
            content=form.content(),
            companion=UUID(companion) if companion else None,
            why=form.cleaned_data["why"],
        )
        if not is_problem(found):
            messages.success(request, _("申请已提交，等待另一人审批。"))
            return redirect("approval", site_slug, found.id)
        problem = found
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "case": case, "problem": problem}
    return render(request, "outreach/approval_ask.html", context, status=status)


def _ask_form(request: HttpRequest, case: Any) -> AskForm:
    actor = request.actor  # type: ignore[attr-defined]
    place = 0 if lang() == "zh" else 1
    contacts = [
        (
            f"{row.point.id}|{channel.value}",
            f"{row.point.shown} · {CHANNEL_NAMES[channel][place]} · {verdict.label(lang())}",
        )
        for row in services.preview_contacts(actor=actor, case=case)
        for channel, _aim, verdict in row.verdicts
    ]
    said = {True: "yes", False: "no", None: ""}
    careful = {
        name: value if isinstance(value, str) else said[value] for name, value in asdict(CAREFUL).items()
    }
    initial = {
        **careful,
        "contact": f"{request.GET.get('point', '')}|{request.GET.get('channel', '')}",
        "purpose": request.GET.get("purpose", Purpose.COLLECT.value),
        "companion": request.GET.get("companion", ""),
    }
    return AskForm(
        request.POST if request.method == "POST" else None, contacts, colleagues_of(request), initial
    )


def colleagues_of(request: HttpRequest) -> list[tuple[str, str]]:
    """Who could come along: everybody else who works on cases."""
    mine = request.actor.id  # type: ignore[attr-defined]
    return [(str(one.user_id), one.name) for one in services.colleagues() if one.user_id != mine]


def _line(row: ApprovalRequest, people: dict[UUID, str]) -> dict[str, Any]:
    place = 0 if lang() == "zh" else 1
    state = selectors.state_of(row, clock.now())
    return {
        "row": row,
        "debtor": row.case.debtor_name,
        "number": row.case.number,
        "channel": CHANNEL_NAMES[Channel(row.channel)][place],
        "purpose": PURPOSE_NAMES[Purpose(row.purpose)][place],
        "state": APPROVAL_NAMES[state][place],
        "tone": APPROVAL_TONES.get(state, ""),
        "asker": people.get(row.asked_by, _("系统")),
    }


def _shown(
    request: HttpRequest,
    row: ApprovalRequest,
    *,
    problem: Problem | None = None,
    verdict: dict[str, Any] | None = None,
    kept: str = "",
) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    reader = lang()
    said = getattr(row, "answer", None)
    people = display_names(
        {one for one in (row.asked_by, row.companion_id, said.by if said else None) if one}
    )
    state = selectors.state_of(row, clock.now())
    rules = {rule.id: rule for rule in packs_of(row.site_id, clock.now()).rules}
    may_take = state is ApprovalState.APPROVED and row.asked_by == actor.id
    context = {
        **_line(row, people),
        "point": _masked(request, row),
        "rules": [
            {
                "id": code,
                "text": rules[code].text.text(reader) if code in rules else "",
                "article": rules[code].article.text(reader) if code in rules else "",
                "is_known": code in rules,
            }
            for code in row.rules
        ],
        "content": [
            (CONTENT_NAMES[name], _said(value))
            for name, value in row.content.items()
            if name in CONTENT_NAMES
        ],
        "companion": people.get(row.companion_id, "") if row.companion_id else "",
        "answer": said,
        "answerer": people.get(said.by, "") if said else "",
        "use": getattr(row, "use", None),
        "may_answer": state is ApprovalState.WAITING and row.asked_by != actor.id and may_approve(actor),
        "is_own_waiting": state is ApprovalState.WAITING and row.asked_by == actor.id,
        "may_take": may_take,
        "now": _now(actor, row) if may_take else None,
        "problem": problem,
        "verdict": verdict,
        "kept": kept,
    }
    status = 422 if problem or verdict else 200
    return render(request, "outreach/approval.html", context, status=status)


def _now(actor: Any, row: ApprovalRequest) -> dict[str, Any] | None:
    """The gate's answer of this moment, beside the button that takes the permit; none where it cannot be asked any more."""
    found = services.preview_request(actor=actor, row=row)
    return None if is_problem(found) else shown_verdict(found)


def _masked(request: HttpRequest, row: ApprovalRequest) -> str:
    """How the person would be reached, masked, for whoever may see that."""
    if request.allow("contacts.read"):  # type: ignore[attr-defined]
        return ""
    for views in contact_points_of([row.case.debtor_id], with_gone=True).values():
        for view in views:
            if view.id == row.point_id:
                return view.shown
    return ""


def _said(value: object) -> str:
    if value is None:
        return _("未知")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return str(SCANS.get(str(value), value))
