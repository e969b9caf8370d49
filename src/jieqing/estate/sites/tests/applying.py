"""An application filled in by services, for tests that begin where it is complete."""

from datetime import date, timedelta

from django.contrib.auth.base_user import AbstractBaseUser

from jieqing.estate.sites import selectors, services
from jieqing.estate.sites.engine.agreement import CURRENT
from jieqing.estate.sites.models import Site
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, ActorKind, system_actor
from jieqing.kernel.outcomes import unwrap
from jieqing.plumbing.db.scopes import site_scope

CREDIT_CODE = "91320200MA1XXXXX03"
LICENCE = b"%PDF-1.7 a licence"
PASSWORD = "correct-horse-battery-9"
PROFILE = {
    "scope": "应收账款管理咨询",
    "credit_code": CREDIT_CODE,
    "address": "无锡市滨湖区太湖大道 1 号",
    "phone": "0510-85000000",
    "email": "rental@example.org",
}


def owner_of(site: Site) -> Actor:
    """The site's owner as an actor; no person stands behind it."""
    return Actor(system_actor(site.id, "owner").id, ActorKind.PERSON, site.id, frozenset({"site_owner"}))


def draft(slug: str = "taihu", kind: str = "in_house", name: str = "太湖机械有限公司") -> Site:
    return unwrap(services.create_site(actor=system_actor(None, "test"), slug=slug, kind=kind, name=name))


def fill_in(site: Site, actor: Actor | None = None, *, until_on: date | None = None) -> None:
    """All papers of a draft."""
    actor = actor or owner_of(site)
    with site_scope(site.id):
        assert services.save_profile(actor=actor, site=site, values=PROFILE) == {}
        unwrap(services.add_licence(actor=actor, site=site, file_name="执照.pdf", data=LICENCE))
        give_filing(site, "苏备-2026-001", until_on, actor)
        unwrap(
            services.set_account(
                actor=actor,
                site=site,
                bank="无锡农村商业银行",
                holder=site.name,
                number="6222 0213 0401 6621",
            )
        )
        unwrap(services.accept_agreement(actor=actor, site=site, version=CURRENT.version, lang="zh"))


def give_filing(site: Site, number: str, until_on: date | None = None, actor: Actor | None = None) -> None:
    with site_scope(site.id):
        given = services.set_filing(
            actor=actor or owner_of(site),
            site=site,
            number=number,
            authority="无锡市司法局",
            from_on=clock.today() - timedelta(days=1),
            until_on=until_on,
        )
    unwrap(given)


def operator_of(person: AbstractBaseUser) -> Actor:
    return Actor(person.id, ActorKind.PERSON, None, frozenset({"platform_operator"}))


def state_of(site: Site) -> str:
    return Site.objects.get(pk=site.pk).state


def live_site(*, until_on: date | None = None, slug: str = "taihu") -> Site:
    """A site that is live with papers; opened by the shortcut, because no sequencer runs here."""
    site = unwrap(
        services.create_site(
            actor=system_actor(None, "test"), slug=slug, kind="in_house", name="太湖机械有限公司", live=True
        )
    )
    give_filing(site, "苏备-2026-001", until_on)
    with site_scope(site.id):
        services.confirm_filing(actor=owner_of(site), site=site, filing=selectors.waiting_filing(site))
    return site
