"""One check with its reasons beside their articles; the lawyer's decision; the declaration it rests on."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jieqing.claims.parties.access import party_by_id
from jieqing.estate.accounts import selectors as people
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.intake import access, selectors, services
from jieqing.recovery.intake.engine.questions import BY_CODE, QUESTIONS, fact_name
from jieqing.recovery.intake.models import LegalityCheck
from jieqing.recovery.intake.pages.listing import STANDING_TAGS
from jieqing.recovery.placements.access import placement_by_id
from jieqing.recovery.placements.selectors import item_ids_of


@requires("placements.read")
@require_GET
def check(request: HttpRequest, site_slug: str, check_id: UUID) -> HttpResponse:
    found = access.check_by_id(request.actor, check_id)  # type: ignore[attr-defined]
    return problem_response(request, found, 404) if is_problem(found) else _shown(request, found)


@requires("intake.decide")
@require_POST
def decide(request: HttpRequest, site_slug: str, check_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    found = access.check_by_id(actor, check_id)
    if is_problem(found):
        return problem_response(request, found, 404)
    done = services.decide_amber(
        actor=actor,
        check=found,
        is_allowed=request.POST.get("decision") == "allow",
        reason=request.POST.get("reason", ""),
    )
    if is_problem(done):
        return _shown(request, found, done)
    messages.success(request, _("决定已记录并存证。"))
    return redirect("intake-check", site_slug, check_id)


@requires("placements.manage")
@require_POST
def recheck(request: HttpRequest, site_slug: str) -> HttpResponse:
    count = services.recheck_site(actor=request.actor)  # type: ignore[attr-defined]
    words = ngettext("已重新审查，%(count)d 笔有新结果。", "已重新审查，%(count)d 笔有新结果。", count)
    messages.success(request, words % {"count": count})
    return redirect("intake", site_slug)


@requires("placements.manage")
@require_http_methods(["GET", "POST"])
def declaration(request: HttpRequest, site_slug: str, placement_id: UUID) -> HttpResponse:
    """Where the debts of a placement come from; with ``?debtor=`` those of one debtor."""
    actor = request.actor  # type: ignore[attr-defined]
    placement = placement_by_id(actor, placement_id)
    if is_problem(placement):
        return problem_response(request, placement, 404)
    debtor = _debtor(request)
    problem: Problem | None = None
    answers = selectors.answers_of(placement.id, debtor.id if debtor else None)
    if request.method == "POST":
        answers = {
            one.code: request.POST.get(one.code, "") for one in QUESTIONS if request.POST.get(one.code)
        }
        done = services.declare_origin(
            actor=actor, placement_id=placement.id, debtor_id=debtor.id if debtor else None, answers=answers
        )
        if not is_problem(done):
            if placement.covers_all:  # it lists no items of its own: what was checked before is checked again
                services.recheck_site(actor=actor, debtor_id=debtor.id if debtor else None)
            else:
                services.check_legality(actor=actor, item_ids=item_ids_of(placement))
            messages.success(request, _("债权说明已保存，已按新的说明审查。"))
            return redirect("placement", site_slug, placement.id)
        problem = done
    context = {
        "placement": placement,
        "debtor": debtor,
        "questions": [_question(one.code, answers) for one in QUESTIONS],
        "problem": problem,
    }
    return render(request, "intake/declaration.html", context, status=422 if problem else 200)


def _shown(request: HttpRequest, found: LegalityCheck, problem: Problem | None = None) -> HttpResponse:
    standing = selectors.standing_of(found)
    words, tone = STANDING_TAGS[standing.value]
    newest = selectors.newest_checks([found.item_id]).get(found.item_id)
    decision = getattr(found, "decision", None)
    names = people.display_names({found.by, decision.by} if decision else {found.by})
    context = {
        "check": found,
        "standing": words,
        "tone": tone,
        "reasons": [_reason(one) for one in found.reasons],
        "facts": [_fact(code, value) for code, value in found.facts.items()],
        "decision": decision,
        "decider": names.get(decision.by, "") if decision else "",
        "checker": names.get(found.by, _("系统")),
        "is_newest": newest is None or newest.id == found.id,
        "newest": newest,
        "problem": problem,
        "may_decide": standing.value == "waits" and not request.allow("intake.decide"),  # type: ignore[attr-defined]
        "may_declare": not request.allow("placements.manage"),  # type: ignore[attr-defined]
    }
    return render(request, "intake/check.html", context, status=422 if problem else 200)


def _reason(told: dict[str, Any]) -> dict[str, Any]:
    words, tone = STANDING_TAGS["refused" if told["colour"] == "red" else "waits"]
    return {
        "words": words,
        "tone": tone,
        "text": told["text"][lang()],
        "article": told["article"][lang()],
        "missing": [fact_name(code, lang()) for code in told["missing"]],
        "rule": told["rule"],
    }


def _fact(code: str, value: Any) -> tuple[str, str]:
    if isinstance(value, bool):
        return fact_name(code, lang()), str(_("是") if value else _("否"))
    pair = BY_CODE[code].choices.get(str(value)) if code in BY_CODE else None
    return fact_name(code, lang()), pair[0 if lang() == "zh" else 1] if pair else str(value)


def _question(code: str, answers: dict[str, str]) -> dict[str, Any]:
    one = BY_CODE[code]
    return {
        "code": code,
        "text": one.text(lang()),
        "choices": [(key, pair[0 if lang() == "zh" else 1]) for key, pair in one.choices.items()],
        "answer": answers.get(code, ""),
        "is_loan": bool(one.only_for),
        "is_day": not one.choices and not one.is_rate,
    }


def _debtor(request: HttpRequest) -> Any:
    try:
        debtor_id = UUID(request.GET.get("debtor", ""))
    except ValueError:
        return None
    found = party_by_id(request.actor, debtor_id)  # type: ignore[attr-defined]
    return None if is_problem(found) else found
