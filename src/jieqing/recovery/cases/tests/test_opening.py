"""A case opens on documents of one debtor, once; what the queue shows is what the ledger says."""

from datetime import date

import pytest
from tests.cast import Cast

from jieqing.claims.receivables.services.reporting import set_reporting_day
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import services
from jieqing.recovery.cases.models import CaseEvent
from jieqing.recovery.cases.selectors import CaseFilter, cases_page
from jieqing.recovery.cases.tests.books import ids_of, import_books, opened, pay


@pytest.fixture
def actor(cast: Cast) -> Actor:
    import_books(cast.actor("owner"))
    return cast.actor("owner")


def test_a_case_opens_with_its_amounts_its_stage_and_a_next_action(actor: Actor) -> None:
    case = opened(actor, "INV-001", "INV-002")
    assert (case.number, case.open_minor, case.overdue_minor) == (1, 1_025_050, 1_025_050)
    assert (case.stage, case.next_action, case.items_open) == ("remind", "remind", 2)
    assert case.next_action_on is not None
    assert case.first_response_due_at is not None
    assert case.debtor_name == "宏达机械有限公司"
    with site_scope(actor.own_site):
        assert [event.kind for event in CaseEvent.objects.filter(case=case)] == ["opened"]


def test_a_document_is_in_one_open_case(actor: Actor) -> None:
    opened(actor, "INV-001")
    again = services.open_case(actor=actor, item_ids=ids_of(actor, "INV-001", "INV-002"))
    assert is_problem(again)
    assert again.code == "cases.item_in_case"


def test_documents_of_two_debtors_make_no_case(actor: Actor) -> None:
    mixed = services.open_case(actor=actor, item_ids=ids_of(actor, "INV-001", "INV-003"))
    assert is_problem(mixed)
    assert mixed.code == "cases.mixed_items"


def test_the_list_is_ordered_by_expected_value(actor: Actor) -> None:
    for numbers in (("INV-005",), ("INV-001",), ("INV-003",)):
        opened(actor, *numbers)
    with site_scope(actor.own_site):
        first = cases_page(actor, CaseFilter(), limit=2)
        rest = cases_page(actor, CaseFilter(), limit=2, after=first.next_cursor)
    assert [case.overdue_minor for case in first.rows] == [1_000_000, 9_950]
    assert [case.overdue_minor for case in rest.rows] == [7_700]
    assert rest.next_cursor is None


def test_a_replay_of_the_past_opens_what_was_owed_on_its_day(cast: Cast) -> None:
    """What was paid later is not known on the day that is replayed, neither to the check nor to the case."""
    actor = cast.actor("owner")
    import_books(actor)
    pay(actor, "INV-001", 1_000_000, on=date(2026, 10, 1))
    paid = services.open_case(actor=actor, item_ids=ids_of(actor, "INV-001"))
    assert is_problem(paid)
    set_reporting_day(actor=actor, as_of=date(2026, 9, 1))
    case = opened(actor, "INV-001")
    assert case.open_minor == 1_000_000
