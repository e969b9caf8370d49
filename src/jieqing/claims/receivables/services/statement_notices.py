"""Telling a member of the own site that a statement is ready: a notice of fixed form, never a contact.

The recipient is chosen among the people who hold a role on this site and have a mailbox there; no address can be typed, so
nothing can reach a debtor through this door. The file itself is not attached: it is read after signing in.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from jieqing.claims.receivables.models import HandOverKind, Statement
from jieqing.claims.receivables.services.account_statements import number_of, record_hand_over
from jieqing.estate.accounts.engine.roles import INVITABLE, Role
from jieqing.estate.accounts.selectors import people_of_site
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, ProblemKind, is_problem
from jieqing.trust.notices.engine.kinds import NoticeKind, RecipientKind
from jieqing.trust.notices.services import send_notice


@dataclass(frozen=True, slots=True)
class Member:
    user_id: UUID
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Told:
    recipient: str
    notice_id: UUID


def members_to_tell() -> list[Member]:
    """Who works on this site and has a mailbox; debtors and supervisors, who also hold roles, are not told."""
    return [
        Member(person.user.id, person.user.display_name, person.user.email)
        for person in people_of_site()
        if person.user.email and any(Role(one.role) in INVITABLE for one in person.memberships)
    ]


def tell_member(
    *, actor: Actor, statement: Statement, member: str, site_name: str, link: str
) -> Told | Problem:
    """Queue the notice and note it in the send log, in one transaction."""
    found = next((one for one in members_to_tell() if str(one.user_id) == member), None)
    if found is None:
        return Problem.of(NOT_A_MEMBER)
    with transaction.atomic():
        notice_id = send_notice(
            actor=actor,
            kind=NoticeKind.STATEMENT_READY,
            recipient=RecipientKind.MEMBER,
            address=found.email,
            values={
                "site": site_name,
                "reference": number_of(statement),
                "as_of": statement.as_of,
                "link": link,
            },
        )
        if is_problem(notice_id):
            return notice_id
        record_hand_over(
            actor=actor,
            statement=statement,
            kind=HandOverKind.SENT_TO_MEMBER,
            recipient=found.name,
            notice_id=notice_id,
        )
    return Told(found.name, notice_id)


NOT_A_MEMBER = ProblemKind(
    "statement.not_a_member",
    "请选择一位本站成员；对账单通知只发给本站成员。",
    "Choose a member of this site; nobody else can be told.",
    "请从列表中选择收件人。",
    "Choose the recipient from the list.",
)
