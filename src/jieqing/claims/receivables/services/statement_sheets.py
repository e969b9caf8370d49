"""A statement's figures as a workbook (XLSX): numbers stay numbers, one sheet for each table of the paper."""

from collections.abc import Sequence

from jieqing.claims.receivables.engine.account_statement import AccountStatement, Section, StatementForm
from jieqing.claims.receivables.engine.ageing import buckets_of
from jieqing.claims.receivables.engine.statement_words import (
    BASIS_WORDS,
    DOCUMENT_WORDS,
    MOVEMENT_WORDS,
    word,
)
from jieqing.claims.receivables.services.statement_paper import (
    Paper,
    overdue_days,
    overdue_words,
    period,
    say,
)
from jieqing.kernel.money import to_major
from jieqing.plumbing.spreadsheets import Cell
from jieqing.plumbing.workbooks import Sheet, xlsx_bytes


def statement_xlsx(statement: AccountStatement, paper: Paper) -> bytes:
    """One sheet with the balances, then for each currency its movements and its open documents."""
    about: list[list[Cell]] = [
        [say(paper, "对账单", "Statement of account"), paper.number],
        [say(paper, "出具方", "Issuer"), paper.letterhead.name],
        [say(paper, "债务人", "Debtor"), paper.debtor],
        [say(paper, "客户编码", "Customer code"), paper.code],
        [say(paper, "债权人", "Creditor"), paper.creditor],
        [say(paper, "截止日", "As of"), statement.terms.as_of],
        [say(paper, "对账期间", "Period"), period(statement, paper)],
        [say(paper, "出具日期", "Issued on"), paper.made_on],
        [say(paper, "台账版本", "Ledger revision"), paper.revision],
        [say(paper, "账龄口径", "Ageing by"), word(BASIS_WORDS[statement.terms.basis], paper.lang)],
    ]
    late_terms = overdue_words(statement, paper)
    if late_terms:
        about.append([say(paper, "逾期口径", "Overdue counts"), late_terms])
    sheets = [_balances_sheet(statement, paper, about)]
    for section in statement.sections:
        if statement.terms.form is StatementForm.ACTIVITY:
            sheets.append(_movements_sheet(section, paper))
        sheets.append(_documents_sheet(statement, section, paper))
    return xlsx_bytes(sheets)


def _balances_sheet(statement: AccountStatement, paper: Paper, about: list[list[Cell]]) -> Sheet:
    labels = [one.label(paper.lang, statement.terms.basis) for one in buckets_of(statement.terms.edges)]
    head = [
        say(paper, "币种", "Currency"),
        say(paper, "期初余额", "Opening"),
        say(paper, "本期增加", "Charged"),
        say(paper, "本期减少", "Credited"),
        say(paper, "期末余额", "Closing"),
        say(paper, "其中逾期", "Overdue"),
        *labels,
    ]
    is_activity = statement.terms.form is StatementForm.ACTIVITY
    rows = [
        [
            one.currency,
            *[
                to_major(minor, one.currency) if is_activity else None
                for minor in (one.opening_minor, one.charged_minor, one.credited_minor)
            ],
            *[to_major(minor, one.currency) for minor in (one.closing_minor, one.overdue_minor)],
            *[to_major(minor, one.currency) for minor in one.ageing_minor],
        ]
        for one in statement.sections
    ]
    return Sheet(say(paper, "余额", "Balances"), head, rows, about)


def _movements_sheet(section: Section, paper: Paper) -> Sheet:
    head = [
        say(paper, "日期", "Date"),
        say(paper, "事项", "Movement"),
        say(paper, "单据号", "Document"),
        say(paper, "债权人", "Creditor"),
        say(paper, "金额", "Amount"),
        say(paper, "余额", "Balance"),
    ]
    opening = [None, say(paper, "期初余额", "Opening"), None, None, None]
    rows: list[Sequence[Cell]] = [[*opening, to_major(section.opening_minor, section.currency)]]
    rows += [
        [
            one.on,
            word(MOVEMENT_WORDS[one.kind], paper.lang),
            one.document,
            one.creditor,
            to_major(one.amount_minor, one.currency),
            to_major(balance, one.currency),
        ]
        for one, balance in zip(section.movements, section.balances_minor, strict=True)
    ]
    return Sheet(f"{section.currency} {say(paper, '本期发生', 'Movements')}", head, rows)


def _documents_sheet(statement: AccountStatement, section: Section, paper: Paper) -> Sheet:
    head = [
        say(paper, "单据号", "Document"),
        say(paper, "类型", "Kind"),
        say(paper, "债权人", "Creditor"),
        say(paper, "开票日期", "Invoiced"),
        say(paper, "到期日", "Due"),
        say(paper, "逾期天数", "Days overdue"),
        say(paper, "原始金额", "Original"),
        say(paper, "未清金额", "Open"),
    ]
    rows: list[Sequence[Cell]] = [
        [
            one.document,
            word(DOCUMENT_WORDS[one.kind], paper.lang),
            one.creditor,
            one.invoice_on,
            one.due_on,
            overdue_days(statement, one),
            to_major(one.face_minor, one.currency),
            to_major(one.open_minor, one.currency),
        ]
        for one in section.documents
    ]
    closing = to_major(section.closing_minor, section.currency)
    total = [say(paper, "合计", "Total"), *[None] * 6, closing]
    return Sheet(f"{section.currency} {say(paper, '未清单据', 'Open documents')}", head, rows, (), total)
