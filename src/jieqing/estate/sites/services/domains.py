"""Verbs of own domains: ask for one, prove it, give it up.

Proof is a file with our token on the web server that the name leads to now: whoever can put it there holds the name. The
name is pointed at the platform only afterwards, so the platform never answers for a name that nobody has proved.
"""

import secrets

from django.conf import settings
from django.db import IntegrityError, transaction

from jieqing.estate.sites.engine.hosts import read_domain
from jieqing.estate.sites.models import Site, SiteDomain
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.fetching import Refusal, fetch_text
from jieqing.trust.evidence import services as evidence

PROOF_PATH = "/.well-known/jieqing-domain.txt"
DOMAINS_MAX = 5
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


def verify_domain(*, actor: Actor, domain: SiteDomain) -> SiteDomain | Problem:
    """Read the token where the name leads to now, over https first."""
    if domain.is_verified:
        return domain
    answers = [fetch_text(domain.host, PROOF_PATH, is_secure=is_secure) for is_secure in (True, False)]
    is_proved = any(
        not isinstance(text, Refusal) and secrets.compare_digest(text.strip(), domain.token)
        for text in answers
    )
    refusals = [text for text in answers if isinstance(text, Refusal)]
    domain.checked_at = clock.now()
    domain.found = "" if is_proved else (refusals[0].value if len(refusals) == 2 else "other_text")
    if not is_proved:
        domain.save(update_fields=["checked_at", "found"])
        return not_proved(domain)
    domain.verified_at = domain.checked_at
    try:
        with transaction.atomic():
            domain.save(update_fields=["checked_at", "found", "verified_at"])
            _record(actor, domain, "domain_verified")
    except IntegrityError:  # another site proved it in the same moment
        return TAKEN
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
