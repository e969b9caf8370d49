"""The ledger's operations for other programs; mounted by ``web.api`` under ``/sites/{site_slug}``."""

from jieqing.claims.receivables.api import acts, appropriation, drafts, reading, staged, statements, writing
from jieqing.claims.receivables.api.routes import router

__all__ = ["acts", "appropriation", "drafts", "reading", "router", "staged", "statements", "writing"]
