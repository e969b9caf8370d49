"""Where a case stands in a list: the cases before and after it, and the page on which one comes back to it.

Everything is walked from the case's own key, so it is right on every page of the list, however long it is, and for a case that
has left the list meanwhile (paid, put off): then the one after it is where work goes on.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from jieqing.claims.receivables.selectors.keyset import Cursor, cursor_text
from jieqing.kernel.actor import Actor
from jieqing.recovery.cases.engine.codes import CaseState
from jieqing.recovery.cases.models import Case
from jieqing.recovery.cases.selectors.worklist import SORTS, CaseFilter, CasesPage, cases_page

# Rows shown above the case when its page has to be found anew: one sees where one stands.
LEAD_ROWS = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A page of a list, where it begins, and the row to stand on."""

    page: CasesPage
    after: str | None
    at: UUID | None


def page_with(
    actor: Actor,
    wanted: CaseFilter,
    case: Case,
    asked: Place,
    *,
    sort: str,
    is_reversed: bool,
    today: date | None = None,
) -> Place:
    """The page that was left when the case is on it, else the page on which it stands now; for a case that has left the
    list, the page with the one after it."""
    sort = sort if sort in SORTS else "priority"
    if _on(asked.page, case.id):
        return Place(asked.page, asked.after, case.id)
    if getattr(case, SORTS[sort][0]) is None:
        return asked
    before = cases_page(
        actor,
        wanted,
        sort=sort,
        is_reversed=not is_reversed,
        after=_cursor(case, sort, is_reversed=not is_reversed),
        limit=LEAD_ROWS,
        today=today,
    ).rows
    after = _cursor(before[-1], sort, is_reversed=is_reversed) if len(before) == LEAD_ROWS else None
    page = cases_page(actor, wanted, sort=sort, is_reversed=is_reversed, after=after, today=today)
    if _on(page, case.id):
        return Place(page, after, case.id)
    if case.state != CaseState.OPEN:
        return asked  # it owes nothing any more: its key says nothing of where it stood
    previous, following = neighbours(actor, wanted, case, sort=sort, is_reversed=is_reversed)
    for shown, start in ((asked.page, asked.after), (page, after)):
        for one in (following, previous):
            if _on(shown, one):
                return Place(shown, start, one)
    return asked


def _on(page: CasesPage, case_id: UUID | None) -> bool:
    return any(row.id == case_id for row in page.rows)


def _cursor(case: Case, sort: str, *, is_reversed: bool) -> str:
    value: Any = getattr(case, SORTS[sort][0])
    return cursor_text(Cursor(f"{sort}-" if is_reversed else sort, value, case.id))


def neighbours(
    actor: Actor, wanted: CaseFilter, case: Case, *, sort: str, is_reversed: bool
) -> tuple[UUID | None, UUID | None]:
    """Previous and next; none where the list ends, or where the case has no place in its order."""
    sort = sort if sort in SORTS else "priority"
    if getattr(case, SORTS[sort][0]) is None:
        return None, None

    def beyond(is_back: bool) -> UUID | None:
        turned = is_reversed is not is_back
        cursor = _cursor(case, sort, is_reversed=turned)
        rows = cases_page(actor, wanted, sort=sort, is_reversed=turned, after=cursor, limit=1).rows
        return rows[0].id if rows else None

    return beyond(True), beyond(False)
