"""The specialist's worklist: what to do next, most valuable first; filtered, grouped, picked, exported, by keyboard.

The page reads one page of cases and counts nothing: the line of counts is another request, so that a list of a million cases
stands as fast as one of fifty. Every link keeps the list's address, so that a case leads back to the same place.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from jieqing.estate.accounts.selectors import display_names
from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import requires
from jieqing.plumbing.listing import Asked, Search, asked_of, cells, list_file, open_sheet
from jieqing.plumbing.listing.saved import views_of
from jieqing.plumbing.listing.sheet import PASSING, Sheet
from jieqing.plumbing.spreadsheets import Cell
from jieqing.plumbing.templatetags.kit import lang, thousands
from jieqing.recovery.cases import access, selectors
from jieqing.recovery.cases.engine import codes
from jieqing.recovery.cases.models import Case
from jieqing.recovery.cases.pages.deeds import DEEDS
from jieqing.recovery.cases.pages.worklist_columns import CASES, CaseView, case_label
from jieqing.recovery.cases.pages.worklist_forms import CaseFilterForm, chips_of, wanted_of
from jieqing.recovery.cases.selectors import CaseFilter, Worker
from jieqing.recovery.cases.selectors.neighbours import Place, page_with
from jieqing.recovery.cases.selectors.worklist import QUEUE, WAITING

GROUP_ROWS = 12
EXPORT_ROWS_MAX = 20_000
ROW_DEEDS = ("note", "promise", "dispute", "hold", "next", "snooze", "assign")


@requires("cases.read")
@require_safe
def cases(request: HttpRequest, site_slug: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    wanted = wanted_of(request.GET.dict())
    if request.GET.get("part") == "counts":
        return _counts(request, site_slug, wanted)
    sheet = open_sheet(request, CASES)
    people, stages, today = selectors.workers(), selectors.stage_names(lang()), selectors.working_day()
    form = CaseFilterForm(request.GET.dict(), stages, people)
    at: UUID | None = None
    if request.GET.get("group") == "stage":
        sheet.rows = _by_stage(actor, wanted, stages, sheet.asked, today)
        sheet.group_label = lambda case: stages.get(case.stage, case.stage)
    else:
        at = _found_again(request, wanted, sheet, today)
    sheet.view = view_of(request, sheet.rows, stages, people, today, after=sheet.asked.after)
    sheet.row_label = case_label
    if any(case.state == codes.CaseState.OPEN for case in sheet.rows):
        ids = ",".join(str(case.id) for case in sheet.rows)
        sheet.beside_href = f"{reverse('cases-contact-verdicts', args=[site_slug])}?cases={ids}"
    sheet.caption = _("工作清单")
    sheet.unit = _("单位：元；其他币种另标")
    sheet.search = Search(_("债务人、拼音或案号"), wanted.search)
    sheet.fields = list(form)
    sheet.defaults = {"state": QUEUE}
    sheet.chips = chips_of(wanted, form)
    sheet.files = [
        ("CSV", reverse("cases-export", args=[site_slug])),
        ("Excel", reverse("cases-workbook", args=[site_slug])),
    ]
    may_work = request.allow("cases.work") is None  # type: ignore[attr-defined]
    context = {
        "is_filtered": bool(sheet.chips),
        "replay_on": today if today != clock.today() else None,
        "counts_href": sheet.address(part="counts"),
        # Where one comes back to: the row, and the address of the page it stands on.
        "place": {"at": at, "address": sheet.canonical} if at else None,
        "may_work": may_work,
        "may_assign": request.allow("cases.assign") is None,  # type: ignore[attr-defined]
        "deeds": _row_deeds(request) if may_work else [],
    }
    return sheet.respond(request, "cases/worklist.html", context)


def _found_again(request: HttpRequest, wanted: CaseFilter, sheet: Sheet, today: date) -> UUID | None:
    """Fill the sheet with the page asked for, or with the one that holds the case one comes back from; the row to stand on."""
    actor = request.actor  # type: ignore[attr-defined]
    place = Place(_page(actor, wanted, sheet.asked, today=today), sheet.asked.after, None)
    came_from = _case_asked(request)
    if came_from:
        key, turned = sheet.asked.key, sheet.asked.is_reversed
        place = page_with(actor, wanted, came_from, place, sort=key, is_reversed=turned, today=today)
        sheet.asked = replace(sheet.asked, after=place.after)
    sheet.rows, sheet.next_cursor = place.page.rows, place.page.next_cursor
    return place.at


def _case_asked(request: HttpRequest) -> Case | None:
    """The case of ``?at=``; an id that is none, or another's, is as if nothing was asked."""
    try:
        found = access.case_by_id(request.actor, UUID(request.GET.get("at", "")))  # type: ignore[attr-defined]
    except ValueError:
        return None
    return None if is_problem(found) else found


def _page(actor: Any, wanted: CaseFilter, asked: Asked, **more: Any) -> Any:
    return selectors.cases_page(
        actor, wanted, sort=asked.key, is_reversed=asked.is_reversed, after=asked.after, **more
    )


def _by_stage(
    actor: Any, wanted: CaseFilter, stages: dict[str, str], asked: Asked, today: date
) -> Sequence[Case]:
    """The first cases of each stage: a walk along an index for each, never a sort of all."""
    wanted_stages = [wanted.stage] if wanted.stage else list(stages)
    return [
        case
        for stage in wanted_stages
        for case in selectors.cases_page(
            actor,
            replace(wanted, stage=stage),
            sort=asked.key,
            is_reversed=asked.is_reversed,
            limit=GROUP_ROWS,
            today=today,
        ).rows
    ]


def view_of(
    request: HttpRequest,
    rows: Sequence[Case],
    stages: dict[str, str],
    people: list[Worker],
    today: date,
    *,
    after: str | None = None,
) -> CaseView:
    """Names in one look-up; who is no worker any more is asked for apart. ``after``: where the page begins."""
    slug = request.site.slug  # type: ignore[attr-defined]
    owners = {one.user_id: one.name for one in people}
    gone = {case.owner_id for case in rows if case.owner_id and case.owner_id not in owners}
    asked = request.GET.copy()
    for name in PASSING:
        asked.pop(name, None)
    if after:
        asked["after"] = after
    query = asked.urlencode(safe=",")
    return CaseView(
        case=cells.addresses("case", slug, query=f"?list={quote(query)}" if query else ""),
        owners=owners | (display_names(gone) if gone else {}),
        stages=stages,
        now=selectors.moment_of(today),
        today=today,
    )


def _row_deeds(request: HttpRequest) -> list[dict[str, Any]]:
    found = [{"path": "contact", "title": _("联系对方"), "key": "c"}]
    for deed in DEEDS:
        if deed.path in ROW_DEEDS and not request.allow(deed.permission):  # type: ignore[attr-defined]
            found.append({"path": deed.path, "title": deed.title, "key": deed.key})
    return found


def _counts(request: HttpRequest, site_slug: str, wanted: CaseFilter) -> HttpResponse:
    """The line above the list: what there is to do, each number leading to its cases."""
    counts, base = selectors.queue_counts(request.actor), reverse("cases", args=[site_slug])  # type: ignore[attr-defined]
    rows = [
        {"label": _("待办"), "number": counts.queue, "href": base},
        {"label": _("今天该办"), "number": counts.due_today, "href": f"{base}?due=today"},
        {"label": _("等待"), "number": counts.held + counts.snoozed, "href": f"{base}?state={WAITING}"},
        {"label": _("时限临近"), "number": counts.clock_near, "href": f"{base}?state=open&clock=near", "tone": "warn"},
        {"label": _("时限已过"), "number": counts.clock_late, "href": f"{base}?state=open&clock=late", "tone": "bad"},
        {"label": _("承诺到期"), "number": counts.promises_due, "href": f"{base}?state=open&promise=late"},
        {"label": _("无人负责"), "number": counts.unassigned, "href": f"{base}?state=open&owner=none"},
    ]  # fmt: skip
    total = selectors.cases_count(request.actor, wanted)  # type: ignore[attr-defined]
    said = ngettext("工作清单 · %(count)s 件", "工作清单 · %(count)s 件", total) % {"count": thousands(total)}
    return render(
        request, "cases/counts.html", {"counts": rows, "said": said, "dom_id": "list-cases-worklist"}
    )


@requires("cases.read")
@require_safe
def cases_export(request: HttpRequest, site_slug: str, kind: str = "csv") -> HttpResponse:
    """The same rows as a file, its filters printed above them."""
    asked = asked_of(request, CASES, views_of(request.actor, CASES.name).columns)  # type: ignore[attr-defined]
    return case_file(request, kind, asked, wanted_of(request.GET.dict()))


def case_file(
    request: HttpRequest, kind: str, asked: Asked, wanted: CaseFilter, rows: Sequence[Case] | None = None
) -> HttpResponse:
    people, stages = selectors.workers(), selectors.stage_names(lang())
    if rows is None:
        rows = _page(request.actor, wanted, asked, limit=EXPORT_ROWS_MAX).rows  # type: ignore[attr-defined]
    form = CaseFilterForm(request.GET.dict(), stages, people)
    about: list[tuple[Cell, ...]] = [
        (_("工作清单"), str(request.site.name)),
        (_("日期"), selectors.working_day().isoformat()),
        *((chip.text,) for chip in chips_of(wanted, form)),
        (_("件数"), len(rows)),
    ]
    if len(rows) == EXPORT_ROWS_MAX:
        about.append((_("注意"), _("文件只含前 %(count)d 件。") % {"count": EXPORT_ROWS_MAX}))
    slug = request.site.slug  # type: ignore[attr-defined]
    return list_file(
        CASES,
        kind=kind,
        name=f"cases-{slug}-{selectors.working_day().isoformat()}",
        shown=asked.columns,
        rows=rows,
        view=view_of(request, rows, stages, people, selectors.working_day()),
        about=about,
    )
