"""Reads of the site directory, and what other rooms may know of a tenant."""

from collections.abc import Iterable
from uuid import UUID

from jieqing.estate.sites.engine.filings import WORKING_FILING
from jieqing.estate.sites.engine.letterhead import Letterhead, mask_account
from jieqing.estate.sites.engine.tenancy import KIND_NAMES, SiteKind
from jieqing.estate.sites.engine.theming import HOUSE_PRIMARY, Theme
from jieqing.estate.sites.models import Filing, Profile, Site, SupervisedAccount
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.storage import open_stored


def site_by_slug(slug: str) -> Site | None:
    return Site.objects.filter(slug=slug).first()


def sites_by_ids(ids: Iterable[UUID]) -> list[Site]:
    return list(Site.objects.filter(id__in=list(ids)).order_by("name"))


def all_sites() -> list[Site]:
    """Every site, for platform work (fsck, migrations of data); never shown to a tenant."""
    return list(Site.objects.order_by("created_at"))


def theme_of(site: Site) -> Theme:
    """The site's colours; the house's own until it chose some."""
    return Theme(site.primary_colour or HOUSE_PRIMARY)


def logo_of(site: Site) -> bytes | None:
    return open_stored(site.id, site.logo_key) if site.logo_key else None


def letterhead(site_id: UUID) -> Letterhead:
    """Who writes: for the head of statements and letters. What the site has not said is empty."""
    with site_scope(site_id):
        site = Site.objects.get(pk=site_id)
        profile = Profile.objects.first() or Profile()
        filing = Filing.objects.filter(kind=WORKING_FILING[SiteKind(site.kind)], ended_at=None).first()
        account = SupervisedAccount.objects.filter(ended_at=None).first()
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
        logo_bytes=logo_of(site),
        primary=theme_of(site).primary,
    )
