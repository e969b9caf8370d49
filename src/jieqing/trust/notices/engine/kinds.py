"""What a notice may be, to whom, and with which values: the closed list.

A notice is outbound mail that is no contact about a debt: it answers, confirms or lets in, and asks for no money.
Its text is fixed here, in both languages; a caller chooses a kind and fills in values of narrow types. There is no
field for free text, so nothing that presses anybody can be written through this door; contacts about debts go through
``recovery.outreach`` and need a permit.

Invariant: every placeholder of a text is a declared field of its kind and the other way round (tested); no text
contains a word of ``wording.PRESSURE`` (tested).
Source: DESIGN guarantee 1; 《个人信息保护法》50 (answer to a request), 《网络安全法》24 (identity at sign-in).
"""

from enum import StrEnum

from jieqing.trust.notices.engine.choices import (
    CHANGES,
    OUTCOMES,
    PAUSE_CAUSES,
    RECEIVED,
    RIGHTS,
    SITE_STATES,
    Pair,
)
from jieqing.trust.notices.engine.fields import Field, FieldType, RecipientKind, Template


class NoticeKind(StrEnum):
    SIGN_IN_CODE = "sign_in_code"
    INVITATION = "invitation"
    SIGN_IN_LOCKED = "sign_in_locked"
    ACCOUNT_CHANGED = "account_changed"
    PASSWORD_RESET = "password_reset"  # noqa: S105 a kind of notice
    MEMBERSHIP_ENDED = "membership_ended"
    STATUTORY_REPLY = "statutory_reply"
    RECEIPT = "receipt"
    ENQUIRY_RECEIVED = "enquiry_received"
    ENQUIRY_ANSWERED = "enquiry_answered"
    WEBHOOK_PAUSED = "webhook_paused"
    STATEMENT_READY = "statement_ready"
    SITE_STATE = "site_state"
    RENT_DUE = "rent_due"
    RENT_LAST_DAY = "rent_last_day"
    CLOCK_OVERRUN = "clock_overrun"
    DEADLINES_NEAR = "deadlines_near"


RECIPIENT_NAMES: dict[RecipientKind, tuple[str, str]] = {
    RecipientKind.INVITEE: ("受邀人", "Invitee"),
    RecipientKind.MEMBER: ("成员", "Member"),
    RecipientKind.DATA_SUBJECT: ("个人信息主体", "Data subject"),
    RecipientKind.ENQUIRER: ("咨询人", "Enquirer"),
}


__all__ = [
    "FOOTER", "RECIPIENT_NAMES", "TEMPLATES", "Field", "FieldType", "NoticeKind", "RecipientKind", "Template",
]  # fmt: skip

_NAME, _MOMENT, _DAY = Field(FieldType.NAME), Field(FieldType.MOMENT), Field(FieldType.DAY)
_REFERENCE = Field(FieldType.REFERENCE)
_SECRET_LINK = Field(FieldType.LINK, is_secret=True)


_RENT: dict[str, Field] = {
    "site": _NAME,
    "reference": _REFERENCE,
    "amount": Field(FieldType.AMOUNT),
    "day": _DAY,
}

TEMPLATES: dict[NoticeKind, Template] = {
    NoticeKind.SIGN_IN_CODE: Template(
        name=("登录验证码", "Sign-in code"),
        recipients=frozenset({RecipientKind.MEMBER, RecipientKind.DATA_SUBJECT}),
        fields={"code": Field(FieldType.CODE, is_secret=True), "minutes": Field(FieldType.NUMBER)},
        subject=("登录验证码", "Sign-in code"),
        body=(
            "您的登录验证码是 {code}，{minutes} 分钟内有效。不要告诉任何人；我们不会向您索要。\n若不是您本人操作，请忽略本邮件。",
            "Your sign-in code is {code}. It is valid for {minutes} minutes. Tell nobody; we never ask for it.\n"
            "If this was not you, ignore this message.",
        ),
    ),
    NoticeKind.INVITATION: Template(
        name=("成员邀请", "Invitation"),
        recipients=frozenset({RecipientKind.INVITEE}),
        fields={"inviter": _NAME, "site": _NAME, "link": _SECRET_LINK, "until": _MOMENT},
        subject=("邀请您加入站点“{site}”", "You are invited to {site}"),
        body=(
            "{inviter} 邀请您加入站点“{site}”。请在 {until} 前打开下面的链接接受；链接只能使用一次。\n{link}\n"
            "若您不认识对方，请忽略本邮件，不会发生任何事。",
            '{inviter} invites you to the site "{site}". Open the link before {until} to accept; it works once.\n{link}\n'
            "If you do not know them, ignore this message; nothing will happen.",
        ),
    ),
    NoticeKind.SIGN_IN_LOCKED: Template(
        name=("登录暂停提醒", "Sign-in paused"),
        recipients=frozenset({RecipientKind.MEMBER}),
        fields={"until": _MOMENT},
        subject=("您的账号密码登录已暂停", "Password sign-in paused"),
        body=(
            "有人多次输错您账号的密码，密码登录已暂停到 {until}，通行密钥不受影响。\n若不是您本人操作，登录后可查看登录记录。",
            "A wrong password was entered for your account several times. Password sign-in is paused until {until}; "
            "passkeys still work.\nIf this was not you, look at your sign-in log.",
        ),
    ),
    NoticeKind.ACCOUNT_CHANGED: Template(
        name=("账号安全变更", "Account security change"),
        recipients=frozenset({RecipientKind.MEMBER}),
        fields={"change": Field(FieldType.CHOICE, choices=CHANGES), "at": _MOMENT},
        subject=("账号安全设置有变更", "Your account's security settings changed"),
        body=(
            "您的账号于 {at} {change}。\n若不是您本人操作，请登录后检查登录方式与会话，并联系站点负责人。",
            "On your account, {change} at {at}.\nIf this was not you, sign in, check your sign-in methods and sessions, "
            "and tell your site's owner.",
        ),
    ),
    NoticeKind.PASSWORD_RESET: Template(
        name=("重设密码", "Password reset"),
        recipients=frozenset({RecipientKind.MEMBER}),
        fields={"link": _SECRET_LINK, "until": _MOMENT},
        subject=("重设您的密码", "Reset your password"),
        body=(
            "有人申请重设您账号的密码。请在 {until} 前打开下面的链接设置新密码；链接只能使用一次。\n{link}\n"
            "若不是您本人操作，请忽略本邮件，密码不会改变。",
            "Somebody asked to reset your account's password. Open the link before {until} to set a new one; it works "
            "once.\n{link}\nIf this was not you, ignore this message; the password stays as it is.",
        ),
    ),
    NoticeKind.MEMBERSHIP_ENDED: Template(
        name=("成员资格结束", "Membership ended"),
        recipients=frozenset({RecipientKind.MEMBER}),
        fields={"site": _NAME, "at": _MOMENT},
        subject=("您在站点“{site}”的成员资格已结束", "Your membership of {site} has ended"),
        body=(
            "您在站点“{site}”的成员资格已于 {at} 结束，您不再能够进入该站点。如有疑问，请联系站点负责人。",
            'Your membership of the site "{site}" ended at {at}; you can no longer enter it. Questions go to its owner.',
        ),
    ),
    NoticeKind.STATUTORY_REPLY: Template(
        name=("法定答复", "Statutory reply"),
        recipients=frozenset({RecipientKind.DATA_SUBJECT}),
        fields={
            "right": Field(FieldType.CHOICE, choices=RIGHTS),
            "received": _DAY,
            "outcome": Field(FieldType.CHOICE, choices=OUTCOMES),
            "reference": _REFERENCE,
            "link": _SECRET_LINK,
        },
        subject=("关于您申请的答复 {reference}", "Reply to your request {reference}"),
        body=(
            "您于 {received} 提出的申请（{right}，受理编号 {reference}）办理结果：{outcome}。\n办理页面：{link}\n"
            "依据：《中华人民共和国个人信息保护法》第四十四条至第五十条。",
            "Your request of {received} ({right}, reference {reference}): {outcome}.\nPage: {link}\n"
            "Basis: Personal Information Protection Law, articles 44 to 50.",
        ),
    ),
    NoticeKind.RECEIPT: Template(
        name=("收件回执", "Receipt"),
        recipients=frozenset({RecipientKind.DATA_SUBJECT, RecipientKind.ENQUIRER, RecipientKind.MEMBER}),
        fields={
            "what": Field(FieldType.CHOICE, choices=RECEIVED),
            "received": _MOMENT,
            "reference": _REFERENCE,
        },
        subject=("已收到您的{what} {reference}", "We received your {what} {reference}"),
        body=(
            "我们已于 {received} 收到您的{what}，受理编号 {reference}。请保存本编号以便查询。",
            "We received your {what} at {received}. Its reference is {reference}; keep it for questions.",
        ),
    ),
    NoticeKind.ENQUIRY_RECEIVED: Template(
        name=("咨询回执", "Enquiry received"),
        recipients=frozenset({RecipientKind.ENQUIRER}),
        fields={"site": _NAME, "reference": _REFERENCE, "received": _MOMENT, "due": _MOMENT, "link": _SECRET_LINK},
        subject=("已收到您的咨询 {reference}", "We received your enquiry {reference}"),
        body=(
            "{site} 已于 {received} 收到您的咨询，编号 {reference}，将在 {due} 前答复。\n"
            "查看答复、撤回咨询或删除您的信息：{link}\n请只把链接留给自己。若不是您本人提交，请打开链接删除。",
            "{site} received your enquiry {reference} at {received} and will answer before {due}.\n"
            "See the answer, withdraw it or have your information erased: {link}\n"
            "Keep the link to yourself. If you did not send this, open it and have it erased.",
        ),
    ),
    NoticeKind.ENQUIRY_ANSWERED: Template(
        name=("咨询已有结果", "Enquiry answered"),
        recipients=frozenset({RecipientKind.ENQUIRER}),
        fields={
            "site": _NAME,
            "answerer": _NAME,
            "reference": _REFERENCE,
            "received": _MOMENT,
            "link": _SECRET_LINK,
        },
        subject=("您的咨询 {reference} 已有结果", "Your enquiry {reference} has a reply"),
        body=(
            "您于 {received} 向 {site} 提交的咨询 {reference} 已由 {answerer} 处理。\n打开链接查看：{link}",
            "{answerer} of {site} has replied to your enquiry {reference} of {received}.\nOpen the link to read it: {link}",
        ),
    ),
    NoticeKind.WEBHOOK_PAUSED: Template(
        name=("事件回调暂停", "Webhook paused"),
        recipients=frozenset({RecipientKind.MEMBER}),
        fields={
            "site": _NAME,
            "at": _MOMENT,
            "cause": Field(FieldType.CHOICE, choices=PAUSE_CAUSES),
            "reference": _REFERENCE,
        },
        subject=("站点“{site}”的事件回调已暂停", "A webhook of {site} was paused"),
        body=(
            "站点“{site}”的事件回调 {reference} 已于 {at} 暂停：{cause}。未送达的消息会保留，登录后可在“接口”页查看并恢复。",
            'A webhook of the site "{site}" ({reference}) was paused at {at}: {cause}. Messages that did not arrive are kept; '
            "sign in and resume it on the developer page.",
        ),
    ),
    NoticeKind.CLOCK_OVERRUN: Template(
        name=("案件时限已过", "Clock of a case overrun"),
        recipients=frozenset({RecipientKind.MEMBER}),
        fields={"site": _NAME, "count": Field(FieldType.NUMBER), "reference": _REFERENCE, "at": _MOMENT},
        subject=("站点“{site}”有 {count} 个案件时限已过", "{count} clocks of cases have run out on {site}"),
        body=(
            "站点“{site}”有 {count} 个案件时限已过；最早的一个（案件 {reference}）应在 {at} 前完成。请登录后在“时限”页查看并办理。",
            'On the site "{site}" {count} clocks of cases have run out; the earliest (case {reference}) was due by {at}. '
            "Sign in and open the page of clocks.",
        ),
    ),
    NoticeKind.STATEMENT_READY: Template(
        name=("核对文件已备好", "Reconciliation paper ready"),
        recipients=frozenset({RecipientKind.MEMBER}),
        fields={"site": _NAME, "reference": _REFERENCE, "as_of": _DAY, "link": Field(FieldType.LINK)},
        subject=("核对文件 {reference} 已备好", "Reconciliation paper {reference} is ready"),
        body=(
            "站点“{site}”的往来核对文件 {reference}（截至 {as_of}）已备好，请登录后查看和下载。\n{link}",
            'Reconciliation paper {reference} of the site "{site}" (as of {as_of}) is ready; sign in to read and download it.\n{link}',
        ),
    ),
    NoticeKind.SITE_STATE: Template(
        name=("站点状态变更", "Site state changed"),
        recipients=frozenset({RecipientKind.MEMBER}),
        fields={"site": _NAME, "state": Field(FieldType.CHOICE, choices=SITE_STATES), "at": _MOMENT},
        subject=("站点“{site}”：{state}", "Site {site}: {state}"),
        body=(
            "站点“{site}”的状态于 {at} 变为：{state}。登录后可在租用页查看理由和下一步。",
            'The state of the site "{site}" changed at {at}: {state}. Sign in to see the reason and the next step.',
        ),
    ),
    NoticeKind.RENT_DUE: Template(
        name=("租用费到期提醒", "Rent falls due"),
        recipients=frozenset({RecipientKind.MEMBER}),
        fields=_RENT,
        subject=("站点租用费 {reference} 将于 {day} 到期", "Site rent {reference} falls due on {day}"),
        body=(
            "站点“{site}”的租用费 {amount}（编号 {reference}）将于 {day} 到期。转账时请注明编号；明细见站点的租用页。",
            'The rent of the site "{site}", {amount} (number {reference}), falls due on {day}. Quote the number with the '
            "transfer; details are on the rental page.",
        ),
    ),
    NoticeKind.RENT_LAST_DAY: Template(
        name=("租用宽限提醒", "Rent: end of grace"),
        recipients=frozenset({RecipientKind.MEMBER}),
        fields=_RENT,
        subject=("站点租用费 {reference} 宽限到 {day}", "Grace for site rent {reference} ends on {day}"),
        body=(
            "站点“{site}”的租用费 {amount}（编号 {reference}）尚未到账，宽限到 {day}。此后站点转为只读，数据仍可查看和导出，到账后恢复。",
            'The rent of the site "{site}", {amount} (number {reference}), has not arrived; grace ends on {day}. After that the '
            "site is read-only, data can still be read and exported, and it opens again on receipt.",
        ),
    ),
    NoticeKind.DEADLINES_NEAR: Template(
        name=("期限提醒", "Deadlines near"),
        recipients=frozenset({RecipientKind.MEMBER}),
        fields={"site": _NAME, "count": Field(FieldType.NUMBER), "day": _DAY},
        subject=("站点“{site}”有 {count} 项期限临近", "{count} deadlines of {site} come near"),
        body=(
            "站点“{site}”有 {count} 项登记或推算的期限临近，最近的一项在 {day} 届满。请登录后在“期限”页查看。",
            'On the site "{site}" {count} deadlines come near; the nearest ends on {day}. Sign in to see them.',
        ),
    ),
}  # fmt: skip

FOOTER: Pair = (
    "本邮件由结清平台自动发送，内容为固定格式的事务通知。请勿回复。",
    "Sent automatically by the Jieqing platform: a fixed-form service message. Please do not reply.",
)
