"""The list of lines: filtered, in pages, each with what it was decided to be; and the totals above it."""

import base64
import json
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from jieqing.claims.receipts.models import BankLine, BankStatement, Match, MatchPart, StatementState

PAGE_ROWS = 50
BULK_LINES_MAX = 2_000
OPEN, DONE, ALL = "open", "done", "all"


@dataclass(frozen=True, slots=True)
class LineFilter:
    """``state`` open, done or all; empty fields narrow nothing."""

    state: str = OPEN
    kind: str = ""
    account_id: UUID | None = None
    statement_id: UUID | None = None
    search: str = ""


@dataclass(frozen=True, slots=True)
class LineRow:
    line: BankLine
    match: Match | None
    parts: tuple[MatchPart, ...] = ()


@dataclass(frozen=True, slots=True)
class LinesPage:
    rows: tuple[LineRow, ...]
    next_cursor: str | None
    total: int


@dataclass(frozen=True, slots=True)
class Totals:
    """One currency: what the newest statements said, and how much of the lines is decided."""

    currency: str
    opening_minor: int | None
    in_minor: int
    out_minor: int
    closing_minor: int | None
    lines: int
    matched: int
    unmatched: int
    unmatched_in_minor: int


def lines_page(
    wanted: LineFilter, *, after: str | None = None, limit: int = PAGE_ROWS, is_reversed: bool = True
) -> LinesPage:
    """Lines by booking day (newest first unless asked otherwise)."""
    rows = _filtered(wanted)
    total = rows.count()
    order = ("-booked_on", "-id") if is_reversed else ("booked_on", "id")
    place = _place(after)
    if place:
        day, line_id = place
        beyond = "lt" if is_reversed else "gt"
        rows = rows.filter(
            Q(**{f"booked_on__{beyond}": day}) | Q(booked_on=day, **{f"id__{beyond}": line_id})
        )
    found = list(rows.select_related("account", "statement").order_by(*order)[: limit + 1])
    has_more, found = len(found) > limit, found[:limit]
    cursor = _cursor(found[-1]) if has_more else None
    return LinesPage(with_matches(found), cursor, total)


def with_matches(lines: list[BankLine]) -> tuple[LineRow, ...]:
    """Each line with its live match and its parts: two statements for all."""
    ids = [line.id for line in lines]
    matches = {
        match.line_id: match
        for match in Match.objects.filter(line_id__in=ids, ended_at=None).select_related("debtor")
    }
    parts: dict[UUID, list[MatchPart]] = {}
    for part in MatchPart.objects.filter(match_id__in=[one.id for one in matches.values()]).select_related(
        "item"
    ):
        parts.setdefault(part.match_id, []).append(part)
    return tuple(
        LineRow(line, match, tuple(parts.get(match.id, ())) if match else ())
        for line in lines
        for match in [matches.get(line.id)]
    )


def undecided_lines(wanted: LineFilter | None = None) -> list[BankLine]:
    """Lines that wait, oldest first, as many as one bulk step takes."""
    rows = _filtered(replace(wanted or LineFilter(), state=OPEN)).filter(amount_minor__gt=0)
    return list(rows.select_related("account", "statement").order_by("booked_on", "id")[:BULK_LINES_MAX])


def next_lines(line: BankLine) -> tuple[UUID | None, UUID | None]:
    """The open line before and after this one in the list (newest first), for going through them without the list."""
    rows = _filtered(LineFilter())
    newer = Q(booked_on__gt=line.booked_on) | Q(booked_on=line.booked_on, id__gt=line.id)
    older = Q(booked_on__lt=line.booked_on) | Q(booked_on=line.booked_on, id__lt=line.id)
    before = rows.filter(newer).order_by("booked_on", "id").values_list("id", flat=True).first()
    after = rows.filter(older).order_by("-booked_on", "-id").values_list("id", flat=True).first()
    return before, after


def totals(wanted: LineFilter) -> list[Totals]:
    """Per currency over the filter without its state: opening and closing only where one statement or account is asked."""
    rows = _filtered(replace(wanted, state=ALL, kind="", search=""))
    live = Match.objects.filter(line=OuterRef("pk"), ended_at=None)
    summed = (
        rows.annotate(is_done=Exists(live))
        .values("currency")
        .annotate(
            into=Sum("amount_minor", filter=Q(amount_minor__gt=0)),
            out=Sum("amount_minor", filter=Q(amount_minor__lt=0)),
            lines=Count("id"),
            done=Count("id", filter=Q(is_done=True)),
            waiting=Sum("amount_minor", filter=Q(is_done=False, amount_minor__gt=0)),
        )
        .order_by("currency")
    )
    return [
        Totals(
            row["currency"], *_ends(wanted, row["currency"], row["into"] or 0, -(row["out"] or 0)), row["lines"], row["done"],
            row["lines"] - row["done"], row["waiting"] or 0,
        )
        for row in summed
    ]  # fmt: skip


def _ends(wanted: LineFilter, currency: str, into: int, out: int) -> tuple[int | None, int, int, int | None]:
    if wanted.statement_id:
        one = BankStatement.objects.filter(pk=wanted.statement_id).first()
        return (
            (one.opening_minor, one.in_minor or 0, one.out_minor or 0, one.closing_minor)
            if one
            else (None, into, out, None)
        )
    if not wanted.account_id:
        return None, into, out, None
    rows = BankStatement.objects.filter(
        account_id=wanted.account_id,
        state=StatementState.ENTERED,
        currency=currency,
        opening_minor__isnull=False,
    )
    first, last = rows.order_by("from_on", "number").first(), rows.order_by("to_on", "number").last()
    return first.opening_minor if first else None, into, out, last.closing_minor if last else None


def _filtered(wanted: LineFilter) -> QuerySet[BankLine]:
    rows = BankLine.objects.all()
    live = Match.objects.filter(line=OuterRef("pk"), ended_at=None)
    if wanted.state == OPEN:
        rows = rows.filter(~Exists(live))
    elif wanted.state == DONE:
        rows = rows.filter(Exists(live))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.account_id:
        rows = rows.filter(account_id=wanted.account_id)
    if wanted.statement_id:
        rows = rows.filter(statement_id=wanted.statement_id)
    if wanted.search:
        word = wanted.search
        rows = rows.filter(
            Q(counterparty_name__icontains=word) | Q(purpose__icontains=word) | Q(reference__icontains=word)
        )
    return rows


def _cursor(line: BankLine) -> str:
    return base64.urlsafe_b64encode(json.dumps([line.booked_on.isoformat(), str(line.id)]).encode()).decode()


def _place(after: str | None) -> tuple[date, UUID] | None:
    """A cursor that nobody of us wrote starts from the top."""
    if not after:
        return None
    try:
        day, line_id = json.loads(base64.urlsafe_b64decode(after.encode()))
        return date.fromisoformat(day), UUID(line_id)
    except (ValueError, TypeError, AttributeError):
        return None
