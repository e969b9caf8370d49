"""The only doors from an id in a request to an object of this room.

Each door takes the actor and answers with the object or a Problem; another site's id and an id that never existed
get the same answer, so that nobody can probe for what others hold.
"""

from uuid import UUID

from jieqing.claims.receivables.models import ImportBatch, Item, StagedRow
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
