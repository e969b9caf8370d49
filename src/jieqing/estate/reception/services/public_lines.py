"""The verb of the public lines: set one, change it, take it off. What stood there before stays as a row with its end."""

from django.db import transaction

from jieqing.estate.reception.engine.public_lines import Slot, read_line
from jieqing.estate.reception.models import PublicLine
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.trust.evidence import services as evidence


def set_public_line(*, actor: Actor, slot: Slot, text: str) -> bool | Problem:
    """Show this line on the public pages from now on; empty takes it off. False when it says so already."""
    if actor.site_id is None:
        raise ValueError("a public line belongs to a site")
    value = read_line(slot, text)
    if is_problem(value):
        return value
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
    return True
