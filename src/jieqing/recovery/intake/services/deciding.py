"""A lawyer decides where the check doubts: lets it through or not, with the reason, about exactly these facts."""

from django.db import IntegrityError, transaction

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.intake.engine import problems
from jieqing.recovery.intake.engine.legality import Colour
from jieqing.recovery.intake.models import LawyerDecision, LegalityCheck
from jieqing.recovery.intake.services.checking import check_legality
from jieqing.trust.evidence import services as evidence

REASON_CHARS_MAX = 1_000


def decide_amber(
    *, actor: Actor, check: LegalityCheck, is_allowed: bool, reason: str
) -> LawyerDecision | Problem:
    """Decide an amber check once. When facts or rules moved on meanwhile, nothing is decided and the new check is there."""
    if not reason.strip():
        return Problem.of(problems.REASON_MISSING)
    if check.colour != Colour.AMBER:
        return Problem.of(problems.NOT_AMBER)
    with site_scope(actor.own_site), transaction.atomic():
        now = check_legality(actor=actor, item_ids=[check.item_id]).get(check.item_id)
        if now is None or now.id != check.id:
            return Problem.of(problems.OUTDATED)
        if LawyerDecision.objects.filter(check_row=check).exists():
            return Problem.of(problems.DECIDED_ALREADY)
        entry_id = evidence.record(
            actor=actor,
            action="recovery.intake.decided",
            subject=f"recovery.intake.check:{check.id}",
            facts={
                "item": str(check.item_id),
                "is_allowed": is_allowed,
                "facts_sha256": check.facts_digest,
                "pack_sha256": check.pack_digest,
                "rules": [row["rule"] for row in check.reasons],
            },
            personal={"reason": reason.strip()},
        )
        try:
            with transaction.atomic():
                return LawyerDecision.objects.create(
                    id=new_id(), site_id=check.site_id, check_row=check, is_allowed=is_allowed,
                    reason=reason.strip()[:REASON_CHARS_MAX], at=clock.now(), by=actor.id, entry_id=entry_id,
                )  # fmt: skip
        except IntegrityError:
            transaction.set_rollback(True)
            return Problem.of(problems.DECIDED_ALREADY)
