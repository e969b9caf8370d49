"""One script: its text as each channel shows it, every version with what changed, every decision with its signature."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jieqing.estate.accounts import selectors as people
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.toasts import toast
from jieqing.recovery.scripts import access, selectors, services
from jieqing.recovery.scripts.engine.previews import preview
from jieqing.recovery.scripts.engine.variables import VARIABLES
from jieqing.recovery.scripts.engine.words import (
    ADDRESSEES,
    CHANNELS,
    DISCLOSURES,
    EMOTIONS,
    PURPOSES,
    STAGES,
    Addressee,
    Channel,
    Disclosure,
    Emotion,
    Purpose,
    Stage,
)
from jieqing.recovery.scripts.models import Script
from jieqing.recovery.scripts.pages.library import LANGS, complaint_rate
from jieqing.recovery.scripts.pages.words import said, scan_view, state_tag
from jieqing.recovery.scripts.selectors import VersionView


@requires("scripts.read")
@require_GET
def script(request: HttpRequest, site_slug: str, script_id: UUID) -> HttpResponse:
    found = access.script_by_id(request.actor, script_id)  # type: ignore[attr-defined]
    return problem_response(request, found, 404) if is_problem(found) else _shown(request, found)


@requires("scripts.write")
@require_POST
def submit(request: HttpRequest, site_slug: str, script_id: UUID) -> HttpResponse:
    def act(found: Script) -> Any:
        version = selectors.script_page(found).newest.version
        return services.submit_version(actor=request.actor, version=version)  # type: ignore[attr-defined]

    return _act(request, site_slug, script_id, act, _("已提交，等待审查员备案。"))


@requires("scripts.review")
@require_POST
def decide(request: HttpRequest, site_slug: str, script_id: UUID) -> HttpResponse:
    """File or return the newest version."""

    def act(found: Script) -> Any:
        version = selectors.script_page(found).newest.version
        if request.POST.get("decision") == "file":
            reference = request.POST.get("reference", "")
            return services.file_version(actor=request.actor, version=version, reference=reference)  # type: ignore[attr-defined]
        reason = request.POST.get("reason", "")
        return services.return_version(actor=request.actor, version=version, reason=reason)  # type: ignore[attr-defined]

    return _act(request, site_slug, script_id, act, _("决定已签名并存证。"))


def withdraw(request: HttpRequest, site_slug: str, script_id: UUID) -> HttpResponse:
    def act(found: Script) -> Any:
        reason = request.POST.get("reason", "")
        return services.withdraw_script(actor=request.actor, script=found, reason=reason)  # type: ignore[attr-defined]

    return _act(request, site_slug, script_id, act, _("已停用，从现在起不能再使用。"))


withdraw_by_site = requires("scripts.write")(require_POST(withdraw))
withdraw_by_reviewer = requires("scripts.review")(require_POST(withdraw))


def _act(request: HttpRequest, site_slug: str, script_id: UUID, act: Any, done_words: str) -> HttpResponse:
    found = access.script_by_id(request.actor, script_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    done = act(found)
    if is_problem(done):
        return _shown(request, found, done)
    toast(request, done_words)
    return redirect("script", site_slug, script_id)


def _shown(request: HttpRequest, found: Script, problem: Problem | None = None) -> HttpResponse:
    page = selectors.script_page(found)
    newest = page.newest
    judged = newest.version.judged
    who = {one.version.by for one in page.versions}
    who |= {view.row.by for one in page.versions for view in one.filings}
    names = people.display_names(who)
    words, tone = state_tag(found.state)
    context = {
        "script": found,
        "state": words,
        "tone": tone,
        "page": page,
        "newest": newest,
        "previews": [
            (said(CHANNELS[Channel(one)]), preview(newest.version.body, Channel(one), found.lang, found.title))
            for one in found.channels
        ],
        "labels": [
            (_("用途"), said(PURPOSES[Purpose(found.purpose)])),
            (_("阶段"), said(STAGES[Stage(found.stage)])),
            (_("说话对象"), said(ADDRESSEES[Addressee(found.addressee)])),
            (_("情绪"), said(EMOTIONS[Emotion(found.emotion)])),
            (_("语言"), LANGS[found.lang]),
        ],
        "variables": [(name, said((VARIABLES[name].zh, VARIABLES[name].en))) for name in judged["variables"] if name in VARIABLES],
        "disclosures": [said(DISCLOSURES[Disclosure(one)]) for one in judged["disclosures"]],
        "articles": judged["articles"],
        "digest": bytes(newest.version.digest).hex(),
        "rate": complaint_rate(page.uses, page.complaints),
        "versions": [_version(one, names) for one in page.versions],
        "scan": scan_view(services.scan_text(newest.version.body)),
        "problem": problem,
        "may_write": not request.allow("scripts.write"),  # type: ignore[attr-defined]
        "may_review": not request.allow("scripts.review"),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "scripts/script.html", context, status=422 if problem else 200)


def _version(one: VersionView, names: dict[UUID, str]) -> dict[str, Any]:
    words, tone = state_tag(one.state)
    return {
        "view": one,
        "words": words,
        "tone": tone,
        "author": names.get(one.version.by, _("系统")),
        "rate": complaint_rate(one.uses, one.complaints),
        "filings": [
            (view, state_tag(view.row.state), names.get(view.row.by, _("审查员"))) for view in one.filings
        ],
    }
