"""One placement: what was agreed, its debts, the check for conflicts, what can be done next, and how it came about."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from jieqing.claims.parties.selectors import party_names
from jieqing.estate.accounts import selectors as people
from jieqing.estate.reception.access import enquiry_by_id
from jieqing.kernel import clock
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.storage import open_stored
from jieqing.recovery.placements import access, selectors, services
from jieqing.recovery.placements.models import ConflictCheck, Placement
from jieqing.recovery.placements.pages.listing import fee_text, percent_text
from jieqing.recovery.placements.pages.words import (
    ALIKE_WORDS,
    DECISION_TAGS,
    KIND_WORDS,
    SIDE_WORDS,
    STATE_TAGS,
)
from jieqing.recovery.placements.services import AGREEMENT_BYTES_MAX, AGREEMENT_MB_MAX


class SignForm(forms.Form):
    file = forms.FileField(allow_empty_file=True)
    signed_on = forms.DateField(label=gettext_lazy("签署日"), widget=forms.DateInput(attrs={"type": "date"}))


@requires("placements.read")
@require_GET
def placement(request: HttpRequest, site_slug: str, placement_id: UUID) -> HttpResponse:
    found = access.placement_by_id(request.actor, placement_id)  # type: ignore[attr-defined]
    return problem_response(request, found, 404) if is_problem(found) else _shown(request, found)


@requires("placements.read")
@require_GET
def agreement(request: HttpRequest, site_slug: str, placement_id: UUID) -> HttpResponse:
    """The signed agreement as it came, checked against its digest; always a download."""
    found = access.placement_by_id(request.actor, placement_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    if not found.agreement_key:
        return redirect("placement", site_slug, found.id)
    data = open_stored(found.site_id, found.agreement_key)
    response = HttpResponse(data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.number}.{_ending(data)}"'
    return response


@requires("placements.manage")
@require_POST
def sign(request: HttpRequest, site_slug: str, placement_id: UUID) -> HttpResponse:
    form = SignForm(request.POST, request.FILES)

    def act(found: Placement) -> Any:
        file = form.cleaned_data.get("file") if form.is_valid() else None
        data = file.read(AGREEMENT_BYTES_MAX + 1) if file else b""
        signed_on: date = form.cleaned_data.get("signed_on") or clock.today()
        return services.sign_placement(
            actor=request.actor,  # type: ignore[attr-defined]
            placement=found,
            name=file.name if file else "",
            data=data,
            signed_on=signed_on,
        )

    return _act(request, site_slug, placement_id, act, _("协议已保存并存证。"))


@requires("placements.manage")
@require_POST
def conflicts(request: HttpRequest, site_slug: str, placement_id: UUID) -> HttpResponse:
    def act(found: Placement) -> Any:
        return services.decide_conflicts(
            actor=request.actor,  # type: ignore[attr-defined]
            placement=found,
            is_accepted=request.POST.get("decision") == "accept",
            reason=request.POST.get("reason", ""),
            seen=_digest(request.POST.get("seen", "")),
        )

    return _act(request, site_slug, placement_id, act, _("决定已记录。"))


@requires("placements.manage")
@require_POST
def activate(request: HttpRequest, site_slug: str, placement_id: UUID) -> HttpResponse:
    def act(found: Placement) -> Any:
        return services.activate_placement(actor=request.actor, placement=found)  # type: ignore[attr-defined]

    return _act(request, site_slug, placement_id, act, _("委案已生效，可以立案。"))


@requires("placements.manage")
@require_POST
def decline(request: HttpRequest, site_slug: str, placement_id: UUID) -> HttpResponse:
    def act(found: Placement) -> Any:
        reason = request.POST.get("reason", "")
        return services.decline_placement(actor=request.actor, placement=found, reason=reason)  # type: ignore[attr-defined]

    return _act(request, site_slug, placement_id, act, _("已记录不接受这份委托。"))


@requires("placements.manage")
@require_POST
def recall(request: HttpRequest, site_slug: str, placement_id: UUID) -> HttpResponse:
    """The whole placement, or the debts that were picked."""

    def act(found: Placement) -> Any:
        reason = request.POST.get("reason", "")
        picked = [one for text in request.POST.getlist("item") if (one := _uuid(text))]
        if request.POST.get("what") == "items":
            return services.withdraw_items(
                actor=request.actor,  # type: ignore[attr-defined]
                placement=found,
                item_ids=picked,
                reason=reason,
            )
        return services.recall_placement(actor=request.actor, placement=found, reason=reason)  # type: ignore[attr-defined]

    return _act(request, site_slug, placement_id, act, _("已撤回，联系已经停止。"))


def _act(request: HttpRequest, site_slug: str, placement_id: UUID, act: Any, done_words: str) -> HttpResponse:
    found = access.placement_by_id(request.actor, placement_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    done = act(found)
    if is_problem(done):
        return _shown(request, found, done)
    messages.success(request, done_words)
    return redirect("placement", site_slug, placement_id)


def _shown(request: HttpRequest, found: Placement, problem: Problem | None = None) -> HttpResponse:
    page = selectors.placement_page(found)
    is_open = found.state in ("draft", "signed")
    hits = selectors.conflicts_of(found) if is_open else []
    names = people.display_names({row.by for row in page.states} | {check.by for check in page.checks})
    told = party_names({UUID(hit["found"]) for check in page.checks for hit in check.hits if hit["found"]})
    words, tone = STATE_TAGS[found.state]
    context = {
        "placement": found,
        "state": words,
        "tone": tone,
        "kind": KIND_WORDS[found.kind],
        "fee": fee_text(found),
        "enquiry": _enquiry(request, found),
        "discount": percent_text(found.max_discount_rate) if found.max_discount_rate else _("不授权"),
        "digest": bytes(found.agreement_digest).hex() if found.agreement_digest else "",
        "page": page,
        "hits": [(hit, SIDE_WORDS[hit.side], ALIKE_WORDS[hit.reason]) for hit in hits],
        "hits_digest": selectors.digest_of(hits).hex(),
        "checks": [_check(check, names, told) for check in page.checks],
        "states": [(row, STATE_TAGS[row.state][0], names.get(row.by, _("系统"))) for row in page.states],
        "is_open": is_open,
        "is_decided": bool(page.checks) and page.checks[0].decision != "refused",
        "problem": problem,
        "may": not request.allow("placements.manage"),  # type: ignore[attr-defined]
        "today": clock.today().isoformat(),
        "max_mb": AGREEMENT_MB_MAX,
    }
    return render(request, "placements/placement.html", context, status=422 if problem else 200)


def _enquiry(request: HttpRequest, found: Placement) -> Any:
    """The enquiry it grew from, for whoever may read enquiries."""
    if found.enquiry_id is None or request.allow("enquiries.read"):  # type: ignore[attr-defined]
        return None
    enquiry = enquiry_by_id(found.enquiry_id)
    return None if is_problem(enquiry) else enquiry


def _check(check: ConflictCheck, names: dict[UUID, str], told: dict[UUID, str]) -> dict[str, Any]:
    words, tone = DECISION_TAGS[check.decision]
    return {
        "check": check,
        "words": words,
        "tone": tone,
        "who": names.get(check.by, _("系统")),
        "hits": [
            (told.get(UUID(hit["found"]), "–") if hit["found"] else _("本机构"), SIDE_WORDS[hit["side"]], ALIKE_WORDS[hit["reason"]])
            for hit in check.hits
        ],
    }  # fmt: skip


def _ending(data: bytes) -> str:
    return "pdf" if data.startswith(b"%PDF") else "png" if data.startswith(b"\x89PNG") else "jpg"


def _digest(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
