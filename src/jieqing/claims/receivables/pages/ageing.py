"""The ageing report: the reader's own edges, basis, day and ledger revision; by bucket and by debtor; tied to the ledger."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jieqing.claims.receivables import selectors
from jieqing.claims.receivables.engine.ageing import AgeingReport, Bucket, BucketSum
from jieqing.claims.receivables.pages.overdue_terms import words_in_force
from jieqing.claims.receivables.pages.words import BASIS_WORDS
from jieqing.claims.receivables.selectors import DebtorAgeing, Reading
from jieqing.kernel.money import to_major
from jieqing.plumbing.http import requires
from jieqing.plumbing.spreadsheets import Cell, csv_file
from jieqing.plumbing.templatetags.kit import lang

DEBTOR_ROWS = 20
EXPORT_DEBTORS = 10_000


@dataclass(frozen=True, slots=True)
class BucketLine:
    """One bucket as the table shows it."""

    label: str
    step_days: int
    sums: BucketSum
    href: str


@requires("ledger.read")
def ageing(request: HttpRequest, site_slug: str) -> HttpResponse:
    reading = selectors.reading_of(request.GET)
    report = report_of(reading)
    debtors = by_debtor(reading, DEBTOR_ROWS)
    ledger_minor = selectors.ledger_sums(as_of=reading.as_of, known_at=reading.known_at).get(
        reading.currency, 0
    )
    items = reverse("items", args=[site_slug])
    lines = _lines(reading, report, items)
    context: dict[str, Any] = {
        "reading": reading,
        "can_import": not request.allow("ledger.import"),  # type: ignore[attr-defined]
        "report": report,
        "lines": lines,
        "chart": selectors.bucket_chart(
            report.buckets,
            report.basis,
            report.currency,
            [line.sums.amount_minor for line in lines],
            [line.href for line in lines],
        ),
        "debtors": debtors,
        "ledger_minor": ledger_minor,
        "is_tied": ledger_minor == report.total_minor,
        "late_terms": words_in_force(reading),
        "fallback_items": sum(row.fallback_items for row in report.sums),
        "fallback_minor": sum(row.fallback_minor for row in report.sums),
        "fallback_href": items + reading.query(no_date=1),
        "credit_minor": sum(row.credit_minor for row in report.sums),
        "credit_items": sum(row.credit_items for row in report.sums),
        "credit_href": items + reading.query(credits=1),
        "items_href": items + reading.query(),
        "bases": BASIS_WORDS.items(),
        "basis_word": BASIS_WORDS[reading.basis],
        "shown_revision": reading.known or reading.facts.revision,
        "revisions": selectors.revisions(),
    }
    return render(request, "receivables/ageing.html", context)


@requires("ledger.read")
def ageing_export(request: HttpRequest, site_slug: str) -> HttpResponse:
    """The report as a CSV file: a row for every debtor, a column for every bucket."""
    reading = selectors.reading_of(request.GET)
    report = report_of(reading)
    about: list[list[Cell]] = [
        [_("账龄报告"), str(request.site.name)],
        [_("截止日"), reading.as_of],
        [_("账龄基准"), str(BASIS_WORDS[reading.basis])],
        [_("币种"), reading.currency],
        [_("分段天数"), reading.edges_text],
        [_("台账版本"), reading.known or reading.facts.revision],
    ]
    late_terms = words_in_force(reading)
    if late_terms:
        about.append([_("逾期口径"), late_terms])
    if reading.known_at:
        about.append([_("按当时所知"), reading.known_at.isoformat()])
    labels = [bucket.label(lang(), reading.basis) for bucket in report.buckets]
    rows = [
        [
            one.name or _others(one),
            one.items,
            *_majors(one.sums_minor, reading),
            _major(one.total_minor, reading),
        ]
        for one in by_debtor(reading, EXPORT_DEBTORS)
    ]
    sums = [row.amount_minor for row in report.sums]
    rows.append([_("合计"), report.items, *_majors(sums, reading), _major(report.total_minor, reading)])
    head = [_("债务人"), _("笔数"), *labels, _("合计")]
    name = f"ageing-{site_slug}-{reading.as_of.isoformat()}.csv"
    return csv_file(name, about=about, head=head, rows=rows)


def report_of(reading: Reading) -> AgeingReport:
    (report,) = selectors.ageing(
        as_of=reading.as_of,
        basis=reading.basis,
        edges=reading.edges,
        currency=reading.currency,
        known_at=reading.known_at,
    )
    return report


def by_debtor(reading: Reading, first: int) -> list[DebtorAgeing]:
    return selectors.ageing_by_debtor(
        as_of=reading.as_of,
        currency=reading.currency,
        basis=reading.basis,
        edges=reading.edges,
        first=first,
        known_at=reading.known_at,
    )


def _lines(reading: Reading, report: AgeingReport, items: str) -> list[BucketLine]:
    return [
        BucketLine(
            label=bucket.label(lang(), report.basis),
            step_days=_step_days(bucket),
            sums=sums,
            href=items + reading.query(bucket=index),
        )
        for index, (bucket, sums) in enumerate(zip(report.buckets, report.sums, strict=True))
    ]


def _step_days(bucket: Bucket) -> int:
    return max(0, bucket.from_days or 0)


def _others(one: DebtorAgeing) -> str:
    return _("其余 %(count)d 个债务人") % {"count": one.debtors}


def _major(minor: int, reading: Reading) -> Cell:
    return to_major(minor, reading.currency)


def _majors(sums: Any, reading: Reading) -> list[Cell]:
    return [_major(minor, reading) for minor in sums]
