"""Personal fields of people who ask, and of colleagues who answer.

The privacy notice of a site is printed from these entries, so that it cannot promise another purpose or term than the one kept.
"""

from jieqing.estate.reception.engine.consent import KEPT_DAYS
from jieqing.plumbing.personal import Basis, Mask, PersonalField, declare

ENQUIRY_TABLE = "reception_enquiry"


def _asked(column: str, purpose_zh: str, purpose_en: str, mask: Mask) -> PersonalField:
    return PersonalField(
        table=ENQUIRY_TABLE,
        column=column,
        basis=Basis.CONSENT,
        purpose_zh=purpose_zh,
        purpose_en=purpose_en,
        retention_days=KEPT_DAYS,
        mask=mask,
        is_sensitive=True,
    )


declare(
    _asked("name_sealed", "称呼咨询人", "Addressing whoever asks", Mask.NAME),
    _asked("contact_sealed", "送达回执和答复", "Delivering the receipt and the answer", Mask.TAIL),
    _asked("story_sealed", "了解咨询的问题", "Understanding the question", Mask.HIDDEN),
    PersonalField(
        table=ENQUIRY_TABLE,
        column="source_key",
        basis=Basis.LEGAL_DUTY,
        purpose_zh="防止大量自动提交：网络地址的加密摘要，两天后销毁",
        purpose_en="Stopping floods: a keyed digest of the network address, destroyed after two days",
        retention_days=2,
        mask=Mask.HIDDEN,
    ),
    PersonalField(
        table="reception_step",
        column="text_sealed",
        basis=Basis.CONSENT,
        purpose_zh="给咨询人的答复或不予办理的理由",
        purpose_en="The answer to whoever asked, or the reason for declining",
        retention_days=KEPT_DAYS,
        mask=Mask.HIDDEN,
        is_sensitive=True,
    ),
    PersonalField(
        table="reception_step",
        column="by_name",
        basis=Basis.CONTRACT,
        purpose_zh="让咨询人知道由谁答复",
        purpose_en="Telling whoever asked who answered",
        retention_days=3 * 365,
        mask=Mask.NAME,
    ),
)
