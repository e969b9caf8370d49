"""Answer an enquiry by triage: advice from the engines, a named member's own words, sent as a fixed Notice.

The answer itself is the reception's: it stands on the page behind the visitor's link, keeps the 72-hour clock, and a notice
of fixed form says that it is there. Here stands what it was based on, in the same transaction.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from jieqing.estate.reception.services import answer_enquiry
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.canonical import canonical_bytes, sha256
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.intake.engine.triage import Told, triage
from jieqing.recovery.intake.models import Consultation
from jieqing.trust.evidence import services as evidence


def answer_consultation(
    *,
    actor: Actor,
    enquiry: Any,
    told: Told,
    remark: str,
    answerer: str,
    site_name: str,
    link_of: Callable[[str], str],
) -> Consultation | Problem:
    """Triage, answer under one's own name and keep what the answer rests on; all of it or nothing."""
    advice = triage(told, clock.today())
    if is_problem(advice):
        return advice
    text = "\n\n".join(part for part in (advice.text(enquiry.language), remark.strip()) if part)
    with site_scope(actor.own_site), transaction.atomic():
        step = answer_enquiry(
            actor=actor,
            enquiry=enquiry,
            text=text,
            answerer=answerer,
            site_name=site_name,
            link_of=link_of,
        )
        if is_problem(step):
            return step
        facts = {"told": told.as_json(), "advice": advice.as_json()}
        entry_id = evidence.record(
            actor=actor,
            action="recovery.intake.consulted",
            subject=f"estate.reception.enquiry:{enquiry.id}",
            facts={
                "reference": enquiry.reference,
                "route": advice.route.value,
                "facts_sha256": sha256(canonical_bytes(facts)).hex(),
                "answer_entry": str(step.entry_id),
            },
        )
        return Consultation.objects.create(
            id=new_id(), site_id=actor.own_site, enquiry=enquiry, told=facts["told"], advice=facts["advice"],
            route=advice.route.value, answerer=answerer[:80], step_id=step.id, at=step.at, by=actor.id,
            entry_id=entry_id,
        )  # fmt: skip
