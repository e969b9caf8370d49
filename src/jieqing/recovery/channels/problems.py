"""Sentences of channels. Why a contact may not be made is the gate's to say; these are about the letter itself."""

from jieqing.kernel.outcomes import ProblemKind

WORDS_BLOCKED = ProblemKind(
    "channels.words_blocked",
    "信中有不得发出的内容：{words}。",
    "The letter holds words that may not be sent: {words}.",
    "请修改填写的内容；换一个已备案的话术也可以。",
    "Change what you filled in, or choose another filed script.",
)
MONEY_TYPED = ProblemKind(
    "channels.money_typed",
    "这个话术含有须手工填写的金额（{names}），邮件里的金额只能来自账本。",
    "This script has amounts to be typed ({names}); amounts in an e-mail come from the ledger alone.",
    "请选择其他话术。",
    "Choose another script.",
)
NOTHING_OWED = ProblemKind(
    "channels.nothing_owed",
    "此刻账本上没有未清余额，不能发出提及欠款的邮件。",
    "Nothing is open in the ledger now: no e-mail may speak of a debt.",
    "请核对账本；案件结清后会自动结案。",
    "Check the ledger; a settled case closes by itself.",
)
ADDRESS_INVALID = ProblemKind(
    "channels.address_invalid",
    "这个邮箱已标为无效，信会被退回。",
    "This mailbox was marked invalid: a letter would come back.",
    "请核实后登记新的邮箱，或在联系方式页面确认它仍有效。",
    "Find out the right one, or confirm this one on the page of contact points.",
)
MESSAGE_UNKNOWN = ProblemKind(
    "channels.message_unknown",
    "没有这封邮件，或您无权查看。",
    "There is no such e-mail, or you may not see it.",
    "请从案件经过中打开。",
    "Open it from the case's timeline.",
)
NOT_UNCERTAIN = ProblemKind(
    "channels.not_uncertain",
    "这封邮件的结果是明确的，无须认定。",
    "What became of this e-mail is known; there is nothing to settle.",
    "请刷新页面。",
    "Reload the page.",
)
REASON_MISSING = ProblemKind(
    "channels.reason_missing",
    "请写明如何核实的。",
    "Say how you found out.",
    "例如：查看邮件服务器日志，或对方来电确认。",
    "For example: the mail server's log, or the person called.",
)
NOT_OURS = ProblemKind(
    "channels.not_ours",
    "这封来信没有对应本平台发出的任何邮件。",
    "This message belongs to no e-mail that left from here.",
    "请在邮箱中人工处理。",
    "Deal with it in the mailbox by hand.",
)
