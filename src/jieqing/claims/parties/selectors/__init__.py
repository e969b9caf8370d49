"""Reads about parties: who is known, how they are reached (masked), what the gate must know."""

from jieqing.claims.parties.selectors.facts import contact_facts, contact_facts_of
from jieqing.claims.parties.selectors.identities import ContactIdentity, contact_identities, party_identities
from jieqing.claims.parties.selectors.known import ids_by_match_key, names_of, parties_called, party_names
from jieqing.claims.parties.selectors.points import PointView, contact_points_of, points_called
from jieqing.claims.parties.selectors.sealed import holder_of
from jieqing.claims.parties.selectors.standing import (
    debtor_events_of,
    guarantees_for,
    guarantees_of,
    parties_with,
)

__all__ = [
    "ContactIdentity",
    "PointView",
    "contact_facts",
    "contact_facts_of",
    "contact_identities",
    "contact_points_of",
    "debtor_events_of",
    "guarantees_for",
    "guarantees_of",
    "holder_of",
    "ids_by_match_key",
    "names_of",
    "parties_called",
    "parties_with",
    "party_identities",
    "party_names",
    "points_called",
]
