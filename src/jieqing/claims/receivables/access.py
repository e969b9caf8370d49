"""The only doors from an id in a request to an object of this room.

Each door takes the actor and answers with the object or a Problem; another site's id and an id that never existed
get the same answer, so that nobody can probe for what others hold.
"""

from uuid import UUID

from jieqing.claims.receivables.models import (
    ChargeDecision,
    ImportBatch,
    Item,
    LedgerAct,
    StagedRow,
    Statement,
    StatementRun,
    StatementSchedule,
)
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, ProblemKind


def item_by_id(actor: Actor, item_id: UUID) -> Item | Problem:
    """The item, withdrawn ones included: a link in an old report must still open."""
    found = Item.objects.select_related("debtor", "creditor").filter(id=item_id, site_id=_site(actor)).first()
    return found or Problem.of(ITEM_UNKNOWN)


def batch_by_id(actor: Actor, batch_id: UUID) -> ImportBatch | Problem:
    found = ImportBatch.objects.filter(id=batch_id, site_id=_site(actor)).first()
    return found or Problem.of(BATCH_UNKNOWN)


def staged_row_by_id(actor: Actor, row_id: UUID) -> StagedRow | Problem:
    found = StagedRow.objects.select_related("batch").filter(id=row_id, site_id=_site(actor)).first()
    return found or Problem.of(STAGED_ROW_UNKNOWN)


def act_by_id(actor: Actor, act_id: UUID) -> LedgerAct | Problem:
    found = LedgerAct.objects.select_related("item").filter(id=act_id, site_id=_site(actor)).first()
    return found or Problem.of(ACT_UNKNOWN)


def charge_decision_by_id(actor: Actor, decision_id: UUID) -> ChargeDecision | Problem:
    found = ChargeDecision.objects.select_related("item").filter(id=decision_id, site_id=_site(actor)).first()
    return found or Problem.of(CHARGE_DECISION_UNKNOWN)


def statement_by_id(actor: Actor, statement_id: UUID) -> Statement | Problem:
    found = Statement.objects.filter(id=statement_id, site_id=_site(actor)).first()
    return found or Problem.of(STATEMENT_UNKNOWN)


def statement_schedule_by_id(actor: Actor, schedule_id: UUID) -> StatementSchedule | Problem:
    found = StatementSchedule.objects.filter(id=schedule_id, site_id=_site(actor)).first()
    return found or Problem.of(SCHEDULE_UNKNOWN)


def statement_run_by_id(actor: Actor, run_id: UUID) -> StatementRun | Problem:
    found = StatementRun.objects.filter(id=run_id, site_id=_site(actor)).first()
    return found or Problem.of(RUN_UNKNOWN)


def _site(actor: Actor) -> UUID:
    if actor.site_id is None:
        raise ValueError("a door of a site opens for an actor of a site")
    return actor.site_id


ITEM_UNKNOWN = ProblemKind(
    "ledger.item_unknown",
    "没有这笔应收，或您无权查看。",
    "There is no such item, or you may not see it.",
    "请从列表中重新打开。",
    "Open it from the list again.",
)
BATCH_UNKNOWN = ProblemKind(
    "ledger.batch_unknown",
    "没有这个导入批次，或您无权查看。",
    "There is no such import batch, or you may not see it.",
    "请从导入记录中重新打开。",
    "Open it from the list of imports again.",
)
STAGED_ROW_UNKNOWN = ProblemKind(
    "ledger.staged_row_unknown",
    "没有这一暂存行，或您无权查看。",
    "There is no such staged row, or you may not see it.",
    "请刷新后重试。",
    "Refresh and try again.",
)
STATEMENT_UNKNOWN = ProblemKind(
    "statement.unknown",
    "没有这份对账单，或您无权查看。",
    "There is no such statement, or you may not see it.",
    "请从对账单登记簿中重新打开。",
    "Open it from the register of statements again.",
)
RUN_UNKNOWN = ProblemKind(
    "statement.run_unknown",
    "没有这一批对账单，或您无权查看。",
    "There is no such run of statements, or you may not see it.",
    "请从对账单登记簿中重新打开。",
    "Open it from the register of statements again.",
)
SCHEDULE_UNKNOWN = ProblemKind(
    "statement.no_such_schedule",
    "没有这项定期对账，或您无权查看。",
    "There is no such schedule of statements, or you may not see it.",
    "请从对账单登记簿中重新打开。",
    "Open it from the register of statements again.",
)
CHARGE_DECISION_UNKNOWN = ProblemKind(
    "charges.decision_unknown",
    "没有这项息费决定，或您无权查看。",
    "There is no such decision on charges, or you may not see it.",
    "请从应收页面重新打开。",
    "Open it from the item's page again.",
)
ACT_UNKNOWN = ProblemKind(
    "act.unknown",
    "没有这项处理，或您无权查看。",
    "There is no such act, or you may not see it.",
    "请从应收页面重新打开。",
    "Open it from the item's page again.",
)
