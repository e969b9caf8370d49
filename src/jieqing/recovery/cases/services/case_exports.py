"""Cases as a file: a table of what matches, and a field sheet to take along where there is no network.

The field sheet carries one key for each line. It comes back through ``services.field_sheets``; a line whose key was taken
once does nothing the second time.
"""

from collections.abc import Iterator
from decimal import Decimal

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.money import exponent
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.spreadsheets import Cell, csv_bytes
from jieqing.plumbing.workbooks import Sheet, xlsx_bytes
from jieqing.recovery.cases.engine import words
from jieqing.recovery.cases.engine.field_sheets import HEADS as FIELD_HEADS
from jieqing.recovery.cases.selectors.ladders import stage_names
from jieqing.recovery.cases.selectors.staff import workers
from jieqing.recovery.cases.selectors.worklist import CaseFilter, filtered

FIELD_ROWS_MAX = 500
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


def export_cases(*, actor: Actor, wanted: CaseFilter, kind: str = "csv") -> bytes:
    """The cases that match and that the actor may see, as CSV or XLSX; in the order of the queue."""
    with site_scope(actor.own_site):
        if kind == "xlsx":
            return xlsx_bytes([Sheet("案件", HEAD, case_rows(actor, wanted))])
        return csv_bytes(head=HEAD, rows=case_rows(actor, wanted))


def field_sheet(*, actor: Actor) -> bytes:
    """The actor's own queue as a workbook to fill in on the road: one line and one key for each case."""
    with site_scope(actor.own_site):
        sheet = new_id().hex[-8:].upper()
        rows = filtered(actor, CaseFilter(owner="me")).order_by("-priority", "-id")[:FIELD_ROWS_MAX]
        body: list[list[Cell]] = [
            [
                f"{sheet}-{case.number}",
                case.number,
                case.debtor_name,
                _amount(case.overdue_minor, case.currency),
                case.currency,
                case.oldest_due_on,
                words.name_of(words.NEXT_ACTION_NAMES, case.next_action, "zh"),
                case.next_action_on,
            ]
            for case in rows
        ]
        about: list[list[Cell]] = [
            ["外出记录表 / field sheet", sheet, clock.today()],
            ["填写右边各列；同一案件再写一行，请在行键后加字母。同一份表交两次不会重复。"],
            [
                "Fill in the columns on the right; for one more line on a case add a letter to its key. Handed in twice, it counts once."
            ],
        ]
        return xlsx_bytes([Sheet("外出记录", [names[0] for names in FIELD_HEADS.values()], body, about)])


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
