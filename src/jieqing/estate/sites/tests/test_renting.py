"""Rent by rows: billed once, received once, suspended after grace, open again on receipt; people read all along."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from tests.cast import Cast
from tests.tenants import appoint, join_owner

from jieqing.estate.sites import selectors, services
from jieqing.estate.sites.models import Invoice, InvoiceNotice, RentTerm, Site
from jieqing.estate.sites.services.renting import begin_rent, change_plan
from jieqing.estate.sites.services.testing import begin_self_test
from jieqing.estate.sites.tests.applying import (
    PROFILE,
    live_site,
    operator_of,
    owner_of,
    state_of,
)
from jieqing.kernel import clock
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.notices.models import Notice


def at(year: int, month: int, day: int):
    return clock.frozen(datetime(year, month, day, 4, tzinfo=UTC))


@pytest.fixture
def rented(db: None) -> Site:
    """Live since 16 November, with everything that going live again needs."""
    with at(2026, 11, 16):
        site = live_site()
        with site_scope(site.id):
            complete(site)
            begin_rent(actor=owner_of(site), site=site)
        services.walk_site(site_id=site.id)
    return site


@pytest.mark.rows_by_hand("no sequencer runs here, so the passed self-test is written by hand")
def complete(site: Site) -> None:
    from jieqing.estate.sites.engine.agreement import CURRENT
    from jieqing.estate.sites.models import Licence, SelfTest
    from jieqing.kernel.ids import new_id
    from jieqing.trust.evidence.testing.guard import rows_by_hand

    actor = owner_of(site)
    services.save_profile(actor=actor, site=site, values={"email": PROFILE["email"]})
    services.accept_agreement(actor=actor, site=site, version=CURRENT.version, lang="zh")
    with rows_by_hand("no sequencer runs here"):
        common = {"site_id": site.id, "at": clock.now(), "entry_id": new_id()}
        SelfTest.objects.create(probe_id=new_id(), is_passed=True, **common)
        Licence.objects.create(
            file_name="a.pdf", file_key="", media_type="application/pdf", size_bytes=1, by=actor.id, **common
        )


def test_months_are_billed_once_however_often_the_night_comes(rented: Site) -> None:
    for month, day in ((11, 17), (12, 1), (12, 1), (12, 2)):
        with at(2026, month, day):
            services.walk_site(site_id=rented.id)
    with site_scope(rented.id):
        rows = list(Invoice.objects.order_by("number"))
    assert [(row.number, row.from_on, row.until_on) for row in rows] == [
        (1, date(2026, 11, 16), date(2026, 12, 1)),
        (2, date(2026, 12, 1), date(2027, 1, 1)),
    ]
    assert [row.amount_fen for row in rows] == [49_000, 98_000]
    assert rows[0].due_on == date(2026, 12, 1)


def test_told_before_due_told_before_the_end_of_grace_then_suspended_then_open_again(rented: Site) -> None:
    told = []
    for offset in range(33):
        with clock.frozen(datetime(2026, 11, 16, 4, tzinfo=UTC) + timedelta(days=offset)):
            services.walk_site(site_id=rented.id)
            with site_scope(rented.id):
                told.append(
                    (offset, state_of(rented), InvoiceNotice.objects.filter(invoice__number=1).count())
                )
    first = {count: offset for offset, _state, count in reversed(told)}
    assert first[1] == 9 and first[2] == 24, "seven days before each"
    assert next(offset for offset, state, _ in told if state == "suspended") == 31
    with site_scope(rented.id):
        assert Notice.objects.filter(kind="rent_last_day").count() == 1
        assert Notice.objects.filter(kind="site_state").count() == 1
        assert selectors.suspended_for().value == "rent_unpaid"
    with at(2026, 12, 18):
        operator = operator_of(appoint())
        paid = services.mark_received(
            actor=operator, site_id=rented.id, number=1, bank_reference="B-1", received_on=clock.today()
        )
        assert not is_problem(paid)
        services.settle(site_id=rented.id)
        assert state_of(rented) == "live"


def test_a_bank_line_counts_once(rented: Site) -> None:
    with at(2026, 12, 2):
        services.walk_site(site_id=rented.id)
        mark = {"actor": operator_of(appoint()), "site_id": rented.id, "received_on": clock.today()}
        one = services.mark_received(number=1, bank_reference="B-1", **mark)
        again = services.mark_received(number=1, bank_reference="B-1", **mark)
        assert one.id == again.id
        used = services.mark_received(number=2, bank_reference="B-1", **mark)
        assert isinstance(used, Problem) and used.code == "rent.reference_used"
        for number, reference in ((9, "B-2"), (2, " ")):
            assert isinstance(
                services.mark_received(number=number, bank_reference=reference, **mark), Problem
            )


def test_a_bank_line_counts_once_across_all_sites(rented: Site) -> None:
    """The platform has one account; what one site's line paid cannot pay another site's rent."""
    other = live_site(slug="dianshan")
    with at(2026, 12, 2):
        begin_rent(actor=owner_of(other), site=other)
        for site in (rented, other):
            services.walk_site(site_id=site.id)
        mark = {"actor": operator_of(appoint()), "received_on": clock.today(), "number": 1}
        assert not is_problem(services.mark_received(site_id=rented.id, bank_reference="B-1", **mark))
        used = services.mark_received(site_id=other.id, bank_reference="B-1", **mark)
        assert isinstance(used, Problem) and used.code == "rent.reference_used"
        assert not is_problem(services.mark_received(site_id=other.id, bank_reference="B-2", **mark))


def test_another_plan_begins_with_the_next_month(rented: Site) -> None:
    with at(2026, 11, 20):
        for plan in ("team", "group", "team"):
            assert not is_problem(change_plan(actor=owner_of(rented), site=rented, plan=plan))
        assert isinstance(change_plan(actor=owner_of(rented), site=rented, plan="free"), Problem)
    for month, day in ((11, 21), (12, 1)):
        with at(2026, month, day):
            services.walk_site(site_id=rented.id)
    with site_scope(rented.id):
        assert [row.amount_fen for row in Invoice.objects.order_by("number")] == [49_000, 298_000]
        assert RentTerm.objects.filter(until_on=None).count() == 1


def test_leaving_gives_back_the_days_that_are_left(rented: Site) -> None:
    with at(2026, 11, 24):
        closed = services.tenant_step(actor=owner_of(rented), site=rented, step="leave", reason="自建系统")
        assert not is_problem(closed) and state_of(rented) == "closed"
        services.walk_site(site_id=rented.id)
    with site_scope(rented.id):
        amounts = [row.amount_fen for row in Invoice.objects.order_by("number")]
    assert (amounts[0] == 49_000 and amounts[1] == -(98_000 * 7 // 30) - 1) or sum(
        amounts
    ) == 98_000 * 8 // 30
    assert sum(amounts) in (26_133, 26_134)


def test_a_filing_that_ran_out_suspends_and_its_renewal_lifts(db: None) -> None:
    with at(2026, 11, 16):
        site = live_site(until_on=date(2026, 11, 30))
        with site_scope(site.id):
            complete(site)
    with at(2026, 11, 30):
        services.walk_site(site_id=site.id)
        assert state_of(site) == "live"
    with at(2026, 12, 1):
        services.walk_site(site_id=site.id)
        assert state_of(site) == "suspended" and not selectors.site_facts(site.id).filing_valid
        from jieqing.estate.sites.tests.applying import give_filing

        site.refresh_from_db()
        give_filing(site, "苏备-2027-001", date(2027, 11, 30))
        assert services.confirm_renewal(actor=operator_of(appoint()), site=site)
        assert state_of(site) == "live"


def test_suspended_means_read_and_export_but_write_nothing(cast: Cast) -> None:
    operator = operator_of(appoint())
    suspended = services.operator_step(
        actor=operator, site_id=cast.site.id, step="suspend", reason="核查投诉"
    )
    assert not is_problem(suspended)
    owner, base = cast.clients["owner"], f"/s/{cast.site.slug}"
    for page in ("/desk/", "/ledger/items/", "/ledger/items.csv", "/rental/", "/rental/export/"):
        assert owner.get(base + page).status_code == 200, page
    for page in ("/ledger/imports/new/", "/people/invite/"):
        answer = owner.post(base + page, {})
        assert answer.status_code == 403 and "已暂停" in answer.content.decode()
    api = owner.post(f"/api/v1/sites/{cast.site.slug}/ledger/imports", {})
    assert api.status_code == 403 and api.json()["code"] == "site.suspended"
    assert owner.post(f"{base}/rental/export/").status_code == 302
    assert "核查投诉" in owner.get(f"{base}/rental/").content.decode()
    assert Client().get(f"{base}/logo/none").status_code == 404


def test_closed_leaves_nothing_but_the_owners_export(cast: Cast) -> None:
    services.tenant_step(actor=cast.actor("owner"), site=cast.site, step="leave", reason="退租")
    base = f"/s/{cast.site.slug}"
    for name, client in cast.clients.items():
        if name in ("owner", "teammate"):
            for page in ("/desk/", "/rental/", "/evidence/", "/people/"):
                assert client.get(base + page).status_code == 403, page
    assert cast.clients["owner"].get(f"{base}/rental/export/").status_code == 200
    assert cast.clients["teammate"].get(f"{base}/rental/export/").status_code == 403
    with clock.frozen(clock.now() + timedelta(days=92)):
        assert cast.clients["owner"].get(f"{base}/rental/export/").status_code == 403


def test_rent_pages(cast: Cast) -> None:
    with site_scope(cast.site.id):
        begin_rent(actor=cast.actor("owner"), site=cast.site)
        services.bill(actor=cast.actor("owner"), site=cast.site)
    operator = Client()
    operator.force_login(appoint())
    page = cast.clients["owner"].get(f"/s/{cast.site.slug}/rental/rent/").content.decode()
    assert "起步版" in page
    assert (
        cast.clients["owner"].post(f"/s/{cast.site.slug}/rental/rent/", {"plan": "team"}).status_code == 302
    )
    paid = operator.post(
        f"/operator/sites/{cast.site.slug}/received/",
        {"number": 1, "bank_reference": "B-7", "received_on": "2026-11-22"},
    )
    assert paid.status_code == 302
    assert "B-7" in cast.clients["owner"].get(f"/s/{cast.site.slug}/rental/rent/").content.decode()


def test_a_second_owner_sees_the_same(cast: Cast) -> None:
    person = appoint("again")
    join_owner(cast.site, person)
    client = Client()
    client.force_login(person)
    assert client.get(f"/s/{cast.site.slug}/rental/").status_code == 200
    begin_self_test(site=cast.site)
