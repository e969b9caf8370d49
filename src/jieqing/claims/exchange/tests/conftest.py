"""The hand-written ledger of the room below, for tests of conversion."""

from jieqing.claims.receivables.tests.conftest import hand_ledger

__all__ = ["hand_ledger"]
