"""自动核销: what the rule does, who switched it when, what it would match now; and the switch, with a reason."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jieqing.claims.receipts import access, selectors, services
from jieqing.estate.accounts import selectors as people
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.storage import stored_path


@requires("ledger.decide")
@require_http_methods(["GET", "POST"])
def bank_rule(request: HttpRequest, site_slug: str) -> HttpResponse:
    problem: Problem | None = None
    if request.method == "POST":
        is_on = request.POST.get("switch") == "on"
        done = services.switch_rule(
            actor=request.actor,  # type: ignore[attr-defined]
            is_on=is_on,
            reason=request.POST.get("reason", ""),
        )
        if not is_problem(done):
            messages.success(request, _("自动核销已开启。") if is_on else _("自动核销已关闭。"))
            return redirect("bank-rule", site_slug)
        problem = done
    history = selectors.rule_history()
    names = people.display_names(
        {one.switched_on_by for one in history} | {one.ended_by for one in history if one.ended_by}
    )
    found = selectors.suggestions_for(selectors.undecided_lines())
    context = {
        "rule": selectors.live_rule(),
        "history": [
            (one, names.get(one.switched_on_by, "–"), names.get(one.ended_by, "–") if one.ended_by else "")
            for one in history
        ],
        "certain": sum(1 for some in found.values() if some and some[0].is_certain),
        "problem": problem,
    }
    return render(request, "receipts/rule.html", context, status=422 if problem else 200)


@requires("ledger.read")
@require_GET
def bank_statement_file(
    request: HttpRequest, site_slug: str, bank_statement_id: UUID
) -> HttpResponse | FileResponse:
    """The bank's file byte for byte, refused ones too; always a download."""
    found = access.statement_by_id(request.actor, bank_statement_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    response = FileResponse(
        stored_path(found.site_id, found.file_key).open("rb"),
        as_attachment=True,
        filename=found.file_name or "bank-statement",
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
