"""What every reader of bank files returns: one statement of one account, whatever the format.

Amounts are signed minor units of the account's currency, positive when money came in. Lines stand in the order of time;
``sequence`` counts lines that would otherwise be the same (same second, same amount, same balance). Dates are the bank's.

Invariant: nothing a file says is lost: what is no line is in ``left_out`` with its reason, every line keeps its cells.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from jieqing.claims.parties.engine.names import name_key
from jieqing.kernel.outcomes import Problem

LINE_KEY_FORMAT = "jieqing-bank-line/v1"


class LineKind(StrEnum):
    """What a line is, as far as its words tell; values stand in rows: never rename one."""

    PAYMENT = "payment"
    FEE = "fee"
    TRANSFER = "transfer"
    REFUND = "refund"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class StatementLine:
    """``time`` is HH:MM:SS or empty; ``balance_minor`` None where the file gives none."""

    line_no: int
    booked_on: date
    amount_minor: int
    time: str = ""
    value_on: date | None = None
    balance_minor: int | None = None
    counterparty_name: str = ""
    counterparty_account: str = ""
    purpose: str = ""
    reference: str = ""
    kind: LineKind = LineKind.UNKNOWN
    sequence: int = 1
    cells: tuple[str, ...] = ()

    @property
    def effective_on(self) -> date:
        """The day the money counts: when it was booked, for what was booked is what we have."""
        return self.booked_on


@dataclass(frozen=True, slots=True)
class LeftOut:
    line_no: int
    zh: str
    en: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """``profile`` is the bank's code for tables, the format for messages. Empty account: the file does not say."""

    format: str
    profile: str
    currency: str
    account_number: str = ""
    holder: str = ""
    opening_minor: int | None = None
    closing_minor: int | None = None
    stated_in_minor: int | None = None
    stated_out_minor: int | None = None
    lines: tuple[StatementLine, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notices: tuple[Problem, ...] = field(default=())

    @property
    def in_minor(self) -> int:
        return sum(line.amount_minor for line in self.lines if line.amount_minor > 0)

    @property
    def out_minor(self) -> int:
        return -sum(line.amount_minor for line in self.lines if line.amount_minor < 0)


def digits_of(account: str) -> str:
    """An account number without spaces and signs, upper case: how two spellings are compared."""
    return "".join(char for char in account.upper() if char.isalnum() or char == "*")


def numbered(lines: tuple[StatementLine, ...]) -> tuple[StatementLine, ...]:
    """Give twins (alike in everything that identifies a line) their ordinal."""
    seen: dict[tuple[object, ...], int] = {}
    found = []
    for line in lines:
        mark = _identity(line)
        seen[mark] = seen.get(mark, 0) + 1
        found.append(replace(line, sequence=seen[mark]))
    return tuple(found)


def line_key(account: str, currency: str, line: StatementLine) -> bytes:
    """What makes a line the same line in the next export: 32 bytes, stable across files and machines."""
    text = json.dumps(
        [LINE_KEY_FORMAT, digits_of(account), currency, *_identity(line), line.sequence], ensure_ascii=False
    )
    return hashlib.sha256(text.encode()).digest()


def _identity(line: StatementLine) -> tuple[object, ...]:
    return (
        line.booked_on.isoformat(),
        line.time,
        line.amount_minor,
        line.balance_minor,
        name_key(line.counterparty_name),
        digits_of(line.counterparty_account),
    )
