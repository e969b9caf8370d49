"""Verbs of the visitor: ask, take the question back, have it erased.

Asking is idempotent by the key of the form that was shown: a double click, a reload and two parallel requests find the
one enquiry and the one link. Tries of one network address are counted under a lock, so parallel requests cannot pass the
limit together; what is refused was never stored.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from jieqing.estate.reception.access import LINK_KEY
from jieqing.estate.reception.engine.consent import consent_digest
from jieqing.estate.reception.engine.enquiries import Asker, Contact, ContactKind, State, Topic, reference_of
from jieqing.estate.reception.engine.patience import SOURCE_KEPT, wait_until
from jieqing.estate.reception.engine.promise import due_at
from jieqing.estate.reception.engine.receipts import receipt_token, source_digest
from jieqing.estate.reception.events import EnquiryReceived
from jieqing.estate.reception.models import Enquiry, EnquiryStep
from jieqing.estate.reception.problems import ALREADY_SENT, SHANGHAI, too_many
from jieqing.estate.reception.selectors import contents_of
from jieqing.estate.reception.services.steps import lock_open, seal, subject_of, write_step
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing import keys
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.events import publish
from jieqing.trust.evidence import services as evidence
from jieqing.trust.notices.engine.kinds import NoticeKind, RecipientKind
from jieqing.trust.notices.services import send_notice, withdraw_notice

SOURCE_KEY = "reception.source"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the visitor wrote and agreed to."""

    topic: Topic
    asker: Asker
    name: str
    contact: Contact
    story: str
    language: str
    form_key: UUID


@dataclass(frozen=True, slots=True)
class Received:
    """The enquiry and the token of its secret link; ``is_new`` is False for a second submit of the same form."""

    enquiry: Enquiry
    token: str
    is_new: bool


def receive_enquiry(
    *, actor: Actor, asked: Asked, address: str, site_name: str, link_of: Callable[[str], str]
) -> Received | Problem:
    """Take an enquiry in and start its clock; ``link_of`` makes the page's address of a token."""
    site_id = actor.site_id
    if site_id is None:
        raise ValueError("an enquiry is put to a site")
    source = source_digest(keys.seed(SOURCE_KEY), site_id, address)
    with transaction.atomic(), site_scope(site_id):
        _one_at_a_time(f"reception.form:{site_id}:{asked.form_key}")
        earlier = Enquiry.objects.filter(form_key=asked.form_key).first()
        if earlier is not None:
            return (
                Received(earlier, _token(earlier), is_new=False) if _is_same(earlier, asked) else ALREADY_SENT
            )
        _one_at_a_time(f"reception.source:{source.hex()}")
        until = wait_until(_tries(source), clock.now())
        if until is not None:
            return too_many(until)
        enquiry = _write(actor, site_id, asked, source)
        notice_id = _send_receipt(actor, enquiry, asked, site_name, link_of(_token(enquiry)))
        write_received(actor, enquiry, notice_id)
        publish(
            EnquiryReceived(
                site_id=site_id,
                enquiry_id=enquiry.pk,
                topic=enquiry.topic,
                asker=enquiry.asker,
                due_at=enquiry.due_at,
            )
        )
    return Received(enquiry, _token(enquiry), is_new=True)


def withdraw_enquiry(*, actor: Actor, enquiry: Enquiry) -> EnquiryStep | Problem:
    """The visitor takes the question back; the clock stops and nobody needs to answer."""
    with transaction.atomic():
        problem = lock_open(enquiry)
        if problem:
            return problem
        return write_step(actor=actor, enquiry=enquiry, state=State.WITHDRAWN)


def erase_enquiry(*, actor: Actor, enquiry: Enquiry, reason: str) -> EnquiryStep | None:
    """Empty an enquiry of everything personal, here and in evidence; number, times and state stay. None: it was empty."""
    with transaction.atomic():
        is_open = lock_open(enquiry) is None
        steps = list(EnquiryStep.objects.filter(enquiry=enquiry))
        if any(step.state == State.ERASED for step in steps):
            return None
        if is_open:
            steps.append(write_step(actor=actor, enquiry=enquiry, state=State.WITHDRAWN))
        Enquiry.objects.filter(pk=enquiry.pk).update(
            name_sealed=None, contact_sealed=None, story_sealed=None, source_key=None
        )
        EnquiryStep.objects.filter(enquiry=enquiry).update(text_sealed=None)
        for step in steps:
            if step.notice_id:
                withdraw_notice(actor=actor, notice_id=step.notice_id)
        evidence.destroy_salts(
            actor=actor, entry_ids=[enquiry.entry_id, *(step.entry_id for step in steps)], reason=reason
        )
        return write_step(actor=actor, enquiry=enquiry, state=State.ERASED, facts={"reason": reason})


def write_received(actor: Actor, enquiry: Enquiry, notice_id: UUID | None) -> None:
    """The first row of the history; its evidence is the enquiry's own entry."""
    EnquiryStep(
        site_id=enquiry.site_id,
        enquiry=enquiry,
        state=State.RECEIVED.value,
        at=enquiry.received_at,
        notice_id=notice_id,
        entry_id=enquiry.entry_id,
    ).save(force_insert=True)


def _write(actor: Actor, site_id: UUID, asked: Asked, source: bytes) -> Enquiry:
    now = clock.now()
    enquiry = Enquiry(
        id=new_id(),
        site_id=site_id,
        reference=reference_of(now.astimezone(SHANGHAI).date(), secrets.token_bytes(6)),
        topic=asked.topic.value,
        asker=asked.asker.value,
        language=asked.language,
        contact_kind=asked.contact.kind.value,
        name_sealed=seal(asked.name),
        contact_sealed=seal(asked.contact.value),
        story_sealed=seal(asked.story),
        consent_digest=consent_digest(),
        form_key=asked.form_key,
        source_key=source,
        received_at=now,
        due_at=due_at(now),
    )
    enquiry.entry_id = evidence.record(
        actor=actor,
        action="estate.reception.enquiry_received",
        subject=subject_of(enquiry),
        facts={
            "reference": enquiry.reference,
            "topic": enquiry.topic,
            "asker": enquiry.asker,
            "contact_kind": enquiry.contact_kind,
            "due_at": enquiry.due_at,
            "consent_sha256": bytes(enquiry.consent_digest).hex(),
        },
        personal={"name": asked.name, "contact": asked.contact.value, "story": asked.story},
    )
    enquiry.save(force_insert=True)
    return enquiry


def _send_receipt(actor: Actor, enquiry: Enquiry, asked: Asked, site_name: str, link: str) -> UUID | None:
    """By mail when that is how to reach them. A receipt that cannot be sent holds no enquiry up: the page shows the link."""
    if asked.contact.kind is not ContactKind.EMAIL:
        return None
    sent = send_notice(
        actor=actor,
        kind=NoticeKind.ENQUIRY_RECEIVED,
        recipient=RecipientKind.ENQUIRER,
        address=asked.contact.value,
        values={
            "site": site_name,
            "reference": enquiry.reference,
            "received": enquiry.received_at,
            "due": enquiry.due_at,
            "link": link,
        },
    )
    return None if is_problem(sent) else sent


def _tries(source: bytes) -> list[datetime]:
    rows = Enquiry.objects.filter(source_key=source, received_at__gt=clock.now() - SOURCE_KEPT)
    return list(rows.values_list("received_at", flat=True))


def _token(enquiry: Enquiry) -> str:
    return receipt_token(keys.seed(LINK_KEY), enquiry.site_id, enquiry.pk)


def _is_same(enquiry: Enquiry, asked: Asked) -> bool:
    written = contents_of(enquiry)
    return written is None or (written.name, written.contact, written.story) == (
        asked.name,
        asked.contact,
        asked.story,
    )


def _one_at_a_time(name: str) -> None:
    """Requests that could write the same thing wait for each other until commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
