"""Verbs of signing in: try a password under the rules of pausing, keep the log, end a session.

One try runs in one transaction under an advisory lock of the account, so that many tries at once count one after the
other. The log keeps a keyed digest of the name that was typed, never the name.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.contrib.auth import authenticate
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import Q
from django.http import HttpRequest

from jieqing.estate.accounts.engine.lockout import MEMORY, RULES, LockScope, Rule, pause_until
from jieqing.estate.accounts.models import Lockout, SignIn, SignInMethod, User, UserSession
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, ActorKind, system_actor
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing import keys
from jieqing.trust.evidence import services as evidence
from jieqing.trust.notices.engine.kinds import NoticeKind, RecipientKind
from jieqing.trust.notices.services import send_notice

WRONG = Problem(
    code="sign_in.wrong",
    zh="用户名或密码不正确。",
    en="The user name or password is wrong.",
    todo_zh="请检查后重试；密码区分大小写。",
    todo_en="Check and try again; the password is case-sensitive.",
)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a try came from, as coarsely as it is kept (``engine.client``)."""

    client: str
    network: str


def try_password(request: HttpRequest, *, username: str, password: str, origin: Origin) -> User | Problem:
    """The person whose password this is; a Problem when it is wrong or sign-in is paused."""
    name_key, now = _name_key(username), clock.now()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(name_key[:7], "big")])
        until = _paused_until(name_key, origin.network, now)
        if until:
            return _paused(until)
        user = authenticate(request, username=username, password=password)
        if isinstance(user, User):
            return user
        person = User.objects.filter(username=username).first()
        until = _note_failure(person, name_key, SignInMethod.PASSWORD, origin, now)
        return _paused(until) if until else WRONG


def note_failed_code(*, user: User, origin: Origin) -> None:
    """A wrong second factor counts like a wrong password."""
    with transaction.atomic():
        _note_failure(user, _name_key(user.username), SignInMethod.PASSWORD_CODE, origin, clock.now())


def note_sign_in(
    *, user: User, method: SignInMethod, origin: Origin, session_key: str, lasts: timedelta
) -> UserSession:
    """Keep that somebody came in, and the session they hold."""
    now = clock.now()
    with transaction.atomic():
        SignIn.objects.create(
            user=user,
            name_key=_name_key(user.username),
            at=now,
            method=method.value,
            is_success=True,
            client=origin.client,
            network=origin.network,
        )
        UserSession.objects.filter(session_key=session_key).update(session_key=None, ended_at=now)
        return UserSession.objects.create(
            user=user,
            session_key=session_key,
            method=method.value,
            client=origin.client,
            network=origin.network,
            created_at=now,
            expires_at=now + lasts,
        )


def end_session(*, user: User, session: UserSession) -> None:
    """Sign a browser out from afar."""
    with transaction.atomic():
        if session.session_key:
            SessionStore(session.session_key).delete()
        _close(session)
        evidence.record(
            actor=_self(user),
            action="estate.accounts.session_ended",
            subject=f"estate.accounts.user:{user.id}",
            facts={"session": session.id},
        )


def end_session_of_key(session_key: str) -> None:
    """The person signed out in this very browser."""
    for session in UserSession.objects.filter(session_key=session_key):
        _close(session)


def end_every_session(*, reason: str) -> int:
    """Sign everybody out (a database was put back: a session that was ended since must not live again)."""
    with transaction.atomic():
        Session.objects.all().delete()
        ended = UserSession.objects.filter(ended_at=None).update(session_key=None, ended_at=clock.now())
        actor = system_actor(None, "sign-in")
        evidence.record(
            actor=actor,
            action="estate.accounts.every_session_ended",
            subject="estate.accounts.user:all",
            facts={"sessions": ended, "reason": reason},
        )
    return ended


def note_account_change(*, user: User, change: str) -> None:
    """Evidence of a changed sign-in method, and a word to the person's mailbox when we know it."""
    with transaction.atomic():
        evidence.record(
            actor=_self(user),
            action="estate.accounts.sign_in_method_changed",
            subject=f"estate.accounts.user:{user.id}",
            facts={"change": change},
        )
        _tell(user, NoticeKind.ACCOUNT_CHANGED, {"change": change, "at": clock.now()})


def forget_old_sign_ins(days: int) -> int:
    """Delete what the log no longer needs to keep; returns how many rows went."""
    before = clock.now() - timedelta(days=days)
    gone, _kinds = SignIn.objects.filter(at__lt=before).delete()
    Lockout.objects.filter(until_at__lt=before).delete()
    UserSession.objects.filter(expires_at__lt=before).delete()
    return gone


def _note_failure(
    user: User | None, name_key: bytes, method: SignInMethod, origin: Origin, now: datetime
) -> datetime | None:
    """Write the failure; the moment until which it pauses sign-in, when it was one too many."""
    SignIn.objects.create(
        user=user,
        name_key=name_key,
        at=now,
        method=method.value,
        is_success=False,
        client=origin.client,
        network=origin.network,
    )
    pauses = [_judge(rule, user, name_key, origin.network, now) for rule in RULES]
    return max((until for until in pauses if until), default=None)


def _judge(rule: Rule, user: User | None, name_key: bytes, network: str, now: datetime) -> datetime | None:
    where = _scope(rule.scope, name_key, network)
    earlier = Lockout.objects.filter(where, scope=rule.scope.value, from_at__gt=now - MEMORY).order_by(
        "-from_at"
    )
    last = earlier.first()
    since = max(now - rule.window, last.from_at if last else now - rule.window)
    tries = SignIn.objects.filter(where, at__gte=since)
    if rule.scope is not LockScope.NETWORK:
        # Somebody who knows the password starts anew; a network may hold many people.
        success = tries.filter(is_success=True).order_by("-at").first()
        tries = tries.filter(at__gt=success.at) if success else tries
    failures = tries.filter(is_success=False, at__gt=last.from_at if last else since - MEMORY).count()
    until = pause_until(rule, failures=failures, earlier_pauses=earlier.count(), now=now)
    if until is None:
        return None
    pause = Lockout.objects.create(
        scope=rule.scope.value,
        name_key=None if rule.scope is LockScope.NETWORK else name_key,
        network="" if rule.scope is LockScope.ACCOUNT else network,
        user=None if rule.scope is LockScope.NETWORK else user,
        from_at=now,
        until_at=until,
        failures=failures,
    )
    evidence.record(
        actor=system_actor(None, "sign-in"),
        action="estate.accounts.sign_in_paused",
        subject=f"estate.accounts.lockout:{pause.id}",
        facts={"scope": rule.scope.value, "failures": failures, "until": until},
    )
    if pause.user:
        _tell(pause.user, NoticeKind.SIGN_IN_LOCKED, {"until": until})
    return until


def _scope(scope: LockScope, name_key: bytes, network: str) -> Q:
    match scope:
        case LockScope.PAIR:
            return Q(name_key=name_key, network=network)
        case LockScope.ACCOUNT:
            return Q(name_key=name_key)
        case LockScope.NETWORK:
            return Q(network=network)
        case _:
            raise ValueError(f"{scope} is no rule of passwords")


def _paused_until(name_key: bytes, network: str, now: datetime) -> datetime | None:
    holds = (
        Q(scope=LockScope.PAIR.value, name_key=name_key, network=network)
        | Q(scope=LockScope.ACCOUNT.value, name_key=name_key)
        | Q(scope=LockScope.NETWORK.value, network=network)
    )
    found = Lockout.objects.filter(holds, until_at__gt=now).order_by("-until_at").first()
    return found.until_at if found else None


def _paused(until: datetime) -> Problem:
    at = until.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    return Problem(
        code="sign_in.paused",
        zh=f"输错次数过多，密码登录已暂停到 {at}（北京时间）。",
        en=f"Too many wrong tries: password sign-in is paused until {at} (UTC+8).",
        todo_zh="可以改用通行密钥登录，或到时再试。若不是您本人操作，请告知站点负责人。",
        todo_en="Use a passkey, or try again then. If this was not you, tell your site's owner.",
        details={"until": until.isoformat()},
    )


def _tell(user: User, kind: NoticeKind, values: dict[str, str | datetime]) -> None:
    if user.email:
        send_notice(
            actor=system_actor(None, "accounts"),
            kind=kind,
            recipient=RecipientKind.MEMBER,
            address=user.email,
            values=values,
        )


def _close(session: UserSession) -> None:
    session.session_key, session.ended_at = None, clock.now()
    session.save(update_fields=["session_key", "ended_at"])


def _self(user: User) -> Actor:
    return Actor(id=user.id, kind=ActorKind.PERSON, site_id=None)


def _name_key(username: str) -> bytes:
    return hmac.digest(keys.seed("accounts.sign_in"), username.encode(), sha256)[:16]
