"""The fixed worklist: the same template and columns with fifty rows that are already there, no session, no SQL."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from jieqing.plumbing.listing import Search, asked_of, cells
from jieqing.plumbing.listing.saved import Views
from jieqing.plumbing.listing.sheet import Sheet
from jieqing.recovery.cases.models import Case
from jieqing.recovery.cases.pages.worklist_columns import CASES, CaseView, case_label
from jieqing.recovery.cases.pages.worklist_forms import CaseFilterForm
from jieqing.recovery.cases.selectors import Worker

NOW, TODAY = datetime(2026, 11, 22, tzinfo=UTC), date(2026, 11, 22)
STAGES = {
    "remind": "友好提醒",
    "demand": "正式催告",
    "negotiate": "协商方案",
    "letter": "律师函",
    "legal": "法律程序",
}
PEOPLE = [Worker(UUID(int=1_000 + at), f"测试{at}", at % 2 == 1) for at in range(20)]
ROWS = tuple(
    Case(
        id=UUID(int=at + 1),
        number=at + 1,
        debtor_name=f"无锡市第{at}机械有限公司",
        currency="CNY",
        state="open",
        stage="negotiate",
        priority=4_000_000 - at,
        overdue_minor=12_000_000,
        open_minor=12_000_000,
        reasons=["high_value", "old"],
        hold_kinds=[],
        oldest_due_on=TODAY - timedelta(days=200),
        promise_on=TODAY if at % 9 == 0 else None,
        promise_minor=600_000 if at % 9 == 0 else None,
        next_action="follow_up",
        next_action_on=TODAY,
        owner_id=PEOPLE[at % 20].user_id,
    )
    for at in range(50)
)


def limit(request: HttpRequest, site: Any, nobody: Any) -> HttpResponse:
    request.site, request.allow = site, lambda _permission: None  # type: ignore[attr-defined]
    sheet = Sheet(request, CASES, asked_of(request, CASES), Views())
    form = CaseFilterForm({}, STAGES, PEOPLE)
    form.is_valid()
    owners = {one.user_id: one.name for one in PEOPLE}
    sheet.view = CaseView(cells.addresses("case", site.slug), owners, STAGES, NOW, TODAY)
    sheet.rows, sheet.row_label, sheet.next_cursor = ROWS, case_label, "more"
    sheet.caption, sheet.unit = _("工作清单"), _("单位：元；其他币种另标")
    sheet.search, sheet.fields = Search(_("债务人、拼音或案号")), list(form)
    sheet.files = [("CSV", "cases.csv"), ("Excel", "cases.xlsx")]
    deeds = [{"path": name, "title": name, "key": name[0]} for name in ("note", "promise", "dispute", "hold")]
    context = {
        "counts_href": "?part=counts",
        "may_work": True,
        "may_assign": True,
        "deeds": deeds,
        "user": nobody,
    }
    return sheet.respond(request, "cases/worklist.html", context)
