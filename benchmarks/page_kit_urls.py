"""Lists with fifty fixed rows, no session, no SQL: ``/bench/limit/`` of items, ``/bench/worklist/`` of cases."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import path

from benchmarks import worklist_page_urls
from jieqing.claims.receivables.engine.accounts import ItemKind
from jieqing.claims.receivables.pages import items
from jieqing.claims.receivables.pages.item_columns import ITEMS, item_label, view_of
from jieqing.claims.receivables.pages.item_forms import ItemFilterForm
from jieqing.claims.receivables.selectors import ItemRow, Reading
from jieqing.claims.receivables.selectors.moments import LedgerFacts
from jieqing.estate.sites.models import Site
from jieqing.plumbing.listing import Search, asked_of
from jieqing.plumbing.listing.saved import Views
from jieqing.plumbing.listing.sheet import Sheet
from jieqing.web import urls

ENTRY = UUID("0192f0c4-0000-7000-8000-000000000001")
DAY = date(2025, 6, 30)
FACTS = LedgerFacts(1, 1_000_000, DAY, DAY, ("CNY", "USD"), ENTRY)
ROWS = tuple(
    ItemRow(
        UUID(int=number), f"INV{number}", ItemKind.INVOICE, UUID(int=number), f"无锡市第{number}机械有限公司",
        f"C{number}", "CNY", 4_821_033, 4_821_033, DAY, DAY, number, number, ENTRY, bytes(32),
    )
    for number in range(50)
)  # fmt: skip
SITE = Site(slug="bench", name="Benchmark 测试站点", state="live")


def limit(request: Any) -> HttpResponse:
    request.site, request.allow = SITE, lambda _permission: None
    reading = Reading(FACTS, DAY, DAY, DAY)
    sheet = Sheet(request, ITEMS, asked_of(request, ITEMS), Views())
    sheet.rows, sheet.view, sheet.row_label = ROWS, view_of(reading, SITE.slug), item_label
    sheet.next_cursor, sheet.caption, sheet.later_href = "more", "应收明细", "?part=totals"
    sheet.unit, sheet.search = "单位：元", Search("单据号、债务人或拼音")
    sheet.fields = ItemFilterForm({}, reading).shown_fields
    sheet.defaults, sheet.files = items.defaults_of(reading), items.files_of(SITE.slug)
    context = {"reading": reading, "can_import": True, "is_filtered": False, "user": Nobody()}
    return sheet.respond(request, "receivables/items.html", context)


class Nobody:
    """A person without a session, so that the frame shows what it shows to one."""

    is_authenticated, display_name, username = True, "测试", "bench"


urlpatterns = [
    path("bench/limit/", limit),
    path("bench/worklist/", lambda request: worklist_page_urls.limit(request, SITE, Nobody())),
    *urls.urlpatterns,
]
