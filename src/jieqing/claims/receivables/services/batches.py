"""Verbs of a batch before it is committed: open (keep the file, propose a layout) and preview (write nothing)."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import polars as pl
from django.db import connection, transaction
from django.db.models import Max

from jieqing.claims.receivables.engine import ledger_problems as problems
from jieqing.claims.receivables.engine.ledger_types import Layout, Proposal, ReadFile
from jieqing.claims.receivables.engine.proposing import Hints, propose
from jieqing.claims.receivables.engine.reading import read_file
from jieqing.claims.receivables.engine.vocabulary import TITLES
from jieqing.claims.receivables.models import BatchState, ImportBatch, StagedRow
from jieqing.claims.receivables.services.loading import Progress, Staged, read_into
from jieqing.claims.receivables.services.merging import Comparison
from jieqing.claims.receivables.services.results import ImportOptions, Preview, ProblemGroup, SampleRow
from jieqing.claims.receivables.services.sources import (
    Bytes,
    creditor_id,
    creditor_mention,
    mapped,
    remembered_layouts,
    stored_bytes,
)
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing import storage
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence
from jieqing.trust.evidence.engine.digests import artefact_of

# The second word of the advisory lock that numbers batches; the ledger's own lock may be held for seconds.
_NUMBER_LOCK = 0x62617463


@dataclass(frozen=True, slots=True)
class OpenedBatch:
    """A draft and what the program believes about its file."""

    batch: ImportBatch
    proposal: Proposal


def open_batch(
    *,
    actor: Actor,
    name: str,
    source: Path | bytes,
    hints: Hints | None = None,
    options: ImportOptions | None = None,
) -> OpenedBatch | Problem:
    """Keep the file as it came and propose how to read it. A file that is no table is refused and not kept."""
    site_id = actor.own_site
    with site_scope(site_id), transaction.atomic(), _bytes_of(source) as data:
        if is_problem(data):
            return data
        proposal = _proposed(data, name, _with_currency(hints, options))
        if is_problem(proposal):
            return proposal
        artefact = artefact_of(data)  # type: ignore[arg-type]  # a mapped file is bytes to a hash
        key = (
            storage.store_bytes(site_id, source)
            if isinstance(source, bytes)
            else storage.store_file(site_id, source)
        )
        batch = ImportBatch.objects.create(
            id=new_id(),
            site_id=site_id,
            number=_next_batch_number(site_id),
            file_name=Path(name).name[:255],
            file_key=key,
            file_digest=artefact.sha256,
            file_bytes=artefact.size_bytes,
            fingerprint=proposal.layout.fingerprint,
            mapping=proposal.layout.as_dict(),
            options=(options or ImportOptions()).as_dict(),
            created_at=clock.now(),
            created_by=actor.id,
        )
        evidence.record(
            actor=actor,
            action="claims.receivables.file_received",
            subject=f"claims.receivables.batch:{batch.id}",
            facts={"number": batch.number},
            personal={"file_name": batch.file_name},
            artefacts={"file": artefact},
        )
    return OpenedBatch(batch, proposal)


def propose_batch(*, actor: Actor, batch: ImportBatch, hints: Hints | None = None) -> Proposal | Problem:
    """Propose again with what a person said; writes nothing."""
    options = ImportOptions.from_dict(batch.options)
    with site_scope(actor.own_site), stored_bytes(batch.site_id, batch.file_key) as data:
        return _proposed(data, batch.file_name, _with_currency(hints, options))


def preview_batch(
    *,
    actor: Actor,
    batch: ImportBatch,
    layout: Layout | None = None,
    options: ImportOptions | None = None,
    progress: Progress | None = None,
) -> Preview | Problem:
    """What committing would do; writes nothing but temporary tables."""
    chosen = options or ImportOptions.from_dict(batch.options)
    with site_scope(actor.own_site), stored_bytes(batch.site_id, batch.file_key) as data:
        read = read_file(data, batch.file_name)
        if is_problem(read):
            return read
        return _previewed(actor, read, layout or Layout.from_dict(batch.mapping), chosen, progress)


def preview_file(
    *,
    actor: Actor,
    name: str,
    source: Path | bytes,
    hints: Hints | None = None,
    options: ImportOptions | None = None,
) -> Preview | Problem:
    """As ``preview_batch`` for a file that nobody has kept: ``--dry-run``."""
    with site_scope(actor.own_site), _bytes_of(source) as data:
        if is_problem(data):
            return data
        proposal = _proposed(data, name, _with_currency(hints, options))
        if is_problem(proposal):
            return proposal
        problem = not_ready(proposal)
        if problem:
            return problem
        read = read_file(data, name)
        return (
            read if is_problem(read) else _previewed(actor, read, proposal.layout, options or ImportOptions())
        )


def not_ready(proposal: Proposal) -> Problem | None:
    """What a proposal still lacks: the question whose answer is missing, in its own words where it has some."""
    if proposal.ready:
        return None
    if proposal.questions:
        return proposal.questions[0]
    titles = [TITLES.get(name, (name, name)) for name in proposal.missing]
    return Problem.of(
        problems.NOT_READY,
        fields="、".join(zh for zh, _en in titles),
        fields_en=", ".join(en for _zh, en in titles),
    )


def is_file_known(batch_digest: bytes, *, but: UUID | None = None) -> bool:
    """Whether this very file is in the ledger already, as a batch that was not taken back."""
    found = ImportBatch.objects.filter(file_digest=batch_digest, state=BatchState.COMMITTED)
    return (found.exclude(id=but) if but else found).exists()


def lines_waiting_before(batch_digest: bytes) -> set[int]:
    """Lines of this very file that an earlier batch keeps as staged rows, whatever became of them since."""
    rows = StagedRow.objects.filter(batch__file_digest=batch_digest, batch__state=BatchState.COMMITTED)
    return set(rows.values_list("line", flat=True))


def _previewed(
    actor: Actor, read: ReadFile, layout: Layout, options: ImportOptions, progress: Progress | None = None
) -> Preview | Problem:
    creditor = creditor_id(actor, options, create=False)
    known = is_file_known(read.digest)
    with transaction.atomic():
        sink = Comparison(site_id=actor.own_site, is_file_known=known)
        staged = read_into(
            sink,
            read,
            layout,
            creditor=str(creditor),
            currency=options.currency,
            progress=progress,
            creditor_name=creditor_mention(actor, options).name,
        )
        if is_problem(staged):
            return staged
    before = lines_waiting_before(read.digest) if known else set()
    waiting = [row for row in staged.waiting if row.line_no not in before]
    return Preview(
        accepted=staged.good - sink.known - sink.changed,
        updated=sink.changed,
        duplicates=sink.known + staged.twins + len(staged.waiting) - len(waiting),
        staged=len(waiting),
        skipped=len(staged.skipped) - staged.twins,
        debtors=len(staged.debtors),
        amount_minor=staged.amounts(),
        open_minor=staged.open_amounts(),
        sample=_sample(staged),
        problems=problem_groups(staged),
        staged_rows=tuple(waiting),
        skipped_rows=tuple(staged.skipped),
        totals=staged.totals,
        notices=tuple(staged.notices),
    )


def problem_groups(staged: Staged) -> tuple[ProblemGroup, ...]:
    """The staged rows by their first problem, largest group first."""
    counts = Counter(row.problems[0].code for row in staged.waiting)
    firsts = {row.problems[0].code: row for row in reversed(staged.waiting)}
    return tuple(
        ProblemGroup(code, rows, firsts[code].line_no, dict(firsts[code].problems[0].as_dict()))
        for code, rows in counts.most_common()
    )


def _sample(staged: Staged) -> tuple[SampleRow, ...]:
    if staged.sample is None:
        return ()
    rows = staged.sample.select(
        "line_no",
        pl.coalesce("debtor_name", "debtor_code").alias("debtor"),
        "document_number",
        "currency",
        "amount_minor",
        (pl.col("amount_minor") - pl.col("paid_minor")).alias("open_minor"),
        "invoice_on",
        "due_on",
    )
    return tuple(SampleRow(*row) for row in rows.iter_rows())


def _proposed(data: Bytes, name: str, hints: Hints) -> Proposal | Problem:
    read = read_file(data, name)
    return read if is_problem(read) else propose(read, remembered_layouts(), hints)


def _with_currency(hints: Hints | None, options: ImportOptions | None) -> Hints:
    hints = hints or Hints()
    if options and options.currency and not hints.currency:
        return replace(hints, currency=options.currency)
    return hints


@contextmanager
def _bytes_of(source: Path | bytes) -> Iterator[Bytes | Problem]:
    if isinstance(source, bytes):
        yield source
    elif not source.is_file():
        yield Problem.of(problems.NO_SUCH_FILE, name=source.name)
    else:
        with mapped(source) as data:
            yield data


def _next_batch_number(site_id: UUID) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_NUMBER_LOCK, str(site_id)])
    last = ImportBatch.objects.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
