"""Cases from a file, and cases as a file. Read twice, a file opens nothing twice and gives the answer of the first time.

Each group of lines is opened by the same verb as by hand: what cannot open (settled, under work already, without a
placement, refused) is told with its line, and the other groups go on. All of a file is one transaction.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from jieqing.claims.receivables.engine.reading import read_file
from jieqing.claims.receivables.selectors.standing import items_numbered
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import JSON, Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.storage import store_bytes
from jieqing.recovery.cases import problems
from jieqing.recovery.cases.engine.case_files import (
    LINES_MAX,
    CaseLine,
    LineProblem,
    find_columns,
    read_lines,
)
from jieqing.recovery.cases.engine.codes import WORK_KINDS, CaseState, Closing, Origin
from jieqing.recovery.cases.models import Case, CaseEvent, CaseFile
from jieqing.recovery.cases.selectors.staff import workers
from jieqing.recovery.cases.services.ending import end_cases
from jieqing.recovery.cases.services.opening import open_case
from jieqing.trust.evidence import services as evidence
from jieqing.trust.evidence.engine.digests import artefact_of

BYTES_MAX = 20 << 20
CASES = "cases"
Rows = list[tuple[int, tuple[str, ...]]]


@dataclass
class FileRead:
    """What reading a file did; ``is_known``: the same file was read before, nothing was done now."""

    lines: int = 0
    opened: int = 0
    items: int = 0
    already: int = 0
    problems: list[dict[str, JSON]] = field(default_factory=list)
    is_known: bool = False
    file_id: UUID | None = None
    # What each line came to, for a preview: line, document, debtor, and the group it opens as.
    rows: list[dict[str, JSON]] = field(default_factory=list)

    def as_dict(self) -> dict[str, JSON]:
        return {
            "lines": self.lines,
            "opened": self.opened,
            "items": self.items,
            "already": self.already,
            "problems": self.problems,
            "is_known": self.is_known,
        }


def import_cases(*, actor: Actor, name: str, data: bytes) -> FileRead | Problem:
    """Open the cases that a file wishes."""
    return read_once(actor=actor, kind=CASES, name=name, data=data, work=_work)


def preview_cases(*, actor: Actor, name: str, data: bytes) -> FileRead | Problem:
    """What a file would do, line by line: it is done and taken back, so that nothing is guessed."""
    return read_once(actor=actor, kind=CASES, name=name, data=data, work=_work, is_rehearsal=True)


class _TakenBack(Exception):
    """Ends a rehearsal: everything that was written goes with its transaction."""


def read_once(
    *,
    actor: Actor,
    kind: str,
    name: str,
    data: bytes,
    work: Callable[[Actor, Rows, FileRead, UUID], Problem | None],
    is_rehearsal: bool = False,
) -> FileRead | Problem:
    """Read a file in one transaction and keep it; one that was read before gives its first answer."""
    table = table_of(name, data)
    if is_problem(table):
        return table
    digest, done = hashlib.sha256(data).digest(), FileRead(file_id=new_id())
    try:
        with site_scope(actor.own_site), transaction.atomic():
            before = CaseFile.objects.filter(file_digest=digest, undone_at=None).first()
            if before:
                return FileRead(**before.counts, problems=before.problems, is_known=True, file_id=before.id)
            assert done.file_id is not None
            problem = work(actor, table, done, done.file_id)
            if problem:
                transaction.set_rollback(True)
                return problem
            done.problems.sort(key=lambda one: int(str(one["line"])))
            if is_rehearsal:
                raise _TakenBack
            _keep(actor, kind, name, data, digest, done)
    except _TakenBack:
        done.file_id = None
    return done


def undo_file(*, actor: Actor, file: CaseFile) -> CaseFile | Problem:
    """Take back the cases that a file opened; one that somebody has worked on since stays."""
    with site_scope(actor.own_site), transaction.atomic():
        row = CaseFile.objects.select_for_update().get(id=file.id)
        if row.kind != CASES or row.undone_at is not None:
            return Problem.of(problems.ALREADY_ENDED)
        worked = CaseEvent.objects.filter(case__file_id=row.id, at__gt=row.at, kind__in=WORK_KINDS)
        rows = Case.objects.filter(file_id=row.id, state=CaseState.OPEN.value)
        cases = list(
            rows.exclude(id__in=worked.values("case_id")).order_by("id").select_for_update(of=("self",))
        )
        reference = row.id.hex[-8:].upper()
        cause: dict[str, JSON] = {"code": "import_undone", "number": reference}
        end_cases(actor=actor, cases=cases, closing=Closing.WITHDRAWN, cause=cause)
        row.undone_at, row.undone_by, row.undone_count = clock.now(), actor.id, len(cases)
        row.undo_entry_id = evidence.record(
            actor=actor,
            action="recovery.cases.file_undone",
            subject=f"recovery.cases.file:{row.id}",
            facts={"withdrawn": len(cases)},
        )
        row.save(update_fields=["undone_at", "undone_by", "undone_count", "undo_entry_id"])
    return row


def table_of(name: str, data: bytes) -> Rows | Problem:
    """The rows of a file's first table, each with its line as a spreadsheet counts."""
    if len(data) > BYTES_MAX:
        return Problem.of(problems.FILE_WRONG, why=f"> {BYTES_MAX >> 20} MB")
    read = read_file(data, name)
    if is_problem(read):
        return read
    return [
        row
        for table in read.tables[:1]
        for part in table.slices()
        for row in zip(part.line_numbers.to_list(), part.cells.rows(), strict=True)
    ]


def _work(actor: Actor, rows: Rows, done: FileRead, file_id: UUID) -> Problem | None:
    for at, (_number, cells) in enumerate(rows[:20]):
        columns = find_columns(cells)
        if columns:
            body = rows[at + 1 :]
            if len(body) > LINES_MAX:
                return Problem.of(problems.FILE_WRONG, why=f"> {LINES_MAX}")
            lines, wrong = read_lines(body, columns)
            done.lines, done.problems = len(lines) + len(wrong), [one.as_json() for one in wrong]
            _open(actor, lines, done, file_id)
            return None
    return Problem.of(problems.FILE_WRONG, why="单据号")


def _open(actor: Actor, lines: list[CaseLine], done: FileRead, file_id: UUID) -> None:
    items = items_numbered({line.document for line in lines})
    people = {worker.name: worker.user_id for worker in workers()}
    groups: dict[tuple[str, ...], list[tuple[CaseLine, UUID]]] = defaultdict(list)
    taken = set(
        Case.objects.filter(
            items__item_id__in=[one.item_id for found in items.values() for one in found],
            items__until_at=None,
        ).values_list("items__item_id", flat=True)
    )
    for line in lines:
        found = [one for one in items.get(line.document, ()) if line.debtor in ("", one.debtor)]
        if len(found) != 1:
            code = "cases.line_unknown_document" if not found else "cases.line_several_documents"
            done.problems.append(LineProblem(line.line, code, line.document).as_json())
        elif line.owner and line.owner not in people:
            done.problems.append(LineProblem(line.line, "cases.unknown_owner", line.owner).as_json())
        elif found[0].item_id in taken:
            done.already += 1
            done.rows.append(_row(line, "already", found[0].debtor))
        else:
            key = (line.case,) if line.case else ("", str(found[0].debtor_id), str(found[0].creditor_id))
            groups[key].append((line, found[0].item_id))
    for group in groups.values():
        first = group[0][0]
        case = open_case(
            actor=actor,
            item_ids=[item_id for _line, item_id in group],
            origin=Origin.IMPORT,
            track=first.track,
            owner_id=people[first.owner] if first.owner else None,
            note=first.note,
            file_id=file_id,
        )
        if is_problem(case):
            pair = (case.zh, case.en)
            done.problems += [LineProblem(line.line, case.code, pair=pair).as_json() for line, _item in group]
        else:
            done.opened += 1
            done.items += len(group)
            done.rows += [_row(line, "opens", case.debtor_name, done.opened) for line, _item in group]


def _row(line: CaseLine, state: str, debtor: str, group: int | None = None) -> dict[str, JSON]:
    return {
        "line": line.line,
        "document": line.document,
        "debtor": debtor,
        "owner": line.owner,
        "state": state,
        "group": group,
    }


def _keep(actor: Actor, kind: str, name: str, data: bytes, digest: bytes, done: FileRead) -> None:
    counts = {"lines": done.lines, "opened": done.opened, "items": done.items, "already": done.already}
    row = CaseFile(
        id=done.file_id,
        site_id=actor.own_site,
        kind=kind,
        file_name=name[:255] or "cases",
        file_key=store_bytes(actor.own_site, data),
        file_digest=digest,
        counts=counts,
        problems=done.problems[:500],
        at=clock.now(),
        by=actor.id,
    )
    row.entry_id = evidence.record(
        actor=actor,
        action="recovery.cases.file_read",
        subject=f"recovery.cases.file:{row.id}",
        facts={**counts, "kind": kind, "problems": len(done.problems)},
        artefacts={"file": artefact_of(data)},
    )
    row.save(force_insert=True)
