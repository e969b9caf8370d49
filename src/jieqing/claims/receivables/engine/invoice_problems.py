"""The sentences of an e-invoice that cannot be taken: alone it refuses its file, among others it is a row that waits.

code -> (zh, en, what to do zh, en); ``{value}`` is the file, the amounts or the parties concerned.
"""

from __future__ import annotations

from jieqing.kernel.outcomes import Problem

_AGAIN = (
    "请从税务平台或开票系统重新下载原文件，不要手工修改。",
    "Download the original again from the tax platform or the invoicing system; do not edit it.",
)
_LOOK = (
    "以账本为准时，放弃这一行并写明原因；以发票为准时，先更正账本里的那一笔，再处理这一行。",
    "If the ledger is right, discard this row with a reason; if the invoice is right, correct the ledger's item first.",
)
SENTENCES: dict[str, tuple[str, str, str, str]] = {
    "invoice.sum": (
        "这张发票的金额加税额不等于价税合计：{value}",
        "Net and tax of this invoice do not make its total: {value}",
        *_AGAIN,
    ),
    "invoice.amounts": (
        "这张发票的金额无法识别：{value}",
        "The amounts of this invoice cannot be read: {value}",
        *_AGAIN,
    ),
    "invoice.no_data": (
        "发票里没有号码或价税合计：{value}",
        "The invoice has no number or no total: {value}",
        *_AGAIN,
    ),
    "invoice.unsafe": (
        "XML 含有 DOCTYPE 声明，为安全起见没有打开：{value}",
        "The XML holds a DOCTYPE declaration; for safety it was not opened: {value}",
        "真正的电子发票没有这种声明，请确认文件来源。",
        "Real e-invoices have none: check where the file comes from.",
    ),
    "invoice.broken": (
        "XML 不完整或已损坏：{value}",
        "The XML is incomplete or damaged: {value}",
        *_AGAIN,
    ),
    "invoice.unknown": (
        "这不是认识的电子发票，也不是表格文件：{value}",
        "Neither a known e-invoice nor a table: {value}",
        "支持数电票 XML、OFD、UBL 2.1、CII 和 Factur-X PDF。",
        "Known are 数电票 XML, OFD, UBL 2.1, CII and Factur-X PDF.",
    ),
    "invoice.ofd": (
        "OFD 里没有发票数据，版面上也读不到：{value}",
        "The OFD holds no invoice data, and none can be read from its page: {value}",
        "请改用同一张发票的 XML。",
        "Use the XML of the same invoice.",
    ),
    "invoice.pdf": (
        "这是 PDF，里面没有嵌入的发票数据，也不是表格文件：{value}",
        "This is a PDF without embedded invoice data, and not a table: {value}",
        "请改用同一张发票的 XML 或 OFD；版式 PDF 只是图像。",
        "Use the XML or OFD of the same invoice; a plain PDF is only a picture.",
    ),
    "invoice.damaged": (
        "文件已损坏，无法解压：{value}",
        "The file is damaged and cannot be unpacked: {value}",
        *_AGAIN,
    ),
    "invoice.too_big": (
        "文件解压后过大，为保护系统没有打开：{value}",
        "The file expands too much and was not opened: {value}",
        "一张发票只有几十 KB，请确认文件来源。",
        "An invoice has some tens of KB: check where the file comes from.",
    ),
    "invoice.path": (
        "压缩包里的文件名指向包外，没有打开：{value}",
        "A name in the archive points outside of it; not opened: {value}",
        "请重新打包，不要带路径。",
        "Pack the files again without paths.",
    ),
    "invoice.password": (
        "压缩包里的文件有密码：{value}",
        "A file in the archive has a password: {value}",
        "请去掉密码后重新打包。",
        "Remove the password and pack again.",
    ),
    "invoice.nested": (
        "压缩包里还有压缩包，没有打开：{value}",
        "An archive within the archive was not opened: {value}",
        "请先解开里面的压缩包。",
        "Unpack the inner archive first.",
    ),
    "invoice.differs": (
        "账本里已有这张发票，但不一致：{value}",
        "The ledger holds this invoice already, but it differs: {value}",
        *_LOOK,
    ),
    "invoice.known": (
        "账本里已有这张发票，金额、日期和购买方都一致：{value}",
        "The ledger holds this invoice already, with the same amount, date and buyer: {value}",
        "请放弃这一行。",
        "Discard this row.",
    ),
    "invoice.purchase": (
        "这张发票是别人开给债权人的，不是应收：销售方 {value}",
        "This invoice was issued to the creditor, it is no receivable: the seller is {value}",
        "请放弃这一行；应收发票的销售方是债权人自己。",
        "Discard this row; on a receivable the creditor is the seller.",
    ),
}


# What held before there were e-invoices holds for programs that read the code: a file that is none and no table.
_NO_TABLE = frozenset({"invoice.unknown", "invoice.pdf"})


def refusal(code: str, shown: str) -> Problem:
    """The sentence of a file that is this one invoice."""
    zh, en, todo_zh, todo_en = SENTENCES[code]
    return Problem(
        "file.not_a_table" if code in _NO_TABLE else f"file.{code}",
        zh.format(value=shown) + "。",
        en.format(value=shown) + ".",
        todo_zh,
        todo_en,
        {"value": shown},
    )
