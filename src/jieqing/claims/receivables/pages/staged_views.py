"""Staged rows: what could not become an item, by kind of problem, correctable in place.

Saving keeps every changed cell, then runs the batch's corrected rows into the ledger in one go. What is still wrong stays,
with its sentence; what is given up needs a reason and stays readable.
"""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from jieqing.claims.receivables import access
from jieqing.claims.receivables.engine.ledger_types import Layout
from jieqing.claims.receivables.models import ImportBatch, StagedRow
from jieqing.claims.receivables.pages.batch_views import may
from jieqing.claims.receivables.pages.import_forms import ReasonForm
from jieqing.claims.receivables.pages.import_tables import edit_row, posted_inputs
from jieqing.claims.receivables.pages.import_words import is_confirmable, kind_title
from jieqing.claims.receivables.selectors import batch_history
from jieqing.claims.receivables.services import staged_kinds, staged_rows
from jieqing.claims.receivables.services.checking import fixed_cells
from jieqing.estate.accounts import selectors as accounts
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.templatetags.kit import lang

ROWS_A_PAGE = 50


@requires("ledger.read")
@require_http_methods(["GET", "POST"])
def staged(request: HttpRequest, site_slug: str, batch_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    batch = access.batch_by_id(actor, batch_id)
    if is_problem(batch):
        return problem_response(request, batch, 404)
    may_import = may(request, "ledger.import")
    form = ReasonForm()
    if request.method == "POST":
        denied = request.allow("ledger.import")  # type: ignore[attr-defined]
        if denied:
            return problem_response(request, denied, 403)
        if request.POST.get("action") == "discard":
            form = ReasonForm(request.POST)
            if form.is_valid():
                return _discard(request, site_slug, batch, form.cleaned_data["reason"])
        else:
            return _fix_and_rerun(request, site_slug, batch)
    return render(
        request,
        "receivables/staged.html",
        _context(request, batch, form, may_import),
        status=422 if form.errors else 200,
    )


def _context(request: HttpRequest, batch: ImportBatch, form: ReasonForm, may_import: bool) -> dict[str, Any]:
    asked = request.GET
    code, field = asked.get("code"), asked.get("field")
    after = int(asked["after"]) if asked.get("after", "").isdigit() else 0
    kinds = batch_history.staged_kinds(batch.id)
    found = batch_history.staged_of_kind(
        batch.id, code=code, field=field, after_line=after, limit=ROWS_A_PAGE
    )
    shown = found[:ROWS_A_PAGE]
    layout = Layout.from_dict(batch.mapping)
    all_cells = "all" in asked
    settled = batch_history.settled_rows(batch.id)
    names = accounts.display_names({row.resolved_by for row in settled if row.resolved_by})
    return {
        "batch": batch,
        "form": form,
        "may_import": may_import,
        "kinds": [
            (kind, kind_title(kind.code, kind.field) if kind.code else _("已改好，待入账")) for kind in kinds
        ],
        "waiting": sum(kind.rows for kind in kinds),
        "code": code,
        "is_confirmable": is_confirmable(code or ""),
        "field": field or "",
        "edits": [
            edit_row(row.id.hex, row.line, row.cells, row.problems, layout, all_cells=all_cells)
            for row in shown
        ],
        "all_cells": all_cells,
        "next_after": shown[-1].line if len(found) > ROWS_A_PAGE else None,
        "settled": [(row, names.get(row.resolved_by, "–") if row.resolved_by else "–") for row in settled],
    }


def _fix_and_rerun(request: HttpRequest, site_slug: str, batch: ImportBatch) -> HttpResponse:
    """Keep the changed cells, then bring what reads well into the ledger."""
    actor = request.actor  # type: ignore[attr-defined]
    changed = _changed(request.POST, batch)
    for row, cells in changed:
        staged_rows.fix_staged_row(actor=actor, row=row, cells=cells)
    accepted = request.POST.get("accept", "")[:64]
    result = (
        staged_kinds.accept_kind(actor=actor, batch=batch, code=accepted)
        if accepted
        else staged_rows.rerun_staged(actor=actor, batch=batch)
    )
    if is_problem(result):
        messages.error(request, f"{result.text(lang())}{result.todo(lang())}")
        return _back(request, site_slug, batch)
    entered = result.accepted + result.updated + result.duplicates
    if entered:
        messages.success(
            request, ngettext("%(rows)d 行已入账。", "%(rows)d 行已入账。", entered) % {"rows": entered}
        )
    if result.staged:
        messages.warning(
            request,
            ngettext(
                "还有 %(rows)d 行待处理，已改的内容都保留着。",
                "还有 %(rows)d 行待处理，已改的内容都保留着。",
                result.staged,
            )
            % {"rows": result.staged},
        )
    return _back(request, site_slug, batch)


def _changed(posted: QueryDict, batch: ImportBatch) -> list[tuple[StagedRow, list[str]]]:
    """The rows whose posted cells differ from what is kept; rows of another batch are not found."""
    told: dict[UUID, dict[int, str]] = {}
    for key, index, text in posted_inputs(posted):
        if len(key) == 32 and all(letter in "0123456789abcdef" for letter in key):
            told.setdefault(UUID(key), {})[index] = text
    rows = batch_history.waiting_by_ids(batch.id, list(told)[: ROWS_A_PAGE * 2])
    made = [(row, fixed_cells(row.cells, told[row.id])) for row in rows]
    return [(row, cells) for row, cells in made if cells != [cell.strip() for cell in row.cells]]


def _discard(request: HttpRequest, site_slug: str, batch: ImportBatch, reason: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    if request.POST.get("which") == "kind":
        code, field = request.POST.get("code"), request.POST.get("field")
        done = staged_kinds.discard_staged_rows(
            actor=actor, batch=batch, reason=reason, code=code, field=field
        )
    else:
        ids = [UUID(one) for one in request.POST.getlist("row") if len(one) == 32 and one.isalnum()]
        done = staged_kinds.discard_staged_rows(actor=actor, batch=batch, reason=reason, ids=ids)
    if is_problem(done):
        messages.error(request, f"{done.text(lang())}{done.todo(lang())}")
    elif done:
        told = ngettext(
            "已放弃 %(rows)d 行；原因已存证，行的内容仍可查看。",
            "已放弃 %(rows)d 行；原因已存证，行的内容仍可查看。",
            done,
        )
        messages.success(request, told % {"rows": done})
    else:
        messages.warning(request, _("没有选中任何行。"))
    return _back(request, site_slug, batch)


def _back(request: HttpRequest, site_slug: str, batch: ImportBatch) -> HttpResponse:
    """The same kind again, from its first row; or all kinds when that kind is done with."""
    kept = {name: request.GET[name] for name in ("code", "field", "all") if name in request.GET}
    if "code" in kept and not batch_history.staged_of_kind(
        batch.id, code=kept["code"], field=kept.get("field"), limit=1
    ):
        kept = {}
    address = reverse("staged", args=[site_slug, batch.id])
    return HttpResponseRedirect(f"{address}?{urlencode(kept)}" if kept else address)
