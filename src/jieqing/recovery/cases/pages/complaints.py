"""The list of complaints: what must be answered by when, and what was answered. A complaint holds its case."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jieqing.plumbing.http import requires
from jieqing.recovery.cases.models import Case, Complaint
from jieqing.recovery.cases.pages.case_rows import complaint_row
from jieqing.recovery.cases.selectors.days import working_day
from jieqing.recovery.cases.sight import visible

PAGE_ROWS = 50


@requires("cases.read")
@require_safe
def complaints(request: HttpRequest, site_slug: str) -> HttpResponse:
    """Open ones by what ends first; ``?state=all`` shows answered ones too, newest first."""
    actor = request.actor  # type: ignore[attr-defined]
    may_answer = request.allow("complaints.answer") is None  # type: ignore[attr-defined]
    rows = Complaint.objects.filter(site_id=actor.own_site).select_related("case")
    if not may_answer:
        rows = rows.filter(case__in=visible(actor, Case.objects.all()))
    is_all = request.GET.get("state") == "all"
    rows = rows.order_by("-filed_at") if is_all else rows.filter(answered_at=None).order_by("due_on", "id")
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    today = working_day()
    context = {
        "page": page,
        "rows": [_row(row, site_slug, today, may_answer) for row in page],
        "is_all": is_all,
    }
    return render(request, "cases/complaints.html", context)


def _row(row: Complaint, site_slug: str, today: Any, may_answer: bool) -> dict[str, Any]:
    answer = reverse("case-complaint-answer", args=[site_slug, row.case_id]) + f"?which={row.id}"
    return {
        **complaint_row(row, today),
        "case": row.case,
        "case_href": reverse("case", args=[site_slug, row.case_id]),
        "answer_href": answer if may_answer and row.answered_at is None else "",
    }
