"""The cases before and after one in a list: walked from its own place, so that they are right on every page of it."""

from typing import Any
from uuid import UUID

from jieqing.claims.receivables.selectors.keyset import Cursor, cursor_text
from jieqing.kernel.actor import Actor
from jieqing.recovery.cases.models import Case
from jieqing.recovery.cases.selectors.worklist import SORTS, CaseFilter, cases_page


def neighbours(
    actor: Actor, wanted: CaseFilter, case: Case, *, sort: str, is_reversed: bool
) -> tuple[UUID | None, UUID | None]:
    """Previous and next; none where the list ends, or where the case has no place in its order."""
    sort = sort if sort in SORTS else "priority"
    value: Any = getattr(case, SORTS[sort][0])
    if value is None:
        return None, None

    def beyond(is_back: bool) -> UUID | None:
        turned = is_reversed is not is_back
        cursor = cursor_text(Cursor(f"{sort}-" if turned else sort, value, case.id))
        rows = cases_page(actor, wanted, sort=sort, is_reversed=turned, after=cursor, limit=1).rows
        return rows[0].id if rows else None

    return beyond(True), beyond(False)
