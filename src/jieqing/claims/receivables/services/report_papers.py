"""The ageing report and the desk as files: exactly what the screen shows, its choices printed, its sums tied to the ledger.

Everything comes in already read, by the selectors that the page used, so a file cannot disagree with the page beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from jieqing.claims.receivables.engine.ageing import AgeingReport
from jieqing.claims.receivables.engine.statement_words import BASIS_WORDS, word
from jieqing.claims.receivables.selectors import (
    CurrencyFigures,
    DebtorAgeing,
    DebtorFigures,
    DueSoon,
    Reading,
)
from jieqing.kernel.money import format_amount, round_ratio, to_major
from jieqing.kernel.outcomes import JSON, Problem
from jieqing.plumbing.pdf import Document, Letterhead, render_pdf
from jieqing.plumbing.spreadsheets import Cell
from jieqing.plumbing.workbooks import Sheet, xlsx_bytes

_DOCUMENTS = Path(__file__).parents[1] / "documents"


@dataclass(frozen=True, slots=True)
class AgeingFigures:
    """One reading of the ageing page. ``ledger_minor`` is the ledger's own sum, which the report must equal."""

    reading: Reading
    report: AgeingReport
    debtors: Sequence[DebtorAgeing]
    ledger_minor: int


@dataclass(frozen=True, slots=True)
class DeskFigures:
    reading: Reading
    report: AgeingReport
    now: CurrencyFigures | None
    due: DueSoon | None
    debtors: Sequence[DebtorFigures]
    ledger_minor: int


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a report: who makes it, when, in which language."""

    letterhead: Letterhead
    made_on: date
    lang: str

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en


def ageing_pdf(figures: AgeingFigures, around: Around) -> bytes | Problem:
    report, code = figures.report, figures.report.currency
    values: dict[str, JSON] = {
        "about": about_reading(figures.reading, around),
        "buckets": _buckets(report, around),
        "bucket-rows": [
            [
                bucket.label(around.lang, report.basis),
                _plain(sums.amount_minor, code),
                _plain(sums.credit_minor, code) if sums.credit_items else "–",
                f"{sums.items:,d}",
            ]
            for bucket, sums in zip(report.buckets, report.sums, strict=True)
        ],
        "bucket-total": [
            around.say("合计", "Total"),
            _plain(report.total_minor, code),
            _plain(sum(row.credit_minor for row in report.sums), code),
            f"{report.items:,d}",
        ],
        "tie": _tie(report, figures.ledger_minor, around),
        "debtor-rows": [
            [
                _debtor(one, around),
                f"{one.items:,d}",
                *[_plain(minor, code) if minor else "–" for minor in one.sums_minor],
                _plain(one.total_minor, code),
            ]
            for one in figures.debtors
        ],
        "debtor-total": [
            around.say("合计", "Total"),
            f"{report.items:,d}",
            *[_plain(row.amount_minor, code) for row in report.sums],
            _plain(report.total_minor, code),
        ],
    }
    return _render("ageing.typ", around.say("账龄报告", "Ageing report"), values, around)


def ageing_xlsx(figures: AgeingFigures, around: Around) -> bytes:
    report = figures.report
    labels = [bucket.label(around.lang, report.basis) for bucket in report.buckets]
    open_, items = around.say("未清金额", "Open"), around.say("笔数", "Items")
    total = around.say("合计", "Total")
    by_bucket = Sheet(
        around.say("按账龄区间", "By bucket"),
        [around.say("账龄区间", "Bucket"), open_, around.say("其中贷项", "Of which credits"), items],
        [
            [label, _major(sums.amount_minor, report), _major(sums.credit_minor, report), sums.items]
            for label, sums in zip(labels, report.sums, strict=True)
        ],
        [[around.say("账龄报告", "Ageing report")], *about_reading(figures.reading, around)],
        [
            total,
            _major(report.total_minor, report),
            _major(sum(row.credit_minor for row in report.sums), report),
            report.items,
        ],
    )
    by_debtor = Sheet(
        around.say("按债务人", "By debtor"),
        [around.say("债务人", "Debtor"), items, *labels, total],
        [
            [
                _debtor(one, around),
                one.items,
                *[_major(minor, report) for minor in one.sums_minor],
                _major(one.total_minor, report),
            ]
            for one in figures.debtors
        ],
        (),
        [
            total,
            report.items,
            *[_major(row.amount_minor, report) for row in report.sums],
            _major(report.total_minor, report),
        ],
    )
    return xlsx_bytes([by_bucket, by_debtor])


def desk_pdf(figures: DeskFigures, around: Around) -> bytes | Problem:
    report, now, code = figures.report, figures.now, figures.report.currency
    total = now.outstanding_minor if now else 0
    values: dict[str, JSON] = {
        "about": about_reading(figures.reading, around),
        "unit": around.say("元", "CNY") if code == "CNY" else code,
        "figures": _desk_numbers(figures, around),
        "buckets": _buckets(report, around),
        "tie": _tie(report, figures.ledger_minor, around),
        "debtors": [
            [
                str(place),
                one.name,
                _plain(one.open_minor, code),
                _share(one.open_minor, total),
                _plain(one.overdue_minor, code),
                str(one.overdue_days_max) if one.overdue_days_max else "–",
            ]
            for place, one in enumerate(figures.debtors, start=1)
        ],
    }
    return _render("desk.typ", around.say("应收账款一页报告", "Receivables on one page"), values, around)


def about_reading(reading: Reading, around: Around) -> list[list[str]]:
    """The choices behind a report, one a line: day, basis, edges, currency, revision."""
    known: datetime | None = reading.known_at
    moment = f"（{known.isoformat(timespec='seconds')}）" if known else ""
    return [
        [around.say("出具方", "Site"), around.letterhead.name],
        [around.say("截止日", "As of"), reading.as_of.isoformat()],
        [around.say("账龄基准", "Ageing by"), word(BASIS_WORDS[reading.basis], around.lang)],
        [around.say("分段天数", "Edges, days"), reading.edges_text],
        [around.say("币种", "Currency"), reading.currency],
        [around.say("台账版本", "Ledger revision"), f"{reading.known or reading.facts.revision}{moment}"],
    ]


def _desk_numbers(figures: DeskFigures, around: Around) -> list[JSON]:
    now, due, code = figures.now, figures.due, figures.report.currency
    amount = lambda minor: format_amount(minor, code, around.lang)  # noqa: E731
    if now is None:
        return [{"label": around.say("应收余额", "Outstanding"), "value": amount(0), "why": ""}]
    since = now.previous_on.isoformat()
    return [
        {
            "label": around.say("应收余额", "Outstanding"),
            "value": amount(now.outstanding_minor),
            "why": around.say(f"较 {since} ", f"since {since} ") + _signed(now.movement_minor, code, around),
        },
        {
            "label": around.say("其中逾期", "Overdue"),
            "value": amount(now.overdue_minor),
            "why": around.say("占 ", "") + _share(now.overdue_minor, now.outstanding_minor),
        },
        {
            "label": around.say("本月回款", "Collected this month"),
            "value": amount(now.collected_minor),
            "why": around.say(f"{since} 之后", f"after {since}"),
        },
        {
            "label": around.say("即将到期", "Falls due"),
            "value": amount(due.amount_minor if due else 0),
            "why": around.say(f"至 {due.until.isoformat()}", f"by {due.until.isoformat()}") if due else "",
        },
    ]


def _buckets(report: AgeingReport, around: Around) -> list[JSON]:
    most = max((abs(row.amount_minor) for row in report.sums), default=0) or 1
    return [
        {
            "label": bucket.label(around.lang, report.basis),
            "amount": _plain(sums.amount_minor, report.currency),
            "share": round_ratio(abs(sums.amount_minor) * 1000, most),
            "negative": sums.amount_minor < 0,
        }
        for bucket, sums in zip(report.buckets, report.sums, strict=True)
    ]


def _tie(report: AgeingReport, ledger_minor: int, around: Around) -> str:
    sums = _plain(report.total_minor, report.currency), _plain(ledger_minor, report.currency)
    if report.total_minor == ledger_minor:
        return around.say(
            f"各段合计 {sums[0]}，与台账全部分录之和一致。",
            f"The buckets sum to {sums[0]}, the ledger's own sum.",
        )
    return around.say(
        f"各段合计 {sums[0]}，与台账全部分录之和 {sums[1]} 不一致。",
        f"The buckets sum to {sums[0]}; the ledger says {sums[1]}.",
    )


def _debtor(one: DebtorAgeing, around: Around) -> str:
    if one.debtor_id:
        return one.name
    return around.say(f"其余 {one.debtors:,d} 个债务人", f"{one.debtors:,d} other debtors")


def _signed(minor: int, currency: str, around: Around) -> str:
    return ("+" if minor > 0 else "") + format_amount(minor, currency, around.lang)


def _share(part: int, whole: int) -> str:
    """Per cent with one decimal; a dash where there is nothing to divide by."""
    if whole <= 0:
        return "–"
    tenths = round_ratio(part * 1000, whole)
    return f"{'-' if tenths < 0 else ''}{abs(tenths) // 10}.{abs(tenths) % 10} %"


def _plain(minor: int, currency: str) -> str:
    return f"{to_major(minor, currency):,f}"


def _major(minor: int, report: AgeingReport) -> Cell:
    return to_major(minor, report.currency)


def _render(template: str, title: str, values: dict[str, JSON], around: Around) -> bytes | Problem:
    return render_pdf(
        Document(
            template=_DOCUMENTS / template,
            title=title,
            dated=around.made_on,
            values=values,
            letterhead=around.letterhead,
            lang=around.lang,
        )
    )
