"""Sample lists, boards, months and timelines of the living page; the same made-up supplier as in `sample`."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jieqing.kernel.money import format_amount
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.boards import Board, Card, Lane
from jieqing.plumbing.calendars import CalendarEvent, CalendarMonth, month_of
from jieqing.plumbing.design import sample
from jieqing.plumbing.listing import BulkAction, Chip, Column, Listing, Search, asked_of, cells
from jieqing.plumbing.listing.saved import Views
from jieqing.plumbing.listing.sheet import Sheet
from jieqing.plumbing.notifications import Notification
from jieqing.plumbing.palette import Group, Hit
from jieqing.plumbing.templatetags.kit import SHANGHAI, lang
from jieqing.plumbing.timelines import Moment, Timeline, timeline_of

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 10, 31, 7, tzinfo=SHANGHAI)
# Three site colours and what a theme's sheet sets; estate.sites derives these from one colour and checks their contrast.
THEMES = {
    "green": ("#00685a", "#007561", "#005c4c", "#e3f4f0", "#5fd3bb", "#00806a", "#129a82", "#12332c"),
    "red": ("#b3261e", "#b3261e", "#931d17", "#fdeceb", "#ff9a92", "#b3261e", "#c93a31", "#3f1d1b"),
    "violet": ("#6a3fd0", "#6a3fd0", "#5731b3", "#f0eafc", "#b79dff", "#7a52dd", "#8c67e6", "#2a2145"),
}

DEBTORS = Listing(
    name="design.debtors",
    permission="design",
    default_sort="-open",
    columns=(
        Column("name", gettext_lazy("债务人"), lambda row, _v: cells.link("#debtor", row.name), sorts=True),
        Column(
            "open",
            gettext_lazy("未收金额"),
            lambda row, _v: cells.amount(row.open_minor, "CNY"),
            sorts=True,
            first="down",
            css="num",
            total=lambda total, _v: cells.amount(total, "CNY"),
        ),
        Column(
            "overdue",
            gettext_lazy("最长逾期"),
            lambda row, _v: cells.overdue(row.overdue_days),
            sorts=True,
            first="down",
        ),
        Column("grade", gettext_lazy("评级"), lambda row, _v: cells.tag(row.grade, row.tone)),
        Column("next", gettext_lazy("下一步"), lambda row, _v: cells.text(str(row.next_step))),
        Column("due", gettext_lazy("日期"), lambda row, _v: cells.day(row.due_on), css="nowrap"),
        Column(
            "seal",
            gettext_lazy("存证"),
            lambda row, _v: cells.seal("#seal" if row.entry else "", row.name),
            is_named=False,
        ),
    ),
    actions=(BulkAction("try", gettext_lazy("导出所选 CSV"), "list-views", "design", "export"),),
)


def sheet(request: HttpRequest, fields: Any) -> Sheet:
    """The list with a search, a filter, chips, picks and totals; sorting really sorts."""
    request.allow = lambda _permission: None  # type: ignore[attr-defined]
    asked = asked_of(request, DEBTORS)
    keys: dict[str, Any] = {
        "name": lambda row: row.name,
        "open": lambda row: row.open_minor,
        "overdue": lambda row: row.overdue_days,
    }
    words = request.GET.get("q", "")
    rows = [row for row in sample.DEBTORS if words in row.name]
    found = Sheet(request, DEBTORS, asked, Views())
    found.rows = sorted(rows, key=keys[asked.key], reverse=asked.is_reversed)
    found.row_id, found.row_label = (lambda row: row.open_minor), (lambda row: row.name)
    found.total, found.totals = 1_234, sum(row.open_minor for row in rows)
    found.next_cursor = "more" if rows else None
    found.caption, found.caption_total = _("前十债务人"), _("合计")
    found.unit = _("单位：元")
    found.search, found.fields = Search(_("名称、拼音或客户编码"), words), fields
    found.chips = [Chip(_("状态：逾期"), ("state",))]
    found.files = [("CSV", "#csv"), ("Excel", "#xlsx")]
    return found


def timeline(asked: str) -> Timeline:
    moments = [
        Moment(
            NOW - timedelta(hours=2),
            "contact",
            _("电话 · 本人接通 3 分 12 秒"),
            _("周敏"),
            _("确认欠款 386,200.00 元，承诺 11 月 25 日付 100,000.00 元。"),
            "phone",
            "good",
        ),
        Moment(NOW - timedelta(hours=3), "verdict", _("可联系 · GB/T 45251 5.3"), "", "", "check", "good"),
        Moment(
            NOW - timedelta(days=1),
            "money",
            _("收到回款 ¥20,000.00"),
            _("银行流水"),
            _("核销 FP-20260817，余 12,480.00 元。"),
            "import",
        ),
        Moment(
            NOW - timedelta(days=2),
            "verdict",
            _("不可联系 · 已提出异议"),
            "",
            _("异议原因：数量不符。答复期限 2026-11-27。"),
            "stop",
            "bad",
        ),
        Moment(
            NOW - timedelta(days=9),
            "document",
            _("律师函已寄出"),
            "Anna Kraftwerk-Ostermann",
            "Delivery confirmed by the carrier; the recipient asked for a copy in English by electronic mail.",
            "file",
        ),
    ]
    kinds = [
        ("contact", _("联系")),
        ("verdict", _("裁决")),
        ("money", _("款项")),
        ("document", _("文书")),
        ("note", _("备注")),
    ]
    return timeline_of("sample", _("案件经过"), moments, kinds, asked)


LANES = ("new", "promised", "plan", "settled")
NOT_YET = Problem(
    code="design.not_settled",
    zh="还有 ¥12,480.00 未清，不能移到“已结清”。",
    en="¥12,480.00 is still open; the card cannot move to Settled.",
    todo_zh="卡片仍在原处。登记回款后，它会自己移过去。",
    todo_en="The card stays where it was. Once the payment is booked it moves by itself.",
)


def board(at: dict[str, str]) -> Board:
    """The board as the last post left it: ``at`` says which lane each card is in."""
    cards = [
        Card("hongda", "无锡宏达机械有限公司", "#hongda", "¥386,200.00", _("逾期 47 天"), "warn"),
        Card("lishi", "江阴市李氏包装材料厂（个体工商户）", "#lishi", "¥12,480.00", _("逾期 12 天")),
        Card(
            "yuanjing",
            "苏州工业园区远景精密五金制品股份有限公司",
            "#y",
            "¥4,120,336.20",
            _("逾期 203 天"),
            "bad",
        ),
        Card(
            "kraftwerk",
            "Kraftwerk Anlagenbau und Maschinenwartung GmbH",
            "#k",
            "¥9,300.00",
            _("只读"),
            can_move=False,
        ),
    ]
    words = {"new": _("首次联系"), "promised": _("已承诺"), "plan": _("分期中"), "settled": _("已结清")}
    home = {"hongda": "promised", "lishi": "new", "yuanjing": "plan", "kraftwerk": "settled"}
    lanes = [
        Lane(key, words[key], [card for card in cards if at.get(card.id, home[card.id]) == key])
        for key in LANES
    ]
    lanes = [replace(lane, sum_text=_("%(count)d 件") % {"count": len(lane.cards)}) for lane in lanes]
    kept = [(f"at-{card}", lane) for card, lane in at.items()]
    return Board("sample", _("案件阶段"), lanes, reverse("design-board"), kept)


def month(asked: str, view: str) -> CalendarMonth:
    events = [
        CalendarEvent(date(2026, 11, 25), _("承诺付款 ¥100,000.00 · 宏达机械"), "#p", _("承诺"), "warn"),
        CalendarEvent(date(2026, 11, 25), _("分期第 2 期 · 李氏包装"), "#p", _("分期")),
        CalendarEvent(date(2026, 11, 25), _("电话回访"), "#p", _("联系")),
        CalendarEvent(date(2026, 11, 25), _("答复异议"), "#p", _("期限"), "bad"),
        CalendarEvent(date(2026, 11, 27), _("开庭 · 江阴市人民法院第三法庭"), "#p", _("开庭"), "bad"),
        CalendarEvent(date(2026, 11, 10), _("已付 ¥20,000.00"), "#p", _("回款"), "good"),
    ]
    return month_of("sample", events, asked=asked, view=view, today=TODAY)


def hits(words: str) -> list[Group]:
    found = [
        Hit(row.name, "#hit", format_amount(row.open_minor, "CNY", lang()), "people")
        for row in sample.DEBTORS
    ]
    debtors = [hit for hit in found if words in hit.label]
    pages = [
        Hit(label, "#hit", key, icon)
        for label, key, icon in (
            (_("应收明细"), "g i", "list"),
            (_("账龄"), "g a", "chart"),
            (_("导入账本"), "i", "import"),
        )
        if words in label
    ]
    groups = [Group(_("债务人"), debtors), Group(_("页面和操作"), pages)]
    return [group for group in groups if group.hits]


def notifications() -> list[Notification]:
    return [
        Notification(
            _("第 7 批导入待确认：应收明细 2026-11.xlsx"),
            "#n",
            NOW - timedelta(minutes=20),
            _("1,204 行，1 行有问题"),
            "warn",
            "import",
        ),
        Notification(_("12 行待处理"), "#n", NOW - timedelta(hours=5), _("到期日无法识别"), "", "edit"),
    ]


def theme_sheet(name: str) -> str:
    """What a site's generated sheet looks like: the same few names, light and dark."""
    values = THEMES.get(name)
    if not values:
        return ""
    names = ("--primary", "--primary-fill", "--primary-fill-hover", "--primary-soft")
    light = "".join(f"{key}:{value};" for key, value in zip(names, values[:4], strict=True))
    dark = "".join(f"{key}:{value};" for key, value in zip(names, values[4:], strict=True))
    return (
        f":root{{{light}}}:root[data-theme=dark]{{{dark}}}"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}"
    )
