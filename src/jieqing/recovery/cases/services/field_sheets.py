"""Take in a field sheet: effort, notes, promises and next actions of the road, each line once.

Every line is done by the verbs of the page, under its own savepoint: a line that one of them refuses leaves nothing and is
told with its reason. The key of a line is spent with it: the same sheet again, from another file or a second sending, does
nothing, and another content under a spent key is refused.
"""

from typing import Any
from uuid import UUID

from django.db import transaction

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.money import to_minor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.recovery.cases import problems
from jieqing.recovery.cases.engine.case_files import LineProblem
from jieqing.recovery.cases.engine.codes import CaseState
from jieqing.recovery.cases.engine.field_sheets import FieldEntry, find_field_columns, read_entries
from jieqing.recovery.cases.engine.promises import Instalment
from jieqing.recovery.cases.models import Case, FieldLine
from jieqing.recovery.cases.selectors.days import working_day
from jieqing.recovery.cases.services.case_files import FileRead, Rows, read_once
from jieqing.recovery.cases.services.costs import record_effort
from jieqing.recovery.cases.services.promising import record_promise
from jieqing.recovery.cases.services.working import add_note, set_next_action
from jieqing.recovery.cases.sight import visible

FIELD = "field"


def import_field_sheet(
    *, actor: Actor, name: str, data: bytes, is_rehearsal: bool = False
) -> FileRead | Problem:
    """Enter what a field sheet says; ``is_rehearsal`` says what it would do and takes it back."""
    return read_once(actor=actor, kind=FIELD, name=name, data=data, work=_work, is_rehearsal=is_rehearsal)


def _work(actor: Actor, rows: Rows, done: FileRead, file_id: UUID) -> Problem | None:
    for at, (_number, cells) in enumerate(rows[:20]):
        columns = find_field_columns(cells)
        if columns:
            entries, wrong = read_entries(rows[at + 1 :], columns)
            done.lines, done.problems = len(entries) + len(wrong), [one.as_json() for one in wrong]
            _enter(actor, entries, done, file_id)
            return None
    return Problem.of(problems.FILE_WRONG, why="行键")


def _enter(actor: Actor, entries: list[FieldEntry], done: FileRead, file_id: UUID) -> None:
    numbers = {entry.number for entry in entries}
    cases = {
        case.number: case
        for case in visible(actor, Case.objects.filter(number__in=numbers, state=CaseState.OPEN.value))
    }
    spent = dict(
        FieldLine.objects.filter(key__in={entry.key for entry in entries}).values_list("key", "digest")
    )
    for entry in entries:
        case = cases.get(entry.number)
        if entry.key in spent:
            if bytes(spent[entry.key]) == entry.digest:
                done.already += 1
                done.rows.append(_row(entry, "already", case))
            else:
                done.problems.append(LineProblem(entry.line, "cases.line_key_spent", entry.key).as_json())
        elif case is None:
            done.problems.append(LineProblem(entry.line, "cases.line_no_case", str(entry.number)).as_json())
        else:
            problem = _line(actor, case, entry, file_id)
            if problem:
                pair = (problem.zh, problem.en)
                done.problems.append(LineProblem(entry.line, problem.code, pair=pair).as_json())
            else:
                spent[entry.key] = entry.digest
                done.items += 1
                done.rows.append(_row(entry, "entered", case))


def _line(actor: Actor, case: Case, entry: FieldEntry, file_id: UUID) -> Problem | None:
    """One line with all that it says, or nothing of it."""
    with transaction.atomic():
        for verb in _verbs(actor, case, entry):
            outcome = verb()
            if is_problem(outcome):
                transaction.set_rollback(True)
                return outcome
        FieldLine.objects.create(
            id=new_id(), site_id=actor.own_site, file_id=file_id, key=entry.key, case=case,
            digest=entry.digest, at=clock.now(),
        )  # fmt: skip
    return None


def _verbs(actor: Actor, case: Case, entry: FieldEntry) -> list[Any]:
    found: list[Any] = []
    if entry.minutes:
        found.append(
            lambda: record_effort(
                actor=actor,
                case=case,
                minutes=entry.minutes,
                activity=entry.activity.value,
                on=entry.on or working_day(),
                note="",
            )
        )
    if entry.note:
        found.append(lambda: add_note(actor=actor, case=case, text=entry.note))
    if entry.promise is not None and entry.promise_on is not None:
        found.append(lambda: _promise(actor, case, entry))
    if entry.next_action is not None and entry.next_on is not None:
        found.append(
            lambda: set_next_action(actor=actor, case=case, action=entry.next_action.value, on=entry.next_on)
        )
    return found


def _promise(actor: Actor, case: Case, entry: FieldEntry) -> Any:
    minor = to_minor(entry.promise, case.currency)  # type: ignore[arg-type]
    if is_problem(minor):
        return minor
    return record_promise(actor=actor, case=case, instalments=[Instalment(entry.promise_on, minor)])  # type: ignore[arg-type]


def _row(entry: FieldEntry, state: str, case: Case | None) -> dict[str, Any]:
    return {
        "line": entry.line,
        "document": entry.key,
        "debtor": case.debtor_name if case else "",
        "owner": "",
        "state": state,
        "group": entry.number,
    }
