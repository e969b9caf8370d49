"""Verbs on cases: keyword-only, ``actor`` first, ``T | Problem`` back. The doors of the room's writing."""

from jieqing.recovery.cases.services.assigning import (
    assign,
    assign_case,
    preview_assign,
    take_case,
)
from jieqing.recovery.cases.services.bulk_working import move_many, snooze_many
from jieqing.recovery.cases.services.case_exports import export_cases, field_sheet
from jieqing.recovery.cases.services.case_files import FileRead, import_cases, preview_cases, undo_file
from jieqing.recovery.cases.services.closing import close_case, reopen_case
from jieqing.recovery.cases.services.complaining import answer_complaint, extend_complaint, file_complaint
from jieqing.recovery.cases.services.contacting import ContactTry, note_contact
from jieqing.recovery.cases.services.costs import (
    correct_effort,
    correct_outlay,
    record_effort,
    record_outlay,
)
from jieqing.recovery.cases.services.disputing import add_dispute_paper, close_dispute, open_dispute
from jieqing.recovery.cases.services.escalating import escalate
from jieqing.recovery.cases.services.field_sheets import import_field_sheet
from jieqing.recovery.cases.services.holding import place_hold, release_hold
from jieqing.recovery.cases.services.opening import open_case
from jieqing.recovery.cases.services.opening_by_rule import RuleRun, open_by_rule
from jieqing.recovery.cases.services.previews import forget_previews
from jieqing.recovery.cases.services.promising import cancel_promise, record_promise
from jieqing.recovery.cases.services.rules import set_ladder, set_opening_rule
from jieqing.recovery.cases.services.undoing import undo_bulk
from jieqing.recovery.cases.services.waking import wake
from jieqing.recovery.cases.services.working import add_note, move_stage, set_next_action, snooze

__all__ = [
    "ContactTry",
    "FileRead",
    "RuleRun",
    "add_dispute_paper",
    "add_note",
    "answer_complaint",
    "assign",
    "assign_case",
    "cancel_promise",
    "close_case",
    "close_dispute",
    "correct_effort",
    "correct_outlay",
    "escalate",
    "export_cases",
    "extend_complaint",
    "field_sheet",
    "file_complaint",
    "forget_previews",
    "import_cases",
    "import_field_sheet",
    "move_many",
    "move_stage",
    "note_contact",
    "open_by_rule",
    "open_case",
    "open_dispute",
    "place_hold",
    "preview_assign",
    "preview_cases",
    "record_effort",
    "record_outlay",
    "record_promise",
    "release_hold",
    "reopen_case",
    "set_ladder",
    "set_next_action",
    "set_opening_rule",
    "snooze",
    "snooze_many",
    "take_case",
    "undo_bulk",
    "undo_file",
    "wake",
]
