"""Jurisdiction: which court can be asked, in order, with the article and the fact that is still missing.

In this order. A valid arbitration clause takes the case away from every court. Real estate, and with it construction
contracts and leases of houses, belongs to the place of the property alone: no agreement changes that. A written choice
of a court with a real link to the dispute comes next and, when it is good, stands alone. Without one the creditor may
choose between the defendant's home and the place of performance; for money, where no place was agreed, that is the
place of the one who receives it. A payment order goes to the debtor's basic court whatever was agreed.

The level follows the amount and whether both parties live in the court's province (法发〔2021〕27号, from memory, to be
checked; provinces and special courts differ), so the answer says what it does not know.

Places are the user's words and are compared as written. What is suggested is a start for a lawyer, not a ruling.
Source: 民事诉讼法 18 to 36, 104, 205, 225, 235; 民诉法解释 3, 4, 18 to 32; 仲裁法 5; 民法典 511.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jieqing.claims.entitlements.engine.jurisdiction_answers import Suggestion
from jieqing.claims.entitlements.engine.jurisdiction_facts import Aim, JurisdictionFacts
from jieqing.claims.entitlements.engine.jurisdiction_steps import (
    confirmation_courts,
    enforcement_courts,
    payment_order_court,
    preservation_courts,
)
from jieqing.claims.entitlements.engine.jurisdiction_suits import suit_courts


def suggest_courts(facts: JurisdictionFacts) -> Suggestion:
    """Return the courts for what the creditor wants to do, best first.

    Example:
        >>> from jieqing.claims.entitlements.engine.jurisdiction_facts import Dispute
        >>> found = suggest_courts(JurisdictionFacts(Dispute.SALE, creditor_place="无锡", debtor_place="金华"))
        >>> [forum.place for forum in found.forums]
        ['无锡', '金华']
    """
    return _AIMS[facts.aim](facts)


_AIMS: Mapping[Aim, Callable[[JurisdictionFacts], Suggestion]] = {
    Aim.SUIT: suit_courts,
    Aim.PAYMENT_ORDER: payment_order_court,
    Aim.PRESERVATION: preservation_courts,
    Aim.ENFORCEMENT: enforcement_courts,
    Aim.CONFIRMATION: confirmation_courts,
}
