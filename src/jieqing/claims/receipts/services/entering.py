"""Enter a bank file: keep it, read it, check it, add the lines that are new.

One transaction for a file. A file that does not add up is kept with its refusal and adds no line; a file that is no
statement at all is kept and refused alike, so nothing that somebody sent is lost. The same file, or one that overlaps
what is there, adds only lines that are new: the line's key decides.

A statement's evidence entry is a bulk entry over the keys of all its lines, so that each line can be proved.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from jieqing.claims.parties.engine.names import name_key
from jieqing.claims.receipts.engine import bank_problems as problems
from jieqing.claims.receipts.engine.checking import Checked, check
from jieqing.claims.receipts.engine.line_kinds import with_kinds
from jieqing.claims.receipts.engine.reading import read_statements
from jieqing.claims.receipts.engine.statement_types import Statement, digits_of, line_key
from jieqing.claims.receipts.models import BankAccount, BankLine, BankStatement, StatementState
from jieqing.claims.receipts.selectors.statements import live_rule
from jieqing.claims.receipts.services.matching import approve_certain
from jieqing.claims.receipts.services.profile_files import bank_profiles
from jieqing.estate.sites.selectors import sites_by_ids
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing import storage
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence
from jieqing.trust.evidence.engine.digests import artefact_of

_NUMBER_LOCK = 0x62616E6B
# Some exports leave the branch's digits out; fewer than these are no account number.
TAIL_DIGITS_MIN = 8


@dataclass(frozen=True, slots=True)
class EnteredStatement:
    statement: BankStatement
    problem: Problem | None
    matched: int = 0

    def as_dict(self) -> dict[str, Any]:
        row = self.statement
        return {
            "statement": str(row.id), "number": row.number, "state": row.state, "profile": row.profile,
            "account": row.account.number if row.account else None, "currency": row.currency,
            "opening_minor": row.opening_minor, "in_minor": row.in_minor, "out_minor": row.out_minor,
            "closing_minor": row.closing_minor, "checked_by": row.checked_by, "lines": row.lines_read,
            "new": row.lines_new, "left_out": row.left_out, "matched": self.matched,
            "problem": self.problem.as_dict() if self.problem else None, "notices": row.notices,
            "entry": str(row.entry_id),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class EnteredFile:
    statements: tuple[EnteredStatement, ...]

    @property
    def problem(self) -> Problem | None:
        return next((one.problem for one in self.statements if one.problem), None)

    def as_dict(self) -> dict[str, Any]:
        return {
            "statements": [one.as_dict() for one in self.statements],
            "lines": sum(one.statement.lines_read for one in self.statements),
            "new": sum(one.statement.lines_new for one in self.statements),
            "refused": sum(one.problem is not None for one in self.statements),
        }


@dataclass(frozen=True, slots=True)
class _File:
    actor: Actor
    site_id: UUID
    name: str
    data: bytes
    key: str


def enter_file(
    *, actor: Actor, name: str, source: Path | bytes, account: str = "", bank: str = "", currency: str = "CNY"
) -> EnteredFile:
    """Enter every statement of a file. ``account`` and ``bank`` say what the file leaves open."""
    if actor.site_id is None:
        raise ValueError("a bank account belongs to a site")
    data = source if isinstance(source, bytes) else source.read_bytes()
    with site_scope(actor.site_id), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_NUMBER_LOCK, str(actor.site_id)]
            )
        file = _File(
            actor, actor.site_id, Path(name).name[:255], data, storage.store_bytes(actor.site_id, data)
        )
        found = read_statements(data, name, bank_profiles(), bank=bank, currency=currency)
        if is_problem(found):
            return EnteredFile((_refuse(file, None, found),))
        checked = [(statement, check(statement)) for statement in found]
        broken = any(is_problem(outcome) for _statement, outcome in checked)
        # One broken statement refuses its file: half a file would hide where the money is missing.
        return EnteredFile(
            tuple(
                _enter(file, statement, outcome, account, is_refused=broken) for statement, outcome in checked
            )
        )


def _enter(
    file: _File, statement: Statement, outcome: Checked | Problem, account: str, *, is_refused: bool
) -> EnteredStatement:
    if is_problem(outcome):
        return _refuse(file, statement, outcome)
    number = _account_number(statement, account)
    if is_problem(number):
        return _refuse(file, statement, number)
    if is_refused:
        return _refuse(file, statement, Problem.of(problems.OTHER_BROKEN))
    row = _account(file, statement, number)
    own = list(BankAccount.objects.values_list("number", flat=True))
    [site] = sites_by_ids([file.site_id])
    kinds = with_kinds(outcome.statement, own_accounts=own, own_names=[site.name])
    return _write(file, row, kinds, outcome.how)


def _write(file: _File, account: BankAccount, statement: Statement, how: str) -> EnteredStatement:
    keys = [line_key(account.number, account.currency, line) for line in statement.lines]
    known = set()
    for start in range(0, len(keys), 5_000):
        rows = BankLine.objects.filter(account=account, line_key__in=keys[start : start + 5_000])
        known |= {bytes(key) for key in rows.values_list("line_key", flat=True)}
    fresh = [(key, line) for key, line in zip(keys, statement.lines, strict=True) if key not in known]
    row = _statement_row(file, statement)
    row.account, row.state, row.checked_by = account, StatementState.ENTERED, how
    row.lines_new = len(fresh)
    row.entry_id = evidence.record_bulk(
        actor=file.actor,
        action="claims.receipts.statement_entered",
        subject=f"claims.receipts.statement:{row.id}",
        row_digests=keys,
        facts={
            "number": row.number, "lines": len(keys), "new": len(fresh), "currency": statement.currency,
            "opening_minor": statement.opening_minor, "in_minor": statement.in_minor,
            "out_minor": statement.out_minor, "closing_minor": statement.closing_minor, "checked_by": how,
        },
        artefacts={"file": artefact_of(file.data)},
    )  # fmt: skip
    row.save(force_insert=True)
    BankLine.objects.bulk_create(
        [
            BankLine(
                id=new_id(), site_id=file.site_id, account=account, statement=row, line_no=line.line_no, line_key=key,
                booked_on=line.booked_on, booked_time=line.time, value_on=line.value_on, amount_minor=line.amount_minor,
                balance_minor=line.balance_minor, currency=account.currency, kind=line.kind.value,
                counterparty_name=line.counterparty_name, counterparty_account=line.counterparty_account,
                payer_key=payer_key(line.counterparty_account, line.counterparty_name), purpose=line.purpose,
                reference=line.reference, cells=list(line.cells),
            )
            for key, line in fresh
        ],
        batch_size=2_000,
    )  # fmt: skip
    return EnteredStatement(row, None, _matched_by_rule(file.actor, row))


def _matched_by_rule(actor: Actor, row: BankStatement) -> int:
    """What the site's rule, while it is switched on, matches of the new lines."""
    rule = live_rule()
    if rule is None:
        return 0
    lines = list(BankLine.objects.filter(statement=row).select_related("account", "statement"))
    return len(approve_certain(actor=actor, lines=lines, rule=rule).matched)


def _refuse(file: _File, statement: Statement | None, problem: Problem) -> EnteredStatement:
    row = _statement_row(file, statement)
    row.state, row.problem = StatementState.REFUSED, problem.as_dict()
    row.entry_id = evidence.record(
        actor=file.actor,
        action="claims.receipts.statement_refused",
        subject=f"claims.receipts.statement:{row.id}",
        facts={"number": row.number, "code": problem.code, "lines": row.lines_read},
        artefacts={"file": artefact_of(file.data)},
    )
    row.save(force_insert=True)
    return EnteredStatement(row, problem)


def _statement_row(file: _File, statement: Statement | None) -> BankStatement:
    last = BankStatement.objects.aggregate(last=Max("number"))["last"]
    row = BankStatement(
        id=new_id(), site_id=file.site_id, number=(last or 0) + 1, file_name=file.name, file_key=file.key,
        file_digest=artefact_of(file.data).sha256, file_bytes=len(file.data), created_at=clock.now(),
        created_by=file.actor.id,
    )  # fmt: skip
    if statement:
        days = [line.booked_on for line in statement.lines]
        row.format, row.profile, row.currency = statement.format, statement.profile, statement.currency
        row.opening_minor, row.closing_minor = statement.opening_minor, statement.closing_minor
        row.in_minor, row.out_minor = statement.in_minor, statement.out_minor
        row.from_on, row.to_on = (min(days), max(days)) if days else (None, None)
        row.lines_read, row.left_out = len(statement.lines), len(statement.left_out)
        row.notices = [notice.as_dict() for notice in statement.notices]
    return row


def _account_number(statement: Statement, asked: str) -> str | Problem:
    found, wanted = digits_of(statement.account_number), digits_of(asked)
    if found and wanted and not _same_account(found, wanted):
        return Problem.of(problems.ACCOUNT_OTHER, found=f"…{found[-4:]}", asked=f"…{wanted[-4:]}")
    # A masked number names an account only where a person says which.
    number = wanted or found
    return number[:60] if number else Problem.of(problems.ACCOUNT_MISSING)


def _same_account(found: str, wanted: str) -> bool:
    if "*" in found:
        head, _stars, tail = found.partition("*")
        return wanted.startswith(head) and wanted.endswith(tail.strip("*"))
    short, long = sorted((found, wanted), key=len)
    return found == wanted or (len(short) >= TAIL_DIGITS_MIN and long.endswith(short))


def _account(file: _File, statement: Statement, number: str) -> BankAccount:
    known = BankAccount.objects.filter(currency=statement.currency)
    same = next((row for row in known if _same_account(number, row.number)), None)
    return same or BankAccount.objects.create(
        id=new_id(), site_id=file.site_id, number=number, currency=statement.currency, holder=statement.holder[:200],
        profile=statement.profile, created_at=clock.now(), created_by=file.actor.id,
    )  # fmt: skip


def payer_key(account: str, name: str) -> str:
    """How a payer is recognised later: by account when the bank gives one, else by name."""
    digits = digits_of(account)
    if digits and "*" not in digits:
        return f"account:{digits}"[:200]
    key = name_key(name)
    return f"name:{key}"[:200] if key else ""
