"""Reads of the ledger, for pages, API and commands. Everything runs inside ``site_scope`` (both walls).

No stored totals: every figure is a sum over postings at an effective day, and, when asked, as it was known at an
earlier moment. See the modules: ``ageing``, ``figures`` (desk), ``items``, ``debtors``, ``batches``, ``moments``.
"""

from jieqing.claims.receivables.selectors.ageing import ageing
from jieqing.claims.receivables.selectors.arrays import (
    debtors_of_revisions,
    items_of_keys,
    keys_of_ids,
    ledger_arrays,
    party_keys,
)
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
from jieqing.claims.receivables.selectors.breakdown import (
    DebtorAgeing,
    ageing_by_debtor,
    debtor_ageing,
    ledger_sums,
)
from jieqing.claims.receivables.selectors.charts import bucket_chart
from jieqing.claims.receivables.selectors.debtors import (
    DebtorFigures,
    DebtorsPage,
    PaymentRow,
    debtor_exposures,
    debtor_figures,
    debtors_page,
    payments_of_debtor,
    top_debtors,
)
from jieqing.claims.receivables.selectors.figures import CurrencyFigures, DueSoon, due_within, portfolio
from jieqing.claims.receivables.selectors.invoices import InvoiceFacts, invoice_of
from jieqing.claims.receivables.selectors.item_detail import EvidenceRef, ItemDetail, PostingRow, item_detail
from jieqing.claims.receivables.selectors.item_filter import ItemFilter, ItemState
from jieqing.claims.receivables.selectors.items import (
    EXPORT_ROWS_MAX,
    ItemRow,
    ItemsPage,
    are_totals_known,
    items_export,
    items_page,
    items_totals,
    items_walked,
)
from jieqing.claims.receivables.selectors.moments import (
    AsOfProposal,
    LedgerFacts,
    entry_of_revision,
    kinds_of_revisions,
    last_revision,
    ledger_facts,
    propose_as_of,
    replay_day,
    replay_with_later_money,
    revision_at,
    revision_moment,
    revisions,
)
from jieqing.claims.receivables.selectors.overdue_terms import (
    late_after_of,
    overdue_terms_in_force,
    overdue_terms_versions,
)
from jieqing.claims.receivables.selectors.reading import CARRIED, Reading, reading_of
from jieqing.claims.receivables.selectors.remembered import LARGE_LEDGER_ITEMS

__all__ = [
    "CARRIED",
    "EXPORT_ROWS_MAX",
    "LARGE_LEDGER_ITEMS",
    "AsOfProposal",
    "BatchRow",
    "CurrencyFigures",
    "DebtorAgeing",
    "DebtorFigures",
    "DebtorsPage",
    "DueSoon",
    "EvidenceRef",
    "InvoiceFacts",
    "ItemDetail",
    "ItemFilter",
    "ItemRow",
    "ItemState",
    "ItemsPage",
    "LedgerFacts",
    "PaymentRow",
    "PostingRow",
    "Reading",
    "StagedGroup",
    "StagedRowView",
    "ageing",
    "ageing_by_debtor",
    "are_totals_known",
    "batch_detail",
    "batches",
    "bucket_chart",
    "debtor_ageing",
    "debtor_exposures",
    "debtor_figures",
    "debtors_of_revisions",
    "debtors_page",
    "due_within",
    "entry_of_revision",
    "invoice_of",
    "item_detail",
    "items_export",
    "items_of_keys",
    "items_page",
    "items_totals",
    "items_walked",
    "keys_of_ids",
    "kinds_of_revisions",
    "last_revision",
    "late_after_of",
    "ledger_arrays",
    "ledger_facts",
    "ledger_sums",
    "overdue_terms_in_force",
    "overdue_terms_versions",
    "party_keys",
    "payments_of_debtor",
    "portfolio",
    "profiles",
    "propose_as_of",
    "reading_of",
    "replay_day",
    "replay_with_later_money",
    "revision_at",
    "revision_moment",
    "revisions",
    "staged_groups",
    "staged_rows",
    "top_debtors",
]
