"""Verbs of the members: answer by name, decline with a reason, open a contact that is shown masked.

The answer itself stands on the page behind the visitor's secret link. What leaves the house is a ``Notice`` of fixed form that
says that there is one: no free text goes out by mail, and nobody who left a telephone number is called or written to by
this room. A call to a debtor is a contact and needs a permit.
"""

from collections.abc import Callable

from django.db import transaction

from jieqing.estate.reception.access import LINK_KEY
from jieqing.estate.reception.engine.enquiries import ContactKind, State
from jieqing.estate.reception.engine.receipts import receipt_token
from jieqing.estate.reception.events import EnquiryAnswered
from jieqing.estate.reception.models import Enquiry, EnquiryStep
from jieqing.estate.reception.problems import EMPTIED
from jieqing.estate.reception.selectors import contents_of
from jieqing.estate.reception.services.steps import lock_open, subject_of, write_step
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing import keys
from jieqing.plumbing.events import publish
from jieqing.trust.evidence import services as evidence
from jieqing.trust.notices.engine.kinds import NoticeKind, RecipientKind
from jieqing.trust.notices.services import send_notice


def answer_enquiry(
    *, actor: Actor, enquiry: Enquiry, text: str, answerer: str, site_name: str, link_of: Callable[[str], str]
) -> EnquiryStep | Problem:
    """Answer under one's own name; the visitor is told by mail when they left an address."""
    return _reply(actor, enquiry, State.ANSWERED, text, answerer, site_name, link_of)


def decline_enquiry(
    *,
    actor: Actor,
    enquiry: Enquiry,
    reason: str,
    answerer: str,
    site_name: str,
    link_of: Callable[[str], str],
) -> EnquiryStep | Problem:
    """Say that the site will not deal with it, and why; the visitor reads the reason."""
    return _reply(actor, enquiry, State.DECLINED, reason, answerer, site_name, link_of)


def show_contact(*, actor: Actor, enquiry: Enquiry) -> str | Problem:
    """The contact in full; who opened it and when is evidence."""
    written = contents_of(enquiry)
    if written is None:
        return EMPTIED
    with transaction.atomic():
        evidence.record(
            actor=actor,
            action="estate.reception.contact_shown",
            subject=subject_of(enquiry),
            facts={"reference": enquiry.reference},
        )
    return written.contact.value


def _reply(
    actor: Actor,
    enquiry: Enquiry,
    state: State,
    text: str,
    answerer: str,
    site_name: str,
    link_of: Callable[[str], str],
) -> EnquiryStep | Problem:
    with transaction.atomic():
        problem = lock_open(enquiry)
        if problem:
            return problem
        written = contents_of(enquiry)
        if written is None:
            return EMPTIED
        notice_id = None
        if written.contact.kind is ContactKind.EMAIL:
            token = receipt_token(keys.seed(LINK_KEY), enquiry.site_id, enquiry.pk)
            sent = send_notice(
                actor=actor,
                kind=NoticeKind.ENQUIRY_ANSWERED,
                recipient=RecipientKind.ENQUIRER,
                address=written.contact.value,
                values={
                    "site": site_name,
                    "answerer": answerer,
                    "reference": enquiry.reference,
                    "received": enquiry.received_at,
                    "link": link_of(token),
                },
            )
            # A name out of form cannot be mailed; the answer still stands on the visitor's page.
            notice_id = None if is_problem(sent) else sent
        step = write_step(
            actor=actor, enquiry=enquiry, state=state, by_name=answerer, text=text, notice_id=notice_id
        )
        if state is State.ANSWERED:
            publish(
                EnquiryAnswered(
                    site_id=enquiry.site_id,
                    enquiry_id=enquiry.pk,
                    answered_by=actor.id,
                    answered_at=step.at,
                    is_in_time=step.at <= enquiry.due_at,
                )
            )
    return step
