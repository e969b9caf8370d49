"""Statements for many debtors: a run that can be killed at any moment and goes on where it was.

The debtors are found once, when the run starts, and kept with it, together with the revision of the ledger: everybody
gets a statement of the same moment. Each statement is a transaction of its own; the run holds one for each debtor
(a unique constraint says so), so a second worker or a second try makes nothing twice and numbers keep no gaps. A debtor
whose statement cannot be made is set aside with the reason; the others go on. At the end all files lie in one archive,
the same bytes whenever it is made again.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from jieqing.claims.receivables.engine.account_statement import Terms
from jieqing.claims.receivables.models import (
    HandOverKind,
    RunState,
    Statement,
    StatementHandOver,
    StatementRun,
    StatementSchedule,
)
from jieqing.claims.receivables.selectors.account_statements import newest_revision
from jieqing.claims.receivables.selectors.item_filter import ItemFilter
from jieqing.claims.receivables.selectors.statement_register import matching_debtors
from jieqing.claims.receivables.services.account_statements import (
    FILES,
    StatementOrder,
    issue_statement,
    lock_register,
    number_of,
    read_statement_file,
)
from jieqing.estate.sites.selectors import check_writing
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import JSON, Problem, ProblemKind, is_problem
from jieqing.plumbing import progress
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.spreadsheets import csv_bytes
from jieqing.plumbing.sse import channel_name
from jieqing.plumbing.storage import open_stored, store_bytes
from jieqing.trust.evidence import services as evidence

RUN_TASK, STATEMENT_QUEUE = "claims.receivables.make_statements", "statements"
DEBTORS_MAX = 20_000
_NAME_CHARS_MAX = 60


def start_run(
    *,
    actor: Actor,
    wanted: ItemFilter,
    terms: Terms,
    lang: str,
    known_rev: int | None = None,
    schedule: StatementSchedule | None = None,
) -> StatementRun | Problem:
    """Note who gets a statement and queue the work, in one transaction."""
    site_id = actor.own_site
    with site_scope(site_id), transaction.atomic():
        revision = newest_revision() if known_rev is None else known_rev
        targets = matching_debtors(wanted, as_of=terms.as_of, revision=revision)
        if not targets:
            return Problem.of(NOBODY_MATCHES)
        if len(targets) > DEBTORS_MAX:
            return Problem.of(TOO_MANY, debtors=len(targets), most=DEBTORS_MAX)
        lock_register(site_id)
        last = StatementRun.objects.order_by("-number").first()
        run = StatementRun.objects.create(
            site_id=site_id,
            number=(last.number if last else 0) + 1,
            schedule=schedule,
            terms=terms.as_dict(),
            wanted=_told(wanted),
            lang=lang,
            known_rev=revision,
            targets=[str(one) for one in targets],
            made_at=clock.now(),
            made_by=actor.id,
        )
        evidence.record(
            actor=actor,
            action="claims.receivables.statement_run_started",
            subject=f"claims.receivables.statement_run:{run.id}",
            facts={
                "terms": run.terms,
                "wanted": run.wanted,
                "known_revision": revision,
                "debtors": len(targets),
            },
        )
        queue_run(actor=actor, run=run)
    return run


def queue_run(*, actor: Actor, run: StatementRun) -> bool:
    """Give the rest of a run to a worker; False when one is at it."""
    if run.state == RunState.DONE or not progress.begin(channel_of(run), total=len(run.targets)):
        return False
    # By name, not by import: tasks stand above services.
    app.configure_task(RUN_TASK, queue=STATEMENT_QUEUE).defer(
        site_id=str(run.site_id),
        run_id=str(run.id),
        actor_id=str(actor.id),
        actor_kind=actor.kind.value,
        roles=[*sorted(actor.roles)],
    )
    return True


def work_on_run(*, actor: Actor, run_id: UUID) -> None:
    """The job: may begin any number of times, ends once. A site suspended since it was asked issues nothing."""
    with site_scope(actor.own_site):
        run = StatementRun.objects.get(id=run_id)
    with progress.reporting(channel_of(run)) as report:
        problem = check_writing(run.site_id)
        if problem:
            report.finish(problem)
            return
        try:
            make_statements(actor=actor, run=run, report=report)
        except Exception:
            report.finish(Problem.of(BROKE_OFF))
            raise
        report.finish(None)


def make_statements(*, actor: Actor, run: StatementRun, report: progress.Reporter | None = None) -> None:
    """Issue what is missing, then close the run with its archive."""
    with site_scope(run.site_id):
        done = set(Statement.objects.filter(run=run).values_list("debtor_id", flat=True))
    skipped = dict(run.skipped)
    terms = Terms.from_dict(run.terms)
    for count, target in enumerate(run.targets, start=1):
        if UUID(target) not in done and target not in skipped:
            order = StatementOrder(UUID(target), terms, known_rev=run.known_rev, lang=run.lang)
            made = issue_statement(actor=actor, order=order, run=run)
            if is_problem(made):
                skipped[target] = made.as_dict()
                _set_aside(actor, run, skipped, made)
        if report:
            report(count)
    _close(actor, run)


def take_archive(*, actor: Actor, run: StatementRun) -> bytes | Problem:
    """All files of a finished run; that each left is noted."""
    if run.state != RunState.DONE:
        return Problem.of(NOT_DONE)
    data = open_stored(run.site_id, run.archive_key)
    now = clock.now()
    with transaction.atomic():
        StatementHandOver.objects.bulk_create(
            StatementHandOver(
                site_id=run.site_id,
                statement=statement,
                kind=HandOverKind.DOWNLOADED.value,
                file="zip",
                at=now,
                actor_id=actor.id,
            )
            for statement in Statement.objects.filter(run=run).only("id")
        )
        evidence.record(
            actor=actor,
            action="claims.receivables.statement_handed_over",
            subject=f"claims.receivables.statement_run:{run.id}",
            facts={"kind": HandOverKind.DOWNLOADED.value, "file": "zip"},
        )
    return data


def channel_of(run: StatementRun) -> str:
    return channel_name(run.site_id, f"statements:{run.id}")


def standing(run: StatementRun) -> progress.Standing | None:
    return progress.standing(channel_of(run))


def _set_aside(actor: Actor, run: StatementRun, skipped: Mapping[str, JSON], problem: Problem) -> None:
    with site_scope(run.site_id), transaction.atomic():
        StatementRun.objects.filter(id=run.id).update(skipped=skipped)
        evidence.record(
            actor=actor,
            action="claims.receivables.statement_set_aside",
            subject=f"claims.receivables.statement_run:{run.id}",
            facts={"reason": problem.code, "set_aside": len(skipped)},
        )


def _close(actor: Actor, run: StatementRun) -> None:
    """One worker closes; the one that comes later finds it closed."""
    with site_scope(run.site_id), transaction.atomic():
        run = StatementRun.objects.select_for_update().get(id=run.id)
        if run.state == RunState.DONE:
            return
        archive = _archive(run)
        run.archive_key = store_bytes(run.site_id, archive)
        run.state, run.finished_at = RunState.DONE, clock.now()
        run.save(update_fields=["archive_key", "state", "finished_at"])
        evidence.record(
            actor=actor,
            action="claims.receivables.statement_run_finished",
            subject=f"claims.receivables.statement_run:{run.id}",
            facts={
                "statements": Statement.objects.filter(run=run).count(),
                "skipped": len(run.skipped),
                "archive_sha256": run.archive_key.rsplit("/", 1)[1],
            },
        )


def _archive(run: StatementRun) -> bytes:
    made = io.BytesIO()
    # Packed files inside: deflating them again would cost seconds and save nothing.
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, data in _files(run):
            archive.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), data)
    return made.getvalue()


def _files(run: StatementRun) -> Iterator[tuple[str, bytes]]:
    rows = []
    for statement in Statement.objects.filter(run=run).order_by("number").iterator():
        number, debtor = number_of(statement), statement.printed["debtor"]
        for file in FILES:
            yield f"{number} {_file_name(debtor)}.{file}", read_statement_file(statement, file)
        for currency, minor in sorted(statement.closing.items()) or [("", 0)]:
            rows.append([number, debtor, currency, minor, statement.pdf_key.rsplit("/", 1)[1]])
    yield (
        "index.csv",
        csv_bytes(head=["number", "debtor", "currency", "closing_minor", "pdf_sha256"], rows=rows),
    )


def _file_name(debtor: str) -> str:
    """A debtor's name as part of a file name that every system takes."""
    kept = "".join(one if one.isalnum() or one in "（）()·-" else "_" for one in debtor)
    return kept[:_NAME_CHARS_MAX] or "_"


def _told(wanted: ItemFilter) -> Mapping[str, JSON]:
    return {
        "search": wanted.search,
        "bucket": wanted.bucket,
        "currency": wanted.currency,
        "basis": wanted.basis.value,
        "edges": list(wanted.edges),
        "state": wanted.state.value,
    }


NOBODY_MATCHES = ProblemKind(
    "statement.nobody_matches",
    "没有债务人符合这个筛选。",
    "No debtor matches this filter.",
    "请放宽账龄区间或搜索条件，或换一个截止日。",
    "Widen the bucket or the search, or choose another day.",
)
TOO_MANY = ProblemKind(
    "statement.too_many_debtors",
    "符合筛选的债务人有 {debtors} 个，一次最多 {most} 个。",
    "{debtors} debtors match; {most} at a time is the most.",
    "请按账龄区间或名称分几批制作。",
    "Make them in parts, by bucket or name.",
)
NOT_DONE = ProblemKind(
    "statement.run_not_done",
    "这一批还没有制作完。",
    "This run is not finished yet.",
    "请等进度完成后再下载。",
    "Download it when the progress bar is full.",
)
BROKE_OFF = ProblemKind(
    "statement.run_broke_off",
    "制作中断；已完成的对账单都保留着，不会重复编号。",
    "The work broke off; what was made is kept, no number is given twice.",
    "请点“继续制作”。如果再次中断，请把本页的编号告诉平台运营。",
    "Choose “continue”. If it breaks off again, tell the platform operator the number on this page.",
)
