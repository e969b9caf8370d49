"""Personal fields of the room: the reasons that people write. Contacts are named by plain ids only."""

from jieqing.plumbing.personal import Basis, Mask, PersonalField, declare

RECORD_DAYS = 5 * 365
_WHY = ("说明规则为何变化", "Showing why rules were changed")

declare(
    PersonalField("assurance_review", "why", Basis.LEGAL_DUTY, *_WHY, RECORD_DAYS, Mask.HIDDEN),
    PersonalField("assurance_decision", "reason", Basis.LEGAL_DUTY, *_WHY, RECORD_DAYS, Mask.HIDDEN),
)
