"""Personal fields of people who sign in."""

from jieqing.plumbing.personal import Basis, Mask, PersonalField, declare

_THREE_YEARS = 3 * 365

declare(
    PersonalField(
        table="accounts_user",
        column="username",
        basis=Basis.CONTRACT,
        purpose_zh="登录与责任追溯",
        purpose_en="Signing in and answering for one's acts",
        retention_days=_THREE_YEARS,
        mask=Mask.TAIL,
    ),
    PersonalField(
        table="accounts_user",
        column="display_name",
        basis=Basis.CONTRACT,
        purpose_zh="在同一站点内显示操作人",
        purpose_en="Showing colleagues of a site who did what",
        retention_days=_THREE_YEARS,
        mask=Mask.NAME,
    ),
    PersonalField(
        table="accounts_user",
        column="email",
        basis=Basis.CONTRACT,
        purpose_zh="送达账号事务通知",
        purpose_en="Delivering service messages about the account",
        retention_days=_THREE_YEARS,
        mask=Mask.TAIL,
    ),
    PersonalField(
        table="accounts_invitation",
        column="email",
        basis=Basis.CONTRACT,
        purpose_zh="邀请对方加入站点",
        purpose_en="Inviting somebody to a site",
        retention_days=180,
        mask=Mask.TAIL,
    ),
)
