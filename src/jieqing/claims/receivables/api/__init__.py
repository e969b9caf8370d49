"""The ledger's operations for other programs; mounted by ``web.api`` under ``/sites/{site_slug}``."""

from jieqing.claims.receivables.api import acts, drafts, reading, staged, statements, writing
from jieqing.claims.receivables.api.routes import router

__all__ = ["acts", "drafts", "reading", "router", "staged", "statements", "writing"]
