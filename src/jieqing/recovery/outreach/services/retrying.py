"""What became of a contact and when it is tried again; and the site's rule of that, as versions.

``record_outcome`` tells the gate (slots that the outcome did not use come back) and the case's timeline in one transaction.
The same outcome told again is refused by name; another one is told after it and counts from then on.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from jieqing.claims.parties.engine.choices import Channel
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import access as cases
from jieqing.recovery.cases.engine.codes import ContactResult
from jieqing.recovery.cases.selectors import working_day
from jieqing.recovery.cases.services import ContactTry, note_contact
from jieqing.recovery.outreach.engine.retries import checked_waits
from jieqing.recovery.outreach.models import RetryRuleVersion
from jieqing.recovery.outreach.problems import PERMIT_ELSEWHERE, TOLD_BEFORE, WHY_MISSING
from jieqing.recovery.outreach.selectors.gathering import contact_of, gather
from jieqing.recovery.outreach.selectors.retries import retry_rule
from jieqing.trust.compliance import services as gate
from jieqing.trust.compliance.engine.slots import Outcome
from jieqing.trust.compliance.selectors import use_of
from jieqing.trust.evidence import services as evidence

REASON_CHARS_MAX = 400


def record_outcome(
    *, actor: Actor, case: UUID, permit_id: UUID, result: ContactResult
) -> ContactTry | Problem:
    """Say what became of a used permit: to the gate, and to the case with the day of the next try by the site's rule."""
    with site_scope(actor.own_site), transaction.atomic():
        found = cases.case_by_id(actor, case)
        if is_problem(found):
            return found
        use = use_of(permit_id)
        known = gather(actor=actor, case=found, at=clock.now()).points
        if use is None or use.contact not in {contact_of(point) for point in known}:
            return Problem.of(PERMIT_ELSEWHERE)
        if use.outcome == result.value:
            return Problem.of(TOLD_BEFORE)
        refused = gate.settle(actor=actor, permit_id=permit_id, outcome=Outcome(result.value))
        if refused:
            return refused
        rule, channel, today = retry_rule(), Channel(use.channel), working_day()
        return note_contact(
            actor=actor,
            case=found,
            permit_id=permit_id,
            channel=channel.value,
            result=result,
            again=lambda number: rule.again_on(channel, result, number, today),
            rule_version=rule.version,
        )


def set_retry_rule(
    *, actor: Actor, waits: Iterable[tuple[Channel, Sequence[int]]], reason: str
) -> RetryRuleVersion | Problem:
    """Put a new version in force; days that were told already stay as they were told."""
    checked = checked_waits(waits)
    if is_problem(checked):
        return checked
    if not reason.strip():
        return Problem.of(WHY_MISSING)
    with site_scope(actor.own_site), transaction.atomic():
        last = RetryRuleVersion.objects.aggregate(last=Max("version"))["last"] or 0
        row = RetryRuleVersion(
            id=new_id(),
            site_id=actor.own_site,
            version=last + 1,
            waits={channel.value: list(days) for channel, days in checked.items()},
            reason=reason.strip()[:REASON_CHARS_MAX],
            set_at=clock.now(),
            set_by=actor.id,
        )
        row.entry_id = evidence.record(
            actor=actor,
            action="recovery.outreach.retry_rule_set",
            subject=f"recovery.outreach.retry_rule:{row.id}",
            facts={"version": row.version, "waits": row.waits},
            personal={"reason": row.reason},
        )
        row.save(force_insert=True)
    return row
