"""Addresses below ``/s/<site>/``: a party's contacts, one point, the verbs of both, and the ends."""

from django.urls import path

from jieqing.claims.parties.pages import contacts, ending
from jieqing.claims.parties.pages.verbs import PARTY_VERBS, POINT_VERBS

_PARTY, _POINT = "parties/<uuid:party_id>/contacts/", "contact-points/<uuid:point_id>/"

urlpatterns = [
    path(_PARTY, contacts.contacts, name="party-contacts"),
    *(
        path(f"{_PARTY}{verb.name}/", contacts.party_verb(verb), name=f"party-{verb.name}")
        for verb in PARTY_VERBS
    ),
    path(_POINT, contacts.point, name="contact-point"),
    path(f"{_POINT}reveal/", contacts.reveal, name="point-reveal"),
    *(
        path(f"{_POINT}{verb.name}/", contacts.point_verb(verb), name=f"point-{verb.name}")
        for verb in POINT_VERBS
    ),
    path("contact-choices/<uuid:choice_id>/withdraw/", ending.withdraw_choice, name="choice-withdraw"),
    path("agreed-hours/<uuid:hours_id>/end/", ending.end_hours, name="hours-end"),
    path("guarantees/<uuid:guarantee_id>/end/", ending.end_guarantee, name="guarantee-end"),
    path("debtor-events/<uuid:event_id>/end/", ending.end_event, name="debtor-event-end"),
]
