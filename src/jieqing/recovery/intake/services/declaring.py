"""The creditor declares where the debts of a placement come from; about one debtor again where that differs."""

from collections.abc import Mapping
from uuid import UUID

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.canonical import canonical_bytes, sha256
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.intake.engine.questions import read_answers
from jieqing.recovery.intake.models import Declaration
from jieqing.trust.evidence import services as evidence


def declare_origin(
    *, actor: Actor, placement_id: UUID, answers: Mapping[str, str], debtor_id: UUID | None = None
) -> Declaration | Problem:
    """Write the answers down. Checks follow them the next time they are asked for."""
    kept = read_answers(answers)
    if is_problem(kept):
        return kept
    with site_scope(actor.own_site):
        entry_id = evidence.record(
            actor=actor,
            action="recovery.intake.declared",
            subject=f"recovery.placements.placement:{placement_id}",
            facts={
                "debtor": None if debtor_id is None else str(debtor_id),
                "answers": len(kept),
                "answers_sha256": sha256(canonical_bytes(kept)).hex(),
            },
        )
        return Declaration.objects.create(
            id=new_id(), site_id=actor.own_site, placement_id=placement_id, debtor_id=debtor_id, answers=kept,
            at=clock.now(), by=actor.id, entry_id=entry_id,
        )  # fmt: skip
