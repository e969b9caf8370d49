"""A large ledger's page read along the index is the page that the whole statement gives, or no page at all."""

from collections.abc import Callable
from datetime import date

import pytest
from tests.cast import Cast

from jieqing.claims.receivables import selectors
from jieqing.claims.receivables.models import Item
from jieqing.claims.receivables.selectors import ItemFilter, ItemState, item_walk, remembered
from jieqing.claims.receivables.services.overdue_terms import set_overdue_terms
from jieqing.claims.receivables.tests.hand_ledger import HandLedger
from jieqing.claims.receivables.tests.test_reading_pages import HONGDA, LISHI, read  # noqa: F401
from jieqing.kernel.outcomes import unwrap
from jieqing.plumbing.db.scopes import site_scope

DAY = date(2026, 11, 22)


@pytest.fixture
def many(hand_ledger: HandLedger) -> HandLedger:
    for index in range(90):
        hand_ledger.add(
            f"FP-{index:03d}", LISHI if index % 3 else HONGDA, 100 + index, due_in=30 - (index * 7) % 80
        )
    hand_ledger.commit()
    return hand_ledger


@pytest.mark.parametrize("sort", ["age", "due"])
@pytest.mark.parametrize("is_reversed", [False, True])
@pytest.mark.parametrize("state", [ItemState.OPEN, ItemState.OVERDUE, ItemState.ALL])
def test_walked_pages_are_the_pages(
    cast: Cast, many: HandLedger, sort: str, is_reversed: bool, state: ItemState
) -> None:
    wanted = ItemFilter(currency="CNY", state=state)
    order = {"as_of": DAY, "sort": sort, "is_reversed": is_reversed, "limit": 20}
    with site_scope(cast.site.id):
        after = None
        for _page in range(2):
            whole = selectors.items_page(wanted, after=after, **order)
            walked = selectors.items_walked(wanted, after=after, **order)
            assert walked is not None
            assert walked.rows == whole.rows
            assert walked.next_cursor == whole.next_cursor
            after = whole.next_cursor


@pytest.mark.parametrize("is_reversed", [False, True])
@pytest.mark.parametrize("state", [ItemState.OPEN, ItemState.OVERDUE, ItemState.ALL])
@pytest.mark.parametrize(("site_grace", "own_grace"), [(3, None), (0, 20)])
def test_walked_pages_are_the_pages_under_terms_of_lateness(
    cast: Cast, many: HandLedger, is_reversed: bool, state: ItemState, site_grace: int, own_grace: int | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Grace, rolled days and a creditor's own terms; the edge of what is probed lies inside the ledger."""
    monkeypatch.setattr(item_walk, "PROBES", 70)
    monkeypatch.setattr(item_walk, "WIDE_PROBES", 85)
    actor, reason = cast.actor("owner"), "合同第六条"
    with site_scope(cast.site.id):
        creditor_id = Item.objects.values_list("creditor_id", flat=True)[0]
    told = {"actor": actor, "effective_from": DAY.replace(day=1), "reason": reason}
    unwrap(set_overdue_terms(grace_days=site_grace, rolls=True, creditor_id=None, **told))
    if own_grace is not None:
        unwrap(set_overdue_terms(grace_days=own_grace, rolls=False, creditor_id=creditor_id, **told))
    wanted = ItemFilter(currency="CNY", state=state)
    order = {"as_of": DAY, "sort": "age", "is_reversed": is_reversed, "limit": 8}
    with site_scope(cast.site.id):
        after = None
        for _page in range(2):
            whole = selectors.items_page(wanted, after=after, **order)
            walked = selectors.items_walked(wanted, after=after, **order)
            assert walked is not None
            assert walked.rows == whole.rows
            assert walked.next_cursor == whole.next_cursor
            after = whole.next_cursor


def test_a_page_that_is_not_full_is_not_guessed(cast: Cast, many: HandLedger) -> None:
    with site_scope(cast.site.id):
        order = {"as_of": DAY, "sort": "age", "is_reversed": False, "after": None}
        assert selectors.items_walked(ItemFilter(currency="USD"), **order) is None
        assert selectors.items_walked(ItemFilter(search="FP-00"), **order) is None
        assert selectors.items_walked(ItemFilter(), **{**order, "sort": "amount"}) is None


def test_a_large_ledger_shows_rows_first_and_totals_next(
    read: Callable[..., str],  # noqa: F811
    many: HandLedger,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (item_walk, remembered, selectors, selectors.items):
        monkeypatch.setattr(module, "LARGE_LEDGER_ITEMS", 10, raising=False)
    monkeypatch.setattr("jieqing.claims.receivables.selectors.moments.LARGE_LEDGER_ITEMS", 10)
    page = read("ledger/items/")
    assert page.count('name="row"') == 50
    assert "后面还有" in page
    assert 'hx-get="?part=totals"' in page
    totals = read("ledger/items/", part="totals")
    assert "全部 90 笔合计" in totals
    assert 'hx-swap-oob="true">90 笔' in totals
    assert "全部 90 笔合计" in read("ledger/items/"), "once known, they come with the page"
