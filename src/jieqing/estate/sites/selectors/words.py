"""Public words of all sites in which something forbidden stands: the platform operator's, nobody else's."""

from jieqing.estate.sites.engine.announcing import READERS_ROLE
from jieqing.estate.sites.models import StandingWords
from jieqing.kernel.actor import Actor

SHOWN_MAX = 300


def standing_words(operator: Actor, *, is_open: bool = True) -> list[StandingWords]:
    """What stands (or stood and was changed), newest first; nothing for anybody but the operator."""
    if READERS_ROLE not in operator.roles:
        return []
    rows = StandingWords.objects.filter(ended_at__isnull=is_open).order_by("-found_at", "-id")[:SHOWN_MAX]
    return sorted(rows, key=lambda row: all(one["verdict"] != "block" for one in row.findings))


def count_standing_words(operator: Actor) -> dict[str, int]:
    if READERS_ROLE not in operator.roles:
        return {"open": 0, "ended": 0}
    every, is_open = StandingWords.objects.count(), StandingWords.objects.filter(ended_at=None).count()
    return {"open": is_open, "ended": every - is_open}
