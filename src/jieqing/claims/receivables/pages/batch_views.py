"""One import: what it did, who confirmed it, its evidence, its file, and the way back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jieqing.claims.receivables import access
from jieqing.claims.receivables.engine.ledger_types import Layout
from jieqing.claims.receivables.models import BatchState, ImportBatch, StagedState
from jieqing.claims.receivables.pages import import_files
from jieqing.claims.receivables.pages.import_forms import ReasonForm
from jieqing.claims.receivables.pages.import_sheet import column_letter, steps_of
from jieqing.claims.receivables.pages.import_words import STATES, field_title
from jieqing.claims.receivables.selectors import batch_history
from jieqing.claims.receivables.services import undoing
from jieqing.estate.accounts import selectors as accounts
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.templatetags.kit import lang


@requires("ledger.read")
@require_GET
def batch(request: HttpRequest, site_slug: str, batch_id: UUID) -> HttpResponse:
    """A draft leads its maker back into the wizard; everybody else reads what stands."""
    found = access.batch_by_id(request.actor, batch_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    if found.state == BatchState.DRAFT and may(request, "ledger.import"):
        return redirect("import-columns", site_slug, found.id)
    steps = batch_history.steps_of_batch(found)
    names = accounts.display_names({found.created_by, *(step.actor_id for step in steps)})
    staged = batch_history.staged_counts([found.id]).get(found.id, {})
    row = listed(found, staged, names)
    context = {
        "batch": found,
        "row": row,
        "digest": bytes(found.file_digest).hex(),
        "is_done": "done" in request.GET,
        "wizard": steps_of("done"),
        "undo_reason": found.counts.get("undo_reason"),
        "totals": [{**one, "text": one[lang()]} for one in row["counts"].get("totals", [])],
        "notices": [one["text"][lang()] for one in found.counts.get("notices", ())],
        "history": [(step, names.get(step.actor_id, "–")) for step in steps],
        "mapping": _mapping_words(found),
        "staged": staged,
        "may_undo": may(request, "ledger.undo"),
        "may_import": may(request, "ledger.import"),
    }
    return render(request, "receivables/batch.html", context)


@requires("ledger.undo")
@require_http_methods(["GET", "POST"])
def batch_undo(request: HttpRequest, site_slug: str, batch_id: UUID) -> HttpResponse:
    """Says first what an undo takes back, or why it cannot; then asks for the reason."""
    actor = request.actor  # type: ignore[attr-defined]
    found = access.batch_by_id(actor, batch_id)
    if is_problem(found):
        return problem_response(request, found, 404)
    if found.state == BatchState.UNDONE:
        return redirect("batch", site_slug, found.id)
    form = ReasonForm(request.POST or None)
    refusal = undoing.undo_refusal(actor=actor, batch=found)
    if request.method == "POST" and form.is_valid() and refusal is None:
        result = undoing.undo_batch(actor=actor, batch=found, reason=form.cleaned_data["reason"])
        if not is_problem(result):
            told = {"number": found.number, "withdrawn": result.withdrawn, "restored": result.restored}
            messages.success(
                request, _("第 %(number)d 批已撤销：撤回 %(withdrawn)d 笔，恢复原状 %(restored)d 笔。") % told
            )
            return redirect("batch", site_slug, found.id)
        refusal = result
    staged = batch_history.staged_counts([found.id]).get(found.id, {})
    context = {
        "batch": found,
        "form": form,
        "refusal": refusal,
        "items": batch_history.items_standing(found),
        "waiting": _waiting(staged),
    }
    return render(
        request, "receivables/batch_undo.html", context, status=422 if form.errors or refusal else 200
    )


@requires("ledger.read")
@require_GET
def batch_file(request: HttpRequest, site_slug: str, batch_id: UUID) -> HttpResponse | FileResponse:
    found = access.batch_by_id(request.actor, batch_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    return import_files.original_response(found)


def may(request: HttpRequest, permission: str) -> bool:
    return request.allow(permission) is None  # type: ignore[attr-defined]


def listed(batch: ImportBatch, staged: dict[str, int], names: dict[UUID, str]) -> dict[str, Any]:
    counts = {} if batch.state in (BatchState.DRAFT, BatchState.DROPPED) else batch.counts
    label, tone = STATES[batch.state]
    told = {name: counts.get(name) for name in ("accepted", "updated", "duplicates", "staged")}
    return {
        "batch": batch,
        "who": names.get(batch.created_by, "–"),
        "rows": sum(count or 0 for count in told.values()) if counts else None,
        **told,
        "counts": counts,
        "open_minor": sorted((counts.get("open_fen") or {}).items()),
        "waiting": _waiting(staged),
        "later_accepted": staged.get(StagedState.ACCEPTED, 0),
        "state": label,
        "tone": tone,
        "entry": counts.get("entry"),
    }


def _waiting(staged: dict[str, int]) -> int:
    return staged.get(StagedState.OPEN, 0) + staged.get(StagedState.FIXED, 0)


def _mapping_words(batch: ImportBatch) -> list[tuple[str, str, str]]:
    """The layout as it was used: column letter, header, our field."""
    if not batch.mapping:
        return []
    return [
        (
            column_letter(column.index),
            column.header,
            field_title(column.field) if column.field else _("原样保留"),
        )
        for column in Layout.from_dict(batch.mapping).columns
    ]
