"""Declarations for tests: a clean trade debt, and a loan with everything said."""

from uuid import UUID

from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.intake import services
from jieqing.recovery.placements.services import ensure_standing_placement

TRADE = {
    "debt_kind": "sale",
    "basis": "signed",
    "basis_forged": "no",
    "origin": "lawful",
    "debtor_checked": "verified",
    "court_state": "none",
    "criminal_case": "no",
    "assignment": "own",
}
LENDING = TRADE | {
    "debt_kind": "private_loan",
    "creditor_kind": "individual",
    "annual_rate": "0.12",
    "lent_on": "2025-06-01",
    "claim_within_cap": "yes",
    "prepaid_interest": "no",
    "prepaid_excluded": "yes",
    "lends_habitually": "no",
    "relent_money": "no",
}


def declare_standing(actor: Actor, **changed: str) -> UUID:
    """The standing placement of an in-house site, with its debts declared as clean trade debts."""
    placement = ensure_standing_placement(actor=actor)
    assert not is_problem(placement), placement
    with site_scope(actor.own_site):
        told = services.declare_origin(actor=actor, placement_id=placement.id, answers=TRADE | changed)
    assert not is_problem(told), told
    return placement.id
