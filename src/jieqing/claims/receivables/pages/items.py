"""The list of items: filter, sort, page on, export. What is on the screen is what the file says."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jieqing.claims.parties import selectors as parties
from jieqing.claims.receivables import selectors
from jieqing.claims.receivables.pages.item_forms import ItemFilterForm
from jieqing.claims.receivables.pages.words import KIND_WORDS, STATE_WORDS
from jieqing.claims.receivables.selectors import ItemFilter, Reading
from jieqing.kernel.money import to_major
from jieqing.plumbing.http import requires
from jieqing.plumbing.spreadsheets import Cell, csv_file
from jieqing.plumbing.templatetags.kit import lang

# The kit writes "-key" for largest first; these selectors' own order is largest first already.
_LARGEST_FIRST = frozenset({"age", "amount", "face"})
DEFAULT_SORT = "-age"
HIDDEN_FIELDS = ("debtor", "batch", "due_from", "due_until", "credits", "no_date")
HEAD = [
    gettext_lazy("单据号"),
    gettext_lazy("债务人"),
    gettext_lazy("客户编码"),
    gettext_lazy("类型"),
    gettext_lazy("开票日期"),
    gettext_lazy("到期日"),
    gettext_lazy("逾期天数"),
    gettext_lazy("原始金额"),
    gettext_lazy("未清金额"),
    gettext_lazy("币种"),
]


@requires("ledger.read")
def items(request: HttpRequest, site_slug: str) -> HttpResponse:
    reading = selectors.reading_of(request.GET)
    form = ItemFilterForm(request.GET.dict(), reading)
    wanted = form.wanted()
    key, is_reversed = order_of(request.GET.get("sort", ""))
    page = selectors.items_page(
        wanted,
        as_of=reading.as_of,
        sort=key,
        is_reversed=is_reversed,
        after=request.GET.get("after"),
        known_at=reading.known_at,
    )
    sort = request.GET.get("sort", "")
    context = {
        "reading": reading,
        "can_import": not request.allow("ledger.import"),  # type: ignore[attr-defined]
        "form": form,
        "page": page,
        "chips": chips_of(form, reading, sort),
        "total_minor": page.totals_minor.get(reading.currency, 0),
        "face_minor": page.faces_minor.get(reading.currency, 0),
        "hidden": [(name, value) for name, value in form.told().items() if name in HIDDEN_FIELDS],
        "has_next": page.next_cursor is not None,
        "is_later_page": bool(request.GET.get("after")),
        "first_query": reading.query(**form.told(), sort=sort),
        "next_query": reading.query(**form.told(), sort=sort, after=page.next_cursor),
        "is_filtered": bool(form.told()),
    }
    return render(request, "receivables/items.html", context)


@requires("ledger.read")
def items_export(request: HttpRequest, site_slug: str) -> HttpResponse:
    """The same rows as a CSV file, its filters printed above them."""
    reading = selectors.reading_of(request.GET)
    form = ItemFilterForm(request.GET.dict(), reading)
    key, is_reversed = order_of(request.GET.get("sort", ""))
    found = selectors.items_export(
        form.wanted(), as_of=reading.as_of, sort=key, is_reversed=is_reversed, known_at=reading.known_at
    )
    total = to_major(found.totals_minor.get(reading.currency, 0), reading.currency)
    about: list[tuple[Cell, ...]] = [
        (_("应收明细"), str(request.site.name)),
        *words_of(form, reading),
        (_("笔数"), found.total_items),
        (_("未清金额合计"), total, reading.currency),
    ]
    if found.total_items > len(found.rows):
        about.append((_("注意"), _("文件只含前 %(count)d 笔；合计为全部。") % {"count": len(found.rows)}))
    rows = [_cells(row) for row in found.rows]
    name = f"items-{site_slug}-{reading.as_of.isoformat()}.csv"
    return csv_file(name, about=about, head=[str(word) for word in HEAD], rows=rows)


def order_of(sort: str) -> tuple[str, bool]:
    """From the address's ``sort`` to a selector's key and whether to turn it round."""
    sort = sort or DEFAULT_SORT
    key = sort.removeprefix("-")
    return key, sort.startswith("-") is not (key in _LARGEST_FIRST)


def words_of(form: ItemFilterForm, reading: Reading) -> list[tuple[str, str]]:
    """The filter in words, for the head of a file or a print."""
    wanted = form.wanted()
    words = [
        (_("截止日"), reading.as_of.isoformat()),
        (_("币种"), reading.currency),
        (_("状态"), str(STATE_WORDS[wanted.state])),
    ]
    if reading.known:
        words.append((_("台账版本"), str(reading.known)))
    if wanted.bucket is not None:
        words.append((_("账龄区间"), reading.buckets[wanted.bucket].label(lang(), reading.basis)))
    if wanted.kind:
        words.append((_("类型"), str(KIND_WORDS[wanted.kind])))
    if wanted.search:
        words.append((_("搜索"), wanted.search))
    return words + [(label, value) for label, value, _name in _hidden(wanted)]


def chips_of(form: ItemFilterForm, reading: Reading, sort: str) -> list[dict[str, str]]:
    """What narrows the list without a field of its own, each with the link that lifts it."""
    told = form.told()
    return [
        {
            "text": _("%(label)s：%(value)s") % {"label": label, "value": value} if value else label,
            "href": reading.query(**{k: v for k, v in told.items() if k not in names}, sort=sort) or "?",
        }
        for label, value, names in _hidden(form.wanted())
    ]


def _hidden(wanted: ItemFilter) -> list[tuple[str, str, tuple[str, ...]]]:
    found: list[tuple[str, str, tuple[str, ...]]] = []
    if wanted.debtor_id:
        name = parties.party_names([wanted.debtor_id]).get(wanted.debtor_id, "–")
        found.append((_("债务人"), name, ("debtor",)))
    if wanted.due_from or wanted.due_until:
        days = [day.isoformat() if day else "…" for day in (wanted.due_from, wanted.due_until)]
        found.append((_("到期日"), " – ".join(days), ("due_from", "due_until")))
    if wanted.credits:
        found.append((_("只看贷项和未核销回款"), "", ("credits",)))
    if wanted.no_date:
        found.append((_("缺少账龄基准日期"), "", ("no_date",)))
    if wanted.batch_id:
        found.append((_("导入批次"), str(wanted.batch_id)[-8:], ("batch",)))
    return found


def _cells(row: selectors.ItemRow) -> list[Cell]:
    return [
        row.document_number,
        row.debtor_name,
        row.debtor_code,
        str(KIND_WORDS[row.kind]),
        row.invoice_on,
        row.due_on,
        max(0, row.age_days) if row.open_minor else 0,
        to_major(row.amount_minor, row.currency),
        to_major(row.open_minor, row.currency),
        row.currency,
    ]
