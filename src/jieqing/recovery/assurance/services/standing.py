"""The sources that every review asks: what stands open on a site and is judged by the gate.

Filed scripts are asked about as the contact they are written for: their channels, the gate's purposes they serve, their addressee, what
they tell and are labelled with; all else is lawful. An overlay is asked about at the edges of its own rules. The site itself is a
lawful contact by each channel about each kind of debt.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from itertools import islice, product
from uuid import UUID

from jieqing.claims.parties.engine.choices import CHANNEL_NAMES
from jieqing.estate.sites.selectors import site_facts
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import JSON
from jieqing.recovery.assurance.engine.lawful import lawful_facts
from jieqing.recovery.assurance.services.sources import Found, ReviewSource, Subject, Told, register_source
from jieqing.recovery.outreach.selectors.asked import contacts_of_approvals
from jieqing.recovery.outreach.selectors.contacts import CaseContact, contacts_of_cases
from jieqing.recovery.scripts.selectors import ScriptInUse, script_titles, scripts_in_use
from jieqing.trust.compliance.engine.sample_contacts import contacts_for
from jieqing.trust.compliance.engine.vocabulary import VALUES
from jieqing.trust.compliance.selectors import OverlayState, every_overlay, open_permits

POINTS, APPROVALS, PERMITS, SCRIPTS, OVERLAYS, SITE = (
    "points", "approvals", "permits", "scripts", "overlays", "site",
)  # fmt: skip
EDGES_MAX = 400
_STANDING = (OverlayState.PROPOSED, OverlayState.ADOPTED, OverlayState.IN_FORCE)
_CLEARED = sorted(VALUES["staff.clearances"] - {"lawyer"})
_BUSINESS: dict[str, JSON] = {"debt_kind": "b2b", "creditor_kind": "company"}
_DEBTS: tuple[dict[str, JSON], ...] = ({}, _BUSINESS)
_ADDRESSED: dict[str, dict[str, JSON]] = {
    "company": dict(_BUSINESS),
    "guarantor": {"role": "guarantor"},
    "contact": {"role": "contact_person", "number_valid": False, "discloses_debt": False},
}
_THIRD_PURPOSES = frozenset({"locate", "pass_message"})


def _points(actor: Actor, at: datetime) -> Found:
    found = contacts_of_cases(actor=actor, at=at)
    return Found(_of_cases(found.contacts), found.cases, found.cases_open)


def _approvals(actor: Actor, at: datetime) -> Found:
    found = contacts_of_approvals(actor=actor, at=at)
    return Found(_of_cases(found.contacts), len(found.contacts), found.there_are)


def _of_cases(contacts: tuple[CaseContact, ...]) -> list[Subject]:
    return [Subject(one.ref, one.channel, one.facts, one.case_id, one.owner_id) for one in contacts]


def _permits(_actor: Actor, at: datetime) -> Found:
    found, there_are = open_permits(at)
    subjects = [
        Subject(f"trust.compliance.permit:{one.id}", one.channel, one.facts, None, one.actor_id)
        for one in found
    ]
    return Found(subjects, len(found), there_are)


def _scripts(actor: Actor, at: datetime) -> Found:
    found = scripts_in_use(at)
    base = _lawful_here(actor, at)
    subjects = [
        Subject(_script_ref(one.script_id), channel, facts)
        for one in found
        for channel in one.channels
        for facts in _contacts_of(one, channel, base)
    ]
    return Found(subjects, len(found), len(found))


def _contacts_of(script: ScriptInUse, channel: str, base: dict[str, JSON]) -> Iterator[dict[str, JSON]]:
    """The contacts a script is written for: each of the gate's purposes it serves, about a person's debt and a company's."""
    for purpose, debt in product(script.purposes, _DEBTS):
        addressed = _ADDRESSED["contact"] if purpose in _THIRD_PURPOSES else {}
        yield {
            **base,
            **debt,
            "channel": channel,
            "purpose": purpose,
            "discloses_debt": script.tells_debt,
            "time_barred": script.is_about_limitation,
            "ai_label": script.has_ai_label or channel not in ("voice_ai", "voice_notice"),
            **_ADDRESSED.get(script.addressee, addressed),
        }


def _overlays(actor: Actor, at: datetime) -> Found:
    """The site's own rules that hold, will hold or are put forward, at their edges."""
    standing = [one for one in every_overlay(actor.own_site) if one.state(at) in _STANDING]
    subjects = []
    for view in standing:
        every = list(islice(contacts_for(view.pack.rules), 20 * EDGES_MAX))
        subjects += [
            Subject(_overlay_ref(view.overlay.pk), str(facts.get("channel")), facts)
            for facts in every[:: max(1, -(-len(every) // EDGES_MAX))]
        ]
    return Found(subjects, len(standing), len(standing))


def _site(actor: Actor, at: datetime) -> Found:
    base = _lawful_here(actor, at)
    subjects = [
        Subject(
            f"estate.sites.site:{actor.own_site}", channel.value, {**base, "channel": channel.value, **debt}
        )
        for channel in CHANNEL_NAMES
        for debt in _DEBTS
    ]
    return Found(subjects, 1, 1)


def _lawful_here(actor: Actor, at: datetime) -> dict[str, JSON]:
    """The lawful contact as this site would make it, by a cleared pair."""
    site = site_facts(actor.own_site)
    return lawful_facts(at) | {
        "site": {"live": site.live and site.agreement, "filing_valid": site.filing_valid, "kind": site.kind},
        "staff": {"clearances": list(_CLEARED), "count": 2, "is_lawyer": False},
    }


def _script_ref(script_id: UUID) -> str:
    return f"recovery.scripts.script:{script_id}"


def _overlay_ref(overlay_id: UUID) -> str:
    return f"trust.compliance.overlay:{overlay_id}"


def _tell_scripts(actor: Actor, refs: Collection[str]) -> Mapping[str, Told]:
    titles = script_titles([UUID(_id_of(ref)) for ref in refs])
    return {_script_ref(one): Told(title, "script", (one,)) for one, title in titles.items()}


def _tell_overlays(actor: Actor, refs: Collection[str]) -> Mapping[str, Told]:
    views = {_overlay_ref(view.overlay.pk): view for view in every_overlay(actor.own_site)}
    return {ref: Told(views[ref].pack.id, "gate-changes") for ref in refs if ref in views}


def _tell_approvals(_actor: Actor, refs: Collection[str]) -> Mapping[str, Told]:
    return {ref: Told("", "approval", (_id_of(ref),)) for ref in refs}


def _id_of(ref: str) -> str:
    return ref.rpartition(":")[2]


def register_standing() -> None:
    """Register what this room and the rooms below hold."""
    for source in (
        ReviewSource(POINTS, ("案件的联系方式", "Contact points of cases"), _points),
        ReviewSource(APPROVALS, ("审批申请", "Requests for approval"), _approvals, _tell_approvals),
        ReviewSource(PERMITS, ("未使用的触达许可", "Open permits"), _permits),
        ReviewSource(SCRIPTS, ("已备案话术", "Filed scripts"), _scripts, _tell_scripts),
        ReviewSource(OVERLAYS, ("本站规则", "Rules of this site"), _overlays, _tell_overlays),
        ReviewSource(SITE, ("本站的一般触达", "The site's ordinary contacts"), _site),
    ):
        register_source(source)


register_standing()
