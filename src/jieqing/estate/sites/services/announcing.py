"""The scope guard: a site's public words are read before they stand, and again every night as they stand.

Refused is what no organisation of this kind may call itself, offer or advertise, with the article and lawful words. Words are read beside
the site's name, so "商务咨询" in the name and "追收欠款" in the services are found together. What stands all the same, because
the lexicon grew or somebody wrote past us, is kept for the platform's operator until the words change.
"""

from hashlib import sha256
from uuid import UUID

from django.db import transaction

from jieqing.estate.sites.engine.announcing import SURFACES, Place, concerns, refusal
from jieqing.estate.sites.models import Profile, Site, SiteDomain, StandingWords
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, system_actor
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence
from jieqing.trust.wording.engine.lexicon import Gravity
from jieqing.trust.wording.selectors import scan, scan_announcement, word_in_address

SHOWN_CHARS_MAX = 300
_BETWEEN = "。"
# Addresses are letters: they are read by their sound.
_ADDRESSES = ("slug", "host")
# A register wrote these; what a site writes itself is read like any message to somebody, too.
_OF_A_REGISTER = ("name", "scope")


def check_words(*, kind: str, name: str, surface: str, text: str) -> Problem | None:
    """Why these words may not stand on this surface of a site, or None."""
    return refusal(surface, places_in(kind=kind, name=name, surface=surface, text=text))


def places_in(*, kind: str, name: str, surface: str, text: str) -> list[Place]:
    """Everything found in the words, not what the name beside them says by itself."""
    if not text.strip():
        return []
    if surface in _ADDRESSES:
        spelled = word_in_address(text)
        text, name = (spelled, "") if spelled else ("", "")
    read = text if surface == "name" or not name else f"{name}{_BETWEEN}{text}"
    begins = len(read) - len(text)
    found = [one for one in scan_announcement(read) if one.start >= begins]
    if surface not in (*_ADDRESSES, *_OF_A_REGISTER):
        # An introduction that threatens, a slogan that poses as a court: what no text may say at all.
        found += [one for one in scan(read).findings if one.start >= begins and one.gravity is Gravity.BLOCK]
    places = [Place(one, read[one.start : one.end]) for one in found if concerns(kind, one)]
    return sorted(places, key=lambda one: (-one.finding.gravity, one.finding.start))


def note_words(*, actor: Actor, site: Site, surface: str, text: str, key: str = "") -> StandingWords | None:
    """Keep what is found in words that stand, for the operator; end what was found in the words before them.

    ``key`` tells several texts of one surface apart.
    """
    places = places_in(kind=site.kind, name=site.name, surface=surface, text=text)
    digest = sha256(text.encode()).digest()
    told = [one.as_dict() for one in places]
    with transaction.atomic(), site_scope(site.id):
        Site.objects.select_for_update().get(pk=site.pk)
        before = StandingWords.objects.filter(site_id=site.id, surface=surface, key=key, ended_at=None)
        live = before.first()
        if live and bytes(live.digest) == digest and live.findings == told:
            return live
        if live:
            entry_id = _record(actor, site, "words_mended", {"surface": surface, "key": key})
            before.update(ended_at=clock.now(), ended_entry_id=entry_id)
        if not told:
            return None
        rules = sorted({one.finding.rule for one in places})
        entry_id = _record(actor, site, "words_found", {"surface": surface, "key": key, "rules": rules})
        return StandingWords.objects.create(
            site_id=site.id,
            surface=surface,
            key=key,
            shown=text[:SHOWN_CHARS_MAX],
            digest=digest,
            findings=told,
            found_at=clock.now(),
            entry_id=entry_id,
        )


def read_standing_words(*, site_id: UUID) -> int:
    """Read a site's name, address, scope and domains as they stand; returns how many surfaces have findings."""
    actor = system_actor(site_id, "scope-guard")
    with site_scope(site_id):
        site = Site.objects.get(pk=site_id)
        profile = Profile.objects.first()
        hosts = SiteDomain.objects.filter(site_id=site_id, ended_at=None).values_list("host", flat=True)
        texts = [("name", "", site.name), ("slug", "", site.slug)]
        texts += [("scope", "", profile.scope if profile else "")]
        texts += [("host", host, host) for host in hosts]
        found = [
            note_words(actor=actor, site=site, surface=surface, text=text, key=key)
            for surface, key, text in texts
        ]
        _end_gone_hosts(actor, site, set(hosts))
    return sum(one is not None for one in found)


def _end_gone_hosts(actor: Actor, site: Site, hosts: set[str]) -> None:
    for row in StandingWords.objects.filter(site_id=site.id, surface="host", ended_at=None):
        if row.key not in hosts:
            note_words(actor=actor, site=site, surface="host", text="", key=row.key)


def _record(actor: Actor, site: Site, verb: str, facts: dict[str, object]) -> UUID:
    assert facts["surface"] in SURFACES
    return evidence.record(
        actor=actor, action=f"estate.sites.{verb}", subject=f"estate.sites.site:{site.id}", facts=facts
    )
