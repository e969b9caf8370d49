"""Ratings, alarms and runs as rows keep them: what pages show at once, whatever the size of the ledger."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from jieqing.claims.receivables.selectors.keyset import Cursor, cursor_text, read_cursor
from jieqing.claims.valuation.models import Alarm, Rating, RatingKind, RatingPast, RatingState, Run

_SORTS: dict[str, tuple[str, type]] = {
    "score": ("score", int),
    "exposure": ("open_minor", int),
    "name": ("party__sort_key", str),
}


@dataclass(frozen=True, slots=True)
class RatingsPage:
    rows: tuple[Rating, ...]
    total: int
    next_cursor: str | None


def last_run(*, is_full: bool = False) -> Run | None:
    runs = Run.objects.order_by("-number")
    return (runs.filter(is_full=True) if is_full else runs).first()


def ratings_page(
    *, sort: str = "score", is_reversed: bool = False, search: str = "", grade: int | None = None,
    after: str | None = None, limit: int = 50,
) -> RatingsPage:  # fmt: skip
    """Current ratings of debtors, the worst first; ``is_reversed`` turns any order round."""
    sort = sort if sort in _SORTS else "score"
    field, kind = _SORTS[sort]
    down = (sort == "exposure") != is_reversed
    found = _current(RatingKind.DEBTOR)
    if grade:
        found = found.filter(grade=grade)
    if search.strip():
        words = search.strip()
        found = found.filter(
            Q(party__name__icontains=words)
            | Q(party__code__iexact=words)
            | Q(party__sort_key__startswith=words.lower())
        )
    total = found.count()
    cursor_sort = f"{sort}-" if is_reversed else sort
    cursor = read_cursor(after, cursor_sort, kind)
    if cursor:
        way = "lt" if down else "gt"
        found = found.filter(
            Q(**{f"{field}__{way}": cursor.key}) | Q(**{field: cursor.key, f"id__{way}": cursor.id})
        )
    mark = "-" if down else ""
    rows = list(found.select_related("party").order_by(f"{mark}{field}", f"{mark}id")[: limit + 1])
    shown = tuple(rows[:limit])
    more = len(rows) > limit
    key: Any = None
    if more:
        last = shown[-1]
        key = {"score": last.score, "exposure": last.open_minor, "name": last.party.sort_key}[sort]
    return RatingsPage(shown, total, cursor_text(Cursor(cursor_sort, key, shown[-1].id)) if more else None)


def rating_history(party_id: UUID, *, limit: int = 60) -> list[tuple[RatingState, Run]]:
    """A party's ratings, newest first, each with the run that gave it: when, by whom, why."""
    rows: list[RatingState] = [
        *Rating.objects.filter(party_id=party_id).order_by("-run_number"),
        *RatingPast.objects.filter(party_id=party_id).order_by("-run_number")[:limit],
    ]
    rows = sorted(rows, key=lambda row: -row.run_number)[:limit]
    runs = {run.number: run for run in Run.objects.filter(number__in=[row.run_number for row in rows])}
    return [(row, runs[row.run_number]) for row in rows]


def current_ratings(party_ids: list[UUID]) -> Mapping[UUID, Rating]:
    return {row.party_id: row for row in _current(RatingKind.DEBTOR).filter(party_id__in=party_ids)}


def book_ratings() -> list[Rating]:
    return list(_current(RatingKind.BOOK).select_related("party").order_by("-open_minor"))


@dataclass(frozen=True, slots=True)
class Distribution:
    """Debtors by grade now and at the end of the month before; ``None`` where nothing was rated then."""

    now: Mapping[int, int]
    before: Mapping[int, int] | None
    before_on: date | None


def distribution(last: Run | None) -> Distribution:
    """Of the last run, which the caller has."""
    now = dict(
        _current(RatingKind.DEBTOR).values_list("grade").annotate(debtors=Count("id")).order_by("grade")
    )
    if last is None:
        return Distribution(now, None, None)
    before = Run.objects.filter(as_of__lt=last.as_of.replace(day=1)).order_by("-number").first()
    if before is None:
        return Distribution(now, None, None)
    stand = _current(RatingKind.DEBTOR).filter(run_number__lte=before.number)
    stood = RatingPast.objects.filter(
        kind=RatingKind.DEBTOR, run_number__lte=before.number, ended_run__gt=before.number
    )
    counted: Counter[int] = Counter()
    for rows in (stand, stood):
        counted.update(dict(rows.values_list("grade").annotate(debtors=Count("id")).order_by("grade")))
    return Distribution(now, counted, before.as_of)


def alarms(*, currency: str | None = None, limit: int = 200) -> list[Alarm]:
    """Current alarms, the most likely first."""
    found = Alarm.objects.filter(ended_run=None).select_related("item", "debtor")
    if currency:
        found = found.filter(currency=currency)
    return list(found.order_by("-probability_millionths", "id")[:limit])


def alarm_count() -> int:
    return Alarm.objects.filter(ended_run=None).count()


def _current(kind: RatingKind) -> QuerySet[Rating]:
    found: QuerySet[Rating] = Rating.objects.filter(kind=kind)
    return found
