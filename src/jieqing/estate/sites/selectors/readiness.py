"""What a tenant has given towards being live, read in one statement, and what of it other rooms may know."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Q, QuerySet

from jieqing.estate.sites.engine.agreement import CURRENT
from jieqing.estate.sites.engine.filings import WORKING_FILING
from jieqing.estate.sites.engine.states import Readiness
from jieqing.estate.sites.engine.tenancy import SiteKind, SiteState
from jieqing.estate.sites.models import Agreement, Filing, Licence, SelfTest, Site
from jieqing.kernel import clock
from jieqing.plumbing.db.scopes import site_scope

_READY = ("ready_filings", "ready_agreement", "ready_licence", "ready_self_test")


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What other rooms may ask of a tenant before they act for it."""

    live: bool
    filing_valid: bool
    agreement: bool
    kind: str


def site_facts(site_id: UUID) -> SiteFacts:
    """The tenant's standing today; a site that does not exist stands for nothing."""
    with site_scope(site_id):
        found = _readiness_rows().filter(pk=site_id).values_list("state", "kind", *_READY).first()
    if found is None:
        return SiteFacts(live=False, filing_valid=False, agreement=False, kind="")
    state, kind, filings, agreement, _licence, _self_test = found
    return SiteFacts(
        live=state == SiteState.LIVE,
        filing_valid=_is_filed(kind, filings),
        agreement=agreement,
        kind=kind,
    )


def readiness_of(site: Site) -> Readiness:
    filings, agreement, licence, self_test = _readiness_rows().values_list(*_READY).get(pk=site.pk)
    return Readiness(
        filing_valid=_is_filed(site.kind, filings), agreement=agreement, licence=licence, self_test=self_test
    )


def _readiness_rows() -> QuerySet[Site]:
    """The directory with what the active site has given: one statement for all that ``live`` needs."""
    today = clock.today()
    in_force = Filing.objects.filter(
        Q(until_on=None) | Q(until_on__gte=today), from_on__lte=today, ended_at=None
    ).exclude(confirmed_at=None)
    return Site.objects.annotate(
        ready_filings=ArraySubquery(in_force.values("kind")),
        ready_agreement=Exists(Agreement.objects.filter(version=CURRENT.version)),
        ready_licence=Exists(Licence.objects.all()),
        ready_self_test=Exists(SelfTest.objects.filter(is_passed=True)),
    )


def _is_filed(kind: str, filings: Collection[str]) -> bool:
    return WORKING_FILING[SiteKind(kind)] in filings
