"""A statement of account 对账单: what a debtor owed at the start, what moved, what is owed at the end, how old it is.

Two forms. ``ACTIVITY`` covers the days [from, as of]: opening balance, every movement in order of its day with the running
balance, closing balance. ``OPEN_ITEMS`` has no period: every document that is open at the end of the day, with what is
left of it. Both carry the open documents' ageing at ``as_of``, with the reader's own edges and basis.

Invariant, in each currency: opening + movements = closing = sum of the open documents = sum of the ageing buckets. A
statement that breaks it cannot be made (a bug, so it raises). Currencies never meet in one sum.

Equal rows give equal canonical bytes: the digest of a statement's content does not depend on how it is printed.
Refuses: a period that ends before it begins, and more than ``ROWS_MAX`` rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate
from typing import Any

from jieqing.claims.receivables.engine.accounts import ItemKind, PostingKind
from jieqing.claims.receivables.engine.ageing import AgedItem, Basis, age_items
from jieqing.claims.receivables.engine.overdue_terms import PLAIN, OverdueTerms
from jieqing.claims.receivables.engine.statement_problems import PERIOD_BACKWARDS, TOO_MANY_ROWS
from jieqing.kernel.canonical import canonical_bytes, sha256
from jieqing.kernel.outcomes import JSON, Problem

ROWS_MAX = 20_000


class StatementForm(StrEnum):
    """Values stand in addresses, the API and evidence: never rename one."""

    ACTIVITY = "activity"
    OPEN_ITEMS = "open"


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked for. ``from_on`` is None exactly for open items; ``currency`` None means each that there is.

    ``shows_reversed`` adds both legs of what was cancelled or corrected within the period; they sum to nothing.
    """

    as_of: date
    from_on: date | None = None
    currency: str | None = None
    basis: Basis = Basis.DUE
    edges: tuple[int, ...] = (0, 30, 60, 90)
    shows_reversed: bool = False

    @property
    def form(self) -> StatementForm:
        return StatementForm.OPEN_ITEMS if self.from_on is None else StatementForm.ACTIVITY

    def as_dict(self) -> dict[str, JSON]:
        return {
            "form": self.form.value,
            "from": self.from_on.isoformat() if self.from_on else None,
            "as_of": self.as_of.isoformat(),
            "currency": self.currency,
            "basis": self.basis.value,
            "edges": list(self.edges),
            # Only when asked for: earlier statements keep their digests.
            **({"reversed": True} if self.shows_reversed else {}),
        }

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> Terms:
        """The terms as they were kept with a statement."""
        return cls(
            as_of=date.fromisoformat(told["as_of"]),
            from_on=date.fromisoformat(told["from"]) if told["from"] else None,
            currency=told["currency"],
            basis=Basis(told["basis"]),
            edges=tuple(told["edges"]),
            shows_reversed=bool(told.get("reversed")),
        )


@dataclass(frozen=True, slots=True)
class Movement:
    """One posting within the period; positive when the debtor owes more after it."""

    on: date
    kind: PostingKind
    document: str
    creditor: str
    currency: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document with something open at the end; a credit is negative. ``charges_minor`` is the part that is no principal."""

    document: str
    kind: ItemKind
    creditor: str
    currency: str
    invoice_on: date
    due_on: date | None
    posting_on: date | None
    face_minor: int
    open_minor: int
    charges_minor: int = 0
    late_after: date | None = None

    @property
    def not_overdue_until(self) -> date:
        return self.late_after or self.due_on or self.invoice_on


@dataclass(frozen=True, slots=True)
class Section:
    """One currency of a statement."""

    currency: str
    opening_minor: int
    movements: tuple[Movement, ...]
    documents: tuple[OpenDocument, ...]
    ageing_minor: tuple[int, ...]
    overdue_minor: int

    @property
    def closing_minor(self) -> int:
        return sum(one.open_minor for one in self.documents)

    @property
    def charges_minor(self) -> int:
        """Interest, penalty and fees within the closing balance."""
        return sum(one.charges_minor for one in self.documents)

    @property
    def credits_minor(self) -> int:
        """Credit notes and unapplied payments within the closing balance; 0 or negative."""
        return sum(one.open_minor for one in self.documents if one.open_minor < 0)

    @property
    def to_pay_minor(self) -> int:
        """What the debtor may be asked for: credits netted, and never less than nothing."""
        return max(0, self.closing_minor)

    @property
    def charged_minor(self) -> int:
        return sum(one.amount_minor for one in self.movements if one.amount_minor > 0)

    @property
    def credited_minor(self) -> int:
        return sum(one.amount_minor for one in self.movements if one.amount_minor < 0)

    @property
    def balances_minor(self) -> list[int]:
        """The running balance after each movement."""
        return list(accumulate((one.amount_minor for one in self.movements), initial=self.opening_minor))[1:]


@dataclass(frozen=True, slots=True)
class AccountStatement:
    """The figures of a statement; who it is from and to is for the paper around it."""

    terms: Terms
    sections: tuple[Section, ...]
    late_terms: OverdueTerms = PLAIN

    @property
    def rows(self) -> int:
        return sum(len(one.movements) + len(one.documents) for one in self.sections)

    @property
    def closing(self) -> dict[str, int]:
        return {one.currency: one.closing_minor for one in self.sections}

    def as_dict(self) -> dict[str, JSON]:
        return {
            **self.terms.as_dict(),
            # Only where a site has said so: statements without grace keep their digests.
            **({} if self.late_terms.is_plain else {"overdue_terms": self._late_terms()}),
            "sections": [_section_dict(one) for one in self.sections],
        }

    def _late_terms(self) -> dict[str, JSON]:
        return {"grace_days": self.late_terms.grace_days, "rolls": self.late_terms.rolls}

    def digest(self) -> bytes:
        return sha256(canonical_bytes(self.as_dict()))


def check_period(terms: Terms) -> Problem | None:
    if terms.from_on and terms.from_on > terms.as_of:
        return Problem.of(PERIOD_BACKWARDS, start=terms.from_on.isoformat(), end=terms.as_of.isoformat())
    return None


def build_statement(
    terms: Terms,
    *,
    opening: dict[str, int],
    movements: Iterable[Movement],
    documents: Iterable[OpenDocument],
    late_terms: OverdueTerms = PLAIN,
) -> AccountStatement | Problem:
    """Put the rows of a reading together; a currency with neither a balance nor a row does not appear.

    Errors: ValueError when the rows do not add up (they were not read at the same moment).
    """
    moved, left = list(movements), list(documents)
    if len(moved) + len(left) > ROWS_MAX:
        return Problem.of(TOO_MANY_ROWS, most=ROWS_MAX)
    codes = {code for code, minor in opening.items() if minor}
    codes |= {one.currency for one in moved} | {one.currency for one in left}
    if terms.currency:
        codes &= {terms.currency}
    sections = [
        _section(
            terms,
            code,
            opening.get(code, 0),
            [one for one in moved if one.currency == code],
            [one for one in left if one.currency == code],
        )
        for code in sorted(codes)
    ]
    return AccountStatement(terms, tuple(sections), late_terms)


def _section(
    terms: Terms,
    currency: str,
    opening_minor: int,
    movements: Sequence[Movement],
    documents: Sequence[OpenDocument],
) -> Section:
    aged = [
        AgedItem(currency, one.invoice_on, one.due_on, one.posting_on, one.open_minor, one.late_after)
        for one in documents
    ]
    buckets = {
        row.bucket: row.amount_minor
        for row in age_items(aged, as_of=terms.as_of, basis=terms.basis, edges=terms.edges)
    }
    found = Section(
        currency=currency,
        opening_minor=opening_minor,
        movements=tuple(movements),
        documents=tuple(documents),
        ageing_minor=tuple(buckets.get(index, 0) for index in range(len(terms.edges) + 1)),
        # By the due date whatever the basis; credits netted; due today is not overdue.
        overdue_minor=sum(one.open_minor for one in documents if one.not_overdue_until < terms.as_of),
    )
    if sum(found.ageing_minor) != found.closing_minor:
        raise ValueError(f"{currency}: the ageing does not sum to the closing balance")
    if terms.form is StatementForm.ACTIVITY:
        moved = opening_minor + sum(one.amount_minor for one in movements)
        if moved != found.closing_minor:
            raise ValueError(f"{currency}: {moved} moved to, {found.closing_minor} is open")
    return found


def _section_dict(one: Section) -> dict[str, JSON]:
    return {
        "currency": one.currency,
        "opening_fen": one.opening_minor,
        "closing_fen": one.closing_minor,
        "ageing_fen": list(one.ageing_minor),
        "movements": [
            {
                "on": row.on.isoformat(),
                "kind": row.kind.name.lower(),
                "document": row.document,
                "creditor": row.creditor,
                "amount_fen": row.amount_minor,
            }
            for row in one.movements
        ],
        "documents": [
            {
                "document": row.document,
                "kind": row.kind.name.lower(),
                "creditor": row.creditor,
                "invoiced": row.invoice_on.isoformat(),
                "due": row.due_on.isoformat() if row.due_on else None,
                "face_fen": row.face_minor,
                "open_fen": row.open_minor,
                # Only where there are charges: earlier statements keep their digests.
                **({"charges_fen": row.charges_minor} if row.charges_minor else {}),
            }
            for row in one.documents
        ],
    }
