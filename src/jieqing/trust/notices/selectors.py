"""Reads of the outbox."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from jieqing.plumbing.transports import smtp
from jieqing.trust.notices.engine.kinds import TEMPLATES, NoticeKind
from jieqing.trust.notices.models import Notice, Queued, with_state

WAITING = "waiting"


def notices() -> QuerySet[Notice]:
    """The active site's notices, newest first, each with the state of its last attempt."""
    return with_state(Notice.objects.order_by("-id"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of what has not left yet, over all sites: ids and times only."""

    notice_id: UUID
    site_id: UUID | None
    due_at: datetime


def waiting() -> Iterator[Waiting]:
    """What has to leave, for the operator's command line."""
    for row in Queued.objects.order_by("due_at").iterator():
        yield Waiting(row.notice_id, row.site_id, row.due_at)


def has_transport() -> bool:
    return smtp.configured() is not None


def mail_server_answers() -> bool | None:
    """Whether the mail server takes connections; None when none is configured."""
    transport = smtp.configured()
    return transport.answers() if transport else None


def kind_name(kind: str, lang: str) -> str:
    return TEMPLATES[NoticeKind(kind)].name[0 if lang == "zh" else 1]


def masked(address: str) -> str:
    """An address as the outbox shows it.

    Example:
        >>> masked("zhang.wei@example.org")
        'z***@example.org'
    """
    name, _, host = address.partition("@")
    return f"{name[:1]}***@{host}"
