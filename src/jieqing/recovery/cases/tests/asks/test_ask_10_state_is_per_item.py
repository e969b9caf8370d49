"""Ask 10. Reminding one invoice silently drops the rest.

Requirement: state is per item: reminder on item A leaves B in queue; test with remove-then-return.
Source: OCA/credit-control#460.
"""

import pytest
from tests.cast import Cast

from jieqing.claims.receipts import services as bank
from jieqing.claims.receipts.models import Match
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import unwrap
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import services
from jieqing.recovery.cases.models import Case
from jieqing.recovery.cases.selectors import CaseFilter, cases_page
from jieqing.recovery.cases.selectors.case_page import items_of
from jieqing.recovery.cases.tests.books import fresh, ids_of, import_books, opened, pay

A, B = "INV-001", "INV-002"


@pytest.fixture
def actor(cast: Cast) -> Actor:
    import_books(cast.actor("owner"))
    return cast.actor("owner")


def in_queue(actor: Actor) -> list[Case]:
    with site_scope(actor.own_site):
        return list(cases_page(actor, CaseFilter(state="queue")).rows)


def left_of(actor: Actor, case: Case) -> dict[str, int]:
    with site_scope(actor.own_site):
        return {one.document_number: one.open_minor for one in items_of(case)}


def test_ask_10_acting_on_one_item_leaves_the_other_where_it_was(actor: Actor) -> None:
    """A dispute freezes A: B keeps its place, its amount and its age; closed, A is back beside it."""
    case = opened(actor, A, B)
    before = fresh(case)
    dispute = unwrap(
        services.open_dispute(
            actor=actor,
            case=case,
            code="wrong_amount",
            text="单价有误",
            item_ids=ids_of(actor, A),
            amount_minor=1_000_000,
        )
    )
    frozen = fresh(case)
    assert (frozen.overdue_minor, frozen.open_minor, frozen.items_open) == (25_050, before.open_minor, 2)
    assert frozen.hold_kinds == [], "the case itself is not held"
    assert frozen.oldest_due_on and before.oldest_due_on and frozen.oldest_due_on > before.oldest_due_on
    assert [one.id for one in in_queue(actor)] == [case.id], "B is still worked"
    unwrap(services.close_dispute(actor=actor, dispute=dispute, outcome="rejected", answer="合同单价"))
    after = fresh(case)
    assert (after.overdue_minor, after.oldest_due_on) == (before.overdue_minor, before.oldest_due_on)


def test_ask_10_an_item_that_left_and_returns_finds_the_other_untouched(actor: Actor) -> None:
    case = opened(actor, A, B)
    line = pay(actor, A, 1_000_000)
    assert left_of(actor, case) == {A: 0, B: 25_050}
    assert [one.id for one in in_queue(actor)] == [case.id], "B is still in the queue"
    with site_scope(actor.own_site):
        match = Match.objects.get(line=line, ended_at=None)
        unwrap(bank.unmatch(actor=actor, match=match, reason="认错了"))
    assert left_of(actor, case) == {A: 1_000_000, B: 25_050}
    assert (fresh(case).items_open, fresh(case).overdue_minor) == (2, 1_025_050)
    pay(actor, A, 1_000_000, name="再来.csv")
    assert [one.id for one in in_queue(actor)] == [case.id]


def test_ask_10_a_case_of_one_item_leaves_the_debtors_other_item_free(actor: Actor) -> None:
    """Reminded, paid and closed for A alone: B can be opened, and neither knows of the other's end."""
    first = opened(actor, A)
    pay(actor, A, 1_000_000)
    assert fresh(first).state == "closed"
    second = opened(actor, B)
    assert [one.id for one in in_queue(actor)] == [second.id]
    assert left_of(actor, second) == {B: 25_050}
