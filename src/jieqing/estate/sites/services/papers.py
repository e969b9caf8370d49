"""Verbs of an application's papers: profile, licence, filing, account, agreement.

Before submission the tenant writes them freely; afterwards what was reviewed stands still, and only contact data, account
and a renewed filing may follow (a filing counts once the platform has confirmed it). The account number is sealed; evidence
holds a commitment to it, never the number.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from jieqing.estate.sites.engine.agreement import CURRENT
from jieqing.estate.sites.engine.documents import check_document
from jieqing.estate.sites.engine.filings import WORKING_FILING, FilingKind, check_filing
from jieqing.estate.sites.engine.identity import (
    check_account,
    check_credit_code,
    check_licence_number,
    check_mailbox,
    check_phone,
    tidy,
)
from jieqing.estate.sites.engine.tenancy import SiteKind, SiteState, check_scope
from jieqing.estate.sites.models import Agreement, Filing, Licence, Profile, Site, SupervisedAccount
from jieqing.estate.sites.services.announcing import check_words, note_words
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing import sealing
from jieqing.plumbing.storage import store_bytes
from jieqing.trust.evidence import services as evidence
from jieqing.trust.evidence.engine.digests import artefact_of

SEAL = "sites.supervised_account"
_ALWAYS_OPEN = ("address", "phone", "email")
REVIEWED = Problem(
    code="site.papers_reviewed",
    zh="资料已提交核验，不能直接修改。",
    en="The papers have been submitted and cannot be changed directly.",
    todo_zh="核验完成前可以撤回修改；开通后请通过备案更新或联系平台。",
    todo_en="Take the application back while it is under review; afterwards renew the filing or contact the platform.",
)


def save_profile(*, actor: Actor, site: Site, values: Mapping[str, str]) -> dict[str, Problem]:
    """Keep what is right of the profile and say of each other field what is wrong with it; nothing typed is lost.

    An empty value is kept too: a draft may have gaps.
    """
    wanted = {name: value.strip() for name, value in values.items()}
    for name in ("credit_code", "licence_number"):
        if name in wanted:
            wanted[name] = tidy(wanted[name])
    wrong = {name: problem for name, value in wanted.items() if (problem := _check(site, name, value))}
    with transaction.atomic():
        _lock(site)
        profile = Profile.objects.first() or Profile(site_id=site.id)
        changed = {
            name: value
            for name, value in wanted.items()
            if name not in wrong and getattr(profile, name) != value
        }
        barred = [name for name in changed if name not in _ALWAYS_OPEN and site.state != SiteState.DRAFT]
        if barred:
            return wrong | dict.fromkeys(barred, REVIEWED)
        if changed:
            for name, value in changed.items():
                setattr(profile, name, value)
            profile.updated_at, profile.updated_by = clock.now(), actor.id
            profile.save()
            _record(actor, site, "profile_saved", {"fields": sorted(changed)}, personal=changed)
            if "scope" in changed:
                note_words(actor=actor, site=site, surface="scope", text=changed["scope"])
    return wrong


def _check(site: Site, name: str, value: str) -> Problem | None:
    if name == "scope":
        return check_scope(value) or check_words(kind=site.kind, name=site.name, surface="scope", text=value)
    checks = {
        "credit_code": check_credit_code,
        "licence_number": lambda text: check_licence_number(SiteKind(site.kind), text),
        "phone": check_phone,
        "email": check_mailbox,
    }
    return checks[name](value) if value and name in checks else None


def add_licence(*, actor: Actor, site: Site, file_name: str, data: bytes) -> Licence | Problem:
    """Keep a licence as it came; the same file again changes nothing."""
    media_type = check_document(data)
    if is_problem(media_type):
        return media_type
    with transaction.atomic():
        if _lock(site).state != SiteState.DRAFT:
            return REVIEWED
        key = store_bytes(site.id, data)
        newest = Licence.objects.order_by("-id").first()
        if newest and newest.file_key == key:
            return newest
        entry_id = _record(
            actor,
            site,
            "licence_added",
            {"media_type": media_type, "size_bytes": len(data)},
            artefacts={"licence": artefact_of(data)},
        )
        return Licence.objects.create(
            site_id=site.id,
            file_name=file_name[-200:],
            file_key=key,
            media_type=media_type,
            size_bytes=len(data),
            at=clock.now(),
            by=actor.id,
            entry_id=entry_id,
        )


def set_filing(
    *, actor: Actor, site: Site, number: str, authority: str, from_on: date, until_on: date | None
) -> Filing | Problem:
    """Give the working filing, or its renewal; it counts once confirmed."""
    problem = check_filing(number, authority, from_on, until_on)
    if problem:
        return problem
    kind = WORKING_FILING[SiteKind(site.kind)]
    return _new_filing(actor, site, kind, (number.strip(), authority.strip(), from_on, until_on))


def _new_filing(
    actor: Actor, site: Site, kind: FilingKind, particulars: tuple[str, str, date, date | None]
) -> Filing | Problem:
    number, authority, from_on, until_on = particulars
    with transaction.atomic():
        if _lock(site).state in {SiteState.SUBMITTED, SiteState.FILED, SiteState.CLOSED}:
            return REVIEWED
        same = Filing.objects.filter(
            kind=kind.value,
            number=number,
            authority=authority,
            from_on=from_on,
            until_on=until_on,
            ended_at=None,
        ).first()
        if same:
            return same
        Filing.objects.filter(kind=kind.value, ended_at=None, confirmed_at=None).update(ended_at=clock.now())
        facts = {
            "kind": kind.value,
            "number": number,
            "authority": authority,
            "from": from_on,
            "until": until_on,
        }
        return Filing.objects.create(
            site_id=site.id,
            kind=kind.value,
            number=number,
            authority=authority,
            from_on=from_on,
            until_on=until_on,
            at=clock.now(),
            by=actor.id,
            entry_id=_record(actor, site, "filing_given", facts),
        )


def confirm_filing(*, actor: Actor, site: Site, filing: Filing) -> None:
    """The platform has seen the filing at its authority: it counts from now, an earlier one of its kind ends."""
    with transaction.atomic():
        now = clock.now()
        earlier = Filing.objects.filter(kind=filing.kind, ended_at=None).exclude(confirmed_at=None)
        earlier.exclude(pk=filing.pk).update(ended_at=now)
        changed = Filing.objects.filter(pk=filing.pk, confirmed_at=None).update(
            confirmed_at=now, confirmed_by=actor.id
        )
        if changed:
            _record(actor, site, "filing_confirmed", {"filing": filing.id, "number": filing.number})


def set_account(
    *, actor: Actor, site: Site, bank: str, holder: str, number: str
) -> SupervisedAccount | Problem:
    """Name the supervised account; the number is sealed at once."""
    plain = tidy(number)
    problem = check_account(plain)
    if problem:
        return problem
    with transaction.atomic():
        if _lock(site).state == SiteState.CLOSED:
            return REVIEWED
        now = clock.now()
        live = SupervisedAccount.objects.filter(ended_at=None).first()
        if live and (live.bank, live.holder, account_number(live)) == (bank, holder, plain):
            return live
        SupervisedAccount.objects.filter(ended_at=None).update(ended_at=now)
        entry_id = _record(
            actor, site, "account_named", {"bank": bank, "holder": holder}, personal={"number": plain}
        )
        return SupervisedAccount.objects.create(
            site_id=site.id,
            bank=bank,
            holder=holder,
            sealed=sealing.seal(SEAL, plain.encode()),
            tail=plain[-4:],
            at=now,
            by=actor.id,
            entry_id=entry_id,
        )


def account_number(account: SupervisedAccount) -> str:
    """The number in clear; callers show it to nobody but the owner."""
    return sealing.unseal(SEAL, bytes(account.sealed)).decode()


def accept_agreement(*, actor: Actor, site: Site, version: str, lang: str) -> Agreement | Problem:
    """Accept the current text; the digest of exactly what was shown goes into evidence."""
    if version != CURRENT.version:
        return Problem(
            code="site.agreement_changed",
            zh="服务协议已有新版本。",
            en="There is a newer version of the agreement.",
            todo_zh="请阅读新文本后再接受。",
            todo_en="Read the new text and accept it.",
        )
    digest = CURRENT.digest(lang)
    with transaction.atomic():
        _lock(site)
        accepted = Agreement.objects.filter(version=version).first()
        if accepted:
            return accepted
        facts = {
            "version": version,
            "language": lang,
            "sha256": hashlib.sha256(CURRENT.text(lang).encode()).hexdigest(),
        }
        return Agreement.objects.create(
            site_id=site.id,
            version=version,
            language=lang,
            digest=digest,
            at=clock.now(),
            by=actor.id,
            entry_id=_record(actor, site, "agreement_accepted", facts),
        )


def _lock(site: Site) -> Site:
    """One writer of a site's papers at a time; a double click finds what the first one wrote."""
    return Site.objects.select_for_update().get(pk=site.pk)


def _record(actor: Actor, site: Site, verb: str, facts: Mapping[str, object], **more: object) -> UUID:
    return evidence.record(
        actor=actor,
        action=f"estate.sites.{verb}",
        subject=f"estate.sites.site:{site.id}",
        facts=facts,
        **more,  # type: ignore[arg-type]
    )
