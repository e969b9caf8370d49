"""Who may work on cases, and who leads: read from the site's memberships and the table of roles."""

from dataclasses import dataclass
from uuid import UUID

from jieqing.estate.accounts.engine.roles import allows
from jieqing.estate.accounts.selectors import members_of_site

WORK, ASSIGN = "cases.work", "cases.assign"


@dataclass(frozen=True, slots=True)
class Worker:
    """A member who may own cases; ``is_lead`` may give them to others. ``email`` is for service messages only."""

    user_id: UUID
    name: str
    is_lead: bool
    email: str = ""


def workers() -> list[Worker]:
    """Everybody on the active site who may own a case, by name."""
    return [
        Worker(user_id, member.name, allows(member.roles, ASSIGN), member.email)
        for user_id, member in members_of_site().items()
        if allows(member.roles, WORK)
    ]


def may_own(user_id: UUID) -> bool:
    return any(worker.user_id == user_id for worker in workers())
