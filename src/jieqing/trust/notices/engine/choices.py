"""The words that a notice may choose from, in both languages; a caller gives the code, never a text."""

Pair = tuple[str, str]
"""The same text in Chinese and in English."""

CHANGES: dict[str, Pair] = {
    "passkey_added": ("新增了一枚通行密钥", "a passkey was added"),
    "passkey_removed": ("移除了一枚通行密钥", "a passkey was removed"),
    "codes_app_added": ("启用了验证器动态码", "an authenticator app was added"),
    "codes_app_removed": ("停用了验证器动态码", "the authenticator app was removed"),
    "recovery_codes_made": ("重新生成了恢复码", "new recovery codes were made"),
    "password_changed": ("修改了密码", "the password was changed"),
}
RIGHTS: dict[str, Pair] = {
    "access": ("查阅、复制个人信息", "access to personal information"),
    "correction": ("更正、补充个人信息", "correction of personal information"),
    "deletion": ("删除个人信息", "deletion of personal information"),
    "withdrawal": ("撤回同意", "withdrawal of consent"),
    "explanation": ("解释处理规则", "explanation of processing rules"),
}
OUTCOMES: dict[str, Pair] = {
    "done": ("已办理", "done"),
    "done_in_part": (
        "已部分办理，其余部分的理由见办理页面",
        "done in part; the page below gives the reason for the rest",
    ),
    "refused": (
        "未予办理，理由和申诉途径见办理页面",
        "not done; the page below gives the reason and how to object",
    ),
}
RECEIVED: dict[str, Pair] = {
    "enquiry": ("咨询", "enquiry"),
    "complaint": ("投诉", "complaint"),
    "dispute": ("异议", "dispute"),
    "request": ("申请", "request"),
    "document": ("材料", "document"),
}
PAUSE_CAUSES: dict[str, Pair] = {
    "failures": ("连续多次投递失败", "deliveries failed many times in a row"),
    "gone": ("对方答复该地址已停用（410）", "the receiver answered that the address is gone (410)"),
}
SITE_STATES: dict[str, Pair] = {
    "draft": ("退回补正", "returned for changes"),
    "submitted": ("已提交，待核验", "submitted for review"),
    "filed": ("核验通过，正在自检", "reviewed; the self-test is running"),
    "live": ("已开通", "live"),
    "suspended": ("已暂停，数据可读可导出", "suspended; data can be read and exported"),
    "closed": ("已关闭，负责人可在期限内导出", "closed; the owner can still export"),
}
