"""A ledger as columns of numbers: what rating, loss and forecast compute on.

Items stand in the order of their key, postings behind each other by item, so that the open amount of every item at a
day is one masked sum and the order in which anything was written cannot show. Amounts are minor units; days count from
1970-01-01. Keys are 64-bit hashes of ids made by the database, unique within the ledger (the reader checks that).

Decides nothing: what is late, lost or likely is said by the room that asks.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
_EPOCH = date(1970, 1, 1).toordinal()
_OF_ITEM = ("debtor", "creditor", "currency", "item_kind", "amount_minor", "due_on", "invoice_on")


def day_number(day: date) -> int:
    """Days since 1970-01-01.

    Example:
        >>> day_number(date(1970, 1, 31))
        30
    """
    return day.toordinal() - _EPOCH


def date_of(number: int) -> date:
    return date.fromordinal(int(number) + _EPOCH)


@dataclass(frozen=True, slots=True)
class LedgerArrays:
    """One entry per item; ``starts`` says where each item's postings begin. ``debtor`` and ``creditor`` index their keys."""

    item_key: Ints
    debtor: Ints
    creditor: Ints
    currency: Ints
    kind: Ints
    amount_minor: Ints
    due_on: Ints
    invoice_on: Ints
    starts: Ints
    posting_item: Ints
    posting_minor: Ints
    posting_on: Ints
    posting_kind: Ints
    debtor_keys: Ints
    creditor_keys: Ints
    currencies: tuple[str, ...]
    # The last day asked for: one revaluation asks for its own day in five places.
    _open_at: dict[int, Ints] = field(default_factory=dict, compare=False, repr=False)

    @property
    def items(self) -> int:
        return len(self.item_key)

    @property
    def debtors(self) -> int:
        return len(self.debtor_keys)

    def open_minor(self, day: int) -> Ints:
        """What is open of each item at the end of a day."""
        if not self.items:
            return np.zeros(0, np.int64)
        found = self._open_at.get(day)
        if found is None:
            standing = np.where(self.posting_on <= day, self.posting_minor, 0)
            found = np.add.reduceat(standing, self.starts)
            found.flags.writeable = False
            self._open_at.clear()
            self._open_at[day] = found
        return found

    def open_at_each(self, days: Sequence[int]) -> Iterator[Ints]:
        """What is open of each item at the end of each of some days, which rise: only what moved between two is added.

        Example:
            >>> columns = {name: np.array(value) for name, value in {
            ...     "item_key": [7, 7], "debtor": [1, 1], "creditor": [2, 2], "currency": [3, 3], "item_kind": [1, 1],
            ...     "amount_minor": [100, 100], "due_on": [5, 5], "invoice_on": [1, 1], "minor": [100, -40],
            ...     "on": [1, 9], "kind": [1, 2]}.items()}
            >>> [found.tolist() for found in arrange(columns, {3: "CNY"}).open_at_each([0, 1, 8, 9])]
            [[0], [100], [100], [60]]
        """
        span = np.searchsorted(np.asarray(days), self.posting_on).astype(np.int16)
        # Sixteen bits: sorted by counting, not by comparing.
        order = np.argsort(span, kind="stable")
        bounds = np.searchsorted(span[order], np.arange(len(days) + 1))
        found = np.zeros(self.items, np.int64)
        for low, high in itertools.pairwise(bounds.tolist()):
            moved = order[low:high]
            found = found.copy()
            np.add.at(found, self.posting_item[moved], self.posting_minor[moved])
            yield found


def arrange(columns: dict[str, Ints], currencies: dict[int, str]) -> LedgerArrays:
    """Columns with one entry per posting, the item's own facts repeated, in any order.

    ``item_key, debtor, creditor, currency, item_kind, amount_minor, due_on, invoice_on, minor, on, kind``; ``currency`` holds
    keys of ``currencies``, which may name more than the ledger has.
    """
    # Within an item any order will do: its sums are of whole numbers. So the quickest sort, which is not a stable one.
    order = np.argsort(columns["item_key"])
    key = columns["item_key"][order]
    is_first = np.ones(len(key), bool)
    is_first[1:] = key[1:] != key[:-1]
    starts = np.flatnonzero(is_first)
    first = order[starts]
    one = {name: columns[name][first] for name in _OF_ITEM}
    debtor_keys, debtor = np.unique(one["debtor"], return_inverse=True)
    creditor_keys, creditor = np.unique(one["creditor"], return_inverse=True)
    hashes, inverse = np.unique(one["currency"], return_inverse=True)
    seen = [currencies[int(hashed)] for hashed in hashes]
    codes = sorted(seen)
    currency = np.array([codes.index(code) for code in seen], np.int64)[inverse]
    return LedgerArrays(
        item_key=key[starts],
        debtor=debtor,
        creditor=creditor,
        currency=currency if len(hashes) else np.zeros(0, np.int64),
        kind=one["item_kind"],
        amount_minor=one["amount_minor"],
        due_on=one["due_on"],
        invoice_on=one["invoice_on"],
        starts=starts,
        posting_item=np.cumsum(is_first) - 1,
        posting_minor=columns["minor"][order],
        posting_on=columns["on"][order],
        posting_kind=columns["kind"][order],
        debtor_keys=debtor_keys,
        creditor_keys=creditor_keys,
        currencies=tuple(codes),
    )


def sample_debtors(ledger: LedgerArrays, debtors_max: int) -> LedgerArrays:
    """The ledger of some debtors, the same ones each time: every n-th in the order of their keys, which are hashes."""
    if ledger.debtors <= debtors_max:
        return ledger
    step = -(-ledger.debtors // debtors_max)
    kept_debtor = np.arange(ledger.debtors) % step == 0
    kept = kept_debtor[ledger.debtor]
    kept_posting = kept[ledger.posting_item]
    counts = np.bincount(ledger.posting_item, minlength=ledger.items)[kept]
    return LedgerArrays(
        item_key=ledger.item_key[kept],
        debtor=(np.cumsum(kept_debtor) - 1)[ledger.debtor[kept]],
        creditor=ledger.creditor[kept],
        currency=ledger.currency[kept],
        kind=ledger.kind[kept],
        amount_minor=ledger.amount_minor[kept],
        due_on=ledger.due_on[kept],
        invoice_on=ledger.invoice_on[kept],
        starts=np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64),
        posting_item=np.repeat(np.arange(len(counts)), counts),
        posting_minor=ledger.posting_minor[kept_posting],
        posting_on=ledger.posting_on[kept_posting],
        posting_kind=ledger.posting_kind[kept_posting],
        debtor_keys=ledger.debtor_keys[kept_debtor],
        creditor_keys=ledger.creditor_keys,
        currencies=ledger.currencies,
    )
