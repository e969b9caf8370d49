"""The import wizard: file, columns, check, confirm. Every step is an address of its own, so the back button and a second
tab show what is true, and a reload repeats nothing: each POST keeps something and answers with a redirect.

Nothing is lost on the way: a file that can be read is kept before anything is asked about it, and answers and corrected
cells stand with the draft. A batch confirmed in another tab answers with its result.
"""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jieqing.claims.receivables import access
from jieqing.claims.receivables.models import BatchState, ImportBatch
from jieqing.claims.receivables.pages import import_files, import_templates
from jieqing.claims.receivables.pages.import_forms import AnswersForm, FileForm
from jieqing.claims.receivables.pages.import_sheet import sheet_of, steps_of
from jieqing.claims.receivables.pages.import_tables import (
    check_groups,
    money_lines,
    posted_cells,
    skipped_kinds,
)
from jieqing.claims.receivables.pages.import_words import CURRENCY_SOURCES, kind_title
from jieqing.claims.receivables.selectors.drafts import Said, read_draft, seen_digest, with_said
from jieqing.claims.receivables.services import batches, drafts, jobs
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.templatetags.kit import lang
from jieqing.plumbing.uploads import source_of


@requires("ledger.import")
@require_http_methods(["GET", "POST"])
def import_new(request: HttpRequest, site_slug: str) -> HttpResponse:
    """Step 1. A file that cannot be read is answered with its sentence; the pasted text stays in its field."""
    form = FileForm(request.POST or None, request.FILES or None)
    problem = None
    if request.method == "POST" and form.is_valid():
        opened = _open(request, form.cleaned_data)
        if not is_problem(opened):
            return redirect("import-columns", site_slug, opened.id)
        problem = opened
    context = {
        "steps": steps_of("file"),
        "form": form,
        "problem": problem,
        "max_mb": import_files.UPLOAD_MB_MAX,
    }
    return render(
        request, "receivables/import_file.html", context, status=422 if problem or form.errors else 200
    )


@requires("ledger.import")
@require_http_methods(["GET", "POST"])
def import_columns(request: HttpRequest, site_slug: str, batch_id: UUID) -> HttpResponse:
    """Step 2. The file as read beside our fields; ``next`` goes on to the check, anything else looks again."""
    batch = _draft_or_answer(request, site_slug, batch_id)
    if isinstance(batch, HttpResponse):
        return batch
    draft = read_draft(batch)
    if is_problem(draft):
        return _restart(request, batch, draft)
    form = AnswersForm(draft, request.POST or None)
    problem = None
    if request.method == "POST" and form.is_valid():
        kept = drafts.answer_draft(actor=request.actor, batch=batch, said=form.said())  # type: ignore[attr-defined]
        if not is_problem(kept):
            wants_next = request.POST.get("action") == "next" and not form.has_new_table
            if wants_next and kept.proposal.ready:
                return _check(request, site_slug, kept.batch)
            return redirect("import-columns", site_slug, batch.id)
        problem = kept
    context = {
        "batch": batch,
        "steps": steps_of("columns", batch=batch, site_slug=site_slug),
        "draft": draft,
        "form": form,
        "accepted": [kind_title(code) for code in sorted(draft.layout.accepts)],
        "source_words": CURRENCY_SOURCES.get(draft.proposal.currency_source, ""),
        "problem": problem or jobs.failure(batch),
        "sheet": sheet_of(draft),
    }
    return render(request, "receivables/import_columns.html", context, status=422 if form.errors else 200)


@requires("ledger.import")
@require_http_methods(["GET", "POST"])
def import_check(request: HttpRequest, site_slug: str, batch_id: UUID) -> HttpResponse:
    """Step 3. What would happen, and the rows that need a hand. A POST keeps corrected cells or an accepted kind."""
    batch = _draft_or_answer(request, site_slug, batch_id)
    if isinstance(batch, HttpResponse):
        return batch
    if request.method == "POST":
        problem = _keep_corrections(request, batch)
        if problem:
            messages.error(request, f"{problem.text(lang())}{problem.todo(lang())}")
            return redirect("import-check", site_slug, batch.id)
        batch.refresh_from_db()
        return _check(request, site_slug, batch)
    if jobs.is_running(batch):
        return redirect("import-progress", site_slug, batch.id)
    found = drafts.checked(batch)
    if found is None:
        return redirect("import-columns", site_slug, batch.id)
    context = {
        "batch": batch,
        "steps": steps_of("check", batch=batch, site_slug=site_slug),
        "found": {**found, "notices": [notice["text"][lang()] for notice in found["notices"]]},
        "entering": found["accepted"] + found["updated"] + found["fixed"],
        "money": money_lines(found),
        "left_out": skipped_kinds(found),
        "groups": check_groups(batch, found),
        "seen": seen_digest(batch),
        "problem": jobs.failure(batch),
    }
    return render(request, "receivables/import_check.html", context)


@requires("ledger.import")
@require_POST
def import_commit(request: HttpRequest, site_slug: str, batch_id: UUID) -> HttpResponse:
    """Step 4. Once, however often it is clicked; and only what the page showed."""
    batch = _draft_or_answer(request, site_slug, batch_id)
    if isinstance(batch, HttpResponse):
        return batch
    actor, seen = request.actor, request.POST.get("seen", "")  # type: ignore[attr-defined]
    if jobs.is_large(batch):
        jobs.start(actor=actor, batch=batch, work=jobs.COMMIT, seen=seen)
        return redirect("import-progress", site_slug, batch.id)
    result = drafts.commit_draft(actor=actor, batch=batch, seen=seen)
    if is_problem(result):
        messages.error(request, f"{result.text(lang())}{result.todo(lang())}")
        return redirect("import-check", site_slug, batch.id)
    return HttpResponseRedirect(done_address(site_slug, batch.id))


@requires("ledger.import")
@require_POST
def import_drop(request: HttpRequest, site_slug: str, batch_id: UUID) -> HttpResponse:
    """The wrong file: leave the wizard without a trace in the ledger."""
    batch = _draft_or_answer(request, site_slug, batch_id)
    if isinstance(batch, HttpResponse):
        return batch
    dropped = drafts.drop_draft(actor=request.actor, batch=batch)  # type: ignore[attr-defined]
    if not is_problem(dropped):
        messages.success(request, _("第 %(number)d 批已放弃，账本没有变化。") % {"number": batch.number})
    return redirect("batches", site_slug)


@requires("ledger.import")
@require_GET
def import_template_csv(request: HttpRequest, site_slug: str) -> HttpResponse:
    return import_templates.template_csv()


@requires("ledger.import")
@require_GET
def import_template_xlsx(request: HttpRequest, site_slug: str) -> HttpResponse:
    return import_templates.template_xlsx()


def done_address(site_slug: str, batch_id: UUID) -> str:
    return reverse("batch", args=[site_slug, batch_id]) + "?done=1"


def _open(request: HttpRequest, told: dict[str, Any]) -> ImportBatch | Problem:
    actor = request.actor  # type: ignore[attr-defined]
    upload = told.get("file")
    if upload is None:
        name: str = _("粘贴的表格") + ".tsv"
        source: Path | bytes = str(told["pasted"]).encode()
    else:
        name, source = upload.name, source_of(upload)
    opened = batches.open_batch(actor=actor, name=name, source=source)
    return opened if is_problem(opened) else opened.batch


def _draft_or_answer(request: HttpRequest, site_slug: str, batch_id: UUID) -> ImportBatch | HttpResponse:
    """The draft; or where to go instead: 404 for a foreign batch, its result for one that is confirmed already."""
    batch = access.batch_by_id(request.actor, batch_id)  # type: ignore[attr-defined]
    if is_problem(batch):
        return problem_response(request, batch, 404)
    if batch.state != BatchState.DRAFT:
        return HttpResponseRedirect(done_address(site_slug, batch.id))
    return batch


def _check(request: HttpRequest, site_slug: str, batch: ImportBatch) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    if jobs.is_large(batch):
        jobs.start(actor=actor, batch=batch, work=jobs.CHECK)
        return redirect("import-progress", site_slug, batch.id)
    found = drafts.check_draft(actor=actor, batch=batch)
    if is_problem(found):
        messages.error(request, f"{found.text(lang())}{found.todo(lang())}")
        return redirect("import-columns", site_slug, batch.id)
    return redirect("import-check", site_slug, batch.id)


def _keep_corrections(request: HttpRequest, batch: ImportBatch) -> Problem | None:
    actor = request.actor  # type: ignore[attr-defined]
    accepted = request.POST.get("accept", "")
    cells = posted_cells(request.POST, batch)
    kept: Any = drafts.fix_draft(actor=actor, batch=batch, cells=cells) if cells else None
    if is_problem(kept):
        return kept
    said = Said.of(batch)
    if accepted:
        kept = drafts.answer_draft(
            actor=actor, batch=batch, said=with_said(said, accepts=tuple({*said.accepts, accepted[:64]}))
        )
    elif request.POST.get("multi_line") in ("sum", "stage"):
        said = with_said(said, multi_line=request.POST["multi_line"])
        kept = drafts.answer_draft(actor=actor, batch=batch, said=said)
    return kept if is_problem(kept) else None


def _restart(request: HttpRequest, batch: ImportBatch, problem: Problem) -> HttpResponse:
    """An answer (a sheet, a header row) under which nothing can be read: say so, and offer to take it back."""
    if request.method == "POST" and request.POST.get("action") == "forget":
        drafts.answer_draft(actor=request.actor, batch=batch, said=Said())  # type: ignore[attr-defined]
        return redirect(request.path)
    context = {"batch": batch, "steps": steps_of("columns"), "problem": problem}
    return render(request, "receivables/import_unreadable.html", context, status=422)
