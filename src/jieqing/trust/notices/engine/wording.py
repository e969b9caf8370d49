"""Words that press: none may stand in a notice.

The list is about notices only. What a contact may say is judged by the scan of ``trust.compliance``.
Source: GB/T 45251 5.3; law.md "No pressure".
"""

PRESSURE_ZH = (
    "催", "逾期", "欠款", "欠债", "还款", "还清", "偿还", "付款", "支付", "账单", "起诉", "诉讼", "法院", "律师函", "报警", "公安",
    "失信", "征信", "黑名单", "强制", "冻结", "后果", "否则", "立即", "马上", "尽快", "最后", "限期", "警告", "追究", "家人", "单位",
)  # fmt: skip
PRESSURE_EN = (
    "overdue", "debt", "owe", "pay ", "payment", "repay", "court", "sue", "lawsuit", "police", "credit record", "blacklist",
    "immediately", "at once", "urgent", "final", "warning", "consequence", "or else", "family", "employer",
)  # fmt: skip


def pressing_words(text: str) -> list[str]:
    """The words of pressure that a text contains.

    Example:
        >>> pressing_words("您的登录验证码是 123456"), pressing_words("请立即还款")
        ([], ['还款', '立即'])
    """
    lowered = text.lower()
    return [word for word in (*PRESSURE_ZH, *PRESSURE_EN) if word in lowered]
