"""Who decides on a site's state, on what they saw, and who may not even look."""

from datetime import date

import pytest
from django.test import Client
from tests.cast import Cast
from tests.tenants import appoint

from jieqing.estate.sites import selectors, services
from jieqing.estate.sites.models import Profile
from jieqing.estate.sites.tests.applying import (
    PROFILE,
    draft,
    fill_in,
    give_filing,
    live_site,
    operator_of,
    owner_of,
    state_of,
)
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence.models import Entry


def test_reviewed_papers_stand_still(db: None) -> None:
    site = draft()
    fill_in(site)
    services.tenant_step(actor=owner_of(site), site=site, step="submit")
    site.refresh_from_db()
    with site_scope(site.id):
        wrong = services.save_profile(
            actor=owner_of(site), site=site, values={"scope": "别的", "phone": "0510-1234567"}
        )
        assert wrong["scope"].code == "site.papers_reviewed"
        assert is_problem(
            services.add_licence(actor=owner_of(site), site=site, file_name="x", data=b"%PDF-2")
        )
        assert Profile.objects.get().scope == PROFILE["scope"]
    with pytest.raises(Exception, match="papers have been submitted"):
        give_filing(site, "另一号")
    taken_back = services.tenant_step(actor=owner_of(site), site=site, step="withdraw")
    assert not is_problem(taken_back) and state_of(site) == "draft"


def test_two_operators_at_once_are_heard_one_after_the_other(db: None) -> None:
    site = draft()
    fill_in(site)
    services.tenant_step(actor=owner_of(site), site=site, step="submit")
    one, other = operator_of(appoint("op1")), operator_of(appoint("op2"))
    first = services.operator_step(
        actor=one, site_id=site.id, step="file", reason="一致", expected="submitted"
    )
    second = services.operator_step(
        actor=other, site_id=site.id, step="return", reason="补章", expected="submitted"
    )
    assert not is_problem(first)
    assert isinstance(second, Problem) and second.code == "site.moved_meanwhile"
    assert state_of(site) == "filed"


def test_operators_pages_are_nobody_elses(cast: Cast) -> None:
    site = draft()
    for name, client in cast.clients.items():
        expected = 302 if name == "anonymous" else 404
        for address in (
            "/operator/sites/",
            f"/operator/sites/{site.slug}/",
            f"/operator/sites/{site.slug}/licence/",
        ):
            assert client.get(address).status_code == expected, (name, address)
        posted = client.post(f"/operator/sites/{site.slug}/decide/", {"step": "close", "reason": "x"})
        assert posted.status_code == expected
    assert state_of(site) == "draft"


def test_an_operators_look_is_written_once_a_day_into_the_sites_evidence(cast: Cast) -> None:
    operator = Client()
    operator.force_login(appoint())
    for _ in range(3):
        assert operator.get(f"/operator/sites/{cast.site.slug}/").status_code == 200
    with site_scope(cast.site.id):
        assert Entry.objects.filter(action="estate.sites.reviewed").count() == 1
    assert operator.get(f"/s/{cast.site.slug}/desk/").status_code == 404, (
        "running the platform opens no ledger"
    )


def test_a_strangers_every_rental_page_is_refused(cast: Cast) -> None:
    for page in (
        "",
        "papers/",
        "filing/",
        "account/",
        "look/",
        "agreement/",
        "submit/",
        "domains/",
        "rent/",
        "export/",
    ):
        assert cast.clients["stranger"].get(f"/s/{cast.site.slug}/rental/{page}").status_code == 404
        assert cast.clients["teammate"].get(f"/s/{cast.site.slug}/rental/{page}").status_code == 403
    assert cast.clients["stranger"].get(f"/s/{cast.site.slug}/rental/export/{new_id()}/").status_code == 404


def test_a_renewed_filing_counts_once_confirmed(db: None) -> None:
    site = live_site(until_on=date(2026, 12, 31))
    give_filing(site, "苏备-2027-001", date(2027, 12, 31))
    with site_scope(site.id):
        assert selectors.confirmed_filing(site).number == "苏备-2026-001"
        assert selectors.waiting_filing(site).number == "苏备-2027-001"
    assert services.confirm_renewal(actor=operator_of(appoint()), site=site)
    with site_scope(site.id):
        assert (
            selectors.confirmed_filing(site).number == "苏备-2027-001"
            and selectors.waiting_filing(site) is None
        )
