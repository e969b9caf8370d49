"""Personal fields of people who sign in."""

from jieqing.plumbing.personal import Basis, Mask, PersonalField, declare

_THREE_YEARS = 3 * 365
# 《网络安全法》21: logs of network operation are kept for at least six months.
SIGN_IN_DAYS = 190


def _sign_in(table: str, column: str) -> PersonalField:
    return PersonalField(
        table=table,
        column=column,
        basis=Basis.LEGAL_DUTY,
        purpose_zh="发现他人冒用账号，留存网络日志",
        purpose_en="Noticing misuse of an account; keeping the network log the law asks for",
        retention_days=SIGN_IN_DAYS,
        mask=Mask.HIDDEN,
    )


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
    *(
        _sign_in(table, column)
        for table, columns in {
            "accounts_sign_in": ("name_key", "client", "network"),
            "accounts_lockout": ("name_key", "network"),
            "accounts_password_reset": ("secret_digest",),
            "accounts_session": ("session_key", "client", "network"),
            "accounts_token_failure": ("prefix_key", "network"),
        }.items()
        for column in columns
    ),
    *(
        PersonalField(
            table="accounts_clearance",
            column=column,
            basis=Basis.LEGAL_DUTY,
            purpose_zh="证明从业人员符合条件",
            purpose_en="Showing that staff meet the conditions of their work",
            retention_days=_THREE_YEARS,
            mask=Mask.HIDDEN,
        )
        for column in ("kind", "reason", "source_digest", "end_reason")
    ),
    PersonalField(
        table="mfa_authenticator",
        column="data",
        basis=Basis.CONTRACT,
        purpose_zh="核验登录方式（公钥与加密保存的密钥）",
        purpose_en="Checking a sign-in method: public keys, and secrets kept sealed",
        retention_days=_THREE_YEARS,
        mask=Mask.HIDDEN,
        is_sensitive=True,
    ),
)
