"""The operations on cases for other programs; mounted by ``web.api`` under ``/sites/{site_slug}``.

Deciding comes first: its fixed addresses must be tried before ``/cases/{case_id}``.
"""

from jieqing.recovery.cases.api import deciding, filing, reading, working
from jieqing.recovery.cases.api.routes import router

__all__ = ["deciding", "filing", "reading", "router", "working"]
