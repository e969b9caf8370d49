"""What can go wrong with a script, in words that say what to do."""

from jieqing.kernel.outcomes import ProblemKind

UNKNOWN = ProblemKind(
    "script.unknown",
    "没有这条话术，或您无权查看。",
    "There is no such script, or you may not see it.",
    "请从话术库重新打开。",
    "Open it from the library again.",
)
CODE_TAKEN = ProblemKind(
    "script.code_taken",
    "编号 {code} 已有话术。",
    "There is a script called {code} already.",
    "请换一个编号，或为原话术写新版本。",
    "Choose another code, or write a new version of that script.",
)
CODE_UNREADABLE = ProblemKind(
    "script.code_unreadable",
    "编号只能用小写字母、数字、点和连字符，2–80 个。",
    "A code is 2–80 lower-case letters, digits, dots and hyphens.",
    "例如 own.first-call。",
    "For example own.first-call.",
)
NOT_READY = ProblemKind(
    "script.not_ready",
    "还不能提交：{what}",
    "It cannot be submitted yet: {what_en}",
    "请按提示修改后保存为新版本再提交。",
    "Change it, save a new version and submit that.",
)
BLOCKED_WORDS = ProblemKind(
    "script.blocked_words",
    "措辞扫描拦截了这段文字：{what}",
    "The scanner stops this text: {what_en}",
    "请改用合规的说法；编辑页逐处给出改写建议。",
    "Say it lawfully; the editor proposes wording for each place.",
)
NEAR_COPY = ProblemKind(
    "script.near_copy",
    "与话术 {code} 有 {share} % 的内容相同，超过 60 %。",
    "{share} % of it stands in script {code}; at most 60 % may.",
    "请直接使用那一条，或为它写新版本。",
    "Use that one, or write a new version of it.",
)
UNCHANGED = ProblemKind(
    "script.unchanged",
    "内容与当前版本完全相同，没有保存。",
    "Nothing differs from the newest version; nothing was saved.",
    "请修改后再保存。",
    "Change something, then save.",
)
WRONG_STEP = ProblemKind(
    "script.wrong_step",
    "第 {version} 版现在是“{state}”，不能这样处理。",
    "Version {version} is now “{state_en}”; that cannot follow.",
    "请刷新页面，看最新的状态。",
    "Reload the page and look at its state.",
)
NOT_NEWEST = ProblemKind(
    "script.not_newest",
    "第 {version} 版之后又有新版本，只能提交最新的一版。",
    "There is a newer version than {version}; only the newest can be submitted.",
    "请打开最新版本。",
    "Open the newest version.",
)
OWN_WORK = ProblemKind(
    "script.own_work",
    "这一版由您本人编写或提交，须由另一位审查员决定。",
    "You wrote or submitted this version; another reviewer decides.",
    "请交给同事审查。",
    "Leave it to a colleague.",
)
REASON_MISSING = ProblemKind(
    "script.reason_missing",
    "请写明理由，作者要据此修改。",
    "Give the reason: the author works by it.",
    "用一两句话说明哪里不行、怎样改。",
    "Say in a sentence or two what is wrong and how to mend it.",
)
REFERENCE_MISSING = ProblemKind(
    "script.reference_missing",
    "请填写备案号。",
    "The filing number is missing.",
    "填写本次备案的文号，最多 60 字。",
    "Write the number of this filing, at most 60 characters.",
)
NOT_USABLE = ProblemKind(
    "script.not_usable",
    "这条话术现在没有备案中的版本，不能使用。",
    "No version of this script is filed now; it cannot be used.",
    "请选择已备案的话术，或等备案完成。",
    "Choose a filed script, or wait for the filing.",
)
WRONG_USE = ProblemKind(
    "script.wrong_use",
    "这条话术备案的渠道或用途与本次联系不符。",
    "This script is filed for another channel or purpose.",
    "请选择与本次联系相符的话术。",
    "Choose a script that fits this contact.",
)
NOTHING_PICKED = ProblemKind(
    "script.nothing_picked",
    "没有选中可处理的话术。",
    "Nothing that can be acted on was picked.",
    "请先勾选。",
    "Tick some first.",
)
KEY_REVOKED = ProblemKind(
    "script.key_revoked",
    "您的签名密钥已被平台吊销，暂时不能作出备案决定。",
    "Your signing key was revoked by the platform; you cannot decide for now.",
    "请联系平台运营，准许后下一次决定会生成新密钥。",
    "Ask the platform's operator; once admitted, your next decision makes a new key.",
)
KEY_FRESH = ProblemKind(
    "script.key_fresh",
    "您还没有签名密钥可换，现在生成了第一把。",
    "There was no key of yours to replace; the first one was made now.",
    "需要时再换。",
    "Replace it when you need to.",
)
KEY_ENDED = ProblemKind(
    "script.key_ended",
    "没有这把密钥，或它的状态已经变了。",
    "There is no such key, or its state has changed.",
    "请刷新密钥列表再操作。",
    "Reload the list of keys.",
)
WORDS_UNREADABLE = ProblemKind(
    "script.words_unreadable",
    "这些词读不出来：{what}。",
    "These words cannot be read: {what}.",
    "用空格分开；花括号里写可以互换的字，例如 {{上,到}}你家。最多展开 500 个词。",
    "Separate words by blanks; alternatives go in braces, for example {{上,到}}你家. At most 500 words when spelled out.",
)
