"""A statement's figures on paper (PDF)."""

from pathlib import Path

from jieqing.claims.receivables.engine.account_statement import (
    AccountStatement,
    Movement,
    OpenDocument,
    Section,
    StatementForm,
)
from jieqing.claims.receivables.engine.ageing import buckets_of
from jieqing.claims.receivables.engine.statement_words import (
    BASIS_WORDS,
    DOCUMENT_WORDS,
    MOVEMENT_WORDS,
    word,
)
from jieqing.claims.receivables.services.statement_paper import (
    Paper,
    amount,
    overdue_days,
    overdue_words,
    period,
    say,
)
from jieqing.kernel.outcomes import JSON, Problem
from jieqing.plumbing.pdf import Document, render_pdf

TEMPLATE = Path(__file__).parents[1] / "documents" / "statement.typ"


def statement_pdf(statement: AccountStatement, paper: Paper) -> bytes | Problem:
    return render_pdf(statement_document(statement, paper))


def statement_document(statement: AccountStatement, paper: Paper) -> Document:
    terms, lang = statement.terms, paper.lang
    title = say(paper, "对账单", "Statement of account")
    values: dict[str, JSON] = {
        "debtor": paper.debtor,
        "code": paper.code,
        "creditor": paper.creditor,
        "number": paper.number or None,
        "as_of": terms.as_of.isoformat(),
        "period": period(statement, paper),
        "made_on": paper.made_on.isoformat(),
        "revision": str(paper.revision),
        "basis": word(BASIS_WORDS[terms.basis], lang),
        "by-creditor": paper.is_by_creditor,
        "sections": [_section(statement, one, paper) for one in statement.sections],
    }
    return Document(
        template=TEMPLATE,
        title=" ".join(part for part in (title, paper.number, paper.debtor) if part),
        dated=paper.made_on,
        values=values,
        letterhead=paper.letterhead,
        lang=lang,
    )


def _section(statement: AccountStatement, one: Section, paper: Paper) -> dict[str, JSON]:
    is_activity = statement.terms.form is StatementForm.ACTIVITY
    figures = [
        [say(paper, "截止日余额", "Closing balance"), amount(one.closing_minor, one.currency)],
        [say(paper, "其中已逾期", "Of which overdue"), amount(one.overdue_minor, one.currency)],
    ]
    late_terms = overdue_words(statement, paper)
    if late_terms:
        figures.append([say(paper, "逾期口径", "Overdue counts"), late_terms])
    if one.charges_minor:
        figures.append([say(paper, "其中息费", "Of which charges"), amount(one.charges_minor, one.currency)])
    if one.credits_minor:
        figures.append([say(paper, "已抵减贷项", "Credits netted"), amount(one.credits_minor, one.currency)])
        figures.append([say(paper, "净应付", "Net to pay"), amount(one.to_pay_minor, one.currency)])
    if is_activity:
        figures = [
            [say(paper, "期初余额", "Opening balance"), amount(one.opening_minor, one.currency)],
            [say(paper, "本期增加", "Charged"), amount(one.charged_minor, one.currency)],
            [say(paper, "本期减少", "Credited"), amount(one.credited_minor, one.currency)],
            *figures,
        ]
    labels = [bucket.label(paper.lang, statement.terms.basis) for bucket in buckets_of(statement.terms.edges)]
    return {
        "title": _currency_title(one.currency, paper),
        "closing": amount(one.closing_minor, one.currency),
        "figures": figures,
        "ageing": [
            {"label": label, "amount": amount(minor, one.currency)}
            for label, minor in zip(labels, one.ageing_minor, strict=True)
        ],
        "movements": _movement_rows(one, paper) if is_activity else None,
        "movement-total": _movement_total(one, paper),
        "documents": [_document_row(statement, row, paper) for row in one.documents],
        "document-total": [
            say(paper, "合计", "Total"),
            *[""] * (5 + int(paper.is_by_creditor)),
            amount(one.closing_minor, one.currency),
        ],
    }


def _movement_rows(one: Section, paper: Paper) -> list[list[str]]:
    by_creditor = [""] if paper.is_by_creditor else []
    opening = ["", say(paper, "期初余额", "Opening"), "", *by_creditor, "", ""]
    rows = [[*opening, amount(one.opening_minor, one.currency)]]
    for row, balance in zip(one.movements, one.balances_minor, strict=True):
        rows.append([*_movement_row(row, paper), amount(balance, one.currency)])
    return rows


def _movement_row(row: Movement, paper: Paper) -> list[str]:
    charged, credited = (row.amount_minor, 0) if row.amount_minor > 0 else (0, row.amount_minor)
    return [
        row.on.isoformat(),
        word(MOVEMENT_WORDS[row.kind], paper.lang),
        row.document,
        *([row.creditor] if paper.is_by_creditor else []),
        amount(charged, row.currency) if charged else "",
        amount(credited, row.currency) if credited else "",
    ]


def _movement_total(one: Section, paper: Paper) -> list[str]:
    return [
        say(paper, "本期合计", "Total"),
        *[""] * (2 + int(paper.is_by_creditor)),
        amount(one.charged_minor, one.currency),
        amount(one.credited_minor, one.currency),
        amount(one.closing_minor, one.currency),
    ]


def _document_row(statement: AccountStatement, one: OpenDocument, paper: Paper) -> list[str]:
    days = overdue_days(statement, one)
    return [
        one.document,
        word(DOCUMENT_WORDS[one.kind], paper.lang),
        *([one.creditor] if paper.is_by_creditor else []),
        one.invoice_on.isoformat(),
        one.due_on.isoformat() if one.due_on else "–",
        str(days) if days else "–",
        amount(one.face_minor, one.currency),
        amount(one.open_minor, one.currency),
    ]


def _currency_title(currency: str, paper: Paper) -> str:
    return "人民币（CNY，元）" if currency == "CNY" and paper.lang == "zh" else currency
