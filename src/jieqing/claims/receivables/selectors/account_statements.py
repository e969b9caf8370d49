"""The rows of a statement of account from the database, all as known at one revision of the ledger.

A statement is always pinned to a revision (the newest one when nobody asks for another), so that the same statement can be
read again after any later correction, byte for byte. Three readings in one transaction; the engine proves that they
agree.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max

from jieqing.claims.receivables.engine import accounts
from jieqing.claims.receivables.engine.account_statement import (
    ROWS_MAX,
    AccountStatement,
    Movement,
    OpenDocument,
    StatementForm,
    Terms,
    build_statement,
    check_period,
)
from jieqing.claims.receivables.engine.accounts import ItemKind, PostingKind
from jieqing.claims.receivables.engine.charge_plan import split_open
from jieqing.claims.receivables.models import LedgerRevision
from jieqing.claims.receivables.selectors.overdue_terms import overdue_terms_in_force
from jieqing.claims.receivables.selectors.statements import fetch, open_items, parameters
from jieqing.kernel.outcomes import Problem

# Both where the debtor's items lie now and where a correction has moved them from.
_OF_DEBTOR = """AND item_id IN (
    SELECT id FROM receivables_item WHERE site_id = %(site)s AND debtor_id = %(debtor)s
    UNION SELECT item_id FROM receivables_item_past WHERE site_id = %(site)s AND debtor_id = %(debtor)s)"""
_WANTED = """i.debtor_id = %(debtor)s AND (%(creditor)s::uuid IS NULL OR i.creditor_id = %(creditor)s)
    AND (%(currency)s::text IS NULL OR i.currency = %(currency)s)"""
_LEG_KIND = f"CASE WHEN leg.sign = 1 THEN p.kind ELSE {PostingKind.REVERSAL.value} END"
_CREDITOR = "coalesce(nullif(c.name, ''), c.code)"


@dataclass(frozen=True, slots=True)
class Account:
    """Whose account: a debtor's with everybody, or with one creditor. ``revision`` pins what was known."""

    debtor_id: UUID
    revision: int
    creditor_id: UUID | None = None


def newest_revision() -> int:
    return LedgerRevision.objects.aggregate(last=Max("number"))["last"] or 0


def read_statement(account: Account, terms: Terms) -> AccountStatement | Problem:
    """The figures of a statement, or why it cannot be one."""
    problem = check_period(terms)
    if problem:
        return problem
    values = parameters(
        as_of=terms.as_of,
        revision=account.revision,
        debtor=account.debtor_id,
        creditor=account.creditor_id,
        currency=terms.currency,
        from_on=terms.from_on,
        most=ROWS_MAX + 1,
        charges=accounts.Account.CHARGES.value,
    )
    in_force = overdue_terms_in_force(terms.as_of, revision=account.revision)
    is_activity = terms.form is StatementForm.ACTIVITY
    return build_statement(
        terms,
        opening=_opening(account, values) if is_activity else {},
        movements=_movements(account, values, with_reversed=terms.shows_reversed) if is_activity else (),
        documents=_documents(account, values),
        late_terms=in_force.of(account.creditor_id) if account.creditor_id else in_force.of_site,
    )


def creditors_of_debtor(debtor_id: UUID) -> list[tuple[UUID, str]]:
    """Whose debts somebody has here: the choices for a statement between two parties."""
    return [
        (row[0], row[1])
        for row in fetch(
            f"""
            SELECT c.id, {_CREDITOR} FROM parties_party c WHERE c.site_id = %(site)s AND c.id IN (
                SELECT creditor_id FROM receivables_item WHERE site_id = %(site)s AND debtor_id = %(debtor)s)
            ORDER BY c.sort_key, c.id
            """,  # noqa: S608  # constants only
            parameters(as_of=date.max, revision=None, debtor=debtor_id),
        )
    ]


def _opening(account: Account, values: dict[str, Any]) -> dict[str, int]:
    before = values | {"as_of": date.fromordinal(max(1, values["from_on"].toordinal() - 1))}
    rows = fetch(
        f"""
        WITH {open_items(account.revision, narrow=_OF_DEBTOR)}
        SELECT i.currency, sum(o.open_minor)::bigint
        FROM open_item o JOIN item_state i ON i.id = o.item_id WHERE {_WANTED} GROUP BY 1
        """,  # noqa: S608  # constants only
        before,
    )
    return dict(rows)


def _movements(account: Account, values: dict[str, Any], *, with_reversed: bool) -> list[Movement]:
    # What a later revision ended is left out, or stands there twice: as it was, and taken back.
    known = "(p.voided_rev IS NULL OR p.voided_rev > %(revision)s)"
    legs = f"(VALUES (1), (-1)) AS leg (sign) ON leg.sign = 1 OR NOT {known}" if with_reversed else ""
    rows = fetch(
        f"""
        WITH {open_items(account.revision, narrow=_OF_DEBTOR)}
        SELECT p.effective_on, {_LEG_KIND if legs else "p.kind"}, i.document_number, {_CREDITOR}, i.currency,
               p.amount_minor{" * leg.sign" if legs else ""}
        FROM receivables_posting p JOIN item_state i ON i.id = p.item_id
        JOIN parties_party c ON c.id = i.creditor_id {"JOIN " + legs if legs else ""}
        WHERE p.site_id = %(site)s AND p.effective_on BETWEEN %(from_on)s AND %(as_of)s
          AND p.recorded_rev <= %(revision)s {"" if legs else "AND " + known}
          AND {_WANTED} {_OF_DEBTOR.replace("item_id IN", "p.item_id IN", 1)}
        ORDER BY p.effective_on, p.id{", leg.sign DESC" if legs else ""} LIMIT %(most)s
        """,  # noqa: S608  # constants only
        values,
    )
    return [Movement(row[0], PostingKind(row[1]), *row[2:]) for row in rows]


def _documents(account: Account, values: dict[str, Any]) -> list[OpenDocument]:
    rows = fetch(
        f"""
        WITH {open_items(account.revision, narrow=_OF_DEBTOR)}
        SELECT i.document_number, i.kind, {_CREDITOR}, i.currency, i.invoice_on, i.due_on, i.posting_on, i.late_after,
               i.amount_minor, o.open_minor, (
                   SELECT coalesce(sum(p.amount_minor), 0)::bigint FROM receivables_posting p
                   WHERE p.site_id = %(site)s AND p.item_id = i.id AND p.account = %(charges)s
                     AND p.effective_on <= %(as_of)s AND p.recorded_rev <= %(revision)s
                     AND (p.voided_rev IS NULL OR p.voided_rev > %(revision)s))
        FROM open_item o JOIN item_state i ON i.id = o.item_id JOIN parties_party c ON c.id = i.creditor_id
        WHERE {_WANTED}
        ORDER BY i.currency, coalesce(i.due_on, i.invoice_on), i.document_number, i.id LIMIT %(most)s
        """,  # noqa: S608  # constants only
        values,
    )
    return [
        OpenDocument(
            document=row[0],
            kind=ItemKind(row[1]),
            creditor=row[2],
            currency=row[3],
            invoice_on=row[4],
            due_on=row[5],
            posting_on=row[6],
            late_after=row[7],
            face_minor=row[8],
            open_minor=row[9],
            charges_minor=split_open(row[9] - row[10], row[10])[1],
        )
        for row in rows
    ]
