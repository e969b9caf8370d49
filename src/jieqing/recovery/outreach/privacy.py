"""Personal fields of outreach: why a contact was to be approved, why it was or was not, why retries are as they are."""

from jieqing.plumbing.personal import Basis, Mask, PersonalField, declare

RECORD_DAYS = 5 * 365
_WHY = ("说明一次触达为何经第二人审批", "Showing why a second person approved a contact")

declare(
    PersonalField("outreach_approval", "why", Basis.LEGAL_DUTY, *_WHY, RECORD_DAYS, Mask.HIDDEN),
    PersonalField("outreach_approval_answer", "reason", Basis.LEGAL_DUTY, *_WHY, RECORD_DAYS, Mask.HIDDEN),
    PersonalField(
        "outreach_retry_rule",
        "reason",
        Basis.LEGAL_DUTY,
        "说明再次联系规则为何如此",
        "Showing why the rule of retries is so",
        RECORD_DAYS,
        Mask.HIDDEN,
    ),
)
