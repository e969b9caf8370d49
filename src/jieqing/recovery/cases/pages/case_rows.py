"""The parts of a case as its page shows them: plain rows in words, each with the entry that proves it."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jieqing.claims.deadlines.selectors import limitations_now
from jieqing.claims.papers.selectors import papers_by_ids
from jieqing.claims.receivables import selectors as ledger
from jieqing.claims.receivables.selectors.statement_register import register_page
from jieqing.kernel.actor import Actor
from jieqing.plumbing.templatetags.kit import date_cell, percent
from jieqing.recovery.cases.engine import codes, complaints
from jieqing.recovery.cases.engine import words as code_words
from jieqing.recovery.cases.engine.clocks import MILESTONE_NAMES, ClockState, clock_state
from jieqing.recovery.cases.models import Case, CaseClock, CaseItem, DisputePaper
from jieqing.recovery.cases.pages.words import word
from jieqing.recovery.cases.selectors.days import working_moment
from jieqing.recovery.cases.sight import visible
from jieqing.recovery.intake.selectors import newest_checks, standing_of
from jieqing.recovery.placements.selectors import placement_facts

ITEMS_MAX, ROWS_MAX = 200, 50
LIMITATION_NEAR_DAYS = 180
PROMISE_TONES = {"open": "info", "kept": "good", "broken": "bad", "cancelled": ""}
CLOCK_TONES = {
    ClockState.RUNNING: "",
    ClockState.NEAR: "warn",
    ClockState.LATE: "bad",
    ClockState.MET: "good",
    ClockState.MET_LATE: "warn",
    ClockState.STOPPED: "",
}


def item_rows(case: Case, as_of: date) -> list[Any]:
    """The documents of the case with what each has open now; one statement."""
    ids = CaseItem.objects.filter(case=case)
    if case.state == codes.CaseState.OPEN:
        ids = ids.filter(until_at=None)
    wanted = ledger.ItemFilter(
        debtor_id=case.debtor_id,  # lets the ledger read one debtor's postings only
        ids=tuple(ids.values_list("item_id", flat=True)[:ITEMS_MAX]),
        state=ledger.ItemState.ALL,
    )
    return list(ledger.items_page(wanted, as_of=as_of, sort="due", limit=ITEMS_MAX).rows)


def hold_rows(case: Case, today: date) -> list[dict[str, Any]]:
    """Holds in force first, then the others, newest first."""
    rows = [
        {
            "id": row.id,
            "kind": word(code_words.HOLD_NAMES, row.kind),
            "from_on": row.from_on,
            "to_on": row.to_on,
            "reason": row.reason,
            "items": row.item_ids,
            "is_live": row.released_at is None and (row.to_on is None or row.to_on >= today),
            "by_hand": row.dispute_id is None and row.complaint_id is None,
            "entry": row.entry_id,
        }
        for row in case.holds.order_by("-placed_at")[:ROWS_MAX]
    ]
    return sorted(rows, key=lambda row: not row["is_live"])


def promise_rows(case: Case) -> list[dict[str, Any]]:
    return [
        {
            "id": row.id,
            "minor": row.amount_minor,
            "paid_minor": row.paid_minor,
            "due_on": row.due_on,
            "times": len(row.instalments),
            "state": word(code_words.PROMISE_NAMES, row.state),
            "tone": PROMISE_TONES.get(row.state, ""),
            "source": word(code_words.PROMISE_SOURCE_NAMES, row.source),
            "note": row.note,
            "is_open": row.state == codes.PromiseState.OPEN,
            "entry": row.entry_id,
        }
        for row in case.promises.order_by("-recorded_at")[:ROWS_MAX]
    ]


def frozen_items(holds: Iterable[dict[str, Any]], today: date) -> set[UUID]:
    """The documents that a hold of their own freezes today; the rest of the case goes on."""
    return {
        item_id for hold in holds if hold["is_live"] and hold["from_on"] <= today for item_id in hold["items"]
    }


def dispute_rows(case: Case, today: date, items: Iterable[Any]) -> list[dict[str, Any]]:
    """Disputes, the newest first, each with the documents it freezes and the papers handed in for it."""
    numbers = {row.id: row.document_number for row in items}
    disputes = list(case.disputes.order_by("-opened_at")[:ROWS_MAX])
    named = DisputePaper.objects.filter(dispute__in=disputes).values_list("dispute_id", "paper_id")
    links = list(named) if disputes else []
    papers = {row.id: row for row in papers_by_ids({paper_id for _dispute, paper_id in links})}
    return [
        {
            "id": row.id,
            "code": word(code_words.DISPUTE_NAMES, row.code),
            "freeze": word(code_words.FREEZE_NAMES, row.freeze),
            "due_on": row.due_on,
            "text": row.text,
            "documents": [numbers.get(item_id, "–") for item_id in row.item_ids],
            "papers": [papers[paper_id] for dispute_id, paper_id in links if dispute_id == row.id and paper_id in papers],
            "answer": row.answer,
            "is_open": row.closed_at is None,
            "state": word(code_words.OUTCOME_NAMES, row.outcome) if row.closed_at else _late_or(_("待答复"), row.due_on, today),
            "tone": "" if row.closed_at else "bad" if row.due_on < today else "warn",
            "entry": row.end_entry_id or row.entry_id,
        }
        for row in disputes
    ]  # fmt: skip


def complaint_row(row: Any, today: date) -> dict[str, Any]:
    rule = complaints.RULES.get(complaints.ComplaintKind(row.kind))
    return {
        "id": row.id,
        "number": row.number,
        "case_id": row.case_id,
        "kind": word(complaints.COMPLAINT_NAMES, row.kind),
        "article": rule.article if rule else "",
        "filed_on": row.filed_on,
        "due_on": row.due_on,
        "text": row.text,
        "is_open": row.answered_at is None,
        "state": word(complaints.COMPLAINT_OUTCOME_NAMES, row.outcome)
        if row.answered_at
        else _late_or(_("待答复"), row.due_on, today),
        "tone": "" if row.answered_at else "bad" if row.due_on < today else "warn",
        "entry": row.end_entry_id or row.entry_id,
    }


def complaint_rows(case: Case, today: date) -> list[dict[str, Any]]:
    return [complaint_row(row, today) for row in case.complaints.order_by("-filed_at")[:ROWS_MAX]]


def _late_or(words: str, due_on: date, today: date) -> str:
    if due_on >= today:
        days = (due_on - today).days
        return f"{words} · " + ngettext("剩 %(days)d 天", "剩 %(days)d 天", days) % {"days": days}
    return _("答复已超期")


def clock_rows(case: Case, now: datetime) -> list[dict[str, Any]]:
    rows = []
    for row in case.clocks.order_by("due_at"):
        state = clock_state(row.due_at, now, row.met_at, row.stopped_at)
        rows.append(
            {
                "name": word(MILESTONE_NAMES, row.milestone),
                "due_at": row.due_at,
                "state": clock_state_words(state, row.due_at, now),
                "tone": CLOCK_TONES[state],
            }
        )
    return rows


def late_clocks(actor: Actor, limit: int) -> list[CaseClock]:
    """Clocks that ran out and were not met, of open cases that this person sees; the oldest first."""
    rows = CaseClock.objects.filter(met_at=None, stopped_at=None, due_at__lt=working_moment())
    seen = visible(actor, Case.objects.filter(state=codes.CaseState.OPEN))
    return list(rows.filter(case__in=seen).select_related("case").order_by("due_at", "id")[:limit])


def clock_state_words(state: ClockState, due_at: datetime, now: datetime) -> str:
    if state in (ClockState.RUNNING, ClockState.NEAR):
        hours = int((due_at - now) / timedelta(hours=1))
        return ngettext("剩 %(hours)d 小时", "剩 %(hours)d 小时", hours) % {"hours": hours}
    return {
        ClockState.LATE: _("时限已过"),
        ClockState.MET: _("按时完成"),
        ClockState.MET_LATE: _("超时完成"),
        ClockState.STOPPED: _("已停止"),
    }[state]


def limitation_of(items: Iterable[Any], today: date) -> dict[str, Any] | None:
    """The limitation that ends first among the open documents, by due days, payments and the acts recorded with their proof."""
    dues = {row.id: row.due_on for row in items if row.open_minor > 0}
    ends = [found.deadline.last_day for found in limitations_now(dues).values() if found.deadline]
    if not ends:
        return None
    on = min(ends)
    left = (on - today).days
    if left < 0:
        return {"on": on, "tone": "bad", "words": _("按已登记的事实计已过；须核对中断事由")}
    days = ngettext("还剩 %(days)d 天", "还剩 %(days)d 天", left) % {"days": left}
    return {
        "on": on,
        "tone": "bad" if left < LIMITATION_NEAR_DAYS else "",
        "words": _("%(days)s；最先届满的单据，已计付款和登记的时效事项") % {"days": days},
    }


LEGALITY = {
    "refused": (gettext_lazy("不能办理"), "bad"),
    "waits": (gettext_lazy("须律师决定"), "warn"),
    "opens": (gettext_lazy("可以办理"), "good"),
}


def legality_of(items: Iterable[Any], site_slug: str) -> dict[str, Any] | None:
    """The worst check among the documents of the case, and its page; None where nothing was checked."""
    order = list(LEGALITY)
    checks = newest_checks([row.id for row in items])
    standings = [(order.index(standing_of(row).value), str(row.id)) for row in checks.values()]
    if not standings:
        return None
    worst, check_id = min(standings)
    words, tone = LEGALITY[order[worst]]
    return {"words": words, "tone": tone, "href": reverse("intake-check", args=[site_slug, check_id])}


def effort_words(case: Case) -> str:
    minutes = case.efforts.aggregate(total=Sum("minutes"))["total"] or 0
    hours, rest = divmod(minutes, 60)
    return _("%(hours)d 小时 %(minutes)d 分") % {"hours": hours, "minutes": rest}


def outlay_sums(case: Case) -> list[tuple[int, str]]:
    rows = case.outlays.values("currency").annotate(total=Sum("amount_minor")).order_by("currency")
    return [(row["total"], row["currency"]) for row in rows]


def document_rows(case: Case, statement: Callable[[UUID], str]) -> list[dict[str, Any]]:
    """Statements of account that were made out for the debtor; other rooms' papers come with their rooms."""
    rows, _older = register_page(debtor_id=case.debtor_id, limit=10)
    return [
        {
            "title": _("对账单 %(number)s") % {"number": row.number},
            "href": statement(row.statement.id),
            "at": row.statement.made_at,
            "entry": row.statement.entry_id,
        }
        for row in rows
    ]


def placement_of(case: Case, site_slug: str) -> dict[str, Any] | None:
    """The order that the case rests on: its number, and what we may agree to."""
    found = placement_facts([case.placement_id]).get(case.placement_id) if case.placement_id else None
    if found is None:
        return None
    yes, no = _("可以"), _("不可以")
    return {
        "number": found.number,
        "href": _page_of(site_slug, found.placement_id),
        "mandate": [
            (_("最多减免"), percent(Decimal(found.max_discount_rate)) if Decimal(found.max_discount_rate) else _("未授权")),
            (_("最长分期"), _months(found.max_instalment_months)),
            (_("诉讼"), yes if found.may_sue else no),
            (_("委案期限"), date_cell(found.ends_on) if found.ends_on else _("长期")),
        ],
    }  # fmt: skip


def _months(months: int) -> str:
    if not months:
        return _("未授权")
    return ngettext("%(months)d 个月", "%(months)d 个月", months) % {"months": months}


def _page_of(site_slug: str, placement_id: UUID) -> str:
    """The order's own page, where its room offers one."""
    try:
        return reverse("placement", args=[site_slug, placement_id])
    except NoReverseMatch:
        return ""


def which_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
