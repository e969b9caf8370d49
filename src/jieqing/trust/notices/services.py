"""Verbs of the outbox: queue a notice, hand what is due to the mail server.

``send_notice`` writes the notice, its queue row and its evidence entry in the caller's transaction and leaves a job for
the worker; nothing leaves before commit, and what was rolled back never leaves. ``deliver_due`` takes one queue row
at a time (``SKIP LOCKED``: any number of workers), tries it and writes what happened, with evidence.

Without a mail server nothing is tried and nothing is lost: notices wait, and the outbox says so. A worker that dies
between the server's answer and its own commit sends the same message again, under the same Message-ID.
"""

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, system_actor
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing import metrics, sealing
from jieqing.plumbing.db.scopes import active_site_id, site_scope
from jieqing.plumbing.logs.jobs import deferring
from jieqing.plumbing.transports import smtp
from jieqing.trust.evidence import services as evidence
from jieqing.trust.notices.engine.kinds import TEMPLATES, FieldType, NoticeKind, RecipientKind
from jieqing.trust.notices.engine.patience import next_attempt
from jieqing.trust.notices.engine.rendering import Mail, Value, check, render, render_hidden
from jieqing.trust.notices.models import Attempt, Notice, Outcome, Queued

DELIVER_TASK, NOTICE_QUEUE = "notices.deliver", "notices"
KEEP_DAYS = 180
_SEAL = "notices"
_STATES = {
    smtp.Answer.ACCEPTED: Outcome.SENT,
    smtp.Answer.LATER: Outcome.DEFERRED,
    smtp.Answer.REFUSED: Outcome.REFUSED,
}


def send_notice(
    *,
    actor: Actor,
    kind: NoticeKind,
    recipient: RecipientKind,
    address: str,
    values: Mapping[str, Value],
    expires_at: datetime | None = None,
) -> UUID | Problem:
    """Queue a notice; it belongs to the active site, or to the platform where none is active."""
    problem = check(kind, recipient, address, values)
    if problem:
        return problem
    secret = {name for name, spec in TEMPLATES[kind].fields.items() if spec.is_secret}
    now = clock.now()
    with transaction.atomic():
        notice = Notice(
            site_id=active_site_id(),
            kind=kind.value,
            recipient=recipient.value,
            address=address,
            values=_plain({name: value for name, value in values.items() if name not in secret}),
            sealed=_sealed({name: values[name] for name in secret}),
            created_at=now,
            expires_at=expires_at,
        )
        notice.save(force_insert=True)
        Queued.objects.create(notice_id=notice.id, site_id=notice.site_id, due_at=now)
        evidence.record(
            actor=actor,
            action="trust.notices.queued",
            subject=f"trust.notices.notice:{notice.id}",
            facts={"kind": kind.value, "recipient": recipient.value},
            personal={"address": address},
        )
        # By name, not by import: the tasks import this module. The job is a row of this same transaction.
        deferring(DELIVER_TASK, queue=NOTICE_QUEUE).defer(notice_id=str(notice.id))
    return notice.id


def withdraw_notice(*, actor: Actor, notice_id: UUID) -> bool:
    """Take back what has not left yet, because what it says is no longer so; False when it has left."""
    with transaction.atomic():
        row = Queued.objects.select_for_update().filter(notice_id=notice_id, site_id=active_site_id()).first()
        notice = _rows(active_site_id()).filter(pk=notice_id).first()
        if row is None or notice is None:
            return False
        _close(row, notice, actor, Outcome.WITHDRAWN, _number(notice), None)
    return True


def deliver_due(notice_id: UUID | None = None) -> int:
    """Try what is due (or the one named) once each; returns how many were tried."""
    transport = smtp.configured()
    tried = 0
    while transport and _deliver_next(transport, notice_id):
        tried += 1
    return tried


def hold_waiting(*, until: datetime, reason: str) -> int:
    """Let nothing that waits leave before ``until``: a restored queue may hold what has left already.

    It can be compared with the mail server's log (Message-IDs are the notices' own) and withdrawn meanwhile.
    """
    with transaction.atomic():
        held = Queued.objects.filter(due_at__lt=until).update(due_at=until)
        if held:
            evidence.record(
                actor=system_actor(None, "notices"),
                action="trust.notices.held",
                subject="trust.notices.notice:several",
                facts={"notices": held, "until": until, "reason": reason},
            )
    return held


def read_mail(notice: Notice, *, with_secrets: bool = False) -> Mail:
    """The text of a notice; codes and links only when asked for, and only while they still exist."""
    kind = NoticeKind(notice.kind)
    values = _values(notice) if with_secrets and notice.sealed else _typed(kind, notice.values)
    if set(values) == set(TEMPLATES[kind].fields):
        return render(kind, values)
    return render_hidden(kind, values)


def forget_old_notices(*, site_id: UUID | None) -> int:
    """Empty notices older than their retention of whom they went to; that they were sent stays."""
    with transaction.atomic(), _scope(site_id):
        old = (
            _rows(site_id).filter(created_at__lt=clock.now() - timedelta(days=KEEP_DAYS)).exclude(address="")
        )
        ids = list(old.values_list("pk", flat=True))
        if ids:
            Queued.objects.filter(notice_id__in=ids).delete()
            old.update(address="", values={}, sealed=None)
            evidence.record(
                actor=system_actor(site_id, "notices"),
                action="trust.notices.forgotten",
                subject="trust.notices.notice:several",
                facts={"notices": len(ids), "kept_days": KEEP_DAYS},
            )
    return len(ids)


def _deliver_next(transport: smtp.SmtpTransport, notice_id: UUID | None) -> bool:
    with transaction.atomic():
        due = Queued.objects.select_for_update(skip_locked=True).filter(due_at__lte=clock.now())
        row = (due.filter(notice_id=notice_id) if notice_id else due).order_by("due_at").first()
        if row is None:
            return False
        with _scope(row.site_id):
            notice = _rows(row.site_id).filter(pk=row.notice_id).first()
            if notice is None:
                row.delete()
            else:
                _attempt(transport, row, notice)
    return True


def _attempt(transport: smtp.SmtpTransport, row: Queued, notice: Notice) -> None:
    number, now = _number(notice), clock.now()
    if notice.expires_at and notice.expires_at <= now:
        state, reply_code = Outcome.EXPIRED, None
    else:
        outcome = transport.send(_message(notice), notice.address)
        state, reply_code = _STATES[outcome.answer], outcome.reply_code
    next_at = None
    if state is Outcome.DEFERRED:
        next_at = next_attempt(number, first_at=notice.created_at, now=now, expires_at=notice.expires_at)
        state = state if next_at else Outcome.EXPIRED
    actor = system_actor(notice.site_id, "notices")
    if next_at is None:
        _close(row, notice, actor, state, number, reply_code)
        return
    row.due_at = next_at
    row.save(update_fields=["due_at"])
    _write_attempt(notice, actor, state, number, reply_code, next_at)


def _close(
    row: Queued, notice: Notice, actor: Actor, state: Outcome, number: int, reply_code: int | None
) -> None:
    """Nothing more will be tried: out of the queue, secrets destroyed."""
    row.delete()
    notice.sealed = None
    notice.save(update_fields=["sealed"])
    _write_attempt(notice, actor, state, number, reply_code, None)


def _write_attempt(
    notice: Notice,
    actor: Actor,
    state: Outcome,
    number: int,
    reply_code: int | None,
    next_at: datetime | None,
) -> None:
    attempt = Attempt(
        site_id=notice.site_id,
        notice=notice,
        number=number,
        at=clock.now(),
        outcome=state.value,
        reply_code=reply_code,
        next_at=next_at,
    )
    attempt.save(force_insert=True)
    metrics.NOTICES.labels(state.value).inc()
    evidence.record(
        actor=actor,
        action=f"trust.notices.{state.value}",
        subject=f"trust.notices.notice:{notice.id}",
        facts={"kind": notice.kind, "attempt": number, "reply_code": reply_code},
    )


def _number(notice: Notice) -> int:
    return Attempt.objects.with_scopes_disabled().filter(notice=notice).count() + 1


def _message(notice: Notice) -> EmailMessage:
    mail = read_mail(notice, with_secrets=True)
    message = EmailMessage()
    message["Subject"] = mail.subject
    message["Message-ID"] = f"<{notice.id}@jieqing.invalid>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    return message


def _scope(site_id: UUID | None) -> AbstractContextManager[None]:
    return site_scope(site_id) if site_id else nullcontext()


def _rows(site_id: UUID | None) -> QuerySet[Notice]:
    """The notices of a site, or the platform's own, which show only where no site is active."""
    return Notice.objects.all() if site_id else Notice.objects.with_scopes_disabled().filter(site_id=None)


def _sealed(values: Mapping[str, Value]) -> bytes | None:
    return sealing.seal(_SEAL, json.dumps(_plain(values)).encode()) if values else None


def _values(notice: Notice) -> dict[str, Value]:
    stored = dict(notice.values)
    if notice.sealed:
        stored |= json.loads(sealing.unseal(_SEAL, bytes(notice.sealed)))
    return _typed(NoticeKind(notice.kind), stored)


def _plain(values: Mapping[str, Value]) -> dict[str, str | int]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _typed(kind: NoticeKind, stored: Mapping[str, str | int]) -> dict[str, Value]:
    readers = {FieldType.MOMENT: datetime.fromisoformat, FieldType.DAY: date.fromisoformat}
    typed: dict[str, Value] = {}
    for name, value in stored.items():
        read = readers.get(TEMPLATES[kind].fields[name].type)
        typed[name] = read(str(value)) if read else value
    return typed
