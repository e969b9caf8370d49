"""Personal fields of tenants: a firm's telephone and mailbox may be one person's."""

from jieqing.plumbing import sealing
from jieqing.plumbing.personal import Basis, Mask, PersonalField, declare

_THREE_YEARS = 3 * 365


def _of_profile(column: str, purpose_zh: str, purpose_en: str, mask: Mask) -> PersonalField:
    return PersonalField(
        table="sites_profile",
        column=column,
        basis=Basis.CONTRACT,
        purpose_zh=purpose_zh,
        purpose_en=purpose_en,
        retention_days=_THREE_YEARS,
        mask=mask,
    )


declare(
    _of_profile("address", "在信函与公示页上说明机构地址", "Saying where the organisation is", Mask.NONE),
    _of_profile("phone", "在信函与公示页上说明联系电话", "Saying how to reach the organisation", Mask.NONE),
    _of_profile("email", "送达租用事务通知", "Service messages about the rental", Mask.TAIL),
    PersonalField(
        table="sites_supervised_account",
        column="sealed",
        basis=Basis.CONTRACT,
        purpose_zh="在文书上载明资金监管账户",
        purpose_en="Naming the supervised account in documents",
        retention_days=_THREE_YEARS,
        mask=Mask.TAIL,
        is_sensitive=True,
    ),
    PersonalField(
        table="sites_sign_up",
        column="source",
        basis=Basis.LEGAL_DUTY,
        purpose_zh="防止大量自动申请：网络地址的加密摘要，两天后销毁",
        purpose_en="Stopping floods of applications: a keyed digest of the network address, destroyed after two days",
        retention_days=2,
        mask=Mask.HIDDEN,
    ),
)

ACCOUNT_SEAL = "sites.supervised_account"
sealing.declare_column("sites_supervised_account", "sealed", ACCOUNT_SEAL)
