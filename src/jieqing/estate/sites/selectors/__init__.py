"""Reads of the site directory, and what other rooms may know of a tenant."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from jieqing.estate.sites.engine.agreement import CURRENT
from jieqing.estate.sites.engine.application import Papers
from jieqing.estate.sites.engine.doors import check_door
from jieqing.estate.sites.engine.filings import WORKING_FILING
from jieqing.estate.sites.engine.letterhead import Letterhead, mask_account
from jieqing.estate.sites.engine.rent import GRACE, PLANS, STAGE_NAMES, Stage, stage
from jieqing.estate.sites.engine.states import Cause
from jieqing.estate.sites.engine.tenancy import KIND_NAMES, SiteKind, SiteState, unknown_site
from jieqing.estate.sites.engine.theming import HOUSE_PRIMARY, Theme
from jieqing.estate.sites.models import (
    Agreement,
    Export,
    Filing,
    Invoice,
    InvoicePayment,
    Licence,
    Profile,
    RentTerm,
    SelfTest,
    Site,
    SiteDomain,
    StandingPlacement,
    StateChange,
    SupervisedAccount,
)
from jieqing.estate.sites.selectors.readiness import SiteFacts as SiteFacts
from jieqing.estate.sites.selectors.readiness import readiness_of as readiness_of
from jieqing.estate.sites.selectors.readiness import site_facts as site_facts
from jieqing.estate.sites.selectors.words import count_standing_words as count_standing_words
from jieqing.estate.sites.selectors.words import standing_words as standing_words
from jieqing.kernel import clock
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.storage import open_stored
from jieqing.plumbing.templatetags.kit import lang

SHANGHAI = ZoneInfo("Asia/Shanghai")


def site_by_slug(slug: str) -> Site | None:
    return Site.objects.filter(slug=slug).first()


def site_to_write(slug: str, *, open_while: Collection[str] = ()) -> Site | Problem:
    """The site that a command wants to write to; refused where its state shuts that door, as on the pages."""
    site = site_by_slug(slug)
    if site is None:
        return unknown_site(slug)
    return check_writing(site.id, open_while=open_while) or site


def check_writing(site_id: UUID, *, open_while: Collection[str] = ()) -> Problem | None:
    """Why nothing may be written on behalf of this site now, or None. Platform work (rent, forgetting) does not ask."""
    site = Site.objects.get(pk=site_id)
    return check_door(
        site.state, is_reading=False, open_while=open_while, closed_on=None, today=clock.today()
    )


def sites_by_ids(ids: Iterable[UUID]) -> list[Site]:
    return list(Site.objects.filter(id__in=list(ids)).order_by("name"))


def site_by_id(site_id: UUID) -> Site:
    """The site that an actor or a job belongs to; it is there."""
    return Site.objects.get(pk=site_id)


def all_sites() -> list[Site]:
    """Every site, for platform work (fsck, migrations of data); never shown to a tenant."""
    return list(Site.objects.order_by("created_at"))


def count_of_new_drafts() -> int:
    """How many applications were opened in the last hour: a bound against being flooded."""
    recent = clock.now() - timedelta(hours=1)
    return Site.objects.filter(state=SiteState.DRAFT.value, created_at__gt=recent).count()


def theme_of(site: Site) -> Theme:
    """The site's colours; the house's own until it chose some."""
    return Theme(site.primary_colour or HOUSE_PRIMARY)


def logo_of(site: Site) -> bytes | None:
    return open_stored(site.id, site.logo_key) if site.logo_key else None


def letterhead(site_id: UUID, *, with_logo: bool = True) -> Letterhead:
    """Who writes: for the head of statements and letters. What the site has not said is empty.

    A public page asks without the logo: it links to the picture and need not read its file for every visitor.
    """
    with site_scope(site_id):
        site = Site.objects.get(pk=site_id)
        profile = Profile.objects.first() or Profile()
        filing = confirmed_filing(site)
        account = account_of_site()
    kind_zh, kind_en = KIND_NAMES[SiteKind(site.kind)]
    return Letterhead(
        name=site.name,
        kind_zh=kind_zh,
        kind_en=kind_en,
        licence_number=profile.licence_number or profile.credit_code,
        filing_number=filing.number if filing else "",
        address=profile.address,
        phone=profile.phone,
        supervised_account_masked=mask_account(account.bank, account.tail) if account else "",
        logo_bytes=logo_of(site) if with_logo else None,
        primary=theme_of(site).primary,
    )


def has_standing_placement(site_id: UUID) -> bool:
    """Whether the site's own company has placed all its debts with it."""
    with site_scope(site_id):
        return StandingPlacement.objects.filter(ended_at=None).exists()


# What follows reads the active site.


def confirmed_filing(site: Site) -> Filing | None:
    """The working filing that the platform has confirmed."""
    rows = _working_filings(site).exclude(confirmed_at=None)
    return rows.first()


def waiting_filing(site: Site) -> Filing | None:
    """The working filing that the tenant has given and nobody confirmed yet."""
    return _working_filings(site).filter(confirmed_at=None).first()


def _working_filings(site: Site) -> QuerySet[Filing]:
    return Filing.objects.filter(kind=WORKING_FILING[SiteKind(site.kind)], ended_at=None)


def profile_of_site() -> Profile:
    """The tenant's profile; an empty, unsaved one where nothing was given yet."""
    return Profile.objects.first() or Profile()


def account_of_site() -> SupervisedAccount | None:
    return SupervisedAccount.objects.filter(ended_at=None).first()


def newest_licence() -> Licence | None:
    return Licence.objects.order_by("-id").first()


def current_agreement() -> Agreement | None:
    return Agreement.objects.filter(version=CURRENT.version).first()


def newest_self_test() -> SelfTest | None:
    return SelfTest.objects.order_by("-id").first()


def history() -> QuerySet[StateChange]:
    """The steps of the site's life, newest first."""
    return StateChange.objects.order_by("-number")


def closed_on() -> date | None:
    """The day on which the site was closed, on the wall clock of Shanghai."""
    newest = history().filter(after=SiteState.CLOSED.value).first()
    return newest.at.astimezone(SHANGHAI).date() if newest else None


def suspended_for() -> Cause | None:
    """Why the site stands suspended."""
    newest = history().filter(after=SiteState.SUSPENDED.value).first()
    return Cause(newest.cause) if newest else None


def papers_of(site: Site) -> Papers:
    """What the application holds so far."""
    profile = profile_of_site()
    return Papers(
        scope=bool(profile.scope),
        credit_code=bool(profile.credit_code),
        licence_number=bool(profile.licence_number) or site.kind != SiteKind.LAW_FIRM,
        contact=bool(profile.address and profile.phone and profile.email),
        licence_file=Licence.objects.exists(),
        filing=_working_filings(site).exists(),
        account=account_of_site() is not None,
        agreement=current_agreement() is not None,
    )


def rent_stages() -> dict[int, Stage]:
    """How each invoice of the active site stands today, by number; credits are settled by nature."""
    today = clock.today()
    paid = set(InvoicePayment.objects.values_list("invoice_id", flat=True))
    return {
        invoice.number: stage(
            invoice.due_on, is_settled=invoice.id in paid or invoice.amount_fen <= 0, today=today
        )
        for invoice in Invoice.objects.order_by("number")
    }


def invoice_rows(stages: dict[int, Stage]) -> list[dict[str, object]]:
    """The active site's invoices, newest first, each with how it stands and what was received."""
    index = 0 if lang() == "zh" else 1
    paid = {row.invoice_id: row for row in InvoicePayment.objects.all()}
    return [
        {
            "invoice": invoice,
            "last_day": invoice.until_on - timedelta(days=1),
            "stage": stages[invoice.number].value,
            "stage_name": STAGE_NAMES[stages[invoice.number]][index],
            "payment": paid.get(invoice.id),
            "is_credit": invoice.amount_fen < 0,
            "suspends_on": invoice.due_on + GRACE + timedelta(days=1),
        }
        for invoice in Invoice.objects.order_by("-number")[:120]
    ]


def rent_term() -> RentTerm | None:
    """The term that runs, or the one that will."""
    return RentTerm.objects.filter(until_on=None).first()


def rent_term_today() -> RentTerm | None:
    """The term under which today is billed."""
    today = clock.today()
    begun = RentTerm.objects.filter(from_on__lte=today)
    return begun.exclude(until_on__lte=today).order_by("-from_on").first()


def people_max(site_id: UUID) -> int | None:
    """How many people the plan of today lets in; None while no rent runs (before live there is nothing to use)."""
    with site_scope(site_id):
        term = rent_term_today()
    return PLANS[term.plan].people if term else None


def exports() -> QuerySet[Export]:
    return Export.objects.order_by("-id")


def domains_of(site_id: UUID) -> list[SiteDomain]:
    """A site's own domains, asked for or verified."""
    return list(SiteDomain.objects.filter(site_id=site_id, ended_at=None).order_by("id"))


def site_by_domain(host: str) -> Site | None:
    """The site that a verified own domain leads to."""
    rows = SiteDomain.objects.filter(host=host, ended_at=None).exclude(verified_at=None)
    site_id = rows.values_list("site_id", flat=True).first()
    return Site.objects.filter(pk=site_id).first() if site_id else None
