"""The only doors from an id in a request to a case and to what is done on it.

Who sees what stands in ``sight``. Another site's id, a colleague's and one that never existed get the
same answer.
"""

from typing import TypeVar
from uuid import UUID

from jieqing.estate.accounts.access import check
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.recovery.cases import problems
from jieqing.recovery.cases.models import BulkChange, Case, CaseFile, Complaint, Dispute, Hold, Promise
from jieqing.recovery.cases.sight import ANSWER, visible

Row = TypeVar("Row", Promise, Dispute, Hold, Complaint)


def case_by_id(actor: Actor, case_id: UUID) -> Case | Problem:
    rows = Case.objects.select_related("debtor", "creditor").filter(id=case_id)
    return visible(actor, rows).first() or problems.UNKNOWN


def promise_by_id(actor: Actor, promise_id: UUID) -> Promise | Problem:
    return _of_case(actor, Promise.objects.filter(id=promise_id).first())


def dispute_by_id(actor: Actor, dispute_id: UUID) -> Dispute | Problem:
    return _of_case(actor, Dispute.objects.filter(id=dispute_id).first())


def hold_by_id(actor: Actor, hold_id: UUID) -> Hold | Problem:
    return _of_case(actor, Hold.objects.filter(id=hold_id).first())


def complaint_by_id(actor: Actor, complaint_id: UUID) -> Complaint | Problem:
    """A complaint; whoever answers complaints sees every one of the site."""
    found = Complaint.objects.filter(id=complaint_id, site_id=actor.own_site).first()
    if found and check(actor, ANSWER) is None:
        return found
    return _of_case(actor, found)


def change_by_id(actor: Actor, change_id: UUID) -> BulkChange | Problem:
    return BulkChange.objects.filter(id=change_id, site_id=actor.own_site).first() or problems.RECORD_UNKNOWN


def file_by_id(actor: Actor, file_id: UUID) -> CaseFile | Problem:
    return CaseFile.objects.filter(id=file_id, site_id=actor.own_site).first() or problems.RECORD_UNKNOWN


def _of_case(actor: Actor, row: Row | None) -> Row | Problem:
    if row is None or is_problem(case_by_id(actor, row.case_id)):
        return problems.RECORD_UNKNOWN
    return row
