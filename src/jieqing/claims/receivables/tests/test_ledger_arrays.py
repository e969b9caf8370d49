"""Open amounts of many days at once are the open amounts of each."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jieqing.claims.receivables.engine.ledger_arrays import arrange

postings = st.lists(
    st.tuples(st.integers(0, 5), st.integers(-(10**15), 10**15), st.integers(-40, 400)),
    min_size=1,
    max_size=40,
)


@given(postings, st.lists(st.integers(-60, 420), min_size=1, max_size=14, unique=True).map(sorted))
def test_open_at_each_is_open_at_one(rows: list[tuple[int, int, int]], days: list[int]) -> None:
    items, minor, on = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    ones = np.ones(len(rows), np.int64)
    own = dict.fromkeys(("debtor", "creditor", "currency", "item_kind", "kind", "amount_minor"), ones)
    ledger = arrange(
        {**own, "item_key": items, "minor": minor, "on": on, "due_on": ones, "invoice_on": ones}, {1: "CNY"}
    )
    found = [opening.tolist() for opening in ledger.open_at_each(days)]
    for day, opening in zip(days, found, strict=True):
        assert opening == ledger.open_minor(day).tolist()
        assert opening == [int(minor[(items == item) & (on <= day)].sum()) for item in np.unique(items)]
