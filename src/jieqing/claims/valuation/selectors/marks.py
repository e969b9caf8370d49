"""What stands about debtors beside the way they pay, on a day: open disputes, hardship, insolvency."""

from collections import defaultdict
from datetime import date
from uuid import UUID

import numpy as np

from jieqing.claims.parties import selectors as parties
from jieqing.claims.parties.engine.standing import EventKind
from jieqing.claims.receivables import selectors as ledger_selectors
from jieqing.claims.receivables.engine.ledger_arrays import LedgerArrays
from jieqing.claims.valuation.engine.marks import Mark
from jieqing.claims.valuation.models import DebtorMark

_KINDS = {
    EventKind.DISPUTES: Mark.DISPUTED,
    EventKind.HARDSHIP: Mark.HARDSHIP,
    EventKind.INSOLVENCY: Mark.INSOLVENT,
    EventKind.BANKRUPT: Mark.INSOLVENT,
}


def marks_on(day: date) -> dict[UUID, Mark]:
    """The marks of every debtor of the site who has any."""
    found: dict[UUID, Mark] = defaultdict(lambda: Mark.NONE)
    for debtor_id in DebtorMark.objects.filter(ended_at=None, from_on__lte=day).values_list(
        "debtor_id", flat=True
    ):
        found[debtor_id] |= Mark.DISPUTED
    for party_id, kind in parties.parties_with(_KINDS, on=day):
        found[party_id] |= _KINDS[kind]
    return dict(found)


def marks_by_place(ledger: LedgerArrays, day: date) -> dict[int, Mark]:
    """The same by the debtor's place in a ledger's columns."""
    found = marks_on(day)
    places = {}
    for party_id, key in ledger_selectors.keys_of_ids(list(found)).items():
        place = int(np.searchsorted(ledger.debtor_keys, key))
        if place < ledger.debtors and ledger.debtor_keys[place] == key:
            places[place] = found[party_id]
    return places
