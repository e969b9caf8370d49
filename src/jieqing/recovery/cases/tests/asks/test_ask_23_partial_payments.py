"""Ask 23: one document, many payments; each is on the timeline; a promise is kept or broken by them alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import services
from jieqing.recovery.cases.engine.codes import PromiseState
from jieqing.recovery.cases.engine.promises import Instalment, Payment, PromiseTerms, judge
from jieqing.recovery.cases.models import CaseEvent, Promise
from jieqing.recovery.cases.selectors import working_day
from jieqing.recovery.cases.tests.books import fresh, import_books, opened, pay

MADE = date(2026, 5, 1)


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 900)), max_size=8),
    st.integers(0, 70),
    st.randoms(use_true_random=False),
)
def test_the_order_in_which_payments_become_known_changes_nothing(parts, looked: int, shuffle) -> None:
    terms = PromiseTerms(
        MADE, (Instalment(MADE + timedelta(days=10), 500), Instalment(MADE + timedelta(days=40), 700)), 3, 6
    )
    payments = [Payment(MADE + timedelta(days=on), minor) for on, minor in parts]
    shuffled = list(payments)
    shuffle.shuffle(shuffled)
    today = MADE + timedelta(days=looked)
    first = judge(terms, payments, today)
    assert first == judge(terms, shuffled, today)
    if first.state is PromiseState.KEPT:
        assert first.paid_minor >= terms.amount_minor - terms.tolerance_minor


@pytest.fixture
def actor(cast: Cast) -> Actor:
    import_books(cast.actor("owner"))
    return cast.actor("owner")


def kinds(actor: Actor, case: object) -> list[str]:
    with site_scope(actor.own_site):
        return list(CaseEvent.objects.filter(case=case).order_by("at", "id").values_list("kind", flat=True))


def test_two_part_payments_keep_a_promise_and_a_third_settles(actor: Actor) -> None:
    case = opened(actor, "INV-001")
    with site_scope(actor.own_site):
        today = working_day()
    promise = services.record_promise(
        actor=actor, case=case, instalments=[Instalment(today + timedelta(days=5), 500_000)]
    )
    assert not is_problem(promise), promise
    assert (fresh(case).promise_on, fresh(case).promise_minor) == (today + timedelta(days=5), 500_000)
    second = services.record_promise(
        actor=actor, case=case, instalments=[Instalment(today + timedelta(days=6), 1)]
    )
    assert is_problem(second)
    pay(actor, "INV-001", 300_000, on=today, name="一.csv")
    assert fresh(case).promise_minor == 200_000
    pay(actor, "INV-001", 200_000, on=today, name="二.csv")
    with site_scope(actor.own_site):
        assert Promise.objects.get(id=promise.id).state == "kept"
    assert fresh(case).promise_on is None
    pay(actor, "INV-001", 500_000, on=today, name="三.csv")
    assert kinds(actor, case) == [
        "opened",
        "promised",
        "payment_seen",
        "payment_seen",
        "promise_kept",
        "payment_seen",
        "closed",
    ]


def test_a_promise_breaks_by_itself_and_a_late_bank_file_keeps_it_after_all(actor: Actor) -> None:
    case = opened(actor, "INV-001")
    with site_scope(actor.own_site):
        today = working_day()
    promise = services.record_promise(
        actor=actor, case=case, instalments=[Instalment(today + timedelta(days=2), 100_000)]
    )
    assert not is_problem(promise), promise
    with clock.frozen(clock.now() + timedelta(days=6)):
        services.wake(actor=actor)
        with site_scope(actor.own_site):
            assert Promise.objects.get(id=promise.id).state == "broken"
        assert "broken_promise" in fresh(case).reasons
        pay(actor, "INV-001", 100_000, on=today + timedelta(days=1), name="迟到.csv")
        with site_scope(actor.own_site):
            assert Promise.objects.get(id=promise.id).state == "kept"
        cancelled = services.cancel_promise(actor=actor, promise=promise, reason="改主意")
        assert is_problem(cancelled)
        assert cancelled.code == "cases.promise_ended"
