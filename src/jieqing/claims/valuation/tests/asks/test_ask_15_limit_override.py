"""Ask 15: a limit that blocks in silence, and rights that reach too far.

OCA/credit-control#396, #17, #99/#101, #375; OCA/partner-contact PR #385: an own right for passing a limit; what blocks says so and
names its rule; only positive exposure counts; passing a limit is logged with its reason.
"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast

from jieqing.claims.parties.models import Party
from jieqing.claims.receivables import services as ledger_services
from jieqing.claims.valuation import selectors, services
from jieqing.claims.valuation.engine import limits as engine
from jieqing.claims.valuation.models import CustomerLimit
from jieqing.claims.valuation.services import LimitOrder
from jieqing.estate.accounts.engine.roles import PERMISSIONS, Role
from jieqing.kernel import clock
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import selectors as evidence

LEDGER = """客户名称,单据号,开票日期,到期日,金额,币种
华东轴承有限公司,FP-1,2026-01-05,2026-02-05,8000.00,CNY
华东轴承有限公司,FP-2,2026-02-05,2026-03-05,4000.00,CNY
华东轴承有限公司,HZ-1,2026-02-20,,-5000.00,CNY
西部钢构有限公司,HZ-2,2026-02-20,,-700.00,CNY
"""
AS_OF = date(2026, 6, 30)


@pytest.fixture
def book(cast: Cast) -> Cast:
    found = ledger_services.import_file(actor=cast.actor("owner"), name="应收.csv", source=LEDGER.encode())
    assert not is_problem(found), found
    return cast


def party(book: Cast, name: str) -> Party:
    with site_scope(book.site.id):
        return Party.objects.get(name=name)


def order(debtor: Party, fen: int, **more: object) -> LimitOrder:
    told = {"from_on": date(2026, 1, 1), "to_on": None, "reason": "年度授信评审"} | more
    return LimitOrder(debtor_id=debtor.id, currency="CNY", amount_minor=fen, **told)  # type: ignore[arg-type]


def state(book: Cast, debtor: Party, **more: object) -> engine.LimitState:
    with site_scope(book.site.id):
        return selectors.limit_state(debtor.id, currency="CNY", as_of=AS_OF, **more)  # type: ignore[arg-type]


def test_ask_15_limit_override(book: Cast) -> None:
    debtor, owner = party(book, "华东轴承有限公司"), book.actor("owner")
    assert state(book, debtor).rule == "limit.none"
    assert isinstance(services.set_limit(actor=owner, order=order(debtor, 10_000_00)), CustomerLimit)
    blocked = state(book, debtor)
    assert (blocked.is_blocked, blocked.rule) == (True, "limit.reached")
    assert (blocked.exposure_minor, blocked.credit_minor) == (12_000_00, 5_000_00), "a credit hides no debt"
    assert "12,000.00" in blocked.told.zh and "2,000.00" in blocked.told.en and blocked.told.todo_zh

    no_reason = services.override_limit(actor=owner, order=order(debtor, 15_000_00, reason=" "))
    assert isinstance(no_reason, Problem) and no_reason.code == "valuation.reason_missing"
    endless = services.override_limit(actor=owner, order=order(debtor, 15_000_00))
    assert isinstance(endless, Problem) and endless.code == "limit.override_term"
    done = services.override_limit(
        actor=owner,
        order=order(debtor, 15_000_00, to_on=clock.today() + timedelta(days=30), reason="旺季备货"),
    )
    assert isinstance(done, CustomerLimit)
    passed = state(book, debtor)
    assert (passed.is_blocked, passed.rule, passed.left_minor) == (False, "limit.overridden", 3_000_00)
    assert state(book, debtor, more_minor=3_000_01).rule == "limit.override_passed"
    with site_scope(book.site.id):
        entry = evidence.entry_by_id(done.entry_id)
    assert entry is not None and entry.action == "claims.valuation.limit_overridden"

    ended = services.end_limit(actor=owner, limit=done, reason="旺季已过")
    assert isinstance(ended, CustomerLimit) and state(book, debtor).rule == "limit.reached"


def test_only_positive_exposure_counts(book: Cast) -> None:
    debtor = party(book, "西部钢构有限公司")
    services.set_limit(actor=book.actor("owner"), order=order(debtor, 0))
    found = state(book, debtor)
    assert (found.rule, found.exposure_minor, found.credit_minor) == ("limit.within", 0, 700_00)


def test_a_limit_out_of_term_leaves_nothing(book: Cast) -> None:
    debtor = party(book, "华东轴承有限公司")
    over = order(debtor, 99_000_00, to_on=date(2026, 5, 31))
    services.set_limit(actor=book.actor("owner"), order=over)
    found = state(book, debtor)
    assert (found.is_blocked, found.rule) == (True, "limit.not_in_force")
    assert "2026-05-31" in found.told.zh


def test_passing_a_limit_is_its_own_right(book: Cast) -> None:
    assert {role for role, may in PERMISSIONS.items() if "limits.override" in may} == {Role.SITE_OWNER}
    assert "limits.set" in PERMISSIONS[Role.FINANCE]
    debtor = party(book, "华东轴承有限公司")
    address = f"/s/{book.site.slug}/valuation/limits/{debtor.id}/"
    for name, status in (("teammate", 403), ("stranger", 404), ("debtor", 403)):
        for step in ("set", "override"):
            assert book.clients[name].post(f"{address}{step}/", {}).status_code == status


terms = st.builds(
    engine.Term,
    st.integers(0, 10**9),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.none() | st.dates(date(2027, 1, 1), date(2027, 12, 31)),
)


@given(
    exposure=st.integers(-(10**9), 10**9),
    more=st.integers(0, 10**9),
    limit=st.none() | terms,
    override=st.none() | terms,
    day=st.dates(date(2025, 6, 1), date(2028, 6, 1)),
)
def test_every_answer_has_its_rule_and_words(exposure, more, limit, override, day) -> None:  # type: ignore[no-untyped-def]
    found = engine.limit_state(
        currency="CNY", day=day, exposure_minor=exposure, more_minor=more, limit=limit, override=override
    )
    assert found.rule in {rule.code for rule in engine.RULES}
    assert all((found.told.zh, found.told.en, found.told.todo_zh, found.told.todo_en))
    assert found.exposure_minor >= 0
    if found.allowed_minor is not None:
        assert found.is_blocked == (found.exposure_minor > found.allowed_minor)
    more_later = engine.limit_state(
        currency="CNY", day=day, exposure_minor=exposure, more_minor=more + 1, limit=limit, override=override
    )
    assert not (found.is_blocked and not more_later.is_blocked), "owing more never opens what was blocked"
