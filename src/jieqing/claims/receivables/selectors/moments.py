"""Moments of the ledger: which revision stood at an instant, what days the ledger covers, which day to look at."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Max

from jieqing.claims.receivables.engine.accounts import PostingKind
from jieqing.claims.receivables.models import LedgerRevision, Posting, ReportingDay
from jieqing.claims.receivables.selectors.remembered import LARGE_LEDGER_ITEMS, is_kept, kept_for_revision
from jieqing.claims.receivables.selectors.statements import current_site, fetch
from jieqing.plumbing.db.scopes import read_once

REPLAY_DAY = "claims.receivables.replay_day"


@dataclass(frozen=True, slots=True)
class LedgerFacts:
    """What a page must know before it can show anything."""

    revision: int
    items: int
    first_on: date | None
    last_on: date | None
    currencies: tuple[str, ...]
    last_entry_id: UUID | None

    @property
    def is_empty(self) -> bool:
        return self.items == 0


@dataclass(frozen=True, slots=True)
class AsOfProposal:
    """The day on which most was open in the ledger's largest currency: where an old ledger is worth looking at."""

    as_of: date
    currency: str
    open_minor: int


def revision_at(moment: datetime) -> int:
    """The number of the last revision recorded at or before an instant; 0 before the first."""
    found = LedgerRevision.objects.filter(at__lte=moment).aggregate(last=Max("number"))["last"]
    return found or 0


def last_revision() -> int:
    """The number of the newest revision; 0 for a ledger nobody has written to.

    Revisions are numbered under a lock that is held until commit, so they appear in order: whoever asks for this before
    reading the ledger has read at least everything up to it.
    """
    return LedgerRevision.objects.aggregate(last=Max("number"))["last"] or 0


def kinds_of_revisions(after: int, until: int) -> set[str]:
    """What sorts of writes (codes of ``RevisionKind``) the revisions ``after`` < number <= ``until`` were."""
    found = LedgerRevision.objects.filter(number__gt=after, number__lte=until)
    return set(found.values_list("kind", flat=True).distinct())


def revisions(*, limit: int = 200) -> list[LedgerRevision]:
    """The ledger's writes, newest first, each with its batch: the moments that a report can be taken back to."""
    return list(LedgerRevision.objects.select_related("batch").order_by("-number")[: max(1, min(limit, 500))])


def revision_moment(number: int) -> datetime | None:
    """When a revision was recorded; None when there is none of this number."""
    return LedgerRevision.objects.filter(number=number).values_list("at", flat=True).first()


def entry_of_revision(number: int) -> UUID:
    """The evidence entry of a revision that a row names; every revision has one."""
    return LedgerRevision.objects.values_list("entry_id", flat=True).get(number=number)


def ledger_facts() -> LedgerFacts:
    """The newest revision, how many items stand, the days they cover and their currencies.

    Counting a large ledger takes longer than showing a page of it, so its counts are kept for their revision.
    """
    last = LedgerRevision.objects.order_by("-number").first()
    entry_id = last.entry_id if last else None
    rows = (
        kept_for_revision(entry_id, "facts", None, _counts) if is_kept(entry_id, "facts", None) else _counts()
    )
    if sum(row[1] for row in rows) > LARGE_LEDGER_ITEMS:
        rows = kept_for_revision(entry_id, "facts", None, lambda: rows)
    return LedgerFacts(
        revision=last.number if last else 0,
        items=sum(row[1] for row in rows),
        first_on=min((row[2] for row in rows), default=None),
        last_on=max((row[3] for row in rows), default=None),
        currencies=tuple(row[0] for row in rows),
        last_entry_id=entry_id,
    )


def _counts() -> list[tuple[Any, ...]]:
    return fetch(
        """
        SELECT currency, count(*), min(invoice_on), max(invoice_on) FROM receivables_item
        WHERE site_id = %(site)s AND withdrawn_rev IS NULL GROUP BY currency ORDER BY count(*) DESC, currency
        """,
        {"site": current_site()},
    )


def propose_as_of() -> AsOfProposal | None:
    """The day with the largest open balance (the earliest of equals) in the currency that moves most.

    None for a ledger without postings. For a ledger whose debts are all settled, today's report is empty: this day
    is what a demonstration shows instead, and must label as a replay.
    """
    rows = fetch(
        """
        SELECT currency, effective_on, sum(amount_minor)::bigint FROM receivables_posting
        WHERE site_id = %(site)s AND voided_rev IS NULL GROUP BY 1, 2 ORDER BY 1, 2
        """,
        {"site": current_site()},
    )
    best: tuple[int, AsOfProposal] | None = None
    for currency, days in groupby(rows, key=lambda row: str(row[0])):
        open_minor, turnover = 0, 0
        peak: AsOfProposal | None = None
        for _currency, on, change in days:
            open_minor += change
            turnover += abs(change)
            if peak is None or open_minor > peak.open_minor:
                peak = AsOfProposal(on, currency, open_minor)
        # Minor units of two currencies cannot be compared as values; the busiest currency is the ledger's own.
        if peak and (best is None or turnover > best[0]):
            best = (turnover, peak)
    return best[1] if best else None


def replay_day() -> date | None:
    """The day this site replays, or None when it reports on today; pages label a replay. Read once in a scope."""
    live = ReportingDay.objects.filter(ended_at=None).values_list("as_of", flat=True)
    return read_once(REPLAY_DAY, live.first)


def replay_with_later_money() -> date | None:
    """The replayed day when the ledger already holds payments after it: what was paid later is open on no list of today's.

    Asked only while a past ledger is replayed; the first such posting answers.
    """
    day = replay_day()
    if day is None:
        return None
    later = Posting.objects.filter(effective_on__gt=day, voided_rev=None, kind=PostingKind.PAYMENT)
    return day if later.exists() else None
