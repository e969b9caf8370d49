"""Verbs of own domains: ask for one, prove it, give it up.

Proof is a file with our token on the web server that the name leads to now: whoever can put it there holds the name. A
worker reads it, outside any transaction, because that server may take its time. The name is pointed at the platform only
afterwards, so the platform never answers for a name that nobody has proved.
"""

import secrets
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app

from jieqing.estate.sites.engine.hosts import read_domain
from jieqing.estate.sites.models import Site, SiteDomain
from jieqing.estate.sites.services.announcing import check_words
from jieqing.estate.sites.services.testing import RENTAL_QUEUE
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, ActorKind
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.fetching import Refusal, fetch_text
from jieqing.trust.evidence import services as evidence

PROOF_PATH = "/.well-known/jieqing-domain.txt"
DOMAINS_MAX = 5
CHECK_TASK = "sites.check_domain"
# A check whose worker died may be asked for again after this.
CHECK_SECONDS_MAX = timedelta(seconds=60)
TAKEN = Problem(
    code="site.domain_taken",
    zh="这个域名已经属于一个站点。",
    en="This domain belongs to a site already.",
    todo_zh="如果它是贵机构的域名，请联系平台运营。",
    todo_en="If it is your organisation's, contact the platform.",
)
TOO_MANY = Problem(
    code="site.domains_many",
    zh=f"一个站点最多 {DOMAINS_MAX} 个域名。",
    en=f"A site has at most {DOMAINS_MAX} domains.",
    todo_zh="请先停用不再使用的域名。",
    todo_en="End one that is no longer used first.",
)


def ask_domain(*, actor: Actor, site: Site, host: str) -> SiteDomain | Problem:
    """Ask for a domain; asking again gives the same token."""
    name = read_domain(host, settings.BASE_DOMAIN)
    if is_problem(name):
        return name
    if problem := check_words(kind=site.kind, name="", surface="host", text=name):
        return problem
    with transaction.atomic():
        Site.objects.select_for_update().get(pk=site.pk)
        live = SiteDomain.objects.filter(ended_at=None)
        mine = live.filter(site_id=site.id)
        asked = mine.filter(host=name).first()
        if asked:
            return asked
        if live.filter(host=name).exclude(verified_at=None).exists():
            return TAKEN
        if mine.count() >= DOMAINS_MAX:
            return TOO_MANY
        domain = SiteDomain.objects.create(
            site_id=site.id,
            host=name,
            token=secrets.token_hex(20),
            created_at=clock.now(),
            created_by=actor.id,
        )
        _record(actor, domain, "domain_asked")
    return domain


def begin_check(*, actor: Actor, domain: SiteDomain) -> SiteDomain:
    """Let a worker read the proof; asking again while it does changes nothing."""
    with transaction.atomic():
        open_rows = SiteDomain.objects.filter(pk=domain.pk, ended_at=None, verified_at=None)
        now = clock.now()
        stale = now - CHECK_SECONDS_MAX
        idle = open_rows.exclude(checking_since__gt=stale)
        if idle.update(checking_since=now):
            # By name, not by import: the tasks import the services. The job is a row of this same transaction.
            job = app.configure_task(CHECK_TASK, queue=RENTAL_QUEUE)
            job.defer(site_id=str(domain.site_id), domain_id=str(domain.pk), actor_id=str(actor.id))
        domain.refresh_from_db()
    return domain


def check_domain(*, site_id: UUID, domain_id: UUID, actor_id: UUID) -> SiteDomain | Problem | None:
    """The job: read the token where the name leads to now, over https first, with no transaction open; then write.

    None when there is nothing to check any more.
    """
    domain = SiteDomain.objects.filter(pk=domain_id, site_id=site_id, ended_at=None, verified_at=None).first()
    if domain is None:
        return None
    answers = [fetch_text(domain.host, PROOF_PATH, is_secure=is_secure) for is_secure in (True, False)]
    actor = Actor(id=actor_id, kind=ActorKind.PERSON, site_id=site_id)
    found = _found(domain, answers)
    try:
        with transaction.atomic(), site_scope(site_id):
            return _write_check(actor, domain, found)
    except IntegrityError:  # another site proved it in the same moment
        SiteDomain.objects.filter(pk=domain_id).update(checking_since=None, found="taken")
        return TAKEN


def _found(domain: SiteDomain, answers: list[str | Refusal]) -> str:
    """Empty when one of the answers is the token; else what was in the way."""
    refusals = [text for text in answers if isinstance(text, Refusal)]
    texts = [text.strip() for text in answers if not isinstance(text, Refusal)]
    if any(secrets.compare_digest(text, domain.token) for text in texts):
        return ""
    return refusals[0].value if len(refusals) == len(answers) else "other_text"


def _write_check(actor: Actor, domain: SiteDomain, found: str) -> SiteDomain | Problem | None:
    now = clock.now()
    verified_at = None if found else now
    changed = SiteDomain.objects.filter(pk=domain.pk, ended_at=None, verified_at=None).update(
        checking_since=None, checked_at=now, found=found, verified_at=verified_at
    )
    if not changed:
        return None
    domain.refresh_from_db()
    if found:
        return not_proved(domain)
    _record(actor, domain, "domain_verified")
    return domain


def end_domain(*, actor: Actor, domain: SiteDomain) -> None:
    """The name leads to the site no more."""
    with transaction.atomic():
        changed = SiteDomain.objects.filter(pk=domain.pk, ended_at=None).update(ended_at=clock.now())
        if changed:
            _record(actor, domain, "domain_ended")


_FOUND: dict[str, tuple[str, str]] = {
    "no_name": ("域名没有解析记录", "the name does not resolve"),
    "private": ("域名解析到了内部网络地址", "the name leads to a private address"),
    "no_answer": ("服务器没有应答", "the server did not answer"),
    "other_answer": ("那里没有验证文件", "the proof file is not there"),
    "taken": ("另一个站点刚刚验证了它", "another site has just proved it"),
    "other_text": ("验证文件的内容不是所给的令牌", "the file holds something else than the token"),
}


def not_proved(domain: SiteDomain) -> Problem:
    zh, en = _FOUND.get(domain.found, _FOUND["no_answer"])
    return Problem(
        code="site.domain_not_proved",
        zh=f"还不能确认 {domain.host} 由贵机构控制：{zh}。",
        en=f"That {domain.host} is yours is not proved yet: {en}.",
        todo_zh=f"请把令牌放到 {PROOF_PATH} 后再验证；域名暂时不要指向平台。",
        todo_en=f"Put the token at {PROOF_PATH} and verify again; do not point the name at the platform yet.",
        details={"found": domain.found},
    )


def _record(actor: Actor, domain: SiteDomain, verb: str) -> None:
    evidence.record(
        actor=actor,
        action=f"estate.sites.{verb}",
        subject=f"estate.sites.domain:{domain.id}",
        facts={"host": domain.host},
    )
