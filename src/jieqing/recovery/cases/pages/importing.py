"""Cases from a file, and field sheets that come back: choose, look at every line, then do it; taken back as one.

The look is the deed itself, done and taken back, so that what stands on the page is what will happen. Between the two steps
the file is set aside under its digest, and removed by night when nobody went on; the form carries a signed note of it.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jieqing.estate.accounts.selectors import display_names
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.spreadsheets import XLSX_TYPE, csv_file, download
from jieqing.plumbing.storage import drop_aside, open_aside, open_stored, set_aside
from jieqing.plumbing.templatetags.kit import lang
from jieqing.plumbing.toasts import toast
from jieqing.plumbing.uploads import read_within
from jieqing.recovery.cases import access, selectors, services
from jieqing.recovery.cases.models import CaseFile
from jieqing.recovery.cases.services.case_files import BYTES_MAX, CASES, FileRead
from jieqing.recovery.cases.services.field_sheets import FIELD
from jieqing.recovery.cases.sight import ASSIGN

SHOWN_MAX, FILES_MAX = 200, 20
_SALT, _KEPT_SECONDS = "recovery.cases.importing", 3_600
KINDS = {CASES: gettext_lazy("案件文件：按单据立案"), FIELD: gettext_lazy("外出记录表：补录外出工作")}
STATE_WORDS = {
    "opens": (gettext_lazy("将立案"), "good"),
    "already": (gettext_lazy("已在办"), ""),
    "entered": (gettext_lazy("将补录"), "good"),
}


class ImportForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("文件种类"), choices=list(KINDS.items()), widget=forms.RadioSelect, initial=CASES
    )
    file = forms.FileField(required=False, allow_empty_file=True)


@requires("cases.work")
@require_http_methods(["GET", "HEAD", "POST"])
def cases_import(request: HttpRequest, site_slug: str) -> HttpResponse:
    """Step one asks for the file, step two shows what it would do, step three does it."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _page(request, form)
    if "draft" in request.POST:
        return _commit(request, site_slug, form)
    if not form.is_valid() or not form.cleaned_data["file"]:
        form.add_error("file", _("请选择文件。"))
        return _page(request, form)
    upload = form.cleaned_data["file"]
    name, data = upload.name or "", read_within(upload, BYTES_MAX)
    kind = form.cleaned_data["kind"]
    read = _read(request, kind, name, data, is_rehearsal=True)
    if is_problem(read):
        return _page(request, form, problem=read)
    key = set_aside(request.actor.own_site, data)  # type: ignore[attr-defined]
    draft = signing.dumps([key, name, kind, str(request.actor.id)], salt=_SALT)  # type: ignore[attr-defined]
    return _page(request, form, read=read, draft=draft, name=name, kind=kind)


@requires("cases.assign")
@require_POST
def file_undo(request: HttpRequest, site_slug: str, file_id: UUID) -> HttpResponse:
    """Take back what a file opened."""
    found = access.file_by_id(request.actor, file_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    done = services.undo_file(actor=request.actor, file=found)  # type: ignore[attr-defined]
    if is_problem(done):
        return problem_response(request, done, 409)
    count = done.undone_count or 0
    words = ngettext(
        "已撤回 %(count)d 件；已有人办理的保留。", "已撤回 %(count)d 件；已有人办理的保留。", count
    )
    toast(request, words % {"count": count})
    return redirect("cases-import", site_slug)


@requires("cases.work")
@require_safe
def field_sheet(request: HttpRequest, site_slug: str) -> HttpResponse:
    """One's own queue to take along."""
    day = selectors.working_day().isoformat()
    sheet = services.field_sheet(actor=request.actor)  # type: ignore[attr-defined]
    return download(f"field-sheet-{site_slug}-{day}.xlsx", sheet, XLSX_TYPE)


@requires("cases.work")
@require_safe
def import_template(request: HttpRequest, site_slug: str) -> HttpResponse:
    """The heads with two examples."""
    head = ("案件", "单据号", "债务人", "承办人", "办理方式", "备注")
    rows = [
        ("A", "INV-001", "", "", "普通", ""),
        ("A", "INV-002", "", "", "7 日快办", "同一“案件”的单据立为一件"),
    ]
    return csv_file("cases-template.csv", about=(), head=head, rows=rows)


def _commit(request: HttpRequest, site_slug: str, form: ImportForm) -> HttpResponse:
    try:
        key, name, kind, by = signing.loads(request.POST["draft"], salt=_SALT, max_age=_KEPT_SECONDS)
    except signing.BadSignature:
        form.add_error("file", _("预览已过期，请重新选择文件。"))
        return _page(request, form)
    if by != str(request.actor.id):  # type: ignore[attr-defined]
        return redirect("cases-import", site_slug)
    site_id = request.actor.own_site  # type: ignore[attr-defined]
    data = open_aside(site_id, key) or _read_in_before(site_id, key)
    if data is None:
        form.add_error("file", _("预览已过期，请重新选择文件。"))
        return _page(request, form)
    done = _read(request, kind, name, data)
    if is_problem(done):
        return _page(request, form, problem=done)
    # What was done has its file in the store, for good.
    transaction.on_commit(lambda: drop_aside(site_id, [key]))
    words = (
        _("补录 %(items)d 行；%(problems)d 行有问题，未补录。")
        if kind == FIELD
        else _("立案 %(opened)d 件，共 %(items)d 张单据；%(problems)d 行有问题，未立案。")
    )
    told = {"opened": done.opened, "items": done.items, "problems": len(done.problems)}
    undo = (
        reverse("cases-file-undo", args=[site_slug, done.file_id]) if _may_undo(request, kind, done) else ""
    )
    toast(request, words % told, undo=undo)
    return redirect("cases-import", site_slug)


def _read_in_before(site_id: UUID, digest: str) -> bytes | None:
    """A second click comes when the first has done the work: it gets the first one's answer, not a lost preview."""
    row = CaseFile.objects.filter(file_digest=bytes.fromhex(digest), undone_at=None).first()
    return open_stored(site_id, row.file_key) if row else None


def _may_undo(request: HttpRequest, kind: str, done: FileRead) -> bool:
    return kind == CASES and not done.is_known and done.opened > 0 and not request.allow(ASSIGN)  # type: ignore[attr-defined]


def _read(
    request: HttpRequest, kind: str, name: str, data: bytes, *, is_rehearsal: bool = False
) -> FileRead | Problem:
    actor = request.actor  # type: ignore[attr-defined]
    if kind == FIELD:
        return services.import_field_sheet(actor=actor, name=name, data=data, is_rehearsal=is_rehearsal)
    refused: Problem | None = request.allow(ASSIGN)  # type: ignore[attr-defined]
    if refused:  # opening for others, with owners named in the file, is a lead's work
        return refused
    verb = services.preview_cases if is_rehearsal else services.import_cases
    return verb(actor=actor, name=name, data=data)


def _page(
    request: HttpRequest,
    form: ImportForm,
    *,
    problem: Problem | None = None,
    read: FileRead | None = None,
    **draft: Any,
) -> HttpResponse:
    at = 1 if read else 0
    labels = (_("选择文件"), _("检查"), _("完成"))
    context = {
        "form": form,
        "problem": problem,
        "read": read,
        "rows": _rows(read) if read else [],
        "problems": read.problems[:SHOWN_MAX] if read else [],
        "hidden": max(len(read.rows) - SHOWN_MAX, 0) if read else 0,
        "does": bool(read and not read.is_known and (read.opened or read.items)),
        "steps": [
            {
                "label": label,
                "state": "done" if place < at else "current" if place == at else "todo",
                "href": "",
            }
            for place, label in enumerate(labels)
        ],
        "files": _files(request),
        "lang": lang(),
        "max_mb": BYTES_MAX >> 20,
        "may_open": not request.allow(ASSIGN),  # type: ignore[attr-defined]
        "kind_words": KINDS.get(draft.get("kind", ""), ""),
        **draft,
    }
    status = 422 if problem or form.errors else 200
    return render(request, "cases/import.html", context, status=status)


def _rows(read: FileRead) -> list[dict[str, Any]]:
    rows = sorted(read.rows, key=lambda row: int(str(row["line"])))[:SHOWN_MAX]
    return [
        {**row, "words": STATE_WORDS[str(row["state"])][0], "tone": STATE_WORDS[str(row["state"])][1]}
        for row in rows
    ]


def _files(request: HttpRequest) -> list[dict[str, Any]]:
    """What was read in before, the newest first; one's own, or all for whoever gives cases out."""
    may_undo = not request.allow(ASSIGN)  # type: ignore[attr-defined]
    rows = CaseFile.objects.order_by("-at", "-id")
    found = list(rows if may_undo else rows.filter(by=request.actor.id))[:FILES_MAX]  # type: ignore[attr-defined]
    names = display_names({row.by for row in found})
    return [
        {
            "row": row,
            "kind": KINDS.get(row.kind, row.kind),
            "who": names.get(row.by, _("系统")),
            "may_undo": may_undo and row.kind == CASES and row.undone_at is None and row.counts.get("opened"),
        }
        for row in found
    ]
