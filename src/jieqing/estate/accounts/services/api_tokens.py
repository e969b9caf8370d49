"""Verbs of API tokens: make one, end one, and let a program in that shows one.

The secret leaves once, as the answer of ``create_api_token``; nothing keeps it. Letting in costs two small reads and, on
the first use of a day, one row. A token that opens nothing is counted, by its public name and by its network, and too many
pause both for a while (``engine.api_tokens.RULES``); every such answer is the one for a site that does not exist, so nobody
learns which sites or tokens there are. Only who proves the secret is told that it has ended.
"""

import hmac
import secrets
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from jieqing.estate.accounts import access
from jieqing.estate.accounts.engine import api_tokens as engine
from jieqing.estate.accounts.engine.api_tokens import ApiTokenText, read_api_token, roles_of_scopes
from jieqing.estate.accounts.engine.lockout import MEMORY, LockScope, Rule, pause_until
from jieqing.estate.accounts.models import ApiToken, ApiTokenRevocation, ApiTokenUse, Lockout, TokenFailure
from jieqing.estate.accounts.services.people import REASON_MISSING
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, ActorKind, system_actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing import keys
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence

_KEY = "accounts.api_tokens"

UNKNOWN = Problem(
    code="token.unknown",
    zh="令牌不能打开这个站点。",
    en="The token does not open this site.",
    todo_zh="请检查站点代号和令牌。",
    todo_en="Check the site and the token.",
)


def create_api_token(
    *, actor: Actor, name: str, scopes: list[str], expires_on: date
) -> tuple[ApiToken, str] | Problem:
    """A new token of the actor's site and, this once, its text. It carries no more than the actor may."""
    if actor.site_id is None:
        raise ValueError("a token belongs to a site")
    problem = engine.check_wish(name, scopes, expires_on, clock.today())
    if problem or actor.kind is ActorKind.SERVICE:
        return problem or NOT_BY_TOKEN
    refused = next((found for found in (access.check(actor, scope) for scope in scopes) if found), None)
    if refused:
        return refused
    text = ApiTokenText(
        secrets.token_bytes(engine.PREFIX_BYTES).hex(), secrets.token_urlsafe(engine.SECRET_BYTES)
    )
    token = ApiToken(
        id=new_id(),
        site_id=actor.site_id,
        name=name.strip(),
        prefix=text.prefix,
        digest=text.digest(keys.seed(_KEY)),
        scopes=sorted(set(scopes)),
        expires_on=expires_on,
        created_at=clock.now(),
        created_by=actor.id,
    )
    with transaction.atomic(), site_scope(actor.site_id):
        token.entry_id = evidence.record(
            actor=actor,
            action="estate.accounts.api_token_created",
            subject=f"estate.accounts.api_token:{token.id}",
            facts={"prefix": token.prefix, "scopes": token.scopes, "expires_on": expires_on},
            personal={"name": token.name},
        )
        token.save(force_insert=True)
    return token, text.text()


def revoke_api_token(*, actor: Actor, token: ApiToken, reason: str) -> ApiTokenRevocation | Problem:
    """End a token at once; the row says who and why. A second time changes nothing."""
    reason = reason.strip()
    if not reason:
        return REASON_MISSING
    with transaction.atomic(), site_scope(token.site_id):
        # The token's own row cannot be locked: nobody may change it.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(token.id)])
        found = ApiTokenRevocation.objects.filter(token=token).first()
        if found:
            return found
        entry_id = evidence.record(
            actor=actor,
            action="estate.accounts.api_token_revoked",
            subject=f"estate.accounts.api_token:{token.id}",
            facts={"prefix": token.prefix},
            personal={"reason": reason[:200]},
        )
        return ApiTokenRevocation.objects.create(
            id=new_id(),
            site_id=token.site_id,
            token=token,
            at=clock.now(),
            by=actor.id,
            reason=reason[:200],
            entry_id=entry_id,
        )


def open_by_token(*, site_id: UUID | None, bearer: str, network: str) -> Actor | Problem:
    """The actor of a program that shows a token to a site (None: no such site); the work is the same whatever is wrong."""
    text, now = read_api_token(bearer), clock.now()
    prefix_key = _prefix_key(text.prefix if text else bearer[:20])
    with transaction.atomic():
        until = _paused_until(prefix_key, network, now)
        if until:
            return _paused(until)
    found = _proven(site_id, text)
    if found is None:
        with transaction.atomic():
            _note_failure(prefix_key, network, now)
        return UNKNOWN
    return found


def forget_old_failures(before: datetime) -> int:
    """Delete what the counting no longer needs."""
    gone, _kinds = TokenFailure.objects.filter(at__lt=before).delete()
    return gone


def _proven(site_id: UUID | None, text: ApiTokenText | None) -> Actor | Problem | None:
    key = keys.seed(_KEY)
    if site_id is None or text is None:
        return None
    with site_scope(site_id):
        token = ApiToken.objects.filter(prefix=text.prefix).select_related("revocation").first()
        if not text.opens(bytes(token.digest) if token else bytes(32), key) or token is None:
            return None
        if hasattr(token, "revocation"):
            return REVOKED
        today = clock.today()
        if token.expires_on < today:
            return EXPIRED
        if not ApiTokenUse.objects.filter(token=token, used_on=today).exists():
            ApiTokenUse.objects.bulk_create(
                [ApiTokenUse(id=new_id(), site_id=site_id, token=token, used_on=today)], ignore_conflicts=True
            )
    return Actor(token.id, ActorKind.SERVICE, site_id, roles_of_scopes(token.scopes))


def _note_failure(prefix_key: bytes, network: str, now: datetime) -> None:
    TokenFailure.objects.create(id=new_id(), prefix_key=prefix_key, network=network, at=now)
    for rule in engine.RULES:
        _judge(rule, prefix_key, network, now)


def _judge(rule: Rule, prefix_key: bytes, network: str, now: datetime) -> None:
    is_one = rule.scope is LockScope.TOKEN
    tries = TokenFailure.objects.filter(network=network, at__gt=now - rule.window)
    pauses = Lockout.objects.filter(scope=rule.scope.value, network=network, from_at__gt=now - MEMORY)
    if is_one:
        tries, pauses = tries.filter(prefix_key=prefix_key), pauses.filter(name_key=prefix_key)
    last = pauses.order_by("-from_at").first()
    failures = (tries.filter(at__gt=last.from_at) if last else tries).count()
    until = pause_until(rule, failures=failures, earlier_pauses=pauses.count(), now=now)
    if until is None:
        return
    pause = Lockout.objects.create(
        id=new_id(),
        scope=rule.scope.value,
        name_key=prefix_key if is_one else None,
        network=network,
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


def _paused_until(prefix_key: bytes, network: str, now: datetime) -> datetime | None:
    holds = Q(scope=LockScope.TOKEN.value, name_key=prefix_key) | Q(scope=LockScope.TOKENS.value)
    found = Lockout.objects.filter(holds, network=network, until_at__gt=now).order_by("-until_at").first()
    return found.until_at if found else None


def _paused(until: datetime) -> Problem:
    return Problem(
        code="token.paused",
        zh="无效令牌的请求过多，来自这里的请求已暂停。",
        en="Too many requests with tokens that open nothing: requests from here are paused.",
        todo_zh="请更换有效的令牌，并在 details.until 之后再试。",
        todo_en="Use a valid token and try again after details.until.",
        details={"until": until.isoformat()},
    )


def _prefix_key(prefix: str) -> bytes:
    return hmac.digest(keys.seed(_KEY), b"prefix\0" + prefix.encode(), sha256)[:16]


REVOKED = Problem(
    code="token.revoked",
    zh="令牌已被撤销。",
    en="The token was revoked.",
    todo_zh="请站点负责人新建令牌。",
    todo_en="Ask the site's owner for a new one.",
)
EXPIRED = Problem(
    code="token.expired",
    zh="令牌已到期。",
    en="The token has expired.",
    todo_zh="请站点负责人新建令牌。",
    todo_en="Ask the site's owner for a new one.",
)
NOT_BY_TOKEN = Problem(
    code="token.not_by_token",
    zh="令牌不能创建令牌。",
    en="A token cannot make tokens.",
    todo_zh="请登录后在“接口”页创建。",
    todo_en="Sign in and make it on the developer page.",
)
