"""The worklist: one page of cases, filtered and sorted, read along an index, whatever their number.

A page costs one statement: keyset pages in a total order, names and amounts denormalised in the row. A person who sees only
their own and the free cases reads two index walks and merges them. Totals are counted apart (``cases_count``), so that no
page waits for them.

``CaseFilter`` is also what a bulk change means by "all that match": it travels as words (``as_words``) and is read again
under the actor's own rights.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from jieqing.claims.parties.engine.names import name_key
from jieqing.claims.receivables.selectors.keyset import Cursor, cursor_text, read_cursor
from jieqing.kernel.actor import Actor
from jieqing.recovery.cases.engine.clocks import ALARM_BEFORE
from jieqing.recovery.cases.engine.codes import CaseState
from jieqing.recovery.cases.models import Case
from jieqing.recovery.cases.selectors.days import moment_of, working_day
from jieqing.recovery.cases.sight import is_limited, visible

PAGE_ROWS = 50
# Key of the list: the column, its type, and whether people want the largest first.
SORTS: dict[str, tuple[str, type, bool]] = {
    "priority": ("priority", int, True),
    "overdue": ("overdue_minor", int, True),
    "open": ("open_minor", int, True),
    "age": ("oldest_due_on", date, False),
    "next": ("next_action_on", date, False),
    "debtor": ("sort_key", str, False),
    "number": ("number", int, True),
}
# Sorts by a column that may be empty leave the empty ones out.
_NULLABLE = {"oldest_due_on", "next_action_on"}
# Sorts with an index for each owner. One owner, or none, stands on every row of a half: to name the owner in the order changes
# no row's place, and lets the free half walk that index too ("is null" alone does not make the column constant to the planner).
OWNERS_INDEX = {"priority", "overdue", "age", "next"}
MINE, FREE = "me", "none"
QUEUE, WAITING, ALL_OPEN, CLOSED = "queue", "waiting", "open", "closed"


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What narrows the list; an empty field narrows nothing.

    ``state``: ``queue`` (to be worked now), ``waiting`` (held or snoozed), ``open``, ``closed``, ``all``. ``owner``: an id,
    ``me`` or ``none``. ``clock``: ``near`` or ``late``. ``promise``: ``any``, ``due`` (today) or ``late``.
    """

    state: str = ALL_OPEN
    stage: str = ""
    owner: str = ""
    hold: str = ""
    clock: str = ""
    promise: str = ""
    closing: str = ""
    currency: str = ""
    track: str = ""
    next_until: str = ""
    due: str = ""
    min_overdue: str = ""
    search: str = ""

    def as_words(self) -> dict[str, str]:
        return {one.name: getattr(self, one.name) for one in fields(self) if getattr(self, one.name)}

    @classmethod
    def of_words(cls, words: Mapping[str, Any]) -> "CaseFilter":
        """From an address or a stored change; unknown words are left out."""
        known = {one.name for one in fields(cls)}
        found = {name: str(value)[:200] for name, value in words.items() if name in known and value}
        return cls(**found)

    def on_number(self, number: int) -> "CaseFilter":
        return replace(self, search=str(number))


@dataclass(frozen=True, slots=True)
class CasesPage:
    rows: tuple[Case, ...]
    next_cursor: str | None


def cases_page(
    actor: Actor,
    wanted: CaseFilter,
    *,
    sort: str = "priority",
    is_reversed: bool = False,
    after: str | None = None,
    limit: int = PAGE_ROWS,
    today: date | None = None,
) -> CasesPage:
    """One page; ``is_reversed`` turns the order round that people expect of the sort. ``today``: the day, if read already."""
    sort = sort if sort in SORTS else "priority"
    column, kind, is_down = SORTS[sort]
    goes_down = is_down != is_reversed
    cursor_sort = f"{sort}-" if is_reversed else sort
    rows = filtered(actor, wanted, is_seen=True, today=today)
    if column in _NULLABLE:
        rows = rows.filter(**{f"{column}__isnull": False})
    cursor = read_cursor(after, cursor_sort, kind)
    if cursor:
        rows = rows.filter(_beyond(column, cursor, goes_down=goes_down))
    mark = "-" if goes_down else ""
    order = (f"{mark}{column}", f"{mark}id")
    of_one = (f"{mark}owner_id", *order) if sort in OWNERS_INDEX else order
    if is_limited(actor) and not wanted.owner:
        mine, free = rows.filter(owner_id=actor.id), rows.filter(owner_id=None)
        parts = [part.order_by(*of_one)[: limit + 1] for part in (mine, free)]
        found = list(parts[0].union(parts[1], all=True).order_by(*order)[: limit + 1])
    else:
        found = list(visible(actor, rows).order_by(*(of_one if wanted.owner else order))[: limit + 1])
    shown = tuple(found[:limit])
    last = shown[-1] if len(found) > limit else None
    return CasesPage(
        shown, cursor_text(Cursor(cursor_sort, getattr(last, column), last.id)) if last else None
    )


def filtered(
    actor: Actor, wanted: CaseFilter, *, is_seen: bool = False, today: date | None = None
) -> QuerySet[Case]:
    """The cases that match and that the actor may see; ``is_seen`` leaves the second to the caller."""
    today = today or working_day()
    rows = Case.objects.filter(site_id=actor.own_site) if is_seen else visible(actor, Case.objects.all())
    rows = _of_state(rows, wanted, today)
    if wanted.owner:
        rows = rows.filter(owner_id=_owner(actor, wanted.owner))
    for name in ("stage", "closing", "currency", "track"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{name: value})
    if wanted.hold:
        rows = (
            rows.exclude(hold_kinds=[])
            if wanted.hold == "any"
            else rows.filter(hold_kinds__contains=[wanted.hold])
        )
    rows = _of_days(rows, wanted, today)
    if wanted.min_overdue.isdecimal():
        rows = rows.filter(overdue_minor__gte=int(wanted.min_overdue[:18]))
    return _searched(rows, wanted.search.strip())


def cases_count(actor: Actor, wanted: CaseFilter) -> int:
    return filtered(actor, wanted).count()


def _of_state(rows: QuerySet[Case], wanted: CaseFilter, today: date) -> QuerySet[Case]:
    snoozed = Q(snoozed_until__gt=today)
    match wanted.state:
        case "closed":
            return rows.filter(state=CaseState.CLOSED.value)
        case "all":
            return rows
        case "queue":
            return rows.filter(state=CaseState.OPEN.value, hold_kinds=[]).exclude(snoozed)
        case "waiting":
            return rows.filter(~Q(hold_kinds=[]) | snoozed, state=CaseState.OPEN.value)
    return rows.filter(state=CaseState.OPEN.value)


def _of_days(rows: QuerySet[Case], wanted: CaseFilter, today: date) -> QuerySet[Case]:
    now = moment_of(today)
    if wanted.clock == "late":
        rows = rows.filter(clock_due_at__lt=now)
    elif wanted.clock == "near":
        rows = rows.filter(clock_due_at__gte=now, clock_due_at__lte=now + ALARM_BEFORE)
    if wanted.promise:
        rows = rows.filter(promise_on__isnull=False)
        if wanted.promise == "due":
            rows = rows.filter(promise_on=today)
        elif wanted.promise == "late":
            rows = rows.filter(promise_on__lt=today)
    if wanted.due == "today":
        rows = rows.filter(next_action_on__lte=today)
    elif wanted.due == "week":
        rows = rows.filter(next_action_on__lte=today + timedelta(days=7))
    try:
        until = date.fromisoformat(wanted.next_until) if wanted.next_until else None
    except ValueError:
        until = None
    return rows.filter(next_action_on__lte=until) if until else rows


def _searched(rows: QuerySet[Case], search: str) -> QuerySet[Case]:
    """By the case's number, a part of the debtor's name, its pinyin or the initials of it."""
    if not search:
        return rows
    if search.isascii() and search.isdecimal() and len(search) < 10:
        return rows.filter(Q(number=int(search)) | Q(debtor_name__contains=search))
    words = search.lower()
    found = Q(debtor_name__icontains=search) | Q(sort_key__startswith=words)
    key = name_key(search)
    if key:
        found |= Q(debtor__name_key__contains=key)
    return rows.filter(found)


def _owner(actor: Actor, owner: str) -> UUID | None:
    if owner in (MINE, FREE):
        return actor.id if owner == MINE else None
    try:
        return UUID(owner)
    except ValueError:
        return UUID(int=0)


def _beyond(column: str, cursor: Cursor, *, goes_down: bool) -> Q:
    """Rows after the cursor; the first condition alone lets the index be entered at the place."""
    way = "lt" if goes_down else "gt"
    beyond = Q(**{f"{column}__{way}": cursor.key}) | Q(**{column: cursor.key, f"id__{way}": cursor.id})
    return Q(**{f"{column}__{way}e": cursor.key}) & beyond
