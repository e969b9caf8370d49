"""What others may hear of enquiries: ids and times only, never what somebody wrote."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jieqing.plumbing.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryReceived(Event):
    """Somebody asked; the promise ends at ``due_at``."""

    enquiry_id: UUID
    topic: str
    asker: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryAnswered(Event):
    """A member answered; ``is_in_time`` says whether the promise was kept."""

    enquiry_id: UUID
    answered_by: UUID
    answered_at: datetime
    is_in_time: bool
