"""Reads of the ledger, for pages, API and commands. Everything runs inside ``site_scope`` (both walls).

No stored totals: every figure is a sum over postings at an effective day, and, when asked, as it was known at an
earlier moment. See the modules: ``ageing``, ``figures`` (desk), ``items``, ``debtors``, ``batches``, ``moments``.
"""

from jieqing.claims.receivables.selectors.ageing import ageing
from jieqing.claims.receivables.selectors.batches import (
    BatchRow,
    StagedGroup,
    StagedRowView,
    batch_detail,
    batches,
    profiles,
    staged_groups,
    staged_rows,
)
from jieqing.claims.receivables.selectors.debtors import (
    DebtorFigures,
    DebtorsPage,
    debtor_figures,
    debtors_page,
    top_debtors,
)
from jieqing.claims.receivables.selectors.figures import CurrencyFigures, DueSoon, due_within, portfolio
from jieqing.claims.receivables.selectors.items import (
    EvidenceRef,
    ItemDetail,
    ItemFilter,
    ItemRow,
    ItemsPage,
    PostingRow,
    item_detail,
    items_page,
)
from jieqing.claims.receivables.selectors.moments import (
    AsOfProposal,
    LedgerFacts,
    ledger_facts,
    propose_as_of,
    replay_day,
    revision_at,
)

__all__ = [
    "AsOfProposal",
    "BatchRow",
    "CurrencyFigures",
    "DebtorFigures",
    "DebtorsPage",
    "DueSoon",
    "EvidenceRef",
    "ItemDetail",
    "ItemFilter",
    "ItemRow",
    "ItemsPage",
    "LedgerFacts",
    "PostingRow",
    "StagedGroup",
    "StagedRowView",
    "ageing",
    "batch_detail",
    "batches",
    "debtor_figures",
    "debtors_page",
    "due_within",
    "item_detail",
    "items_page",
    "ledger_facts",
    "portfolio",
    "profiles",
    "propose_as_of",
    "replay_day",
    "revision_at",
    "staged_groups",
    "staged_rows",
    "top_debtors",
]
