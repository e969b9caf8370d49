"""The values that matching works with: open items, a line of money in, a suggestion; and the book they are looked up in.

A book is built once for all lines of a page and holds open items by debtor, number and amount, and debtors by every
spelling of their name; a credit balance is no target and does not enter it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from jieqing.claims.parties.engine.names import name_key
from jieqing.claims.receipts.engine.payer_names import NameFit, core_key, fit, pinyin_core, pinyin_key
from jieqing.claims.receipts.engine.reference_texts import plain_number
from jieqing.claims.receipts.engine.statement_types import digits_of


@dataclass(frozen=True, slots=True)
class OpenItem:
    item_id: UUID
    debtor_id: UUID
    debtor_name: str
    document_number: str
    currency: str
    open_minor: int
    invoice_on: date
    due_on: date | None

    @property
    def order(self) -> tuple[date, date, str, str]:
        """The order of appropriation where nobody names an item: first due, then first invoiced."""
        return self.due_on or self.invoice_on, self.invoice_on, self.document_number, str(self.item_id)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A line of money in, as the search sees it."""

    line_id: UUID
    amount_minor: int
    currency: str
    payer_name: str
    payer_account: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    item_id: UUID
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``reasons`` and ``flags`` are codes with their values, said in words by ``reason_words``."""

    line_id: UUID
    debtor_id: UUID
    parts: tuple[Part, ...]
    rest_minor: int
    score: int
    reasons: tuple[tuple[str, str], ...]
    flags: tuple[tuple[str, str], ...] = ()
    is_certain: bool = False

    @property
    def items(self) -> frozenset[UUID]:
        return frozenset(part.item_id for part in self.parts)


@dataclass
class Book:
    """Open items of a site in one currency, and who paid for whom before; built once, asked for each line."""

    items: Sequence[OpenItem]
    payers: Mapping[str, frozenset[UUID]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_debtor: dict[UUID, list[OpenItem]] = defaultdict(list)
        self.by_number: dict[str, list[OpenItem]] = defaultdict(list)
        self.by_amount: dict[int, list[OpenItem]] = defaultdict(list)
        self.by_key: dict[str, set[UUID]] = defaultdict(set)
        self.names: dict[UUID, str] = {}
        for item in sorted(self.items, key=lambda one: one.order):
            if item.open_minor <= 0:
                continue
            self.by_debtor[item.debtor_id].append(item)
            self.by_amount[item.open_minor].append(item)
            number = plain_number(item.document_number)
            if number:
                self.by_number[number].append(item)
            self.names.setdefault(item.debtor_id, item.debtor_name)
        for debtor_id, name in self.names.items():
            for key in {name_key(name), core_key(name), pinyin_key(name), pinyin_core(name)}:
                if key:
                    self.by_key[key].add(debtor_id)

    def debtors_named(self, payer: str) -> dict[UUID, NameFit]:
        """Debtors whose name fits: by key first, since names are many and lines are many."""
        near: set[UUID] = set()
        for key in {name_key(payer), core_key(payer), pinyin_key(payer), pinyin_core(payer)}:
            near |= self.by_key.get(key, set())
        near |= _cut_names(self, payer)
        found = {debtor_id: fit(payer, self.names[debtor_id]) for debtor_id in near}
        return {debtor_id: how for debtor_id, how in found.items() if how}

    def known_payer(self, line: Incoming) -> frozenset[UUID]:
        account, name = digits_of(line.payer_account), name_key(line.payer_name)
        return self.payers.get(f"account:{account}", frozenset()) | self.payers.get(
            f"name:{name}", frozenset()
        )


def _cut_names(book: Book, payer: str) -> set[UUID]:
    key = name_key(payer)
    if len(key) < 6 or book.by_key.get(key):
        return set()
    return {debtor_id for debtor_id, name in book.names.items() if name_key(name).startswith(key)}
