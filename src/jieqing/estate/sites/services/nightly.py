"""What happens to a site at night: billing, word before due dates, suspension and lifting, filings that ran out.

One site is one transaction, so a fault with one leaves the others done. Everything is decided from rows and the day, so a
second run of the same night changes nothing.
"""

from uuid import UUID

from django.db import transaction

from jieqing.estate.sites.engine.rent import GRACE, Stage
from jieqing.estate.sites.engine.states import Cause, Mover
from jieqing.estate.sites.engine.tenancy import SiteState
from jieqing.estate.sites.models import Filing, Invoice, InvoiceNotice, Site
from jieqing.estate.sites.selectors import readiness_of, rent_stages, suspended_for
from jieqing.estate.sites.services.exporting import forget_old_exports
from jieqing.estate.sites.services.moving import move_site
from jieqing.estate.sites.services.renting import bill
from jieqing.estate.sites.services.telling import tell_of_invoice
from jieqing.estate.sites.services.testing import begin_self_test
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, system_actor
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.notices.engine.kinds import NoticeKind

_WORD = {Stage.DUE_SOON: NoticeKind.RENT_DUE, Stage.SUSPENSION_AHEAD: NoticeKind.RENT_LAST_DAY}


def walk_site(*, site_id: UUID) -> None:
    """Bring one site up to today."""
    actor = system_actor(site_id, "rental")
    with transaction.atomic(), site_scope(site_id):
        site = Site.objects.select_for_update().get(pk=site_id)
        if site.state in {SiteState.LIVE, SiteState.SUSPENDED}:
            bill(actor=actor, site=site)
            stages = _tell(actor, site)
            check_standing(site=site, is_rent_over=Stage.SUSPEND in stages)
        elif site.state == SiteState.FILED:
            # The first probe's job may have died with a sequencer that was long away.
            begin_self_test(site=site)
        forget_old_exports(site=site)


def settle(*, site_id: UUID) -> None:
    """After rent came in: look at once whether the site may open again."""
    with transaction.atomic(), site_scope(site_id):
        site = Site.objects.select_for_update().get(pk=site_id)
        if site.state in {SiteState.LIVE, SiteState.SUSPENDED}:
            check_standing(site=site, is_rent_over=Stage.SUSPEND in rent_stages().values())


def check_standing(*, site: Site, is_rent_over: bool) -> None:
    """Suspend for rent or filing, lift what is cured; the move's own rules decide whether a step may be."""
    filing_valid = readiness_of(site).filing_valid
    if site.state == SiteState.LIVE:
        if is_rent_over:
            _platform(site, SiteState.SUSPENDED, Cause.RENT_UNPAID)
        elif not filing_valid and not _is_shortcut(site):
            _platform(site, SiteState.SUSPENDED, Cause.FILING_EXPIRED)
        return
    cause = suspended_for()
    if cause is Cause.RENT_UNPAID and not is_rent_over:
        _platform(site, SiteState.LIVE, Cause.RENT_PAID)
    elif cause is Cause.FILING_EXPIRED and filing_valid:
        _platform(site, SiteState.LIVE, Cause.FILING_RENEWED)


def _tell(actor: Actor, site: Site) -> set[Stage]:
    stages = rent_stages()
    for number, found in stages.items():
        kind = _WORD.get(found)
        invoice = Invoice.objects.filter(number=number).first() if kind else None
        if kind is None or invoice is None:
            continue
        if InvoiceNotice.objects.filter(invoice=invoice, occasion=found.value).exists():
            continue
        day = invoice.due_on if found is Stage.DUE_SOON else invoice.due_on + GRACE
        notice_id = tell_of_invoice(actor, site, kind, invoice, day)
        if notice_id:
            InvoiceNotice.objects.create(
                site_id=site.id, invoice=invoice, occasion=found.value, notice_id=notice_id, at=clock.now()
            )
    return set(stages.values())


def _platform(site: Site, to: SiteState, cause: Cause) -> None:
    actor = system_actor(site.id, "rental")
    move_site(actor=actor, site_id=site.id, to=to, mover=Mover.PLATFORM, cause=cause)


def _is_shortcut(site: Site) -> bool:
    """A demonstration's site never had a filing to run out."""
    return not Filing.objects.exists()
