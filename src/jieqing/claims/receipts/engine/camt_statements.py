"""ISO 20022 camt.053 (and 052), versions .02 to .13: one Statement for each ``Stmt``.

Elements are found by local name, since the versions differ in namespace and in details that we do not read. A batch
entry becomes a line for each of its transactions when their amounts add up to the entry, else one line. Balances: OPBD
or PRCD open, CLBD closes. Source: ISO 20022 message definition report Bank-to-Customer Cash Management.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from lxml import etree

from jieqing.claims.receipts.engine import bank_problems as problems
from jieqing.claims.receipts.engine.safe_xml import line_of, local_name, nodes_at, parse_xml, text_at
from jieqing.claims.receipts.engine.statement_types import Statement, StatementLine
from jieqing.kernel.money import known_currency, to_minor
from jieqing.kernel.outcomes import Problem, is_problem

OPENING_CODES = ("OPBD", "PRCD", "OPAV")
CLOSING_CODES = ("CLBD",)


def read_camt(data: bytes) -> tuple[Statement, ...] | Problem:
    root = parse_xml(data)
    if isinstance(root, Problem):
        return root
    found = [
        node
        for node in root.iter()
        if local_name(node) in ("Stmt", "Rpt")
        and local_name(root) in ("Document", "BkToCstmrStmt", "BusMsg", "AppHdr")
    ]
    if not found:
        return Problem.of(problems.XML_UNKNOWN, found=local_name(root))
    statements = []
    for node in found:
        statement = _statement(node)
        if isinstance(statement, Problem):
            return statement
        statements.append(statement)
    return tuple(statements)


def _statement(node: etree._Element) -> Statement | Problem:
    code = text_at(node, "Acct/Ccy") or _amount_currency(node)
    currency = known_currency(code or "CNY")
    if is_problem(currency):
        return currency
    lines: list[StatementLine] = []
    for entry in nodes_at(node, "Ntry"):
        if text_at(entry, "Sts/Cd") == "PDNG" or text_at(entry, "Sts") == "PDNG":
            continue
        read = _entry(entry, currency, len(lines))
        if isinstance(read, Problem):
            return read
        lines += read
    balances = {}
    for balance in nodes_at(node, "Bal"):
        minor = _money(balance, currency)
        if isinstance(minor, Problem):
            return minor
        balances[text_at(balance, "Tp/CdOrPrtry/Cd")] = minor
    return Statement(
        format="camt.053",
        profile="camt.053",
        currency=currency,
        account_number=text_at(node, "Acct/Id/IBAN") or text_at(node, "Acct/Id/Othr/Id"),
        holder=text_at(node, "Acct/Ownr/Nm"),
        opening_minor=next((balances[one] for one in OPENING_CODES if one in balances), None),
        closing_minor=next((balances[one] for one in CLOSING_CODES if one in balances), None),
        lines=tuple(lines),
    )


def _entry(entry: etree._Element, currency: str, before: int) -> list[StatementLine] | Problem:
    minor = _money(entry, currency)
    if isinstance(minor, Problem):
        return minor
    booked = _day(text_at(entry, "BookgDt/Dt") or text_at(entry, "BookgDt/DtTm"))
    valued = _day(text_at(entry, "ValDt/Dt") or text_at(entry, "ValDt/DtTm"))
    if booked is None and valued is None:
        return Problem.of(
            problems.BAD_ROW, line=line_of(entry), what_zh="日期", what_en="date", text="BookgDt"
        )
    details = nodes_at(entry, "NtryDtls/TxDtls")
    parts = _parts(details, currency, minor)
    moment = text_at(entry, "BookgDt/DtTm")
    found = []
    for at, (detail, amount) in enumerate(parts):
        name, account = _other(detail, is_in=minor > 0)
        words = [text_at(entry, "AddtlNtryInf")] if detail is None else _remittance(detail)
        found.append(
            StatementLine(
                line_no=before + at + 1,
                booked_on=booked or valued or date.min,
                value_on=valued,
                time=moment[11:19] if len(moment) >= 19 else "",
                amount_minor=amount,
                counterparty_name=name[:200],
                counterparty_account=account[:60],
                purpose=" ".join(filter(None, words))[:400] or text_at(entry, "AddtlNtryInf")[:400],
                reference=_reference(entry, detail)[:80],
                cells=(etree.tostring(entry if detail is None else detail, encoding="unicode")[:2000],),
            )
        )
    return found


def _parts(
    details: list[etree._Element], currency: str, minor: int
) -> list[tuple[etree._Element | None, int]]:
    """The transactions of a batch with their amounts, when these add up to the entry."""
    if len(details) > 1:
        sign = 1 if minor > 0 else -1
        amounts = []
        for detail in details:
            node = (
                nodes_at(detail, "Amt")
                or nodes_at(detail, "AmtDtls/TxAmt/Amt")
                or nodes_at(detail, "AmtDtls/InstdAmt/Amt")
            )
            amount = _decimal(node[0].text or "", currency) if node else None
            amounts.append(amount * sign if isinstance(amount, int) else None)
        if all(amount is not None for amount in amounts) and sum(one or 0 for one in amounts) == minor:
            return [(detail, amount or 0) for detail, amount in zip(details, amounts, strict=True)]
        return [(details[0], minor)]
    return [(details[0] if details else None, minor)]


def _other(detail: etree._Element | None, *, is_in: bool) -> tuple[str, str]:
    if detail is None:
        return "", ""
    party, account = ("Dbtr", "DbtrAcct") if is_in else ("Cdtr", "CdtrAcct")
    # Up to version 07 the name stands in the party itself, later below Pty.
    name = text_at(detail, f"RltdPties/{party}/Nm") or text_at(detail, f"RltdPties/{party}/Pty/Nm")
    number = text_at(detail, f"RltdPties/{account}/Id/IBAN") or text_at(
        detail, f"RltdPties/{account}/Id/Othr/Id"
    )
    return name, number


def _remittance(detail: etree._Element) -> list[str]:
    loose = [
        " ".join(str(part) for part in node.itertext()).strip() for node in nodes_at(detail, "RmtInf/Ustrd")
    ]
    structured = [text_at(node, "CdtrRefInf/Ref") for node in nodes_at(detail, "RmtInf/Strd")]
    documents = [text_at(node, "RfrdDocInf/Nb") for node in nodes_at(detail, "RmtInf/Strd")]
    return [*loose, *structured, *documents]


def _reference(entry: etree._Element, detail: etree._Element | None) -> str:
    inner = (
        "" if detail is None else text_at(detail, "Refs/EndToEndId") or text_at(detail, "Refs/AcctSvcrRef")
    )
    return next(
        filter(
            lambda one: one and one != "NOTPROVIDED",
            (inner, text_at(entry, "AcctSvcrRef"), text_at(entry, "NtryRef")),
        ),
        "",
    )


def _money(node: etree._Element, currency: str) -> int | Problem:
    amounts = nodes_at(node, "Amt")
    side = text_at(node, "CdtDbtInd")
    minor = _decimal(amounts[0].text or "", currency) if amounts else None
    if not isinstance(minor, int) or side not in ("CRDT", "DBIT"):
        text = (amounts[0].text or "") if amounts else "Amt"
        return Problem.of(
            problems.BAD_ROW,
            line=line_of(node),
            what_zh="金额",
            what_en="amount",
            text=f"{text} {side}",
        )
    return minor if side == "CRDT" else -minor


def _decimal(text: str, currency: str) -> int | None:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value) >= 10**13:
        return None
    minor = to_minor(value, currency)
    return None if is_problem(minor) else minor


def _amount_currency(node: etree._Element) -> str:
    for amount in nodes_at(node, "Bal/Amt") or nodes_at(node, "Ntry/Amt"):
        return str(amount.get("Ccy") or "")
    return ""


def _day(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text[:10]).date() if text else None
    except ValueError:
        return None
