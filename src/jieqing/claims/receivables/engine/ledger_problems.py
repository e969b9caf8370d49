"""What a person may be told about batches and staged rows, apart from what is wrong inside a file."""

from __future__ import annotations

from jieqing.kernel.outcomes import ProblemKind

NOT_READY = ProblemKind(
    "ledger.not_ready",
    "字段对应还不完整，缺少：{fields}。",
    "The mapping is not complete; missing: {fields_en}.",
    "请在字段对应中补充后再导入。",
    "Complete the mapping, then import.",
)
ALREADY_UNDONE = ProblemKind(
    "ledger.already_undone",
    "第 {number} 批导入已经撤销。",
    "Import {number} has been undone already.",
    "无需再撤销；如需重新入账，请再次导入原文件。",
    "Nothing to undo; import the file again to bring it back.",
)
NOT_COMMITTED = ProblemKind(
    "ledger.not_committed",
    "第 {number} 批导入尚未入账。",
    "Import {number} has not been committed.",
    "请先确认导入。",
    "Commit it first.",
)
BUILT_UPON = ProblemKind(
    "ledger.built_upon",
    "第 {number} 批导入的 {items} 笔应收已被之后的第 {later} 批更改，不能单独撤销。",
    "{items} items of import {number} were changed by the later import {later}, so it cannot be undone alone.",
    "请先撤销第 {later} 批。",
    "Undo import {later} first.",
)
POSTED_UPON = ProblemKind(
    "ledger.posted_upon",
    "第 {number} 批导入的 {items} 笔应收已有其他来源的入账（如银行流水），不能撤销。",
    "{items} items of import {number} carry postings from elsewhere (such as bank lines), so it cannot be undone.",
    "请先在这些单据上撤回银行核销、承兑汇票、登记的处理和息费决定；自动计提和抵充会随批次撤销。",
    "Take back bank matches, acceptance bills, acts and decisions on charges on those items first; accruals go with it.",
)
REASON_MISSING = ProblemKind(
    "ledger.reason_missing",
    "请写明原因。",
    "A reason is needed.",
    "用一句话说明原因，它会写入存证。",
    "Say why in one sentence; it goes into evidence.",
)
ROW_RESOLVED = ProblemKind(
    "ledger.row_resolved",
    "第 {line} 行已经处理过了。",
    "Line {line} has been dealt with already.",
    "请刷新列表。",
    "Refresh the list.",
)
NO_SUCH_FILE = ProblemKind(
    "ledger.no_such_file",
    "找不到文件：{name}",
    "There is no such file: {name}",
    "请检查路径。",
    "Check the path.",
)
FILE_LOST = ProblemKind(
    "ledger.file_lost",
    "第 {number} 批导入的原文件与存证摘要不符或已丢失。",
    "The file of import {number} is lost or does not match its digest.",
    "请从备份恢复文件，或重新导入。",
    "Restore the file from a backup, or import it again.",
)
NOT_A_DRAFT = ProblemKind(
    "ledger.not_a_draft",
    "第 {number} 批已经确认或放弃，不能再改。",
    "Import {number} was confirmed or given up and cannot be changed any more.",
    "请打开这一批查看结果；需要重来时请再次导入原文件。",
    "Open it to see its result; to start again, import the file once more.",
)
CHANGED_SINCE = ProblemKind(
    "ledger.changed_since",
    "字段匹配或单元格在另一个页面改过，账本没有任何改动。",
    "The columns or cells were changed on another page; the ledger is unchanged.",
    "请看一遍新的检查结果，再确认导入。",
    "Look at the new check, then confirm.",
)
ROW_NOT_SHOWN = ProblemKind(
    "ledger.row_not_shown",
    "第 {line} 行不能单独显示：它由多行合并而成，或读取方式已经改变。",
    "Line {line} cannot be shown alone: it was added up from several lines, or is read differently now.",
    "请下载原文件查看；存证中的摘要仍然有效。",
    "Download the file to see it; the digest in evidence still holds.",
)
OTHER_SELLER = ProblemKind(
    "ledger.other_seller",
    "发票的销售方 {sellers} 与债权人 {creditor} 名称不同。",
    "The seller on the invoices, {sellers}, is named differently from the creditor, {creditor}.",
    "如果是替别人管理的应收，请在导入时写明债权人。",
    "If these are claims of somebody else, name the creditor when importing.",
)
NO_INVOICE_FILE = ProblemKind(
    "ledger.no_invoice_file",
    "这一项没有电子发票原文件。",
    "This item has no e-invoice of its own.",
    "来源文件在导入批次里下载。",
    "Download its source from the import.",
)
