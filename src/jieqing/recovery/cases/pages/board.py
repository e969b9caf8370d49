"""The kanban of stages: the most valuable cases of each, moved by drag, by arrow keys or by a menu.

A move asks the same service as the form does: no stage is skipped, and a refusal leaves the card where it was with the
reason above it. A lane shows its first cases and says how many there are.
"""

from typing import Any

from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from jieqing.kernel.money import format_amount
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.boards import Board, Card, Lane, board_response
from jieqing.plumbing.http import requires
from jieqing.plumbing.listing import cells
from jieqing.plumbing.templatetags.kit import lang, overdue_text, thousands
from jieqing.recovery.cases import access, problems, selectors, services
from jieqing.recovery.cases.models import Case
from jieqing.recovery.cases.pages.case_rows import which_id
from jieqing.recovery.cases.pages.worklist_columns import overdue_days
from jieqing.recovery.cases.selectors.days import working_day
from jieqing.recovery.cases.sight import visible

LANE_CARDS = 30


@requires("cases.read")
@require_http_methods(["GET", "HEAD", "POST"])
def board(request: HttpRequest, site_slug: str) -> HttpResponse:
    if request.method != "POST":
        return render(request, "cases/board.html", {"board": _board(request)})
    moved = _move(request)
    if is_problem(moved):
        return board_response(request, _board(request), refused=moved)
    return board_response(request, _board(request), moved=moved)


def _move(request: HttpRequest) -> str | Problem:
    actor = request.actor  # type: ignore[attr-defined]
    denied: Problem | None = request.allow("cases.work")  # type: ignore[attr-defined]
    case_id = which_id(request.POST.get("card", ""))
    if denied or case_id is None:
        return denied or problems.UNKNOWN
    found = access.case_by_id(actor, case_id)
    if is_problem(found):
        return found
    done = services.move_stage(
        actor=actor, case=found, stage=request.POST.get("lane", ""), reason=_("在看板上移动")
    )
    if is_problem(done):
        return done
    stage = selectors.stage_names(lang()).get(request.POST.get("lane", ""), "")
    return _("%(number)s %(name)s 已移到“%(stage)s”。") % {
        "number": found.number,
        "name": found.debtor_name,
        "stage": stage,
    }


def _board(request: HttpRequest) -> Board:
    actor, slug = request.actor, request.site.slug  # type: ignore[attr-defined]
    rows = visible(actor, Case.objects.filter(state="open"))
    sums: dict[str, list[tuple[str, int]]] = {}
    counts: dict[str, int] = {}
    for one in rows.values("stage", "currency").annotate(n=Count("id"), minor=Sum("overdue_minor")):
        counts[one["stage"]] = counts.get(one["stage"], 0) + one["n"]
        sums.setdefault(one["stage"], []).append((one["currency"], one["minor"]))
    may = request.allow("cases.work") is None  # type: ignore[attr-defined]
    address, today = cells.addresses("case", slug), working_day()
    lanes = []
    for code, label in selectors.stage_names(lang()).items():
        found = rows.filter(stage=code).order_by("-priority", "-id")[:LANE_CARDS]
        cards = [_card(case, address, today, may) for case in found]
        lanes.append(Lane(code, label, cards, _sum_text(counts.get(code, 0), len(cards), sums.get(code, []))))
    return Board("cases", _("案件阶段"), lanes, reverse("cases-board", args=[slug]))


def _card(case: Case, address: Any, today: Any, may: bool) -> Card:
    return Card(
        id=str(case.id),
        title=case.debtor_name,
        href=address(case.id),
        amount=format_amount(case.overdue_minor, case.currency, lang()),
        hint=overdue_text(overdue_days(case, today)),
        tone="warn" if case.hold_kinds else "",
        can_move=may,
    )


def _sum_text(count: int, shown: int, sums: list[tuple[str, int]]) -> str:
    words = " ".join(format_amount(minor, currency, lang()) for currency, minor in sorted(sums))
    if count > shown:
        head = ngettext("共 %(count)s 件，显示前 %(shown)d 件", "共 %(count)s 件，显示前 %(shown)d 件", count)
        return head % {"count": thousands(count), "shown": shown} + f" · {words}"
    return words
