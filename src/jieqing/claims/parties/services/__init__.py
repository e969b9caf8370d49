"""Verbs of the room: parties, their contact points and choices, guarantees, debtor events."""

from jieqing.claims.parties.services.choosing import (
    agree_hours,
    end_hours,
    record_consent,
    record_opt_out,
    record_refusal,
    withdraw_choice,
)
from jieqing.claims.parties.services.forgetting import erase_point
from jieqing.claims.parties.services.importing import ImportedContacts, import_contacts, withdraw_imported
from jieqing.claims.parties.services.points import (
    add_contact_point,
    confirm_point,
    correct_contact_point,
    mark_invalid,
    reveal_point,
    state_timezone,
)
from jieqing.claims.parties.services.standing import (
    end_debtor_event,
    end_guarantee,
    link_guarantor,
    record_debtor_event,
)
from jieqing.claims.parties.services.upserting import upsert_parties

__all__ = [
    "ImportedContacts",
    "add_contact_point",
    "agree_hours",
    "confirm_point",
    "correct_contact_point",
    "end_debtor_event",
    "end_guarantee",
    "end_hours",
    "erase_point",
    "import_contacts",
    "link_guarantor",
    "mark_invalid",
    "record_consent",
    "record_debtor_event",
    "record_opt_out",
    "record_refusal",
    "reveal_point",
    "state_timezone",
    "upsert_parties",
    "withdraw_choice",
    "withdraw_imported",
]
