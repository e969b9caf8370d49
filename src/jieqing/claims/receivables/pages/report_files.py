"""The ageing report and the desk to take away: PDF and Excel of exactly what the screen shows."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jieqing.claims.receivables import selectors
from jieqing.claims.receivables.pages.ageing import EXPORT_DEBTORS, by_debtor, report_of
from jieqing.claims.receivables.selectors import Reading
from jieqing.claims.receivables.services.account_statements import letterhead_of
from jieqing.claims.receivables.services.report_papers import (
    AgeingFigures,
    Around,
    DeskFigures,
    ageing_pdf,
    ageing_xlsx,
    desk_pdf,
)
from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.spreadsheets import XLSX_TYPE, download
from jieqing.plumbing.templatetags.kit import lang

PDF_DEBTORS = 2_000
# As on the desk (panels).
DUE_DAYS, TOP_DEBTORS = 30, 10


@requires("ledger.read")
@require_GET
def ageing_file(request: HttpRequest, site_slug: str, file: str) -> HttpResponse:
    reading = selectors.reading_of(request.GET)
    figures = AgeingFigures(
        reading=reading,
        report=report_of(reading),
        debtors=by_debtor(reading, PDF_DEBTORS if file == "pdf" else EXPORT_DEBTORS),
        ledger_minor=_ledger_minor(reading),
    )
    name = f"{_('账龄报告')} {site_slug} {reading.as_of.isoformat()} {reading.currency}.{file}"
    if file == "xlsx":
        return download(name, ageing_xlsx(figures, _around(request)), XLSX_TYPE)
    made = ageing_pdf(figures, _around(request))
    return (
        problem_response(request, made, 409) if is_problem(made) else download(name, made, "application/pdf")
    )


@requires("desk.read")
@require_GET
def desk_file(request: HttpRequest, site_slug: str) -> HttpResponse:
    """The boss's one page."""
    reading = selectors.reading_of(request.GET)
    now = selectors.portfolio(as_of=reading.as_of, known_at=reading.known_at)
    due = selectors.due_within(as_of=reading.as_of, days=DUE_DAYS, known_at=reading.known_at)
    figures = DeskFigures(
        reading=reading,
        report=report_of(reading),
        now=next((row for row in now if row.currency == reading.currency), None),
        due=next((row for row in due if row.currency == reading.currency), None),
        debtors=selectors.top_debtors(
            as_of=reading.as_of, currency=reading.currency, limit=TOP_DEBTORS, known_at=reading.known_at
        ),
        ledger_minor=_ledger_minor(reading),
    )
    made = desk_pdf(figures, _around(request))
    if is_problem(made):
        return problem_response(request, made, 409)
    name = f"{_('应收账款一页报告')} {site_slug} {reading.as_of.isoformat()} {reading.currency}.pdf"
    return download(name, made, "application/pdf")


def _around(request: HttpRequest) -> Around:
    site_id = request.site.id  # type: ignore[attr-defined]
    return Around(letterhead_of(site_id), clock.today(), lang())


def _ledger_minor(reading: Reading) -> int:
    sums = selectors.ledger_sums(as_of=reading.as_of, known_at=reading.known_at)
    return sums.get(reading.currency, 0)
