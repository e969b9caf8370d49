"""Worked cases of the demonstration: opened on the example ledger by the real services, each step with its evidence.

A few dozen, so that every page has something to show and the start stays quick. Running it again changes nothing: a site
that has cases is left as it is.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.cli.frame import say, unwrap

DEBTORS = 36
SINCE = datetime(2026, 1, 4, 1, tzinfo=UTC)
NOTES = (
    "对账单已核对，对方认可余额。",
    "财务说月底付款，先看到账。",
    "联系人休假，周一再问。",
    "合同和签收单已补齐。",
)

TRADE_DEBTS = {
    "debt_kind": "sale",
    "basis": "signed",
    "basis_forged": "no",
    "origin": "lawful",
    "debtor_checked": "verified",
    "court_state": "none",
    "criminal_case": "no",
    "assignment": "own",
}


def seed_cases(lead: Any, workers: Sequence[UUID]) -> int:
    """Open and work cases as a case manager and two specialists would; returns how many there are."""
    from jieqing.plumbing.db.scopes import site_scope
    from jieqing.recovery.cases import selectors, services

    with site_scope(lead.own_site):
        if selectors.cases_page(lead, selectors.CaseFilter(state="all"), limit=1).rows:
            return 0
        _declare(lead)
        cases, refused = [], []
        for at, item_ids in enumerate(_overdue(selectors.working_day())):
            case = services.open_case(
                actor=lead,
                item_ids=item_ids,
                owner_id=workers[at % (len(workers) + 1)] if at % (len(workers) + 1) < len(workers) else None,
            )
            if is_problem(case):  # a ledger of one's own may hold debts on which no case may open
                refused.append(case)
                continue
            cases.append(case)
        for at, case in enumerate(cases):
            _work(lead, case, at)
        _watch_days(lead, cases)
    if refused:
        say(
            f"{len(refused)} 个债务人没有立案：{refused[0].zh}",
            f"No case for {len(refused)} debtors: {refused[0].en}",
        )
    return len(cases)


def _watch_days(lead: Any, cases: Sequence[Any]) -> None:
    """Terms that ring about now: a freeze to be renewed, preservation before suit, a guarantee, a judgment to enforce."""
    from jieqing.claims.deadlines import services
    from jieqing.claims.deadlines.engine.watched import WatchFacts
    from jieqing.claims.entitlements.engine.deadlines_guarantee import GuaranteeKind
    from jieqing.recovery.cases import selectors

    today = selectors.working_day()
    told = (
        (WatchFacts("freeze_deposit", today - timedelta(days=330)), "（2025）保执字第12号，冻结工行账户"),
        (WatchFacts("pre_suit_suit", today - timedelta(days=16)), "（2026）诉前保字第7号，已送达"),
        (
            WatchFacts("guarantee", today - timedelta(days=150), GuaranteeKind.JOINT),
            "保证合同2025-031，连带责任",
        ),
        (WatchFacts("enforcement", today - timedelta(days=640)), "（2024）民初字第88号判决，履行期届满"),
        (WatchFacts("appeal_judgment", today - timedelta(days=9)), "一审判决书，电子送达"),
    )
    for case, (facts, note) in zip(cases, told, strict=False):
        unwrap(services.watch(actor=lead, debtor_id=case.debtor_id, facts=facts, note=note))


def _declare(actor: Any) -> None:
    """What the creditor says of its claims before any case opens: trade debts, papers checked."""
    from jieqing.kernel import clock
    from jieqing.recovery.intake import services as intake
    from jieqing.recovery.placements.services import ensure_standing_placement

    # In force since the year began, so that what was asked through the year stands on it.
    with clock.frozen(SINCE):
        placement = unwrap(ensure_standing_placement(actor=actor))
    unwrap(intake.declare_origin(actor=actor, placement_id=placement.id, answers=TRADE_DEBTS))


def _overdue(today: date) -> list[list[UUID]]:
    """Overdue invoices by debtor and currency, the debtors who owe most first."""
    from jieqing.claims.receivables import selectors as ledger
    from jieqing.claims.receivables.engine.accounts import ItemKind

    wanted = ledger.ItemFilter(kind=ItemKind.INVOICE, state=ledger.ItemState.OVERDUE)
    rows = ledger.items_page(wanted, as_of=today, sort="due", limit=2_000).rows
    found: dict[tuple[UUID, str], list[Any]] = defaultdict(list)
    for row in rows:
        if row.open_minor > 0:
            found[(row.debtor_id, row.currency)].append(row)
    groups = sorted(
        found.values(), key=lambda group: (-sum(row.open_minor for row in group), group[0].id.hex)
    )
    return [[row.id for row in group[:40]] for group in groups[:DEBTORS]]


def _work(actor: Any, case: Any, at: int) -> None:
    """A mix that every page shows something of: about half of the cases have a promise, a hold, a dispute or a note."""
    from jieqing.recovery.cases import selectors, services
    from jieqing.recovery.cases.engine.promises import Instalment

    today = selectors.working_day()
    if at % 3 == 0:
        services.add_note(actor=actor, case=case, text=NOTES[at // 3 % len(NOTES)])
        services.record_effort(actor=actor, case=case, minutes=15 + at % 4 * 10, activity="call")
    if at % 4 == 1:
        part = Instalment(today + timedelta(days=2 + at % 12), max(case.overdue_minor // 2, 100))
        services.record_promise(actor=actor, case=case, instalments=[part], note="负责人电话中承诺")
    if at % 11 == 2:
        services.place_hold(
            actor=actor,
            case=case,
            kind="hardship",
            reason="停产检修，申请延期",
            to_on=today + timedelta(days=30),
        )
    if at % 9 == 4:
        services.open_dispute(actor=actor, case=case, code="wrong_amount", text="退货未冲减，金额需核对。")
    if at == 7:
        services.file_complaint(actor=actor, case=case, kind="conduct", text="称晚间接到来电。")
    if at % 5 == 0:
        services.move_stage(actor=actor, case=case, stage="demand")
    if at == 10:
        services.record_outlay(
            actor=actor, case=case, amount_minor=4_800, kind="postage", reference="EMS-2026-10"
        )
    if at == 14:
        until = today + timedelta(days=6)
        services.snooze(actor=actor, case=case, until=until, reason="等对方盖章回函")
