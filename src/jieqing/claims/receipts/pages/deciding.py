"""One line and its decision: approve a suggestion, choose, mark, reject, undo; and all certain lines at once, after a look."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jieqing.claims.parties.selectors import party_names
from jieqing.claims.receipts import access, selectors, services
from jieqing.claims.receipts.engine.open_book import Suggestion
from jieqing.claims.receipts.models import BankLine, Match
from jieqing.claims.receipts.pages.words import KIND_WORDS, MATCH_WORDS, flags_of, reasons_of, told_reasons
from jieqing.claims.receipts.services.matching import Choice
from jieqing.claims.receivables.selectors import replay_with_later_money
from jieqing.claims.receivables.selectors.finding import document_numbers
from jieqing.estate.accounts import selectors as people
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires


@requires("ledger.read")
@require_GET
def bank_line(request: HttpRequest, site_slug: str, line_id: UUID) -> HttpResponse:
    line = access.line_by_id(request.actor, line_id)  # type: ignore[attr-defined]
    if is_problem(line):
        return problem_response(request, line, 404)
    return _shown(request, line)


@requires("ledger.import")
@require_POST
def bank_decide(request: HttpRequest, site_slug: str, line_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    line = access.line_by_id(actor, line_id)
    if is_problem(line):
        return problem_response(request, line, 404)
    action, key = request.POST.get("action", ""), request.POST.get("suggestion", "")
    reason = request.POST.get("reason", "")
    if action == "approve":
        done: Any = services.approve(actor=actor, line=line, suggestion=key)
    elif action == "unapplied":
        done = services.approve(actor=actor, line=line, choice=Choice(debtor_id=_debtor(request)))
    elif action == "reject":
        done = services.reject(actor=actor, line=line, suggestion=key, reason=reason)
    else:
        done = services.mark(actor=actor, line=line, kind=action, reason=reason)
    if is_problem(done):
        return _shown(request, line, done)
    messages.success(request, _("已处理，可以随时撤销。"))
    return redirect("bank-line", site_slug, line.id)


@requires("ledger.undo")
@require_POST
def bank_undo(request: HttpRequest, site_slug: str, match_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    match = access.match_by_id(actor, match_id)
    if is_problem(match):
        return problem_response(request, match, 404)
    done = services.unmatch(actor=actor, match=match, reason=request.POST.get("reason", ""))
    if is_problem(done):
        line = access.line_by_id(actor, match.line_id)
        return problem_response(request, line, 404) if is_problem(line) else _shown(request, line, done)
    messages.success(request, _("已撤销，这笔流水恢复为待处理。"))
    return redirect("bank-line", site_slug, match.line_id)


@requires("ledger.import")
@require_http_methods(["GET", "POST"])
def bank_certain(request: HttpRequest, site_slug: str) -> HttpResponse:
    """What "approve all certain" would post, line by line; confirmed, it posts those that are still so."""
    waiting = selectors.undecided_lines()
    if request.method == "POST":
        asked = set(request.POST.getlist("line"))
        lines = [line for line in waiting if str(line.id) in asked]
        done = services.approve_certain(actor=request.actor, lines=lines)  # type: ignore[attr-defined]
        count = len(done.matched)
        words = ngettext(
            "已核销 %(count)d 笔，每笔都可以撤销。", "已核销 %(count)d 笔，每笔都可以撤销。", count
        )
        messages.success(request, words % {"count": count})
        return redirect("bank-lines", site_slug)
    found = selectors.suggestions_for(waiting)
    rows = [
        (line, found[line.id][0]) for line in waiting if found.get(line.id) and found[line.id][0].is_certain
    ]
    context = {"rows": _told([one for _line, one in rows], {line.id: line for line, _one in rows})}
    return render(request, "receipts/certain.html", context)


def _shown(request: HttpRequest, line: BankLine, problem: Problem | None = None) -> HttpResponse:
    history = list(Match.objects.filter(line=line).select_related("debtor", "rule").order_by("at"))
    live = next((one for one in history if one.ended_at is None), None)
    offered = () if live else selectors.suggestions_for([line]).get(line.id, ())
    names = people.display_names(
        {one.by for one in history} | {one.ended_by for one in history if one.ended_by}
    )
    [row] = selectors.with_matches([line])
    before, after = selectors.next_lines(line)
    context = {
        "before": before,
        "after": after,
        "line": line,
        "replay_on": replay_with_later_money(),
        "kind": KIND_WORDS[line.kind],
        "live": live,
        "parts": row.parts,
        "offered": _told(offered, {line.id: line}),
        "history": [
            (one, MATCH_WORDS[one.kind][0], names.get(one.by, "–"), told_reasons(one.reasons, line.currency))
            for one in reversed(history)
        ],
        "problem": problem,
        "may": not request.allow("ledger.import"),  # type: ignore[attr-defined]
        "may_undo": not request.allow("ledger.undo"),  # type: ignore[attr-defined]
    }
    return render(request, "receipts/line.html", context, status=422 if problem else 200)


def _told(offered: Any, lines: dict[UUID, BankLine]) -> list[dict[str, Any]]:
    """Suggestions in words: names and numbers come in two look-ups for all."""
    some: list[Suggestion] = list(offered)
    names = party_names({one.debtor_id for one in some}) if some else {}
    numbers = document_numbers({part.item_id for one in some for part in one.parts}) if some else {}
    return [
        {
            "one": one,
            "line": lines[one.line_id],
            "key": selectors.suggestion_key(one),
            "debtor": names.get(one.debtor_id, "–"),
            "parts": [(part, numbers.get(part.item_id, "–")) for part in one.parts],
            "reasons": reasons_of(one),
            "flags": flags_of(one, lines[one.line_id].currency),
        }
        for one in some
    ]


def _debtor(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("debtor", ""))
    except ValueError:
        return None
