"""Personal fields of outreach: why a contact was to be approved, and why it was or was not."""

from jieqing.plumbing.personal import Basis, Mask, PersonalField, declare

RECORD_DAYS = 5 * 365
_WHY = ("说明一次触达为何经第二人审批", "Showing why a second person approved a contact")

declare(
    PersonalField("outreach_approval", "why", Basis.LEGAL_DUTY, *_WHY, RECORD_DAYS, Mask.HIDDEN),
    PersonalField("outreach_approval_answer", "reason", Basis.LEGAL_DUTY, *_WHY, RECORD_DAYS, Mask.HIDDEN),
)
