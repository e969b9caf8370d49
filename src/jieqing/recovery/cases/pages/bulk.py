"""What is done with many cases: picked ones, or all that match the list's filter. First the count, then the deed.

Each takes any number, is one change and is undone as one (``services.undo_bulk``). Snoozing and stages have rules of their
own for each case: the toast says for how many it was refused, and why.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.listing import Picked, asked_of, picked_of
from jieqing.plumbing.listing.saved import views_of
from jieqing.plumbing.templatetags.kit import lang, thousands
from jieqing.plumbing.toasts import toast
from jieqing.recovery.cases import access, selectors, services
from jieqing.recovery.cases.models import BulkChange, Case
from jieqing.recovery.cases.pages.deed_forms import REASON_CHARS_MAX, day_field
from jieqing.recovery.cases.pages.deed_views import workers
from jieqing.recovery.cases.pages.worklist import case_file
from jieqing.recovery.cases.pages.worklist_columns import CASES
from jieqing.recovery.cases.pages.worklist_forms import wanted_of
from jieqing.recovery.cases.selectors import CaseFilter
from jieqing.recovery.cases.selectors.worklist import filtered
from jieqing.recovery.cases.sight import visible


class BulkAssignForm(forms.Form):
    owner = forms.ChoiceField(label=gettext_lazy("负责人"), required=False)
    reason = forms.CharField(label=gettext_lazy("原因"), required=False, max_length=REASON_CHARS_MAX)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["owner"].choices = [("", _("无人负责")), *workers()]  # type: ignore[attr-defined]


class BulkSnoozeForm(forms.Form):
    until = day_field(gettext_lazy("到哪一天再出现"))
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=REASON_CHARS_MAX)


class BulkStageForm(forms.Form):
    stage = forms.ChoiceField(label=gettext_lazy("阶段"))
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=REASON_CHARS_MAX)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["stage"].choices = list(selectors.stage_names(lang()).items())  # type: ignore[attr-defined]


@requires("cases.assign")
@require_POST
def bulk_assign(request: HttpRequest, site_slug: str) -> HttpResponse:
    """Give out whatever was picked; the toast takes it back."""
    picked, form = picked_of(request), BulkAssignForm(request.POST if "confirmed" in request.POST else None)
    problem: Problem | None = None
    if picked.is_confirmed and form.is_valid():
        done = services.assign(
            actor=request.actor,  # type: ignore[attr-defined]
            target=_target(picked),
            owner_id=UUID(form.cleaned_data["owner"]) if form.cleaned_data["owner"] else None,
            reason=form.cleaned_data["reason"],
        )
        if not is_problem(done):
            words = ngettext("已分配 %(count)s 件。", "已分配 %(count)s 件。", done.count)
            undo = reverse("cases-bulk-undo", args=[site_slug, done.id])
            toast(request, words % {"count": thousands(done.count)}, undo=undo)
            return _back(request, site_slug, picked)
        problem = done
    return _preview(request, picked, form, _("分配"), problem)


@requires("cases.work")
@require_POST
def bulk_snooze(request: HttpRequest, site_slug: str) -> HttpResponse:
    """Put off whatever was picked; the toast takes it back."""
    form = BulkSnoozeForm(request.POST if "confirmed" in request.POST else None)
    return _work(request, site_slug, form, _("稍后处理"), services.snooze_many)


@requires("cases.work")
@require_POST
def bulk_stage(request: HttpRequest, site_slug: str) -> HttpResponse:
    """Move whatever was picked to a stage, where the ladder lets it; the toast takes it back."""
    form = BulkStageForm(request.POST if "confirmed" in request.POST else None)
    return _work(request, site_slug, form, _("改阶段"), services.move_many)


@requires("cases.read")
@require_POST
def bulk_export(request: HttpRequest, site_slug: str) -> HttpResponse:
    """A file of what was picked, once its count was seen."""
    picked = picked_of(request)
    if not picked.is_confirmed:
        return _preview(request, picked, None, _("导出"), None)
    request.GET = picked.asked  # type: ignore[assignment]  # the form carries the list's own address
    asked = asked_of(request, CASES, views_of(request.actor, CASES.name).columns)  # type: ignore[attr-defined]
    rows = None if picked.is_all else list(_rows(request, picked).order_by("-priority", "-id"))
    return case_file(request, "xlsx", asked, wanted_of(picked.asked.dict()), rows)


@requires("cases.work")
@require_POST
def bulk_undo(request: HttpRequest, site_slug: str, change_id: UUID) -> HttpResponse:
    change = access.change_by_id(request.actor, change_id)  # type: ignore[attr-defined]
    if is_problem(change):
        return problem_response(request, change, 404)
    done = services.undo_bulk(actor=request.actor, change=change)  # type: ignore[attr-defined]
    if is_problem(done):
        return problem_response(request, done, 409)
    count = done.undone_count or 0
    words = ngettext("已撤销，%(count)s 件恢复原状。", "已撤销，%(count)s 件恢复原状。", count)
    toast(request, words % {"count": thousands(count)})
    return redirect("cases", site_slug)


def _work(
    request: HttpRequest,
    site_slug: str,
    form: forms.Form,
    title: str,
    work: Callable[..., BulkChange | Problem],
) -> HttpResponse:
    """One change of all picked cases; those it is refused for stay as they are, and the toast says why."""
    picked = picked_of(request)
    if not (picked.is_confirmed and form.is_valid()):
        return _preview(request, picked, form, title, None)
    done = work(actor=request.actor, target=_target(picked), **form.cleaned_data)  # type: ignore[attr-defined]
    if is_problem(done):
        return _preview(request, picked, form, title, done)
    said = [ngettext("已办理 %(count)d 件。", "已办理 %(count)d 件。", done.count) % {"count": done.count}]
    said += [
        _("%(count)d 件未办理：%(why)s") % {"count": one["count"], "why": one[lang()]}
        for one in done.told["refused"][:3]
    ]
    toast(request, " ".join(said), undo=reverse("cases-bulk-undo", args=[site_slug, done.id]))
    return _back(request, site_slug, picked)


def _target(picked: Picked) -> CaseFilter | tuple[UUID, ...]:
    return wanted_of(picked.asked.dict()) if picked.ids is None else picked.ids


def _rows(request: HttpRequest, picked: Picked) -> Any:
    actor = request.actor  # type: ignore[attr-defined]
    if picked.ids is None:
        return filtered(actor, wanted_of(picked.asked.dict()))
    return visible(actor, Case.objects.filter(id__in=picked.ids))


def _preview(
    request: HttpRequest,
    picked: Picked,
    form: forms.Form | None,
    title: str,
    problem: Problem | None,
) -> HttpResponse:
    rows = _rows(request, picked)
    count = 0 if picked.is_empty else rows.count()
    context = {
        "picked": picked,
        "form": form,
        "title": title,
        "count": count,
        "sample": list(rows.order_by("-priority", "-id")[:5]) if count else [],
        "problem": problem,
    }
    status = 422 if picked.is_confirmed else 200
    return render(request, "cases/bulk.html", context, status=status)


def _back(request: HttpRequest, site_slug: str, picked: Picked) -> HttpResponse:
    query = picked.asked.urlencode(safe=",")
    address = reverse("cases", args=[site_slug]) + (f"?{query}" if query else "")
    if getattr(request, "htmx", None):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)
