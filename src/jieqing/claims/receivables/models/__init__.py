"""The room's tables: the ledger itself, and the statements that were made of it."""

from jieqing.claims.receivables.models.acts import ActState, LedgerAct
from jieqing.claims.receivables.models.appropriation import Appropriation, AppropriationOrder
from jieqing.claims.receivables.models.charges import (
    ChargeDecision,
    ChargeRun,
    ChargeTerms,
    DecisionState,
)
from jieqing.claims.receivables.models.invoices import EInvoice
from jieqing.claims.receivables.models.ledger import (
    BatchState,
    ImportBatch,
    Item,
    ItemPast,
    ItemState,
    LedgerRevision,
    MappingProfile,
    Posting,
    ReportingDay,
    RevisionKind,
    StagedRow,
    StagedState,
)
from jieqing.claims.receivables.models.overdue_terms import OverdueTermsVersion
from jieqing.claims.receivables.models.statement_schedules import StatementSchedule
from jieqing.claims.receivables.models.statements import (
    HandOverKind,
    RunState,
    Statement,
    StatementHandOver,
    StatementRun,
)

__all__ = [
    "ActState",
    "Appropriation",
    "AppropriationOrder",
    "BatchState",
    "ChargeDecision",
    "ChargeRun",
    "ChargeTerms",
    "DecisionState",
    "EInvoice",
    "HandOverKind",
    "ImportBatch",
    "Item",
    "ItemPast",
    "ItemState",
    "LedgerAct",
    "LedgerRevision",
    "MappingProfile",
    "OverdueTermsVersion",
    "Posting",
    "ReportingDay",
    "RevisionKind",
    "RunState",
    "StagedRow",
    "StagedState",
    "Statement",
    "StatementHandOver",
    "StatementRun",
    "StatementSchedule",
]
