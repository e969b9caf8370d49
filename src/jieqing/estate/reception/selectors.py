"""Reads of the reception: the inbox, what somebody wrote, the promise as measured, what the public pages show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from jieqing.estate.reception.engine.enquiries import Contact, ContactKind, State, masked_contact, masked_name
from jieqing.estate.reception.engine.promise import (
    ALARM_BEFORE,
    MEASURED_OVER,
    Clock,
    Share,
    Tally,
    read_clock,
    share_of,
)
from jieqing.estate.reception.engine.public_lines import SLOTS, Slot, SlotKind
from jieqing.estate.reception.models import Enquiry, EnquiryStep, PublicLine, with_ending
from jieqing.kernel import clock
from jieqing.plumbing import sealing

_SEAL = "reception"
OPEN, ENDED = "open", "ended"


@dataclass(frozen=True, slots=True)
class Contents:
    """What somebody wrote, unsealed."""

    name: str
    contact: Contact
    story: str

    @property
    def masked_name(self) -> str:
        return masked_name(self.name)

    @property
    def masked_contact(self) -> str:
        return masked_contact(self.contact)


def contents_of(enquiry: Enquiry) -> Contents | None:
    """What the visitor wrote; None once it was emptied."""
    if enquiry.name_sealed is None or enquiry.contact_sealed is None or enquiry.story_sealed is None:
        return None
    return Contents(
        name=_unseal(enquiry.name_sealed),
        contact=Contact(ContactKind(enquiry.contact_kind), _unseal(enquiry.contact_sealed)),
        story=_unseal(enquiry.story_sealed),
    )


def text_of(step: EnquiryStep) -> str:
    """The words of an answer or a reason; empty once erased."""
    return _unseal(step.text_sealed) if step.text_sealed else ""


def steps_of(enquiry: Enquiry) -> list[EnquiryStep]:
    return list(EnquiryStep.objects.filter(enquiry=enquiry).order_by("at", "id"))


def clock_of(enquiry: Enquiry, now: datetime | None = None) -> Clock:
    """The clock of an enquiry that was read with its ending."""
    ending = State(enquiry.ending) if enquiry.ending else None  # type: ignore[attr-defined]  # annotated
    return read_clock(
        due=enquiry.due_at,
        now=now or clock.now(),
        ending=ending,
        ended_at=enquiry.ended_at,  # type: ignore[attr-defined]
    )


def inbox(*, state: str = OPEN, topic: str = "", asker: str = "") -> QuerySet[Enquiry]:
    """The active site's enquiries: open ones by what ends first, ended ones newest first."""
    rows = with_ending(Enquiry.objects.all())
    if state == OPEN:
        rows = rows.filter(ending__isnull=True).order_by("due_at", "id")
    else:
        rows = rows.filter(ending=state) if state != ENDED else rows.filter(ending__isnull=False)
        rows = rows.order_by("-ended_at", "-id")
    if topic:
        rows = rows.filter(topic=topic)
    return rows.filter(asker=asker) if asker else rows


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is open now, by its clock; ``near`` and ``late`` are the alarm."""

    open: int
    near: int
    late: int
    next_due: datetime | None


def waiting() -> Waiting:
    """One statement: how many enquiries wait, and for how many the end is near or past."""
    now = clock.now()
    counts: dict[str, Any] = (
        with_ending(Enquiry.objects.all())
        .filter(ending__isnull=True)
        .aggregate(
            open=Count("pk"),
            near=Count("pk", filter=Q(due_at__gte=now, due_at__lte=now + ALARM_BEFORE)),
            late=Count("pk", filter=Q(due_at__lt=now)),
        )
    )
    first = with_ending(Enquiry.objects.all()).filter(ending__isnull=True, due_at__gte=now).order_by("due_at")
    next_due = first.values_list("due_at", flat=True).first() if counts["open"] else None
    return Waiting(**counts, next_due=next_due)


def measured_share() -> Share:
    """How often the promise was kept for enquiries of the last 90 days, in all its parts."""
    now = clock.now()
    rows = (
        with_ending(Enquiry.objects.filter(received_at__gte=now - MEASURED_OVER))
        .annotate(until=Coalesce("ended_at", now))
        .values("ending")
        .annotate(within=Count("pk", filter=Q(until__lte=F("due_at"))), all=Count("pk"))
    )
    return share_of(_tallies(rows))


def _tallies(rows: Iterable[Any]) -> Iterable[Tally]:
    for row in rows:
        ending = State(row["ending"]) if row["ending"] else None
        yield Tally(ending, True, row["within"])
        yield Tally(ending, False, row["all"] - row["within"])


@dataclass(frozen=True, slots=True)
class Line:
    """A public line as shown: its slot and what stands there now."""

    slot: Slot
    kind: SlotKind
    value: str
    row: PublicLine | None


def public_lines() -> dict[Slot, Line]:
    """Every slot with what stands in it now (empty: nothing is shown)."""
    live = {row.slot: row for row in PublicLine.objects.filter(ended_at=None)}
    return {
        slot: Line(slot, kind, live[slot.value].value if slot.value in live else "", live.get(slot.value))
        for slot, kind in SLOTS.items()
    }


def public_frame(lines: Mapping[Slot, Line], *, language: str, phone: str) -> dict[str, Any]:
    """What stands around every public page of a site: telephone (``phone`` when no slot names one), hours, filing numbers."""
    place = 0 if language == "zh" else 1
    shown = lines[Slot.VERIFY_PHONE].value or phone
    return {
        "phone": shown,
        "phone_href": "".join(char for char in shown if char.isdigit() or char == "+"),
        "hours": lines[Slot.HOURS].value,
        "footer": [
            {"value": line.value, "name": line.kind.name[place], "register": line.kind.register}
            for line in lines.values()
            if line.value and line.kind.is_footer
        ],
    }


def _unseal(sealed: bytes | memoryview) -> str:
    return sealing.unseal(_SEAL, bytes(sealed)).decode()
