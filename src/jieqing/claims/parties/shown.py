"""Contact points and what stands beside them, worded for the templates."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from jieqing.claims.parties import selectors
from jieqing.claims.parties.engine.choices import (
    CHANNEL_NAMES,
    CHANNELS_OF,
    CHOICE_NAMES,
    Channel,
    ChoiceKind,
    ChoiceSource,
    Hours,
)
from jieqing.claims.parties.engine.choices import SOURCE_NAMES as CHOICE_SOURCES
from jieqing.claims.parties.engine.contact_points import (
    BELONGS_TO_NAMES,
    KIND_NAMES,
    OBLIGED,
    SOURCE_NAMES,
)
from jieqing.claims.parties.engine.standing import EVENT_NAMES, GUARANTEE_NAMES, EventKind, GuaranteeKind
from jieqing.claims.parties.models import AgreedHours, ContactChoice, DebtorEvent, Guarantee, Party
from jieqing.claims.parties.selectors import PointView
from jieqing.claims.parties.words import local_time, word
from jieqing.kernel import clock

_TONES = {ChoiceKind.CONSENT: "good", ChoiceKind.OPT_OUT: "warn", ChoiceKind.REFUSAL: "bad"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A choice or a window of hours as a chip."""

    row: ContactChoice | AgreedHours
    text: str
    tone: str
    source: str
    may_end: bool


@dataclass(frozen=True, slots=True)
class ShownPoint:
    point: PointView
    kind: str
    belongs_to: str
    source: str
    local_time: str
    is_third_person: bool
    marks: tuple[Mark, ...]
    hours: tuple[Mark, ...]


def shown_point(point: PointView) -> ShownPoint:
    return ShownPoint(
        point=point,
        kind=word(KIND_NAMES, point.kind),
        belongs_to=word(BELONGS_TO_NAMES, point.belongs_to),
        source=word(SOURCE_NAMES, point.source),
        local_time=local_time(point.timezone, clock.now()),
        is_third_person=point.belongs_to not in OBLIGED,
        marks=tuple(_choice(row) for row in point.choices if _concerns(row, point)),
        hours=tuple(_hours(row) for row in point.hours),
    )


def contacts_context(request: HttpRequest, party: Party) -> dict[str, Any]:
    """Everything of one party that the panel and the page show; six statements."""
    points = selectors.contact_points_of([party.id])[party.id]
    events = selectors.debtor_events_of([party.id], on=clock.today())[party.id]
    return {
        "party": party,
        "points": [shown_point(point) for point in points],
        "events": [_event(row) for row in events],
        "guarantees": [
            _guarantee(row, party) for row in selectors.guarantees_of(party.id) if not row.ended_at
        ],
        "may_manage": not request.allow("contacts.manage"),  # type: ignore[attr-defined]
        "may_reveal": not request.allow("contacts.reveal"),  # type: ignore[attr-defined]
    }


def _concerns(row: ContactChoice, point: PointView) -> bool:
    return not row.channel or Channel(row.channel) in CHANNELS_OF[point.kind]


def _choice(row: ContactChoice) -> Mark:
    kind = ChoiceKind(row.kind)
    channel = word(CHANNEL_NAMES, Channel(row.channel)) if row.channel else ""
    text = word(CHOICE_NAMES, kind)
    return Mark(
        row=row,
        text=f"{text} · {channel}" if channel else text,
        tone=_TONES[kind],
        source=word(CHOICE_SOURCES, ChoiceSource(row.source)),
        may_end=kind is not ChoiceKind.REFUSAL,
    )


def _hours(row: AgreedHours) -> Mark:
    return Mark(
        row=row,
        text=Hours(row.from_minute, row.until_minute).text,
        tone="good",
        source=word(CHOICE_SOURCES, ChoiceSource(row.source)),
        may_end=True,
    )


def _event(row: DebtorEvent) -> dict[str, Any]:
    return {"row": row, "kind": word(EVENT_NAMES, EventKind(row.kind))}


def _guarantee(row: Guarantee, party: Party) -> dict[str, Any]:
    answers = row.debtor_id == party.id
    other = row.guarantor if answers else row.debtor
    return {
        "row": row,
        "answers": answers,
        "other": other,
        "kind": word(GUARANTEE_NAMES, GuaranteeKind(row.kind)),
    }
