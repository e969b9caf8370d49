"""The ledger's operations for other programs; mounted by ``web.api`` under ``/sites/{site_slug}``."""

from jieqing.claims.receivables.api import (
    acts,
    appropriation,
    charges,
    drafts,
    overdue_terms,
    reading,
    staged,
    statement_schedules,
    statements,
    writing,
)
from jieqing.claims.receivables.api.routes import router

__all__ = [
    "acts",
    "appropriation",
    "charges",
    "drafts",
    "overdue_terms",
    "reading",
    "router",
    "staged",
    "statement_schedules",
    "statements",
    "writing",
]
