"""Cases from a file, and cases as a file. Read twice, a file opens nothing twice and gives the answer of the first time.

Each group of lines is opened by the same verb as by hand: what cannot open (settled, under work already, without a
placement, refused) is told with its line, and the other groups go on. All of a file is one transaction.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from jieqing.claims.receivables.engine.reading import read_file
from jieqing.claims.receivables.selectors.standing import items_numbered
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.money import exponent
from jieqing.kernel.outcomes import JSON, Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.spreadsheets import Cell, csv_bytes
from jieqing.plumbing.storage import store_bytes
from jieqing.recovery.cases import problems
from jieqing.recovery.cases.engine import words
from jieqing.recovery.cases.engine.case_files import (
    LINES_MAX,
    CaseLine,
    LineProblem,
    find_columns,
    read_lines,
)
from jieqing.recovery.cases.engine.codes import Origin
from jieqing.recovery.cases.models import Case, CaseFile
from jieqing.recovery.cases.selectors.ladders import stage_names
from jieqing.recovery.cases.selectors.staff import workers
from jieqing.recovery.cases.selectors.worklist import CaseFilter, filtered
from jieqing.recovery.cases.services.opening import open_case
from jieqing.trust.evidence import services as evidence
from jieqing.trust.evidence.engine.digests import artefact_of

BYTES_MAX = 20 << 20
HEAD = (
    "案件号",
    "债务人",
    "承办人",
    "状态",
    "阶段",
    "币种",
    "未清金额",
    "逾期金额",
    "最早到期日",
    "下一步",
    "下一步日期",
    "承诺日",
    "承诺金额",
    "暂停",
)


@dataclass
class FileRead:
    """What reading a file did; ``is_known``: the same file was read before, nothing was done now."""

    lines: int = 0
    opened: int = 0
    items: int = 0
    already: int = 0
    problems: list[dict[str, JSON]] = field(default_factory=list)
    is_known: bool = False

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
    found = _lines(name, data)
    if is_problem(found):
        return found
    lines, wrong = found
    with site_scope(actor.own_site), transaction.atomic():
        digest = hashlib.sha256(data).digest()
        before = CaseFile.objects.filter(file_digest=digest).first()
        if before:
            return FileRead(**before.counts, problems=before.problems, is_known=True)
        done = FileRead(lines=len(lines) + len(wrong), problems=[one.as_json() for one in wrong])
        _open(actor, lines, done)
        _keep(actor, name, data, digest, done)
    return done


def export_cases(*, actor: Actor, wanted: CaseFilter) -> bytes:
    """The cases that match and that the actor may see, as CSV; in the order of the queue."""
    with site_scope(actor.own_site):
        return csv_bytes(head=HEAD, rows=case_rows(actor, wanted))


def case_rows(actor: Actor, wanted: CaseFilter) -> Iterator[list[Cell]]:
    """The rows of an export: what ``HEAD`` names."""
    people = {worker.user_id: worker.name for worker in workers()}
    stages = stage_names("zh")
    for case in filtered(actor, wanted).order_by("-priority", "-id").iterator(2_000):
        yield [
            case.number,
            case.debtor_name,
            people.get(case.owner_id, "") if case.owner_id else "",
            words.name_of(words.CLOSING_NAMES, case.closing, "zh")
            if case.closing
            else words.name_of(words.STATE_NAMES, case.state, "zh"),
            stages.get(case.stage, case.stage),
            case.currency,
            _amount(case.open_minor, case.currency),
            _amount(case.overdue_minor, case.currency),
            case.oldest_due_on,
            words.name_of(words.NEXT_ACTION_NAMES, case.next_action, "zh"),
            case.next_action_on,
            case.promise_on,
            None if case.promise_minor is None else _amount(case.promise_minor, case.currency),
            "、".join(words.name_of(words.HOLD_NAMES, kind, "zh") for kind in case.hold_kinds),
        ]


def _amount(minor: int, currency: str) -> Decimal:
    return Decimal(minor).scaleb(-exponent(currency))


def _lines(name: str, data: bytes) -> tuple[list[CaseLine], list[LineProblem]] | Problem:
    if len(data) > BYTES_MAX:
        return Problem.of(problems.FILE_WRONG, why=f"> {BYTES_MAX >> 20} MB")
    read = read_file(data, name)
    if is_problem(read):
        return read
    rows = [
        row
        for table in read.tables[:1]
        for part in table.slices()
        for row in zip(part.line_numbers.to_list(), part.cells.rows(), strict=True)
    ]
    for at, (_number, cells) in enumerate(rows[:20]):
        columns = find_columns(cells)
        if columns:
            body = rows[at + 1 :]
            if len(body) > LINES_MAX:
                return Problem.of(problems.FILE_WRONG, why=f"> {LINES_MAX}")
            return read_lines(body, columns)
    return Problem.of(problems.FILE_WRONG, why="单据号")


def _open(actor: Actor, lines: list[CaseLine], done: FileRead) -> None:
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
        )
        if is_problem(case):
            done.problems += [LineProblem(line.line, case.code, case.zh).as_json() for line, _item in group]
        else:
            done.opened += 1
            done.items += len(group)


def _keep(actor: Actor, name: str, data: bytes, digest: bytes, done: FileRead) -> None:
    counts = {"lines": done.lines, "opened": done.opened, "items": done.items, "already": done.already}
    row = CaseFile(
        id=new_id(),
        site_id=actor.own_site,
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
        facts={**counts, "problems": len(done.problems)},
        artefacts={"file": artefact_of(data)},
    )
    row.save(force_insert=True)
