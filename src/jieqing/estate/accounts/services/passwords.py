"""A person's own password: changed by who knows it, replaced by who reads their mailbox.

The link of a reset works once, for half an hour, and is kept as a digest; its secret leaves only inside a notice, sealed
until sent. A new password ends every other session and every open link, and the mailbox is told. A second factor stays:
who has one still needs it to sign in.

Refuses: telling anybody whether an account or a mailbox exists; more than three links an hour for one account.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.db.models import Q

from jieqing.estate.accounts.models import PasswordReset, User, UserSession
from jieqing.estate.accounts.services.people import password_refusal
from jieqing.estate.accounts.services.signing_in import note_account_change
from jieqing.kernel import clock
from jieqing.kernel.actor import system_actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.trust.evidence import services as evidence
from jieqing.trust.notices.engine.kinds import NoticeKind, RecipientKind
from jieqing.trust.notices.services import send_notice

VALID_FOR = timedelta(minutes=30)
LINKS_AN_HOUR = 3
SECRET_BYTES = 32

LINK_CLOSED = Problem(
    code="password.link_closed",
    zh="重设链接无效、已使用或已过期。",
    en="The reset link is not valid, was used already or has run out.",
    todo_zh="请从登录页重新申请，链接 30 分钟内有效。",
    todo_en="Ask for a new one on the sign-in page; a link works for 30 minutes.",
)


def change_password(*, user: User, new: str, keep_session_key: str) -> User | Problem:
    """Replace the password of who has just shown the old one (``try_password``); every other browser is signed out."""
    return _set_password(user, new, keep_session_key)


def follow_session_key(old_key: str, new_key: str) -> None:
    """The browser that changed the password goes on under a new session key."""
    UserSession.objects.filter(session_key=old_key).update(session_key=new_key)


def ask_for_reset(*, name: str, link_of: Callable[[str], str]) -> None:
    """Send a link to the mailbox of an account, if there is one; whether there was is told to nobody."""
    name = name.strip().lower()
    with transaction.atomic():
        user = User.objects.filter(Q(username=name) | Q(email=name), is_active=True).first()
        if user is None or not user.email:
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"accounts.reset:{user.id}"]
            )
        now = clock.now()
        if PasswordReset.objects.filter(user=user, at__gt=now - timedelta(hours=1)).count() >= LINKS_AN_HOUR:
            return
        secret = secrets.token_urlsafe(SECRET_BYTES)
        reset = PasswordReset(
            id=new_id(), user=user, secret_digest=_digest(secret), at=now, expires_at=now + VALID_FOR
        )
        sent = send_notice(
            actor=system_actor(None, "accounts"),
            kind=NoticeKind.PASSWORD_RESET,
            recipient=RecipientKind.MEMBER,
            address=user.email,
            values={"link": link_of(secret), "until": reset.expires_at},
            expires_at=reset.expires_at,
        )
        if is_problem(sent):
            return
        reset.save(force_insert=True)
        evidence.record(
            actor=system_actor(None, "accounts"),
            action="estate.accounts.password_reset_asked",
            subject=f"estate.accounts.user:{user.id}",
            facts={"reset": reset.id, "notice": sent, "expires_at": reset.expires_at},
        )


def open_reset(secret: str) -> PasswordReset | Problem:
    """The reset that a link opens now."""
    found = (
        PasswordReset.objects.filter(
            secret_digest=_digest(secret), ended_at=None, expires_at__gt=clock.now(), user__is_active=True
        )
        .select_related("user")
        .first()
    )
    return found or LINK_CLOSED


def reset_password(*, secret: str, new: str) -> User | Problem:
    """Replace a password by who holds the link; the same link a second time is refused."""
    with transaction.atomic():
        found = open_reset(secret)
        if is_problem(found):
            return found
        # Two clicks at once: the row decides which of them is the first.
        if not PasswordReset.objects.filter(pk=found.pk, ended_at=None).update(ended_at=clock.now()):
            return LINK_CLOSED
        done = _set_password(found.user, new, "")
        if is_problem(done):
            transaction.set_rollback(True)
        return done


def forget_old_resets(days: int) -> None:
    """Delete links that opened nothing any more long ago."""
    PasswordReset.objects.filter(expires_at__lt=clock.now() - timedelta(days=days)).delete()


def _set_password(user: User, new: str, keep_session_key: str) -> User | Problem:
    weak = password_refusal(new, user)
    if weak:
        return weak
    with transaction.atomic():
        user.set_password(new)
        user.save(update_fields=["password"])
        for session in UserSession.objects.filter(user=user, session_key__isnull=False):
            if session.session_key and session.session_key != keep_session_key:
                SessionStore(session.session_key).delete()
                session.session_key, session.ended_at = None, clock.now()
                session.save(update_fields=["session_key", "ended_at"])
        PasswordReset.objects.filter(user=user, ended_at=None).update(ended_at=clock.now())
        note_account_change(user=user, change="password_changed")
    return user


def _digest(secret: str) -> bytes:
    # 32 random bytes need no slow hash: there is nothing to guess.
    return sha256(b"jieqing password reset\x00" + secret.encode()).digest()
