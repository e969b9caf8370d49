"""The verb of the public lines: set one, change it, take it off. What stood there before stays as a row with its end."""

from uuid import UUID

from django.db import transaction

from jieqing.estate.reception.engine.public_lines import SLOTS, Slot, read_line
from jieqing.estate.reception.models import PublicLine
from jieqing.estate.sites import services as sites
from jieqing.estate.sites.selectors import site_by_id
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, system_actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence

_READ = {slot for slot, kind in SLOTS.items() if kind.is_about_us} | {Slot.HOURS, Slot.PRIVACY_CONTACT}


def set_public_line(*, actor: Actor, slot: Slot, text: str) -> bool | Problem:
    """Show this line on the public pages from now on; empty takes it off. False when it says so already."""
    if actor.site_id is None:
        raise ValueError("a public line belongs to a site")
    value = read_line(slot, text)
    if is_problem(value):
        return value
    site = site_by_id(actor.site_id)
    if problem := sites.check_words(
        kind=site.kind, name=site.name, surface=slot.value, text=_words(slot, value)
    ):
        return problem
    now = clock.now()
    with transaction.atomic():
        live = PublicLine.objects.select_for_update().filter(slot=slot.value, ended_at=None).first()
        if (live.value if live else "") == value:
            return False
        entry_id = evidence.record(
            actor=actor,
            action="estate.reception.public_line_set",
            subject=f"estate.reception.public_line:{slot.value}",
            facts={"slot": slot.value, "value": value, "before": live.value if live else ""},
        )
        if live:
            live.ended_at, live.ended_by = now, actor.id
            live.save(update_fields=["ended_at", "ended_by"])
        if value:
            PublicLine(
                site_id=actor.site_id,
                slot=slot.value,
                value=value,
                set_by=actor.id,
                created_at=now,
                entry_id=entry_id,
            ).save(force_insert=True)
        sites.note_words(actor=actor, site=site, surface=slot.value, text=_words(slot, value))
    return True


def read_standing_lines(*, site_id: UUID) -> int:
    """Read every line of a site as it stands, for the platform's operator; returns how many have findings."""
    actor = system_actor(site_id, "scope-guard")
    with site_scope(site_id):
        site = site_by_id(site_id)
        lines = dict(PublicLine.objects.filter(ended_at=None).values_list("slot", "value"))
        found = [
            sites.note_words(
                actor=actor, site=site, surface=slot.value, text=_words(slot, lines.get(slot.value, ""))
            )
            for slot in Slot
            if slot in _READ
        ]
    return sum(one is not None for one in found)


def _words(slot: Slot, value: str) -> str:
    """What the scope guard reads: numbers have a form of their own and are no words."""
    return value if slot in _READ else ""
