"""Two people and one debt: it lies in one active placement, and engagement numbers have no gap, whoever comes at once."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from jieqing.claims.receivables.models import Item
from jieqing.claims.receivables.tests.small_ledgers import csv_of, open_books
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.placements import services
from jieqing.recovery.placements.models import Placement, PlacementItem
from jieqing.recovery.placements.tests.placing import creditor_of, signed, terms

ROWS = [("C1", "A-00001", "2026-01-10", "2026-02-10", "100.00", "0", "")]


def test_of_two_activations_one_begins_and_numbers_have_no_gap(transactional_db: None) -> None:
    books = open_books()
    books.imported(csv_of(ROWS))
    with site_scope(books.site_id):
        item_id = Item.objects.get(document_number="A-00001").id
    waiting = [signed(books.actor, [item_id]) for _time in range(3)]
    creditor = creditor_of(books.actor, item_id)

    def activate(placement: Placement) -> Placement | Problem:
        try:
            return services.activate_placement(actor=books.actor, placement=placement)
        finally:
            connections.close_all()

    def open_one(_number: int) -> Placement | Problem:
        try:
            return services.open_placement(
                actor=books.actor, creditor_id=creditor, item_ids=[item_id], terms=terms()
            )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(activate, waiting))
        list(pool.map(open_one, range(3)))
    assert sum(isinstance(answer, Placement) for answer in answers) == 1
    assert {answer.code for answer in answers if isinstance(answer, Problem)} == {"placement.already_placed"}
    with site_scope(books.site_id):
        assert PlacementItem.objects.filter(from_at__isnull=False, until_at=None).count() == 1
        assert sorted(Placement.objects.values_list("sequence", flat=True)) == [1, 2, 3, 4, 5, 6]
