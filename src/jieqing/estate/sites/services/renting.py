"""Verbs of the platform's own rent: begin, bill, mark as received, end. Clients' money never comes near these rows."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from jieqing.estate.sites.engine import rent
from jieqing.estate.sites.models import BankLine, Invoice, InvoicePayment, RentTerm, Site
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence

PLAN_UNKNOWN = Problem(
    code="rent.plan_unknown",
    zh="没有这个租用方案。",
    en="There is no such plan.",
    todo_zh="请从列出的方案中选择。",
    todo_en="Choose one of the plans listed.",
)
NO_INVOICE = Problem(
    code="rent.no_invoice",
    zh="没有这张账单，或它不需要登记到账。",
    en="There is no such invoice, or nothing is to be received for it.",
    todo_zh="请从账单列表中打开。",
    todo_en="Open it from the list.",
)
REFERENCE_MISSING = Problem(
    code="rent.reference_missing",
    zh="没有填写银行流水号。",
    en="The bank reference is missing.",
    todo_zh="请填写本平台账户流水上的编号，最多 60 个字符。",
    todo_en="Copy it from the platform's own bank statement, at most 60 characters.",
)
REFERENCE_USED = Problem(
    code="rent.reference_used",
    zh="这条银行流水已登记在另一张账单上。",
    en="This bank line has been used for another invoice.",
    todo_zh="请核对流水号；一笔流水只能登记一次。",
    todo_en="Check the reference; one line counts once.",
)


def begin_rent(*, actor: Actor, site: Site) -> RentTerm:
    """Rent runs from today under the first plan, unless it runs already."""
    with transaction.atomic(), site_scope(site.id):
        running = RentTerm.objects.filter(until_on=None).first()
        return running or _open_term(actor, site, rent.FIRST_PLAN, clock.today())


def change_plan(*, actor: Actor, site: Site, plan: str) -> RentTerm | Problem:
    """Another plan from the next month on; a second choice in the same month replaces the first."""
    if plan not in rent.PLANS:
        return PLAN_UNKNOWN
    with transaction.atomic(), site_scope(site.id):
        Site.objects.select_for_update().get(pk=site.id)
        change_on = rent.next_month(clock.today())
        running = RentTerm.objects.filter(until_on=None).order_by("-from_on").first()
        if running is None:
            return _open_term(actor, site, plan, clock.today())
        if running.plan == plan:
            return running
        start = max(running.from_on, change_on)
        if running.from_on >= start:
            running.until_on = running.from_on
        else:
            running.until_on = start
        running.save(update_fields=["until_on"])
        return _open_term(actor, site, plan, start)


def bill(*, actor: Actor, site: Site) -> list[Invoice]:
    """Write an invoice for each period that has begun and has none; running it again writes nothing."""
    today = clock.today()
    with transaction.atomic(), site_scope(site.id):
        Site.objects.select_for_update().get(pk=site.id)
        written = []
        for term in RentTerm.objects.order_by("from_on"):
            billed = Invoice.objects.filter(amount_fen__gte=0, from_on__gte=term.from_on)
            if term.until_on:
                billed = billed.filter(from_on__lt=term.until_on)
            billed_until = billed.aggregate(last=Max("until_on"))["last"]
            plan = rent.PLANS[term.plan]
            for period in rent.to_bill(term.from_on, term.until_on, billed_until, today):
                amount = rent.amount_fen(plan.monthly_fen, period)
                written.append(_invoice(actor, site, plan.code, period, amount))
    return written


def mark_received(
    *, actor: Actor, site_id: UUID, number: int, bank_reference: str, received_on: date
) -> InvoicePayment | Problem:
    """The platform's operator has seen the rent on the platform's own account; the same line twice is one payment."""
    bank_reference = bank_reference.strip()
    if not bank_reference or len(bank_reference) > 60:
        return REFERENCE_MISSING
    with transaction.atomic(), site_scope(site_id):
        return _receive(actor, site_id, number, bank_reference, received_on)


def _receive(
    actor: Actor, site_id: UUID, number: int, bank_reference: str, received_on: date
) -> InvoicePayment | Problem:
    Site.objects.select_for_update().get(pk=site_id)
    invoice = Invoice.objects.filter(number=number, amount_fen__gt=0).first()
    if invoice is None:
        return NO_INVOICE
    paid = InvoicePayment.objects.filter(invoice=invoice).first()
    if paid:
        return paid
    # The platform's table, not the site's: another tenant's line is found too. Two operators at once: one insert waits.
    now = clock.now()
    line = BankLine(reference=bank_reference, invoice_id=invoice.id, at=now)
    if not _is_new(line):
        return REFERENCE_USED
    entry_id = evidence.record(
        actor=actor,
        action="estate.sites.rent_received",
        subject=f"estate.sites.invoice:{invoice.id}",
        facts={
            "number": number,
            "amount_fen": invoice.amount_fen,
            "bank_reference": bank_reference,
            "received_on": received_on,
        },
    )
    return InvoicePayment.objects.create(
        site_id=site_id,
        invoice=invoice,
        bank_reference=bank_reference,
        received_on=received_on,
        at=now,
        by=actor.id,
        entry_id=entry_id,
    )


def _is_new(line: BankLine) -> bool:
    try:
        with transaction.atomic():
            line.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def end_rent(*, actor: Actor, site: Site) -> None:
    """Rent ends today; what was billed beyond comes back as a credit."""
    today = clock.today()
    with transaction.atomic(), site_scope(site.id):
        for term in RentTerm.objects.filter(until_on=None):
            term.until_on = max(term.from_on, today)
            term.save(update_fields=["until_on"])
        for invoice in list(Invoice.objects.filter(until_on__gt=today, amount_fen__gt=0)):
            period = rent.Period(invoice.from_on, invoice.until_on)
            back = rent.credit_fen(rent.PLANS[invoice.plan].monthly_fen, period, today)
            start = max(today, invoice.from_on)
            if back:
                _invoice(actor, site, invoice.plan, rent.Period(start, invoice.until_on), -back)


def _open_term(actor: Actor, site: Site, plan: str, from_on: date) -> RentTerm:
    entry_id = evidence.record(
        actor=actor,
        action="estate.sites.rent_agreed",
        subject=f"estate.sites.site:{site.id}",
        facts={"plan": plan, "monthly_fen": rent.PLANS[plan].monthly_fen, "from": from_on},
    )
    return RentTerm.objects.create(
        site_id=site.id, plan=plan, from_on=from_on, at=clock.now(), by=actor.id, entry_id=entry_id
    )


def _invoice(actor: Actor, site: Site, plan: str, period: rent.Period, amount_fen: int) -> Invoice:
    number = (Invoice.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    today = clock.today()
    invoice = Invoice(
        site_id=site.id,
        number=number,
        plan=plan,
        from_on=period.from_on,
        until_on=period.until_on,
        amount_fen=amount_fen,
        issued_on=today,
        due_on=today + rent.DUE_AFTER,
    )
    invoice.entry_id = evidence.record(
        actor=actor,
        action="estate.sites.invoice_issued",
        subject=f"estate.sites.invoice:{invoice.id}",
        facts={
            "number": number,
            "plan": plan,
            "from": period.from_on,
            "until": period.until_on,
            "amount_fen": amount_fen,
            "due": invoice.due_on,
        },
    )
    invoice.save(force_insert=True)
    return invoice
