"""Refusals: facts that cannot be read or contradict each other, each named by the place where it stands.

Nothing is computed from a file with one of these; all of them are told at once.
"""

from __future__ import annotations

from jieqing.kernel.outcomes import ProblemKind

NESTED = ProblemKind(
    "owed.nested",
    "文件里的列表或对象嵌套太深，读不出事实。",
    "Lists or objects in the file are nested too deeply to hold facts.",
    "请参照 contracts/owed-facts.schema.json 重新填写。",
    "See contracts/owed-facts.schema.json.",
)
NUMBER_LONG = ProblemKind(
    "owed.number_long",
    "文件里有一个数字长达数千位，不可能是金额。",
    "The file holds a number of thousands of digits, which can be no amount.",
    "请检查是否粘贴错位；金额以分为单位的整数填写。",
    "Check for a slip in pasting; amounts are whole numbers of fen.",
)
NOT_JSON = ProblemKind(
    "owed.not_json",
    "文件不是有效的 JSON（第 {line} 行第 {column} 列：{why}）。",
    "The file is not valid JSON (line {line}, column {column}: {why}).",
    "请修正该处后重试。",
    "Correct that place and try again.",
)
NOT_ONE_OBJECT = ProblemKind(
    "owed.not_an_object",
    "文件应为一个 JSON 对象。",
    "The file should hold one JSON object.",
    "请参照 contracts/owed-facts.schema.json。",
    "See contracts/owed-facts.schema.json.",
)
MULTIPLE_OUT_OF_RANGE = ProblemKind(
    "owed.late_multiple_out_of_range",
    "{place}：{value} 不在 1.3 至 1.5 之间。",
    "{place}: {value} is not between 1.3 and 1.5.",
    "逾期付款损失按LPR加计30%至50%，请填写 1.3 至 1.5。",
    "Late payment bears the LPR plus 30 to 50 %: give 1.3 to 1.5.",
)
SPAN_BACKWARDS = ProblemKind(
    "owed.span_backwards",
    "{place}：{value} 的结束早于开始。",
    "{place}: {value} ends before it begins.",
    "请核对日期。",
    "Check the dates.",
)
LPR_CONTRADICTED = ProblemKind(
    "owed.lpr_contradicted",
    "{place}：与已核实的报价不一致（{value}）。",
    "{place}: it contradicts a confirmed publication ({value}).",
    "请核对全国银行间同业拆借中心的公告。",
    "Check the interbank centre's publication.",
)
LPR_DAY = ProblemKind(
    "owed.lpr_day",
    "{place}：LPR不会在 {value} 公布（每月20日或之后第一个工作日）。",
    "{place}: no LPR is published on {value} (the 20th or the next working day).",
    "请填写公告日期。",
    "Give the day of publication.",
)
UNKNOWN_CURRENCY = ProblemKind(
    "owed.unknown_currency",
    "{place}：“{value}”不是 ISO 4217 货币代码。",
    "{place}: “{value}” is not an ISO 4217 currency code.",
    "请使用三位字母代码，例如 CNY。",
    "Use the three-letter code, such as CNY.",
)
ORDER_UNKNOWN = ProblemKind(
    "owed.order_unknown",
    "{place}：“{value}”不是抵充顺序。",
    "{place}: “{value}” is no order of appropriation.",
    "请列出 costs、interest、penalty、principal、doubled 中的若干项。",
    "List some of costs, interest, penalty, principal, doubled.",
)
ID_TWICE = ProblemKind(
    "owed.id_twice",
    "{place}：编号“{value}”重复。",
    "{place}: the id “{value}” is given twice.",
    "请为每笔债务填写不同的 id。",
    "Give each item an id of its own.",
)
NO_SUCH_ITEM = ProblemKind(
    "owed.no_such_item",
    "{place}：没有编号为“{value}”的债务。",
    "{place}: there is no item “{value}”.",
    "请填写 items 中的 id，或不指定。",
    "Name an id of items, or leave it out.",
)
PREPAID_EXCEEDS = ProblemKind(
    "owed.prepaid_exceeds_principal",
    "{place}：预扣利息 {value} 大于本金。",
    "{place}: the prepaid interest of {value} is more than the principal.",
    "请核对金额（单位为分）。",
    "Check the amounts (in minor units).",
)
JUDGMENT_MISSING = ProblemKind(
    "owed.judgment_missing",
    "{place}：kind 为 judgment 时需要填写生效法律文书。",
    "{place}: kind judgment needs it.",
    "请填写 judgment.date 和 judgment.perform_by。",
    "Give judgment.date and judgment.perform_by.",
)
MISSING = ProblemKind(
    "owed.missing",
    "{place}：没有填写。",
    "{place}: it is missing.",
    "请填写，例如：{examples}。",
    "Give it, for example: {examples}.",
)
REQUIRED = ProblemKind(
    "owed.required",
    "{place}：没有填写。",
    "{place}: it is missing.",
    "请补充该字段。",
    "Add this key.",
)
NOT_A_DAY = ProblemKind(
    "owed.not_a_day",
    "{place}：“{value}”不是日期。",
    "{place}: “{value}” is not a date.",
    "请写成 2026-11-22 的形式。",
    "Write it as 2026-11-22.",
)
NOT_MINOR = ProblemKind(
    "owed.not_minor_units",
    "{place}：“{value}”不是整数金额。",
    "{place}: “{value}” is not a whole number.",
    "金额以最小货币单位（分）的整数填写，例如 12345。",
    "Amounts are whole minor units (fen), such as 12345.",
)
NEGATIVE = ProblemKind(
    "owed.negative",
    "{place}：{value} 是负数。",
    "{place}: {value} is negative.",
    "请填写不小于零的金额。",
    "Give an amount of zero or more.",
)
NOT_POSITIVE = ProblemKind(
    "owed.not_positive",
    "{place}：{value} 不是正数。",
    "{place}: {value} is not above zero.",
    "请填写大于零的金额；撤销的付款请直接删除。",
    "Give an amount above zero; leave out a payment that was reversed.",
)
TOO_LARGE = ProblemKind(
    "owed.too_large",
    "{place}：{value} 超出可记录的范围。",
    "{place}: {value} is larger than can be recorded.",
    "请检查单位（应为分）。",
    "Check the unit (it should be fen).",
)
NOT_A_RATE = ProblemKind(
    "owed.not_a_rate",
    "{place}：“{value}”不是利率。",
    "{place}: “{value}” is not a rate.",
    '请填写小数或百分数，例如 "0.0345"，有效数字不超过 15 位。',
    'Give a decimal or a percentage, such as "0.0345", of at most 15 digits.',
)
NOT_A_FLAG = ProblemKind(
    "owed.not_a_flag",
    "{place}：“{value}”应为 true 或 false。",
    "{place}: “{value}” should be true or false.",
    "请改为 true 或 false，不加引号。",
    "Write true or false without quotes.",
)
NOT_TEXT = ProblemKind(
    "owed.not_text",
    "{place}：“{value}”应为文字。",
    "{place}: “{value}” should be text.",
    "请加上引号。",
    "Put it in quotes.",
)
NOT_A_CHOICE = ProblemKind(
    "owed.not_a_choice",
    "{place}：“{value}”不是可用的值。",
    "{place}: “{value}” is not one of the values.",
    "请选用：{choices}。",
    "Use one of: {choices}.",
)
NOT_AN_OBJECT = ProblemKind(
    "owed.not_an_object_here",
    "{place}：“{value}”应为对象。",
    "{place}: “{value}” should be an object.",
    "请写成 {{…}}。",
    "Write it as {{…}}.",
)
NOT_A_LIST = ProblemKind(
    "owed.not_a_list",
    "{place}：“{value}”应为列表。",
    "{place}: “{value}” should be a list.",
    "请写成 […]。",
    "Write it as […].",
)
NOTHING_OWED = ProblemKind(
    "owed.no_items",
    "items：没有任何债务。",
    "items: there is no debt.",
    "请至少填写一笔债务（id、principal_fen、due）。",
    "Give at least one debt: id, principal_fen, due.",
)
INSTALMENTS_OF_MANY = ProblemKind(
    "owed.instalments_of_many_items",
    "judgment.instalments：有 {items} 笔债务，无法判断每期对应哪一笔。",
    "judgment.instalments: there are {items} items, so it is not clear which of them each instalment pays.",
    "分期履行的判决请合并为一笔债务，或每笔分别计算。",
    "Give one item for a judgment in instalments, or draw one statement for each item.",
)
INSTALMENTS_EXCEED = ProblemKind(
    "owed.instalments_exceed_principal",
    "judgment.instalments：各期合计 {instalments} 超过本金 {principal}（最小货币单位）。",
    "judgment.instalments: the instalments add up to {instalments}, more than the principal of {principal} (minor units).",
    "请核对各期金额。",
    "Check the instalments.",
)
