"""Bank downloads and wallet bills as tables (CSV, XLS, XLSX): header by profile, signs, preamble, footer.

Signs: two columns (支出/收入, 借方/贷方 from the bank's view), or one amount with 借/贷 or 收/支 beside it, or a signed amount. A
row without a day that can be read is above, below or between the lines (totals, remarks) and is left out with its text;
a row with a day but without a readable amount stops the file: a lost line would be a lost payment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from jieqing.claims.receipts.engine import bank_problems as problems
from jieqing.claims.receipts.engine.profiles import Header, Profile, find_header
from jieqing.claims.receipts.engine.statement_types import LeftOut, Statement, StatementLine
from jieqing.claims.receivables.engine.cell_amounts import Amount, parse_amount
from jieqing.claims.receivables.engine.cell_dates import parse_date
from jieqing.claims.receivables.engine.cell_texts import currency_word
from jieqing.claims.receivables.engine.ledger_types import ReadFile, Table
from jieqing.claims.receivables.engine.row_problems import Fault
from jieqing.kernel.outcomes import Problem

ROWS_MAX = 200_000
OUT_WORDS = ("借", "支", "付", "出", "d", "dr", "debit", "out", "-")
IN_WORDS = ("贷", "收", "入", "存", "c", "cr", "credit", "in", "+")
NEUTRAL_WORDS = ("不计收支", "/", "中性交易")
CLOSED_WORDS = ("交易关闭", "已全额退款", "支付失败", "已退款")
_DAY = re.compile(r"^\s*(\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?|\d{8})")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?|(?<!\d)(\d{2})(\d{2})(\d{2})(?!\d)")
_NUMBER = r"([-+]?[¥￥]?\s*[\d,]+(?:\.\d+)?)"
_OPENING = re.compile(rf"(?:期初余额|上期余额|承前余额|起始余额|opening balance)\D{{0,12}}?{_NUMBER}", re.I)
_CLOSING = re.compile(rf"(?:期末余额|本期余额|截止余额|结束余额|closing balance)\D{{0,12}}?{_NUMBER}", re.I)
_SUM_IN = re.compile(
    rf"(?:总收入|收入合计|贷方合计|贷方发生额合计|(?<![支/])收入)[:：]?\s*(?:\d+笔)?[,，\s]*(?:金额)?[:：]?\s*{_NUMBER}\s*元?"
)
_SUM_OUT = re.compile(
    rf"(?:总支出|支出合计|借方合计|借方发生额合计|(?<![收/])支出)[:：]?\s*(?:\d+笔)?[,，\s]*(?:金额)?[:：]?\s*{_NUMBER}\s*元?"
)
_ACCOUNT = re.compile(
    r"(?:账号|帐号|卡号|账户|account(?: no\.?| number)?)\s*[:：\]】]*\s*[\t,]*\s*(\d[\d *]{5,40}\d)", re.I
)
_WALLET = re.compile(r"(?:账号|账户|微信昵称|支付宝账户)\s*[:：]\s*\[([^\]]{2,60})\]")
_HOLDER = re.compile(r"(?:户名|账户名称|单位名称|开户名|姓名)\s*[:：\]】]*\s*[\t,]*\s*([^\s,，\t:：]{2,60})")
_CURRENCY = re.compile(r"(?:币种|货币|currency)\s*[:：\]】]*\s*[\t,]*\s*([^\s,，\t:：]{1,10})", re.I)
SPREADSHEETS = ("xlsx", "xls", "xlsb", "ods")
DIGITS_KEPT = 15


def read_table_statement(
    read: ReadFile, profiles: Mapping[str, Profile], *, asked: str = "", currency: str = "CNY"
) -> Statement | Problem:
    """The first sheet with a header that a profile knows."""
    for table in read.tables:
        rows = list(_rows(table))
        header = find_header([cells for _line, cells in rows], profiles, asked=asked)
        if header:
            return _Reader(read.kind, header, rows, currency).statement()
    return Problem.of(problems.NO_HEADER, rows=60)


def _rows(table: Table) -> Iterator[tuple[int, tuple[str, ...]]]:
    count = 0
    for piece in table.slices():
        for line_no, cells in zip(piece.line_numbers.to_list(), piece.cells.iter_rows(), strict=True):
            odd = piece.odd_rows.get(line_no)
            yield line_no, tuple(odd[1] if odd else cells)
            count += 1
            if count >= ROWS_MAX:
                return


class _Reader:
    """One table with its header found. Reads top to bottom once."""

    def __init__(
        self, kind: str, header: Header, rows: list[tuple[int, tuple[str, ...]]], currency: str
    ) -> None:
        self.kind, self.header, self.rows = kind, header, rows
        self.left_out: list[LeftOut] = []
        self.lost: list[tuple[int, str]] = []
        above = "\n".join(",".join(cells) for _line, cells in rows[: header.row])
        named = _CURRENCY.search(above)
        self.currency = (currency_word(named[1]) if named else None) or currency
        self.above = above

    def statement(self) -> Statement | Problem:
        lines: list[StatementLine] = []
        below: list[str] = []
        for line_no, cells in self.rows[self.header.row + 1 :]:
            if not any(cell.strip() for cell in cells):
                continue
            line = self._line(line_no, cells)
            if isinstance(line, Problem):
                return line
            if line is None:
                below.append(",".join(cells))
            else:
                lines.append(line)
        around = self.above + "\n" + "\n".join(below)
        account = (
            self._first(self._column_value("account"))
            or _found(_WALLET, self.above)
            or _found(_ACCOUNT, self.above)
        )
        notices = []
        if self.lost:
            line_no, text = self.lost[0]
            notices.append(Problem.of(problems.DIGITS_LOST, line=line_no, count=len(self.lost), text=text))
        return Statement(
            format=self.kind,
            profile=self.header.profile.code,
            currency=self.currency,
            account_number=re.sub(r"\s", "", account),
            holder=_found(_HOLDER, self.above),
            opening_minor=self._stated(_OPENING, around),
            closing_minor=self._stated(_CLOSING, around),
            stated_in_minor=self._stated(_SUM_IN, around),
            stated_out_minor=self._stated(_SUM_OUT, around),
            lines=tuple(lines),
            left_out=tuple(self.left_out),
            notices=tuple(notices),
        )

    def _line(self, line_no: int, cells: tuple[str, ...]) -> StatementLine | Problem | None:
        day_text = self._text(cells, "date")
        day = _day(day_text)
        if day is None:
            if self._looks_like_a_line(cells, day_text):
                return self._bad(line_no, "日期", "date", day_text)
            self.left_out.append(
                LeftOut(line_no, "不是交易行（说明、合计或空行）。", "No transaction (remark, total).", cells)
            )
            return None
        status = self._text(cells, "status")
        amount = self._amount(line_no, cells)
        if isinstance(amount, Problem):
            return amount
        is_closed = any(word in status for word in CLOSED_WORDS)
        if amount is None or is_closed:
            self.left_out.append(
                LeftOut(
                    line_no,
                    "没有资金进出（不计收支或已关闭）。",
                    "No money moved (neutral or closed).",
                    cells,
                )
            )
            return None
        balance = self._money(cells, "balance")
        if isinstance(balance, Fault):
            return self._bad(line_no, "余额", "balance", self._text(cells, "balance"))
        name, account = self._counterparty(cells, amount)
        value = _day(self._text(cells, "value_date"))
        purpose = " ".join(dict.fromkeys(filter(None, self._texts(cells, "purpose"))))
        return StatementLine(
            line_no=line_no, booked_on=day, amount_minor=amount, value_on=value, balance_minor=balance,
            time=_time(self._text(cells, "time")) or _time(_DAY.sub("", day_text)),
            counterparty_name=name[:200], counterparty_account=self._account(line_no, account),
            purpose=purpose[:400], reference=self._text(cells, "reference")[:80], cells=cells,
        )  # fmt: skip

    def _amount(self, line_no: int, cells: tuple[str, ...]) -> int | None | Problem:
        """Signed minor units; None where the bill says that no money moved."""
        if "debit" in self.header.fields and "credit" in self.header.fields:
            out, into = self._money(cells, "debit"), self._money(cells, "credit")
            for name, zh, en, value in (
                ("debit", "支出", "amount out", out),
                ("credit", "收入", "amount in", into),
            ):
                if isinstance(value, Fault):
                    return self._bad(line_no, zh, en, self._text(cells, name))
            if isinstance(out, int) or isinstance(into, int):
                # A wallet writes money out with a minus in its own column; at a bank a minus there is a reversal.
                out_minor = out if isinstance(out, int) else 0
                in_minor = into if isinstance(into, int) else 0
                return in_minor - (abs(out_minor) if self.header.profile.is_wallet else out_minor)
        amount = self._money(cells, "amount")
        if isinstance(amount, Fault) or amount is None:
            return self._bad(line_no, "金额", "amount", self._text(cells, "amount"))
        sign = self._text(cells, "sign").casefold()
        if sign in NEUTRAL_WORDS:
            return None
        if sign.startswith(OUT_WORDS):
            return -abs(amount) if self.header.profile.is_wallet else -amount if amount > 0 else amount
        if not sign or sign.startswith(IN_WORDS):
            return amount
        return self._bad(line_no, "借贷方向", "direction", sign)

    def _counterparty(self, cells: tuple[str, ...], amount: int) -> tuple[str, str]:
        """Banks that name payer and payee: the other one is who is not us."""
        if "payer" in self.header.fields and "payee" in self.header.fields:
            side = "payer" if amount > 0 else "payee"
            return self._text(cells, side), self._text(cells, f"{side}_account")
        return self._text(cells, "counterparty"), self._text(cells, "counterparty_account")

    def _account(self, line_no: int, text: str) -> str:
        """An account number, or nothing where a spreadsheet has rounded it away."""
        digits = re.sub(r"\D", "", text)
        is_rounded = len(digits) > DIGITS_KEPT and set(digits[DIGITS_KEPT:]) == {"0"}
        if self.kind in SPREADSHEETS and (is_rounded or re.search(r"\d[eE]\+?\d", text)):
            self.lost.append((line_no, text))
            return ""
        return text[:60]

    def _looks_like_a_line(self, cells: tuple[str, ...], day_text: str) -> bool:
        has_money = any(
            isinstance(self._money(cells, name), int)
            for name in ("amount", "debit", "credit")
            if name in self.header.fields
        )
        return bool(day_text) and has_money and bool(re.search(r"\d", day_text))

    def _money(self, cells: tuple[str, ...], name: str) -> int | None | Fault:
        text = self._text(cells, name)
        read = parse_amount(text.lstrip("+"), currency=self.currency)
        return read.minor if isinstance(read, Amount) else read

    def _stated(self, pattern: re.Pattern[str], text: str) -> int | None:
        found = pattern.search(text.replace('"', ""))
        if not found:
            return None
        read = parse_amount(found[1].strip().rstrip(","), currency=self.currency)
        return read.minor if isinstance(read, Amount) else None

    def _text(self, cells: tuple[str, ...], name: str) -> str:
        return next(iter(self._texts(cells, name)), "")

    def _texts(self, cells: tuple[str, ...], name: str) -> list[str]:
        places = self.header.fields.get(name, ())
        return [cells[at].strip().strip("\t'`").strip() for at in places if at < len(cells)]

    def _column_value(self, name: str) -> Iterator[str]:
        for _line, cells in self.rows[self.header.row + 1 :]:
            yield self._text(cells, name)

    @staticmethod
    def _first(values: Iterator[str]) -> str:
        return next((value for value in values if value), "")

    def _bad(self, line_no: int, zh: str, en: str, text: str) -> Problem:
        return Problem.of(problems.BAD_ROW, line=line_no, what_zh=zh, what_en=en, text=text or "–")


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1].strip() if match else ""


def _day(text: str) -> date | None:
    """The day at the start of a cell that may also hold a time."""
    match = _DAY.match(text)
    read = parse_date(match[1].replace(" ", "")) if match else None
    return read if isinstance(read, date) else None


def _time(text: str) -> str:
    match = _CLOCK.search(text)
    if not match:
        return ""
    hour, minute, second = (
        (match[1], match[2], match[3] or "00") if match[1] else (match[4], match[5], match[6])
    )
    return (
        f"{int(hour):02d}:{minute}:{second}"
        if int(hour) < 24 and int(minute) < 60 and int(second) < 60
        else ""
    )
