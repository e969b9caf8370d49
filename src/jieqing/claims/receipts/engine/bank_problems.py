"""The sentences about bank files, lines and matches."""

from __future__ import annotations

from jieqing.kernel.outcomes import ProblemKind

NO_HEADER = ProblemKind(
    "bank.no_header",
    "没有找到流水的表头：前 {rows} 行里没有同时写明日期和金额的一行。",
    "No header of a bank statement was found: none of the first {rows} rows names both a date and an amount.",
    "请从网银导出“交易明细”，或在上传时选择银行。",
    "Export the transaction list from the bank's site, or choose the bank when uploading.",
)
NO_LINES = ProblemKind(
    "bank.no_lines",
    "文件里没有一笔交易。",
    "The file holds no transaction.",
    "请检查导出的日期范围。",
    "Check the range of dates of the export.",
)
BAD_ROW = ProblemKind(
    "bank.bad_row",
    "第 {line} 行的{what_zh}无法识别：{text}。整份文件没有记入。",
    "Line {line}: the {what_en} cannot be read: {text}. Nothing of the file was entered.",
    "请在网银重新导出，不要手工修改文件。",
    "Export the file again and do not edit it by hand.",
)
CHAIN_BROKEN = ProblemKind(
    "bank.chain_broken",
    "第 {line} 行起余额对不上：应为 {expected}，文件写的是 {stated}，相差 {difference}。整份文件没有记入，原文件已保留。",
    "From line {line} on the balance does not add up: {expected} expected, the file says {stated}, a difference of"
    " {difference}. Nothing was entered; the file is kept.",
    "这一行之前可能缺了交易，请重新导出完整的流水。",
    "A transaction before this line may be missing: export the complete statement again.",
)
TOTAL_BROKEN = ProblemKind(
    "bank.total_broken",
    "期初 {opening} 加本期发生 {moved} 等于 {expected}，文件写的期末是 {stated}，相差 {difference}。"
    "最后核对到第 {line} 行。整份文件没有记入，原文件已保留。",
    "Opening {opening} plus movements {moved} makes {expected}; the file says closing {stated}, a difference of"
    " {difference}. Checked up to line {line}. Nothing was entered; the file is kept.",
    "请重新导出完整的流水；如果银行只给出部分明细，请选择完整的日期范围。",
    "Export the complete statement again, over whole days.",
)
SUMS_BROKEN = ProblemKind(
    "bank.sums_broken",
    "文件写明{side_zh}合计 {stated}，逐笔相加是 {summed}，相差 {difference}。"
    "最后核对到第 {line} 行。整份文件没有记入，原文件已保留。",
    "The file states a total {side_en} of {stated}; its lines add up to {summed}, a difference of {difference}."
    " Checked up to line {line}. Nothing was entered; the file is kept.",
    "请重新导出完整的流水。",
    "Export the complete statement again.",
)
NOT_CHECKED = ProblemKind(
    "bank.not_checked",
    "文件没有余额，也没有合计，无法核对是否完整。",
    "The file gives neither balances nor totals: whether it is complete cannot be checked.",
    "请抽查首笔和末笔，或改用带余额的导出格式。",
    "Compare the first and last line with the bank, or export a format with balances.",
)
DIGITS_LOST = ProblemKind(
    "bank.digits_lost",
    "第 {line} 行等 {count} 行的对方账号在 Excel 中丢失了末尾数字（{text}），已按“无账号”处理，原文保留。",
    "Line {line} and {count} lines in all: Excel has lost the last digits of the other account ({text}); it is treated as"
    " missing, the text is kept.",
    "需要账号时，请从网银导出 CSV，不要用 Excel 另存。",
    "Where account numbers matter, export CSV and do not save it again with Excel.",
)
XML_BROKEN = ProblemKind(
    "bank.xml_broken",
    "XML 文件不完整或已损坏（第 {line} 行附近）：{reason}",
    "The XML file is incomplete or damaged (near line {line}): {reason}",
    "请重新下载，不要手工修改。",
    "Download it again and do not edit it.",
)
XML_UNSAFE = ProblemKind(
    "bank.xml_unsafe",
    "XML 文件含有 DOCTYPE 声明，为安全起见没有打开。",
    "The XML file holds a DOCTYPE declaration; for safety it was not opened.",
    "银行的对账单没有这种声明，请确认文件来源。",
    "Statements of banks have none: check where the file comes from.",
)
XML_UNKNOWN = ProblemKind(
    "bank.xml_unknown",
    "这份 XML 不是 camt.053 对账单：{found}",
    "This XML is no camt.053 statement: {found}",
    "请导出 camt.053、MT940 或 CSV。",
    "Export camt.053, MT940 or CSV.",
)
MT_BROKEN = ProblemKind(
    "bank.mt_broken",
    "MT940 文件第 {line} 行无法识别：{text}。整份文件没有记入。",
    "MT940: line {line} cannot be read: {text}. Nothing of the file was entered.",
    "请重新下载完整的文件。",
    "Download the complete file again.",
)
TOO_BIG = ProblemKind(
    "bank.too_big",
    "文件有 {bytes} 字节，超过上限 {limit} 字节。",
    "The file has {bytes} bytes; the limit is {limit}.",
    "请按月份分开导出。",
    "Export month by month.",
)
ACCOUNT_MISSING = ProblemKind(
    "bank.account_missing",
    "文件没有写明是哪个账户的流水。",
    "The file does not say which account it is of.",
    "请选择账户，或填写账号。",
    "Choose the account, or give its number.",
)
ACCOUNT_OTHER = ProblemKind(
    "bank.account_other",
    "文件是账户 {found} 的流水，不是所选的 {asked}。",
    "The file is of account {found}, not of the chosen {asked}.",
    "请选择正确的账户或文件。",
    "Choose the right account or file.",
)
LINE_UNKNOWN = ProblemKind(
    "bank.line_unknown",
    "没有这笔银行流水，或您无权查看。",
    "There is no such bank line, or you may not see it.",
    "请从列表中重新打开。",
    "Open it from the list again.",
)
STATEMENT_UNKNOWN = ProblemKind(
    "bank.statement_unknown",
    "没有这份对账单，或您无权查看。",
    "There is no such bank statement, or you may not see it.",
    "请从列表中重新打开。",
    "Open it from the list again.",
)
MATCH_UNKNOWN = ProblemKind(
    "bank.match_unknown",
    "没有这次核销，或您无权查看。",
    "There is no such match, or you may not see it.",
    "请从列表中重新打开。",
    "Open it from the list again.",
)
ALREADY_MATCHED = ProblemKind(
    "bank.already_matched",
    "这笔流水已经处理过，没有重复入账。",
    "This line has been decided already; nothing was posted twice.",
    "请刷新页面；需要更改时先撤销。",
    "Refresh the page; to change it, undo it first.",
)
NOT_INCOMING = ProblemKind(
    "bank.not_incoming",
    "这笔流水是付出或零金额，不能核销应收。没有入账。",
    "This line is money out, or zero: it pays no receivable. Nothing was posted.",
    "可标为手续费、内部转账、退款或其他。",
    "Mark it as a fee, a transfer, a refund or other.",
)
REASON_MISSING = ProblemKind(
    "bank.reason_missing",
    "请写明原因。",
    "Please give a reason.",
    "原因会写入存证。",
    "It goes into evidence.",
)
NOT_LIVE = ProblemKind(
    "bank.not_live",
    "这次核销已经撤销。",
    "This match has been undone already.",
    "请刷新页面。",
    "Refresh the page.",
)
SUGGESTION_GONE = ProblemKind(
    "bank.suggestion_gone",
    "这条建议已经变化，没有入账。",
    "This suggestion has changed; nothing was posted.",
    "请刷新后查看新的建议。",
    "Refresh to see the new suggestion.",
)
OTHER_BROKEN = ProblemKind(
    "bank.other_broken",
    "同一文件中的另一份对账单对不上，整份文件没有记入。",
    "Another statement of the same file does not add up; nothing of the file was entered.",
    "请重新下载完整的文件。",
    "Download the complete file again.",
)
BAD_AMOUNT = ProblemKind(
    "bank.bad_amount",
    "金额无法识别：{text}。没有入账。",
    "The amount cannot be read: {text}. Nothing was posted.",
    "请填写大于零的数字，例如 1200.50；留空即按未清金额。",
    "Write a number above zero such as 1200.50; empty takes what is open.",
)
PICKED_GONE = ProblemKind(
    "bank.picked_gone",
    "所选的 {count} 张单据已经结清或不再存在。没有入账。",
    "{count} of the chosen documents are settled or gone. Nothing was posted.",
    "请重新选择。",
    "Choose again.",
)
