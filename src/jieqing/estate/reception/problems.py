"""The sentences of the reception: what a visitor or a colleague can be told."""

from datetime import datetime
from zoneinfo import ZoneInfo

from jieqing.kernel.outcomes import Problem

SHANGHAI = ZoneInfo("Asia/Shanghai")

UNKNOWN = Problem(
    code="enquiry.unknown",
    zh="没有这条咨询。",
    en="There is no such enquiry.",
    todo_zh="请从咨询收件箱打开。",
    todo_en="Open it from the inbox.",
)
LINK_UNKNOWN = Problem(
    code="enquiry.link",
    zh="这个链接打不开任何咨询。",
    en="This link opens no enquiry.",
    todo_zh="请核对链接是否完整；链接只在提交咨询后给您一次，我们无法代您找回。您也可以重新提交咨询。",
    todo_en="Check that the link is complete. It is given once, after sending; we cannot recover it. You may send a new enquiry.",
)
ALREADY_ENDED = Problem(
    code="enquiry.ended",
    zh="这条咨询已经有结果，没有再次保存。",
    en="This enquiry has ended already; nothing was saved.",
    todo_zh="请刷新页面查看结果；如需补充，请对方重新提交咨询。",
    todo_en="Reload the page to see the outcome; for more, a new enquiry is needed.",
)
ALREADY_SENT = Problem(
    code="enquiry.sent_before",
    zh="您刚才已经用这张表提交过一份内容不同的咨询，那一份已收到。",
    en="You sent this form before with other contents; that enquiry was received.",
    todo_zh="现在的内容还在下面。如要另外提交一份，请再按一次“提交”。",
    todo_en="What you wrote now is still below. Press “Send” once more to send it as another enquiry.",
)
EMPTIED = Problem(
    code="enquiry.emptied",
    zh="内容已按要求删除，无法再查看或答复。",
    en="The contents were erased; they can no longer be seen or answered.",
    todo_zh="删除后只保留编号、时间和状态。",
    todo_en="Only the reference, times and state remain.",
)
LOOKS_AUTOMATIC = Problem(
    code="enquiry.automatic",
    zh="这次提交看起来来自自动程序，没有保存。",
    en="This looks sent by a program and was not saved.",
    todo_zh="您写的内容还在下面；请清空名为“网站”的隐藏栏（浏览器的自动填写可能填了它）后重试。",
    todo_en="What you wrote is still below; empty the hidden field “Website” (a browser may have filled it) and try again.",
)


def too_many(until: datetime) -> Problem:
    at = until.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    return Problem(
        code="enquiry.too_many",
        zh=f"这个网络提交的咨询过多，{at}（北京时间）后可以再提交。",
        en=f"Too many enquiries from this network; the next can be sent after {at} (UTC+8).",
        todo_zh="您写的内容还在下面，可以先复制保存；也可以拨打本页公布的核实电话。",
        todo_en="What you wrote is still below; copy it, or call the number published on this site.",
        details={"until": until.isoformat()},
    )
