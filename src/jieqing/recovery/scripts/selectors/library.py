"""The library by what scripts are for, and the reviewer's queue: a page at a time, counts in one statement each."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jieqing.recovery.scripts.engine.filings import State
from jieqing.recovery.scripts.models import Script, ScriptComplaint, ScriptFiling, ScriptUse

PAGE_ROWS = 50


@dataclass(frozen=True, slots=True)
class ScriptFilter:
    """Which scripts; an empty field asks nothing."""

    state: str = ""
    stage: str = ""
    purpose: str = ""
    channel: str = ""
    addressee: str = ""
    emotion: str = ""
    lang: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class LibraryPage:
    rows: tuple[Script, ...]
    total: int
    next_cursor: str | None


def scripts_page(
    wanted: ScriptFilter, *, after: str | None = None, is_reversed: bool = False, limit: int = PAGE_ROWS
) -> LibraryPage:
    """By code; each row knows how often it was used and complained of."""
    rows = _filtered(wanted)
    total = rows.count()
    if after:
        rows = rows.filter(code__lt=after) if is_reversed else rows.filter(code__gt=after)
    counted = rows.annotate(used=_count(ScriptUse), complained=_count(ScriptComplaint))
    found = list(
        counted.select_related("filed_version").order_by("-code" if is_reversed else "code")[: limit + 1]
    )
    cursor = found[limit - 1].code if len(found) > limit else None
    return LibraryPage(tuple(found[:limit]), total, cursor)


def counts_by_state() -> dict[str, int]:
    """How many scripts are in each state, and how many are in use."""
    rows = Script.objects.values("state").annotate(count=Count("id"))
    in_use = Script.objects.filter(filed_version__isnull=False).count()
    return {row["state"]: row["count"] for row in rows} | {"in_use": in_use}


def queue_page(*, limit: int = 200) -> list[ScriptFiling]:
    """What waits for a reviewer, longest first: the newest step of a script's newest version is its submission."""
    waiting = ScriptFiling.objects.filter(
        state=State.SUBMITTED.value, version__script__state=State.SUBMITTED.value
    )
    newest = waiting.order_by("version__script_id", "-version__number").distinct("version__script_id")
    rows = ScriptFiling.objects.filter(id__in=newest.values("id"))
    return list(
        rows.select_related("version", "version__script", "version__script__filed_version").order_by(
            "at", "id"
        )[:limit]
    )


def _count(model: Any) -> Coalesce:
    of_script = model.objects.filter(script=OuterRef("pk")).order_by().values("script")
    counted = of_script.annotate(count=Count("id")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _filtered(wanted: ScriptFilter) -> QuerySet[Script]:
    rows = Script.objects.all()
    if wanted.state == "in_use":
        rows = rows.filter(filed_version__isnull=False)
    elif wanted.state:
        rows = rows.filter(state=wanted.state)
    for field in ("stage", "purpose", "addressee", "emotion", "lang"):
        if value := getattr(wanted, field):
            rows = rows.filter(**{field: value})
    if wanted.channel:
        rows = rows.filter(channels__contains=[wanted.channel])
    if wanted.search:
        rows = rows.filter(Q(code__icontains=wanted.search) | Q(title__icontains=wanted.search))
    return rows
