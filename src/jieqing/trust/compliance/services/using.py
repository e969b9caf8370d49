"""Using a permit: once, by whoever sends, in the transaction that leaves word of it before anything leaves the house."""

from uuid import UUID

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, ProblemKind
from jieqing.trust.compliance.engine.permits import Permit, is_signed
from jieqing.trust.compliance.engine.slots import SLOTS, Outcome, returned_slots
from jieqing.trust.compliance.models import Permit as PermitRow
from jieqing.trust.compliance.models import PermitState, PermitStep
from jieqing.trust.compliance.services.slot_table import permit_seed, redeem_hold, settle_slots
from jieqing.trust.evidence import services as evidence


def redeem(*, actor: Actor, permit: Permit, channel: str, contact: str) -> None | Problem:
    """Use a permit: commit this, then make the contact. A second use, another contact or a late one is refused."""
    if permit.site_id != actor.own_site or not is_signed(permit, permit_seed()):
        return Problem.of(FORGED)
    if (permit.channel, permit.contact) != (channel, contact):
        return Problem.of(FOR_ANOTHER, channel=permit.channel)
    if permit.expires_at <= clock.now():
        return Problem.of(EXPIRED)
    if not redeem_hold(permit.id):
        return Problem.of(USED)
    _step(actor, permit.id, PermitStep.REDEEMED)
    return None


def settle(*, actor: Actor, permit_id: UUID, outcome: Outcome) -> None | Problem:
    """Record what became of a used permit; slots that the outcome did not use come back. May be told better later."""
    if not PermitState.objects.filter(permit_id=permit_id, step=PermitStep.REDEEMED).exists():
        return Problem.of(NOT_USED)
    settle_slots(permit_id, returned_slots(outcome))
    _step(actor, permit_id, PermitStep.SETTLED, outcome)
    return None


def give_back(*, actor: Actor, permit_id: UUID) -> None | Problem:
    """Return a permit that was not used; its slots are free at once."""
    if not PermitRow.objects.filter(pk=permit_id).exists():
        return Problem.of(NOT_USED)
    # Through the same door as use: whoever comes second finds nothing to take.
    if not redeem_hold(permit_id):
        return Problem.of(USED)
    settle_slots(permit_id, [slot.name for slot in SLOTS])
    _step(actor, permit_id, PermitStep.RETURNED)
    return None


def _step(actor: Actor, permit_id: UUID, step: PermitStep, outcome: Outcome | None = None) -> None:
    row = PermitRow.objects.get(pk=permit_id)
    entry_id = evidence.record(
        actor=actor,
        action=f"trust.compliance.{step.value}",
        subject=f"trust.compliance.decision:{row.decision_id}",
        facts={"permit": permit_id, "outcome": outcome.value if outcome else None},
    )
    PermitState.objects.create(
        site_id=actor.own_site,
        permit=row,
        step=step,
        outcome=outcome.value if outcome else "",
        at=clock.now(),
        actor_id=actor.id,
        entry_id=entry_id,
    )


FORGED = ProblemKind(
    "permit.forged",
    "这张触达许可不是本平台为本站点签发的。",
    "This permit was not signed by the platform for this site.",
    "请重新申请许可。",
    "Ask for a permit again.",
)
FOR_ANOTHER = ProblemKind(
    "permit.for_another",
    "这张许可是为另一次触达签发的（渠道：{channel}）。",
    "This permit is for another contact (channel: {channel}).",
    "请为本次触达申请许可。",
    "Ask for a permit for this contact.",
)
EXPIRED = ProblemKind(
    "permit.expired",
    "触达许可已过期。",
    "The permit has expired.",
    "请重新申请许可。",
    "Ask for a permit again.",
)
USED = ProblemKind(
    "permit.used",
    "触达许可已使用、已退回或已过期。",
    "The permit was used or returned, or has expired.",
    "请重新申请许可。",
    "Ask for a permit again.",
)
NOT_USED = ProblemKind(
    "permit.not_used",
    "没有找到已使用的许可。",
    "There is no used permit of this id.",
    "请检查许可编号。",
    "Check the permit's id.",
)
