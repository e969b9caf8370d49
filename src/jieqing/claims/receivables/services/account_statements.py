"""Issuing statements of account: numbered, pinned to a revision of the ledger, stored, with evidence.

``issue_statement`` takes the next number under one advisory lock of the site, makes the files, stores them under their
digests and writes row and evidence in one transaction: a number exists exactly when its files and its entry do, and
numbers have no gaps. A preview makes the same paper without a number and leaves nothing.

Handing a statement over is recorded. There is no verb that sends one to a debtor: that is a contact, and needs a permit
that only ``recovery.outreach`` may ask for (see ``sending_verdict``).
"""

import hashlib
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from jieqing.claims.parties import access as parties
from jieqing.claims.receivables.engine.account_statement import AccountStatement, Terms
from jieqing.claims.receivables.engine.statement_words import statement_number
from jieqing.claims.receivables.models import HandOverKind, Statement, StatementHandOver, StatementRun
from jieqing.claims.receivables.selectors.account_statements import (
    Account,
    creditors_of_debtor,
    newest_revision,
    read_statement,
)
from jieqing.claims.receivables.services.statement_paper import Paper
from jieqing.claims.receivables.services.statement_pdfs import statement_pdf
from jieqing.claims.receivables.services.statement_sheets import statement_xlsx
from jieqing.estate.sites import selectors as sites
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, ProblemKind, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.pdf import Letterhead
from jieqing.plumbing.pdf.typefaces import fonts_digest
from jieqing.plumbing.storage import open_stored, store_bytes
from jieqing.trust.evidence import services as evidence

PDF, XLSX = "pdf", "xlsx"
FILES = (PDF, XLSX)


@dataclass(frozen=True, slots=True)
class StatementOrder:
    """Whose account, which terms, in which language; ``known_rev`` None is the newest revision."""

    debtor_id: UUID
    terms: Terms
    creditor_id: UUID | None = None
    known_rev: int | None = None
    lang: str = "zh"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A statement before it has a number."""

    figures: AccountStatement
    paper: Paper


def draw_statement(*, actor: Actor, order: StatementOrder) -> Drawn | Problem:
    """Read the figures and say what the paper says: what a preview shows and what is issued, but for the number."""
    debtor = parties.party_by_id(actor, order.debtor_id)
    if is_problem(debtor):
        return debtor
    revision = newest_revision() if order.known_rev is None else order.known_rev
    figures = read_statement(Account(debtor.id, revision, order.creditor_id), order.terms)
    if is_problem(figures):
        return figures
    creditors = dict(creditors_of_debtor(debtor.id))
    if order.creditor_id is not None and order.creditor_id not in creditors:
        return Problem.of(CREDITOR_ELSEWHERE)
    named = [creditors[order.creditor_id]] if order.creditor_id else list(creditors.values())
    paper = Paper(
        debtor=debtor.name or debtor.code,
        code=debtor.code,
        creditor=_creditor_words(named, order.lang),
        is_by_creditor=len(named) > 1,
        number="",
        made_on=clock.today(),
        revision=revision,
        lang=order.lang,
        letterhead=letterhead_of(actor.own_site),
    )
    return Drawn(figures, paper)


def preview_pdf(*, actor: Actor, order: StatementOrder) -> bytes | Problem:
    drawn = draw_statement(actor=actor, order=order)
    return drawn if is_problem(drawn) else statement_pdf(drawn.figures, drawn.paper)


def issue_statement(
    *, actor: Actor, order: StatementOrder, run: StatementRun | None = None
) -> Statement | Problem:
    """Make a statement with the next number; for a debtor of a run that has one already, that one."""
    site_id = actor.own_site
    with site_scope(site_id), transaction.atomic():
        lock_register(site_id)
        made = run and Statement.objects.filter(run=run, debtor_id=order.debtor_id).first()
        if made:
            return made
        drawn = draw_statement(actor=actor, order=order)
        if is_problem(drawn):
            return drawn
        last = Statement.objects.aggregate(last=Max("number"))["last"] or 0
        return _write(actor, order, drawn, last + 1, run)


def remake_pdf(statement: Statement) -> bytes | Problem:
    """The same paper made anew from the ledger as it was known then: equal bytes prove that nothing was changed."""
    figures = _figures_of(statement)
    return figures if is_problem(figures) else statement_pdf(figures, _paper_of(statement))


def read_statement_file(statement: Statement, file: str) -> bytes:
    """The stored bytes, held against their digest."""
    return open_stored(statement.site_id, statement.pdf_key if file == PDF else statement.xlsx_key)


def take_statement_file(*, actor: Actor, statement: Statement, file: str) -> bytes:
    """Hand a file to the person who asks, and note that it left."""
    data = read_statement_file(statement, file)
    with transaction.atomic():
        record_hand_over(actor=actor, statement=statement, kind=HandOverKind.DOWNLOADED, file=file)
    return data


def record_hand_over(
    *,
    actor: Actor,
    statement: Statement,
    kind: HandOverKind,
    file: str = "",
    recipient: str = "",
    notice_id: UUID | None = None,
) -> StatementHandOver:
    """One line of the send log with its evidence; in the caller's transaction."""
    evidence.record(
        actor=actor,
        action="claims.receivables.statement_handed_over",
        subject=f"claims.receivables.statement:{statement.id}",
        facts={"kind": kind.value, "file": file, "notice": str(notice_id) if notice_id else None},
        personal={"recipient": recipient} if recipient else {},
    )
    return StatementHandOver.objects.create(
        site_id=statement.site_id,
        statement=statement,
        kind=kind.value,
        file=file,
        recipient=recipient,
        notice_id=notice_id,
        at=clock.now(),
        actor_id=actor.id,
    )


def sending_verdict() -> Problem:
    """Whether a statement may be sent to its debtor: the verdict that stands before the button."""
    return Problem.of(NO_PERMIT)


def letterhead_of(site_id: UUID) -> Letterhead:
    """Who issues, as the site has said it. No account to pay into: a statement asks for nothing."""
    head = sites.letterhead(site_id)
    lines = [head.licence_number, head.filing_number, head.address, head.phone]
    return Letterhead(
        name=head.name,
        lines=tuple(line for line in lines if line),
        footer=" · ".join(line for line in (head.name, head.filing_number) if line),
        logo=head.logo_bytes,
        colour=head.primary,
    )


def number_of(statement: Statement) -> str:
    return statement_number(statement.year, statement.number)


def _write(
    actor: Actor, order: StatementOrder, drawn: Drawn, number: int, run: StatementRun | None
) -> Statement | Problem:
    site_id = actor.own_site
    paper = replace(drawn.paper, number=statement_number(drawn.paper.made_on.year, number))
    pdf = statement_pdf(drawn.figures, paper)
    if is_problem(pdf):
        return pdf
    xlsx = statement_xlsx(drawn.figures, paper)
    logo = paper.letterhead.logo
    statement = Statement(
        site_id=site_id,
        number=number,
        year=paper.made_on.year,
        run=run,
        debtor_id=order.debtor_id,
        creditor_id=order.creditor_id,
        form=order.terms.form.value,
        terms=order.terms.as_dict(),
        as_of=order.terms.as_of,
        known_rev=paper.revision,
        lang=order.lang,
        printed={**paper.as_dict(), "logo": store_bytes(site_id, logo) if logo else None},
        closing=drawn.figures.closing,
        content_digest=drawn.figures.digest(),
        pdf_key=store_bytes(site_id, pdf),
        xlsx_key=store_bytes(site_id, xlsx),
        made_at=clock.now(),
        made_on=paper.made_on,
        made_by=actor.id,
    )
    statement.entry_id = evidence.record(
        actor=actor,
        action="claims.receivables.statement_issued",
        subject=f"claims.receivables.statement:{statement.id}",
        facts={
            "number": paper.number,
            "terms": order.terms.as_dict(),
            "known_revision": paper.revision,
            "closing_minor": drawn.figures.closing,
            "content_sha256": statement.content_digest.hex(),
            "pdf_sha256": hashlib.sha256(pdf).hexdigest(),
            "xlsx_sha256": hashlib.sha256(xlsx).hexdigest(),
            "fonts_sha256": fonts_digest(),
        },
        personal={"debtor": paper.debtor},
    )
    statement.save(force_insert=True)
    return statement


def _figures_of(statement: Statement) -> AccountStatement | Problem:
    account = Account(statement.debtor_id, statement.known_rev, statement.creditor_id)
    return read_statement(account, Terms.from_dict(statement.terms))


def _paper_of(statement: Statement) -> Paper:
    printed = statement.printed
    head = printed["letterhead"]
    return Paper(
        debtor=printed["debtor"],
        code=printed["code"],
        creditor=printed["creditor"],
        is_by_creditor=printed["is_by_creditor"],
        number=number_of(statement),
        made_on=statement.made_on,
        revision=statement.known_rev,
        lang=statement.lang,
        letterhead=Letterhead(
            name=head["name"],
            lines=tuple(head["lines"]),
            footer=head["footer"],
            logo=open_stored(statement.site_id, printed["logo"]) if printed["logo"] else None,
            colour=head["colour"],
        ),
    )


def _creditor_words(names: list[str], lang: str) -> str:
    if not names:
        return "–"
    if len(names) == 1:
        return names[0]
    return f"{names[0]} 等 {len(names)} 家" if lang == "zh" else f"{names[0]} and {len(names) - 1} more"


def lock_register(site_id: UUID) -> None:
    """Numbers are given one after the other; released with the transaction, also when the process dies."""
    digest = hashlib.sha256(f"claims.receivables.statements/{site_id}".encode()).digest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(digest[:8], "big", signed=True)])


NO_PERMIT = ProblemKind(
    "statement.no_permit",
    "把对账单发给债务人属于触达，须先经合规闸门取得单次许可；本站尚未开通触达渠道。",
    "Sending a statement to a debtor is a contact: it needs a single-use permit "
    "from the compliance gate, and this site has no contact channel yet.",
    "可以下载后交由债权人按其既有渠道对账，或通知本站成员登录查看。",
    "Download it for the creditor's own reconciliation, or let a member of this site know.",
)
CREDITOR_ELSEWHERE = ProblemKind(
    "statement.creditor_elsewhere",
    "这个债权人在本站对该债务人没有应收。",
    "This creditor has no receivable from this debtor here.",
    "请从列表中选择债权人，或不选以包含全部。",
    "Choose a creditor from the list, or none to include all.",
)
