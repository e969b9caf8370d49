"""Two operators and one application at the same moment: real transactions on real connections, one decision stands."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from jieqing.estate.sites import services
from jieqing.estate.sites.models import Site, StateChange
from jieqing.estate.sites.tests.applying import draft, fill_in, operator_of, owner_of, state_of
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence.models import Entry
from tests.tenants import appoint

DECISIONS = ("file", "return", "close", "file", "return", "close")


@pytest.fixture
def submitted(transactional_db: None) -> Site:
    site = draft()
    fill_in(site)
    services.tenant_step(actor=owner_of(site), site=site, step="submit")
    return site


def at_once(site: Site, decisions: tuple[str, ...], expected: str) -> list[Site | Problem]:
    """Each decision on a connection of its own; all wait for each other before the first one asks."""
    operators = [operator_of(appoint(f"operator-{number}")) for number in range(len(decisions))]
    start = Barrier(len(decisions))

    def decide(number: int) -> Site | Problem:
        try:
            start.wait(timeout=30)
            return services.operator_step(
                actor=operators[number],
                site_id=site.id,
                step=decisions[number],
                reason="各自看过",
                expected=expected,
            )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(decisions)) as pool:
        return list(pool.map(decide, range(len(decisions))))


def test_of_many_decisions_on_one_state_one_is_carried_out(submitted: Site) -> None:
    found = at_once(submitted, DECISIONS, "submitted")
    heard = [one for one in found if not is_problem(one)]
    assert len(heard) == 1
    assert {one.code for one in found if isinstance(one, Problem)} == {"site.moved_meanwhile"}
    with site_scope(submitted.id):
        changes = list(StateChange.objects.order_by("number"))
        assert [change.after for change in changes] == ["draft", "submitted", state_of(submitted)]
        assert Entry.objects.filter(action="estate.sites.state_changed").count() == 2, "one for each step"


def test_a_tenant_taking_back_and_an_operator_filing_do_not_both_win(submitted: Site) -> None:
    start = Barrier(2)
    operator = operator_of(appoint())

    def tenant() -> Site | Problem:
        return services.tenant_step(
            actor=owner_of(submitted), site=submitted, step="withdraw", expected="submitted"
        )

    def platform() -> Site | Problem:
        return services.operator_step(
            actor=operator, site_id=submitted.id, step="file", reason="一致", expected="submitted"
        )

    def alone(verb) -> Site | Problem:  # type: ignore[no-untyped-def]
        try:
            start.wait(timeout=30)
            return verb()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(alone, (tenant, platform)))
    assert sum(not is_problem(one) for one in found) == 1
    assert state_of(submitted) in {"draft", "filed"}
    with site_scope(submitted.id):
        assert StateChange.objects.count() == 3
