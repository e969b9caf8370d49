"""SWIFT MT940 and MT942: tags 20, 25, 28C, 60F/M, 61, 86, 62F/M; several messages make several statements.

Our own reader, since the field 86 is where banks differ and is text to us either way: structured ``?20`` subfields and
``/KEY/`` forms are read for name, account and remittance, everything else is kept as it came. Source: SWIFT User
Handbook, MT940 customer statement message.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from jieqing.claims.receipts.engine import bank_problems as problems
from jieqing.claims.receipts.engine.statement_types import Statement, StatementLine
from jieqing.kernel.money import exponent, known_currency
from jieqing.kernel.outcomes import Problem, is_problem

TAG = re.compile(r"^:(\d{2}[A-Z]?):")
BALANCE = re.compile(r"^([CD])(\d{6})([A-Z]{3})([\d,]{1,15})")
ENTRY = re.compile(
    r"^(\d{6})(\d{4})?(R?[CD])([A-Z])?(\d[\d,]{0,14})([NFS][A-Z0-9]{3})([^\n]*)(?:\n(.*))?", re.S
)
SUBFIELD = re.compile(r"\?(\d{2})")
SLASHED = re.compile(r"/(NAME|ACCT|IBAN|REMI|ORDP|BENM|EREF)/")
ENDS = ("-", "-}")


def looks_like_mt(data: bytes) -> bool:
    head = data[:2048]
    return b":20:" in head and (b":60F:" in head or b":60M:" in head or b":25:" in head or b":34F:" in head)


def read_mt(text: str) -> tuple[Statement, ...] | Problem:
    """Split into tags, then fold tags into statements; a new :20: begins one."""
    statements: list[Statement] = []
    current: _Message | None = None
    for line_no, tag, value in _tags(text):
        if tag == "20":
            if current:
                done = current.statement()
                if isinstance(done, Problem):
                    return done
                statements.append(done)
            current = _Message()
            continue
        if current is None:
            continue
        problem = current.take(line_no, tag, value)
        if problem:
            return problem
    if current:
        done = current.statement()
        if isinstance(done, Problem):
            return done
        statements.append(done)
    return tuple(statements) or Problem.of(problems.NO_LINES)


def _tags(text: str) -> list[tuple[int, str, str]]:
    found: list[tuple[int, str, str]] = []
    for line_no, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        match = TAG.match(line)
        if match:
            found.append((line_no, match[1], line[match.end() :]))
        elif found and line.strip() and line.strip() not in ENDS and not line.startswith("{"):
            last_no, tag, value = found[-1]
            found[-1] = (last_no, tag, f"{value}\n{line}")
    return found


class _Message:
    """One message while its tags come in."""

    def __init__(self) -> None:
        self.account = ""
        self.currency = ""
        self.opening: int | None = None
        self.closing: int | None = None
        self.lines: list[StatementLine] = []

    def take(self, line_no: int, tag: str, value: str) -> Problem | None:
        if tag == "25":
            self.account = value.strip().split("\n")[0].split("/")[-1]
        elif tag in ("60F", "60M", "62F", "62M"):
            return self._balance(line_no, tag, value)
        elif tag == "34F":
            self.currency = self.currency or value[:3]
        elif tag == "61":
            return self._entry(line_no, value)
        elif tag == "86" and self.lines:
            self.lines[-1] = _with_details(self.lines[-1], value)
        return None

    def statement(self) -> Statement | Problem:
        code = known_currency(self.currency or "CNY")
        if is_problem(code):
            return code
        return Statement(
            format="mt940", profile="mt940", currency=code, account_number=self.account,
            opening_minor=self.opening, closing_minor=self.closing, lines=tuple(self.lines),
        )  # fmt: skip

    def _balance(self, line_no: int, tag: str, value: str) -> Problem | None:
        match = BALANCE.match(value.strip())
        if not match or is_problem(known_currency(match[3])):
            return _broken(line_no, f":{tag}:{value}")
        self.currency = match[3]
        minor = _minor(match[4], self.currency)
        if minor is None:
            return _broken(line_no, f":{tag}:{value}")
        signed = minor if match[1] == "C" else -minor
        if tag.startswith("60"):
            self.opening = signed if self.opening is None else self.opening
        else:
            self.closing = signed
        return None

    def _entry(self, line_no: int, value: str) -> Problem | None:
        match = ENTRY.match(value)
        minor = _minor(match[5], self.currency or "CNY") if match else None
        valued = _day(match[1]) if match else None
        if not match or minor is None or valued is None:
            return _broken(line_no, f":61:{value}")
        booked = _booked(valued, match[2])
        if booked is None:
            return _broken(line_no, f":61:{value}")
        # RC takes a credit back, RD a debit.
        is_in = match[3] in ("C", "RD")
        own, _sep, banks = match[7].partition("//")
        self.lines.append(
            StatementLine(
                line_no=line_no, booked_on=booked, value_on=valued, amount_minor=minor if is_in else -minor,
                reference=(own if own and own != "NONREF" else banks).strip()[:80], purpose=(match[8] or "").strip()[:400],
                cells=(value[:1000],),
            )
        )  # fmt: skip
        return None


def _with_details(line: StatementLine, value: str) -> StatementLine:
    flat = value.replace("\n", "")
    name = account = ""
    if SUBFIELD.search(flat):
        parts = SUBFIELD.split(flat)
        fields = list(zip(parts[1::2], parts[2::2], strict=True))
        purpose = "".join(text for code, text in fields if "20" <= code <= "29" or "60" <= code <= "63")
        name = "".join(text for code, text in fields if code in ("32", "33"))
        account = "".join(text for code, text in fields if code == "31")
    elif SLASHED.search(flat):
        parts = SLASHED.split(flat)
        named = dict(zip(parts[1::2], parts[2::2], strict=True))
        name = named.get("NAME", "").strip("/ ")
        account = (named.get("ACCT") or named.get("IBAN") or "").strip("/ ")
        purpose = (
            " ".join(filter(None, (named.get("REMI", "").strip("/ "), named.get("EREF", "").strip("/ "))))
            or flat
        )
    else:
        purpose = value.replace("\n", " ")
    words = " ".join(filter(None, (line.purpose, purpose.strip())))
    return replace(
        line, purpose=words[:400], counterparty_name=name[:200], counterparty_account=account[:60],
        cells=(*line.cells, value[:1000]),
    )  # fmt: skip


def _minor(text: str, currency: str) -> int | None:
    whole, _comma, fraction = text.partition(",")
    places = exponent(currency)
    if not whole.isdigit() or (fraction and not fraction.isdigit()) or len(fraction.rstrip("0")) > places:
        return None
    return int(whole + fraction.rstrip("0").ljust(places, "0")[:places])


def _day(text: str) -> date | None:
    try:
        return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:6]))
    except ValueError:
        return None


def _booked(valued: date, text: str | None) -> date | None:
    """The booking day has no year: the one nearest to the value date."""
    if not text:
        return valued
    days = []
    for year in (valued.year - 1, valued.year, valued.year + 1):
        try:
            days.append(date(year, int(text[:2]), int(text[2:])))
        except ValueError:
            continue
    return min(days, key=lambda day: abs((day - valued).days)) if days else None


def _broken(line_no: int, text: str) -> Problem:
    return Problem.of(problems.MT_BROKEN, line=line_no, text=text.replace("\n", " ")[:80])
