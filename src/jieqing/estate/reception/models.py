"""Enquiries and what became of each; the lines a site shows in public.

What a visitor wrote is sealed with a key outside the database and can be emptied, nothing else of an enquiry can be
changed (append-only grants). What happened are rows of ``EnquiryStep``; one ending at most. No link, token or network address is
stored: see ``engine.receipts``.
"""

from typing import Any

from django.db import models

from jieqing.estate.reception.engine.enquiries import (
    ASKER_NAMES,
    ENDINGS,
    STATE_NAMES,
    TOPIC_NAMES,
    ContactKind,
    Pair,
)
from jieqing.estate.reception.engine.public_lines import SLOTS, VALUE_LENGTH_MAX
from jieqing.plumbing.db.models import SiteModel

ENDING_STATES = [state.value for state in ENDINGS]


def _choices(names: dict[Any, Pair]) -> list[tuple[str, str]]:
    return [(member.value, pair[0]) for member, pair in names.items()]


class Enquiry(SiteModel):
    """One question from outside. The sealed columns are null once emptied."""

    reference = models.CharField(max_length=20)
    topic = models.CharField(max_length=12, choices=_choices(TOPIC_NAMES))
    asker = models.CharField(max_length=10, choices=_choices(ASKER_NAMES))
    language = models.CharField(max_length=2, choices=[("zh", "中文"), ("en", "English")])
    contact_kind = models.CharField(max_length=6, choices=[(kind.value, kind.value) for kind in ContactKind])
    name_sealed = models.BinaryField(null=True)
    contact_sealed = models.BinaryField(null=True)
    story_sealed = models.BinaryField(null=True)
    consent_digest = models.BinaryField()
    # The page's form that was sent: a second click sends the same one and finds this row.
    form_key = models.UUIDField()
    source_key = models.BinaryField(null=True)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "reception_enquiry"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "form_key"], name="reception_enquiry_form"),
            models.UniqueConstraint(fields=["site_id", "reference"], name="reception_enquiry_reference"),
        ]
        indexes = [
            # The inbox lists by what ends first; the measured share looks at the last 90 days.
            models.Index(fields=["site_id", "received_at"], name="reception_enquiry_newest"),
            # Counting tries of one network address; empty two days later.
            models.Index(
                fields=["site_id", "source_key", "received_at"],
                condition=models.Q(source_key__isnull=False),
                name="reception_enquiry_source",
            ),
        ]


class EnquiryStep(SiteModel):
    """Received, answered, declined, withdrawn, erased: when, by whom (null: the visitor), and the words that go with it."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=_choices(STATE_NAMES))
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=80, blank=True)
    text_sealed = models.BinaryField(null=True)
    notice_id = models.UUIDField(null=True)
    entry_id = models.UUIDField()

    class Meta:
        db_table = "reception_step"
        constraints = [
            # Two colleagues cannot both end an enquiry.
            models.UniqueConstraint(
                fields=["enquiry"],
                condition=models.Q(state__in=ENDING_STATES),
                name="reception_step_one_ending",
            ),
            models.UniqueConstraint(fields=["enquiry", "state"], name="reception_step_once"),
        ]


class PublicLine(SiteModel):
    """A line of the public pages, from when to when, set by whom; a newer one ends it."""

    slot = models.CharField(
        max_length=16, choices=[(slot.value, kind.name[0]) for slot, kind in SLOTS.items()]
    )
    value = models.CharField(max_length=VALUE_LENGTH_MAX)
    set_by = models.UUIDField()
    created_at = models.DateTimeField()
    entry_id = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        db_table = "reception_public_line"
        constraints = [
            models.UniqueConstraint(
                fields=["site_id", "slot"],
                condition=models.Q(ended_at__isnull=True),
                name="reception_public_line_live",
            )
        ]


def with_ending(rows: "models.QuerySet[Enquiry]") -> "models.QuerySet[Any]":
    """Each enquiry with ``ending`` and ``ended_at`` of the step that ended it (none: it is open).

    Typed as Any: the type checker knows no annotated fields.
    """
    ended = models.FilteredRelation("steps", condition=models.Q(steps__state__in=ENDING_STATES))
    return rows.annotate(
        ended_by=ended, ending=models.F("ended_by__state"), ended_at=models.F("ended_by__at")
    )
