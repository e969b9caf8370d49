"""What every verb on a case begins with: the row, held and open; and the checks of what somebody typed."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from jieqing.kernel.outcomes import Problem
from jieqing.recovery.cases import problems
from jieqing.recovery.cases.engine.codes import CaseState
from jieqing.recovery.cases.models import Case

Code = TypeVar("Code", bound=StrEnum)
REASON_CHARS_MAX, TEXT_CHARS_MAX = 400, 2_000


def open_and_held(case: Case) -> Case | Problem:
    """The case as it stands now, held until the end of the transaction; refused when it is closed."""
    found = Case.objects.select_for_update().filter(id=case.id).first()
    if found is None:
        return problems.UNKNOWN
    return found if found.state == CaseState.OPEN else Problem.of(problems.CLOSED, number=found.number)


def held(case: Case) -> Case | Problem:
    """The case as it stands now, open or closed."""
    return Case.objects.select_for_update().filter(id=case.id).first() or problems.UNKNOWN


def code_of(kinds: type[Code], text: str) -> Code | Problem:
    """The member that somebody named."""
    try:
        return kinds(text)
    except ValueError:
        return Problem.of(problems.UNKNOWN_CODE, code=text[:40], known=", ".join(kinds))


def reason_problem(reason: str, most: int = REASON_CHARS_MAX) -> Problem | None:
    if not reason.strip():
        return Problem.of(problems.REASON_MISSING)
    return Problem.of(problems.TOO_LONG, most=most) if len(reason.strip()) > most else None


def text_problem(text: str, most: int = TEXT_CHARS_MAX) -> Problem | None:
    if not text.strip():
        return Problem.of(problems.TEXT_MISSING)
    return Problem.of(problems.TOO_LONG, most=most) if len(text.strip()) > most else None


def not_past(day: date, today: date) -> Problem | None:
    return Problem.of(problems.DAY_PAST, on=day.isoformat()) if day < today else None


def not_to_come(day: date, today: date) -> Problem | None:
    return Problem.of(problems.DAY_TO_COME, on=day.isoformat()) if day > today else None


def first_problem(found: Iterable[object]) -> Problem | None:
    """The first Problem among some outcomes."""
    return next((one for one in found if isinstance(one, Problem)), None)
